"""Who owns a task: label lines, brackets, and running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import dates, running, units
from .clauses import split_at
from .lexicon import labels
from .marks import squeeze, trim, within
from .model import Anomaly, Deadline, Leader, Role, UnitMention

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]*(?:\([^()\n]*\)[^()\[\]\n]*){0,12})[)\]]")
_OWNING = re.compile(r"牵头|负责|配合|责任|落实|协办|协助|参与|主责")
_VERB_END = re.compile(
    r"(?P<lead>(?:总)?牵头(?:负责|抓总|组织实施|实施)?|主责|为主)|"
    r"(?P<responsible>(?:分别)?(?:按照?(?:各自)?职责(?:分工)?)?(?:分别|共同)?(?:具体)?(?:负责(?:落实|实施)?|落实|组织实施|实施|抓落实))|"
    r"(?P<supporting>(?:按照?(?:各自)?职责(?:分工)?)?(?:积极)?(?:配合|协助|参与|参加|协同|协办))"
)
_WORDED = re.compile(r"(?:牵头|配合|协助|参与)(?:负责)?(?=[,;。、]|$)")
_UNIT_FOLLOWS = re.compile(
    r"\s*(?:[区市县旗州省镇]|各|中共|[\u4e00-\u9fff]{2,6}[区市县旗镇])[\u4e00-\u9fff、()]{2,}"
)


_REASONS = {
    "missing_colon": "标签后缺冒号。",
    "missing_separator": "两个单位之间缺顿号。",
}


@dataclass(slots=True)
class Statement:
    """One statement of owners, leaders and deadline, with where it stands."""

    start: int
    end: int
    form: str  # label, bracket, running, clause (A负责某事: the duty is in the same clause)
    units: list[UnitMention] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    deadline: Deadline | None = None
    flaws: list[tuple[str, int, int, str]] = field(
        default_factory=list
    )  # kind, start, end, reading
    silent: bool = False  # 包保单位：A: names bodies whose task it is not
    plain: bool = False  # （A、B负责）or 责任单位 alone: nobody is named as lead

    def anomalies(self, document: str) -> list[Anomaly]:
        """The flaws of the statement, for a person to confirm."""
        return [
            Anomaly(
                kind=kind,
                start=start,
                end=end,
                reading=reading,
                reason=_REASONS[kind],
                document=document,
            )
            for kind, start, end, reading in self.flaws
        ]


def read_statements(folded: str, start: int, end: int, year: int | None) -> Iterator[Statement]:
    """Statements of one paragraph, in order; labels first, then brackets, then running text."""
    taken: list[tuple[int, int]] = []
    for statement in _brackets(folded, start, end, year):
        taken.append((statement.start, statement.end))
        yield statement
    for statement in _labels(folded, start, end, year, taken):
        taken.append((statement.start, statement.end))
        yield statement
    if not taken:
        yield from _running(folded, start, end)


def _labels(
    folded: str, start: int, end: int, year: int | None, taken: list[tuple[int, int]]
) -> Iterator[Statement]:
    found = [
        match
        for match in labels.ANY.finditer(folded, start, end)
        if not within(taken, match.start()) and _announces(folded, match, start, end)
    ]
    for index, match in enumerate(found):
        limit = found[index + 1].start() if index + 1 < len(found) else end
        value = _after_colon(folded, match.end(), limit)
        stop = _value_end(folded, value, limit)
        statement = Statement(match.start(), stop, "label")
        if value == match.end():
            reading = f"{folded[match.start() : match.end()]}：{folded[value:stop]}"
            statement.flaws.append(("missing_colon", match.start(), stop, reading))
        _fill(folded, statement, _role(match[0]), value, stop, year=year)
        if statement.units or statement.leaders or statement.deadline or statement.silent:
            yield statement


def _announces(folded: str, match: re.Match[str], start: int, end: int) -> bool:
    after = folded[match.end() : min(end, match.end() + 3)].lstrip()
    if after.startswith(":") or (after.startswith("]") and folded[match.start() - 1] == "["):
        return True
    before = folded[start : match.start()].rstrip()
    if before and before[-1] not in "。;)\n" and not _closes_list(before):
        return False
    if (
        after.startswith(("要", "应", "须", "根", "按", "为"))
        or "。" in folded[match.end() : end - 1]
    ):
        return False
    if not _UNIT_FOLLOWS.match(folded, match.end(), end):
        return False
    first = next(units.split_list(folded, match.end(), end), None)
    return first is not None and units.is_unit(squeeze(folded[first[0] : first[1]]))


def _closes_list(before: str) -> bool:
    """牵头单位区城管局责任单位…: the text before is itself a labelled list of units."""
    label = labels.ANY.match(before)
    return label is not None and units.is_unit(re.split(r"[、,;]", before[label.end() :])[-1])


def _after_colon(folded: str, place: int, limit: int) -> int:
    rest = re.match(r"\s?(?::|\]\s?:?)\s*", folded[place:limit])
    return place + rest.end() if rest else place


def _value_end(folded: str, start: int, limit: int) -> int:
    stop = folded.find("。", start, limit)
    stop = limit if stop < 0 else stop
    _, stop = trim(folded, start, stop, " \t\n;,、([")
    return stop


def _role(label: str) -> str:
    for role, pattern in labels.ROLE_PATTERNS:
        if pattern.match(label) or pattern.match(label + ":"):
            return role
    return "responsible"


def _fill(
    folded: str, statement: Statement, role: str, start: int, end: int, *, year: int | None
) -> None:
    if role == "bystander":
        statement.silent = True
    elif role == "deadline":
        statement.deadline = read_deadline(folded, start, end, year)
    elif role == "leader":
        for first, last in _people(folded, start, end):
            if last - first <= 30:
                statement.leaders.append(
                    Leader(start=first, end=last, name=squeeze(folded[first:last]))
                )
    elif not (_WORDED.search(folded, start, end) and _read_worded(folded, statement, start, end)):
        statement.units.extend(read_units(folded, start, end, role, statement))


_OFFICE = re.compile(
    r"(?:常委|书记|[省市州县区旗镇乡部局校院社台馆团]长|主任|主席|成员|组长|党组)$"
)


def _people(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names of a list; 县委常委、宣传部部长 王某 is one person."""
    opened: int | None = None
    for first, last in split_at(folded, start, end, "、,;"):
        begin = first if opened is None else opened
        opened = begin if _OFFICE.search(folded[first:last].strip()) and last < end else None
        if opened is None:
            yield begin, last


