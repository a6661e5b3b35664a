"""From an indicator item's values to what it demands, in the framework's own terms."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from chuangwen.framework.document import IndicatorEntry
from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind
from chuangwen.framework.wording import read_number
from chuangwen.kit.errors import Invalid
from chuangwen.plan.models import ImportItem

# Words of a reference, and the series of the framework that they name.
REFERENCES = (
    (re.compile(r"全国|国家(?!标准)"), "平均|水平", ReferenceKind.NATIONAL_AVERAGE),
    (re.compile(r"[全我本]省|省(?:内|级)?"), "平均|水平", ReferenceKind.PROVINCIAL_AVERAGE),
    (re.compile(r"上年|上一年|去年|前一年|同期"), "", ReferenceKind.PREVIOUS_YEAR),
    (re.compile(r"下达|规划指标|控制指标|目标任务|核定|计划"), "", ReferenceKind.ASSIGNED),
)
NAMED = {str(kind.label): kind for kind in ReferenceKind}


def entry_of(item: ImportItem, *, name: str, text: str, clause: str) -> IndicatorEntry:
    """Return the item as an indicator's definition.

    What the framework cannot compare (a change by an amount, a reference of which there is no
    series) becomes a yes/no indicator: a person judges it by its words. Raises Invalid for a
    number that is none.
    """
    data = item.data
    kind, operator, value = demanded(item)
    references = references_of(data.get("reference")) if kind is IndicatorKind.RELATIVE else ()
    compared = kind is IndicatorKind.NUMERIC and value is not None
    compared = compared or (bool(references) and value is None)
    return IndicatorEntry(
        name=name,
        kind=kind if compared else IndicatorKind.QUALITATIVE,
        operator=operator if compared else None,
        value=value if compared else None,
        unit=str(data.get("unit") or "") if compared else "",
        scope=str(data.get("scope") or ""),
        text=text,
        source=clause,
        references=references if compared else (),
    )


def demanded(item: ImportItem) -> tuple[IndicatorKind, Operator | None, Decimal | None]:
    """Return kind, comparison and exact number as the clause states them: 87.5 stays 87.5."""
    data = item.data
    try:
        kind = IndicatorKind(data.get("kind") or IndicatorKind.QUALITATIVE)
        operator = Operator(data["operator"]) if data.get("operator") else None
    except ValueError as error:
        raise Invalid(
            f"指标“{item}”的类别“{data.get('kind')}”或比较符“{data.get('operator')}”无法识别。"
            "请在核对页改正。"
        ) from error
    value = _number(item, _end_that_counts(data, operator))
    if kind is not IndicatorKind.QUALITATIVE and operator is None:
        operator = Operator.EQUAL
    return kind, operator, value


def references_of(written: Any) -> tuple[ReferenceKind, ...]:
    """Return the series that the words of a reference name; several mean that any one suffices."""
    text = str(written or "")
    if text in NAMED:
        return (NAMED[text],)
    return tuple(
        kind
        for words, also, kind in REFERENCES
        if words.search(text) and (not also or re.search(also, text))
    )


def indicator_key(name: str, district: str) -> str:
    """Return what makes two names one indicator: width, blanks, 的 and the district aside.

    全民法治宣传教育的普及率 and 全民法治宣传教育普及率 are one; so are 区图书馆… and 东区图书馆….
    """
    plain = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    for prefix in _district_names(district):
        if plain.startswith(prefix) and len(plain) - len(prefix) >= 4:
            plain = plain.removeprefix(prefix)
            break
    return plain.replace("的", "").replace("委员会", "委")


def _district_names(district: str) -> list[str]:
    if not district or district[-1] not in "市区县旗":
        return []
    short = re.split(r"[省市州盟](?=.)", district)[-1]
    kind = district[-1]
    return [district, short, *(f"{word}{kind}" for word in "我全本辖"), kind]


def _end_that_counts(data: dict[str, Any], operator: Operator | None) -> Any:
    """Of a range, at most means its upper end."""
    upper = data.get("upper")
    is_most = operator in {Operator.AT_MOST, Operator.LESS_THAN}
    return upper if is_most and upper not in (None, "") else data.get("value")


def _number(item: ImportItem, raw: Any) -> Decimal | None:
    if raw is None or raw == "":
        return None
    try:
        return read_number(str(raw), unit=str(item.data.get("unit") or ""))
    except Invalid as error:
        raise Invalid(f"指标“{item}”：{error.message}请在核对页改正。") from error
