"""Which values of an item a reviewer may correct, and what each of them must look like."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chuangwen.kit import typed
from chuangwen.kit.errors import Invalid
from chuangwen.plan.confirming.values import UNIT_KINDS
from chuangwen.plan.enums import ItemKind, PhaseKind

OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
ROLES = {"lead": "牵头单位", "responsible": "责任单位", "supporting": "配合单位"}
INDICATOR_KINDS = {"numeric": "数值", "relative": "相对值", "qualitative": "定性"}
YES, NO = "是", "否"
ONE_LINE = 300
NUMBER = re.compile(r"-?\d{1,14}(?:\.\d{1,4})?")
MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])")
YEAR = re.compile(r"(?:19|20)\d{2}")


class BadFields(Invalid):
    """Some values cannot be accepted; `errors` has the words for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("；".join(errors.values()), field=next(iter(errors)))
        self.errors = errors


class Unreadable(ValueError):
    """A typed value is not of its field's type; the message says what to do."""


@dataclass(frozen=True)
class FieldType:
    """One value: its label, how it is read, what it may be, how it is typed in."""

    label: str
    read: Callable[[str], Any]
    required: bool = False
    choices: Mapping[str, str] | None = None
    widget: str = "text"  # text, area, date, select
    empty: Any = None  # what an empty field means


def read_text(longest: int) -> Callable[[str], str]:
    """Return a reader of texts of at most so many characters."""

    def read(raw: str) -> str:
        if len(raw) > longest:
            raise Unreadable(f"有 {len(raw)} 个字，超过 {longest} 个字。请缩短。")
        return raw

    return read


def read_number(raw: str) -> int | float:
    """Read a number with at most four decimals; whole ones stay whole."""
    plain = unicodedata.normalize("NFKC", raw).replace(",", "")
    if not NUMBER.fullmatch(plain):
        raise Unreadable("不是数字。请只填数字，如 87.5；计量单位另填。")
    value = float(plain)
    return int(plain) if "." not in plain else value


def read_date(raw: str) -> str:
    """Read a day; return it in ISO form."""
    try:
        return typed.day(raw).isoformat()
    except ValueError as error:
        raise Unreadable("不是日期。请写成 2021-08-06 的样子。") from error


def read_month(raw: str) -> str:
    """Read YYYY-MM."""
    if not MONTH.fullmatch(raw):
        raise Unreadable("不是月份。请写成 2021-08 的样子。")
    return raw


def read_year(raw: str) -> int:
    """Read a year of four digits."""
    if not YEAR.fullmatch(raw):
        raise Unreadable("不是年份。请写成 2021 的样子。")
    return int(raw)


def read_names(raw: str) -> list[str]:
    """Read names separated by 、, commas or line ends."""
    return [name.strip() for name in re.split(r"[、,，;；\n]", raw) if name.strip()]


def choice(label: str, choices: Mapping[str, str], *, required: bool = True) -> FieldType:
    """Return a field that is one of a few values."""

    def read(raw: str) -> str:
        if raw not in choices:
            raise Unreadable(f"不在可选范围。请选择“{'”“'.join(choices.values())}”之一。")
        return raw

    return FieldType(label, read, required, choices, "select")


def text(label: str, longest: int = 200, *, required: bool = False) -> FieldType:
    """Return a field of one or more lines."""
    widget = "text" if longest <= ONE_LINE else "area"
    return FieldType(label, read_text(longest), required, widget=widget, empty="")


