"""Small files of every kind, made here: nothing is downloaded and nothing is of a real person."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from chuangwen.files.kinds.model import OPEN_XML

PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n"
GPS_PLACE, CAMERA = 0x8825, "HUAWEI ABR-AL00"


def jpeg(width: int = 64, height: int = 48, *, with_place: bool = False, turned: int = 1) -> bytes:
    """A photo; with the place (攀枝花) and camera in its EXIF if wanted."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    exif = Image.Exif()
    if turned != 1:
        exif[0x0112] = turned
    if with_place:
        exif[0x0110] = CAMERA
        exif.get_ifd(GPS_PLACE)[1] = "N"
        exif.get_ifd(GPS_PLACE)[2] = (26.0, 35.0, 0.0)
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif.tobytes())
    return target.getvalue()


def png(width: int = 40, height: int = 30) -> bytes:
    target = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 90, 0, 128)).save(target, "PNG")
    return target.getvalue()


def webp() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(target, "WEBP")
    return target.getvalue()


def bomb() -> bytes:
    """A PNG of 30 kB that claims 40,000 × 40,000 pixels."""
    small = png()
    head = small[12:16] + struct.pack(">II", 40_000, 40_000) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


def heic() -> bytes:
    """The boxes of a HEIC file without pixels."""
    kind = b"ftyp" + b"heic" + b"\0\0\0\0" + b"mif1heic"
    return struct.pack(">I", len(kind) + 4) + kind + struct.pack(">I", 8) + b"mdat"


def package(*parts: str, types: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if types:
            archive.writestr("[Content_Types].xml", f"<Types>{types}</Types>")
        for part in parts:
            archive.writestr(part, "<x/>")
    return target.getvalue()


def docx(*more: str) -> bytes:
    return package("word/document.xml", *more, types=f"{OPEN_XML}wordprocessingml.document")


def compound(*streams: str) -> bytes:
    """An OLE2 container with these streams in its directory, which spans two sectors."""
    size = 512
    names = ["Root Entry", "a", "b", "c", *streams]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<H", 2 * len(name) + 2)
        + b"\1" * 62
        for name in names
    )
    sectors = -(-len(directory) // size)
    chain = [*range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain) + 1}I", 0xFFFFFFFD, *chain).ljust(size, b"\xff")
    header = bytearray(b"\xff" * size)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<I", header, 76, 0)
    return bytes(header) + table + directory.ljust(sectors * size, b"\0")
