"""Workbooks whose formulas went wrong."""

import io
import re
import zipfile


def failing(data: bytes, cells: dict[str, str], *, sheet: int = 1) -> bytes:
    """Put errors such as #N/A into filled cells of a sheet, which is counted from 1."""
    part = f"xl/worksheets/sheet{sheet}.xml"
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name).decode()
            for cell, code in cells.items() if name == part else ():
                error = f'<c r="{cell}" t="e"><f>NA()</f><v>{code}</v></c>'
                content, found = re.subn(rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', error, content)
                assert found == 1, f"{cell} is not filled"
            made.writestr(name, content)
    return target.getvalue()