NUMBERED = text("序号", 20)
TITLE = text("名称", required=True)
OPERATOR = choice("比较", OPERATORS, required=False)
VALUE = FieldType("数值", read_number)
MEASURE = text("计量单位", 20)
COLLECTIVE = choice("集体称谓", {YES: YES, NO: NO})
PERIOD = {"from": FieldType("起（年-月）", read_month), "to": FieldType("止（年-月）", read_month)}
FIELDS: dict[ItemKind, dict[str, FieldType]] = {
    ItemKind.DOCUMENT: {
        "title": text("名称", 300, required=True),
        "issuer": text("发文单位"),
        "date": FieldType("日期", read_date, widget="date"),
        "file_number": text("文号", 60),
        "kind": text("文种", 30),
    },
    ItemKind.UNIT: {
        "name": text("名称", 100, required=True),
        "aliases": FieldType("其他写法（用顿号隔开）", read_names, empty=list),
        "kind": choice("类别", {name: name for name in (*UNIT_KINDS, "其他")}),
        "collective": COLLECTIVE,
    },
    ItemKind.AREA: {"number": NUMBERED, "title": TITLE, "goal": text("目标", 5000)},
    ItemKind.ACTION: {
        "number": NUMBERED,
        "title": TITLE,
        "name": text("行动名称"),
        "goal": text("目标", 300),
    },
    ItemKind.KEY_WORK: {"number": NUMBERED, "title": TITLE},
    ItemKind.PHASE: {
        "name": TITLE,
        "kind": choice("种类", dict(PhaseKind.choices)),
        "theme": text("主题"),
        **PERIOD,
    },
    ItemKind.TARGET: {
        "name": TITLE,
        "operator": OPERATOR,
        "value": VALUE,
        "unit": MEASURE,
        "year": FieldType("年度", read_year),
    },
    ItemKind.TASK: {
        "number": NUMBERED,
        "title": TITLE,
        "text": text("内容", 20_000),
        "due": FieldType("完成时限", read_date, widget="date"),
    },
    ItemKind.DUTY: {
        "name": text("单位", 100, required=True),
        "role": choice("责任", ROLES),
        "collective": COLLECTIVE,
    },
    ItemKind.INDICATOR: {
        "name": TITLE,
        "kind": choice("类别", INDICATOR_KINDS),
        "operator": OPERATOR,
        "value": VALUE,
        "unit": MEASURE,
        "scope": text("范围"),
        "reference": text("参照", 100),
    },
    ItemKind.MECHANISM: {
        "name": text("名称", 100, required=True),
        "frequency": text("频次", 50),
        "actors": text("由谁", 300),
    },
    ItemKind.ANOMALY: {"reading": text("读法", 5000)},
}


def cleaned(kind: ItemKind, typed: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed values in their types; an empty optional one is None, a text is "".

    `data` are the item's present values, for what must fit together. Raises Invalid for a field
    that is none, BadFields with words for each bad value.
    """
    fields = FIELDS[kind]
    unknown = sorted(set(typed) - set(fields))
    if unknown:
        raise Invalid(f"不能修改“{'、'.join(unknown)}”。", field=unknown[0])
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, raw in typed.items():
        try:
            values[name] = _read(fields[name], written(raw))
        except Unreadable as error:
            shown = written(raw)[:40]
            quoted = f"“{shown}”" if shown else ""
            errors[name] = f"“{fields[name].label}”：{quoted}{error}"
    errors |= _misfits(kind, {**data, **values}) if not errors else {}
    if errors:
        raise BadFields(errors)
    return values


def written(value: Any) -> str:
    """Return a stored value as a person types it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return str(value).strip()


def _read(field: FieldType, raw: str) -> Any:
    if not raw:
        if field.required:
            raise Unreadable("不能为空。请填写，或舍弃该条目。")
        return field.empty() if callable(field.empty) else field.empty
    value = field.read(raw)
    return value == YES if field is COLLECTIVE else value


def _misfits(kind: ItemKind, data: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong between values that are each fine by themselves."""
    first, last = data.get("from"), data.get("to")
    if kind == ItemKind.PHASE and first and last and first > last:
        return {"to": f"“止（年-月）”：“{last}”早于开始的“{first}”。请检查两个月份。"}
    has_value, has_operator = data.get("value") is not None, bool(data.get("operator"))
    if kind == ItemKind.TARGET and has_value and not has_operator:
        return {"operator": "“比较”：有数值而没有比较方式。请选择 ≥、≤、>、< 或 =。"}
    return _indicator_misfits(data) if kind == ItemKind.INDICATOR else {}


def _indicator_misfits(data: Mapping[str, Any]) -> dict[str, str]:
    """An indicator's class says which of its values there must be."""
    errors: dict[str, str] = {}
    kind = str(data.get("kind") or "qualitative")
    label = INDICATOR_KINDS[kind]
    wanted = {
        "numeric": ("value", "operator"),
        "relative": ("operator", "reference"),
        "qualitative": (),
    }[kind]
    advice = {"value": "填数值", "operator": "选比较方式", "reference": "写明与什么比较"}
    names = {"value": "数值", "operator": "比较", "reference": "参照"}
    for name in ("value", "operator", "reference"):
        is_there = data.get(name) not in (None, "")
        if name in wanted and not is_there:
            errors[name] = f"“{names[name]}”：{label}指标须{advice[name]}。请补上，或改正类别。"
        elif is_there and kind == "qualitative" and name != "reference":
            errors[name] = f"“{names[name]}”：{label}指标不{advice[name]}。请清空，或改正类别。"
    return errors
