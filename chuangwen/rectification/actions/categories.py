"""Categories: entered one by one, or taken in from a file, all of it or nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.kit.errors import Invalid, NotFound, Problems, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.category_sheet import (
    CODE,
    KIND,
    NAME,
    CategoryRow,
    read_categories,
)
from chuangwen.rectification.enums import CategoryKind
from chuangwen.rectification.models import Category
from chuangwen.tenancy.models import Tenant

MAY = Permission.MANAGE_CASES


@dataclass(frozen=True)
class CategoryFacts:
    """What a category says. `working_days` None: no limit is laid down."""

    code: str
    name: str
    kind: CategoryKind
    group: str = ""
    working_days: int | None = None
    filing_condition: str = ""
    closing_condition: str = ""
    is_active: bool = True


@dataclass
class CategoryChanges:
    """What an import did, or would do."""

    made: list[Category] = field(default_factory=list)
    edited: list[tuple[Category, dict[str, list[Any]]]] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def create_category(*, facts: CategoryFacts, by: Actor) -> Category:
    """Enter a category. Raises Invalid for a code that there is."""
    by.require(MAY)
    _refuse_known(facts.code)
    category = Category.objects.create(**asdict(facts))
    record(by=by, verb="category.created", on=category, name=[None, category.name])
    return category


@transaction.atomic
def edit_category(
    *, category: Category, base_version: int, facts: CategoryFacts, by: Actor
) -> Category:
    """Change what a category says; deadlines that were set stay. Raises Invalid and StaleEdit."""
    by.require(MAY)
    locked = Category.objects.select_for_update().filter(pk=category.pk).first()
    if locked is None:
        raise NotFound("没有这个类别。请从类别清单重新进入。")
    if locked.version != base_version:
        raise StaleEdit("这个类别在您打开之后已有人修改。请核对现在的内容后再保存。")
    if facts.code != locked.code:
        _refuse_known(facts.code)
    changes = _assign(locked, asdict(facts))
    if changes:
        locked.version += 1
        locked.save()
        record(by=by, verb="category.edited", on=locked, **changes)
    return locked


@transaction.atomic
def import_categories(*, data: bytes, dry_run: bool = False, by: Actor) -> CategoryChanges:
    """Make and update categories as the .xlsx file says; `dry_run` only tells what would be.

    A row is matched by its code; an empty cell keeps what is stored. Raises ImportRefused with
    every bad cell, and Invalid for a file that cannot be read; nothing is written then.
    """
    by.require(MAY)
    # Two imports at once do not make the same code twice: who comes second waits, then compares.
    Tenant.objects.select_for_update().get(pk=by.tenant_id)
    problems = Problems()
    rows = read_categories(data, problems)
    changes = _compare(rows, problems)
    problems.raise_if_any()
    if not dry_run and (changes.made or changes.edited):
        _write(changes)
        sha256 = hashlib.sha256(data).hexdigest()
        entries = [
            Entry("categories.imported", Tenant(pk=by.tenant_id), {"sha256": sha256}, "问题类别"),
            *(Entry("category.created", one, {"name": [None, one.name]}) for one in changes.made),
            *(Entry("category.edited", one, facts) for one, facts in changes.edited),
        ]
        record_all(by=by, entries=entries)
    return changes


def _compare(rows: list[CategoryRow], problems: Problems) -> CategoryChanges:
    stored = {one.code: one for one in Category.objects.select_for_update().order_by("pk")}
    seen: dict[str, int] = {}
    changes = CategoryChanges()
    for row in rows:
        code = row.facts.get("code")
        if not code:
            continue
        if code in seen:
            problems.add(row.place(CODE), f"“{code}”与第 {seen[code]} 行重复。", "请只保留一行。")
            continue
        seen[code] = row.line
        if code in stored:
            _edit(stored[code], row, changes)
        else:
            _make(row, changes, problems)
    return changes


def _edit(category: Category, row: CategoryRow, changes: CategoryChanges) -> None:
    facts = _assign(category, row.facts)
    if facts:
        category.version += 1
        changes.edited.append((category, facts))
    else:
        changes.unchanged += 1


def _make(row: CategoryRow, changes: CategoryChanges, problems: Problems) -> None:
    for title, name in ((NAME, "name"), (KIND, "kind")):
        if name not in row.facts:
            problems.add(row.place(title), "是空的。", "新类别必须填写。")
    changes.made.append(Category(**row.facts))


def _write(changes: CategoryChanges) -> None:
    Category.objects.bulk_create(changes.made, 500)
    edited = [one for one, _ in changes.edited]
    names = [*CategoryFacts.__dataclass_fields__, "version"]
    Category.objects.bulk_update(edited, names, 500)


def _assign(category: Category, facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Put facts into a row; return field → [old, new] of those that differ."""
    changed = {
        name: [getattr(category, name), value]
        for name, value in facts.items()
        if getattr(category, name) != value
    }
    for name, (_, value) in changed.items():
        setattr(category, name, value)
    return changed


def _refuse_known(code: str) -> None:
    if Category.objects.filter(code=code).exists():
        raise Invalid(f"已有编号为“{code}”的类别。请换一个编号，或修改现有类别。", field="code")
