"""Looking up issued papers for strangers, by what stands on the paper itself."""

import re

from chuangwen.documents.enums import PaperState
from chuangwen.documents.models import OfficialPaper

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def read_code(raw: str) -> str:
    """Return the code as it is kept: capitals without blanks and hyphens; empty for no code."""
    plain = "".join(one for one in raw.upper() if one.isalnum())
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(LETTERS) else ""


def paper_of_code(raw: str) -> OfficialPaper | None:
    """Return the issued paper, of whatever district, on which a code is printed. One query."""
    code = read_code(raw)
    return _issued(code=code) if code else None


def paper_of_token(token: str) -> OfficialPaper | None:
    """Return the issued paper whose QR code holds a token. One query."""
    return _issued(token=token) if TOKEN.fullmatch(token) else None


def _issued(**by: str) -> OfficialPaper | None:
    papers = OfficialPaper.across_tenants.filter(state=PaperState.ISSUED, **by)
    return papers.select_related("docx", "pdf", "tenant").first()
