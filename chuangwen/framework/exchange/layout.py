"""The tables of a framework file: sheets of the workbook, keys of the YAML file."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """`key` names it in YAML, `title` heads it in a sheet, `width` is in characters."""

    key: str
    title: str
    width: int = 16


@dataclass(frozen=True)
class Table:
    """One kind of row."""

    key: str
    title: str
    columns: tuple[Column, ...]

    def title_of(self, key: str) -> str:
        """The Chinese title of a column."""
        return next(column.title for column in self.columns if column.key == key)


class Numeral(str):
    """Words that were a number in a spreadsheet, whose format nobody has seen: 90% is 0.9 there."""


@dataclass(frozen=True)
class Row:
    """A row as it was written; missing cells are empty. Places say where it stands in the file."""

    table: Table
    place: str
    cells: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)

    def where(self, key: str) -> str:
        """The place of one cell: 工作表“测评标准”第 12 行“权重”."""
        return f"{self.places.get(key, self.place)}“{self.table.title_of(key)}”"


CODE, NOTE = Column("code", "编号", 12), Column("requirement", "要求", 48)
WEIGHT = Column("weight", "权重", 10)

FRAMEWORK = Table(
    "framework",
    "体系",
    (
        Column("name", "名称", 40),
        Column("standing", "性质", 20),
        Column("label", "版本名称", 16),
        Column("source", "来源", 40),
        Column("note", "说明", 60),
    ),
)
NODES = Table(
    "nodes",
    "目录",
    (
        Column("level", "层级", 14),
        CODE,
        Column("parent", "上级编号", 12),
        Column("title", "名称", 60),
    ),
)
STANDARDS = Table(
    "standards",
    "测评标准",
    (
        Column("node", "Ⅲ编号", 12),
        CODE,
        Column("text", "标准", 80),
        WEIGHT,
        Column("window_months", "材料时限（月）", 12),
        Column("owner_hints", "责任单位提示", 32),
        Column("source", "来源", 32),
    ),
)
METHODS = Table(
    "methods",
    "测评方法",
    (Column("standard", "标准编号", 12), Column("method", "测评方法"), WEIGHT, NOTE),
)
LINKS = Table(
    "indicator_links",
    "标准指标",
    (Column("standard", "标准编号", 12), Column("indicator", "指标名称", 48)),
)
INDICATORS = Table(
    "indicators",
    "指标",
    (
        Column("name", "指标名称", 40),
        Column("kind", "类别", 10),
        Column("operator", "比较", 8),
        Column("value", "目标值", 10),
        Column("unit", "计量单位", 10),
        Column("scope", "范围", 20),
        Column("references", "参照", 32),
        Column("alternative_of", "可替代的指标", 32),
        Column("text", "原文", 60),
        Column("source", "来源", 32),
    ),
)
CLAUSES = Table(
    "clauses",
    "指标依据",
    (Column("indicator", "指标名称", 40), Column("source", "条款", 32), Column("text", "原文", 60)),
)
SITE_TYPES = Table(
    "site_types",
    "点位类型",
    (CODE, Column("name", "名称", 24), Column("shape", "形态", 12), Column("note", "说明", 60)),
)
SITE_TYPE = Column("site_type", "点位类型编号", 14)
CHECKLISTS = Table(
    "checklists",
    "测评表",
    (
        SITE_TYPE,
        Column("pass_rule", "达标规则", 18),
        Column("pass_percent", "合格线（%）", 12),
        Column("note", "说明", 60),
        Column("source", "来源", 32),
    ),
)
GROUPS = Table("groups", "测评项分组", (SITE_TYPE, Column("title", "分组", 32)))
LINES = Table(
    "lines",
    "测评项",
    (
        SITE_TYPE,
        Column("group", "分组", 20),
        CODE,
        Column("text", "测评项", 60),
        Column("shape", "记录方式", 20),
        Column("threshold", "要求", 10),
        Column("unit", "计量单位", 10),
        Column("per", "每", 10),
        Column("per_unit", "长度或面积单位", 12),
        Column("photo", "照片", 16),
        WEIGHT,
        Column("is_veto", "一票否决", 10),
        Column("may_not_apply", "可不适用", 10),
        Column("category", "问题类别", 16),
        Column("days", "整改时限（工作日）", 12),
        Column("standard", "标准编号", 12),
        Column("guidance", "说明", 60),
        Column("source", "来源", 32),
    ),
)
TABLES = (
    FRAMEWORK,
    NODES,
    STANDARDS,
    METHODS,
    LINKS,
    INDICATORS,
    CLAUSES,
    SITE_TYPES,
    CHECKLISTS,
    GROUPS,
    LINES,
)

Tables = dict[str, list[Row]]
