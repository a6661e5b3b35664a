"""Site types: they outlive the versions, as indicators do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.framework.actions.saving import (
    apply_changes,
    in_new_order,
    require_current,
    unique,
)
from chuangwen.framework.checklist_definitions import cleaned_site_type
from chuangwen.framework.checklist_document import SiteTypeEntry
from chuangwen.framework.enums import SiteShape, VersionState
from chuangwen.framework.models import Checklist, SiteType
from chuangwen.kit.errors import Invalid, NotFound, Problems
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def add_site_type(*, content: SiteTypeEntry, by: Actor) -> SiteType:
    """Add a site type at the end. Raises NotPermitted, and Invalid for a bad or used value."""
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_site_type(content)
    site_type = SiteType(position=_next_position(), **_fields(cleaned))
    with unique(_taken(cleaned), field="code"):
        site_type.save(force_insert=True)
    record(by=by, verb="site_type.added", on=site_type, code=[None, site_type.code])
    return site_type


@transaction.atomic
def edit_site_type(
    *, site_type: SiteType, content: SiteTypeEntry, base_version: int, by: Actor
) -> SiteType:
    """Change a site type. Raises like `add_site_type`, NotFound, and StaleEdit.

    Its shape stays once a published version has its checklist: lines were written for that shape.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_site_type(content)
    fresh = _locked(site_type)
    require_current(fresh, base_version)
    changes = apply_changes(fresh, _fields(cleaned))
    if "shape" in changes:
        _require_free_shape(fresh, SiteShape(changes["shape"][0]))
    if changes:
        with unique(_taken(cleaned), field="code"):
            fresh.save(update_fields=[*changes, "version"])
        record(by=by, verb="site_type.edited", on=fresh, **changes)
    return fresh


@transaction.atomic
def move_site_type(*, site_type: SiteType, step: int, by: Actor) -> None:
    """Let a site type change places with the one before (-1) or after (+1) it, if there is one."""
    by.require(Permission.MANAGE_FRAMEWORK)
    rows = list(SiteType.objects.select_for_update().order_by("position", "pk"))
    if moved := in_new_order(rows, site_type.pk, step):
        SiteType.objects.bulk_update(moved.rows, ["position"], batch_size=500)
        record(by=by, verb="site_type.moved", on=site_type, place=moved.place)


@transaction.atomic
def remove_site_type(*, site_type: SiteType, base_version: int, by: Actor) -> None:
    """Delete a site type that nothing uses. Raises Invalid where something does, and StaleEdit."""
    by.require(Permission.MANAGE_FRAMEWORK)
    fresh = _locked(site_type)
    require_current(fresh, base_version)
    record(by=by, verb="site_type.removed", on=fresh, code=[fresh.code, None])
    try:
        fresh.delete()
    except ProtectedError as error:
        kinds = "、".join(
            sorted({str(type(each)._meta.verbose_name) for each in error.protected_objects})
        )
        raise Invalid(
            f"“{site_type.name}”还在使用（{kinds}），没有删除。请先改用其他类型。"
        ) from error


@transaction.atomic
def enter_site_types(*, contents: Iterable[SiteTypeEntry], by: Actor) -> dict[str, SiteType]:
    """Find or add each type by its code; return all of them by code.

    One that is known is used as it is. Raises ImportRefused where a known code has another name
    or shape, or a known name another code: that is for a person to settle.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    entries = [cleaned_site_type(each) for each in contents]
    if not entries:
        return {}
    every = list(SiteType.objects.all())
    known = {each.code: each for each in every}
    _refuse_others(entries, known, {each.name: each for each in every})
    position = _next_position()
    made = [
        SiteType(position=position + place, **_fields(each))
        for place, each in enumerate(each for each in entries if each.code not in known)
    ]
    SiteType.objects.bulk_create(made, batch_size=500)
    record_all(
        by=by,
        entries=[Entry("site_type.added", each, {"code": [None, each.code]}) for each in made],
    )
    return known | {each.code: each for each in made}


def _refuse_others(
    entries: Iterable[SiteTypeEntry],
    by_code: Mapping[str, SiteType],
    by_name: Mapping[str, SiteType],
) -> None:
    problems = Problems()
    for each in entries:
        same, namesake = by_code.get(each.code), by_name.get(each.name)
        if same is not None and (same.name, same.shape) != (each.name, each.shape):
            problems.add(
                f"点位类型“{each.code}”",
                f"系统中已有这个编号，是“{same.name}”（{same.get_shape_display()}）。",
                "请在文件中改用系统的名称和形态，或换一个编号。",
            )
        elif same is None and namesake is not None:
            problems.add(
                f"点位类型“{each.code}”",
                f"系统中已有“{each.name}”，编号是“{namesake.code}”。",
                "请在文件中改用系统的编号，或换一个名称。",
            )
    problems.raise_if_any()


def _locked(site_type: SiteType) -> SiteType:
    found = SiteType.objects.select_for_update().filter(pk=site_type.pk).first()
    if found is None:
        raise NotFound(f"没有找到点位类型“{site_type.name}”，可能已被删除。请刷新页面查看。")
    return found


def _require_free_shape(site_type: SiteType, before: SiteShape) -> None:
    used = Checklist.objects.filter(
        site_type=site_type, framework_version__state=VersionState.PUBLISHED
    )
    if used.exists():
        raise Invalid(
            f"“{site_type.name}”在已发布的版本中有测评表，形态不能再改（现为{before.label}）。"
            "请新建一个类型。",
            field="shape",
        )


def _next_position() -> int:
    last = SiteType.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _fields(entry: SiteTypeEntry) -> dict[str, Any]:
    return {"code": entry.code, "name": entry.name, "shape": entry.shape, "note": entry.note}


def _taken(entry: SiteTypeEntry) -> str:
    return f"已有编号“{entry.code}”或名称“{entry.name}”的点位类型。请换一个，或使用现有类型。"
