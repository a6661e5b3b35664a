"""Tasks of a section: its numbered items; without items, its sentences.

A task is something that can be given to a unit to do. A numbered item is one task and its sentences
are kept as steps, so that a person can split it; running text gives one task for each sentence
(。 or ；).
"""

from __future__ import annotations

import itertools
import re

from . import dates, owners
from .clauses import sentences, split_at
from .duties import Duties, collect
from .headings import ENUMERATION
from .lexicon import genres
from .marks import squeeze, trim
from .model import Deadline, Item, Task
from .outline import Node
from .owners import Statement

_LONGEST_TITLE = 90  # of running text: a clause that goes on longer is cut between its parts


def tasks_of(
    folded: str, node: Node, duties: Duties, document: str, year: int | None
) -> list[Task]:
    """Tasks of the heading, in order of the text."""
    own = _from_body(folded, node, duties, document, year)
    items: list[Task] = []
    for child in node.children:
        word = _heading_word(folded, child)
        if word in genres.TASKS and (child.children or not child.sentence_title):
            # 2.工作措施：… under an action groups tasks; it is none.
            items += tasks_of(folded, child, duties, document, year)
        elif word not in genres.GOALS or child.children:
            items.append(_from_item(folded, child, duties, document, year))
    if node.children:
        own = [task for task in own if task.end - task.start > 12 and not _introduces(folded, task)]
    return sorted([*own, *items], key=lambda task: task.start)


def _heading_word(folded: str, node: Node) -> str:
    """The title of 1.工作目标：…, whose words the action's own goal takes, or of 2.工作措施：…."""
    return squeeze(folded[node.title_start : node.title_end]).partition(":")[0]


def _introduces(folded: str, task: Task) -> bool:
    return folded[task.end - 1] in ":：" or task.end - task.start < 20


def _from_item(folded: str, node: Node, duties: Duties, document: str, year: int | None) -> Task:
    found, deadline = collect([item for sub in node.walk() for item in duties.statements(sub)])
    steps = [
        step
        for sub in node.walk()
        for start, end in sub.body
        if not _is_owner_line(duties, start, end)
        for step in _steps(folded, start, end, duties.statements(sub))
    ]
    end = max([node.title_end, *(step.end for step in steps)])
    if not any(_is_owner_line(duties, *body) for body in node.body):
        end = max(end, *(body_end for _, body_end in node.body), node.title_end)
    own = [s.end for sub in node.walk() for s in duties.statements(sub)]
    return Task(
        number=(node.mark.number or None) if node.mark else None,
        title=_title(folded, node.title_start, node.title_end),
        start=node.start, end=max([end, *own]), document=document, sentences=steps, owners=found,
        deadline=deadline or _running_deadline(folded, node.start, end, year),
    )  # fmt: skip


def _title(folded: str, start: int, end: int) -> str:
    return squeeze(folded[start:end]).rstrip("。:,;")


def _is_owner_line(duties: Duties, start: int, end: int) -> bool:
    return duties.is_owner_line(start, end)


def _steps(folded: str, start: int, end: int, statements: list[Statement]) -> list[Item]:
    """Sentences without those that only name owners."""
    return [
        Item(start=first, end=last)
        for first, last in sentences(folded, start, end)
        if last - first > 3 and not _all_owners(first, last, statements)
    ]


def _all_owners(start: int, end: int, statements: list[Statement]) -> bool:
    return any(item.start <= start + 1 and end <= item.end + 2 for item in statements)


def _from_body(
    folded: str, node: Node, duties: Duties, document: str, year: int | None
) -> list[Task]:
    """Running text: 一是 … 二是 … parts where there are any, else sentences."""
    found: list[Task] = []
    for start, end in node.body:
        if _is_owner_line(duties, start, end):
            continue
        closing = _closing(folded, start, end, duties.statements(node))
        stop = closing.start if closing else end
        parts = _enumerated(folded, start, stop)
        for number, first, last in parts or _grouped(folded, start, stop):
            statements = [item for item in duties.statements(node) if first <= item.start < last]
            if parts and (whole := _of_all(folded, number, first, last, statements)):
                last = whole.start  # noqa: PLW2901 - 一是…二是…。由A牵头: A leads all of it
                statements = [item for item in statements if item is not whole]
            bare = _without_owners(folded, first, last, statements)
            if bare[1] - bare[0] <= 3:
                if found and statements:
                    _attach(found[-1], statements)
                continue
            if closing:  # it speaks of every sentence before it
                statements = [closing]
            own, deadline = collect(statements)
            found.append(
                Task(
                    number=number,
                    title=_clause_title(folded, *bare),
                    start=first,
                    end=last,
                    document=document,
                    sentences=[Item(start=first, end=last)],
                    owners=own,
                    deadline=deadline or _running_deadline(folded, first, last, year),
                )
            )
    return found


