"""What a paper says of the cases and tasks, counted as its writer may see them today."""

import datetime
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import OfficialPaper, PaperCase
from chuangwen.documents.wording import words_of_period
from chuangwen.people.actors import Actor
from chuangwen.plan.enums import TaskState
from chuangwen.plan.queries import tasks_visible_to
from chuangwen.rectification.enums import CaseState
from chuangwen.rectification.models import Case
from chuangwen.rectification.queries import visible_cases
from chuangwen.rectification.queries.figures import (
    VOID,
    Dimension,
    Figure,
    Period,
    Ranking,
    Tally,
    all_figures,
    fewest_to_rank,
    rankings,
    total,
)
from chuangwen.reports.official.blocks import Align, Column
from chuangwen.reports.papers.problems import COLUMNS, Photos, listed, rows_of
from chuangwen.reports.papers.sections import (
    Block,
    Section,
    demands,
    heading,
    section,
    table,
    text,
)
from chuangwen.reports.sheets.figures import percent
from chuangwen.reports.text import chinese_date

CENTRE = Align.CENTRE
MOST_CATEGORIES, MOST_IN_TEXT = 20, 10
UNSEEN = (*VOID, CaseState.REPORTED, CaseState.DECLINED)  # not yet, or not, a problem of a unit
_TALLY = (
    Column("", 46), Column("发现", 18, CENTRE), Column("应结案", 20, CENTRE),
    Column("按期结案", 22, CENTRE), Column("超期未结", 22, CENTRE),
    Column("按期结案率", 28, CENTRE),
)  # fmt: skip
_RANKS = (
    Column("位次", 16, CENTRE), Column("单位", 60), Column("按期结案率", 28, CENTRE),
    Column("按期／应结案", 28, CENTRE), Column("超期未结", 24, CENTRE),
)  # fmt: skip
_TASKS = (
    Column("提升行动", 72), Column("任务", 18, CENTRE), Column("已下达", 20, CENTRE),
    Column("已完成", 22, CENTRE), Column("超过时限", 24, CENTRE),
)  # fmt: skip
NOTHING = "无。"


def counted(paper: OfficialPaper, viewer: Actor, day: datetime.date) -> list[Section]:
    """Return the sections of a paper as they are on a day."""
    if paper.kind == PaperKind.NOTICE:
        return _notice(paper, viewer, day)
    period = Period(paper.since or day, paper.until or day, day)
    return _report(paper, viewer, period)


def _report(paper: OfficialPaper, viewer: Actor, period: Period) -> list[Section]:
    """通报 and 月度总结: the same numbers; the one ends in the problems, the other in the tasks."""
    tables = all_figures(viewer, period)
    whole, fewest = total(tables[Dimension.UNIT]), fewest_to_rank()
    ranked = rankings(tables[Dimension.UNIT], fewest=fewest)
    is_summary = paper.kind == PaperKind.SUMMARY
    blocks = [
        heading(1, "问题整改情况" if is_summary else "总体情况"),
        text(_overall(whole, period)),
        heading(1, "问题来源和类别"),
        *_table("来源", tables[Dimension.SOURCE]),
        *_table("类别", tables[Dimension.CATEGORY][:MOST_CATEGORIES]),
        heading(1, "各单位按期结案情况"),
        text(_rule(fewest), keep=True),
        *_ranking(ranked, fewest),
        *(_tasks(viewer, period.day) if is_summary else ()),
        # The signature stands with the end of the text, which a table is not (GB/T 9704, 7.3.5.5).
        text(f"以上数字截至{chinese_date(period.day)}，由系统中的记录得出。"),
        demands(),
    ]
    if is_summary:
        return [section("", blocks)]
    problems = listed(_concerned(viewer, period), period, with_photos=paper.has_photos)
    return [section("", blocks), section("问题清单", problems)]


