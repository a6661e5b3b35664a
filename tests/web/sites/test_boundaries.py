"""The page on which 创文办 keeps the boundaries, and what the map gets of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.sites.coordinates import Point
from chuangwen.sites.models import BoundaryFile
from tests.sites.test_outlines import BOW, feature, file_of, square

pytestmark = pytest.mark.django_db
AROUND = file_of(feature(square(), name="<b>东区</b>", 代码="510402"))


def text(answer) -> str:
    return answer.content.decode()


def send(browser, data=AROUND, datum="wgs84"):
    given = {"file": SimpleUploadedFile("边界.geojson", data), "datum": datum}
    return browser.post("/sites/boundaries/", given)


def put_in_force(browser):
    assert send(browser).status_code == 302
    waiting = BoundaryFile.objects.get(state="checked")
    chosen = {"name_property": "名称"}
    assert browser.post(f"/sites/boundaries/{waiting.pk}/apply/", chosen).status_code == 302
    return waiting


def test_a_file_is_checked_its_names_chosen_and_it_is_on_the_map(at_office, at_bureau, site):
    assert "导入边界" in text(at_office.get("/sites/boundaries/"))
    assert "data-boundaries" not in text(at_office.get("/sites/"))
    assert send(at_office).status_code == 302
    page = text(at_office.get("/sites/boundaries/"))
    assert 'value="名称"' in page
    assert 'value="代码"' in page
    assert "&lt;b&gt;东区" in page
    put_in_force(at_office)
    assert "使用中：边界.geojson" in text(at_office.get("/sites/boundaries/"))
    assert 'data-boundaries="/sites/boundaries.json"' in text(at_office.get("/sites/"))
    told = at_bureau.get("/sites/boundaries.json").json()
    assert [one["properties"]["name"] for one in told["features"]] == ["<b>东区</b>"]


def test_what_is_wrong_is_said_all_at_once_and_nothing_kept(at_office):
    answer = send(at_office, file_of(feature(BOW, name="甲"), feature(BOW, name="乙")))
    assert answer.status_code == 422
    page = text(answer)
    assert "第 1 个要素（甲）：边线自相交" in page
    assert "第 2 个要素（乙）：边线自相交" in page
    assert "坐标系" in text(send(at_office, datum="bd09"))
    assert "没有选择文件" in text(at_office.post("/sites/boundaries/", {"datum": "wgs84"}))
    assert not BoundaryFile.objects.exists()


def test_who_lies_outside_is_filtered_and_hinted_at(at_office, site, new_site):
    out = new_site("远处的市场", point=Point(101.95, 26.58))
    assert "在边界外" not in text(at_office.get("/sites/"))
    taken = put_in_force(at_office)
    assert "在边界外" in text(at_office.get("/sites/"))
    page = text(at_office.get("/sites/", {"outside": "1"}))
    assert "远处的市场" in page
    assert site.name not in page
    assert "本区边界之外" in text(at_office.get(f"/sites/{out.pk}/"))
    assert "本区边界之外" not in text(at_office.get(f"/sites/{site.pk}/"))
    away = f"/sites/boundaries/{taken.pk}/remove/"
    assert at_office.post(away).status_code == 422
    assert at_office.post(away, {"reason": "有误"}).status_code == 302
    assert "本区边界之外" not in text(at_office.get(f"/sites/{out.pk}/"))


def test_a_clerk_keeps_none(at_bureau):
    assert at_bureau.get("/sites/boundaries/").status_code == 403
    assert send(at_bureau).status_code == 403


def test_the_list_asks_at_most_eight_times(
    at_office, site, bureau, street, django_assert_max_num_queries
):
    put_in_force(at_office)
    for query in ("", f"?q=市场&unit={bureau.pk}&area={street.pk}&state=all", "?outside=1"):
        at_office.get(f"/sites/{query}")
        with django_assert_max_num_queries(8):
            assert at_office.get(f"/sites/{query}").status_code == 200
