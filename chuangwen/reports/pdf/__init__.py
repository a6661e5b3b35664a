"""Official documents as PDF/A-2b, set on the server with fonts of our own."""

from chuangwen.reports.pdf.writer import Pdf, make_pdf, write_pdf

__all__ = ["Pdf", "make_pdf", "write_pdf"]
