"""Sealed records over the protocol: once and whole, or set aside with the reason."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.framework.enums import PhotoRule
from chuangwen.inspection.actions.running import remove_site_while_running
from chuangwen.inspection.enums import FlagKind, RecordState, RoundState
from chuangwen.inspection.models import (
    Answer,
    FieldRecord,
    Finding,
    HeldPhoto,
    ResultTally,
    Round,
    Visit,
    VisitFlag,
    VisitPhoto,
)
from chuangwen.inspection.receipts import is_genuine
from chuangwen.kit.ids import new_id
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Membership, UnitAncestry
from chuangwen.people.queries import actor_of
from tests.api.conftest import Phone
from tests.inspection.samples import photo, sha
from tests.inspection.walking import make_walk, sealed

pytestmark = pytest.mark.django_db


def send(phone, key, content, photos=()):
    answer = phone.put_record(key, content)
    for one in photos:
        assert phone.put_blob(one).status_code in (200, 201)
    return answer, phone.commit(key)


def tally(walk, dimension="round"):
    row = ResultTally.objects.get(round=walk.round, dimension=dimension)
    return row.drawn, row.tested, row.passed, row.lines, row.failed_lines, row.findings


def test_what_is_found_after_a_merger_is_the_successors_to_mend(phone, walk, system):
    """The round's counts stay with the unit that was drawn."""
    drawn = walk.sites[0].unit
    successor = create_unit(name="区综合行政执法局", kind=UnitKind.GOVERNMENT, by=system)
    merge_units(keep=successor, other=drawn, by=system)
    assert send(phone, *sealed(walk, walk.sites[0], failing=[1]))[1].status_code == 200
    assert {finding.unit_id for finding in Finding.objects.all()} == {successor.pk}
    assert ResultTally.objects.get(dimension="unit").holder_id == drawn.pk


def test_a_visit_arrives_with_answers_photos_findings_and_counts(phone, walk):
    photos = [photo(1), photo(2)]
    key, content = sealed(walk, walk.sites[0], photos=photos, failing=[1, 4])
    first = phone.put_record(key, content)
    assert (first.status_code, first.json()["missing"]) == (201, [sha(one) for one in photos])
    early = phone.commit(key)
    assert (early.status_code, early.json()["missing"]) == (409, [sha(one) for one in photos])
    for one in photos:
        assert phone.put_blob(one).status_code == 201
    receipt = phone.commit(key).json()
    assert receipt["sha256"] == sha(content)
    assert receipt["blobs"] == [sha(one) for one in photos]
    assert is_genuine(receipt)
    assert not is_genuine({**receipt, "blobs": []})

    visit = Visit.objects.get()
    assert (visit.pk, visit.state, visit.passed, visit.failed_lines) == (key, "counted", False, 2)
    assert str(visit.score) == "66.6666"  # 4 of 6, the seventh line only records
    assert visit.distance_metres == 0
    assert Answer.objects.filter(visit=visit).count() == 7
    assert VisitPhoto.objects.filter(visit=visit).count() == 2
    findings = list(Finding.objects.all())
    assert [one.number for one in findings] == [1, 2]
    assert findings[0].text == "第 2 项：2 处，要求不少于 3 处"
    assert findings[0].place == "第 0 市场（学府路 0 号）"
    assert findings[0].clause == "1.1 环境干净整洁"
    assert findings[0].unit == walk.sites[0].unit
    assert findings[0].proposed_due_on > findings[0].found_on
    for dimension in ("round", "site_type", "unit", "area"):
        assert tally(walk, dimension) == (3, 1, 0, 6, 2, 2)
    assert tally(walk, "inspector") == (0, 1, 0, 6, 2, 2)
    assert [flag.kind for flag in visit.flags.all()] == [FlagKind.NO_PHOTO]


def test_a_faultless_visit_has_no_flag(phone, walk):
    _, answer = send(
        phone, *sealed(walk, walk.sites[0], photos=[photo(1)], failing=[0]), [photo(1)]
    )
    assert answer.status_code == 200
    assert not Visit.objects.get().flags.exists()


