"""Years and stages: from headings such as （一）2021年为…年 or （二）推进阶段（2021年3—6月）."""

from __future__ import annotations

import re
from dataclasses import replace

from . import dates
from .duties import Duties
from .headings import ENUMERATION
from .lexicon.genres import GOALS, STEPS
from .marks import squeeze
from .model import Phase, Target
from .outline import Node
from .targets import carried, find_targets, year_clauses
from .tasks import tasks_of

_YEAR_TITLE = re.compile(
    r"(?P<year>20\d\d)年(?:度)?(?:(?:为|是|:|——?|\()?(?P<theme>[^,。:()]{2,24}?)(?:之)?年?\)?)?$"
)
_STAGE = re.compile(r"阶段|筹备期|启动期|攻坚期|冲刺期|迎检期|巩固期")
_ORDINAL = re.compile(r"第[一二三四五六]阶段")
_NAMED_STAGE = re.compile(r"\s?[:,、—]\s?([\u4e00-\u9fff]{2,12}阶段)(?=\()")
_BEHIND_STAGE = re.compile(r"\s?(?:\([^()\n]{4,30}\))?\s?[:,]?\s?([\u4e00-\u9fff]{2,10})[。:]")
# 宣传发动阶段(3月—4月); 第一阶段:动员部署(3月—4月); 第一阶段(3月—4月):动员部署;
# 第一阶段:动员部署,2022年3月至4月。
_INLINE_STAGE = re.compile(
    r"(?P<ordinal>第[一二三四五六]阶段)[:、,—\s]*(?P<name>[\u4e00-\u9fff、]{2,12})?"
    r"(?:\((?P<when>[^()]{3,30})\)(?:[:、,—\s]*(?P<late>[\u4e00-\u9fff]{2,12}))?"
    r"|[,:\s](?P<then>(?:20\d\d年)?\d{1,2}月[^,。;()]{0,18}))"
    r"|(?P<named>[\u4e00-\u9fff]{2,12}阶段)\((?P<during>[^()]{3,30})\)"
    r"|(?P<ahead>(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|初|底)?\s?[—\-~至到]{1,2}\s?(?:20\d\d年)?"
    r"\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?)(?:为|是|,)(?P<behind>[\u4e00-\u9fff]{2,10}阶段)"
)
_NAMED_YEAR = re.compile(r"第(?P<ordinal>[一二三四五])年(?P<theme>[^,;。]{4,24})")


def read(
    folded: str,
    root: Node,
    goals: list[Node],
    duties: Duties,
    *,
    document: str,
    year: int | None,
    first_year: int | None = None,
) -> tuple[list[Phase], list[Target]]:
    """Phases of a document with the targets of each, and those of no year that its goals name.

    第一年 is `first_year`.
    """
    found: list[Phase] = []
    for node in root.walk():
        if node.mark is None:
            continue
        title = squeeze(folded[node.title_start : node.title_end])
        phase = _year(folded, node, title, document) or _stage(folded, node, title, document, year)
        if phase is None:
            continue
        label = _path(folded, node)
        for start, end in [*node.titled(), *node.body]:
            phase.targets += find_targets(
                folded, start, end, document=document, section=label, year=phase.year
            )
        phase.tasks = tasks_of(folded, node, duties, document, phase.year)
        found.append(phase)
    undated = _add_goals(folded, goals or [root], found, document, (year, first_year))
    return found, undated


def _step_of(folded: str, node: Node, title: str) -> bool:
    """（一）宣传发动（2月—3月） under 实施步骤: a stage that is not called one."""
    if not re.search(r"\([^)]*月[^)]*\)|\d{1,2}月", title) or node.parent is None:
        return False
    above = folded[node.parent.title_start : node.parent.title_end]
    return any(word in above for word in STEPS)


def _path(folded: str, node: Node) -> str:
    """五（一）: the numbers of the headings above, as one cites a clause."""
    parts: list[str] = []
    current: Node | None = node
    while current and current.mark:
        parts.append(current.mark.number.rstrip("、."))
        current = current.parent
    return "".join(reversed(parts))


