"""States and kinds of the framework room, with their Chinese names."""

from django.db import models


class Standing(models.TextChoices):
    """Where the text of a framework comes from; pages say so wherever it is shown."""

    OFFICIAL = "official", "正式文本"
    LOCAL = "local", "本地细则"
    REFERENCE = "reference", "参考模板（非官方）"


class VersionState(models.TextChoices):
    """A draft may be edited; a published version never changes again."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"


class Level(models.IntegerChoices):
    """The three levels of the tree above the numbered standards."""

    PROJECT = 1, "Ⅰ测评项目"
    INDICATOR = 2, "Ⅱ指标"
    CONTENT = 3, "Ⅲ测评内容"


class Method(models.TextChoices):
    """How a standard is assessed; one standard may have several."""

    DOCUMENTS = "documents", "材料审核"
    FIELD_VISIT = "field_visit", "实地考察"
    SURVEY = "survey", "问卷调查"
    DEPARTMENT_OPINION = "department_opinion", "部门意见"


class Relation(models.TextChoices):
    """What became of a standard in a later version."""

    SAME = "same", "未变"
    CHANGED = "changed", "修改"
    SPLIT = "split", "拆分"
    MERGED = "merged", "合并"
    DROPPED = "dropped", "取消"


class IndicatorKind(models.TextChoices):
    """How an indicator is judged."""

    NUMERIC = "numeric", "数值"
    RELATIVE = "relative", "相对值"
    QUALITATIVE = "qualitative", "定性"


class Operator(models.TextChoices):
    """Comparison of a value with its target. Strict and inclusive differ: 参与率 >98 %."""

    AT_LEAST = ">=", "≥"
    MORE_THAN = ">", ">"
    AT_MOST = "<=", "≤"
    LESS_THAN = "<", "<"
    EQUAL = "=", "="


class ReferenceKind(models.TextChoices):
    """What a relative indicator is compared with."""

    NATIONAL_AVERAGE = "national_average", "全国同类平均"
    PROVINCIAL_AVERAGE = "provincial_average", "全省同类平均"
    PREVIOUS_YEAR = "previous_year", "上年"
    ASSIGNED = "assigned", "上级下达指标"


class ValueState(models.TextChoices):
    """A reported value on its way to counting."""

    REPORTED = "reported", "待审核"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"


class SiteShape(models.TextChoices):
    """What a site of a type is on the ground; a telephone check is nowhere."""

    PLACE = "place", "一处场所"
    STREET = "street", "一条街路"
    ROUTE = "route", "一条线路"
    TELEPHONE = "telephone", "电话测评"


class PassRule(models.TextChoices):
    """When a site passes; a failed veto line fails it under either rule."""

    ALL_LINES = "all_lines", "各项全部达标"
    SCORE = "score", "得分达到合格线"


class LineShape(models.TextChoices):
    """What an inspector records on a check line, and so how the line is judged."""

    EXISTS = "exists", "有无设施"
    COUNT = "count", "数量不少于"
    DENSITY = "density", "按长度或面积的密度"
    RATIO = "ratio", "比例不低于"
    ABSENCE = "absence", "无某种现象"
    BEHAVIOUR = "behaviour", "行为观察"
    FREE = "free", "只记录不判定"


class PhotoRule(models.TextChoices):
    """Whether a line needs a photo before a visit can be sealed."""

    NEVER = "never", "不需照片"
    ON_FAILURE = "on_failure", "不达标须拍照"
    ALWAYS = "always", "每次须拍照"


class Outcome(models.TextChoices):
    """The judgement of one check line."""

    PASSED = "passed", "达标"
    FAILED = "failed", "未达标"
    NOT_APPLICABLE = "not_applicable", "不适用"
    RECORDED = "recorded", "只记录"