def _closing(folded: str, start: int, end: int, statements: list[Statement]) -> Statement | None:
    """…。…。（A牵头，B配合）: the only bracket of a paragraph, behind its last full stop."""
    inside = [item for item in statements if start <= item.start < end]
    if len(inside) != 1 or inside[0].form != "bracket":
        return None
    before = folded[start : inside[0].start].rstrip()
    closes = not folded[inside[0].end : end].strip(" 。;")
    return inside[0] if closes and before.endswith(("。", ";")) else None


def _of_all(
    folded: str, number: str | None, first: int, last: int, statements: list[Statement]
) -> Statement | None:
    """The sentence behind the last of several parts that only says who does them all."""
    for item in statements:
        behind = folded[first : item.start].rstrip().endswith("。")
        if number and item.form == "running" and behind and last - item.end <= 2:
            return item
    return None


def _grouped(folded: str, start: int, end: int) -> list[tuple[str | None, int, int]]:
    """Sentences; short ones that serve as headings (强化媒体宣传。…) go with what follows."""
    every = list(sentences(folded, start, end))
    heads = [index for index, (a, b) in enumerate(every) if _is_head(folded, a, b)]
    if len(heads) < 2 or heads[0] != 0 or len(every) < 2 * len(heads):
        return [(None, *one) for one in every]
    bounds = [*heads, len(every)]
    return [
        (None, every[first][0], every[last - 1][1]) for first, last in itertools.pairwise(bounds)
    ]


def _is_head(folded: str, start: int, end: int) -> bool:
    return 5 <= end - start <= 16 and folded[end - 1] == "。" and "," not in folded[start:end]


def _attach(task: Task, statements: list[Statement]) -> None:
    own, deadline = collect(statements)
    for role in ("lead", "responsible", "supporting"):
        getattr(task.owners, role).extend(getattr(own, role))
    task.deadline = deadline or task.deadline


def _enumerated(folded: str, start: int, end: int) -> list[tuple[str | None, int, int]]:
    """Parts that begin with 一是, 二是 …; at least two in sequence."""
    marks: list[re.Match[str]] = []
    for match in ENUMERATION.finditer(folded, start, end):
        if match.start() > start and folded[match.start() - 1] not in "。;:!?, \n":
            continue
        expected = "一二三四五六七八九十"[len(marks) : len(marks) + 1]
        if (match[1] or match[2]) == expected:
            marks.append(match)
    if len(marks) < 2:
        return []
    bounds = [mark.start() for mark in marks] + [end]
    parts: list[tuple[str | None, int, int]] = []
    if marks[0].start() - start > 8:
        parts += [(None, *one) for one in sentences(folded, start, marks[0].start())]
    for mark, first, last in zip(marks, bounds, bounds[1:], strict=False):
        parts.append((mark[0], *trim(folded, first, last)))
    return parts


def _without_owners(
    folded: str, start: int, end: int, statements: list[Statement]
) -> tuple[int, int]:
    for item in statements:
        if item.form == "clause":
            continue
        if item.start - start <= 1:
            start = item.end
        elif item.end >= end - 2:
            end = item.start
    return trim(folded, start, max(start, end), " \t\n。;,)")


def _clause_title(folded: str, start: int, end: int) -> str:
    """The first clause, whole: never cut inside 《》 or (); a very long one between its parts."""
    if mark := ENUMERATION.match(folded, start):
        start = mark.end()
    ends = (last for _, last in split_at(folded, start, end, ",。;:"))
    end = next((last for last in ends if last - start >= 4), end)
    if end - start > _LONGEST_TITLE:
        parts = [last for _, last in split_at(folded, start, end, "、")]
        fitting = [last for last in parts if last - start <= _LONGEST_TITLE]
        end = max(fitting, default=start + _LONGEST_TITLE)
    return squeeze(folded[start:end]).strip("。:,;")


def _running_deadline(folded: str, start: int, end: int, year: int | None) -> Deadline | None:
    """2022年6月底前 in the text of the task itself."""
    if match := dates.DUE.search(folded, start, end):
        return owners.read_deadline(folded, match.start(), match.end(), year)
    return None