def _overall(whole: Tally, period: Period) -> str:
    rate = "不计（没有应结案的问题）" if whole.rate is None else percent(whole.rate)
    return (
        f"{words_of_period(period.since, period.until)}，"
        f"共发现问题{whole.found}个，立案{whole.filed}个，销号{whole.closed}个。"
        f"截至{chinese_date(period.day)}，本期应结案{whole.due}个，"
        f"其中按期结案{whole.on_time}个、逾期结案{whole.late}个、超期未结{whole.open_late}个、"
        f"缓办{whole.suspended}个，按期结案率{rate}。目前超期未结的问题共{whole.open_late_all}个。"
    )


def _rule(fewest: int) -> str:
    return (
        "按期结案率为按期结案数除以应结案数（减去缓办数），超期未结的计入应结案数；"
        f"区级部门和单位、街道（镇）和社区分别排名，应结案少于{fewest}个的不排名。"
    )


def _table(title: str, rows: Iterable[Figure]) -> list[Block]:
    cells = [
        (
            one.name, str(one.tally.found), str(one.tally.due), str(one.tally.on_time),
            str(one.tally.open_late), percent(one.tally.rate),
        )
        for one in rows
    ]  # fmt: skip
    return [table((Column(title, 46), *_TALLY[1:]), cells)] if cells else []


def _ranking(ranked: Iterable[Ranking], fewest: int) -> list[Block]:
    blocks: list[Block] = []
    for ranking in ranked:
        if not ranking.placed and not ranking.too_few:
            continue
        blocks.append(heading(2, ranking.group))
        rows = [(str(one.place), *_ranked(one.figure)) for one in ranking.placed]
        rows += [("不排名", *_ranked(one)) for one in ranking.too_few]
        blocks.append(table(_RANKS, rows))
    return blocks or [text("本期没有应结案的问题。")]


def _ranked(one: Figure) -> tuple[str, ...]:
    tally = one.tally
    return (
        one.name, percent(tally.rate), f"{tally.on_time}／{tally.owed}", str(tally.open_late)
    )  # fmt: skip


def _concerned(viewer: Actor, period: Period) -> QuerySet[Case]:
    """The cases that units were given and that the period is about: found in it, to be done in it,
    or late by now."""
    about = period.holds("found_on") | period.due | Q(owed_on__lt=period.day)
    return visible_cases(viewer).exclude(state__in=UNSEEN).filter(about)


def _tasks(viewer: Actor, day: datetime.date) -> list[Block]:
    tasks = tasks_visible_to(viewer).exclude(state=TaskState.CANCELLED).filter(action__isnull=False)
    late = Q(state=TaskState.DISPATCHED, due_on__lt=day)
    rows = tasks.order_by("action__position").values_list("action__title").annotate(
        Count("pk"),
        given=Count("pk", filter=Q(state__in=(TaskState.DISPATCHED, TaskState.COMPLETED))),
        completed=Count("pk", filter=Q(state=TaskState.COMPLETED)),
        late=Count("pk", filter=late),
    )  # fmt: skip
    cells = [tuple(str(one) for one in row) for row in rows]
    shown = [table(_TASKS, cells)] if cells else [text(NOTHING)]
    return [
        heading(1, "提升行动任务进展"),
        text(f"截至{chinese_date(day)}，各提升行动的任务数如下。", keep=True),
        *shown,
    ]


def _notice(paper: OfficialPaper, viewer: Actor, day: datetime.date) -> list[Section]:
    """整改通知书: its cases with deadlines; a long list, and photos, are attached."""
    cases = visible_cases(viewer).filter(
        pk__in=PaperCase.objects.filter(paper=paper).order_by().values("case_id")
    )
    period = Period(day, day, day)
    rows = list(rows_of(cases, period))
    listing = table(COLUMNS, (row.cells for row in rows), dense=True)
    pictures = Photos(cases).blocks(rows) if paper.has_photos else []
    if len(rows) > MOST_IN_TEXT:
        attached = section("整改问题清单", [listing, *pictures])
        return [section("", [text("问题和时限见附件。"), demands()]), attached]
    attachments = [section("整改问题照片", pictures)] if pictures else []
    return [section("", [listing, demands()]), *attachments]
