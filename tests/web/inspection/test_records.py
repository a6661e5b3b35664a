"""创文办 decides on what was set aside, takes rescue files in, and looks at what struck."""

import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

from chuangwen.audit.models import AuditEvent
from chuangwen.inspection.actions.receiving import receive_record
from chuangwen.inspection.enums import FlagState, RecordState, RoundState
from chuangwen.inspection.models import FieldRecord, Finding, HeldPhoto, Round, Visit, VisitFlag
from chuangwen.kit.ids import new_id
from chuangwen.people.models import Membership
from chuangwen.people.queries import actor_of
from chuangwen.people.roles import Role
from tests.api.conftest import Phone
from tests.inspection.conftest import (  # noqa: F401 - fixtures
    chen_jie,
    office_unit,
    walk,
    wang_fang,
    zhou_tao,
)
from tests.inspection.samples import photo, sha
from tests.inspection.walking import sealed
from tests.web.signing import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(tenant, office_unit):  # noqa: F811
    return sign_in(tenant, "bangong", office_unit, Role.OFFICE)


@pytest.fixture
def phone(chen_jie, walk):  # noqa: F811
    return Phone(chen_jie)


def set_aside(phone, walk, chen_jie, **changes):  # noqa: F811
    """A record of an inspector whose rights have ended meanwhile."""
    key, content = sealed(walk, walk.sites[0], failing=[0], **changes)
    Membership.objects.filter(account=chen_jie).delete()
    assert phone.put_record(key, content).status_code == 422
    return key, content


def decide(office, key, how, reason="已与本人核实"):
    return office.post(reverse(f"field-record-{how}", kwargs={"pk": key}), {"reason": reason})


def test_what_waits_is_listed_first_and_others_by_filter(office, phone, walk, chen_jie):  # noqa: F811
    good, content = sealed(walk, walk.sites[1])
    phone.put_record(good, content)
    assert phone.commit(good).status_code == 200
    key, _ = set_aside(phone, walk, chen_jie)
    listed = office.get(reverse("field-records")).content.decode()
    assert key.hex[-8:] in listed
    assert good.hex[-8:] not in listed
    assert "没有测评权" in listed
    everything = office.get(reverse("field-records"), {"state": "all"}).content.decode()
    assert good.hex[-8:] in everything


def test_an_accepted_record_becomes_a_visit_and_the_phone_gets_its_receipt(
    office,
    phone,
    walk,  # noqa: F811
    chen_jie,  # noqa: F811
):
    key, content = set_aside(phone, walk, chen_jie)
    assert "没有测评权" in office.get(f"/inspection/records/{key}/").content.decode()
    assert decide(office, key, "accept", " ").status_code == 422
    assert decide(office, key, "accept").status_code == 302
    visit = Visit.objects.get(pk=key)
    assert (visit.state, visit.account, Finding.objects.count()) == ("counted", chen_jie, 1)
    seen = phone.get(f"records/{key}").json()
    assert (seen["state"], seen["receipt"]["sha256"]) == ("committed", sha(content))
    event = AuditEvent.objects.get(verb="visit.confirmed")
    assert event.changes["reason"] == "已与本人核实"
    assert decide(office, key, "accept").status_code == 409


def test_a_dismissed_record_stays_and_the_phone_is_told(office, phone, walk, chen_jie):  # noqa: F811
    key, content = set_aside(phone, walk, chen_jie)
    assert decide(office, key, "dismiss", "重复录入").status_code == 302
    kept = FieldRecord.objects.get(pk=key)
    assert (kept.state, kept.reason, kept.sealed_bytes) == ("dismissed", "重复录入", content)
    answer = phone.put_record(key, content)
    assert (answer.status_code, "重复录入" in answer.json()["message"]) == (410, True)
    assert phone.commit(key).status_code == 410
    assert not Visit.objects.exists()


def test_nobody_can_accept_into_a_closed_round(office, phone, walk, chen_jie):  # noqa: F811
    key, _ = set_aside(phone, walk, chen_jie)
    Round.objects.update(state=RoundState.CLOSED, closed_at="2024-06-01T00:00Z")
    answer = decide(office, key, "accept")
    assert (answer.status_code, "已结束" in answer.content.decode()) == (422, True)
    assert FieldRecord.objects.get(pk=key).state == RecordState.QUARANTINED


def test_photos_on_their_way_are_waited_for(office, phone, walk, chen_jie):  # noqa: F811
    picture = photo(1)
    key, _ = set_aside(phone, walk, chen_jie, photos=[picture])
    waiting = decide(office, key, "accept")
    assert (waiting.status_code, "1 张照片没有送到" in waiting.content.decode()) == (422, True)


