"""Official documents (公文) as .docx by GB/T 9704-2012."""

from typing import BinaryIO

from chuangwen.reports.official.blocks import Align, Column, Heading, Paragraph, Table
from chuangwen.reports.official.document import (
    Attachment,
    Imprint,
    OfficialDocument,
    RedHead,
    Verification,
)
from chuangwen.reports.official.numbering import document_number
from chuangwen.reports.official.responsibility import responsibility_table_document
from chuangwen.reports.official.round_report import round_report_document
from chuangwen.reports.official.unit_duty import unit_duty_document

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
    "Verification",
    "document_number",
    "responsibility_table_document",
    "round_report_document",
    "unit_duty_document",
    "write_docx",
]


def write_docx(document: OfficialDocument, target: BinaryIO) -> None:
    """Write `document` to `target`, a binary stream open for writing; see `writer.write_docx`."""
    # python-docx takes a while to load, which only who writes a document should wait for.
    from chuangwen.reports.official import writer  # noqa: PLC0415

    writer.write_docx(document, target)
