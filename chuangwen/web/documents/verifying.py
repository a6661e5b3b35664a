"""Open to everybody: is this paper genuine, and is this file the one that was issued?

Shown are number, title, issuer, date and hashes, and whether it was declared void; nothing else.
"""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuangwen.documents.enums import PaperStep
from chuangwen.documents.looking_up import look_up
from chuangwen.documents.models import OfficialPaper, PaperEvent
from chuangwen.documents.queries import paper_of_token
from chuangwen.kit.errors import Invalid, NotFound, TooOften
from chuangwen.web.gate import page
from chuangwen.web.people.browsers import client_address

UNKNOWN = "没有这个查验地址。请核对二维码是否完整，或输入公文上的验证码。"


@page("GET", "POST", anonymous=True)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code on a paper, and go to what it says."""
    if request.method != "POST":
        return render(request, "documents/verify.html")
    code = request.POST.get("code", "")[:100]
    try:
        paper = look_up(code=code, address=client_address(request))
    except (Invalid, TooOften) as error:
        context = {"problem": error.message, "typed": code}
        return render(request, "documents/verify.html", context, status=error.status)
    return redirect("paper-verified", token=paper.token)


@page("GET", "POST", anonymous=True)
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Say what was issued; of a file that is sent, whether it is the same."""
    paper = paper_of_token(token)
    if paper is None:
        raise NotFound(UNKNOWN)
    context: dict[str, Any] = {"paper": paper, "is_revoked": _is_revoked(paper)}
    status = 200
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            context["problem"], status = "没有选择文件。请选择收到的 PDF 或 Word 文件。", 422
        else:
            digest = hashlib.sha256()
            for block in file.chunks():
                digest.update(block)
            context["compared"] = _compared(paper, digest.hexdigest(), str(file.name))
    return render(request, "documents/verified.html", context, status=status)


def _is_revoked(paper: OfficialPaper) -> bool:
    return PaperEvent.across_tenants.filter(paper=paper, step=PaperStep.REVOKE).exists()


def _compared(paper: OfficialPaper, sha256: str, name: str) -> dict[str, Any]:
    files = {"版式文件（PDF）": paper.pdf, "公文文件（Word）": paper.docx}
    same = [label for label, file in files.items() if file is not None and file.sha256 == sha256]
    return {"name": name, "sha256": sha256, "same": same[0] if same else ""}
