"""What can go wrong when a zip container that somebody sent is opened."""

import lzma
import zipfile
import zlib

# Cut, altered, encrypted, or packed by a method that Python lacks or that meets other bytes than
# its own: the standard library has a class of its own for each.
UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
