"""From something seen to a case."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from chuangwen.files.actions.attaching import attach_uploads
from chuangwen.framework.models import Standard
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.kit.samples import is_sampling
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import required_text
from chuangwen.rectification.enums import CASE_KIND, OriginKind, Source, Step
from chuangwen.rectification.life import Deed
from chuangwen.rectification.models import Case, Category
from chuangwen.rectification.stepping import Stride, take_steps
from chuangwen.search.actions import keep_found
from chuangwen.sites.models import Site

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Seen:
    """What was seen, where and when, and who is proposed to mend it until when; coordinates are
    WGS-84 degrees."""

    title: str
    source: Source
    found_on: datetime.date
    text: str = ""
    place: str = ""
    category: Category | None = None
    site: Site | None = None
    area: Unit | None = None
    standard: Standard | None = None
    longitude: float | None = None
    latitude: float | None = None
    proposed_lead: Unit | None = None
    proposed_due_on: datetime.date | None = None
    is_sample: bool = False


@dataclass(frozen=True)
class Origin:
    """The record of a room above that becomes a case; it can become one only once."""

    kind: OriginKind
    id: uuid.UUID


@transaction.atomic
def report_case(
    *, seen: Seen, unit: Unit | None = None, uploads: Sequence[uuid.UUID] = (), by: Actor
) -> Case:
    """Enter a problem for `unit`, the district's office if none, with its photos; it now waits for
    立案.

    Raises Invalid naming the field.
    """
    by.require(Permission.REPORT_CASES, unit_id=unit.pk if unit else None)
    if unit is None and not by.may_everywhere(Permission.REPORT_CASES):
        raise Invalid("请选择以哪个单位登记。", field="unit")
    case = _open([(seen, None)], unit, by)[0]
    attach_uploads(kind=CASE_KIND, owner=case, upload_ids=uploads, by=by)
    return case


@transaction.atomic
def open_cases(*, found: Sequence[tuple[Seen, Origin]], by: Actor) -> list[Case]:
    """Enter what records of a room above found, one case each, in a constant number of statements.

    For the rooms above; they ask for their own permission besides. A record that is a case already
    is left alone. Returns the new cases.
    """
    by.require(Permission.MANAGE_CASES)
    known = set(
        Case.objects.filter(origin_id__in=[origin.id for _, origin in found]).values_list(
            "origin_kind", "origin_id"
        )
    )
    new = [pair for pair in found if (pair[1].kind.value, pair[1].id) not in known]
    return _open(new, None, by)


@transaction.atomic
def enter_cases(*, seen: Sequence[Seen], by: Actor) -> list[Case]:
    """Enter what a list of the office says, one case each, in a constant number of statements."""
    by.require(Permission.MANAGE_CASES)
    return _open([(one, None) for one in seen], None, by)


def _open(found: Sequence[tuple[Seen, Origin | None]], unit: Unit | None, by: Actor) -> list[Case]:
    cases = [_new(seen, origin, unit) for seen, origin in found]
    Case.objects.bulk_create(cases, 500)
    today = clock.today()
    take_steps([Stride(case, Deed(Step.REPORT, today), is_new=True) for case in cases], by=by)
    keep_found(cases)
    return cases


def _new(seen: Seen, origin: Origin | None, unit: Unit | None) -> Case:
    title = required_text(seen.title, "发现了什么问题", "title")
    if len(title) > LONGEST_TITLE:
        raise Invalid(
            f"问题写了 {len(title)} 字，最多 {LONGEST_TITLE} 字。请把细节写到“详情”。",
            field="title",
        )
    if seen.found_on > clock.today():
        raise Invalid(f"发现日期“{seen.found_on}”还没有到。请核对。", field="found_on")
    return Case(
        title=title,
        text=seen.text.strip(),
        source=seen.source,
        found_on=seen.found_on,
        place=seen.place.strip() or (seen.site.name if seen.site else ""),
        category=seen.category,
        site=seen.site,
        area=seen.area or (seen.site.area if seen.site else None),
        standard=seen.standard,
        longitude=seen.longitude
        if seen.longitude is not None or not seen.site
        else seen.site.longitude,
        latitude=seen.latitude
        if seen.latitude is not None or not seen.site
        else seen.site.latitude,
        proposed_lead=seen.proposed_lead,
        proposed_due_on=seen.proposed_due_on,
        is_sample=seen.is_sample or is_sampling(),
        reported_by=unit,
        origin_kind=origin.kind if origin else "",
        origin_id=origin.id if origin else None,
    )
