"""A ledger of any number of cases, so many for each day back from today, written into the tables.

So a month has as many in a large ledger as in a small one, and so has one bureau. What is older
than the small one is over, as it is in life: it has been closed.
"""

import datetime
import itertools
from dataclasses import dataclass

from django.db import transaction

from chuangwen.audit.actions import open_chain
from chuangwen.people.actions.tree import grow
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.rectification.enums import CaseState, ShareKind, ShareState, Source
from chuangwen.rectification.models import Case, CaseShare, Category
from chuangwen.search.actions import keep_found
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

SMALL, LARGE = 520, 4_200  # with more than a page of whatever is asked for, in both
OWN, OTHERS, STREETS, CATEGORIES, BATCH = 130, 20, 3, 4, 1000
TODAY = datetime.date(2021, 9, 1)
STATES = (
    CaseState.CLOSED, CaseState.HANDLING, CaseState.SUBMITTED, CaseState.CLOSED, CaseState.REPORTED,
    CaseState.DISPATCHED, CaseState.VERIFIED, CaseState.REWORK, CaseState.FILED, CaseState.CLOSED,
)  # fmt: skip
OF_SHARE = {
    CaseState.CLOSED: ShareState.DONE, CaseState.HANDLING: ShareState.ACCEPTED,
    CaseState.SUBMITTED: ShareState.DONE, CaseState.DISPATCHED: ShareState.ASSIGNED,
    CaseState.VERIFIED: ShareState.DONE, CaseState.REWORK: ShareState.REWORK,
}  # fmt: skip


@dataclass(frozen=True)
class Extent:
    """How many cases, how many of these of each day, how many not over, and whether words are
    looked up in them."""

    cases: int
    a_day: int = 5
    open: int = SMALL
    words: bool = True


def make_ledger(extent: Extent) -> Tenant:
    """Make a district with cases in all stages, OWN of them led by one bureau."""
    tenant = Tenant.objects.create(name="东区", code=f"57{extent.cases:08}")
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        bureau = Unit.objects.create(name="区城管局", kind="government")
        others = [Unit.objects.create(name=f"第{n}局", kind="government") for n in range(OTHERS)]
        streets = [Unit.objects.create(name=f"第{n}街道", kind="street") for n in range(STREETS)]
        grow()
        for name, role, unit in (
            ("office", "office", others[0]), ("bureau", "clerk", bureau),
            ("leader", "leader", others[0]),
        ):  # fmt: skip
            account = Account.objects.create(
                tenant=tenant, username=f"{name}-{tenant.code}", name=name,
                must_change_password=False,
            )  # fmt: skip
            Membership.objects.create(account=account, unit=unit, role=role)
        others_in_turn = itertools.cycle(others)
        categories = Category.objects.bulk_create(
            Category(code=f"{n:02}", name=f"类别{n}", kind="event") for n in range(CATEGORIES)
        )
        for start in range(0, extent.cases, BATCH):
            numbers = range(start, min(start + BATCH, extent.cases))
            leads = (
                bureau if n % 4 == 1 and n < OWN * 4 else next(others_in_turn) for n in numbers
            )
            cases = Case.objects.bulk_create(
                _case(n, lead, streets, categories, extent)
                for n, lead in zip(numbers, leads, strict=True)
            )
            _around(cases, words=extent.words)
    return tenant


def _case(
    n: int, lead: Unit, streets: list[Unit], categories: list[Category], extent: Extent
) -> Case:
    state = STATES[n % len(STATES)] if n < extent.open else CaseState.CLOSED
    found_on = TODAY - datetime.timedelta(n // extent.a_day)
    due_on = found_on + datetime.timedelta(10)
    is_led = state in OF_SHARE
    return Case(
        title=f"第 {n} 处小广告",
        source=list(Source)[n % len(Source)],
        found_on=found_on,
        category=categories[n % CATEGORIES],
        area=streets[n % STREETS],
        state=state,
        year=found_on.year,
        serial=None if state == CaseState.REPORTED else n + 1,
        lead=lead if is_led else None,
        due_on=due_on if is_led else None,
        suspended_on=found_on if state == CaseState.HANDLING and n % 3 == 0 else None,
        handed_in_on=due_on if OF_SHARE.get(state) == ShareState.DONE else None,
        closed_on=due_on if state == CaseState.CLOSED else None,
        reworks=int(state == CaseState.REWORK),
        created_at=TODAY,
    )


def _around(cases: list[Case], *, words: bool) -> None:
    CaseShare.objects.bulk_create(
        CaseShare(
            case=case,
            unit_id=case.lead_id,
            kind=ShareKind.LEAD,
            state=OF_SHARE[CaseState(case.state)],
        )
        for case in cases
        if case.lead_id
    )
    if words:
        with transaction.atomic():
            keep_found(cases)
