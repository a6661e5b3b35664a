"""What a unit writes when it reports a value, before it is stored."""

from dataclasses import dataclass
from decimal import Decimal

from chuangwen.framework.enums import IndicatorKind
from chuangwen.framework.wording import clean_line, clean_text, not_longer, required
from chuangwen.kit.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Report:
    """A number, or yes/no for a qualitative indicator; the document that proves it; a note."""

    content: Decimal | bool
    document: str
    document_name: str = ""
    note: str = ""

    def columns(self, kind: IndicatorKind) -> dict[str, Decimal | bool | str | None]:
        """Return the cleaned columns of an IndicatorValue.

        Raises Invalid when the source document is missing, or a number is given for a qualitative
        indicator (and vice versa).
        """
        is_answer = isinstance(self.content, bool)
        if is_answer != (kind is IndicatorKind.QUALITATIVE):
            raise Invalid(f"该指标应填{'数字' if is_answer else '是或否'}。", field="content")
        return {
            "number": None if is_answer else self.content,
            "answer": self.content if is_answer else None,
            "document": required(clean_text(self.document), label="来源文件", field="document"),
            "document_name": not_longer(
                clean_line(self.document_name), label="附件名称", longest=200, field="document_name"
            ),
            "note": not_longer(clean_text(self.note), label="说明", field="note"),
        }
