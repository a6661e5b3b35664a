"""Locks of cases, and stale edits."""

import uuid
from collections.abc import Mapping

from chuangwen.kit.errors import Invalid, NotFound, StaleEdit
from chuangwen.rectification.models import Case

MOST_AT_ONCE = 500


def locked_case(case: Case, base_version: int) -> Case:
    """Read a case again under its lock. Raises NotFound, and StaleEdit when it has moved since."""
    locked = Case.objects.select_for_update().filter(pk=case.pk).first()
    if locked is None:
        raise NotFound("没有这个问题。请从问题清单重新进入。")
    if locked.version != base_version:
        raise StaleEdit("这个问题在您打开之后已有人办理或修改。请重新打开，核对后再办。")
    return locked


def locked_cases(versions: Mapping[uuid.UUID, int]) -> list[Case]:
    """Lock many cases in one order, as the viewer saw them. One query.

    Raises Invalid without any or with too many, StaleEdit naming those that moved since.
    """
    if not 1 <= len(versions) <= MOST_AT_ONCE:
        raise Invalid(f"勾选了 {len(versions)} 个问题。请勾选 1 至 {MOST_AT_ONCE} 个。")
    rows = Case.objects.select_for_update().filter(pk__in=list(versions)).order_by("pk")
    cases = list(rows)
    stale = [case.number or case.title for case in cases if case.version != versions[case.pk]]
    if stale or len(cases) != len(versions):
        names = "、".join(stale[:5]) or "有的问题"
        raise StaleEdit(f"“{names}”刚被别人办理，没有改动任何问题。请刷新清单后重新勾选。")
    return cases


def required_text(text: str, what: str, field: str = "text") -> str:
    """Return the words without blanks around them. Raises Invalid when there are none."""
    if not text.strip():
        raise Invalid(f"请写明{what}，便于对方知道怎么办、以后核对。", field=field)
    return text.strip()
