"""Spreadsheets (.xlsx) that a clerk can filter, print and trust."""

from chuangwen.reports.sheets.book import Book, Column, Kind, Sheet
from chuangwen.reports.sheets.responsibility import responsibility_table_book
from chuangwen.reports.sheets.unit_duty import unit_duty_book
from chuangwen.reports.sheets.writer import write_xlsx

__all__ = [
    "Book",
    "Column",
    "Kind",
    "Sheet",
    "responsibility_table_book",
    "unit_duty_book",
    "write_xlsx",
]
