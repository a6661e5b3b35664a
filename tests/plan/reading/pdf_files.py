"""Writes PDF files by hand: one Type 0 font without a file, codes are UTF-16 (ISO 32000-1)."""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


@dataclass
class Page:
    """Content of a page, 595 by 842 points, the origin at the lower left."""

    content: list[bytes] = field(default_factory=list)
    rotate: int = 0
    image: bool = False

    def text(
        self, x: float, y: float, text: str, size: float = 16, turn: str = "1 0 0 1"
    ) -> "Page":
        codes = text.encode("utf-16-be").hex()
        self.content.append(f"BT /F {size} Tf {turn} {x} {y} Tm <{codes}> Tj ET".encode())
        return self

    def lines(self, *texts: str, x: float = 80, top: float = 740, size: float = 16) -> "Page":
        """Lines 28 points apart; a leading ideographic space becomes an indent."""
        for index, text in enumerate(texts):
            bare = text.lstrip("\u3000")
            self.text(x + (len(text) - len(bare)) * size, top - 28 * index, bare, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Page":
        self.content.append(f"{x0} {y0} m {x1} {y1} l S".encode())
        return self

    def picture(self) -> "Page":
        self.image = True
        self.content.append(b"q 595 0 0 842 0 0 cm /I Do Q")
        return self


def pdf(pages: Sequence[Page], *, password: str | None = None, readable: bool = True) -> bytes:
    """A whole file; with a password it is locked by RC4 with a 40 bit key."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]"
        + (b"/ToUnicode 5 0 R>>" if readable else b">>")
    )
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: font,
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/FontDescriptor 6 0 R/DW 1000/W[32 126 500]>>",
        5: _UNICODE,
        6: b"<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
        7: b"\x80",
    }
    kids = []
    for index, page in enumerate(pages):
        number = 10 + 2 * index
        kids.append(f"{number} 0 R")
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {page.rotate}/Contents "
            f"{number + 1} 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I 7 0 R>>>>>>"
        ).encode()
        objects[number + 1] = b"\n".join(page.content)
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return _assemble(objects, password)


def _assemble(objects: dict[int, bytes], password: str | None) -> bytes:
    owner, key = bytes(32), None
    if password is not None:
        key = _key(password, owner)
        user = _rc4(key, _PAD)
        objects[8] = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
            owner.hex().encode(),
            user.hex().encode(),
        )
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, _body(number, content, key))
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    locked = b"/Encrypt 8 0 R" if key else b""
    out += b"trailer<</Size %d/Root 1 0 R/ID[<00><00>]%s>>\nstartxref\n%d\n%%%%EOF" % (
        max(places) + 1, locked, start,
    )  # fmt: skip
    return bytes(out)


def _body(number: int, content: bytes, key: bytes | None) -> bytes:
    if content.startswith(b"<<"):
        return content
    if key:
        salted = hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()  # noqa: S324
        content = _rc4(salted[:10], content)
    shape = (
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        if number == 7
        else b""
    )
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (shape, len(content), content)


def _key(password: str, owner: bytes) -> bytes:
    padded = (password.encode() + _PAD)[:32]
    return hashlib.md5(padded + owner + struct.pack("<i", -4) + b"\0").digest()[:5]  # noqa: S324


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
