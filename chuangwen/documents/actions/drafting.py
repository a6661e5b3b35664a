"""Beginning a paper, and changing its words while it is a draft."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from django.db import transaction

from chuangwen.documents.enums import PaperKind, PaperState, PaperStep
from chuangwen.documents.models import OfficialPaper, PaperCase
from chuangwen.documents.stepping import locked_paper, note
from chuangwen.documents.wording import (
    COUNT,
    DISTRICT,
    LABELS,
    LONGEST,
    NEEDED,
    PERIOD,
    TITLES,
    UNIT,
    filled,
    wording_of,
    words_of_period,
)
from chuangwen.documents.workflow import PAPER
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.models import Case
from chuangwen.rectification.workflow import WITH_UNITS
from chuangwen.tenancy.models import Tenant

MOST_CASES = 500
LONGEST_PERIOD = 366  # days


@dataclass(frozen=True)
class PaperWords:
    """What the office writes in a paper."""

    title: str
    mark: str
    issuer: str
    series: str
    addressees: str = ""
    copies_to: str = ""
    opening: str = ""
    demands: str = ""
    closing: str = ""
    has_photos: bool = True


@transaction.atomic
def draft_report(
    *, kind: PaperKind, since: datetime.date, until: datetime.date, by: Actor
) -> OfficialPaper:
    """Begin a 通报 or 月度总结 of a period. Raises Invalid for one that is turned or endless."""
    by.require(Permission.DRAFT_PAPERS)
    if kind == PaperKind.NOTICE:
        raise Invalid("整改通知书按勾选的问题起草。请在整改清单中勾选问题。")
    if until < since:
        raise Invalid("截止日期早于开始日期。请调换或重新选择。", field="until")
    if (until - since).days > LONGEST_PERIOD:
        raise Invalid("统计期间超过一年。请分成几份。", field="until")
    paper = OfficialPaper(kind=kind, since=since, until=until)
    return _begin(paper, {PERIOD: words_of_period(since, until)}, by)


@transaction.atomic
def draft_notice(*, unit: Unit, cases: Collection[Case], by: Actor) -> OfficialPaper:
    """Begin a 整改通知书 to one unit about cases that it leads.

    Raises Invalid for none or too many, and for one that another unit leads.
    """
    by.require(Permission.DRAFT_PAPERS)
    if not 1 <= len(cases) <= MOST_CASES:
        raise Invalid(f"选了 {len(cases)} 个问题。请选 1 至 {MOST_CASES} 个。")
    require_owed(unit, cases)
    paper = OfficialPaper(kind=PaperKind.NOTICE, unit=unit)
    begun = _begin(paper, {UNIT: unit.name, COUNT: str(len(cases))}, by)
    PaperCase.objects.bulk_create(PaperCase(paper=begun, case=case) for case in cases)
    return begun


def require_owed(unit: Unit, cases: Iterable[Case]) -> None:
    """Raise Invalid, naming the first case that the unit does not lead or no longer owes."""
    for case in cases:
        if case.lead_id != unit.pk or case.due_on is None:
            raise Invalid(
                f"“{case}”不由{unit.name}牵头，或还没有时限。"
                "一份整改通知书只发给一个单位，请重新勾选后起草。"
            )
        if case.state not in WITH_UNITS or case.suspended_on is not None:
            now = "缓办" if case.suspended_on else case.get_state_display()
            raise Invalid(f"“{case}”现在是“{now}”，不用再通知整改。请重新勾选后起草。")


def _begin(paper: OfficialPaper, places: dict[str, str], by: Actor) -> OfficialPaper:
    kind = PaperKind(paper.kind)
    wording = wording_of(kind)
    places[DISTRICT] = Tenant.objects.get(pk=by.tenant_id).name
    for name, text in {**asdict(wording), "title": TITLES[kind]}.items():
        setattr(paper, name, filled(text, places)[: LONGEST[name]])
    paper.account_id = by.account_id
    paper.save()
    note(paper, PaperStep.DRAFT, by=by)
    return paper


@transaction.atomic
def edit_paper(
    *, paper: OfficialPaper, base_version: int, words: PaperWords, by: Actor
) -> OfficialPaper:
    """Change the words of a draft. Raises Invalid, StaleEdit and IllegalTransition."""
    by.require(Permission.DRAFT_PAPERS)
    locked = locked_paper(paper, base_version)
    PAPER.check(PaperStep.EDIT.value, PaperState(locked.state))
    given = {**checked_texts(asdict(words)), "has_photos": words.has_photos}
    changed = {
        name: [getattr(locked, name), value]
        for name, value in given.items()
        if getattr(locked, name) != value
    }
    if not changed:
        return locked
    for name, (_, value) in changed.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*changed, "version"])
    note(locked, PaperStep.EDIT, by=by, told=changed)
    return locked


def checked_texts(given: dict[str, object]) -> dict[str, str]:
    """Return the texts without blanks around them. Raises Invalid for an empty or endless one."""
    found = {}
    for name, longest in LONGEST.items():
        if name not in given:
            continue
        text = str(given[name]).strip().replace("\r\n", "\n")
        if not text and name in NEEDED:
            raise Invalid(f"“{LABELS[name]}”是空的。请填写。", field=name)
        if len(text) > longest:
            raise Invalid(
                f"“{LABELS[name]}”有 {len(text)} 字，最多 {longest} 字。请缩短。", field=name
            )
        found[name] = text
    return found
