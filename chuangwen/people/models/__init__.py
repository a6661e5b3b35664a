"""Units with their tree and aliases, groups of units, accounts, memberships and the door."""

from chuangwen.people.models.access import LoginAttempt, RecoveryCode, Session
from chuangwen.people.models.accounts import Account, Membership
from chuangwen.people.models.groups import UnitGroup
from chuangwen.people.models.units import Unit, UnitAlias, UnitAncestry

__all__ = [
    "Account",
    "LoginAttempt",
    "Membership",
    "RecoveryCode",
    "Session",
    "Unit",
    "UnitAlias",
    "UnitAncestry",
    "UnitGroup",
]
