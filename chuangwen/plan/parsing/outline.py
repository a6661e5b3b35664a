"""The tree of headings of one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import breaks, unnumbered
from .headings import Mark, mark_at
from .lexicon import labels
from .lines import Line
from .marks import trim

_FIGURE = re.compile(r"\d+(?:[A-Za-z]|[\u4e00-\u9fff]{2}(?<!百分)(?<!平方))")
_LABEL = re.compile(rf"(?:{labels.ANY.pattern})\s?:")
# 集中开展阶段（4月—11月）按照…: the text goes on with no mark behind the bracket.
_STAGE = re.compile(
    r"[^。,:;(]{0,20}(?:阶段|时期)\((?=[^()\n]{0,20}\d)[^()\n]{1,40}\)(?=[\u4e00-\u9fff])"
)
_PLAIN_RANK = 3.6  # under （一）, above 1.
_SHORT = 64  # a heading line without full stop, in characters
_TITLE = 45  # a title inside its paragraph


@dataclass(slots=True)
class Node:
    """A heading with what stands under it. `body` are its own paragraphs, without the children."""

    mark: Mark | None
    title_start: int
    title_end: int
    start: int
    end: int
    body: list[tuple[int, int]] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    labels: list[Mark] = field(default_factory=list)  # numbers of lines that only name owners
    sentence_title: bool = False  # the title is the opening of the first sentence

    @property
    def rank(self) -> float:
        return self.mark.rank if self.mark else 0.0

    def titled(self) -> list[tuple[int, int]]:
        """The range of the title when it stands by itself; a sentence's opening is in the body."""
        return [(self.title_start, self.title_end)] if self.mark and not self.sentence_title else []

    def walk(self) -> Iterator[Node]:
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def close(self) -> None:
        """Let every node end where its last paragraph or child ends."""
        for node in reversed(list(self.walk())):
            ends = [
                node.end,
                *(end for _, end in node.body),
                *(child.end for child in node.children),
            ]
            node.end = max(ends)


def build(folded: str, lines: list[Line], start: int, end: int) -> Node:
    """Tree of the lines; the root carries what stands before the first heading."""
    root = Node(None, start, start, start, end)
    current = root
    plain = unnumbered.find(folded, lines)
    for line in lines:
        if line.kind != "text":
            continue
        mark = _next_item(folded, line, current) or mark_at(folded, line.start, line.end)
        if line.start in plain:
            mark = Mark("plain", _PLAIN_RANK, "", len(current.children) + 1, line.start, line.start)
        if mark is None:
            current.body.append((line.start, line.end))
            continue
        while current.parent and current.rank >= mark.rank:
            current = current.parent
        if current.mark and _LABEL.match(folded, *trim(folded, mark.end, line.end)):
            # 3.牵头单位：市委宣传部 numbers what it says about the heading above; it heads nothing.
            current.body.append((mark.end, line.end))
            current.labels.append(mark)
            continue
        node = _open(folded, mark, line)
        node.parent = current
        current.children.append(node)
        current = node
    root.close()
    return root


def _next_item(folded: str, line: Line, current: Node) -> Mark | None:
    """6.12345热线 after item 5: the number that comes next, although a figure follows it."""
    node: Node | None = current
    while node and node.mark and node.mark.style != "arabic":
        node = node.parent
    if node is None or node.mark is None:
        return None
    number = node.mark.ordinal + 1
    written = f"{number}."
    end = line.start + len(written)
    if not folded.startswith(written, line.start) or not _FIGURE.match(folded, end, line.end):
        return None
    return Mark("arabic", node.mark.rank, written, number, line.start, end)


def _open(folded: str, mark: Mark, line: Line) -> Node:
    first, last = trim(folded, mark.end, line.end)
    stop, body, opening = _title(folded, mark, first, last, line.dense)
    _, title_end = trim(folded, first, stop, " \t。:,;")
    node = Node(mark, first, title_end, line.start, line.end, sentence_title=opening)
    body_start, body_end = trim(folded, body, last)
    if body_start < body_end:
        node.body.append((body_start, body_end))
    return node


def _title(folded: str, mark: Mark, start: int, end: int, dense: bool) -> tuple[int, int, bool]:
    """(end of title, start of body, whether the title opens the first sentence)."""
    if (stage := _STAGE.match(folded, start, end)) and stage.end() < end:
        return stage.end(), stage.end(), False
    owners = _owner_bracket(folded, start, end)
    stop = owners if owners > start else end
    full = folded.find("。", start, stop)
    if dense:
        place = breaks.title_end(folded, start, stop)
        if place < stop and (full < 0 or _runs_on(folded, mark, place, full)):
            return place, place + (folded[place] in "。:"), False
    colon = folded.find(":", start, stop)
    early = 0 <= colon - start <= _TITLE and (full < 0 or colon < full)
    if early and not _in_title_mark(folded, start, colon):
        return colon, colon + 1, False
    own = _title_stop(folded, mark, start, stop, full)
    if own is None:
        return _first_clause(folded, start, stop if full < 0 else full), start, True
    return own, own + (own == full), False


def _title_stop(folded: str, mark: Mark, start: int, stop: int, full: int) -> int | None:
    """Where a title that stands by itself ends; None when the line begins with its sentence."""
    if full < 0:
        limit = _SHORT + 20 if mark.rank <= 3 else _SHORT
        return stop if stop - start <= limit else None
    alone = full + 1 >= stop  # one sentence only
    limit = 24 if alone and mark.rank > 3 else _TITLE
    if full - start <= limit and (alone or ";" not in folded[start:full]):
        return full
    return _gap(folded, start, full) or None


def _runs_on(folded: str, mark: Mark, place: int, full: int) -> bool:
    """Whether what follows the supposed title up to the full stop is a sentence of its own."""
    return mark.rank <= 3 or any(sign in ",;0123456789" for sign in folded[place:full])


def _gap(folded: str, start: int, end: int) -> int:
    """Place of a blank that parts a short title from the text after it; 0 when there is none."""
    place = folded.find(" ", start, min(end, start + 30))
    if place < 0 or place - start < 4 or end - place < 12 or "," in folded[start:place]:
        return 0
    return place


def _first_clause(folded: str, start: int, end: int) -> int:
    for place in range(start, min(end, start + 60)):
        if folded[place] in ",;。:" and place - start >= 4:
            return place
    return min(end, start + 40)


def _in_title_mark(folded: str, start: int, place: int) -> bool:
    return folded.count("《", start, place) > folded.count("》", start, place) or folded.count(
        "(", start, place
    ) > folded.count(")", start, place)


def _owner_bracket(folded: str, start: int, end: int) -> int:
    """Place of an opening bracket at the end of the line that holds owners; -1 when none."""
    last = folded[end - 1] if end > start else ""
    close = end - 1 if last in ")]" else end - 2
    if close <= start or folded[close] not in ")]":
        return -1
    depth = 0
    for place in range(close, start, -1):
        if folded[place] in ")]":
            depth += 1
        elif folded[place] in "([":
            depth -= 1
            if depth == 0:
                inside = folded[place:close]
                named = any(
                    word in inside for word in ("牵头", "负责", "配合", "责任", "落实", "时限")
                )
                return place if named else -1
    return -1
