"""Decodes a page: byte order mark, then UTF-8 when it fits, then what the page declares."""

from __future__ import annotations

import codecs
import re

from ..errors import UnreadableDocument

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
          "big5": "big5hkscs", "utf-16": "utf-16", "utf-8": "utf-8"}  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BROKEN_SHARE = 200  # one broken byte in so many characters is bearable; pages are often patched


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of a page.

    Strict UTF-8 goes before the declaration: a page in UTF-8 that calls itself GB2312 is common,
    while text in GB18030 that happens to be valid UTF-8 hardly exists. Raises UnreadableDocument.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    match = _DECLARED.search(data, 0, 4096)
    declared = _NAMES.get(match[1].decode("ascii").lower()) if match else None
    candidates = [marked] if marked else ["utf-8", declared, "gb18030"]
    for encoding in candidates:
        try:
            if encoding:
                return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    encoding = marked or declared or "utf-8"
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > len(text) // _BROKEN_SHARE:
        raise UnreadableDocument(
            "encoding", f"“{name}”的编码无法识别。请用 UTF-8 编码另存，或把正文粘贴进来。"
        )
    return text, encoding
