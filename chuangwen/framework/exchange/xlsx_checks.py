"""Refusing workbooks that would exhaust the machine before they are opened."""

import re
from collections.abc import Iterable

from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer
from chuangwen.kit.errors import Invalid
from chuangwen.kit.spreadsheets import Errors, cell_errors, column_number

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_CONTENT = 200 * 1024 * 1024  # bytes after unpacking
LIMITS = Limits(parts=5_000, total=LARGEST_CONTENT, part=LARGEST_CONTENT)
MOST_CELLS = 5_000_000  # the reader holds a sheet as one block from its first to its last cell
_CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^>]*?\br=["']([A-Z]{0,3})(\d{1,7})["']""")
_OVERLAP = 512  # a cell may lie across two chunks


def errors_of_safe(content: bytes) -> dict[str, Errors]:
    """Return the cells that hold errors, by the name of their sheet.

    Raises Invalid for a file that is no .xlsx, unpacks to too much, or has stray far cells.
    """
    if len(content) > LARGEST_FILE:
        raise Invalid(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB。请检查是否选错了文件。")
    try:
        for member, chunks in ZipContainer(content, LIMITS).unpack_all():
            if member.filename.endswith(".xml"):
                _check_extent(chunks)
        return cell_errors(content, LIMITS)
    except UnsafeArchive as error:
        if error.fault in {Fault.TOO_LARGE, Fault.TOO_MANY}:
            raise Invalid("文件解压后过大，没有打开。请检查是否选错了文件。") from error
        raise Invalid("文件不是 .xlsx 工作簿，或已损坏、加密。请另存为 .xlsx 后再导入。") from error


def _check_extent(chunks: Iterable[bytes]) -> None:
    rows = columns = 0
    rest = b""
    for chunk in chunks:
        for match in _CELL.finditer(rest + chunk):
            columns = max(columns, column_number(match[1].decode()))
            rows = max(rows, int(match[2]))
        rest = chunk[-_OVERLAP:]
    if rows * columns > MOST_CELLS:
        raise Invalid(
            f"工作表中第 {rows} 行、第 {columns} 列还有内容，远在表格之外。"
            "请删去那里的内容（Ctrl+End 可找到），另存后再导入。"
        )