def read_units(
    folded: str, start: int, end: int, role: str, statement: Statement | None = None
) -> list[UnitMention]:
    """Unit mentions of a list; with role `both` the first is the lead and the rest responsible."""
    found: list[UnitMention] = []
    for first, last, note, glued in units.split_list(folded, start, end):
        name = squeeze(folded[first:last])
        if not _acceptable(name):
            continue
        own: Role = _as_role(note or ("lead" if role == "both" and not found else role))
        if glued and statement and found:
            reading = f"{found[-1].name}、{name}"
            statement.flaws.append(("missing_separator", found[-1].start, last, reading))
        found.append(
            UnitMention(
                start=first, end=last, name=name, role=own, collective=units.is_collective(name)
            )
        )
    return found


def read_cell(folded: str, start: int, end: int, *, role: str, year: int | None) -> Statement:
    """Owners in a cell of a table: a list, 牵头：A 配合：B, or A牵头，B配合."""
    statement = Statement(start, end, "table")
    parts = list(_labels(folded, start, end, year, []))
    if parts and parts[0].start - start <= 1:
        for part in parts:
            statement.units += part.units
            statement.leaders += part.leaders
            statement.deadline = statement.deadline or part.deadline
            statement.flaws += part.flaws
    else:
        _fill(folded, statement, role, start, end, year=year)
    return statement


def _acceptable(name: str) -> bool:
    if not re.search(r"[\u4e00-\u9fffA-Za-z]", name) or len(name) < 2:
        return False
    return units.is_unit(name) or units.is_collective(name) or len(name) <= 14


def _as_role(role: str) -> Role:
    return "lead" if role == "lead" else "supporting" if role == "supporting" else "responsible"


