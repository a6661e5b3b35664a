"""Which headings are goal areas, actions and key works."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import duties as duty
from .duties import Duties
from .lexicon import genres, labels
from .marks import squeeze, trim
from .model import Action, Area, Item, KeyWork
from .outline import Node
from .tasks import tasks_of

_ACTION = re.compile(
    r"(?:开展|实施|推进|打好|抓好|组织|打赢|大力)?([^,。:]{2,30}?(?:行动|工程|攻坚战|专项整治|专项治理|大会战))(?![计方])"
)
_COUNTED = re.compile(
    r"(?:实施|开展|推进|抓好|打好|聚焦)?(?:好)?[一二三四五六七八九十\d]{1,3}(?:项|大|个)|行动$"
)
_ATTACHED = 8  # characters; 落实方案 alone is a heading
# 环境卫生组（责任领导：何某）: whom it falls to is no part of the title
_OWNED = re.compile(rf"(?<=.)\((?:{labels.ANY.pattern})[:为][^()]*\)$")
# 目标：…。 on a line of its own under an action, or 1.工作目标：…。 as its first heading
_LABELLED_GOAL = re.compile(
    r"(?:(?:工作|行动|任务|总体|提升|整治|创建|年度|预期)?目标(?:任务|要求)?|达标要求)\s?[:]\s?(?P<goal>[^\n]+)"
)
_STEP = re.compile(r"阶段|20\d\d年(?:为|是|:|,|$)|20\d\d年[^,。]{0,14}年$")


@dataclass(slots=True)
class Sections:
    """What one document's outline yields."""

    areas: list[Area] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    key_works: list[KeyWork] = field(default_factory=list)
    goals: list[Node] = field(default_factory=list)
    steps: list[Node] = field(default_factory=list)


def read(
    folded: str, root: Node, duties: Duties, document: str, year: int | None, *, tabled: bool
) -> Sections:
    """Areas, actions and key works of a document, by the words of its chapter titles.

    `tabled`: its actions stand in a table, so that other headings are none for want of better.
    """
    reader = _Reader(folded, duties, document, year)
    chapters = _chapters(root)
    for chapter in chapters:
        reader.chapter(chapter)
    if not (reader.found.areas or reader.found.actions or reader.found.key_works):
        reader.fall_back(root, chapters, tabled)
    return reader.found


def _chapters(root: Node) -> list[Node]:
    """Top headings; chapters that only group articles (编, 部分) are opened."""
    found: list[Node] = []
    for node in root.children:
        if node.mark and node.mark.style == "part" and node.children:
            found += node.children
        else:
            found.append(node)
    return found