def test_a_visit_without_a_required_photo_counts_and_says_which_lines_lack_one(phone, walk):
    """The app seals no such visit; older ones and other programs may. Nothing is thrown away."""
    key, content = sealed(walk, walk.sites[0], photos=[photo(1)], failing=[0, 1, 4])
    _, answer = send(phone, key, content, [photo(1)])
    assert (answer.status_code, answer.json()["record"]) == (200, str(key))
    visit = Visit.objects.get()
    assert (visit.state, visit.failed_lines) == ("counted", 3)
    flag = visit.flags.get()
    assert flag.kind == FlagKind.NO_PHOTO
    assert flag.detail == "2 项须拍照而没有照片：2 第 2 项、5 第 5 项。"
    assert Finding.objects.count() == 3


def test_lines_that_do_not_apply_need_no_photo_though_it_is_always_asked_for(phone, chen_jie):
    strict = make_walk(chen_jie, lines=2, mark="照", photo=PhotoRule.ALWAYS)
    key, content = sealed(strict, strict.sites[0])
    said = json.loads(content)
    said["answers"][0] |= {"not_applicable": True, "values": {}, "note": "没有设摊"}
    send(phone, key, json.dumps(said).encode())
    detail = Visit.objects.get().flags.get().detail
    assert detail == "1 项须拍照而没有照片：2 第 2 项。"


def test_the_second_look_agrees_with_the_receipt(phone, walk):
    key, content = sealed(walk, walk.sites[0])
    _, committed = send(phone, key, content)
    seen = phone.get(f"records/{key}").json()
    assert (seen["state"], seen["sha256"], seen["blobs"]) == ("committed", sha(content), [])
    assert seen["receipt"] == committed.json()


def test_everything_again_writes_nothing(phone, walk):
    picture = photo(1)
    key, content = sealed(walk, walk.sites[0], photos=[picture], failing=[0])
    _, first = send(phone, key, content, [picture])
    with CaptureQueriesContext(connection) as asked:
        again = phone.put_record(key, content)
        blob = phone.put_blob(picture)
        receipt = phone.commit(key)
    assert (again.status_code, blob.status_code, receipt.status_code) == (200, 200, 200)
    assert receipt.json() == first.json()
    written = [
        q["sql"] for q in asked.captured_queries if q["sql"].startswith(("INS", "UPD", "DEL"))
    ]
    assert [sql for sql in written if "people_session" not in sql] == []
    assert Finding.objects.count() == 1


def test_the_same_number_with_other_bytes_is_refused_and_the_first_stays(phone, walk):
    key, content = sealed(walk, walk.sites[0])
    phone.put_record(key, content)
    answer = phone.put_record(key, content + b" ")
    assert (answer.status_code, "另一份" in answer.json()["message"]) == (409, True)
    assert FieldRecord.objects.get().sealed_bytes == content


def test_a_second_visit_of_a_site_is_kept_flagged_and_not_counted(phone, walk):
    first, second = (sealed(walk, walk.sites[0], failing=[0]) for _ in range(2))
    send(phone, *first)
    _, answer = send(phone, *second)
    assert answer.status_code == 200
    extra = Visit.objects.get(pk=second[0])
    assert extra.state == "extra"
    assert {flag.kind for flag in extra.flags.all()} == {FlagKind.TWO_VISITS, FlagKind.NO_PHOTO}
    assert not extra.findings.exists()
    assert tally(walk) == (3, 1, 1, 6, 1, 1)


def test_a_problem_outside_the_register_is_a_finding(phone, walk):
    picture = photo(3)
    _, answer = send(phone, *sealed(walk, None, photos=[picture]), [picture])
    assert answer.status_code == 200
    finding = Finding.objects.get()
    assert (finding.text, finding.place, finding.site) == ("路面塌陷", "滨江路口", None)
    assert tally(walk) == (3, 0, 0, 0, 0, 1)


def test_a_line_that_does_not_apply_is_not_counted(phone, walk):
    key, content = sealed(walk, walk.sites[0])
    said = json.loads(content)
    said["answers"][0] |= {"not_applicable": True, "values": {}, "note": "没有设摊"}
    _, answer = send(phone, key, json.dumps(said).encode())
    assert answer.status_code == 200
    assert tally(walk) == (3, 1, 1, 5, 0, 0)


def change(content: bytes, **changes) -> bytes:
    return json.dumps({**json.loads(content), **changes}).encode()


