"""Plain text: UTF-8, UTF-16 with a mark, or GB18030; decoded exactly, line ends untouched."""

import codecs
import re

from .errors import UnreadableDocument
from .model import ReadText

LIMIT_BYTES = 20 * 1024 * 1024
LIMIT_CHARACTERS = 2_000_000  # about 3,000 printed pages
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # no character of a plan; Big5 read as GB18030 has many


def read_text(data: bytes, filename: str = "") -> ReadText:
    """Return the text of a plain text file; offsets count code points of the decoded file.

    A byte order mark stays in the text, so that offsets match the file as decoded.
    Raises UnreadableDocument for an empty, oversized, binary or wrongly encoded file.
    """
    name = filename or "粘贴的文本"
    if len(data) > LIMIT_BYTES:
        raise UnreadableDocument(
            "too_large",
            f"“{name}”有 {len(data) // 1048576} MB，超过 20 MB 的上限。请拆分后再导入。",
        )
    text, encoding = _decode(data, name)
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise UnreadableDocument("empty", f"“{name}”是空的，没有可读的文字。请检查文件。")
    if "\x00" in text or len(_CONTROL.findall(text)) > max(8, len(text) // 1000):
        raise UnreadableDocument(
            "not_text", f"“{name}”含有二进制内容，不是纯文本。请另存为 .txt 后再导入。"
        )
    check_length(len(text), name)
    return ReadText(text=text, format="txt", encoding=encoding, tables=())


def check_length(characters: int, name: str) -> None:
    """Raise UnreadableDocument when a text is far longer than any plan."""
    if characters > LIMIT_CHARACTERS:
        raise UnreadableDocument(
            "too_long",
            f"“{name}”的文字超过 {LIMIT_CHARACTERS // 10000} 万字，不像一份计划。"
            "请只保留计划部分后再导入。",
        )


def _decode(data: bytes, name: str) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8", "gb18030")
    for encoding in candidates:
        try:
            text = data.decode(encoding)
            if encoding == "gb18030" and len(_PRIVATE.findall(text)) > max(2, len(text) // 50):
                break
            return text, encoding
        except UnicodeDecodeError as error:
            failed = error
    line = data.count(b"\n", 0, failed.start) + 1
    raise UnreadableDocument(
        "encoding",
        f"“{name}”第 {line} 行的编码无法识别。请用 UTF-8 或 GB18030 编码另存后再导入。",
    ) from failed
