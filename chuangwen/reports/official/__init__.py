"""Official documents (公文) as .docx by GB/T 9704-2012."""

from chuangwen.reports.official.blocks import Align, Column, Heading, Paragraph, Table
from chuangwen.reports.official.document import (
    Attachment,
    Imprint,
    OfficialDocument,
    RedHead,
)
from chuangwen.reports.official.numbering import document_number
from chuangwen.reports.official.responsibility import responsibility_table_document
from chuangwen.reports.official.unit_duty import unit_duty_document
from chuangwen.reports.official.writer import write_docx

__all__ = [
    "Align",
    "Attachment",
    "Column",
    "Heading",
    "Imprint",
    "OfficialDocument",
    "Paragraph",
    "RedHead",
    "Table",
    "document_number",
    "responsibility_table_document",
    "unit_duty_document",
    "write_docx",
]
