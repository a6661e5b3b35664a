"""Readers that turn an uploaded file into plain text with tables."""

from .document import read_document, refuse_unreadable
from .errors import UnreadableDocument
from .model import Progress, ReadText, unheard

__all__ = [
    "Progress",
    "ReadText",
    "UnreadableDocument",
    "read_document",
    "refuse_unreadable",
    "unheard",
]
