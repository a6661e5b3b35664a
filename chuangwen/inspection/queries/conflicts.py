"""Who may not inspect which units' sites: nobody his own unit's, nor one above or below it."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from chuangwen.inspection.models import Pair, PairMember, Round
from chuangwen.kit import clock
from chuangwen.people.models import Account, Unit, UnitAncestry
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import posts_in_force
from chuangwen.people.roles import DISTRICT_WIDE
from chuangwen.tenancy.prepared import PreparedInTenant

INSPECTORS = [role for role, may in DISTRICT_WIDE.items() if Permission.INSPECT in may]


def inspectors() -> list[Account]:
    """Return the active accounts that may inspect today, by name. One query."""
    held = posts_in_force(clock.today()).filter(role__in=INSPECTORS)
    accounts = Account.objects.filter(is_active=True, pk__in=held.order_by().values("account_id"))
    return list(accounts.order_by("name", "username"))


def own_units(accounts: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return the units in which accounts hold posts, with all above and below, and with what was
    merged into any of these: a round keeps the unit of its draw. Three queries."""
    posts = posts_in_force(clock.today()).filter(account__in=list(accounts))
    units: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for account, unit in posts.order_by().values_list("account_id", "unit_id"):
        units[account].add(unit)
    of = {one for held in units.values() for one in held}
    rows = UnitAncestry.objects.filter(Q(ancestor__in=of) | Q(descendant__in=of))
    related: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for ancestor, descendant in rows.values_list("ancestor_id", "descendant_id"):
        related[ancestor].add(descendant)
        related[descendant].add(ancestor)
    own = {account: held.union(*(related[one] for one in held)) for account, held in units.items()}
    former = Unit.objects.filter(merged_into__in={one for held in own.values() for one in held})
    merged = list(former.order_by().values_list("pk", "merged_into_id"))
    for held in own.values():
        held |= {pk for pk, into in merged if into in held}
    return own


def in_own_units(account_id: uuid.UUID | None, field: str = "unit") -> Q:
    """Keep the rows whose unit is one of an account's, above or below it, or merged into these."""
    held = posts_in_force(clock.today()).filter(account=account_id).order_by().values("unit_id")
    below = UnitAncestry.objects.filter(ancestor__in=held).values("descendant_id")
    above = UnitAncestry.objects.filter(descendant__in=held).values("ancestor_id")
    own = Unit.objects.filter(
        Q(pk__in=below) | Q(pk__in=above) | Q(merged_into__in=below) | Q(merged_into__in=above)
    )
    return Q(**{f"{field}__in": own.order_by().values("pk")})


def is_own_unit(account_id: uuid.UUID, unit: Unit | None) -> bool:
    """Tell whether a unit is one of an account's, above or below it, or merged into these.

    The same as in_own_units for one row, for where each record asks: one short query.
    """
    if unit is None:
        return False
    now = unit.merged_into_id or unit.pk
    return bool(_OWN.rows(account=account_id, day=clock.today(), then=unit.pk, now=now))


def _own(
    *, account: uuid.UUID, day: datetime.date, then: uuid.UUID, now: uuid.UUID
) -> QuerySet[UnitAncestry, uuid.UUID]:
    held = posts_in_force(day).filter(account=account).order_by().values("unit_id")
    units = [then, now]
    above_or_below = Q(ancestor__in=held, descendant__in=units) | Q(
        ancestor__in=units, descendant__in=held
    )
    return UnitAncestry.objects.filter(above_or_below).values_list("pk", flat=True)[:1]


_OWN = PreparedInTenant[uuid.UUID](
    _own, account=uuid.UUID, day=datetime.date, then=uuid.UUID, now=uuid.UUID
)


class Conflicts:
    """Which unit's sites the pairs of a round may not visit, and because of whom. Four queries.

    `with_units=False` only tells who is in which pair, in one.
    """

    def __init__(self, within: Round, *, with_units: bool = True) -> None:
        members = PairMember.objects.filter(round=within).select_related("account")
        self.members: dict[uuid.UUID, list[PairMember]] = defaultdict(list)
        for member in members.order_by("account__name", "pk"):
            self.members[member.pair_id].append(member)
        accounts = [one.account_id for pair in self.members.values() for one in pair]
        self._own = own_units(accounts) if with_units else {}

    def who(self, pair_id: uuid.UUID, unit_id: uuid.UUID | None) -> str:
        """Return the name of the member whose own unit it is; empty when the pair may go."""
        for member in self.members.get(pair_id, ()):
            if unit_id is not None and unit_id in self._own.get(member.account_id, ()):
                return member.account.name
        return ""

    def may_visit(self, pair: Pair, unit_id: uuid.UUID | None) -> bool:
        """Tell whether a pair may inspect a site of a unit."""
        return not self.who(pair.pk, unit_id)
