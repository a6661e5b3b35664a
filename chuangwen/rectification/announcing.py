"""What people are told when cases move: the words, and who hears them.

Called inside the action's transaction once the rows are written. One notice a person and batch,
and three statements, whatever the number of cases.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, Told, told
from chuangwen.people.actors import Actor
from chuangwen.people.queries import office_people, people_by_unit
from chuangwen.rectification.enums import Step
from chuangwen.rectification.life import GONE
from chuangwen.rectification.models import Case, CaseShare

MOST_NAMED = 10


class Hears(Enum):
    """Who is told: the units that have to do with a case, who reported it, or 创文办."""

    UNITS = auto()
    REPORTER = auto()
    OFFICE = auto()


@dataclass(frozen=True)
class News:
    """One kind of occasion: its words before the colon, and what is wished for."""

    kind: NoticeKind
    word: str
    hears: tuple[Hears, ...] = (Hears.UNITS,)
    wish: str = ""


NEWS = {
    Step.DISPATCH: News(
        NoticeKind.CASE_DISPATCHED, "需要整改", wish="请接收；不属于本单位的，请写明原因退回。"
    ),
    Step.REASSIGN: News(
        NoticeKind.CASE_REASSIGNED, "整改单位已调整", wish="请打开查看本单位的责任。"
    ),
    Step.REFUSE: News(
        NoticeKind.CASE_REFUSED, "单位退回问题", (Hears.OFFICE,), "请重新派遣或改派。"
    ),
    Step.FINISH: News(NoticeKind.CASE_SUBMITTED, "整改完成待核查", (Hears.OFFICE,), "请安排核查。"),
    Step.FAIL: News(NoticeKind.CASE_FAILED, "核查不通过，需要返工"),
    Step.CLOSE: News(NoticeKind.CASE_CLOSED, "问题已销号", (Hears.UNITS, Hears.REPORTER)),
    Step.REOPEN: News(NoticeKind.CASE_REOPENED, "问题反弹，重新办理"),
    Step.ASK_EXTENSION: News(
        NoticeKind.CASE_EXTENSION_ASKED, "单位申请延期", (Hears.OFFICE,), "请审批。"
    ),
    Step.EXTEND: News(NoticeKind.CASE_EXTENSION_DECIDED, "整改时限已延长"),
    Step.DENY_EXTENSION: News(
        NoticeKind.CASE_EXTENSION_DECIDED, "没有同意延期", wish="原时限不变。"
    ),
    Step.SUSPEND: News(NoticeKind.CASE_SUSPENDED, "问题缓办", wish="缓办期间不计时限。"),
    Step.RESUME: News(NoticeKind.CASE_SUSPENDED, "问题恢复办理", wish="时限已顺延，请继续整改。"),
    Step.DECLINE: News(NoticeKind.CASE_ENDED, "问题不予立案", (Hears.REPORTER,)),
    Step.CANCEL: News(NoticeKind.CASE_ENDED, "问题已作废", (Hears.UNITS, Hears.REPORTER)),
    Step.MERGE: News(NoticeKind.CASE_ENDED, "问题已并案", (Hears.UNITS, Hears.REPORTER)),
}
WITHDRAWN = News(NoticeKind.CASE_REASSIGNED, "问题已改派其他单位", wish="本单位不用再办理。")
ByUnit = Mapping[uuid.UUID, Sequence[Case]]


def units_in(cases: Iterable[Case]) -> dict[uuid.UUID, list[Case]]:
    """Return the cases of each unit that has to do with them now. One query."""
    by_key = {case.pk: case for case in cases}
    found: dict[uuid.UUID, list[Case]] = defaultdict(list)
    shares = CaseShare.objects.filter(case__in=list(by_key)).exclude(state__in=GONE)
    for share in shares.order_by("pk"):
        found[share.unit_id].append(by_key[share.case_id])
    return found


def announce(
    step: Step, cases: Collection[Case], by: Actor, *, text: str = "", units: ByUnit | None = None
) -> None:
    """Tell those whom a step concerns. `units`: their cases, where the rows no longer say so."""
    news, hears = NEWS[step], NEWS[step].hears
    if Hears.OFFICE in hears:
        notify(notes=told(_note(news, list(cases), text), office_people(clock.today())), by=by)
        return
    heard: dict[uuid.UUID, list[Case]] = defaultdict(list)
    if Hears.UNITS in hears:
        for unit, own in (units_in(cases) if units is None else units).items():
            heard[unit] += own
    if Hears.REPORTER in hears:
        for case in cases:
            if case.reported_by_id and case not in heard[case.reported_by_id]:
                heard[case.reported_by_id].append(case)
    tell_units(news, heard, by, text=text)


def tell_units(news: News, cases_by_unit: ByUnit, by: Actor, *, text: str = "") -> None:
    """Tell the clerks and heads of each unit about its own cases. Two statements."""
    notify(notes=_to_units(news, cases_by_unit, text), by=by)


def _to_units(news: News, cases_by_unit: ByUnit, text: str) -> Iterator[Told]:
    named = {unit: cases for unit, cases in cases_by_unit.items() if cases}
    people = people_by_unit(clock.today(), units=named) if named else {}
    for unit, cases in named.items():
        yield from told(_note(news, cases, text, unit), people.get(unit, ()))


def _note(news: News, cases: Sequence[Case], text: str, unit: uuid.UUID | None = None) -> Note:
    first = cases[0]
    is_one = len(cases) == 1
    return Note(
        kind=news.kind,
        subject=f"{news.word}：{first.title if is_one else f'{len(cases)} 个问题'}",
        body="\n".join(_lines(news, cases, text)),
        key=f"case-{news.kind.value}:{first.pk}:{first.version}:{unit or 'office'}",
        about=AboutKind.CASE if is_one else AboutKind.CASES,
        about_id=first.pk if is_one else None,
    )


def _lines(news: News, cases: Sequence[Case], text: str) -> Iterator[str]:
    for case in cases[:MOST_NAMED]:
        limit = f"，时限 {case.due_on}" if case.due_on else ""
        yield f"{case}{limit}"
    if len(cases) > MOST_NAMED:
        yield f"……共 {len(cases)} 个"
    if text:
        yield f"说明：{text}"
    if news.wish:
        yield news.wish
