"""The kinds of files that may be attached."""

from dataclasses import dataclass

OPEN_XML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileKind:
    """`suffixes`: the usual one first. `shown`: browsers may show it instead of saving it."""

    label: str
    media_type: str
    suffixes: tuple[str, ...]
    is_image: bool = False
    shown: bool = False


PDF = FileKind("PDF", "application/pdf", (".pdf",), shown=True)
OFD = FileKind("OFD 版式文件", "application/ofd", (".ofd",))
DOCX = FileKind("Word 文档", f"{OPEN_XML}wordprocessingml.document", (".docx",))
XLSX = FileKind("Excel 表格", f"{OPEN_XML}spreadsheetml.sheet", (".xlsx",))
PPTX = FileKind("PowerPoint 演示", f"{OPEN_XML}presentationml.presentation", (".pptx",))
DOC = FileKind("Word 或 WPS 文字", "application/msword", (".doc", ".wps", ".wpt"))
XLS = FileKind("Excel 或 WPS 表格", "application/vnd.ms-excel", (".xls", ".et", ".ett"))
PPT = FileKind("PowerPoint 或 WPS 演示", "application/vnd.ms-powerpoint", (".ppt", ".dps"))
TEXT = FileKind("文本", "text/plain", (".txt", ".csv", ".md", ".log"))
JPEG = FileKind("照片", "image/jpeg", (".jpg", ".jpeg", ".jpe"), is_image=True)
PNG = FileKind("图片", "image/png", (".png",), is_image=True)
WEBP = FileKind("图片", "image/webp", (".webp",), is_image=True)
HEIC = FileKind("照片", "image/heic", (".heic", ".heif"), is_image=True)
# Originals of imported documents may be of any kind; they are only ever saved, never shown.
OTHER = FileKind("文件", "application/octet-stream", ())

ACCEPTED = (PDF, OFD, DOCX, XLSX, PPTX, DOC, XLS, PPT, TEXT, JPEG, PNG, WEBP, HEIC)
_BY_TYPE = {kind.media_type: kind for kind in ACCEPTED}


def kind_of(media_type: str) -> FileKind:
    """Return the kind of a stored file."""
    return _BY_TYPE.get(media_type, OTHER)
