"""Cutting a list of owners into units, and judging what kind of body a name stands for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from .lexicon import units as words
from .marks import squeeze, trim

_END = "|".join(map(re.escape, words.ENDINGS))
_LEVEL = f"[{words.LEVELS}]"
_ENDED = re.compile(rf"[^、,;。\n]*?(?:{_END}|委|部|办|院|队)(?:\([^)]{{1,12}}\))?$")
_GLUE = re.compile(
    rf"(?<=[局委办部院会心司队所处联团馆校府])(?=(?:{_LEVEL}(?!场|政[管工设处中])|各(?!项)|共青团|团{_LEVEL}?委)[\u4e00-\u9fff]{{1,}})"
)
_JOINER = re.compile(r"以及|[和及与]")
# 和平区, 和县 and 和静县 begin with what joins two names elsewhere.
_AND = r"(?:和(?![平县静田政顺林龙硕谐])|[及与并])"
_OPENERS = re.compile(rf"^(?:由|以及|{_AND}|其中|分别由|主要由|具体由)\s*")
_CLOSERS = re.compile(
    r"\s*(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个)?(?:相关|有关|区级|市级|县级|区直|市直|县直|各)?"
    r"(?:单位|部门|地|单位和部门)?|(?:分别)?(?:按照?(?:各自)?职责(?:分工)?(?:分别)?)?(?:负责|落实|参与|配合|实施))$"
)
_ROLE_NOTE = re.compile(r"\((牵头|主责|负责|配合|协办|协助|责任)(?:单位|部门)?\)$")
_NOTHING = re.compile(r"[\d.%/—\-~\s]*|无|略|同上|待定")
_NOTE_ROLES = {"牵头": "lead", "主责": "lead", "配合": "supporting", "协办": "supporting"}
_NOTE_ROLES |= {"协助": "supporting", "负责": "responsible", "责任": "responsible"}


def split_list(folded: str, start: int, end: int) -> Iterator[tuple[int, int, str | None, bool]]:
    """Units of a list as (start, end, role noted behind the name, glued to the one before)."""
    for first, last in _pieces(folded, start, end):
        for begin, stop in _at_joiners(folded, first, last):
            begin, stop, note = _bare(folded, begin, stop)  # noqa: PLW2901
            if begin >= stop or _NOTHING.fullmatch(folded, begin, stop) or stop - begin > 40:
                continue
            for index, (left, right) in enumerate(_unglue(folded, begin, stop)):
                yield left, right, note, index > 0


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, piece = 0, start
    for place in range(start, end):
        mark = folded[place]
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        breaks = mark in "、,;。/\t|" or (mark == " " and _ends_unit(folded, piece, place))
        if not depth and (breaks or (mark == "\n" and _ends_unit(folded, piece, place))):
            yield piece, place
            piece = place + 1
    yield piece, end


def _ends_unit(folded: str, start: int, end: int) -> bool:
    text = squeeze(folded[start:end])
    return len(text) >= 2 and is_unit(text)


def _at_joiners(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """区委和区政府 are two; 文化和旅游局 is one: the left side must be a unit by itself."""
    piece = start
    for match in _JOINER.finditer(folded, start + 2, end):
        left = squeeze(folded[piece : match.start()])
        right = folded[match.end() : end].strip()
        if is_unit(left) and re.match(
            rf"{_LEVEL}|各|有关|相关|其他|其它|驻|辖区|[\u4e00-\u9fff]{{2,6}}[市县区]", right
        ):
            if not _balanced(folded, piece, match.start()):
                continue
            yield piece, match.start()
            piece = match.end()
    yield piece, end


def _balanced(folded: str, start: int, end: int) -> bool:
    return folded.count("(", start, end) == folded.count(")", start, end)


def _bare(folded: str, start: int, end: int) -> tuple[int, int, str | None]:
    start, end = trim(folded, start, end, " \t\n:。;,〈〉《》<>")
    if match := _OPENERS.match(folded[start:end]):
        start += match.end()
    note = None
    text = folded[start:end]
    if match := _ROLE_NOTE.search(text):
        note, end = _NOTE_ROLES[match[1]], start + match.start()
    if (match := _CLOSERS.search(folded[start:end])) and match.start() > 1:
        end = start + match.start()
    start, end = trim(folded, start, end)
    while end > start and folded[end - 1] == ")" and not _opens(folded, start, end):
        end -= 1
    return start, end, note


def _opens(folded: str, start: int, end: int) -> bool:
    return folded.count("(", start, end) >= folded.count(")", start, end)


def _unglue(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """区行政审批局区综合行政执法局 → two; 市公安局东区分局 stays one."""
    cuts: list[int] = []
    for match in _GLUE.finditer(folded, start, end):
        left, right = folded[start : match.start()], folded[match.start() : end]
        if cuts:
            left = folded[cuts[-1] : match.start()]
        if not _balanced(folded, start, match.start()) or re.match(r"[区市县]?\(", right):
            continue
        if is_unit(left) and len(left) >= 2 and _stands_alone(right):
            cuts.append(match.start())
    bounds = [start, *cuts, end]
    return [trim(folded, a, b) for a, b in itertools.pairwise(bounds)]


def _stands_alone(right: str) -> bool:
    """区分局 and 区大队 depend on the name before; 区住建局 does not."""
    if re.match(rf"{_LEVEL}(?:分局|大队|支队|中队|分院|支局|管理所|委会|公司)", right):
        return False
    return (
        is_unit(right)
        or re.match(rf"{_LEVEL}[\u4e00-\u9fff]{{1,}}?(?:局|委|办|部|院|会|中心)", right) is not None
    )


def is_unit(text: str) -> bool:
    """Whether the text ends as names of bodies end."""
    return _ENDED.fullmatch(text) is not None


def is_collective(name: str) -> bool:
    """各街道（镇）, 区级各部门, 有关单位: stand for several units of the register."""
    if re.match(r"各|有关|相关|全体|所有|其他|其它|涉及|属地|沿线", name):
        return True
    if re.search(
        r"各(?:部门|单位|镇|街道|乡|社区|级|县|区|成员|相关|有关|党|市|学校|责任|旗|苏木|村)", name
    ):
        return True
    return any(word in name for word in words.COLLECTIVE_WORDS[3:])


def kind_of(name: str, superior: bool = False) -> str:
    """Kind of body, one of the register's kinds; 上级 when it belongs to a higher government."""
    bare = re.sub(r"\([^)]*\)$", "", name)
    if superior and not re.search(r"分局$|[区县旗]局$", bare):
        return "上级"
    if re.fullmatch(
        rf"(?:中共)?[\u4e00-\u9fff]{{0,10}}{_LEVEL}(?:委|委员会)|各?党委|[\u4e00-\u9fff]{{0,6}}党工委",
        bare,
    ):
        return "党委部门"
    if re.match(r"共青团|团[区市县旗]?委", bare):
        return "群团"
    for candidate in (name, bare):
        for kind, endings in words.KINDS:
            if candidate.endswith(endings):
                return kind
    return "其他"


def short_form(name: str, places: tuple[str, ...]) -> str:
    """A name brought to its shortest usual form, only to compare names with one another."""
    text = squeeze(name)
    for place in places:
        if text.startswith(place) and len(text) > len(place) + 1:
            text = place[-1] + text[len(place) :]
            break
    text = re.sub(r"^中共", "", text)
    for long, short in words.SHORT_FORMS:
        text = text.replace(long, short)
    text = re.sub(
        r"^共青团([区市县旗])委(?:员会)?|^([区市县旗])团委", lambda m: f"团{m[1] or m[2]}委", text
    )
    text = re.sub(r"^([区市县旗])委员会", r"\1委", text)
    return re.sub(r"(?<=[区市县旗])委(?=(?:文明办|网信办|编办|巡察办))", "", text)
