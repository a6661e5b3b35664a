"""From an item's normalised values to the fields of the object it makes."""

import calendar
import datetime
from decimal import Decimal
from typing import Any

from chuangwen.kit.errors import Invalid
from chuangwen.people.enums import UnitKind
from chuangwen.plan.enums import DutyKind, ItemKind, PhaseKind
from chuangwen.plan.models import ImportItem

UNIT_KINDS = {
    "党委部门": UnitKind.PARTY,
    "政府部门": UnitKind.GOVERNMENT,
    "派出机构": UnitKind.AGENCY,
    "群团": UnitKind.MASS_ORGANISATION,
    "街道镇": UnitKind.STREET,
    "社区": UnitKind.COMMUNITY,
    "企业园区": UnitKind.ENTERPRISE,
    "上级": UnitKind.SUPERIOR,
    "议事协调机构": UnitKind.COORDINATION,
    "事业单位": UnitKind.INSTITUTION,
    "法检": UnitKind.JUDICIAL,
}


def fields_of(item: ImportItem) -> dict[str, Any]:
    """Return the model fields that an accepted section, phase, target or task item sets.

    Raises Invalid when a person wrote something that is no date or number.
    """
    try:
        return _fields(item)
    except (ValueError, ArithmeticError) as error:
        raise Invalid(
            f"{item.get_kind_display()}“{item}”中的日期、年度或数值无法识别。"
            "请在核对页改正这一条，再确认。"
        ) from error


def _fields(item: ImportItem) -> dict[str, Any]:
    data = item.data
    match ItemKind(item.kind):
        case ItemKind.AREA:
            return {"number": data["number"] or "", "title": data["title"], "goal": data["goal"]}
        case ItemKind.ACTION:
            title = data.get("name") or data["title"]
            return {"number": data["number"] or "", "title": title, "goal": data["goal"] or ""}
        case ItemKind.KEY_WORK:
            return {"number": data["number"] or "", "title": data["title"]}
        case ItemKind.PHASE:
            return {
                "name": data["name"],
                "kind": PhaseKind(data["kind"]),
                "theme": data["theme"] or "",
                "starts_on": first_day(data["from"]),
                "ends_on": last_day(data["to"]),
            }
        case ItemKind.TARGET:
            return target_fields(item)
        case ItemKind.TASK:
            return task_fields(data)
        case kind:
            raise TypeError(f"{kind} makes no object of its own")


def target_fields(item: ImportItem) -> dict[str, Any]:
    """A target keeps the exact number: 87.5 stays 87.5."""
    data = item.data
    value = data["value"]
    return {
        "name": data["name"],
        "operator": data["operator"] or "",
        "value": None if value is None else Decimal(str(value)),
        "unit": data["unit"] or "",
        "year": int(data["year"]) if data.get("year") else None,
    }


def task_fields(data: dict[str, Any]) -> dict[str, Any]:
    """A task's deadline is the one the document names, if it names a day."""
    due = data.get("due")
    return {
        "number": data.get("number") or "",
        "title": data["title"][:200],
        "text": data.get("text") or "",
        "due_on": datetime.date.fromisoformat(due) if due else None,
    }


def duty_kind(item: ImportItem) -> DutyKind:
    """Return the kind of responsibility that the document gives."""
    return DutyKind(item.data["role"])


def unit_kind(name: str) -> UnitKind:
    """Return the register's kind for the parser's kind; unknown ones become 其他."""
    return UNIT_KINDS.get(name, UnitKind.OTHER)


def first_day(month: str | None) -> datetime.date | None:
    """Return the first day of YYYY-MM."""
    return datetime.date.fromisoformat(f"{month}-01") if month else None


def last_day(month: str | None) -> datetime.date | None:
    """Return the last day of YYYY-MM."""
    start = first_day(month)
    return start and start.replace(day=calendar.monthrange(start.year, start.month)[1])
