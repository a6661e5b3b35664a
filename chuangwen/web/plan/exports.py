"""责任分解表 as a document or a spreadsheet; how either is sent."""

import io
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.permissions import Permission
from chuangwen.plan.models import Campaign
from chuangwen.plan.queries import current_campaign
from chuangwen.reports.official import (
    OfficialDocument,
    responsibility_table_document,
    write_docx,
)
from chuangwen.reports.responsibility import responsibility_table as fill_table
from chuangwen.reports.sheets import Book, responsibility_table_book
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.downloads import as_download, attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def exported_campaign(suffix: str) -> Campaign:
    """Return the campaign in force. Raises NotFound without one, or for another kind of file."""
    campaign = current_campaign()
    if suffix not in {"docx", "xlsx"} or campaign is None:
        raise NotFound("还没有可以导出的计划。请先导入并确认行动计划。")
    return campaign


def as_document_or_book(
    suffix: str, name: str, document: Callable[[], OfficialDocument], book: Callable[[], Book]
) -> HttpResponseBase:
    """Return the one that `suffix` asks for, as a file to save; the other is not made."""
    if suffix == "xlsx":
        return as_download(book(), f"{name}.xlsx")
    target = io.BytesIO()
    write_docx(document(), target)
    headers = attachment(f"{name}.docx")
    return HttpResponse(target.getvalue(), content_type=DOCX, headers=headers)


@page(may=Permission.EXPORT_PLAN)
def responsibility_table(request: ActorRequest, suffix: str) -> HttpResponseBase:
    """Send the table as .docx (GB/T 9704) or .xlsx."""
    table = fill_table(
        campaign=exported_campaign(suffix),
        issuer=f"{request.user.tenant.name}创文办",  # type: ignore[union-attr]
        as_of=clock.today(),
        viewer=request.actor,
    )
    return as_document_or_book(
        suffix,
        table.title,
        lambda: responsibility_table_document(table),
        lambda: responsibility_table_book(table),
    )