def test_photos_that_are_lost_are_not_in_the_receipt(office, phone, walk):  # noqa: F811
    there, lost = photo(1), photo(2)
    key, content = sealed(walk, walk.sites[0], photos=[there, lost])
    phone.put_record(key, content)
    phone.put_blob(there)
    assert phone.commit(key, lost=[sha(lost)]).status_code == 422
    assert decide(office, key, "accept").status_code == 302
    assert phone.get(f"records/{key}").json()["receipt"]["blobs"] == [sha(there)]


def rescue(*entries: tuple[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    target.seek(0)
    target.name = "救援.zip"
    return target


def bring(office, file) -> str:
    return office.post(reverse("field-rescue"), {"file": file}).content.decode()


def test_a_rescue_file_is_the_same_as_the_line(office, walk, chen_jie):  # noqa: F811
    picture = photo(1)
    key, content = sealed(walk, walk.sites[0], photos=[picture])
    other, unread = new_id(), b"not a record"
    entries = [
        (f"records/{key}.json", content),
        (f"records/{other}.json", unread),
        (f"blobs/{sha(picture)}", picture),
        ("../../etc/passwd", b"x"),
        (f"blobs/{'0' * 64}", b"another hash"),
    ]
    said = bring(office, rescue(*entries))
    assert "已确认。" in said
    assert "待处理：读不懂" in said
    assert "不是救援文件的内容" in said
    assert "照片没有导入" in said
    visit = Visit.objects.get()
    assert (visit.pk, visit.account) == (key, chen_jie)
    assert FieldRecord.objects.get(pk=other).sealed_bytes == unread
    again = bring(office, rescue(*entries))
    assert "早已收到：已确认" in again
    assert Visit.objects.count() == 1
    assert Phone(chen_jie).commit(key).status_code == 200  # the phone comes back after all


def test_a_rescued_record_of_ended_rights_waits_with_its_photos(office, walk, chen_jie):  # noqa: F811
    picture = photo(1)
    key, content = sealed(walk, walk.sites[0], photos=[picture])
    Membership.objects.filter(account=chen_jie).delete()
    said = bring(
        office, rescue((f"records/{key}.json", content), (f"blobs/{sha(picture)}", picture))
    )
    assert "没有测评权" in said
    assert HeldPhoto.objects.get().file.sha256 == sha(picture)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut"])
def test_what_is_no_rescue_file_is_refused_in_words(office, content):
    file = io.BytesIO(content)
    file.name = "a.zip"
    answer = office.post(reverse("field-rescue"), {"file": file})
    assert answer.status_code == 422
    assert "重新从手机导出" in answer.content.decode()


def test_a_zip_bomb_is_stopped_while_it_unpacks(office, monkeypatch):
    monkeypatch.setattr("chuangwen.inspection.actions.rescuing.MOST_TOTAL", 2**20)
    zeros = b"\0" * (2 * 2**20)
    name = hashlib.sha256(zeros).hexdigest()
    answer = office.post(reverse("field-rescue"), {"file": rescue((f"blobs/{name}", zeros))})
    assert (answer.status_code, "超过 1 MB" in answer.content.decode()) == (422, True)


def test_another_districts_account_is_nobody_here(office, walk, system):  # noqa: F811
    key, content = sealed(walk, walk.sites[0])
    changed = json.dumps({**json.loads(content), "account": str(new_id())}).encode()
    said = bring(office, rescue((f"records/{key}.json", changed)))
    assert "待处理" in said
    assert FieldRecord.objects.get().account.username == "bangong"


def test_flags_are_settled_many_at_once_and_the_result_stays(office, phone, walk):  # noqa: F811
    for site in walk.sites:
        key, content = sealed(walk, site, position=None)
        phone.put_record(key, content)
        phone.commit(key)
    before = list(Visit.objects.order_by("pk").values())
    listed = office.get(reverse("visit-flags")).content.decode()
    assert listed.count("封存时手机没有定位") == 3
    flags = [str(flag.pk) for flag in VisitFlag.objects.all()]
    answer = office.post(reverse("visit-flags-settle"), {"flag": flags, "note": "室内"})
    assert answer.status_code == 302
    assert VisitFlag.objects.filter(state=FlagState.SETTLED, settled_note="室内").count() == 3
    assert AuditEvent.objects.filter(verb="visit_flag.settled").count() == 3
    assert list(Visit.objects.order_by("pk").values()) == before


def test_the_content_is_given_as_it_came(office, walk, chen_jie):  # noqa: F811
    raw = b"\xff\0 not text"
    kept = receive_record(record_id=new_id(), content=raw, by=actor_of(chen_jie)).record
    answer = office.get(reverse("field-record-content", kwargs={"pk": kept.pk}))
    assert answer.content == raw
    assert "attachment" in answer.headers["Content-Disposition"]
