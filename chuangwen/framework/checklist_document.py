"""Site types and checklists as plain data: what is edited, imported, copied and compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from chuangwen.framework.enums import LineShape, PassRule, PhotoRule, SiteShape


@dataclass(frozen=True, kw_only=True)
class SiteTypeEntry:
    """A 点位类型."""

    code: str
    name: str
    shape: SiteShape = SiteShape.PLACE
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """A 测评项. `standard` is the code of a standard of the same version."""

    code: str
    text: str
    shape: LineShape = LineShape.EXISTS
    threshold: Decimal | None = None
    unit: str = ""
    per: Decimal | None = None
    per_unit: str = ""
    photo: PhotoRule = PhotoRule.ON_FAILURE
    weight: Decimal = Decimal(1)
    is_veto: bool = False
    may_not_apply: bool = True
    category: str = ""
    days: int | None = None
    standard: str = ""
    guidance: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupEntry:
    """A heading with its lines."""

    title: str
    lines: tuple[LineEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChecklistEntry:
    """The 测评表 of a site type, which it names by code."""

    site_type: str
    pass_rule: PassRule = PassRule.ALL_LINES
    pass_percent: Decimal | None = None
    note: str = ""
    source: str = ""
    groups: tuple[GroupEntry, ...] = ()

    @property
    def lines(self) -> Iterator[LineEntry]:
        """All lines in their order."""
        return (line for group in self.groups for line in group.lines)
