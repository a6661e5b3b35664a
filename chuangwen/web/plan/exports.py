"""责任分解表 as a document or a spreadsheet."""

import io
from urllib.parse import quote

from django.http import HttpResponse

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.permissions import Permission
from chuangwen.plan.queries import current_campaign
from chuangwen.reports.official import responsibility_table_document, write_docx
from chuangwen.reports.responsibility import responsibility_table as fill_table
from chuangwen.reports.sheets import responsibility_table_book, write_xlsx
from chuangwen.web.gate import ActorRequest, page

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
}


@page(may=Permission.EXPORT_PLAN)
def responsibility_table(request: ActorRequest, suffix: str) -> HttpResponse:
    """Send the table as .docx (GB/T 9704) or .xlsx."""
    campaign = current_campaign()
    if suffix not in TYPES or campaign is None:
        raise NotFound("还没有可以导出的计划。请先导入并确认行动计划。")
    table = fill_table(
        campaign=campaign,
        issuer=f"{request.user.tenant.name}创文办",  # type: ignore[union-attr]
        as_of=clock.today(),
        viewer=request.actor,
    )
    target = io.BytesIO()
    if suffix == "docx":
        write_docx(responsibility_table_document(table), target)
    else:
        write_xlsx(responsibility_table_book(table), target)
    name = quote(f"{table.title}.{suffix}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(target.getvalue(), content_type=TYPES[suffix], headers=headers)
