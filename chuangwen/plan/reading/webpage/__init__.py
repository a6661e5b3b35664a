"""Reads web pages and what Word or Excel saved as a page."""

from .reader import read_html

__all__ = ["read_html"]
