"""What a well-formed site type, checklist and check line is. Plain data in, cleaned data out."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from chuangwen.framework.checklist_document import ChecklistEntry, LineEntry, SiteTypeEntry
from chuangwen.framework.enums import LineShape, PassRule
from chuangwen.framework.judging import MEASURED
from chuangwen.framework.wording import clean_line, clean_text, not_longer, required, required_line
from chuangwen.kit.errors import Invalid

LARGEST_THRESHOLD = Decimal("99999999.9999")
LARGEST_WEIGHT = Decimal("99999.9999")
LONGEST_DAYS = 366
HUNDRED = Decimal(100)
PERCENT_SHAPES = {LineShape.RATIO, LineShape.BEHAVIOUR}
PER_UNITS = ("米", "平方米")

FieldFault = tuple[str, str]


def cleaned_site_type(entry: SiteTypeEntry) -> SiteTypeEntry:
    """Return the type with cleaned texts. Raises Invalid when one is empty or too long."""
    return SiteTypeEntry(
        code=required_line(entry.code, label="编号", longest=40, field="code"),
        name=required_line(entry.name, label="名称", longest=100, field="name"),
        shape=entry.shape,
        note=not_longer(clean_text(entry.note), label="说明", field="note"),
    )


def cleaned_head(entry: ChecklistEntry) -> ChecklistEntry:
    """Return the checklist's own fields cleaned, its groups as they are. Raises Invalid."""
    cleaned = replace(
        entry,
        note=not_longer(clean_text(entry.note), label="说明", field="note"),
        source=not_longer(clean_line(entry.source), label="来源", longest=300, field="source"),
    )
    for field, message in head_faults(cleaned):
        raise Invalid(message, field=field)
    return cleaned


def head_faults(entry: ChecklistEntry) -> Iterator[FieldFault]:
    """Yield (field, message) for everything of a checklist's rule that does not fit."""
    percent = entry.pass_percent
    if entry.pass_rule is PassRule.ALL_LINES and percent is not None:
        yield "pass_percent", "“各项全部达标”没有合格线。请清空，或改达标规则。"
    if entry.pass_rule is PassRule.SCORE:
        if percent is None:
            yield "pass_percent", "按得分达标的须写合格线。请填 0 至 100。"
        elif not _fits(percent, HUNDRED, places=2):
            yield "pass_percent", f"合格线“{percent}”无法使用。请填 0 至 100，至多两位小数。"


def cleaned_title(title: str) -> str:
    """Return the title of a group. Raises Invalid when it is empty or too long."""
    return required_line(title, label="分组", longest=100, field="title")


def cleaned_line(entry: LineEntry) -> LineEntry:
    """Return the line with cleaned texts.

    Raises Invalid, naming the field, for an empty or too long text and for numbers that do not fit
    the shape.
    """
    cleaned = replace(
        entry,
        code=required_line(entry.code, label="编号", longest=40, field="code"),
        text=required(clean_text(entry.text), label="测评项", field="text"),
        unit=not_longer(clean_line(entry.unit), label="计量单位", longest=20, field="unit"),
        per_unit=not_longer(clean_line(entry.per_unit), label="单位", longest=20, field="per_unit"),
        category=not_longer(
            clean_line(entry.category), label="问题类别", longest=60, field="category"
        ),
        standard=clean_line(entry.standard),
        guidance=not_longer(clean_text(entry.guidance), label="说明", field="guidance"),
        source=not_longer(clean_line(entry.source), label="来源", longest=300, field="source"),
    )
    for field, message in line_faults(cleaned):
        raise Invalid(message, field=field)
    return cleaned


def line_faults(line: LineEntry) -> Iterator[FieldFault]:
    """Yield (field, message) for everything of a cleaned line that does not fit its shape."""
    shape = line.shape.label
    if line.shape not in MEASURED and line.threshold is not None:
        yield "threshold", f"“{shape}”的测评项没有要求的数。请清空，或改记录方式。"
    if line.shape in MEASURED:
        if line.threshold is None:
            yield "threshold", f"“{shape}”的测评项须写要求的数。请补上。"
        else:
            yield from _threshold_faults(line, line.threshold)
    yield from _per_faults(line)
    if not _fits(line.weight, LARGEST_WEIGHT):
        yield "weight", f"权重“{line.weight}”无法使用。请填 0 至 {LARGEST_WEIGHT} 的数。"
    if line.is_veto and line.shape is LineShape.FREE:
        yield "is_veto", "只记录不判定的测评项不能一票否决。"
    if line.days is not None and not 1 <= line.days <= LONGEST_DAYS:
        yield "days", f"时限“{line.days}”无法使用。请填 1 至 {LONGEST_DAYS} 的整数，或留空。"


def _threshold_faults(line: LineEntry, threshold: Decimal) -> Iterator[FieldFault]:
    largest = HUNDRED if line.shape in PERCENT_SHAPES else LARGEST_THRESHOLD
    if not _fits(threshold, largest):
        yield "threshold", f"要求“{threshold}”无法使用。请填 0 至 {largest} 的数，至多四位小数。"


def _per_faults(line: LineEntry) -> Iterator[FieldFault]:
    if line.shape is not LineShape.DENSITY:
        if line.per is not None:
            yield "per", "只有密度的测评项写“每多少米或平方米”。请清空，或改记录方式。"
        if line.per_unit:
            yield "per_unit", "只有密度的测评项写长度或面积单位。请清空，或改记录方式。"
        return
    if line.per is None or not line.per or not _fits(line.per, LARGEST_THRESHOLD):
        yield (
            "per",
            f"密度的测评项须写每多少米或平方米。请填大于 0、至多 {LARGEST_THRESHOLD} 的数。",
        )
    if line.per_unit not in PER_UNITS:
        yield "per_unit", f"密度的测评项须写长度或面积单位。请填 {' 或 '.join(PER_UNITS)}。"


def _fits(number: Decimal, largest: Decimal, places: int = 4) -> bool:
    return number.is_finite() and 0 <= number <= largest and number == round(number, places)