def _year(folded: str, node: Node, title: str, document: str) -> Phase | None:
    match = _YEAR_TITLE.fullmatch(title)
    if (
        node.sentence_title
        and sum(1 for body in node.body for _ in year_clauses(folded, *body)) > 1
    ):
        return None  # 第三条 2022年，…；2023年，…: the years of a sentence
    if not match or (match["theme"] and re.search(r"安排|方案|计划|任务|目标$", match["theme"])):
        return None
    year = int(match["year"])
    return Phase(
        start=node.start, end=node.end, name=title, kind="year",
        number=node.mark.number if node.mark else None, year=year, from_month=f"{year}-01",
        to_month=f"{year}-12", theme=match["theme"], document=document,
    )  # fmt: skip


def _time_of(folded: str, node: Node, year: int | None) -> dates.Period | None:
    """The months in the title, else shortly behind it on the same line; never of the next stage."""
    line = folded.find("\n", node.title_end, node.title_end + 40)
    last = line if line >= 0 else node.title_end + 40
    own = dates.find_period(folded, node.title_start, node.title_end, year)
    return own or dates.find_period(folded, node.title_start, last, year)


def _stage(folded: str, node: Node, title: str, document: str, year: int | None) -> Phase | None:
    if not _STAGE.search(title) and not _step_of(folded, node, title):
        return None
    period = _time_of(folded, node, year)
    if period is None and any(
        _STAGE.search(folded[c.title_start : c.title_end]) for c in node.children
    ):
        return None
    if period and re.match(
        r"(?:\d{1,2}日|[上中下]旬|初|中旬)?(?:起|开始|以后|至[\u4e00-\u9fff]{2})",
        folded[period.end : period.end + 8],
    ):
        period = replace(period, last=None)  # 9月11日至测评结束
    if period is None and re.search(r"阶段(?:安排|划分|任务|步骤|目标)|分.{0,4}阶段", title):
        return None
    if _ORDINAL.fullmatch(title) and (own := _NAMED_STAGE.match(folded, node.title_end)):
        title = own[1]  # 第一阶段：宣传发动阶段（…）
    behind = _BEHIND_STAGE.match(folded, node.title_end) if _ORDINAL.fullmatch(title) else None
    name = re.sub(r"\(.*?\)", "", title)
    name = re.sub(r"^第[一二三四五六]阶段[:,、—]*", "", name) or title
    theme = behind[1] if behind else re.sub(r"阶段.*$", "", name) or None
    return Phase(
        start=node.start, end=node.end, name=name.rstrip(":"), kind="stage",
        number=node.mark.number if node.mark else None,
        year=period.year if period else None, from_month=period.first if period else None,
        to_month=period.last if period else None, theme=theme, document=document,
    )  # fmt: skip


def _add_goals(
    folded: str,
    goals: list[Node],
    found: list[Phase],
    document: str,
    span: tuple[int | None, int | None],
) -> list[Target]:
    """Targets that a goals chapter gives year by year join the phase of that year.

    Returns those of a goals chapter for which neither it nor the document gives a year.
    """
    undated: list[Target] = []
    years = {phase.year: phase for phase in found if phase.kind == "year"}
    for node in goals:
        for sub in node.walk() if node.mark else [node]:
            label = _path(folded, sub) or "前言"
            titled = _GOAL_OF_YEAR.match(folded, sub.title_start, sub.title_end)
            for start, end in sub.body:
                named: dict[str, Target] = {}  # what the years before spoke of
                opened = _DASHED.match(folded, start, end)
                if opened and int(opened[1]) not in years:
                    years[int(opened[1])] = _dashed(opened, end, document)
                    found.append(years[int(opened[1])])
                alone = opened or titled  # a paragraph, or a heading, that is for one year
                parts = [(int(alone[1]), start, end)] if alone else None
                for at, first, last in parts or _parts(folded, start, end, *span):
                    for target in _of_year(
                        folded, first, last, named, document=document, section=label, year=at
                    ):
                        own = target.year = target.year or at
                        if own is None:
                            undated += [target] if _of_goals(folded, node) else []
                            continue
                        if own not in years:
                            years[own] = _new_year(own, first, last, document)
                            found.append(years[own])
                        _extend(years[own], [target])
    return undated


def _of_goals(folded: str, node: Node) -> bool:
    title = folded[node.title_start : node.title_end] if node.mark else ""
    return any(word in title for word in GOALS)


