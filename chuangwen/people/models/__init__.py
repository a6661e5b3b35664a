"""Units with their tree and aliases, groups of units, accounts and memberships."""

from chuangwen.people.models.accounts import Account, Membership
from chuangwen.people.models.groups import UnitGroup
from chuangwen.people.models.units import Unit, UnitAlias, UnitAncestry

__all__ = ["Account", "Membership", "Unit", "UnitAlias", "UnitAncestry", "UnitGroup"]
