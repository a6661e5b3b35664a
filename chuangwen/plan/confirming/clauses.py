"""Where an item stands, as people cite it: 行动计划 三（七）1, 工作安排 二（八）."""

import uuid
from collections.abc import Iterable, Mapping

from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem

ById = Mapping[uuid.UUID, ImportItem]
LONGEST = 300


def section_of(item: ImportItem, by_id: ById) -> ImportItem | None:
    """Return the goal area or action around an item."""
    around = by_id.get(item.parent_id) if item.parent_id else None
    while around is not None and around.kind not in {ItemKind.AREA, ItemKind.ACTION}:
        around = by_id.get(around.parent_id) if around.parent_id else None
    return around


class Places:
    """The documents of a file and their sections, to cite an item by."""

    def __init__(self, items: Iterable[ImportItem], by_id: ById) -> None:
        known = list(items)
        self.by_id = by_id
        self.documents = [item for item in known if item.kind == ItemKind.DOCUMENT]
        self.chapters: dict[tuple[object, str], str] = {}  # by document and kind of section
        for item in known:
            around, label = section_of(item, by_id), str(item.data.get("section") or "")
            number = str(around.data.get("number") or "") if around is not None else ""
            if around is not None and number and number in label:
                chapter = label[: label.index(number)]
                self.chapters.setdefault((around.data.get("document"), around.kind), chapter)

    def clause_of(self, item: ImportItem) -> str:
        """Return the citation; what a person added takes the section in which it was placed."""
        document = self._document_around(item)
        around = section_of(item, self.by_id)
        section = str(item.data.get("section") or "")
        if not section and around is not None:
            section = self._label_of(around)
        kind = str(document.data.get("kind") or document) if document else ""
        return f"{kind} {section}".strip().replace("(", "（").replace(")", "）")[:LONGEST]

    def _label_of(self, around: ImportItem) -> str:
        """二(十), as its sisters are called; its title when there are none."""
        chapter = self.chapters.get((around.data.get("document"), around.kind))
        number = around.data.get("number")
        return f"{chapter}{number}" if chapter is not None and number else str(around)

    def _document_around(self, item: ImportItem) -> ImportItem | None:
        wanted = item.data.get("document")
        for document in self.documents:
            inside = (
                item.start is not None
                and document.start is not None
                and document.start <= item.start < (document.end or 0)
            )
            if inside or (wanted and document.data.get("id") == wanted):
                return document
        return None
