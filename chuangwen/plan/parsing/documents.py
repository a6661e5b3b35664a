"""Cutting a file into its documents, and reading title, issuer, date and number of each."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from statistics import median_low

from . import breaks, dates
from .headings import mark_at
from .lexicon import genres, noise
from .lines import Line
from .marks import squeeze
from .model import Document, Item

_KIND = "|".join(genres.KINDS)
_NOTICE = "|".join(genres.NOTICES)
_BRACKET = r"(?:\s*\([^)\n]{1,24}\)){0,2}"
_TITLE = re.compile(rf"[^。;!?]{{0,110}}(?:({_KIND})|的({_NOTICE})){_BRACKET}")
_ISSUER = re.compile(
    r"(?:中共)?[\u4e00-\u9fff]{2,40}(?:委员会|人民政府|办公室|办公厅|指挥部|领导小组|文明委|文明办|局|部|委|办|"
    r"管委会|政府|党组|街道)(?:\s+[\u4e00-\u9fff]{4,40}(?:委员会|人民政府|办公室|政府|局|部|委|办))?"
)
_PROMULGATES = re.compile(r"关于(?:印发|下发|转发|公布|调整)")


@dataclass(slots=True)
class Part:
    """The lines of one document; `title` makes its title, `begun` once running text follows."""

    title: list[Line]
    lines: list[Line] = field(default_factory=list)
    begun: bool = False

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.begun = self.begun or (line.kind == "text" and line.end - line.start > _RUNNING)


_RUNNING = 40  # characters; a line that is longer is text and no heading


def cut(folded: str, lines: list[Line]) -> list[Part]:
    """The documents of the file as groups of lines; at least one part when there is any line."""
    parts: list[Part] = []
    index, usual = 0, _usual_gap(lines)
    while index < len(lines):
        size = _title_at(folded, lines, index, usual) if lines[index].kind == "text" else 0
        size = size or _attached_title(folded, lines, index)
        if size and not _same_title(folded, parts, lines[index : index + size]):
            parts.append(Part(lines[index : index + size]))
            index += size
            continue
        if not parts:
            parts.append(Part([]))
        parts[-1].add(lines[index])
        index += 1
    return _join_untitled(parts)


def _join_untitled(parts: list[Part]) -> list[Part]:
    """Page furniture before the first title belongs to the first document."""
    if (
        len(parts) > 1
        and not parts[0].title
        and all(line.kind == "noise" for line in parts[0].lines)
    ) or (len(parts) > 1 and not parts[0].title and len(parts[0].lines) <= 12):
        parts[1].lines[:0] = parts[0].lines
        del parts[0]
    return parts


def _usual_gap(lines: list[Line]) -> int:
    """Blank lines between any two paragraphs: none as a rule, several in a page that was copied."""
    return int(median_low([line.blank_before for line in lines[1:]] or [0]))


_ATTACHMENT = re.compile(r"附\s*[件表]\s*[\d一二三四五六七八九十]{0,3}\s*:?")


def _attached_title(folded: str, lines: list[Line], index: int) -> int:
    """1 when 附件2 stands alone above: the short line is a title, whatever it is called."""
    if index == 0 or lines[index].kind != "text" or index + 1 >= len(lines):
        return 0
    above, line = lines[index - 1], lines[index]
    text = squeeze(folded[line.start : line.end])
    alone = _ATTACHMENT.fullmatch(folded, above.start, above.end) is not None
    short = 6 <= len(text) <= _ATTACHED_TITLE and _may_be_title(folded, line, text)
    return 1 if alone and short and "、" not in text else 0


_ATTACHED_TITLE = 40


def _title_at(folded: str, lines: list[Line], index: int, usual: int) -> int:
    """Number of lines (up to four) that make a title here; 0 when there is none."""
    for size in range(1, 5):
        group = lines[index : index + size]
        if len(group) < size or not _joins(folded, lines, index, size, usual):
            return 0
        text = squeeze("".join(folded[line.start : line.end] for line in group))
        if _masthead(text) or not _may_be_title(folded, group[-1], text):
            return 0
        if size > 1 and _complete(folded, group):
            return 0
        named = len(text) >= 6 and _TITLE.fullmatch(text)
        if named and not _is_body(lines, index, size, text):
            return size + _has_years_below(folded, lines, index + size)
    return 0


_PLACED = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:(?<![城社校])[市县区镇乡旗州省]|街道)(?!级)")


def _complete(folded: str, group: list[Line]) -> bool:
    """The last line is a title by itself, with its place; the name of a sheet above it is not."""
    last = squeeze(folded[group[-1].start : group[-1].end])
    above = squeeze("".join(folded[line.start : line.end] for line in group[:-1]))
    if "关于" in above or len(last) < 10 or not _TITLE.fullmatch(last):
        return False
    return _PLACED.match(last) is not None and not above.endswith(("的", "和", "、", "与", "暨"))


def _joins(folded: str, lines: list[Line], index: int, size: int, usual: int) -> bool:
    """Whether the last of these lines can go on with a title; a signature cannot."""
    last = lines[index + size - 1]
    gap = max(3 if size == 2 else 1, usual)
    near = size == 1 or last.blank_before <= gap
    return last.kind == "text" and near and not _signature(folded, lines, index + size - 1)


_SUBTITLE = re.compile(
    r"\((?:20\d\d年?度?(?:\s?[—\-~至]+\s?(?:20)?\d\d年?)?|[^)\d]{2,16}|[^)]{0,12}(?:稿|版|行|案|年))\)"
)


def _has_years_below(folded: str, lines: list[Line], index: int) -> bool:
    """（2021—2023年） on a line of its own belongs to the title above it."""
    if index >= len(lines) or lines[index].kind != "text":
        return False
    return _SUBTITLE.fullmatch(folded, lines[index].start, lines[index].end) is not None


def _signature(folded: str, lines: list[Line], index: int) -> bool:
    """Whether this line is a date that stands alone, or an issuer above one."""
    for line in lines[index : index + 2]:
        if breaks.looks_signed(folded, line.start, line.end):
            return line is lines[index] or _is_issuer(folded, lines[index])
    return False


def _masthead(text: str) -> bool:
    """The red head of a printed document, or its number."""
    return text.endswith("文件") or noise.FILE_NUMBER.search(text) is not None


def _may_be_title(folded: str, line: Line, text: str) -> bool:
    if len(text) > 120 or re.match(r"附\s*[件表]|抄送|《|现将|请|为|根据|按照|关键词", text):
        return False
    if mark_at(folded, line.start, line.end) and not re.match(
        r"\d{4}年", folded[line.start : line.end]
    ):
        return False
    return not re.search(r"[。;!?:]", text) and text.count(",") <= 1


def _is_body(lines: list[Line], index: int, size: int, text: str) -> bool:
    """A short line such as 工作安排 alone, or one that runs on, is no title."""
    if re.fullmatch(_KIND, text):
        return True
    following = lines[index + size] if index + size < len(lines) else None
    return following is None and index > 0


def _same_title(folded: str, parts: list[Part], group: list[Line]) -> bool:
    """Web pages repeat the title above the document; the repetition opens nothing new."""
    if not parts or not parts[-1].title:
        return False
    if parts[-1].begun:
        return False
    name = squeeze("".join(folded[line.start : line.end] for line in group))
    return name == squeeze("".join(folded[line.start : line.end] for line in parts[-1].title))


def describe(source: str, folded: str, parts: list[Part]) -> list[Document]:
    """The documents with title, kind, issuer and date; attached ones inherit what they lack."""
    found: list[Document] = []
    for number, part in enumerate(parts, 1):
        every = sorted([*part.title, *part.lines], key=lambda line: line.start)
        head = part.title or every[:1]
        title = squeeze("".join(source[line.start : line.end] for line in head))
        title = title if part.title else title[:60]
        plain = squeeze("".join(folded[line.start : line.end] for line in head))
        document = Document(
            id=f"D{number}", start=every[0].start, end=every[-1].end, title=title,
            kind=_kind(plain, bool(part.title)),
            heading=Item(start=head[0].start, end=head[-1].end),
        )  # fmt: skip
        _sign(folded, part, document)
        found.append(document)
    for previous, document in itertools.pairwise(found):
        document.start = max(document.start, previous.start)
        _inherit(found[0], document)
    return found


def _kind(title: str, titled: bool) -> str:
    if not titled:
        return "其他"
    bare = re.sub(rf"{_BRACKET}$", "", title)
    if match := re.search(rf"的({_NOTICE})$", bare):
        return match[1]
    return next((kind for kind in genres.KINDS if bare.endswith(kind)), "其他")


def _sign(folded: str, part: Part, document: Document) -> None:
    """Issuer and date from a signature (a short line of a body, then a date alone)."""
    texts = [line for line in part.lines if line.kind == "text"]
    for index, line in enumerate(texts):
        if not breaks.looks_signed(folded, line.start, line.end):
            continue
        written = folded[line.start : line.end]
        day = dates.read_day(written)
        if day is None and (glued := dates.GLUED_DAY.fullmatch(written)):
            days = dates.glued_days(glued[1], glued[2])
            day = days[0] if len(days) == 1 else None
        document.date = document.date or day
        document.issuer = _issuers_above(folded, texts[:index]) or document.issuer
        if document.issuer:
            break
    head = part.lines[:25]
    joined = "\n".join(folded[line.start : line.end] for line in head)
    if number := noise.FILE_NUMBER.search(joined):
        document.file_number = squeeze(number[0])
    if document.issuer is None:
        document.issuer = _issuers_in_title(folded, part) or _issuer_in_title(document.title)
    if document.issuer is None:
        document.issuer = _issuer_of_masthead(folded, head)
    if document.issuer is None and (
        named := re.search(r"发[布文]机[构关]:\s*([\u4e00-\u9fff]{4,30})", joined)
    ):
        document.issuer = named[1]
    if document.date is None and (made := re.search(r"(?:成文|发文)日期:\s*(\S{8,11})", joined)):
        document.date = dates.read_day(made[1])
    if document.date is None and (
        bracket := re.search(r"\(((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\)", joined[:300])
    ):
        document.date = dates.read_day(bracket[1])


def _issuers_above(folded: str, lines: list[Line]) -> str | None:
    """The one, two or three issuers above a date, parted by a blank."""
    found: list[str] = []
    for line in reversed(lines[-3:]):
        if not _is_issuer(folded, line):
            break
        found[:0] = folded[line.start : line.end].split()
    return " ".join(found) or None


def _is_issuer(folded: str, line: Line) -> bool:
    text = folded[line.start : line.end].strip()
    return len(text) <= 60 and _ISSUER.fullmatch(text) is not None


def _issuers_in_title(folded: str, part: Part) -> str | None:
    """中共某市委 某市人民政府关于…: several issuers, parted by blanks or on lines of their own."""
    written = " ".join(folded[line.start : line.end] for line in part.title)
    names = written.partition("关于")[0].split()
    several = len(names) > 1 and "关于" in written
    known = all(_ISSUER.fullmatch(name) and len(name) >= _LEAST_ISSUER for name in names)
    return " ".join(names) if several and known else None


_LEAST_ISSUER = 4


def _issuer_of_masthead(folded: str, head: list[Line]) -> str | None:
    """安 远 县 人 民 政 府 办 公 室 文 件: the red head of a printed document."""
    for line in head:
        written = squeeze(folded[line.start : line.end])
        name = written.removesuffix("文件")
        if written != name and _ISSUER.fullmatch(name):
            return name
    return None


def _issuer_in_title(title: str) -> str | None:
    match = re.match(
        r"([\u4e00-\u9fff]{4,30}?(?:人民政府办公室|人民政府|委员会|办公室|指挥部|局|委|办))关于",
        title,
    )
    return match[1] if match else None


def _inherit(cover: Document, document: Document) -> None:
    if cover is document or not (_PROMULGATES.search(cover.title) or cover.kind in genres.NOTICES):
        return
    for name in ("issuer", "date"):
        if getattr(document, name) is None and getattr(cover, name) is not None:
            setattr(document, name, getattr(cover, name))
            document.inherited.append(name)