BAD = {
    "no JSON": lambda content: b"\xff\x00 not json",
    "NaN": lambda content: content.replace(b'"format": 2', b'"format": NaN'),
    "other format": lambda content: change(content, format=3),
    "a format that is no number": lambda content: change(content, format=True),
    "a clock without a number": lambda content: change(
        content, clock={"offset_seconds": "3", "measured_at": "2024-05-02T10:00:00Z"}
    ),
    "a clock beyond all years": lambda content: change(
        content, clock={"offset_seconds": 10**15, "measured_at": "2024-05-02T10:00:00Z"}
    ),
    "neither sealed nor a draft": lambda content: change(content, draft="no"),
    "a draft": lambda content: change(content, draft=True),
    "deep": lambda content: b"[" * 100_000,
    "other number": lambda content: change(content, id=str(new_id())),
    "no such round": lambda content: change(content, round=str(new_id())),
    "no such site": lambda content: change(content, round_site=str(new_id())),
    "no such checklist": lambda content: change(content, checklist=str(new_id())),
    "bad coordinates": lambda content: change(
        content, position={"longitude": "190", "latitude": "1"}
    ),
    "infinite": lambda content: change(content, position={"longitude": "1", "latitude": "inf"}),
    "half a character": lambda content: change(content, note="\ud800"),
    "NUL": lambda content: change(content, note="a\0b"),
    "year 9999": lambda content: change(content, sealed_at="9999-12-31T23:59:59Z"),
    "no time zone": lambda content: change(content, sealed_at="2024-05-02T10:00:00"),
    "someone else sealed it": lambda content: change(content, account=str(new_id())),
    "a line is missing": lambda content: change(content, answers=[]),
    "an impossible value": lambda content: content.replace(b'"found": "3"', b'"found": "-3"'),
    "float": lambda content: content.replace(b'"found": "3"', b'"found": 3.5'),
    "lists for texts": lambda content: change(content, note=["x"], answers={"a": 1}),
}


@pytest.mark.parametrize("how", BAD)
def test_what_cannot_be_taken_is_kept_with_the_reason(phone, walk, how):
    key, content = sealed(walk, walk.sites[0])
    bad = BAD[how](content)
    answer, commit = send(phone, key, bad)
    assert (answer.status_code, commit.status_code) == (422, 422), answer.content.decode()
    assert answer.json()["state"] == "quarantined"
    assert len(answer.json()["reason"]) > 5
    kept = FieldRecord.objects.get()
    assert (kept.sealed_bytes, kept.sha256) == (bad, sha(bad))
    assert not Visit.objects.exists()
    assert phone.put_record(key, bad).status_code == 422
    assert phone.get(f"records/{key}").json()["receipt"] is None


def test_photos_of_a_quarantined_record_are_held_whenever_they_come(phone, walk):
    early, late = photo(1), photo(2)
    key, content = sealed(walk, walk.sites[0], photos=[early, late], round_site=str(new_id()))
    phone.put_blob(early)
    answer = phone.put_record(key, content)
    assert (answer.status_code, answer.json()["missing"]) == (422, [sha(late)])
    phone.put_blob(late)
    assert {held.file.sha256 for held in HeldPhoto.objects.all()} == {sha(early), sha(late)}


def test_rights_that_ended_out_of_reach_do_not_lose_the_record(phone, walk, chen_jie):
    key, content = sealed(walk, walk.sites[0])
    Membership.objects.filter(account=chen_jie).delete()
    answer, _ = send(phone, key, content)
    assert (answer.status_code, "没有测评权" in answer.json()["reason"]) == (422, True)


def test_a_round_closed_between_sending_and_confirming_quarantines(phone, walk):
    key, content = sealed(walk, walk.sites[0])
    assert phone.put_record(key, content).status_code == 201
    Round.objects.update(state=RoundState.CLOSED, closed_at="2024-06-01T00:00Z")
    answer = phone.commit(key)
    assert (answer.status_code, "已结束" in answer.json()["reason"]) == (422, True)
    assert FieldRecord.objects.get().state == RecordState.QUARANTINED


def test_whoever_is_in_no_pair_of_the_round_is_quarantined(other_phone, walk, zhou_tao):
    key, content = sealed(walk, walk.sites[0], account=str(zhou_tao.pk))
    answer, _ = send(other_phone, key, content)
    assert (answer.status_code, "不在本轮的测评组" in answer.json()["reason"]) == (422, True)


def test_lost_photos_set_the_record_aside_until_they_turn_up(phone, walk):
    there, lost = photo(1), photo(2)
    key, content = sealed(walk, walk.sites[0], photos=[there, lost])
    phone.put_record(key, content)
    phone.put_blob(there)
    assert phone.commit(key, lost=["0" * 64]).status_code == 409
    answer = phone.commit(key, lost=[sha(lost)])
    assert (answer.status_code, answer.json()["missing"]) == (422, [sha(lost)])
    assert phone.commit(key).status_code == 422
    phone.put_blob(lost)
    assert phone.commit(key).status_code == 200
    assert VisitPhoto.objects.count() == 2


