"""What goes wrong on phones: lost photos, wrong clocks, odd bytes. Nothing sealed is lost."""

import datetime
import json
import re
from pathlib import Path

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.inspection.actions.recounting import find_round_drift
from chuangwen.inspection.actions.reviewing import accept_record
from chuangwen.inspection.actions.running import (
    add_sites_while_running,
    remove_site_while_running,
)
from chuangwen.inspection.enums import FlagKind, RoundState
from chuangwen.inspection.models import FieldRecord, Finding, Round, RoundSite, Visit, VisitPhoto
from chuangwen.inspection.sealed import MOST_PHOTOS
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Membership
from chuangwen.people.queries import actor_of
from chuangwen.people.roles import Role
from tests.inspection.samples import photo, sha
from tests.inspection.walking import sealed

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def change(content: bytes, **changes) -> bytes:
    return json.dumps({**json.loads(content), **changes}).encode()


def accept(key, wang_fang, reason="已与本人核实"):
    return accept_record(
        kept=FieldRecord.objects.get(pk=key), reason=reason, by=actor_of(wang_fang)
    )


def begun(walk) -> datetime.date:
    """The day on which the round was started, an hour ago: yesterday, soon after midnight."""
    return walk.round.started_at.astimezone(clock.SHANGHAI).date()


def rights_end(account) -> None:
    Membership.objects.filter(account=account).update(role=Role.CLERK)


def test_a_record_set_aside_by_rights_tells_its_lost_photos_too(phone, walk, chen_jie, wang_fang):
    there, lost = photo(1), photo(2)
    rights_end(chen_jie)
    key, content = sealed(walk, walk.sites[0], photos=[there, lost])
    assert phone.put_record(key, content).status_code == 422
    phone.put_blob(there)
    with pytest.raises(Invalid, match="还有 1 张照片没有送到"):
        accept(key, wang_fang)
    for _ in range(2):
        assert phone.commit(key, lost=[sha(lost), "0" * 64]).status_code == 422
    assert FieldRecord.objects.get().lost == [sha(lost)]
    assert AuditEvent.objects.filter(verb="field_record.photos_lost").count() == 1
    accept(key, wang_fang)
    assert VisitPhoto.objects.get().file.sha256 == sha(there)
    assert phone.get(f"records/{key}").json()["receipt"]["blobs"] == [sha(there)]


def test_lost_photos_stay_told_when_the_record_is_set_aside_again(phone, walk, wang_fang):
    lost = photo(1)
    key, content = sealed(walk, walk.sites[0], photos=[lost])
    phone.put_record(key, content)
    assert phone.commit(key, lost=[sha(lost)]).status_code == 422
    Round.objects.update(state=RoundState.CLOSED, closed_at=clock.now())
    for _ in range(3):
        assert "已结束" in phone.commit(key, lost=[sha(lost)]).json()["reason"]
    assert FieldRecord.objects.get().lost == [sha(lost)]
    assert AuditEvent.objects.filter(verb="field_record.quarantined").count() == 2


def test_what_a_person_has_to_decide_is_not_confirmed_by_photos_that_turn_up(
    phone, walk, chen_jie, wang_fang
):
    late = photo(1)
    rights_end(chen_jie)
    key, content = sealed(walk, walk.sites[0], photos=[late])
    phone.put_record(key, content)
    phone.commit(key, lost=[sha(late)])
    Membership.objects.filter(account=chen_jie).update(role=Role.INSPECTOR)
    phone.put_blob(late)
    assert phone.commit(key).status_code == 422
    accept(key, wang_fang)
    assert phone.get(f"records/{key}").json()["receipt"]["blobs"] == [sha(late)]


def test_a_clock_that_was_put_back_during_a_visit_is_a_flag(phone, walk):
    key, content = sealed(walk, walk.sites[0], photos=[photo(1)], failing=[0])
    now = clock.now()
    later = (now + datetime.timedelta(minutes=20)).isoformat()
    said = json.loads(change(content, started_at=later, sealed_at=now.isoformat()))
    said["photos"][0]["taken_at"] = now.isoformat()
    phone.put_blob(photo(1))
    assert phone.put_record(key, json.dumps(said).encode()).status_code == 201
    assert phone.commit(key).status_code == 200
    flag = Visit.objects.get().flags.get()
    assert (flag.kind, "早于开始时间" in flag.detail) == (FlagKind.CLOCK_DRIFT, True)


def test_a_clock_that_is_a_year_slow_is_a_flag_and_sets_no_deadline_of_last_year(phone, walk):
    """It still says a day after the round was planned, but before it was started."""
    key, content = sealed(walk, walk.sites[0], failing=[0], minutes_ago=60 * 24 * 400)
    phone.put_record(key, content)
    assert phone.commit(key).status_code == 200
    flags = {flag.kind: flag.detail for flag in Visit.objects.get().flags.all()}
    assert "早于轮次启动" in flags[FlagKind.CLOCK_DRIFT]
    finding = Finding.objects.get()
    assert finding.found_on == begun(walk)
    assert finding.proposed_due_on > begun(walk)


