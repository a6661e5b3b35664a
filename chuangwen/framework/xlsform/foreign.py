"""Questions of other programs' XLSForms: which kinds are understood, and what is said of others."""

from collections.abc import Iterator
from dataclasses import replace

from chuangwen.framework.checklist_document import LineEntry
from chuangwen.framework.enums import LineShape, PhotoRule
from chuangwen.framework.wording import LONGEST_TEXT, clean_line
from chuangwen.framework.xlsform.layout import METADATA
from chuangwen.framework.xlsform.sheets import Form, SheetRow

POSITIVE = {"yes", "y", "1", "true", "found", "ok", "是", "有", "符合", "达标", "合格"}
NEGATIVE = {"no", "n", "0", "false", "none", "否", "没有", "无", "不符合", "未达标", "不合格"}
INAPPLICABLE = {"na", "n_a", "n/a", "not_applicable", "不适用", "无此项"}
REQUIRED = {"yes", "true", "true()", "1", "是"}
NUMBERS = {"integer", "decimal", "int", "range"}
TEXTS = {"text", "string"}
PHOTOS = {"image", "photo"}
IF_BAD = (
    f"如果问的是不该有的情况（如乱扔垃圾），请在测评项中把记录方式改为“{LineShape.ABSENCE.label}”。"
)
CONDITIONS = {
    "relevant": "显示条件",
    "constraint": "取值范围",
    "calculation": "计算",
    "choice_filter": "选项筛选",
    "default": "默认值",
    "repeat_count": "重复次数",
}


def is_metadata(kind: str) -> bool:
    """Whether a row is what a phone notes by itself, as ours does anyway."""
    return kind in METADATA


class ForeignRow:
    """One question of a form that we did not write."""

    def __init__(self, row: SheetRow, form: Form) -> None:
        self.row = row
        self.form = form
        self.kind, _, self.list_name = row.line("type").partition(" ")
        self.kind = self.kind.lower()
        self.remarks: list[tuple[str, str]] = []

    @property
    def is_photo(self) -> bool:
        """Whether the question is a photo of the line above."""
        return self.kind in PHOTOS

    def photo_of(self, line: LineEntry) -> LineEntry:
        """Return the line above with the rule that this photo question says."""
        always = self._required and not self.row.line("relevant")
        if not always:
            self.remarks.append(
                ("照片不是每次必拍，改为“不达标须拍照”。", "如有不同，请在测评项中修改。")
            )
        return replace(line, photo=PhotoRule.ALWAYS if always else PhotoRule.ON_FAILURE)

    def line(self) -> LineEntry | None:
        """Return the line that this question is, None when it is none of ours."""
        label = self.row.words("label", self.form.languages)
        shape, may_not_apply = self._shape()
        code = self.row.line("name")
        if shape is None:
            return None
        if not label or not code:
            self.remarks.append(("没有名称或标题，没有采用。", "请补上 name 和 label。"))
            return None
        if len(code) > 40 or len(label) > LONGEST_TEXT:
            self.remarks.append(("名称或标题过长，没有采用。", "请缩短。"))
            return None
        self.remarks += list(self._conditions())
        return LineEntry(
            code=code,
            text=label,
            shape=shape,
            photo=PhotoRule.NEVER if shape is LineShape.FREE else PhotoRule.ON_FAILURE,
            may_not_apply=may_not_apply,
            guidance=self.row.words("hint", self.form.languages)[:LONGEST_TEXT],
        )

    def _shape(self) -> tuple[LineShape | None, bool]:
        if self.kind in {"select_one", "select1"}:
            return self._choice()
        if self.kind in TEXTS:
            return LineShape.FREE, not self._required
        if self.kind in NUMBERS:
            self.remarks.append(
                ("数字题没有写怎样算达标，作为“只记录不判定”采用。", "请在测评项中写明要求。")
            )
            return LineShape.FREE, not self._required
        words = "照片前面没有测评项" if self.is_photo else f"不认识的题型“{self.kind[:30]}”"
        self.remarks.append((f"{words}，没有采用。", ""))
        return None, True

    def _choice(self) -> tuple[LineShape | None, bool]:
        options = [
            (
                clean_line(choice.line("name")),
                clean_line(choice.words("label", self.form.languages)),
            )
            for choice in self.form.choices
            if choice.line("list_name") == self.list_name.split(" ")[0]
        ]
        meanings = [_meaning({words.lower() for words in option}) for option in options]
        if sorted(set(meanings) - {"na"}) == ["no", "yes"] and len(meanings) == len(set(meanings)):
            name, label = options[meanings.index("yes")]
            self.remarks.append((f"选“{(label or name)[:30]}”算达标。", IF_BAD))
            return LineShape.EXISTS, "na" in meanings
        name = self.list_name[:30]
        self.remarks.append(
            (f"单选题“{name}”的选项不是有和没有，没有采用。", "请改为两个选项，或另加测评项。")
        )
        return None, True

    @property
    def _required(self) -> bool:
        return self.row.line("required").lower() in REQUIRED

    def _conditions(self) -> Iterator[tuple[str, str]]:
        for column, name in CONDITIONS.items():
            if self.row.line(column):
                yield f"{name}（{column}）没有采用。", ""


def _meaning(words: set[str]) -> str:
    for meaning, known in (("na", INAPPLICABLE), ("yes", POSITIVE), ("no", NEGATIVE)):
        if words & known:
            return meaning
    return "other"
