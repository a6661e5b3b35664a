"""The ledger as a viewer asks for it: one filter for the lists and the export."""

import datetime
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q, QuerySet

from chuangwen.kit.asking import Asked
from chuangwen.kit.calendar import add_working_days
from chuangwen.kit.typed import identifier
from chuangwen.people.actors import Actor
from chuangwen.people.models import UnitAncestry
from chuangwen.people.queries import units_within_reach
from chuangwen.rectification.enums import CaseState, ShareState, Source
from chuangwen.rectification.life import GONE
from chuangwen.rectification.models import Case, CaseShare
from chuangwen.rectification.queries.visible import visible_cases
from chuangwen.rectification.workflow import WITH_UNITS
from chuangwen.search.pairs import words_of
from chuangwen.search.queries import matching

PROBLEMS, MENDING, CLOSED = "", "mending", "closed"
VIEWS = ((PROBLEMS, "问题清单"), (MENDING, "整改清单"), (CLOSED, "销号台账"))
OF_VIEW = {
    MENDING: (*WITH_UNITS, CaseState.SUBMITTED, CaseState.VERIFIED),
    CLOSED: (CaseState.CLOSED,),
}
NEWEST, DUE, LAST_CLOSED = "new", "due", "closed"
SORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    NEWEST: ("最近登记的在前", ("-created_at", "pk")),
    DUE: ("按整改时限", ("owed_on", "pk")),
    LAST_CLOSED: ("最近销号的在前", ("-closed_on", "pk")),
}
OF_ITSELF = {PROBLEMS: NEWEST, MENDING: DUE, CLOSED: LAST_CLOSED}
SOON = 3  # working days
LIGHTS = (
    ("late", "超期"),
    ("soon", f"{SOON} 个工作日内到期"),
    ("suspended", "缓办"),
    ("asked", "申请延期待批"),
    ("reworked", "返工过"),
    ("reopened", "反弹过"),
)
BY_DEADLINE = ("late", "soon")
UNDER_WAY = (*BY_DEADLINE, "suspended", "asked")


@dataclass(frozen=True)
class CaseFilter(Asked):
    """What a viewer asked for; each field is a parameter, empty when absent.

    `unit` and `area` mean the unit and all below it; `share`: how far the viewer's own unit is.
    """

    view: str = PROBLEMS
    q: str = ""
    state: str = ""
    share: str = ""
    unit: str = ""
    category: str = ""
    source: str = ""
    type: str = ""
    area: str = ""
    only: str = ""
    sort: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything but the view and the order was asked for."""
        return asdict(self) != asdict(CaseFilter(view=self.view, sort=self.sort))

    @property
    def is_over(self) -> bool | None:
        """Whether what is asked for has been closed; None when it may be either."""
        if self.view == CLOSED or self.state == CaseState.CLOSED:
            return True
        if self.view == MENDING or self.state in CaseState.values or self.only in UNDER_WAY:
            return False
        return None

    @property
    def order(self) -> str:
        """Return the order: the one asked for, else that of the view; what is late or due soon by
        its deadline."""
        if self.sort in SORTS and (self.sort != LAST_CLOSED or self.view == CLOSED):
            return self.sort
        if self.only in BY_DEADLINE and self.view == PROBLEMS:
            return DUE
        return OF_ITSELF.get(self.view, NEWEST)


def list_of_cases(actor: Actor, wanted: CaseFilter, day: datetime.date) -> QuerySet[Case]:
    """Return the visible cases that the filter keeps, sorted, with what a list says of them.

    One query beforehand when words are asked for.
    """
    cases = visible_cases(actor)
    if wanted.view in OF_VIEW:
        cases = cases.filter(state__in=OF_VIEW[wanted.view])
    if wanted.state in CaseState.values:
        cases = cases.filter(state=wanted.state)
    if wanted.is_over is not None:  # the indexes are of what is over, and of what is not
        cases = cases.filter(closed_on__isnull=not wanted.is_over)
    if wanted.share in ShareState.values:
        cases = _of_own_share(actor, cases, wanted.share)
    if wanted.source in Source.values:
        cases = cases.filter(source=wanted.source)
    cases = _lit(_placed(cases, wanted), wanted.only, day)
    related = ("category", "site", "area", "lead")
    _, order = SORTS[wanted.order]
    return matching(cases, words_of(wanted.q)).select_related(*related).order_by(*order)


def _placed(cases: QuerySet[Case], wanted: CaseFilter) -> QuerySet[Case]:
    if key := identifier(wanted.category):
        cases = cases.filter(category=key)
    if key := identifier(wanted.type):
        cases = cases.filter(site__site_type=key)
    if key := identifier(wanted.area):
        cases = cases.filter(area__in=_at_or_below(key))
    if key := identifier(wanted.unit):
        shares = CaseShare.objects.filter(unit__in=_at_or_below(key)).exclude(state__in=GONE)
        cases = cases.filter(pk__in=shares.order_by().values("case_id"))
    return cases


def _of_own_share(actor: Actor, cases: QuerySet[Case], state: str) -> QuerySet[Case]:
    reach = units_within_reach(actor).values("descendant_id")
    shares = CaseShare.objects.filter(unit__in=reach, state=state)
    # What a share is no longer asked about: the case has ended while it stood there.
    return cases.filter(pk__in=shares.order_by().values("case_id"), state__in=OF_VIEW[MENDING])


def _lit(cases: QuerySet[Case], only: str, day: datetime.date) -> QuerySet[Case]:
    conditions = {
        "late": Q(owed_on__lt=day),
        "soon": Q(owed_on__gte=day, owed_on__lte=add_working_days(day, SOON)),
        "suspended": Q(suspended_on__isnull=False),
        "asked": Q(wanted_due_on__isnull=False),
        "reworked": Q(reworks__gt=0),
        "reopened": Q(reopenings__gt=0),
    }
    return cases.filter(conditions[only]) if only in conditions else cases


def _at_or_below(unit: uuid.UUID) -> QuerySet[Any, Any]:
    return UnitAncestry.objects.filter(ancestor_id=unit).values("descendant_id")