class _Reader:
    def __init__(self, folded: str, duties: Duties, document: str, year: int | None) -> None:
        self.folded, self.duties, self.document, self.year = folded, duties, document, year
        self.found = Sections()

    def title(self, node: Node) -> str:
        return _OWNED.sub("", squeeze(self.folded[node.title_start : node.title_end]))

    def owned(self, node: Node) -> bool:
        return any(item.units for sub in node.walk() for item in self.duties.statements(sub))

    def is_action(self, node: Node) -> bool:
        return _ACTION.search(self.title(node)) is not None

    def chapter(self, node: Node) -> None:
        title, children = self.title(node), node.children
        steps = [child for child in children if not child.sentence_title]
        if any(_STEP.search(self.title(child)) for child in steps) or _STEP.search(title):
            self.found.steps.append(node)
            return
        actionable = sum(self.is_action(child) for child in children) * 2 > len(children)
        owned = [child for child in children if self.owned(child)]
        if _named(title, genres.GOALS) and not owned and not _named(title, genres.TASKS):
            self.found.goals.append(node)
        elif self._heads_items(node, owned, actionable):
            self._add_action(node)
        elif _named(title, (*genres.GUIDANCE, *genres.DEMANDS)) and len(owned) < 2:
            named = [one for one in children if _named(self.title(one), genres.GOALS)]
            if not children and _named(title, genres.GUIDANCE):
                named = [node]  # 一、总体要求 in one paragraph: what is to be reached stands in it
            self.found.goals += named
        elif (self.is_action(node) and not actionable and not _COUNTED.match(title)) or self._own(
            node
        ):
            self._add_action(node)
        elif actionable or owned:
            self._actions(children)
        elif children and _named(title, genres.KEY_WORKS):
            self._key_works(children)
        elif children and (_named(title, genres.TASKS) or _COUNTED.match(title)):
            self._areas(children)

    def _heads_items(self, node: Node, owned: list[Node], actionable: bool) -> bool:
        """一、优化政务环境 above 1. 2. 3. with an owner each: they are the chapter's tasks."""
        title, items = self.title(node), node.children
        plain = not _named(title, (*genres.TASKS, *genres.KEY_WORKS)) and not _COUNTED.match(title)
        numbered = all(one.mark and one.mark.style in duty.ITEM_STYLES for one in items)
        return bool(owned) and plain and numbered and not actionable and len(owned) == len(items)

    def _own(self, node: Node) -> bool:
        return any(item.units for item in self.duties.statements(node))

    def fall_back(self, root: Node, chapters: list[Node], tabled: bool) -> None:
        """A document without the usual chapter titles: its headings themselves are the areas."""
        usual = (*genres.GUIDANCE, *genres.GOALS, *genres.DEMANDS, *genres.STEPS)
        rest = [
            node
            for node in chapters
            if not _named(self.title(node), usual) and not self._attached(node)
        ]
        if any(self.owned(node) for node in rest):
            self._actions([node for node in rest if self.owned(node)])
        elif not tabled and len(rest) == len(chapters) and rest and not all(map(_is_rule, rest)):
            self._areas(rest)
        if not chapters and self._own(root):
            self._add_action(root)

    def _attached(self, node: Node) -> bool:
        """2.文明城区创建责任清单 in a list of attachments is a document of its own."""
        title = self.title(node)
        item = node.mark is not None and node.mark.style in duty.ITEM_STYLES
        below = sum(end - start for start, end in node.body)
        named = len(title) >= _ATTACHED and title.endswith(genres.KINDS)
        return item and named and not node.children and below < 60

    def _actions(self, nodes: list[Node]) -> None:
        items = [child for node in nodes for child in node.children]
        inner = sum(self.is_action(child) for child in items)
        for node in nodes:
            own = any(self.is_action(child) for child in node.children)
            if own and inner * 2 > len(items) and not self.is_action(node):
                self._areas([node])
                self._actions(node.children)
            else:
                self._add_action(node)

    def _add_action(self, node: Node) -> None:
        own, deadline = duty.collect(self.duties.statements(node))
        tasks = tasks_of(self.folded, node, self.duties, self.document, self.year)
        source = "own" if own else "none"
        if not node.children and source == "own":
            for task in tasks:
                if len(tasks) == 1:
                    task.deadline = task.deadline or deadline
        if not own:
            united = duty.unite([task.owners for task in tasks])
            source = "tasks" if united else "none"
            united.leaders, own = own.leaders, united
        title = self.title(node)
        first, _, second = re.sub(r"\(.*?\)$", "", title).partition(",")
        named = _ACTION.search(first)
        self.found.actions.append(
            Action(
                number=_number(node),
                title=title,
                name=named[1] if named else first,
                goal=second or self._labelled_goal(node),
                document=self.document,
                heading=_heading(node),
                start=node.start,
                end=node.end,
                tasks=tasks,
                owners=own,
                owners_from=source,
                deadline=deadline,
            )
        )

    def _labelled_goal(self, node: Node) -> str | None:
        """What stands behind 目标： in the action's own paragraphs or its first heading."""
        spans = list(node.body)
        if node.children and not node.children[0].children:
            first = node.children[0]
            spans.append((first.title_start, first.end))
        for start, end in spans:
            match = _LABELLED_GOAL.match(self.folded, trim(self.folded, start, end)[0], end)
            if match:
                goal = self.folded[match.start("goal") : match.end("goal")]
                owner = labels.ANY.search(goal)
                return goal[: owner.start() if owner else None].rstrip("(。;, ") or None
        return None

    def _areas(self, nodes: list[Node]) -> None:
        for node in nodes:
            tasks = tasks_of(self.folded, node, self.duties, self.document, self.year)
            start, end = trim(self.folded, node.title_end, node.end, " \t\n。:")
            self.found.areas.append(
                Area(
                    number=_number(node),
                    title=self.title(node),
                    document=self.document,
                    heading=_heading(node),
                    start=node.start,
                    end=node.end,
                    tasks=tasks,
                    goal=Item(start=start, end=end) if start < end else None,
                )
            )

    def _key_works(self, nodes: list[Node]) -> None:
        for node in nodes:
            tasks = tasks_of(self.folded, node, self.duties, self.document, self.year)
            self.found.key_works.append(
                KeyWork(
                    number=_number(node),
                    title=self.title(node),
                    document=self.document,
                    heading=_heading(node),
                    start=node.start,
                    end=node.end,
                    tasks=tasks,
                )
            )


def _is_rule(node: Node) -> bool:
    """第三条 考核采取…的方式: an article that is a sentence, in a document of rules."""
    return node.sentence_title or (node.mark is not None and node.mark.style == "article")


def _named(title: str, words: tuple[str, ...]) -> bool:
    return any(word in title for word in words)


def _number(node: Node) -> str | None:
    return (node.mark.number or None) if node.mark else None


def _heading(node: Node) -> Item:
    return Item(start=node.start, end=max(node.title_end, node.start + 1))