_GOAL_OF_YEAR = re.compile(r"(20\d{2})年(?:度)?(?:工作|创建|主要|具体|阶段)?目标")
_DASHED = re.compile(r"(?:——?|--?)\s?(20\d{2})年(?:底|末)?[,:]([^,。;]{2,24}年(?=[,。;]))?")


def _dashed(opened: re.Match[str], end: int, document: str) -> Phase:
    """——2021年，打基础年。…: a line of the goals that is the year's."""
    phase = _new_year(int(opened[1]), opened.start(), end, document)
    phase.theme = opened[2]
    return phase


def _of_year(
    folded: str, start: int, end: int, named: dict[str, Target], *,
    document: str, section: str, year: int | None,
) -> list[Target]:  # fmt: skip
    """Targets of one year; an amount or a rank without a name takes the name given before."""
    found = list(find_targets(folded, start, end, document=document, section=section, year=year))
    if not any(target.kind == "numeric" for target in found):
        found = [*carried(folded, start, end, named.get("numeric")), *found]
    for target in found:
        before = named.get("rank")
        if target.kind == "rank" and before and not target.subject:
            target.name, target.subject = before.name, before.subject
        named[target.kind] = target
    return found


_YEAR_OF_PLAN = re.compile(r"(?<![^,;。:、\s])第([一二三四五])年")


def _parts(
    folded: str, start: int, end: int, year: int | None, first_year: int | None
) -> list[tuple[int | None, int, int]]:
    """Parts that speak of one year each; before the first of them, of the document's year."""
    marked: list[tuple[int | None, int, int]] = list(year_clauses(folded, start, end))
    if not marked and len(counted := list(_YEAR_OF_PLAN.finditer(folded, start, end))) > 1:
        bounds = [*(mark.start() for mark in counted), end]
        for mark, begin, stop in zip(counted, bounds, bounds[1:], strict=False):
            own = first_year + "一二三四五".index(mark[1]) if first_year else None
            marked.append((own, begin, stop))
    first = marked[0][1] if marked else end
    return [(year, start, first), *marked] if first > start else marked


def _extend(phase: Phase, targets: list[Target]) -> None:
    known = {(target.start, target.end) for target in phase.targets}
    phase.targets += [target for target in targets if (target.start, target.end) not in known]


def _new_year(year: int, start: int, end: int, document: str) -> Phase:
    return Phase(
        start=start, end=end, name=f"{year}年", kind="year", number=None, year=year,
        from_month=f"{year}-01", to_month=f"{year}-12", theme=None, document=document,
    )  # fmt: skip


def inline_stages(
    folded: str, root: Node, found: list[Phase], document: str, year: int | None
) -> list[Phase]:
    """Stages in running text: 一是宣传发动阶段（3月—4月）。… or 第一阶段：动员部署（3月—4月）。"""
    taken = [(phase.start, phase.end) for phase in found]
    result: list[Phase] = []
    for node in root.walk():
        label = _path(folded, node)
        for start, end in node.body:
            matches = [
                match
                for match in _INLINE_STAGE.finditer(folded, start, end)
                if not any(a <= match.start() < b for a, b in taken)
            ]
            lasts = [*(match.start() for match in matches[1:]), end]
            for match, last in zip(matches, lasts, strict=False):
                phase = _inline_stage(folded, match, document, year)
                if phase is None:
                    continue
                # 第二阶段（5月至12月) is of the year in which the stage before it ended.
                year = int(phase.to_month[:4]) if phase.to_month else year
                phase.targets += find_targets(
                    folded, match.end(), last, document=document, section=label, year=phase.year
                )
                result.append(phase)
    return result


def _inline_stage(
    folded: str, match: re.Match[str], document: str, year: int | None
) -> Phase | None:
    """None when the words in brackets are no time."""
    when = next(group for group in ("when", "then", "during", "ahead") if match[group])
    period = dates.find_period(folded, match.start(when), match.end(when), year)
    if period is None:
        return None
    name = ENUMERATION.sub(
        "", match["named"] or match["behind"] or match["name"] or match["ordinal"]
    )
    theme = match["late"] if name == match["ordinal"] else name.removesuffix("阶段")
    return Phase(
        start=match.start(),
        end=match.end(),
        name=name,
        kind="stage",
        number=match["ordinal"],
        year=period.year,
        from_month=period.first,
        to_month=period.last,
        theme=theme,
        document=document,
    )
