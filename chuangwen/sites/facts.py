"""The facts of a site as a form or a file gives them, checked and brought into columns."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chuangwen.framework.enums import SiteShape
from chuangwen.framework.models import SiteType
from chuangwen.framework.wording import clean_line, clean_text, not_longer, required_line
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit
from chuangwen.sites.coordinates import Point, require_in_china
from chuangwen.sites.enums import Datum, Importance
from chuangwen.sites.geometry import Shape

LONGEST_NAME, LONGEST_CODE, LONGEST_ADDRESS, LONGEST_TELEPHONE = 100, 40, 200, 40
LARGEST_LENGTH, LARGEST_AREA = Decimal(999_999_999), Decimal(99_999_999_999)


@dataclass(frozen=True)
class SiteFacts:
    """What is known of a site. Point and shape are in WGS-84; `datum` is how they were entered.

    Without a point the middle of the shape is taken; without measures those of the shape.
    """

    name: str
    site_type: SiteType
    code: str = ""
    area: Unit | None = None
    address: str = ""
    point: Point | None = None
    shape: Shape | None = None
    datum: Datum = Datum.WGS84
    length_metres: Decimal | None = None
    area_square_metres: Decimal | None = None
    telephone: str = ""
    importance: Importance = Importance.ORDINARY
    note: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the values of the model's fields. Raises Invalid naming the field."""
        if self.site_type.shape == SiteShape.TELEPHONE and (self.point or self.shape):
            raise Invalid(
                f"“{self.site_type.name}”是电话测评，没有坐标。请去掉坐标，或另选类型。",
                field="longitude",
            )
        shape = self.shape
        point = self.point or (shape.middle if shape else None)
        if point is not None:
            require_in_china(point)
        length, ground = self.length_metres, self.area_square_metres
        if shape is not None:
            length = length or _tenth(shape.length_metres)
            ground = ground or _tenth(shape.area_square_metres)
        return {
            "name": required_line(self.name, label="名称", longest=LONGEST_NAME, field="name"),
            "site_type": self.site_type,
            "code": _line(self.code, "点位编号", LONGEST_CODE, "code"),
            "area": self.area,
            "address": _line(self.address, "地址", LONGEST_ADDRESS, "address"),
            "longitude": degrees(point.longitude) if point else None,
            "latitude": degrees(point.latitude) if point else None,
            "datum": Datum(self.datum).value,
            "geometry": shape.geojson if shape else None,
            "length_metres": _measure(length, "长度", LARGEST_LENGTH, "length_metres"),
            "area_square_metres": _measure(ground, "面积", LARGEST_AREA, "area_square_metres"),
            "telephone": _line(self.telephone, "电话", LONGEST_TELEPHONE, "telephone"),
            "importance": Importance(self.importance).value,
            "note": not_longer(clean_text(self.note), label="备注", longest=2_000, field="note"),
        }


def degrees(value: float) -> Decimal:
    """Return degrees as they are stored."""
    return Decimal(f"{value:.7f}")


def told(name: str, value: Any) -> Any:
    """Return a fact for the log: names instead of rows, and no long lists of points."""
    if isinstance(value, SiteType | Unit):
        return value.name
    if name == "geometry" and value:
        return "有"
    return value


def _line(text: str, label: str, longest: int, field: str) -> str:
    return not_longer(clean_line(text), label=label, longest=longest, field=field)


def _tenth(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.1f}")


def _measure(value: Decimal | None, label: str, largest: Decimal, field: str) -> Decimal | None:
    if value is None:
        return None
    if not (value.is_finite() and 0 < value <= largest):
        raise Invalid(f"{label}“{value}”无法使用。请填大于 0 的数；不知道请留空。", field=field)
    return round(value, 1)
