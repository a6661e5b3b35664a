"""Refusing workbooks that would exhaust the machine before they are opened."""

import re
import zipfile
from io import BytesIO

from chuangwen.kit.archives import UNREADABLE_ZIP
from chuangwen.kit.errors import Invalid

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_CONTENT = 200 * 1024 * 1024  # bytes after unpacking
MOST_CELLS = 5_000_000  # the reader holds a sheet as one block from its first to its last cell
_CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^>]*?\br=["']([A-Z]{0,3})(\d{1,7})["']""")
_CHUNK, _OVERLAP = 1 << 20, 512


def refuse_unsafe(content: bytes) -> None:
    """Raise Invalid for a file that is no .xlsx, unpacks to too much, or has stray far cells."""
    if len(content) > LARGEST_FILE:
        raise Invalid(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB。请检查是否选错了文件。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check(archive)
    except UNREADABLE_ZIP as error:
        raise Invalid("文件不是 .xlsx 工作簿，或已损坏、加密。请另存为 .xlsx 后再导入。") from error


def _check(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > LARGEST_CONTENT:
        raise Invalid("文件解压后过大，没有打开。请检查是否选错了文件。")
    for member in members:
        if member.filename.endswith(".xml"):
            _check_extent(archive, member)


def _check_extent(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    rows = columns = 0
    rest = b""
    with archive.open(member) as source:
        while chunk := source.read(_CHUNK):
            for match in _CELL.finditer(rest + chunk):
                columns = max(columns, _number(match[1]))
                rows = max(rows, int(match[2]))
            rest = chunk[-_OVERLAP:]
    if rows * columns > MOST_CELLS:
        raise Invalid(
            f"工作表中第 {rows} 行、第 {columns} 列还有内容，远在表格之外。"
            "请删去那里的内容（Ctrl+End 可找到），另存后再导入。"
        )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
