"""Reads the text of .pdf files; scanned pages are refused, not guessed."""

from .reader import read_pdf

__all__ = ["read_pdf"]
