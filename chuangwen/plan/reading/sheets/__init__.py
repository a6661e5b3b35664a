"""Reads workbooks: .xlsx and .xls with calamine, .ods by its own markup."""

from .ods import read_ods
from .workbook import read_xls, read_xlsx

__all__ = ["read_ods", "read_xls", "read_xlsx"]
