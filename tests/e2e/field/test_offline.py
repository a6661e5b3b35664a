"""Days without a signal: the visit survives reloads and crashes, and arrives once, whole."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PHOTOS = 30


def see_examples(phone):
    """The pictures of right and wrong came with the round: they show without a signal."""
    phone.line(0).get_by_text("怎样看").click()
    shown = phone.line(0).locator("figure")
    expect(shown).to_have_text(["正例 地面干净", "反例 满地烟头"])
    for picture in shown.locator("img").all():
        expect(picture).to_be_visible()
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 96


def test_a_visit_with_thirty_photos_without_a_signal(phone, district):
    phone.download()
    phone.go_offline()
    phone.page.reload()
    expect(phone.page.get_by_role("link", name="进入点位")).to_be_visible()
    phone.begin(0)
    see_examples(phone)
    phone.answer_all()
    phone.shoot(0, PHOTOS // 2)
    phone.page.reload()
    expect(phone.line(0).locator(".photos li")).to_have_count(PHOTOS // 2)
    phone.shoot(6, PHOTOS - PHOTOS // 2)
    phone.seal()
    phone.see_records()
    phone.await_counters(1, 0, 0)
    phone.tap("退出登录")
    expect(phone.page.get_by_text("还有 1 份封存的记录只在本机")).to_be_visible()
    phone.tap("知道了")
    ((number, sealed),) = phone.sealed_records().items()
    assert len(sealed["photos"]) == PHOTOS
    # A photo that shows two lines is one file.
    assert len({photo["sha256"] for photo in sealed["photos"]}) > PHOTOS // 2
    assert sealed["position"]["longitude"] == "101.7187300"
    assert district.seen() == {"visits": {}, "records": {}}

    phone.go_offline(False)
    phone.await_counters(1, 1, 1, patience=90_000)
    seen = district.seen()
    assert seen["records"][number]["state"] == "committed"
    (visit,) = seen["visits"].values()
    assert visit["photos"] == sorted(photo["sha256"] for photo in sealed["photos"])
    assert (visit["answers"], visit["state"]) == (7, "counted")
    left = phone.stored()
    assert (left["photos"], left["drafts"]) == ([], [])
    assert [record["text"] for record in left["records"]] == [""]
    assert phone.visitor.complaints == []


def test_the_renderer_is_killed_in_the_middle_of_a_visit(phone, district):
    phone.download()
    phone.go_offline()
    phone.begin(1)
    phone.answer_all()
    phone.shoot(0, 3)
    phone.line(1).get_by_role("button", name="数量加一").click()
    phone.await_kept("4")
    phone.kill_renderer()
    phone.open()
    phone.begin(1)
    expect(phone.line(0).locator(".photos li")).to_have_count(3)
    expect(phone.line(1).get_by_label("数量", exact=True)).to_have_value("4")
    expect(phone.line(5).get_by_label("其中不文明", exact=True)).to_have_value("1")
    phone.seal()
    phone.kill_renderer()
    phone.open()
    assert len(phone.sealed_records()) == 1
    phone.go_offline(False)
    phone.see_records()
    phone.await_counters(1, 1, 1)
    (visit,) = district.seen()["visits"].values()
    assert len(visit["photos"]) == 3


def test_a_problem_at_a_place_outside_the_register(phone, district):
    phone.download()
    phone.go_offline()
    phone.enter_sites()
    phone.tap("点位之外发现问题")
    phone.page.get_by_label("地点").fill("滨江路口")
    phone.page.get_by_role("link", name="检查并封存").click()
    expect(phone.page.locator(".lack")).to_have_count(2)
    phone.page.locator(".lack").first.click()
    phone.page.get_by_label("问题").fill("井盖缺失")
    phone.tap("拍照")
    expect(phone.page.get_by_label("拍照", exact=True)).to_be_enabled()
    phone.page.get_by_label("拍照", exact=True).click()
    phone.tap("完成")
    phone.seal()
    phone.go_offline(False)
    phone.see_records()
    phone.await_counters(1, 1, 1)
    (visit,) = district.seen()["visits"].values()
    assert (visit["state"], visit["place"], len(visit["photos"])) == ("unlisted", "滨江路口", 1)
