"""Editing the numbered standards of a draft, their methods and their indicators."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.framework.actions.mapping import note_edit, note_removal
from chuangwen.framework.actions.saving import (
    apply_changes,
    checked_weight,
    count_edit,
    fresh_node,
    fresh_standard,
    held_draft,
    locked_draft,
    require_current,
    unique,
)
from chuangwen.framework.document import MethodEntry, StandardEntry
from chuangwen.framework.enums import Level
from chuangwen.framework.models import (
    Indicator,
    Node,
    Standard,
    StandardIndicator,
    StandardMethod,
)
from chuangwen.framework.queries.documents import standard_entry
from chuangwen.framework.wording import (
    clean_line,
    clean_text,
    not_longer,
    required,
    required_line,
    split_names,
)
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

LONGEST_WINDOW = 120


@transaction.atomic
def add_standard(*, node: Node, content: StandardEntry, by: Actor) -> Standard:
    """Add a standard at the end of a Ⅲ测评内容.

    Raises NotPermitted, IllegalTransition for a published version, and Invalid for a bad value,
    a used code, an unknown indicator or a node of another level.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = locked_draft(node.framework_version)
    content_node = fresh_node(node)
    if content_node.level != Level.CONTENT:
        raise Invalid(f"测评标准只能放在Ⅲ测评内容下，“{content_node}”不是。请选择Ⅲ测评内容。")
    last = draft.standards.aggregate(last=Max("position"))["last"]
    standard = Standard(
        framework_version=draft,
        node=content_node,
        position=0 if last is None else last + 1,
        **_fields(content),
    )
    with unique(_taken(standard.code), field="code"):
        standard.save(force_insert=True)
    _write_methods(standard, content.methods)
    _write_links(standard, content.indicators)
    record(by=by, verb="standard.added", on=standard, code=[None, standard.code])
    return standard


@transaction.atomic
def edit_standard(
    *, standard: Standard, content: StandardEntry, base_version: int, by: Actor
) -> Standard:
    """Replace the content of a standard. Raises like `add_standard`, NotFound, and StaleEdit.

    A standard that was mapped as 未变 from an earlier version becomes 修改.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = held_draft(standard.framework_version)
    fresh = fresh_standard(standard)
    require_current(fresh, base_version)
    before = standard_entry(fresh)
    changes = apply_changes(fresh, _fields(content))
    methods, indicators = _in_order(content.methods), set(content.indicators)
    if methods != before.methods:
        fresh.methods.all().delete()
        _write_methods(fresh, methods)
        changes["methods"] = [_names(before.methods), _names(methods)]
    if indicators != set(before.indicators):
        fresh.indicator_links.all().delete()
        _write_links(fresh, tuple(indicators))
        changes["indicators"] = [sorted(before.indicators), sorted(indicators)]
    if changes:
        count_edit(draft)
        fresh.version = base_version + 1
        with unique(_taken(fresh.code), field="code"):
            fresh.save()
        note_edit(fresh)
        record(by=by, verb="standard.edited", on=fresh, **changes)
    return fresh


@transaction.atomic
def remove_standard(*, standard: Standard, base_version: int, by: Actor) -> None:
    """Delete a standard of a draft; where it came from an earlier version, note it as 取消."""
    by.require(Permission.MANAGE_FRAMEWORK)
    locked_draft(standard.framework_version)
    fresh = fresh_standard(standard)
    require_current(fresh, base_version)
    note_removal(fresh)
    record(by=by, verb="standard.removed", on=fresh, code=[fresh.code, None])
    fresh.delete()


def _fields(content: StandardEntry) -> dict[str, object]:
    window = content.window_months
    if window is not None and not 1 <= window <= LONGEST_WINDOW:
        raise Invalid(
            f"材料时限“{window}”无法使用。请填 1 至 {LONGEST_WINDOW} 个月；不限请留空。",
            field="window_months",
        )
    return {
        "code": required_line(content.code, label="编号", longest=40, field="code"),
        "text": required(clean_text(content.text), label="标准", field="text"),
        "weight": checked_weight(content.weight),
        "window_months": window,
        "owner_hints": list(split_names("、".join(content.owner_hints))),
        "source": not_longer(clean_line(content.source), label="来源", longest=300),
    }


def _in_order(methods: Sequence[MethodEntry]) -> tuple[MethodEntry, ...]:
    """Clean the methods and bring them into the order of the enum."""
    cleaned = [
        MethodEntry(
            method=each.method,
            weight=checked_weight(each.weight),
            requirement=not_longer(clean_text(each.requirement), label="测评方法的要求"),
        )
        for each in methods
    ]
    order = list(type(cleaned[0].method)) if cleaned else []
    return tuple(sorted(cleaned, key=lambda each: order.index(each.method)))


def _write_methods(standard: Standard, methods: Sequence[MethodEntry]) -> None:
    if len({each.method for each in methods}) != len(methods):
        raise Invalid("同一种测评方法写了两次。请合并为一条。", field="methods")
    StandardMethod.objects.bulk_create(
        StandardMethod(
            standard=standard,
            method=each.method,
            weight=each.weight,
            requirement=each.requirement,
        )
        for each in _in_order(methods)
    )


def _write_links(standard: Standard, names: Sequence[str]) -> None:
    found = {each.name: each for each in Indicator.objects.filter(name__in=names)}
    unknown = "”、“".join(name for name in names if name not in found)
    if unknown:
        raise Invalid(f"没有指标“{unknown}”。请检查名称，或先建立指标。", field="indicators")
    StandardIndicator.objects.bulk_create(
        StandardIndicator(standard=standard, indicator=each) for each in found.values()
    )


def _names(methods: Sequence[MethodEntry]) -> list[str]:
    return [f"{each.method.label} {each.weight or ''}".strip() for each in methods]


def _taken(code: str) -> str:
    return f"本版本已有编号“{code}”的标准。请换一个编号。"