def read_deadline(folded: str, start: int, end: int, year: int | None) -> Deadline | None:
    """A deadline with its last day where one can be told."""
    start, end = trim(folded, start, end, " \t\n;,。)")
    if start >= end or end - start > 60:
        return None
    due, recurring = dates.read_due(folded[start:end], year)
    return Deadline(start=start, end=end, due=due, recurring=recurring)


def _brackets(folded: str, start: int, end: int, year: int | None) -> Iterator[Statement]:
    for match in _BRACKET.finditer(folded, start, end):
        inside = match[1]
        statement = Statement(match.start(), match.end(), "bracket")
        if len(inside) < 3 or (not _OWNING.search(inside) and not labels.ANY.search(inside)):
            closes = folded[match.end() : end].strip(" 。;") == ""
            if len(inside) >= 3 and closes and not units.is_unit(_before(folded, start, match)):
                statement.units = _bare_list(folded, match.start(1), match.end(1))
                statement.plain = True
            if statement.units:
                yield statement
            continue
        first, last = match.start(1), match.end(1)
        if parts := list(_labels(folded, first, last, year, [])):
            for part in parts:
                statement.units += part.units
                statement.leaders += part.leaders
                statement.deadline = statement.deadline or part.deadline
                statement.flaws += part.flaws
                statement.silent = statement.silent or part.silent
            statement.plain = not any(unit.role == "lead" for unit in statement.units)
        else:
            _read_worded(folded, statement, first, last)
            if statement.units and (due := dates.DUE.search(folded, first, last)):
                statement.deadline = read_deadline(folded, due.start(), due.end(), year)
        if statement.units or statement.deadline or statement.leaders or statement.silent:
            yield statement


def _before(folded: str, start: int, match: re.Match[str]) -> str:
    """The words before a bracket: 区创建办（区文明办） only names one body twice."""
    return re.split(r"[,。;、\s]", folded[max(start, match.start() - 20) : match.start()])[-1]


_LOCAL = re.compile(r"[区市县旗州省镇]|各|共青团|团[区市县旗州]委")

_KINDS = re.compile(r"街道|乡镇|镇街|社区|园区|村(?:\(社区\))?")  # 各乡镇、街道


def _bare_list(folded: str, start: int, end: int) -> list[UnitMention]:
    """壮大队伍。（区文明办、团区委）: known bodies, and nothing else in the bracket."""
    if "。" in folded[start:end]:
        return []
    found = read_units(folded, start, end, "responsible")
    sure = all(
        _KINDS.fullmatch(unit.name)
        or (_LOCAL.match(unit.name) and (units.is_unit(unit.name) or unit.collective))
        for unit in found
    )
    several = len(found) > 1 or any(_LOCAL.match(unit.name) for unit in found)
    return found if sure and several else []


def _read_worded(folded: str, statement: Statement, start: int, end: int) -> bool:
    """（区委宣传部牵头，区教体局、各街道配合）: lists closed by a verb."""
    piece = start
    plain = True
    for match in _VERB_END.finditer(folded, start, end):
        role = match.lastgroup or "responsible"
        after = folded[match.end() : match.end() + 1]
        if match.end() < end and after not in ",;、。 (":
            continue
        found = read_units(folded, piece, match.start(), role, statement)
        if not all(units.is_unit(unit.name) or unit.collective for unit in found):
            statement.units.clear()
            return False
        statement.units += found
        plain = plain and role == "responsible"
        piece = match.end()
    statement.plain = plain and bool(statement.units)
    return bool(statement.units)


def _running(folded: str, start: int, end: int) -> Iterator[Statement]:
    """…由区城管局牵头，区住建局、各街道配合。"""
    last: Statement | None = None
    for first, stop, found in running.read(folded, start, end):
        whole = folded[stop : stop + 1] in (",", ";", "。", "")
        form = "running" if whole else "clause"
        if last is not None and form == last.form == "running" and stop - last.end < 130 and (
            folded[last.end : first].strip() in (",", ";", "")
        ):  # fmt: skip
            last.units += found
            last.end = stop
        else:
            if last is not None:
                yield last
            last = Statement(first, stop, form, found)
        last.plain = not any(unit.role == "lead" for unit in last.units)
    if last is not None:
        yield last
