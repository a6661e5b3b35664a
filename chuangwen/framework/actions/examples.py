"""Example photos of check lines, added while the version is a draft."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.attaching import attach_again, attach_uploads, hashes
from chuangwen.files.models import Attachment
from chuangwen.framework.actions.check_lines import fresh_line
from chuangwen.framework.actions.saving import held_draft
from chuangwen.framework.attachments import BAD_EXAMPLE, EXAMPLES, GOOD_EXAMPLE
from chuangwen.framework.models import CheckLine, FrameworkVersion
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def add_examples(
    *, line: CheckLine, upload_ids: Iterable[uuid.UUID], is_good: bool, by: Actor
) -> list[Attachment]:
    """Add photos that show what is right, or what is not.

    Raises NotPermitted, IllegalTransition for a published version, NotFound, and Invalid without a
    photo or for a file that is none.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    held_draft(line.checklist.framework_version)
    fresh = fresh_line(line)
    kind = GOOD_EXAMPLE if is_good else BAD_EXAMPLE
    attached = attach_uploads(kind=kind.name, owner=fresh, upload_ids=upload_ids, by=by)
    if not attached:
        raise Invalid("没有选择照片。请选择后再添加。", field="files")
    if any(not each.file.media_type.startswith("image/") for each in attached):
        raise Invalid("示例只能是照片（JPG、PNG、WebP、HEIC）。请重新选择。", field="files")
    record(by=by, verb="check_line.examples_added", on=fresh, files=hashes(attached), good=is_good)
    return attached


def copy_examples(*, old: FrameworkVersion, new: FrameworkVersion, by: Actor) -> None:
    """Attach the photos of one version's lines to the same lines of another; no event of its own.

    Runs inside the action that copies the version.
    """
    lines = CheckLine.objects.filter(checklist__framework_version__in=(old, new)).values_list(
        "checklist__framework_version", "checklist__site_type", "code", "pk"
    )
    by_version: dict[uuid.UUID, dict[tuple[uuid.UUID, str], uuid.UUID]] = {old.pk: {}, new.pk: {}}
    for version, site_type, code, pk in lines:
        by_version[version][site_type, code] = pk
    pairs = {
        pk: by_version[new.pk][place]
        for place, pk in by_version[old.pk].items()
        if place in by_version[new.pk]
    }
    for kind in EXAMPLES:
        attach_again(kind=kind.name, owners=pairs, by=by)
