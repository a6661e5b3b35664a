"""Works at a site and the money spent; photos."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.attaching import attach_uploads, hashes
from chuangwen.files.models import Attachment
from chuangwen.framework.wording import clean_text, not_longer, required_line
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.sites.actions.holding import (
    count_edits,
    locked_site,
    require_listed,
    require_recording,
)
from chuangwen.sites.enums import Difficulty
from chuangwen.sites.models import Site, SiteWork

KIND = "sites.site"  # the owner kind of photos
LARGEST_MONEY = Decimal(999_999_999_999)


@dataclass(frozen=True)
class Work:
    """What was done at a site; `money` in yuan, None when it is not known."""

    title: str
    done_on: datetime.date
    difficulty: Difficulty
    money: Decimal | None = None
    note: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the values of the model's fields. Raises Invalid naming the field."""
        if self.done_on > clock.today():
            raise Invalid(
                f"日期 {self.done_on} 还没有到。请填写今天或以前的日期。", field="done_on"
            )
        money = self.money
        if money is not None and not (money.is_finite() and 0 <= money <= LARGEST_MONEY):
            raise Invalid(
                f"投入资金“{money}”无法使用。请填 0 以上的元数；不知道请留空。", field="money"
            )
        return {
            "title": required_line(self.title, label="建设内容", longest=200, field="title"),
            "done_on": self.done_on,
            "difficulty": Difficulty(self.difficulty).value,
            "money": None if money is None else round(money, 2),
            "note": not_longer(clean_text(self.note), label="说明", longest=2_000, field="note"),
        }


@transaction.atomic
def record_work(*, site: Site, work: Work, by: Actor) -> SiteWork:
    """Record what was done at a site and what it cost. Raises NotPermitted for others' sites."""
    require_recording(site, by)
    columns = work.columns()
    locked = locked_site(site)
    require_listed(locked)
    row = SiteWork.objects.create(site=locked, **columns)
    count_edits([locked])
    record(
        by=by, verb="site.work_recorded", on=locked,
        **{name: [None, value] for name, value in columns.items() if name != "note"},
    )  # fmt: skip
    return row


@transaction.atomic
def correct_work(
    *, row: SiteWork, base_version: int, work: Work, reason: str, by: Actor
) -> SiteWork:
    """Correct what was recorded; the log keeps the former values with the reason.

    `base_version` is the site's. Raises NotPermitted, StaleEdit, and Invalid without a reason.
    """
    require_recording(row.site, by)
    if not reason.strip():
        raise Invalid("请写明更正的原因。", field="reason")
    columns = work.columns()
    site = locked_site(row.site, base_version=base_version)
    locked = SiteWork.objects.filter(pk=row.pk).first()
    if locked is None:
        raise NotFound("没有这项建设情况。请刷新页面查看。")
    changes = {
        name: [getattr(locked, name), value]
        for name, value in columns.items()
        if getattr(locked, name) != value
    }
    if not changes:
        return locked
    for name, (_, value) in changes.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changes))
    count_edits([site])
    record(by=by, verb="site.work_corrected", on=site, reason=reason.strip(), **changes)
    return locked


@transaction.atomic
def add_photos(*, site: Site, upload_ids: Iterable[uuid.UUID], by: Actor) -> list[Attachment]:
    """Put photos and papers into a site's file. Raises NotPermitted, and Invalid without any."""
    require_recording(site, by)
    locked = locked_site(site)
    require_listed(locked)
    attached = attach_uploads(kind=KIND, owner=locked, upload_ids=upload_ids, by=by)
    if not attached:
        raise Invalid("没有选择照片。请先选择照片，上传完成后再提交。", field="files")
    record(by=by, verb="site.photos_added", on=locked, files=hashes(attached))
    return attached
