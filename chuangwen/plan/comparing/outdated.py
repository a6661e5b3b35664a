"""Whether the campaign changed since an import was compared with it."""

import copy
from collections.abc import Sequence

from chuangwen.kit.errors import Invalid
from chuangwen.plan.comparing.amending import confirmed_imports
from chuangwen.plan.comparing.refreshing import refresh_differences
from chuangwen.plan.enums import ItemState
from chuangwen.plan.models import ImportItem, PlanImport


def refuse_outdated(plan_import: PlanImport, items: Sequence[ImportItem]) -> None:
    """Raise Invalid when accepted items would now change something that nobody was shown."""
    compared_at = plan_import.compared_at or plan_import.created_at
    newer = [
        other
        for other in confirmed_imports(plan_import)
        if other.confirmed_at and other.confirmed_at > compared_at
    ]
    accepted = [item for item in items if item.state == ItemState.ACCEPTED]
    now = [copy.copy(item) for item in accepted]
    refresh_differences(plan_import, now, {item.pk: item for item in items})
    moved = [
        item
        for item, fresh in zip(accepted, now, strict=True)
        if fresh.differences != item.differences
    ]
    if newer or moved:
        named = "、".join(f"“{item}”" for item in moved[:5]) or f"导入“{newer[0]}”"
        raise Invalid(
            f"比对之后计划又有改动（{named}），没有写入任何内容。请点“重新比对”，核对后再确认。"
        )
