"""Rescue files: whose a record is, and what a file adds to what was sent before."""

import io
import json
import zipfile

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.inspection.actions.receiving import receive_record
from chuangwen.inspection.actions.rescuing import import_rescue
from chuangwen.inspection.actions.reviewing import accept_record
from chuangwen.inspection.errors import OtherRecord
from chuangwen.inspection.models import FieldRecord, Visit
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Account
from chuangwen.people.queries import actor_of
from tests.api.conftest import Phone
from tests.inspection.samples import photo, sha
from tests.inspection.walking import sealed

pytestmark = pytest.mark.django_db


def bring(wang_fang, **entries: bytes) -> list[str]:
    """Import a rescue file; each entry is a record by its number or a photo by its hash."""
    paths = {
        f"blobs/{name}" if len(name) == 64 else f"records/{name}.json": content
        for name, content in entries.items()
    }
    return [one.what for one in bring_paths(wang_fang, paths)]


def bring_paths(wang_fang, entries: dict[str, bytes]):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path, content in entries.items():
            archive.writestr(path, content)
    file.seek(0)
    return import_rescue(file=file, by=actor_of(wang_fang))


def test_the_record_of_a_disabled_account_is_and_stays_its_own(walk, chen_jie, wang_fang):
    key, content = sealed(walk, walk.sites[0])
    Account.objects.filter(pk=chen_jie.pk).update(is_active=False)
    (said,) = bring(wang_fang, **{str(key): content})
    assert "陈洁现在没有测评权" in said
    accept_record(kept=FieldRecord.objects.get(pk=key), reason="离岗前所测", by=actor_of(wang_fang))
    assert Visit.objects.get().account == chen_jie
    Account.objects.filter(pk=chen_jie.pk).update(is_active=True)
    assert Phone(chen_jie).put_record(key, content).status_code == 200
    assert Phone(chen_jie).commit(key).status_code == 200


def test_a_record_that_was_kept_in_another_name_goes_back_to_who_sealed_it(
    walk, chen_jie, zhou_tao, wang_fang
):
    """An earlier version kept those of disabled accounts in the name of who brought them."""
    key, content = sealed(walk, walk.sites[0])
    receive_record(record_id=key, content=content, by=actor_of(chen_jie))
    FieldRecord.objects.update(account=wang_fang)
    with pytest.raises(OtherRecord):
        receive_record(record_id=key, content=content, by=actor_of(zhou_tao))
    assert Phone(chen_jie).put_record(key, content).status_code == 200
    assert FieldRecord.objects.get().account == chen_jie
    assert AuditEvent.objects.filter(verb="field_record.given_back").count() == 1


def test_a_file_brings_the_photos_for_which_a_record_waits(walk, chen_jie, wang_fang):
    lost = photo(1)
    key, content = sealed(walk, walk.sites[0], photos=[lost])
    phone = Phone(chen_jie)
    phone.put_record(key, content)
    assert phone.commit(key, lost=[sha(lost)]).status_code == 422
    assert "早已收到，待处理" in bring(wang_fang, **{str(key): content})[0]
    assert bring(wang_fang, **{str(key): content, sha(lost): lost}) == ["已确认。"]
    assert phone.get(f"records/{key}").json()["receipt"]["blobs"] == [sha(lost)]


def test_the_files_of_one_record_may_come_in_any_order(walk, wang_fang):
    """The phone exports what is too large for one file in several, each with the record's text."""
    first, second = photo(1), photo(2)
    key, content = sealed(walk, walk.sites[0], photos=[first, second])
    assert "还缺 1 张照片" in bring(wang_fang, **{str(key): content, sha(second): second})[0]
    assert bring(wang_fang, **{str(key): content, sha(first): first}) == ["已确认。"]


def test_bytes_that_nobody_can_read_are_known_again(chen_jie, walk, wang_fang):
    key, _ = sealed(walk, walk.sites[0])
    Phone(chen_jie).put_record(key, b"not a record")
    (said,) = bring(wang_fang, **{str(key): b"not a record"})
    assert said.startswith("早已收到，待处理：读不懂")


def a_draft(walk, *photos: bytes):
    """As a phone writes it: half of the lines answered, no site in reach."""
    key, content = sealed(walk, walk.sites[0], photos=photos, draft=True)
    said = json.loads(content)
    for answer in said["answers"][3:]:
        answer["values"] = {}
    return key, json.dumps({**said, "position": None}).encode()


def test_a_draft_is_kept_with_its_photos_and_never_counts(walk, chen_jie, wang_fang):
    shown, lost = photo(1), photo(2)
    key, content = a_draft(walk, shown, lost)
    (said,) = bring_paths(wang_fang, {f"drafts/{key}.json": content, f"blobs/{sha(shown)}": shown})
    assert said.name == f"草稿 {key.hex[-8:]}"
    assert said.what == ("已留存在“待处理”中，还缺 1 张照片。草稿没有封存，不算测评，也不能采用。")
    kept = FieldRecord.objects.get()
    assert (kept.account, kept.state, kept.sealed_bytes) == (chen_jie, "quarantined", content)
    assert kept.reason.startswith("草稿")
    assert kept.held_photos.get(sha256=sha(shown)).file is not None
    with pytest.raises(Invalid, match="草稿，没有封存"):
        accept_record(kept=kept, reason="照收", by=actor_of(wang_fang))
    assert not Visit.objects.exists()


def test_the_same_draft_is_kept_once_and_leaves_room_for_the_visit_that_is_sealed_later(
    walk, chen_jie, wang_fang
):
    key, content = a_draft(walk)
    for known in ("已留存", "早已留存"):
        (said,) = bring_paths(wang_fang, {f"drafts/{key}.json": content})
        assert said.what.startswith(known)
    assert FieldRecord.objects.count() == 1
    _, whole = sealed(walk, walk.sites[0], record_id=key)
    phone = Phone(chen_jie)
    assert phone.put_record(key, whole).status_code == 201
    assert phone.commit(key).status_code == 200
    assert Visit.objects.get().pk == key


def test_a_draft_at_an_unlisted_place_may_lack_everything(walk, wang_fang):
    key, content = sealed(walk, None, draft=True, place="", note="")
    (said,) = bring_paths(wang_fang, {f"drafts/{key}.json": content})
    assert said.is_good
    assert FieldRecord.objects.get().reason.startswith("草稿")


def test_what_is_no_draft_is_not_taken_for_one(walk, wang_fang):
    key, content = sealed(walk, walk.sites[0])
    (said,) = bring_paths(wang_fang, {f"drafts/{key}.json": content})
    assert (said.is_good, FieldRecord.objects.count()) == (False, 0)
    (said,) = bring_paths(wang_fang, {f"drafts/{key}.json": b"?"})
    assert said.what.startswith("已留存")
    assert "读不懂" in FieldRecord.objects.get().reason
