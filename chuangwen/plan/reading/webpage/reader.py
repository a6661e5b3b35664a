"""Walks the body of a page in document order, the way its text is shown."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..blocks import Block
from ..layout import lay_out
from ..model import ReadText
from .encoding import decode
from .lists import label
from .nesting import check_nesting
from .tables import read_table

# What is no text of the document: programs, navigation, controls, withdrawn or hidden text.
_DROPPED = frozenset(
    (
        "script", "style", "noscript", "template", "head", "nav", "aside", "footer", "iframe",
        "svg", "object", "select", "button", "textarea", "video", "audio", "rt", "rp", "del",
        "-comment",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "ol", "p", "pre", "section", "summary", "ul", "caption", "tr", "td",
    )
)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")
# A line feed in the source between two Chinese characters is no space.
_WRAPPED = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes, name: str) -> ReadText:
    """Return the text of a page: one line for each block element, tables as tables.

    Raises UnreadableDocument when it is empty, cannot be decoded or is nested absurdly deep.
    """
    text, encoding = decode(data, name)
    check_nesting(text, name)
    body = LexborHTMLParser(text).body
    if body is not None:
        _show_main_text(body)
    return lay_out(read_blocks(body) if body is not None else [], name, "html", encoding)


_INVISIBLE = "visibility"


def _show_main_text(body: LexborNode) -> None:
    """A page whose script makes its text visible once it runs (WeChat) hides most of it."""
    whole = len(body.text())
    for node in body.css(f'[style*="{_INVISIBLE}"]'):
        style = node.attributes.get("style") or ""
        if not _NO_DISPLAY.search(style) and 2 * len(node.text()) > whole:
            del node.attrs["style"]


def read_blocks(container: LexborNode) -> list[Block]:
    """Blocks inside an element. Loops instead of recursing, except into tables."""
    flow = _Flow()
    node = container.child
    while node is not None:
        if flow.enter(node) and (inner := node.child) is not None:
            node = inner
            continue
        node = flow.leave_until_next(node, container)
    flow.flush()
    return flow.blocks


class _Flow:
    """Collects inline text and closes a paragraph at every block element."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.inline: list[str] = []
        self.verbatim = 0  # depth of pre elements
        self.counts: dict[int, int] = {}

    def enter(self, node: LexborNode) -> bool:
        """Take a node; whether its children are to be visited."""
        tag = node.tag or ""
        if tag == "-text":
            self.text(node.text_content or "")
            return False
        if tag in _DROPPED or _hidden(node):
            return False
        if tag == "table":
            self.flush()
            self.blocks += read_table(node, read_blocks)
            return False
        if tag == "br":
            self.inline.append("\n")
        if tag in _BLOCKS:
            self.flush()
        if tag == "li" and node.parent is not None:
            count = self.counts.get(node.parent.mem_id, 0)
            self.counts[node.parent.mem_id] = count + 1
            self.inline.append(label(node, count))
        self.verbatim += tag == "pre"
        return True

    def text(self, text: str) -> None:
        if self.verbatim:
            self.inline.append(text)
        else:
            self.inline.append(_SPACE.sub(" ", _WRAPPED.sub("", text)))

    def leave_until_next(self, node: LexborNode, container: LexborNode) -> LexborNode | None:
        """Close elements upwards until one has a following sibling; None at the end."""
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == container.mem_id:
                return None
            node = parent
            self.leave(node)
        return node.next

    def leave(self, node: LexborNode) -> None:
        if node.tag in _BLOCKS:
            self.flush()
        self.verbatim -= node.tag == "pre"

    def flush(self) -> None:
        """End the paragraph; a paragraph without text leaves nothing."""
        text = re.sub(r"[ \t\r]+", " ", "".join(self.inline))
        text = re.sub(r" ?\n ?", "\n", text).strip(" \n")
        if text.strip():
            self.blocks.append(text)
        self.inline.clear()


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("role") == "navigation":
        return True
    return bool(_HIDDEN.search(attributes.get("style") or ""))
