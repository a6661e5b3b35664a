"""Reading site types, checklists, their groups and lines; every bad cell is noted."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from chuangwen.framework.checklist_definitions import (
    LONGEST_DAYS,
    PERCENT_SHAPES,
    head_faults,
    line_faults,
)
from chuangwen.framework.checklist_document import (
    ChecklistEntry,
    GroupEntry,
    LineEntry,
    SiteTypeEntry,
)
from chuangwen.framework.enums import LineShape, PassRule, PhotoRule, SiteShape
from chuangwen.framework.exchange.cells import Cells, E
from chuangwen.framework.exchange.layout import CHECKLISTS, GROUPS, LINES, SITE_TYPES, Tables
from chuangwen.framework.wording import clean_line
from chuangwen.kit.errors import Problems

Groups = dict[str, dict[str, list[LineEntry]]]


def read_site_types(tables: Tables, problems: Problems) -> tuple[SiteTypeEntry, ...]:
    """Return the site types in the order of the rows; codes and names are unique."""
    entries = []
    seen: dict[str, set[str]] = {"code": set(), "name": set()}
    for row in tables.get(SITE_TYPES.key, []):
        cells = Cells(row, problems)
        entry = SiteTypeEntry(
            code=cells.line("code", longest=40, required=True),
            name=cells.line("name", longest=100, required=True),
            shape=_chosen(cells, "shape", SiteShape) or SiteShape.PLACE,
            note=cells.text("note"),
        )
        for key, known in seen.items():
            written = getattr(entry, key)
            if written in known:
                cells.note(key, f"“{written}”重复。", "请换一个。")
            known.add(written)
        entries.append(entry)
    return tuple(entries)


def read_checklists(
    tables: Tables, standards: Collection[str], problems: Problems
) -> tuple[ChecklistEntry, ...]:
    """Return the checklists in the order of the rows, with the lines of every group."""
    types = {clean_line(row.cells.get("code", "")) for row in tables.get(SITE_TYPES.key, [])}
    heads: dict[str, ChecklistEntry] = {}
    for row in tables.get(CHECKLISTS.key, []):
        cells = Cells(row, problems)
        head = _read_head(cells)
        if head.site_type and head.site_type not in types:
            cells.note(
                "site_type", f"“点位类型”中没有编号“{head.site_type}”。", "请检查，或在那里补上。"
            )
        if head.site_type in heads:
            cells.note("site_type", f"“{head.site_type}”的测评表写了两次。", "请合并。")
        heads.setdefault(head.site_type, head)
    groups = _read_groups(tables, heads, problems)
    _read_lines(tables, groups, standards, problems)
    return tuple(
        ChecklistEntry(
            site_type=head.site_type,
            pass_rule=head.pass_rule,
            pass_percent=head.pass_percent,
            note=head.note,
            source=head.source,
            groups=tuple(
                GroupEntry(title=title, lines=tuple(lines))
                for title, lines in groups[head.site_type].items()
            ),
        )
        for head in heads.values()
    )


def _read_head(cells: Cells) -> ChecklistEntry:
    rule = _chosen(cells, "pass_rule", PassRule)
    head = ChecklistEntry(
        site_type=cells.line("site_type", longest=40, required=True),
        pass_rule=rule or PassRule.ALL_LINES,
        pass_percent=cells.percent("pass_percent"),
        note=cells.text("note"),
        source=cells.line("source", longest=300),
    )
    if rule is not None and (
        head.pass_percent is not None or not cells.raw("pass_percent").strip()
    ):
        for key, message in head_faults(head):
            cells.note(key, message, "")
    return head


def _read_groups(tables: Tables, heads: Collection[str], problems: Problems) -> Groups:
    groups: Groups = defaultdict(dict)
    for row in tables.get(GROUPS.key, []):
        cells = Cells(row, problems)
        site_type = cells.line("site_type", longest=40)
        title = cells.line("title", longest=100, required=True)
        if site_type not in heads:
            cells.note("site_type", f"没有点位类型“{site_type}”的测评表。", "请检查编号。")
        if title in groups[site_type]:
            cells.note("title", f"分组“{title}”重复。", "请合并，或换一个名称。")
        groups[site_type].setdefault(title, [])
    return groups


def _read_lines(
    tables: Tables, groups: Groups, standards: Collection[str], problems: Problems
) -> None:
    seen: set[tuple[str, str]] = set()
    for row in tables.get(LINES.key, []):
        cells = Cells(row, problems)
        site_type = cells.line("site_type", longest=40)
        title = cells.line("group", longest=100)
        line = read_line(cells)
        if title not in groups[site_type]:
            cells.note(
                "group",
                f"点位类型“{site_type}”没有分组“{title}”。",
                f"请检查，或在“{GROUPS.title}”中补上。",
            )
        if (site_type, line.code) in seen:
            cells.note("code", f"编号“{line.code}”重复。", "请换一个编号。")
        if line.standard and line.standard not in standards:
            cells.note("standard", f"没有编号“{line.standard}”的标准。", "请检查标准编号。")
        seen.add((site_type, line.code))
        groups[site_type].setdefault(title, []).append(line)


def read_line(cells: Cells) -> LineEntry:
    """Return the line of a row; everything that does not fit is noted."""
    shape = _chosen(cells, "shape", LineShape)
    weight = cells.number("weight")
    line = LineEntry(
        code=cells.line("code", longest=40, required=True),
        text=cells.text("text", required=True),
        shape=shape or LineShape.EXISTS,
        threshold=cells.percent("threshold")
        if shape in PERCENT_SHAPES
        else cells.number("threshold", unit="%"),
        unit=cells.line("unit", longest=20),
        per=cells.number("per"),
        per_unit=cells.line("per_unit", longest=20),
        photo=cells.choice("photo", PhotoRule) or PhotoRule.ON_FAILURE,
        weight=Decimal(1) if weight is None else weight,
        is_veto=cells.flag("is_veto", default=False),
        may_not_apply=cells.flag("may_not_apply", default=True),
        category=cells.line("category", longest=60),
        days=cells.whole("days", largest=LONGEST_DAYS),
        standard=cells.line("standard", longest=40),
        guidance=cells.text("guidance"),
        source=cells.line("source", longest=300),
    )
    if shape is not None:
        unread = {key for key in ("threshold", "per") if cells.raw(key).strip()}
        unread -= {key for key in unread if getattr(line, key) is not None}
        for key, message in line_faults(line):
            if key not in unread | {"days"}:  # these were noted by their cells
                cells.note(key, message, "")
    return line


def _chosen(cells: Cells, key: str, choices: type[E]) -> E | None:
    member = cells.choice(key, choices)
    if member is None and not cells.raw(key).strip():
        labels = "、".join(str(each.label) for each in choices)  # type: ignore[attr-defined]
        cells.note(key, "没有填写。", f"请填 {labels} 之一。")
    return member
