"""The register in a browser: list, file, forms, many at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.sites.coordinates import Point, distance_metres, from_wgs84
from chuangwen.sites.enums import Datum
from chuangwen.sites.models import Site, SiteImport, SiteWork
from tests.files import samples
from tests.sites.conftest import SQUARE
from tests.sites.workbooks import MARKET, workbook

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "湖滨市场", "code": "", "area": "", "address": "新街3号", "datum": "gcj02",
    "longitude": "", "latitude": "", "geometry": "", "importance": "1", "owner": "区城市管理局",
}  # fmt: skip


def text(answer) -> str:
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode()


def test_the_list_shows_and_filters(at_office, site, new_site, avenue):
    new_site("人民街", site_type=avenue)
    page = text(at_office.get("/sites/"))
    assert "炳草岗农贸市场" in page
    assert "人民街" in page
    assert "区城市管理局" in page
    page = text(at_office.get("/sites/", {"type": str(avenue.pk)}))
    assert "炳草岗农贸市场" not in page


def test_a_unit_sees_its_own_and_cannot_change_them(at_bureau, site, new_site):
    foreign = new_site("别处")
    page = text(at_bureau.get("/sites/"))
    assert site.name in page
    assert "别处" not in page
    assert "新建点位" not in page
    assert at_bureau.get(f"/sites/{foreign.pk}/").status_code == 404
    assert at_bureau.get(f"/sites/{site.pk}/edit/").status_code == 403


def test_a_site_is_entered_in_the_datum_of_the_map(at_office, market, bureau):
    shown = from_wgs84(SQUARE, Datum.GCJ02)
    sent = {**FACTS, "site_type": str(market.pk), "longitude": f"{shown.longitude:.7f}",
            "latitude": f"{shown.latitude:.7f}"}  # fmt: skip
    answer = at_office.post("/sites/new/", sent)
    site = Site.objects.get()
    assert answer.headers["Location"] == f"/sites/{site.pk}/"
    assert distance_metres(Point(float(site.longitude), float(site.latitude)), SQUARE) < 0.1
    form = at_office.get(f"/sites/{site.pk}/edit/").context["form"]
    assert float(form["longitude"].value()) == pytest.approx(shown.longitude, abs=1e-6)
    same = {name: form[name].value() or "" for name in form.fields}
    same["area"] = ""
    assert at_office.post(f"/sites/{site.pk}/edit/", {**same, "version": 1}).status_code == 302
    site.refresh_from_db()
    assert site.version == 1  # there and back through the map is the same place


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"longitude": "26.58734", "latitude": "101.71873"}, "填反了"),
        ({"longitude": "101.7"}, "须同时填写"),
        ({"geometry": "某街"}, "不是一对经纬度"),
        ({"owner": "区水利局"}, "未找到单位"),
        ({"name": ""}, "必填"),
        ({"importance": "9"}, "有效的选项"),
    ],
)
def test_bad_facts_stay_on_the_form(at_office, market, bureau, changed, said):
    answer = at_office.post("/sites/new/", {**FACTS, "site_type": str(market.pk), **changed})
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Site.objects.exists()


def test_a_stale_form_is_a_conflict(at_office, site, market):
    sent = {**FACTS, "site_type": str(market.pk), "version": "9"}
    assert at_office.post(f"/sites/{site.pk}/edit/", sent).status_code == 409


def test_the_file_tells_facts_duties_works_and_what_happened(at_office, at_bureau, site):
    work = {"title": "改造公厕", "done_on": "2021-09-01", "difficulty": "3", "money": "120000"}
    assert at_bureau.post(f"/sites/{site.pk}/works/", work).status_code == 302
    page = text(at_bureau.get(f"/sites/{site.pk}/"))
    for words in (
        "07-0001",
        "区城市管理局",
        "改造公厕",
        "120000",
        "GCJ-02",
        "101.718730, 26.587340",
    ):
        assert words in page
    history = text(at_office.get(f"/sites/{site.pk}/?history=1"))
    for words in ("新建点位", "指定点位责任", "登记点位建设情况", "王芳", "李梅"):
        assert words in history


def test_works_are_corrected_with_a_reason(at_bureau, site):
    work = {"title": "改造公厕", "done_on": "2021-09-01", "difficulty": "3", "money": "120000"}
    assert at_bureau.post(f"/sites/{site.pk}/works/", {**work, "money": "-1"}).status_code == 422
    at_bureau.post(f"/sites/{site.pk}/works/", work)
    row = SiteWork.objects.get()
    address = f"/sites/{site.pk}/works/{row.pk}/"
    better = {**work, "money": "90000", "reason": "决算", "version": 2}
    assert at_bureau.post(address, {**better, "reason": ""}).status_code == 422
    assert at_bureau.post(address, better).status_code == 302
    row.refresh_from_db()
    assert row.money == 90000


def test_photos_come_with_the_form(at_bureau, site):
    photo = SimpleUploadedFile("大门.jpg", samples.jpeg())
    address = f"/sites/{site.pk}/photos/"
    assert at_bureau.post(address, {"files": photo}).status_code == 302
    assert "大门.jpg" in text(at_bureau.get(f"/sites/{site.pk}/"))
    assert at_bureau.post(address).status_code == 422
    refused = SimpleUploadedFile("程序.exe", b"MZ\x90\x00")
    assert at_bureau.post(address, {"files": refused}).status_code == 422


def test_many_at_once(at_office, site, new_site, street):
    other = new_site("另一个")
    ticks = {"site": [f"{site.pk}:1", f"{other.pk}:1"]}
    assert "另一个" in text(at_office.get("/sites/bulk/", ticks))
    assert at_office.post("/sites/bulk/", {**ticks, "step": "mark"}).status_code == 302
    assert Site.objects.filter(is_demonstration=True).count() == 2
    stale = at_office.post("/sites/bulk/", {**ticks, "step": "close", "reason": "拆迁"})
    assert stale.status_code == 409
    ticks = {"site": [f"{site.pk}:2", f"{other.pk}:2"]}
    charge = {"kind": "owner", "unit": "炳草岗街道", "valid_from": "2021-09-15"}
    assert at_office.post("/sites/bulk/", {**ticks, "step": "assign", **charge}).status_code == 302
    assert {duty.unit for duty in other.duties.all()} == {street}
    ticks = {"site": [f"{site.pk}:3", f"{other.pk}:3"], "back": "q=市"}
    for bad in ({"step": "close"}, {"step": "fly"}, {"step": "assign", "unit": "区水利局"}):
        assert at_office.post("/sites/bulk/", {**ticks, **bad}).status_code == 422
    answer = at_office.post("/sites/bulk/", {**ticks, "step": "close", "reason": "拆迁"})
    assert answer.headers["Location"] == "/sites/?q=市" or "q=" in answer.headers["Location"]
    assert not Site.objects.filter(state="open").exists()


@pytest.mark.parametrize("ticked", [[], ["x"], ["x:1"], ["01a2:1"]])
def test_nonsense_is_not_ticked(at_office, ticked):
    assert at_office.get("/sites/bulk/", {"site": ticked}).status_code == 422


def test_a_duty_ends_and_a_site_comes_back(at_office, site):
    duty = site.duties.get()
    address = f"/sites/{site.pk}/duties/{duty.pk}/end/"
    assert at_office.post(address, {"last_day": "2021-09-20", "reason": "调整"}).status_code == 302
    Site.objects.update(state="closed", closed_on="2021-09-01")
    back = {"version": Site.objects.get().version, "reason": "恢复"}
    assert at_office.post(f"/sites/{site.pk}/reopen/", back).status_code == 302
    assert Site.objects.get().state == "open"


def test_a_register_is_imported_in_two_steps(at_office, market, bureau, street):
    file = SimpleUploadedFile("名录.xlsx", workbook([MARKET]))
    answer = at_office.post("/sites/imports/", {"file": file, "datum": "wgs84"})
    taken = SiteImport.objects.get()
    assert answer.headers["Location"] == f"/sites/imports/{taken.pk}/"
    page = text(at_office.get(answer.headers["Location"]))
    assert "新建 1 个点位" in page
    assert not Site.objects.exists()
    step = {"step": "confirm", "digest": taken.digest}
    assert at_office.post(f"/sites/imports/{taken.pk}/", step).headers["Location"] == "/sites/"
    assert Site.objects.get().code == "A1"
    assert at_office.post(f"/sites/imports/{taken.pk}/", step).status_code == 409


def test_all_errors_of_a_file_stand_on_its_page(at_office, market):
    file = SimpleUploadedFile("名录.xlsx", workbook([MARKET]))
    answer = at_office.post("/sites/imports/", {"file": file, "datum": "wgs84"}, follow=True)
    page = text(answer)
    assert "2 处错误" in page
    assert "单位名录中没有“区城市管理局”" in page


@pytest.mark.parametrize("sent", [{}, {"datum": "wgs84"}, {"datum": "bd09"}])
def test_a_file_and_its_datum_are_needed(at_office, sent):
    if sent.get("datum") == "bd09":
        sent = {**sent, "file": SimpleUploadedFile("名录.xlsx", workbook([MARKET]))}
    assert at_office.post("/sites/imports/", sent).status_code == 422


def test_exports_name_their_datum(at_office, site):
    csv = text(at_office.get("/sites/export.csv", {"datum": "gcj02"}))
    assert csv.startswith("\ufeff")
    assert "经度（GCJ-02）" in csv
    assert site.name in csv
    told = json.loads(text(at_office.get("/sites/export.geojson")))
    assert told["features"][0]["properties"]["坐标系"] == "WGS-84"
    assert at_office.get("/sites/export.xlsx").content[:2] == b"PK"
    assert at_office.get("/sites/export.pdf").status_code == 404
    assert at_office.get("/sites/export.csv", {"datum": "bd09"}).status_code == 422
    assert at_office.get("/sites/template/").content[:2] == b"PK"


def test_a_cell_that_begins_like_a_formula_is_harmless_in_csv(at_office, new_site):
    new_site("=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)," in text(at_office.get("/sites/export.csv"))
