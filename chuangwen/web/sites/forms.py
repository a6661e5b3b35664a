"""The forms about sites."""

from dataclasses import dataclass
from typing import Any

from django import forms

from chuangwen.kit.errors import Invalid
from chuangwen.sites.coordinates import Point, from_wgs84, read_point
from chuangwen.sites.enums import Datum, Difficulty, Importance, SiteDutyKind
from chuangwen.sites.facts import SiteFacts
from chuangwen.sites.geometry import Shape, read_shape, shape_text
from chuangwen.sites.models import Site
from chuangwen.web.fields import DayField
from chuangwen.web.people.unit_forms import UnitField

LINES = forms.Textarea(attrs={"rows": 3})


class SiteForm(forms.Form):
    """The facts of a site, with its place in a named datum."""

    name = forms.CharField(label="名称", max_length=100)
    site_type = forms.ModelChoiceField(queryset=None, label="点位类型")  # type: ignore[var-annotated]
    code = forms.CharField(
        label="点位编号", max_length=40, required=False, help_text="留空则按类型自动编号。"
    )
    area = UnitField(label="所属街道或社区", required=False)
    address = forms.CharField(label="地址", max_length=200, required=False)
    datum = forms.ChoiceField(label="坐标系", choices=Datum.choices)
    longitude = forms.CharField(
        label="经度", max_length=40, required=False, help_text="如 101.71873 或 101°43′7.4″。"
    )
    latitude = forms.CharField(
        label="纬度", max_length=40, required=False, help_text="如 26.58734 或 26°35′14.4″。"
    )
    geometry = forms.CharField(
        label="线或面",
        required=False,
        widget=LINES,
        help_text="街路、线路、场地：101.71,26.58; 101.72,26.59（经度在前），或 GeoJSON。",
    )
    length_metres = forms.DecimalField(
        label="长度（米）", required=False, max_digits=10, decimal_places=1,
        help_text="留空则由线算出。",
    )  # fmt: skip
    area_square_metres = forms.DecimalField(
        label="面积（平方米）", required=False, max_digits=12, decimal_places=1,
        help_text="留空则由面算出。",
    )  # fmt: skip
    telephone = forms.CharField(label="电话", max_length=40, required=False)
    importance = forms.TypedChoiceField(label="重要程度", choices=Importance.choices, coerce=int)
    note = forms.CharField(label="备注", required=False, widget=LINES, max_length=2000)

    def __init__(self, *args: Any, types: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["site_type"].queryset = types  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read place and line in the datum that is chosen."""
        given: dict[str, Any] = super().clean() or {}
        datum = Datum(given.get("datum") or Datum.WGS84)
        place = _Read(self)
        given["point"] = place.read(
            lambda: read_point(given.get("longitude", ""), given.get("latitude", ""), datum)
        )
        given["shape"] = place.read(lambda: read_shape(given.get("geometry", ""), datum))
        return given

    def facts(self) -> SiteFacts:
        """Return what the action takes."""
        given = self.cleaned_data
        names = (
            "name", "site_type", "code", "area", "address", "point", "shape", "length_metres",
            "area_square_metres", "telephone", "note",
        )  # fmt: skip
        return SiteFacts(
            **{name: given[name] for name in names},
            datum=Datum(given["datum"]),
            importance=Importance(given["importance"]),
        )


class NewSiteForm(SiteForm):
    """The same, and who answers for it."""

    owner = UnitField(label="主管单位", required=False, help_text="自今天起；以后可以更换。")


@dataclass
class _Read:
    """Puts what cannot be read beside its field."""

    form: forms.Form

    def read(self, job: Any) -> Point | Shape | None:
        try:
            found: Point | Shape | None = job()
        except Invalid as error:
            self.form.add_error(error.field, error.message)
            return None
        return found


def facts_shown(site: Site) -> dict[str, Any]:
    """Return a site's facts as the form shows them, in the datum in which they were entered."""
    datum = Datum(site.datum)
    shown: dict[str, Any] = {
        name: getattr(site, name)
        for name in ("name", "code", "area", "address", "length_metres", "area_square_metres",
                     "telephone", "importance", "note", "datum")
    }  # fmt: skip
    shown["site_type"] = site.site_type_id
    shown["geometry"] = shape_text(site.geometry, datum)
    if site.point is not None:
        point = from_wgs84(site.point, datum)
        shown["longitude"], shown["latitude"] = (f"{one:.7f}".rstrip("0") for one in point)
    return shown


class ChargeForm(forms.Form):
    """Who is to answer, from when on."""

    kind = forms.ChoiceField(label="责任", choices=SiteDutyKind.choices)
    unit = UnitField(label="单位")
    holder = forms.CharField(
        label="姓名和职务", max_length=60, required=False, help_text="点位长填写；主管单位可不填。"
    )
    valid_from = DayField(label="自")
    source = forms.CharField(label="依据", max_length=200, required=False)


class WorkForm(forms.Form):
    """What was done at a site."""

    title = forms.CharField(label="建设内容", max_length=200)
    done_on = DayField(label="日期")
    difficulty = forms.TypedChoiceField(label="难易程度", choices=Difficulty.choices, coerce=int)
    money = forms.DecimalField(
        label="投入资金（元）", required=False, max_digits=14, decimal_places=2
    )
    note = forms.CharField(label="说明", required=False, widget=LINES, max_length=2000)


class CorrectionForm(WorkForm):
    """The same again, and why."""

    reason = forms.CharField(label="更正原因", max_length=300)
