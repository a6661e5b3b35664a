"""Plain text: readable in an encoding of this country, and no language that browsers run."""

import codecs
import re
from typing import BinaryIO

from chuangwen.files.kinds import refusals
from chuangwen.files.kinds.model import TEXT, FileKind

ENCODINGS = ("utf-8", "gb18030")
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CHUNK = 2**16
# Anywhere in the beginning: browsers that guess do not insist on the first byte.
MARKUP = re.compile(
    rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|style|link|meta|table|\?xml|x?:?"
    rb"xsl|form|img|math)\b|<\?(xml|php)|^\s*(%!ps|mime-version:|<)",
    re.I,
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(file: BinaryIO, name: str) -> FileKind:
    """Return TEXT. Raises Invalid for markup, and for bytes that are no text at all."""
    file.seek(0)
    head = file.read(CHUNK)
    encodings = ("utf-16",) if head.startswith(WIDE) else ENCODINGS
    start = head.decode("utf-16", "ignore").encode() if encodings == ("utf-16",) else head
    if MARKUP.search(start.removeprefix(codecs.BOM_UTF8)):
        raise refusals.refused(name, refusals.MARKUP)
    if any(_reads_as(file, encoding) for encoding in encodings):
        return TEXT
    raise refusals.refused(name, refusals.UNKNOWN)


def _reads_as(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(CHUNK):
            text = decoder.decode(block)
            if CONTROL.search(text.encode("utf-8", "surrogatepass")):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
