"""Readers that turn an uploaded file into plain text with tables."""

from .document import read_document
from .errors import UnreadableDocument
from .model import ReadText

__all__ = ["ReadText", "UnreadableDocument", "read_document"]
