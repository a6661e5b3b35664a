"""Sets a long paper and prints the peaks of memory: `long_paper.py docx|pdf ROWS PHOTOS`.

Run in a process of its own, because a process remembers its peak.
"""

import io
import json
import resource
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile

from PIL import Image

from chuangwen.reports.official import (
    Attachment,
    Column,
    Heading,
    Imprint,
    OfficialDocument,
    Paragraph,
    Table,
    write_docx,
)
from chuangwen.reports.official.blocks import Picture, Pictures
from chuangwen.reports.pdf import write_pdf

UNITS = 20
COLUMNS = tuple(Column(title, width) for title, width in (("编号", 33), ("问题", 63), ("地点", 60)))


def photo(number: int) -> Picture:
    target = io.BytesIO()
    Image.effect_noise((320, 240), 40 + number % 50).convert("RGB").save(target, "JPEG")
    return Picture(target.getvalue(), 320, 240, f"整改〔2021〕{number}号 整改前")


def long_paper(rows: int, photos: int) -> OfficialDocument:
    blocks = []
    for unit in range(UNITS):
        own = range(unit, rows, UNITS)
        cells = [(f"整改〔2021〕{n}号", f"第{n}个：人行道地砖破损", "演示路口东北角") for n in own]
        blocks += [Heading(2, f"第{unit}个单位（{len(cells)}个）"), Table(COLUMNS, cells)]
        shown = tuple(photo(n) for n in range(unit, photos, UNITS))
        blocks += [Pictures(shown)] if shown else []
    return OfficialDocument(
        title="关于2021年9月文明城市创建问题整改情况的通报", number="创文办通报〔2021〕1号",
        issuer="东区创文办", dated=date(2021, 9, 30), blocks=(Paragraph("现将情况通报如下。"),),
        attachments=(Attachment(title="问题清单", blocks=tuple(blocks)),),
        imprint=Imprint(printed_by="东区创文办", printed_on=date(2021, 9, 30)),
    )  # fmt: skip


def own_peak() -> int:
    """In MB; what `getrusage` says begins with the memory of the process that started this one."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(peak) // 1024


def main() -> None:
    kind, rows, photos = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    document = long_paper(rows, photos)
    with TemporaryFile() as target:
        if kind == "docx":
            write_docx(document, target)
        else:
            write_pdf(document, target)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps({"own": own_peak(), "children": children}))


if __name__ == "__main__":
    main()
