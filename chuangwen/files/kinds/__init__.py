"""What a file is, told by its bytes and never by its name."""

from chuangwen.files.kinds.model import ACCEPTED, OTHER, FileKind, kind_of
from chuangwen.files.kinds.recognising import recognise

__all__ = ["ACCEPTED", "OTHER", "FileKind", "kind_of", "recognise"]