def test_others_records_do_not_exist(phone, other_phone, walk):
    key, content = sealed(walk, walk.sites[0])
    phone.put_record(key, content)
    for ask in (lambda one: other_phone.get(f"records/{one}"), other_phone.commit):
        foreign, missing = ask(key), ask(uuid.uuid4())
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.content == missing.content


def test_a_cut_request_is_not_taken_for_a_record(phone, walk):
    key, content = sealed(walk, walk.sites[0])
    answer = phone.cut(f"records/{key}", content, 100)
    assert answer.status_code == 400
    assert not FieldRecord.objects.exists()


def test_too_long_a_record_is_refused_in_words(phone, walk):
    answer = phone.put_record(new_id(), b"x" * (2 * 2**20 + 1))
    assert (answer.status_code, "2 MB" in answer.json()["message"]) == (413, True)


def test_strangers_are_told_to_sign_in_and_clerks_may_not_send(walk, tenant, wang_fang):
    key, content = sealed(walk, walk.sites[0])
    assert Phone(None).put_record(key, content).status_code == 401
    Membership.objects.filter(account=wang_fang).update(role="clerk")
    refused = Phone(wang_fang).put_record(key, content)
    assert (refused.status_code, "没有" in refused.json()["message"]) == (403, True)


def statements(phone, walk, site, photos, failing):
    key, content = sealed(walk, site, photos=photos, failing=failing)
    phone.put_record(key, content)
    for one in photos:
        phone.put_blob(one)
    with CaptureQueriesContext(connection) as asked:
        assert phone.commit(key).status_code == 200
    return [query["sql"][:120] for query in asked.captured_queries]


def test_confirming_asks_as_often_for_many_lines_and_photos_as_for_few(phone, chen_jie, walk):
    large = make_walk(chen_jie, lines=70, mark="大")
    few = statements(phone, walk, walk.sites[0], [photo(1)], [0, 1])
    many = statements(
        phone, large, large.sites[0], [photo(n) for n in range(2, 14)], range(0, 60, 7)
    )
    assert len(many) == len(few), "\n".join(many)
    assert len(few) < 40


def test_a_visit_that_judged_nothing_takes_no_sites_place(phone, walk, wang_fang):
    """The market was locked in the morning: the visit of the afternoon is the one that counts."""
    office = actor_of(wang_fang)
    locked, content = nothing_applies(*sealed(walk, walk.sites[0]))
    assert send(phone, locked, content)[1].status_code == 200
    assert (Visit.objects.get().state, tally(walk)) == ("undecided", (3, 0, 0, 0, 0, 0))
    assert [flag.kind for flag in VisitFlag.objects.all()] == [FlagKind.NOTHING_JUDGED]
    key, content = sealed(walk, walk.sites[0], failing=[0])
    send(phone, key, content)
    assert Visit.objects.get(pk=key).state == "counted"
    assert tally(walk)[:3] == (3, 1, 1)

    send(phone, *nothing_applies(*sealed(walk, walk.sites[1])))
    remove_site_while_running(
        within=walk.round, base_version=walk.round.version, site_id=walk.sites[1].site_id,
        reason="已关闭", by=office,
    )  # fmt: skip
    assert tally(walk)[0] == 2
    left = Visit.objects.get(site=walk.sites[1].site_id)
    assert (left.state, left.round_site_id) == ("undecided", None)


def test_a_post_in_the_sites_unit_is_for_a_person_to_decide(phone, walk, chen_jie):
    """陈洁 was posted to the owner of the market while the round ran."""
    owner = walk.sites[0].unit
    UnitAncestry.objects.create(ancestor=owner, descendant=owner, depth=0)
    Membership.objects.create(account=chen_jie, unit=owner, role="clerk")
    key, content = sealed(walk, walk.sites[0])
    assert send(phone, key, content)[1].status_code == 422
    reason = FieldRecord.objects.get(pk=key).reason
    assert reason == "陈洁须回避：主管单位“主管局”是其本单位或上下级单位（任职有变动）。"


def nothing_applies(key, content):
    said = json.loads(content)
    for answer in said["answers"]:
        answer.update(not_applicable=True, values={}, note="现场无法进入")
    return key, json.dumps(said).encode()
