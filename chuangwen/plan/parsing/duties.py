"""Putting owner statements on the heading that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import owners, running
from .lexicon import genres, labels
from .marks import squeeze, within
from .model import Deadline, Owners
from .outline import Node
from .owners import Statement

ITEM_STYLES = ("arabic", "round", "circle", "halfparen", "decimal2", "decimal3")
_ITEMS = (*ITEM_STYLES, "paren")
_GROUPING = (*genres.TASKS, *genres.KEY_WORKS, *genres.GOALS, *genres.DEMANDS, *genres.STEPS)


@dataclass(slots=True)
class Duties:
    """Statements per node (by identity), and the ranges of body text that they take up."""

    of: dict[int, list[Statement]] = field(default_factory=dict)
    # Paragraphs that only name owners, in order; no two overlap.
    lines: list[tuple[int, int]] = field(default_factory=list)
    brackets: list[tuple[int, int]] = field(default_factory=list)
    first_leads: bool = False

    def statements(self, node: Node) -> list[Statement]:
        return self.of.get(id(node), [])

    def is_owner_line(self, start: int, end: int) -> bool:
        """Tell whether the range lies in a paragraph that only names owners."""
        return within(self.lines, start) and within(self.lines, max(start, end - 1))


def assign(folded: str, root: Node, year: int | None, first_leads: bool) -> Duties:
    """Statements of a document by node; a closing label line goes up to the heading it closes."""
    duties = Duties(first_leads=first_leads)
    for node in root.walk():
        found: list[Statement] = []
        for start, end in [*node.titled(), *_joined(folded, node)]:
            statements = list(owners.read_statements(folded, start, end, year))
            found += statements
            if statements and _only_owners(folded, start, end, statements):
                duties.lines.append((start, end))
        found += _by_title(folded, node)
        if found:
            duties.of[id(node)] = sorted(found, key=lambda statement: statement.start)
    duties.lines.sort()
    _lift(folded, root, duties)
    if first_leads:
        _promote_first(duties)
    return duties


def _by_title(folded: str, node: Node) -> list[Statement]:
    """（一）县住建局：负责…: the heading is the body whose duties stand under it."""
    if not node.mark or not node.body or node.sentence_title:
        return []
    if not running.begins_duty(folded, *node.body[0]):
        return []
    found = running.bodies(folded, node.title_start, node.title_end, "responsible")
    if not found:
        return []
    return [Statement(node.title_start, node.title_end, "title", found, plain=True)]


def _joined(folded: str, node: Node) -> list[tuple[int, int]]:
    """Paragraphs; a label whose list stands on the next line is read together with it."""
    found: list[tuple[int, int]] = []
    for start, end in node.body:
        before = found[-1] if found else None
        text = folded[start:end]
        open_list = before and folded[before[0] : before[1]].rstrip().endswith((":", "、"))
        is_label = before and labels.ANY.match(folded, before[0], before[1])
        if before and open_list and is_label and "。" not in text and len(text) < 200:
            if not labels.ANY.match(text):
                found[-1] = (before[0], end)
                continue
        elif before and is_label and _continues_list(folded, before, start, text):
            found[-1] = (before[0], end)
            continue
        found.append((start, end))
    return found


def _continues_list(folded: str, before: tuple[int, int], start: int, text: str) -> bool:
    """A list of units that a page wrapped in the middle goes on without a blank line."""
    if folded.count("\n", before[1], start) != 1 or "。" in text or "、" not in text:
        return False
    if before[1] - before[0] < 24 or labels.ANY.match(text):
        return False
    return all(len(piece.strip()) <= 18 for piece in text.split("、"))


def _only_owners(folded: str, start: int, end: int, statements: list[Statement]) -> bool:
    covered = sum(_written(folded, item.start, item.end) for item in statements)
    return covered >= _written(folded, start, end) - 6 and statements[0].start - start <= 2


def _written(folded: str, start: int, end: int) -> int:
    return len(squeeze(folded[start:end]))


def _lift(folded: str, root: Node, duties: Duties) -> None:
    """Label lines below the last numbered item only belong to the heading above all items.

    Below a heading's single item they belong to the heading where the document does so elsewhere.
    """
    single: list[Node] = []
    by_heading, by_item = False, False
    for node in root.walk():
        items = _items(folded, node)
        if not items or node.mark is None or len(items) != len(node.children):
            continue
        with_lines = [item for item in items if _line_statements(item, duties)]
        owned = [item for item in items if _owned(item, duties)]
        if len(items) == 1:
            single += [node] if with_lines else []
        elif with_lines == [items[-1]] and (owned == with_lines or not _parted(items)):
            by_heading = True
            _move_up(node, duties)
        by_item = by_item or len(with_lines) > 1
    for node in single if by_heading and not by_item else []:
        _move_up(node, duties)


def _items(folded: str, node: Node) -> list[Node]:
    """The heading's numbered items; （一） is one only under the name of a piece of work."""
    title = folded[node.title_start : node.title_end]
    grouping = any(word in title for word in _GROUPING)
    styles = ITEM_STYLES if grouping else _ITEMS
    return [
        child
        for child in node.children
        if child.mark and child.mark.style in styles
        if child.mark.style != "paren" or not child.children
    ]


def _parted(items: list[Node]) -> bool:
    """（一）（二） may have owners of their own; 1. 2. seldom do."""
    return any(item.mark and item.mark.style not in ITEM_STYLES for item in items)


def _owned(node: Node, duties: Duties) -> bool:
    return any(one.units for sub in node.walk() for one in duties.statements(sub))


def _move_up(node: Node, duties: Duties) -> None:
    last = node.children[-1]
    moved = _line_statements(last, duties)
    duties.of[id(last)] = [item for item in duties.statements(last) if item not in moved]
    duties.of[id(node)] = [*duties.statements(node), *moved]


def _line_statements(node: Node, duties: Duties) -> list[Statement]:
    inside = [(start, end) for start, end in node.body if duties.is_owner_line(start, end)]
    return [
        item
        for item in duties.statements(node)
        if item.form == "label" and within(inside, item.start)
    ]


def _promote_first(duties: Duties) -> None:
    for statements in duties.of.values():
        for statement in statements:
            if statement.units and not any(unit.role == "lead" for unit in statement.units):
                statement.units[0].role = "lead"
                statement.plain = False


def collect(statements: list[Statement]) -> tuple[Owners, Deadline | None]:
    """Owners and the first deadline of some statements; a unit named twice keeps its first role."""
    result, deadline = Owners(), None
    seen: set[str] = set()
    for statement in statements:
        for unit in statement.units:
            if unit.name not in seen:
                seen.add(unit.name)
                getattr(result, unit.role).append(unit)
        result.leaders += statement.leaders
        deadline = deadline or statement.deadline
    return result, deadline


def unite(owners_of_tasks: list[Owners]) -> Owners:
    """Owners of several tasks together; a unit that leads one task leads."""
    result = Owners()
    seen: set[str] = set()
    for role in ("lead", "responsible", "supporting"):
        for one in owners_of_tasks:
            for unit in getattr(one, role):
                if unit.name not in seen:
                    seen.add(unit.name)
                    getattr(result, role).append(unit)
    return result
