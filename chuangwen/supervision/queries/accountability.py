"""The closed ledger, for the few who handle it; for everybody else it is empty."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from chuangwen.kit.asking import Asked
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.kit.typed import identifier, whole_number
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, UnitAncestry
from chuangwen.people.permissions import Permission
from chuangwen.rectification.models import Case
from chuangwen.rectification.queries import visible_cases
from chuangwen.supervision.enums import AccountabilityState
from chuangwen.supervision.models import (
    Accountability,
    AccountabilityBasis,
    AccountabilityEvent,
    SupervisionNotice,
)
from chuangwen.supervision.queries.notices import visible_notices

_NUMBER = re.compile(r"(整改|督办)\D{0,3}(\d{4})\D{1,3}(\d{1,6})\D{0,2}$")
_BETWEEN = re.compile(r"[、,，;；\s]+")
MOST_BASES = 50


def visible_matters(actor: Actor) -> QuerySet[Accountability]:
    """Return all matters for who handles them, and none for anybody else."""
    if actor.may_everywhere(Permission.HANDLE_ACCOUNTABILITY):
        return Accountability.objects.all()
    return Accountability.objects.none()


@dataclass(frozen=True)
class MatterFilter(Asked):
    """What was asked of the ledger; `unit` means the unit and all below it."""

    state: str = ""
    unit: str = ""


def list_of_matters(actor: Actor, wanted: MatterFilter) -> QuerySet[Accountability]:
    """Return the matters that the filter keeps, the newest first."""
    matters = visible_matters(actor)
    if wanted.state in AccountabilityState.values:
        matters = matters.filter(state=wanted.state)
    if key := identifier(wanted.unit):
        below = UnitAncestry.objects.filter(ancestor_id=key).values("descendant_id")
        matters = matters.filter(unit__in=below)
    return matters.select_related("unit").order_by("-created_at", "pk")


@dataclass(frozen=True)
class MatterCourse:
    """A matter, what it rests on, and its steps in order."""

    matter: Accountability
    bases: Sequence[AccountabilityBasis]
    events: Sequence[AccountabilityEvent]


def course_of_matter(actor: Actor, pk: uuid.UUID) -> MatterCourse:
    """Return a matter with its course. Three queries. Raises NotFound."""
    matter = visible_matters(actor).select_related("unit").filter(pk=pk).first()
    if matter is None:
        raise NotFound("没有找到您要的内容。可能已被删除，或不属于您的单位。")
    bases = AccountabilityBasis.objects.filter(matter=matter).select_related("case", "notice")
    who = Account.objects.filter(pk=OuterRef("account_id")).values("name")
    found: Any = AccountabilityEvent.objects.filter(matter=matter)
    events = list(found.annotate(who=Subquery(who[:1])).order_by("pk"))
    return MatterCourse(matter, list(bases.order_by("pk")), events)


def named_bases(actor: Actor, written: str) -> tuple[list[Case], list[SupervisionNotice]]:
    """Return the visible cases and 督办单 of numbers as people write them: 整改〔2021〕12号、督办
    〔2021〕3号; each once, however often and in whatever spelling it is written. Raises Invalid
    naming one that there is not. One query a number."""
    parts = list(dict.fromkeys(part for part in _BETWEEN.split(written.strip()) if part))
    if len(parts) > MOST_BASES:
        raise Invalid(f"写了 {len(parts)} 个编号，最多 {MOST_BASES} 个。", field="bases")
    cases: dict[uuid.UUID, Case] = {}
    notices: dict[uuid.UUID, SupervisionNotice] = {}
    for part in parts:
        match = _NUMBER.match(part)
        year = whole_number(match[2]) if match else None
        serial = whole_number(match[3]) if match else None
        case = notice = None
        if match and year is not None and serial is not None:
            key = {"year": year, "serial": serial}
            if match[1] == "整改":
                case = visible_cases(actor).filter(**key).first()
            else:
                notice = visible_notices(actor).filter(**key).first()
        if case is not None:
            cases[case.pk] = case
        elif notice is not None:
            notices[notice.pk] = notice
        else:
            raise Invalid(
                f"没有编号为“{part}”的问题或督办单，或您看不到。"
                "请写成 整改〔2021〕12号、督办〔2021〕3号 的样子。",
                field="bases",
            )
    return list(cases.values()), list(notices.values())
