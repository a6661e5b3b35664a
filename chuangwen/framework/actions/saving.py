"""What every write here has in common: locks, stale edits, uniqueness, the record of changes."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from django.db import IntegrityError, models, transaction

from chuangwen.framework.models import FrameworkVersion, IndicatorValue, Node, Standard
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, StaleEdit

LARGEST_WEIGHT = Decimal("99999.9999")


class Placed(Protocol):
    """A row that has its place among its siblings."""

    pk: Any
    position: int


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True)
class Moved(Generic[P]):
    """Siblings with new positions, and the place of the moved one before and after, from 1."""

    rows: list[P]
    place: list[int]


class Versioned(Protocol):
    """A row that counts its edits."""

    version: int


@contextmanager
def unique(message: str, *, field: str = "") -> Iterator[None]:
    """Turn a refusal by a unique constraint into Invalid. Check everything else before."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Invalid(message, field=field) from error


def locked_draft(version: FrameworkVersion) -> FrameworkVersion:
    """Lock a version for editing and count the edit, so that nobody publishes what they never saw.

    Raises as `held_draft`.
    """
    locked = held_draft(version)
    count_edit(locked)
    return locked


def held_draft(version: FrameworkVersion) -> FrameworkVersion:
    """Lock a version without counting an edit: it may turn out that there is nothing to do.

    Raises NotFound, and IllegalTransition once the version is published.
    """
    locked = FrameworkVersion.objects.select_for_update().filter(pk=version.pk).first()
    if locked is None:
        raise NotFound("没有找到这个测评体系版本，可能已被删除。请返回列表查看。")
    if not locked.is_draft:
        raise IllegalTransition(
            f"“{locked.label}”已发布，内容不能再改。请以它为基础建立新版本，在草稿中修改。"
        )
    return locked


def count_edit(locked: FrameworkVersion) -> None:
    """Note that a locked draft is edited."""
    locked.version += 1
    locked.save(update_fields=["version"])


def fresh_node(node: Node) -> Node:
    """Read a node again under the version's lock. Raises NotFound when it is gone."""
    found = Node.objects.filter(pk=node.pk).first()
    if found is None:
        raise NotFound(f"没有找到条目“{node.code}”，可能已被删除。请刷新页面查看。")
    return found


def fresh_standard(standard: Standard) -> Standard:
    """Read a standard again under the version's lock. Raises NotFound when it is gone."""
    found = Standard.objects.filter(pk=standard.pk).first()
    if found is None:
        raise NotFound(f"没有找到标准“{standard.code}”，可能已被删除。请刷新页面查看。")
    return found


def require_current(row: Versioned, base_version: int) -> None:
    """Raise StaleEdit when somebody changed the row since the viewer loaded it."""
    if row.version != base_version:
        raise StaleEdit(f"“{row}”已被他人修改，您的改动没有保存。请刷新页面，在最新内容上重做。")


def apply_changes(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the fields that differ and count the edit; return {field: [old, new]}. Saves nothing."""
    changes: dict[str, list[Any]] = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            setattr(row, name, value)
            changes[name] = [old, value]
    if changes:
        row.version += 1  # type: ignore[attr-defined]
    return changes


def in_new_order(siblings: Sequence[P], key: uuid.UUID, step: int) -> Moved[P] | None:
    """Move one of the siblings by `step` places; None when it stays. Saves nothing.

    Raises NotFound when it is gone.
    """
    place = next((place for place, row in enumerate(siblings) if row.pk == key), None)
    if place is None:
        raise NotFound("要移动的内容没有找到，可能已被删除。请刷新页面查看。")
    target = max(0, min(place + step, len(siblings) - 1))
    if target == place:
        return None
    order = list(siblings)
    order.insert(target, order.pop(place))
    for position, row in enumerate(order):
        row.position = position
    return Moved(order, [place + 1, target + 1])


def checked_weight(weight: Decimal | None) -> Decimal | None:
    """Return the weight. Raises Invalid when it is negative, too large or not finite."""
    if weight is not None and not (weight.is_finite() and 0 <= weight <= LARGEST_WEIGHT):
        raise Invalid(
            f"权重“{weight}”无法使用。请填 0 至 {LARGEST_WEIGHT} 的数；不知道请留空。",
            field="weight",
        )
    return weight


def locked_values(value_ids: Iterable[uuid.UUID]) -> list[IndicatorValue]:
    """Lock reported values in one order. Raises NotFound when one is not there."""
    wanted = set(value_ids)
    found = IndicatorValue.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    values = list(found)
    if not values or len(values) != len(wanted):
        raise NotFound("所选的指标值中有的不存在。请刷新页面后重选。")
    return values


def delete_part(rows: models.QuerySet[Any]) -> int:
    """Delete rows of a draft in one statement; return how many.

    Django would first ask every table above whether it refers to them. Nothing refers to a draft's
    parts, and the foreign keys of the database would refuse if something did.
    """
    return int(rows._raw_delete(rows.db))


def require_open(value: IndicatorValue) -> None:
    """Raise StaleEdit when a value was corrected meanwhile."""
    if value.superseded_by_id is not None:
        raise StaleEdit("该值已被更正，这里看到的是旧值。请刷新页面查看最新的值。")
