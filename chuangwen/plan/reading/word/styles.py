"""Paragraph styles: which are numbered, and which belong to a table of contents."""

from __future__ import annotations

from dataclasses import dataclass

from ..markup import Element, attribute, child, local, number


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reference to a list; `level` is None when it follows from the style."""

    list_id: str
    level: int | None
    style: str | None


class Styles:
    """Looks up what a paragraph inherits from its style."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for element in root if root is not None else ():
            if local(element) == "style" and attribute(element, "type") in ("paragraph", None):
                key = attribute(element, "styleId") or ""
                self._styles[key] = element
                if attribute(element, "default") in ("1", "true"):
                    self._default = key

    def numbered(self, properties: Element | None) -> Numbered | None:
        """The list of a paragraph, from itself or its style; None when it has none."""
        style = attribute(child(properties, "pStyle"), "val") or self._default
        direct = child(properties, "numPr")
        level = _level(direct)
        if (list_id := attribute(child(direct, "numId"), "val")) is not None:
            return None if list_id == "0" else Numbered(list_id, level or 0, style)
        seen: set[str] = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            own = child(self._styles[style], "pPr", "numPr")
            level = _level(own) if level is None else level
            if (list_id := attribute(child(own, "numId"), "val")) is not None:
                return None if list_id == "0" else Numbered(list_id, level, style)
            style = attribute(child(self._styles[style], "basedOn"), "val")
        return None

    def is_contents(self, properties: Element | None) -> bool:
        """Whether a paragraph is a line of a generated table of contents (styles toc 1 to 9)."""
        style = self._styles.get(attribute(child(properties, "pStyle"), "val") or "")
        name = attribute(child(style, "name"), "val") or ""
        return name.lower().startswith("toc ")


def _level(properties: Element | None) -> int | None:
    value = attribute(child(properties, "ilvl"), "val")
    return None if value is None else number(value)
