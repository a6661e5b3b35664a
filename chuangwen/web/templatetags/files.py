"""The field that takes files and the list that shows them; docs/design-system.md has examples."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from chuangwen.files.kinds import ACCEPTED
from chuangwen.files.limits import MOST_AT_ONCE, largest
from chuangwen.files.models import Attachment, Upload

register = template.Library()
ACCEPT = ",".join(suffix for kind in ACCEPTED for suffix in kind.suffixes)


@register.simple_tag
def file_field(
    uploads: Iterable[Upload] = (),
    label: str = "附件",
    error: str = "",
    mark: str = "files",
    *,
    camera: bool = False,
) -> SafeString:
    """Several files, by choosing or dropping; `uploads` are those kept from a refused form.
    `camera`: a button beside it that opens the camera of a phone.

    Two fields on one page need a different `mark` each. The form needs
    enctype="multipart/form-data" for browsers without script.
    """
    values = {
        "uploads": uploads or (),
        "label": label,
        "error": error,
        "accept": ACCEPT,
        "mark": mark,
        "camera": camera,
    }
    limits = {"limit": largest(), "most": MOST_AT_ONCE}
    return render_to_string("files/_field.html", values | limits)


@register.simple_tag(takes_context=True)
def file_list(
    context: template.Context,
    attachments: Iterable[Attachment],
    *,
    sees_originals: bool = False,
    may_remove: bool = False,
) -> SafeString:
    """The files at a row, removed ones with their reason."""
    values = {"attachments": attachments, "sees_originals": sees_originals}
    values |= {"may_remove": may_remove, "csrf_token": context.get("csrf_token", "")}
    return render_to_string("files/_list.html", values)


@register.filter
def file_size(size: int) -> str:
    """A size as people say it: 640 KB, 3.4 MB."""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 1024))} KB"
