"""Reads .docx (ISO/IEC 29500, strict and transitional) and .docm; macros are never looked at."""

from .reader import read_docx

__all__ = ["read_docx"]
