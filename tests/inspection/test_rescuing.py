"""Rescue files: whose a record is, and what a file adds to what was sent before."""

import io
import zipfile

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.inspection.actions.receiving import receive_record
from chuangwen.inspection.actions.rescuing import import_rescue
from chuangwen.inspection.actions.reviewing import accept_record
from chuangwen.inspection.errors import OtherRecord
from chuangwen.inspection.models import FieldRecord, Visit
from chuangwen.people.models import Account
from chuangwen.people.queries import actor_of
from tests.api.conftest import Phone
from tests.inspection.samples import photo, sha
from tests.inspection.walking import sealed

pytestmark = pytest.mark.django_db


def bring(wang_fang, **entries: bytes) -> list[str]:
    """Import a rescue file; each entry is a record by its number or a photo by its hash."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            path = f"blobs/{name}" if len(name) == 64 else f"records/{name}.json"
            archive.writestr(path, content)
    file.seek(0)
    return [one.what for one in import_rescue(file=file, by=actor_of(wang_fang))]


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
