"""Opening attachments. The owner's room decides; foreign ones answer as if they did not exist."""

import uuid

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from chuangwen.files.actions.attaching import remove_attachment
from chuangwen.files.enums import Purpose
from chuangwen.files.models import StoredFile
from chuangwen.files.queries import Found, derivative_of, find_attachment
from chuangwen.kit.errors import NotFound, NotPermitted
from chuangwen.people.permissions import Permission
from chuangwen.web.files.places import place_of
from chuangwen.web.files.serving import answer_with
from chuangwen.web.gate import ActorRequest, page

SEE = (
    Permission.VIEW_DISTRICT,
    Permission.VIEW_OWN_UNIT,
    Permission.MANAGE_FRAMEWORK,
    Permission.REVIEW_INDICATORS,
)
CHANGE = (
    Permission.WORK_ON_TASKS,
    Permission.REVIEW_TASKS,
    Permission.REPORT_INDICATORS,
    Permission.REVIEW_INDICATORS,
)


@page(may=SEE)
def show_file(request: ActorRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Show a PDF or a picture without its camera data in the browser; save anything else."""
    found = find_attachment(request.actor, pk)
    name, file = found.attachment.name, found.attachment.file
    if file.kind.is_image:
        return _picture(request, found, Purpose.DISPLAY)
    return answer_with(request, file, name=name, inline=True)


@page(may=SEE)
def download_original(request: ActorRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Send the very bytes that were uploaded; of a photo only to its unit and the office."""
    found = find_attachment(request.actor, pk)
    file = found.attachment.file
    if file.kind.is_image and not found.sees_original:
        raise NotPermitted("原图含拍摄位置等信息，只提供给所属单位和创文办。请查看浏览图。")
    return answer_with(request, file, name=found.attachment.name)


@page(may=SEE)
def show_thumbnail(request: ActorRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Send the small picture of a photo."""
    return _picture(request, find_attachment(request.actor, pk), Purpose.THUMBNAIL)


@page("POST", may=CHANGE)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Take a file off, with the reason; go back to where it was."""
    found = find_attachment(request.actor, pk)
    reason = request.POST.get("reason", "")
    remove_attachment(attachment=found.attachment, reason=reason, by=request.actor)
    messages.success(request, f"已移除附件“{found.attachment.name}”。")
    return redirect(place_of(found))


def _picture(request: ActorRequest, found: Found, purpose: Purpose) -> HttpResponseBase:
    made = derivative_of(found.attachment.file, purpose)
    if made is None:
        raise NotFound("这个附件不是图片，没有浏览图。请下载原件。")
    if made.result is None:
        raise NotFound(made.problem or "浏览图正在后台生成。请过一会儿刷新页面。")
    picture: StoredFile = made.result
    return answer_with(request, picture, name=found.attachment.name, inline=True)
