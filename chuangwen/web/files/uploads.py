"""Files sent ahead of their form, one at a time, by the script of the upload field."""

import uuid

from django.http import HttpResponse, JsonResponse

from chuangwen.files.actions.uploads import discard_upload, upload_file
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest, page

SEND = (Permission.WORK_ON_TASKS, Permission.REPORT_INDICATORS)


@page("POST", may=SEND)
def send(request: ActorRequest) -> HttpResponse:
    """Keep one file for its sender; answer with its number, or why it is refused (422)."""
    sent = request.FILES.get("files")
    try:
        if sent is None:
            raise Invalid("没有收到文件。请重新选择。", field="files")
        kept = upload_file(content=sent.chunks(), name=sent.name or "", by=request.actor)
    except Invalid as error:
        return JsonResponse({"problem": error.message}, status=422)
    return JsonResponse({"id": str(kept.pk), "name": kept.name, "size": kept.file.size}, status=201)


@page("POST", may=SEND)
def discard(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's own upload back."""
    discard_upload(upload_id=pk, by=request.actor)
    return HttpResponse(status=204)
