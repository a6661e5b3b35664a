"""Zip containers that somebody sent are opened by one helper, which believes no word of theirs."""

import io
import re
import zipfile
from pathlib import Path

import pytest

import chuangwen
from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer
from tests import zips

MEGABYTE = 2**20
LIMITS = Limits(parts=3, total=20 * MEGABYTE, part=MEGABYTE, ratio=100)
# They write containers, or open what this program has just written.
WRITERS = {"plan/reading/archive.py", "reports/official/package.py"}


def packed(*contents: bytes, method=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.xml", content)
    return buffer.getvalue()


def unpack(data: bytes, limits: Limits = LIMITS) -> list[bytes]:
    return [b"".join(chunks) for _, chunks in ZipContainer(data, limits).unpack_all()]


def test_parts_come_out_as_they_went_in():
    assert unpack(packed(b"one", b"two")) == [b"one", b"two"]
    container = ZipContainer(packed(b"one"), LIMITS)
    assert container.read(container.entries[0]) == b"one"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"no zip at all", Fault.DAMAGED),
        (packed(b"one")[:-10], Fault.DAMAGED),
        (packed(b"one", method=zipfile.ZIP_STORED).replace(b"one", b"own"), Fault.DAMAGED),
        (packed(b"x" * 9, method=zipfile.ZIP_LZMA), Fault.DAMAGED),
        (zips.locked(packed(b"one")), Fault.ENCRYPTED),
        (packed(*[b"x"] * 4), Fault.TOO_MANY),
        (packed(b"x" * 11 * MEGABYTE, method=zipfile.ZIP_DEFLATED), Fault.TOO_DENSE),
        (packed(*[b"x" * 7 * MEGABYTE] * 3, method=zipfile.ZIP_STORED), Fault.TOO_LARGE),
    ],
    ids=["none", "cut", "altered", "lzma", "locked", "many", "dense", "large"],
)
def test_what_is_wrong_is_told_apart(data, fault):
    with pytest.raises(UnsafeArchive) as refused:
        unpack(data)
    assert refused.value.fault is fault


def test_a_part_that_nobody_takes_is_counted_too():
    container = ZipContainer(packed(b"x" * 11 * MEGABYTE), LIMITS)
    with pytest.raises(UnsafeArchive):
        for _ in container.unpack_all():
            pass


def test_tables_of_equal_rows_are_welcome_where_no_ratio_is_set():
    limits = Limits(parts=3, total=20 * MEGABYTE, part=MEGABYTE)
    assert len(unpack(packed(b"x" * 11 * MEGABYTE), limits)[0]) == 11 * MEGABYTE


def test_one_part_has_a_limit_of_its_own():
    container = ZipContainer(packed(b"x" * (MEGABYTE + 1)), LIMITS)
    with pytest.raises(UnsafeArchive, match="too_large"):
        container.read(container.entries[0])


def test_no_room_opens_a_container_by_itself():
    package = Path(chuangwen.__file__).parent
    opening = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"zipfile\.ZipFile\(", path.read_text())
    }
    assert opening - WRITERS == {"kit/archives.py"}
