"""A flapping network, a full phone, lost photos, an ended session: nothing sealed goes unheard."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chuangwen.inspection.sealed import read_sealed
from tests.e2e.field.phone import Phone

pytestmark = pytest.mark.browser
KILOBYTES = 1024
FORGET_PHOTO = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("chuangwen-field");
  opening.onsuccess = () => {
    const store = opening.result.transaction("photos", "readwrite").objectStore("photos");
    const asked = store.getAllKeys();
    asked.onsuccess = () => {
      store.delete(asked.result[0]);
      store.transaction.oncomplete = () => { opening.result.close(); resolve(asked.result[0][1]); };
    };
    asked.onerror = () => reject(asked.error);
  };
})"""
FORGET_RECORDS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("chuangwen-field");
  opening.onsuccess = () => {
    const writing = opening.result.transaction("records", "readwrite");
    writing.objectStore("records").clear();
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def seal_visits(phone: Phone, count: int, photos: int) -> dict:
    """Inspect so many sites without a signal; return what was sealed."""
    phone.download()
    phone.go_offline()
    for place in range(count):
        phone.begin(place)
        phone.answer_all()
        phone.shoot(0, photos)
        phone.seal()
    return phone.sealed_records()


def test_a_flapping_network_during_the_sync(phone, district):
    sealed = seal_visits(phone, 3, 3)
    network = phone.context.new_cdp_session(phone.page)
    slow = {"offline": False, "latency": 40, "downloadThroughput": -1}
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": 40 * KILOBYTES})
    phone.see_records()
    for attempt in range(12):
        phone.go_offline(False)
        phone.page.wait_for_timeout(200 + 120 * (attempt % 4))
        phone.go_offline()
        phone.page.wait_for_timeout(100)
        cleared = sealed.keys() - phone.sealed_records().keys()
        if cleared:
            records = district.seen()["records"]
            assert {records[number]["state"] for number in cleared} == {"committed"}
    network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    phone.go_offline(False)
    phone.await_counters(3, 3, 3, patience=60_000)
    seen = district.seen()
    assert sorted(seen["records"]) == sorted(sealed)
    assert {record["state"] for record in seen["records"].values()} == {"committed"}
    for number, record in sealed.items():
        photos = sorted(photo["sha256"] for photo in record["photos"])
        assert photos in [visit["photos"] for visit in seen["visits"].values()], number
    assert len(seen["visits"]) == 3


def test_a_phone_without_space_says_so_and_keeps_what_it_has(phone, district):
    sealed = seal_visits(phone, 1, 2)
    phone.begin(1)
    phone.answer_all()
    storage = phone.context.new_cdp_session(phone.page)
    origin = district.address.rstrip("/")
    used = storage.send("Storage.getUsageAndQuota", {"origin": origin})["usage"]
    limit = {"origin": origin, "quotaSize": used}
    storage.send("Storage.overrideQuotaForOrigin", limit)
    phone.line(0).get_by_role("button", name="拍照", exact=True).click()
    shutter = phone.page.get_by_label("拍照", exact=True)
    failure = phone.page.locator(".camera-refused")
    for _ in range(600):  # chromium asks for the quota anew every half minute
        expect(shutter).to_be_enabled()
        shutter.click()
        phone.page.wait_for_timeout(100)
        if failure.count():
            break
    expect(failure).to_contain_text("手机空间不足")
    taken = int(phone.page.locator(".camera-count").inner_text().split()[1])
    phone.tap("完成")
    expect(phone.page.get_by_role("alert").first).to_contain_text("手机空间不足")
    phone.page.reload()
    expect(phone.line(0)).to_be_visible()
    expect(phone.line(0).locator(".photos img")).to_have_count(taken)
    assert phone.sealed_records() == sealed

    phone.go_offline(False)
    phone.page.get_by_role("button", name="返回").click()
    phone.see_records()
    phone.await_counters(1, 1, 1)
    storage.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    assert len(district.seen()["visits"]) == 1


def test_a_photo_that_the_phone_lost_is_reported(phone, district):
    ((number, record),) = seal_visits(phone, 1, 2).items()
    lost = phone.page.evaluate(FORGET_PHOTO)
    assert lost in [photo["sha256"] for photo in record["photos"]]
    phone.go_offline(False)
    phone.see_records()
    expect(phone.page.get_by_text("已保存，待处理")).to_be_visible(timeout=30_000)
    expect(phone.page.get_by_text("本机丢失照片 1 张，已报告服务器")).to_be_visible()
    seen = district.seen()["records"][number]
    assert (seen["state"], "丢失" in seen["reason"]) == ("quarantined", True)
    assert list(phone.sealed_records()) == [number]


def test_records_that_the_phone_lost_are_named(phone):
    seal_visits(phone, 1, 1)
    phone.page.evaluate(FORGET_RECORDS)
    phone.page.reload()
    warning = phone.page.get_by_role("alert")
    expect(warning).to_contain_text("本机丢失了 1 份封存的记录")
    expect(warning).to_contain_text("第 0 市场")
    phone.tap("我知道了")
    phone.page.reload()
    expect(phone.page.locator("h1")).to_be_visible()
    expect(phone.page.get_by_role("alert")).to_have_count(0)


def test_a_rescue_file_without_session_and_network_holds_the_very_bytes(phone, tmp_path: Path):
    seal_visits(phone, 1, 2)
    phone.begin(1)
    phone.line(0).get_by_role("button", name="有", exact=True).click()
    phone.shoot(0, 1)
    phone.page.get_by_role("button", name="返回").click()
    stored = phone.stored()
    texts = {one["id"]: one["text"] for one in stored["records"]}
    (draft,) = stored["drafts"]
    phone.context.clear_cookies()
    phone.go_offline(False)
    phone.page.reload()
    phone.see_records()
    expect(phone.page.get_by_text("登录已过期")).to_be_visible()
    with phone.page.expect_download() as waiting:
        phone.tap("导出救援文件")
    assert waiting.value.suggested_filename.startswith("救援-")
    waiting.value.save_as(tmp_path / "rescue.zip")
    archive = zipfile.ZipFile(io.BytesIO((tmp_path / "rescue.zip").read_bytes()))
    assert archive.testzip() is None
    for number, text in texts.items():
        assert archive.read(f"records/{number}.json").decode() == text
        for photo in json.loads(text)["photos"]:
            content = archive.read(f"blobs/{photo['sha256']}")
            assert hashlib.sha256(content).hexdigest() == photo["sha256"]
            assert b"Exif" not in content
        assert abs(json.loads(text)["clock"]["offset_seconds"]) < 60
    # The test picture repeats itself: both visits may show the same one, which is packed once.
    photos = {one["sha256"] for one in stored["photos"]}
    expect(phone.page.get_by_text(f"1 份记录、1 份草稿、{len(photos)} 张照片")).to_be_visible()
    unsealed = read_sealed(archive.read(f"drafts/{draft['id']}.json"))
    assert (unsealed.is_draft, str(unsealed.id)) == (True, draft["id"])
    assert [one.values for one in unsealed.answers if one.values] == [{"found": "1"}]
    (shown,) = unsealed.blobs
    assert hashlib.sha256(archive.read(f"blobs/{shown}")).hexdigest() == shown
    assert phone.counters() == ["1", "0", "0"]
