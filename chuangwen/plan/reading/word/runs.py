"""The text of one paragraph: kept insertions, dropped deletions, fields, breaks, anchors."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..markup import Element, attribute, child, local

# What is deleted, moved away, an instruction, or shown elsewhere on the page.
_DROPPED = frozenset(
    (
        "del", "moveFrom", "pPr", "instrText", "delText", "delInstrText", "fldData", "rt", "rubyPr",
        "sdtPr", "sdtEndPr", "commentReference", "annotationRef",
    )
)  # fmt: skip
_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
    "footnoteReference": "", "endnoteReference": "",
}  # fmt: skip
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Inline:
    """Text of a paragraph, and what is anchored in it: text boxes, and notes as (kind, id)."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # open fields; True inside the field code

    @property
    def text(self) -> str:
        return "".join(self.parts)


def read_inline(paragraph: Element) -> Inline:
    """Read the runs of a w:p in order."""
    found = Inline()
    _walk(paragraph, found)
    return found


def _walk(element: Element, found: Inline) -> None:
    for inner in element:
        name = local(inner)
        if name in _DROPPED or (name == "r" and _hidden(inner)):
            continue
        if name == "t":
            if not any(found.fields):
                found.parts.append(inner.text or "")
        elif name == "fldChar":
            _field(attribute(inner, "fldCharType"), found)
        elif name == "sym":
            found.parts.append(_symbol(attribute(inner, "char")))
        elif name == "txbxContent":
            found.boxes.append(inner)
        elif name == "AlternateContent":
            _walk(choice(inner), found)
        elif name in _SIGNS:
            found.parts.append(_SIGNS[name])
            if name.endswith("Reference"):
                found.notes.append((name[:-9], attribute(inner, "id") or ""))
        else:
            _walk(inner, found)


def choice(alternatives: Element) -> Element:
    """The first of several forms of the same content; reading all would repeat it."""
    first = child(alternatives, "Choice")
    return first if first is not None else alternatives


def is_on(properties: Element | None, name: str) -> bool:
    """Whether an on/off property such as w:vanish is set."""
    found = child(properties, name)
    return found is not None and attribute(found, "val") not in ("0", "false", "off")


def _hidden(run: Element) -> bool:
    properties = child(run, "rPr")
    return is_on(properties, "vanish") or is_on(properties, "specVanish")


def _field(kind: str | None, found: Inline) -> None:
    if kind == "begin":
        found.fields.append(True)
    elif kind == "separate" and found.fields:
        found.fields[-1] = False
    elif kind == "end" and found.fields:
        found.fields.pop()


def _symbol(code: str | None) -> str:
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return "" if value in _PRIVATE_USE or not 0x20 <= value < 0xD800 else chr(value)
