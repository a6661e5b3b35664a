"""Owners in running text: 由A牵头，B、C配合；A会同B开展…；A负责…；A配合做好…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import units
from .clauses import clauses
from .marks import squeeze
from .model import Role, UnitMention

_MOST = 120  # characters of a list of units; what is longer is a sentence
_WAY = (
    r"(?:等(?:部门|单位|相关部门|有关部门|相关单位|有关单位|单位和部门)?)?"
    r"(?:分别|共同|统一|具体|主要|积极|认真|切实|联合|同步)?"
    r"(?:按照?(?:各自)?(?:的)?职责(?:分工)?|根据(?:各自)?职责(?:分工)?)?"
    r"(?:分别|共同|统一|具体|主要|积极|认真|切实)?"
)
_VERB = re.compile(
    rf"{_WAY}(?:(?P<lead>(?:总)?牵头(?:负责|抓总|组织|实施|落实|制定|开展|推进|做好)?|为主)"
    r"|(?P<with>会同|协同|联合(?!会|国|体|党|执法|督|检|惩))"
    r"|(?P<responsible>(?:负责|承担|落实|组织实施|抓好落实)(?!任?[人制令书单追部]|同志|干部)(?:落实|实施|组织|做好|抓好)?)"
    r"|(?P<supporting>(?:配合|协助|参与|参加|协办|协同)(?!率|度|人|者))"
    r")(?!单位|部门|人|领导|科室|处室|主体)"
)
_PARTNERS_END = re.compile(
    r"(?:等(?:部门|单位)?)?(?:共同|联合|定期|常态化|集中)?(?:负责|开展|组织|制定|推进|实施|做好|抓好|加强|建立|完善|研究|对|落实|"
    r"出台|编制|打造|推动|深化|健全|强化|举办|清理|整治|排查|指导|督促|每|全面|深入)"
)
_OPENER = re.compile(r"(?:一是|二是|三是|四是|五是|其中|并|同时|具体)?(?:由|,)?\s*")
_BODY = re.compile(
    r"(?:中共)?(?:[区市县旗州省镇乡]|各|街道|共青团|团[区市县旗州]委|公安|国网|[\u4e00-\u9fff]{2,5}(?:区|市|县|旗|镇|乡|街道|分局|供电|派出所|大队|公司|集团))"
)


# 各单位, 各县（市、区）人民政府, 市级有关部门: no sentence that happens to begin with 各
_EVERY = re.compile(
    r"(?:[区市县旗州省镇]级?直?)?(?:各|有关|相关)[\u4e00-\u9fff(、)]{0,10}?"
    r"(?:单位|部门|街道|乡镇|镇|乡|社区|村|县市|县区|区县|学校|企业|科室|组|中队|党委|支部|网格|园区|政府|[(]?[市县区旗街镇乡、]{1,5}[)]?)"
)


def read(folded: str, start: int, end: int) -> Iterator[tuple[int, int, list[UnitMention]]]:
    """(start, end, units) of what says who does something, in order: up to the verb's end."""
    before: list[UnitMention] = []
    named: list[UnitMention] = []  # 县住建局：负责…
    for first, last in clauses(folded, start, end):
        opened = _OPENER.match(folded, first, last)
        place = opened.end() if opened else first
        by = folded[first:place].endswith("由")
        found = _of_clause(folded, place, last, by or bool(before))
        if named and found is None and begins_duty(folded, place, last):
            yield named[0].start, place, named
            before, named = named, []
            continue
        colon = folded.startswith(":", last)
        named = bodies(folded, place, last, "responsible") if colon and not found else []
        if found:
            yield first, last if found[1] >= last - 1 else found[1], found[0]
        before = found[0] if found else []


def _of_clause(
    folded: str, start: int, end: int, named: bool
) -> tuple[list[UnitMention], int] | None:
    """`named`: the clause stands behind 由 or goes on with a list of owners."""
    verb = _VERB.search(folded, start, min(end, start + _MOST))
    if verb is None or (verb["supporting"] and folded.startswith(("单位", "部门"), verb.end())):
        return None
    if verb.start() == start:
        more = _partners(folded, verb.end(), end) if verb["with"] and named else []
        return (more, more[-1].end) if more else None  # 由A牵头，会同B、C…
    found = bodies(folded, start, verb.start(), _role(verb))
    if not found or not verb["with"]:
        return (found, verb.end()) if found else None
    more = _partners(folded, verb.end(), end)
    return ([*found, *more], more[-1].end) if more else None


def begins_duty(folded: str, start: int, end: int) -> bool:
    """负责…: what follows the name of a body that a colon set apart."""
    return (
        re.compile(r"(?:主要|具体|统筹|牵头)?(?:负责|承担)(?![人制])").match(folded, start, end)
        is not None
    )


def _role(verb: re.Match[str]) -> Role:
    if verb["lead"] or verb["with"]:
        return "lead"
    return "supporting" if verb["supporting"] else "responsible"


def _partners(folded: str, start: int, end: int) -> list[UnitMention]:
    for close in _PARTNERS_END.finditer(folded, start + 2, min(end, start + _MOST)):
        if found := bodies(folded, start, close.start(), "supporting"):
            return found
    return bodies(folded, start, end, "supporting") if end - start < _MOST else []


def bodies(folded: str, start: int, end: int, role: Role) -> list[UnitMention]:
    """Units of a list, when all of it is units; else nothing."""
    found: list[UnitMention] = []
    for first, last, _, _ in units.split_list(folded, start, end):
        name = squeeze(folded[first:last])
        collective = units.is_collective(name)
        known = units.is_unit(name) and len(name) <= 18
        known = known or (collective and _EVERY.fullmatch(name) is not None)
        if not known or not _BODY.match(name):
            return []
        found.append(
            UnitMention(start=first, end=last, name=name, role=role, collective=collective)
        )
    return found
