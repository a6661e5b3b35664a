"""Kinds of files that are refused, with what the clerk can do instead."""

from __future__ import annotations

from .errors import UnreadableDocument

_SAVE = "请用 Word 或 WPS 打开，另存为 .docx 后再导入。"
_REASONS = {
    "doc": ("legacy_word", "是旧版 Word（.doc）或 WPS 文字（.wps）格式。" + _SAVE),
    "rtf": ("legacy_word", "是 RTF 格式。" + _SAVE),
    "odt": ("legacy_word", "是 ODF 格式。" + _SAVE),
    "mhtml": ("legacy_word", "是单个文件网页（.mht）。" + _SAVE),
    "word_xml": ("legacy_word", "是 Office 2003 XML 格式。" + _SAVE),
    "ole": ("legacy_office", "是旧版 Office 格式，其中没有文档或表格。" + _SAVE),
    "pptx": ("presentation", "是演示文稿。请把其中的文字另存为 .docx 后再导入。"),
    "xlsb": ("legacy_sheet", "是二进制工作簿（.xlsb）。请另存为 .xlsx 后再导入。"),
    "ofd": ("ofd", "是 OFD 版式文件。请用 OFD 阅读器导出为文字版 .pdf，或导入原稿 .docx。"),
    "encrypted": ("encrypted", "已加密。请取消密码后另存再导入。"),
    "archive": ("archive", "是压缩包。请解压后逐个导入其中的文件。"),
    "image": ("image", "是图片，不含文字。请导入原稿 .docx，或先做文字识别。"),
    "media": ("media", "是音频或视频，不含文字。请导入计划的 .docx、.pdf 或 .txt。"),
    "program": ("program", "是程序文件，不是文档。请核对选择的文件。"),
    "binary": (
        "not_text",
        "不是文档或纯文本，无法识别。请导入 .docx、.pdf、.html、.xlsx 或 .txt。",
    ),
}
REFUSED = frozenset(_REASONS)


def refuse(kind: str, name: str) -> UnreadableDocument:
    """The error for a refused kind."""
    code, reason = _REASONS[kind]
    return UnreadableDocument(code, f"“{name}”{reason}")
