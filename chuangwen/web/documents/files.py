"""The files of a paper: those that were frozen, and the draft to read on paper."""

import io
import uuid

from django.http import HttpResponse, HttpResponseBase

from chuangwen.documents.enums import PaperState
from chuangwen.documents.queries import paper_for
from chuangwen.kit.errors import IllegalTransition, NotFound
from chuangwen.people.permissions import Permission
from chuangwen.reports.official import write_docx
from chuangwen.reports.papers.setting import document_of
from chuangwen.web.documents.papers import SEE
from chuangwen.web.files.serving import answer_with
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.downloads import attachment
from chuangwen.web.plan.exports import DOCX

MOST_ROWS = 1_000  # of a draft that is set while somebody waits


@page(may=SEE)
def send(request: ActorRequest, pk: uuid.UUID, suffix: str) -> HttpResponseBase:
    """Send a file as it was issued."""
    paper = paper_for(request.actor, pk)
    file = {"docx": paper.docx, "pdf": paper.pdf}.get(suffix)
    if file is None or paper.state != PaperState.ISSUED:
        raise NotFound("这份公文还没有印发，或没有这种格式。请在公文页面下载 Word 或 PDF。")
    return answer_with(request, file, name=f"{paper.number}{paper.title}.{suffix}")


@page(may=(Permission.DRAFT_PAPERS, Permission.SIGN_PAPERS))
def send_draft(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Send what is under review as .docx, to be read and shown; it has no number and no codes."""
    paper = paper_for(request.actor, pk, "body")
    body = paper.counted
    if body is None or paper.state not in (PaperState.REVIEW, PaperState.SIGNED):
        raise IllegalTransition("只有审核中和已签发、还没有编号的公文有送审稿。请打开“正文”。")
    sections = body.blocks
    rows = sum(len(block.get("rows", ())) for one in sections for block in one["blocks"])
    if rows > MOST_ROWS:
        raise IllegalTransition(
            f"送审稿有 {rows} 行，超过 {MOST_ROWS} 行的只能在页面上看。请打开“正文”。"
        )
    target = io.BytesIO()
    write_docx(document_of(paper, sections), target)
    headers = attachment(f"{paper.title}（送审稿）.docx")
    return HttpResponse(target.getvalue(), content_type=DOCX, headers=headers)