def measured(seconds: int, minutes_ago: int = 60) -> dict[str, object]:
    """What a phone whose clock is `seconds` slow has measured, by its own clock."""
    at = clock.now() - datetime.timedelta(minutes=minutes_ago, seconds=seconds)
    return {"offset_seconds": seconds, "measured_at": at.isoformat()}


def flags_of(phone, key, content) -> dict[str, str]:
    assert phone.put_record(key, content).status_code == 201
    assert phone.commit(key).status_code == 200
    return {flag.kind: flag.detail for flag in Visit.objects.get().flags.all()}


def test_a_clock_that_is_off_is_told_by_what_the_phone_has_measured(phone, walk):
    """Two days slow: the visit itself looks like one of the day before yesterday."""
    Round.objects.update(started_at=clock.now() - datetime.timedelta(days=5))
    slow = datetime.timedelta(days=2)
    minutes = int(slow.total_seconds() // 60)
    key, content = sealed(
        walk, walk.sites[0], failing=[0], minutes_ago=10 + minutes,
        clock=measured(int(slow.total_seconds())),
    )  # fmt: skip
    told = flags_of(phone, key, content)
    assert f"手机时间比服务器慢 {minutes} 分钟" in told[FlagKind.CLOCK_DRIFT]
    assert "换算" in told[FlagKind.CLOCK_DRIFT]
    sealed_at = clock.now() - datetime.timedelta(minutes=10)
    assert Finding.objects.get().found_on == sealed_at.astimezone(clock.SHANGHAI).date()
    assert Visit.objects.get().sealed_at < clock.now() - slow  # as the phone said it


def test_a_clock_that_is_fast_says_so_and_nothing_of_the_future(phone, walk):
    key, content = sealed(walk, walk.sites[0], minutes_ago=-20, clock=measured(-30 * 60))
    assert flags_of(phone, key, content)[FlagKind.CLOCK_DRIFT].startswith(
        "手机时间比服务器快 30 分钟"
    )
    assert "晚" not in Visit.objects.get().flags.get().detail


def test_a_clock_that_runs_with_ours_is_no_flag(phone, walk):
    key, content = sealed(walk, walk.sites[0], clock=measured(-40))
    assert flags_of(phone, key, content) == {}


def test_a_clock_that_was_put_back_after_it_was_measured_is_a_flag(phone, walk):
    key, content = sealed(walk, walk.sites[0], clock=measured(0, minutes_ago=1))
    assert "最后一次与服务器对时" in flags_of(phone, key, content)[FlagKind.CLOCK_DRIFT]


@pytest.mark.parametrize("how", ["format of before", "never met the server"])
def test_records_without_a_measured_clock_stay_readable(phone, walk, how):
    key, content = sealed(walk, walk.sites[0], clock=None)
    said = json.loads(content)
    if how == "format of before":
        del said["clock"], said["draft"]
        said["format"] = 1
    assert flags_of(phone, key, json.dumps(said).encode()) == {}


@pytest.mark.parametrize("how", ["sample", "fixed day"])
def test_a_demonstration_tells_of_days_of_its_own(phone, walk, settings, how):
    """It is loaded in one moment of another year, whatever day its phones say."""
    if how == "sample":
        Round.objects.update(is_sample=True)
    else:
        settings.CHUANGWEN_TODAY = datetime.date(2024, 5, 6)
    start, end = "2024-05-02T09:00:00+08:00", "2024-05-02T09:20:00+08:00"
    key, content = sealed(walk, walk.sites[0], failing=[0], started_at=start, sealed_at=end)
    phone.put_record(key, content)
    assert phone.commit(key).status_code == 200
    assert FlagKind.CLOCK_DRIFT not in [flag.kind for flag in Visit.objects.get().flags.all()]
    assert Finding.objects.get().found_on == datetime.date(2024, 5, 2)


def test_photos_that_were_taken_far_away_are_flagged_wherever_the_visit_was_sealed(phone, walk):
    near, far = photo(1), photo(2)
    key, content = sealed(walk, walk.sites[0], photos=[near, far], failing=[0])
    said = json.loads(content)
    said["photos"][1]["longitude"] = "102.2187300"  # half a degree, some 50 km
    for one in (near, far):
        phone.put_blob(one)
    phone.put_record(key, json.dumps(said).encode())
    assert phone.commit(key).status_code == 200
    flag = Visit.objects.get().flags.get()
    assert flag.kind == FlagKind.FAR_AWAY
    assert re.fullmatch(r"1 张照片拍摄时离点位至多 49\d{3} 米，容许 308 米。", flag.detail)


@pytest.mark.parametrize("year", [1970, 2300])
def test_a_clock_that_is_wrong_by_centuries_is_a_flag_and_sets_no_deadline(phone, walk, year):
    at = f"{year}-01-01T08:00:00+00:00"
    key, content = sealed(
        walk, walk.sites[0], failing=[0], started_at=at, sealed_at=f"{year}-01-01T08:20:00+00:00"
    )
    phone.put_record(key, content)
    assert phone.commit(key).status_code == 200
    assert FlagKind.CLOCK_DRIFT in [flag.kind for flag in Visit.objects.get().flags.all()]
    assert begun(walk) <= Finding.objects.get().found_on <= clock.today()


def test_a_visit_may_show_as_many_photos_as_the_phone_lets_it(phone, walk):
    drafts = (ROOT / "frontend" / "field-engine" / "drafts.ts").read_text()
    assert f"MOST_PHOTOS = {MOST_PHOTOS};" in drafts
    key, content = sealed(walk, walk.sites[0], photos=[photo(1)])
    (one,) = json.loads(content)["photos"]
    many = [{**one, "sha256": f"{number:064x}"} for number in range(MOST_PHOTOS)]
    assert phone.put_record(key, change(content, photos=many)).status_code == 201
    answer = phone.commit(key, lost=[each["sha256"] for each in many])
    assert (answer.status_code, f"{MOST_PHOTOS} 张照片" in answer.json()["reason"]) == (422, True)


def test_what_an_earlier_version_could_not_read_takes_its_way_once_this_one_can(
    phone, walk, monkeypatch
):
    """Phones sealed 240 photos while the server took 200."""
    picture = photo(1)
    key, content = sealed(walk, walk.sites[0], photos=[picture])
    with monkeypatch.context() as earlier:
        earlier.setattr("chuangwen.inspection.sealed.MOST_PHOTOS", 0)
        assert "读不懂" in phone.put_record(key, content).json()["reason"]
        assert phone.commit(key).status_code == 422
    answer = phone.commit(key)
    assert (answer.status_code, answer.json()["missing"]) == (409, [sha(picture)])
    phone.put_blob(picture)
    assert phone.commit(key).json()["blobs"] == [sha(picture)]
    assert AuditEvent.objects.filter(verb="field_record.read_again").count() == 1


def test_what_an_earlier_version_could_not_read_is_accepted_with_its_photos(
    phone, walk, wang_fang, monkeypatch
):
    picture = photo(1)
    key, content = sealed(walk, walk.sites[0], photos=[picture])
    with monkeypatch.context() as earlier:
        earlier.setattr("chuangwen.inspection.sealed.MOST_PHOTOS", 0)
        phone.put_record(key, content)
    with pytest.raises(Invalid, match="1 张照片没有送到"):
        accept(key, wang_fang)
    phone.put_blob(picture)
    accept(key, wang_fang)
    assert phone.get(f"records/{key}").json()["receipt"]["blobs"] == [sha(picture)]


def test_nobody_accepts_his_own_record(phone, walk, chen_jie, wang_fang):
    Membership.objects.filter(account=chen_jie).update(role=Role.OFFICE)  # who inspects too
    walk.pair.members.all().delete()
    key, content = sealed(walk, walk.sites[0])
    assert phone.put_record(key, content).status_code == 422
    with pytest.raises(Invalid, match="您自己的记录"):
        accept(key, chen_jie)
    accept(key, wang_fang)


@pytest.mark.parametrize("name", ["\0", "\ud800", "found\0"])
def test_names_of_values_that_cannot_be_kept_are_no_failure_of_ours(phone, walk, name):
    key, content = sealed(walk, walk.sites[0])
    said = json.loads(content)
    said["answers"][0]["values"] = {name: "1"}
    answer = phone.put_record(key, json.dumps(said).encode())
    assert (answer.status_code, "不能保存的字符" in answer.json()["reason"]) == (422, True)


def test_a_photo_outside_the_register_belongs_to_no_line(phone, walk):
    key, content = sealed(walk, None, photos=[photo(1)])
    said = json.loads(content)
    said["photos"][0]["line"] = str(walk.lines[0].pk)
    answer = phone.put_record(key, json.dumps(said).encode())
    assert (answer.status_code, "不能属于测评项" in answer.json()["reason"]) == (422, True)
    phone.put_blob(photo(1))
    assert phone.commit(key).status_code == 422


def test_a_site_that_was_taken_out_and_put_back_takes_what_was_sealed_meanwhile(
    phone, walk, wang_fang
):
    office, site = actor_of(wang_fang), walk.sites[0].site_id
    key, content = sealed(walk, walk.sites[0], failing=[0])
    given = {"site_id": site, "reason": "临时关闭", "by": office}
    remove_site_while_running(within=walk.round, base_version=walk.round.version, **given)
    assert "不在本轮中" in phone.put_record(key, content).json()["reason"]
    within = Round.objects.get()
    add_sites_while_running(
        within=within, base_version=within.version, site_ids=[site], reason="已恢复", by=office
    )
    assert RoundSite.objects.get(round=within, site=site).pk == walk.sites[0].pk
    accept(key, wang_fang)
    assert (Visit.objects.get().round_site_id, Finding.objects.count()) == (walk.sites[0].pk, 1)
    assert find_round_drift() == []
