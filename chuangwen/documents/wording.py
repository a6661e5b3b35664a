"""The wording of a kind of paper: the office's own template, or the usual one.

The usual one says only what the kind is for and names no clause, unit or date of its own.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields

from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import PaperTemplate
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import current_tenant_id

PERIOD, UNIT, COUNT, DISTRICT = "〔期间〕", "〔单位〕", "〔件数〕", "〔城区〕"
PLACES = {
    PERIOD: "统计期间，如 2021年9月",
    UNIT: "受文单位",
    COUNT: "所列问题的个数",
    DISTRICT: "城市或区县的名称",
}
LONGEST = {
    "title": 200, "mark": 60, "issuer": 60, "series": 30, "addressees": 500, "copies_to": 500,
    "opening": 5000, "demands": 5000, "closing": 2000,
}  # fmt: skip
LABELS = {
    name: str(PaperTemplate._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    for name in LONGEST
    if name != "title"
} | {"title": "标题"}
NEEDED = ("mark", "issuer", "series", "title")


@dataclass(frozen=True)
class Wording:
    """The texts of a template."""

    mark: str
    issuer: str
    series: str
    addressees: str = ""
    copies_to: str = ""
    opening: str = ""
    demands: str = ""
    closing: str = ""


TITLES = {
    PaperKind.BULLETIN: f"关于{PERIOD}文明城市创建问题整改情况的通报",
    PaperKind.NOTICE: f"关于限期整改{COUNT}个文明城市创建问题的通知",
    PaperKind.SUMMARY: f"{PERIOD}文明城市创建工作总结",
}
_OPENINGS = {
    PaperKind.BULLETIN: f"现将{PERIOD}文明城市创建问题整改情况通报如下。",
    PaperKind.NOTICE: f"经检查，由你单位牵头整改的以下{COUNT}个问题，请按所列时限整改到位。",
    PaperKind.SUMMARY: f"现将{PERIOD}文明城市创建工作情况总结如下。",
}
_DEMANDS = {
    PaperKind.BULLETIN: (
        "请超期未结问题的牵头单位尽快整改，在系统中报送整改结果和照片；确有困难的，按规定申请延期。"
    ),
    PaperKind.NOTICE: "整改完成后，请在系统中报送整改结果和照片，由区创文办组织核查。",
    PaperKind.SUMMARY: "",
}
_SERIES = {
    PaperKind.BULLETIN: "创文办通报",
    PaperKind.NOTICE: "创文办整改",
    PaperKind.SUMMARY: "创文办总结",
}
_CLOSINGS = {
    PaperKind.BULLETIN: "特此通报。",
    PaperKind.NOTICE: "特此通知。",
    PaperKind.SUMMARY: "",
}


def usual_wording(kind: PaperKind, district: str) -> Wording:
    """Return what papers of a kind say where the office has laid down nothing."""
    return Wording(
        mark=f"{district}创文办文件",
        issuer=f"{district}创文办",
        series=_SERIES[kind],
        addressees=UNIT if kind == PaperKind.NOTICE else "各责任单位",
        opening=_OPENINGS[kind],
        demands=_DEMANDS[kind].replace("区创文办", f"{district}创文办"),
        closing=_CLOSINGS[kind],
    )


def wording_of(kind: PaperKind) -> Wording:
    """Return the district's wording of a kind. Two queries at most."""
    template = PaperTemplate.objects.filter(kind=kind).first()
    if template is None:
        return usual_wording(kind, Tenant.objects.get(pk=current_tenant_id()).name)
    return Wording(**{one.name: getattr(template, one.name) for one in fields(Wording)})


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its places filled in; those that have no value here stay to be seen."""
    for place, value in values.items():
        text = text.replace(place, value)
    return text


def words_of_period(since: datetime.date | None, until: datetime.date | None) -> str:
    """2021年9月 for a whole month, else from day to day; empty without a period."""
    if since is None or until is None:
        return ""
    is_month = since.day == 1 and (until + datetime.timedelta(days=1)).day == 1
    if is_month and (since.year, since.month) == (until.year, until.month):
        return f"{since.year}年{since.month}月"
    end = f"{until.day}日"
    if (since.year, since.month) != (until.year, until.month):
        end = f"{until.month}月{end}"
    if since.year != until.year:
        end = f"{until.year}年{end}"
    return f"{since.year}年{since.month}月{since.day}日至{end}"
