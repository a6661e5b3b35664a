"""Sent first, attached when the form is accepted; removed with a reason."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from chuangwen.audit.models import AuditEvent
from chuangwen.files.actions.attaching import attach_uploads, hashes, remove_attachment
from chuangwen.files.actions.uploads import discard_upload, upload_file
from chuangwen.files.limits import MOST_AT_ONCE, MOST_WAITING
from chuangwen.files.models import Attachment, StoredFile, Upload
from chuangwen.files.queries import attachments_of, find_attachment, own_uploads
from chuangwen.kit.errors import Gone, Invalid, NotFound, NotPermitted
from tests.files import samples
from tests.files.conftest import clerk_of

NAME = "关于停车泊位的整改报告（盖章版）.pdf"


@pytest.fixture
def attach(unit, folder, li_mei):
    def run(*uploads, by=li_mei, owner=unit):
        with transaction.atomic():
            keys = [upload.pk for upload in uploads]
            return attach_uploads(kind=folder.name, owner=owner, upload_ids=keys, by=by)

    return run


@pytest.fixture
def upload(li_mei):
    return upload_file(content=samples.PDF, name=f"D:\\{NAME}", by=li_mei)


def test_an_upload_becomes_an_attachment_under_its_name(upload, attach, unit, folder):
    (attached,) = attach(upload)
    assert not Upload.objects.exists()
    assert attachments_of(folder.name, [unit.pk]) == {unit.pk: [attached]}
    assert (attached.name, attached.position) == (NAME, 0)
    assert hashes([attached]) == [attached.file.sha256]


def test_a_form_sent_twice_attaches_once(upload, attach):
    attach(upload)
    with pytest.raises(Invalid, match="已提交过"):
        attach(upload)
    assert Attachment.objects.count() == 1


def test_the_same_bytes_under_two_names_are_one_file_and_two_attachments(li_mei, attach):
    one = upload_file(content=samples.PDF, name="甲.pdf", by=li_mei)
    other = upload_file(content=samples.PDF, name="乙.pdf", by=li_mei)
    attached = attach(other, one)
    assert [each.name for each in attached] == ["乙.pdf", "甲.pdf"]
    assert StoredFile.objects.count() == 1


def test_nobody_attaches_sees_or_discards_the_upload_of_another(upload, attach, sun_li):
    assert own_uploads(sun_li, [upload.pk]) == []
    discard_upload(upload_id=upload.pk, by=sun_li)
    with pytest.raises(Invalid):
        attach(upload, by=sun_li)
    assert Upload.objects.get() == upload


def test_an_upload_is_taken_back(upload, li_mei):
    discard_upload(upload_id=upload.pk, by=li_mei)
    discard_upload(upload_id=upload.pk, by=li_mei)
    assert not Upload.objects.exists()


def test_there_is_an_end_to_how_much_one_sends(li_mei, unit, attach, monkeypatch):
    stored = upload_file(content=samples.PDF, name="a.pdf", by=li_mei).file
    more = [
        Upload(file=stored, name=f"{number}.pdf", account_id=li_mei.account_id)
        for number in range(1, MOST_WAITING)
    ]
    Upload.objects.bulk_create(more)
    with pytest.raises(Invalid, match="还没有提交"):
        upload_file(content=samples.PDF, name="a.pdf", by=li_mei)
    with pytest.raises(Invalid, match=f"最多 {MOST_AT_ONCE} 个"):
        attach(*more[: MOST_AT_ONCE + 1])
    assert not Attachment.objects.exists()


def test_attaching_outside_a_transaction_is_a_mistake_of_ours(
    upload, unit, folder, li_mei, monkeypatch
):
    outside = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr("chuangwen.files.actions.attaching.connection", outside)
    with pytest.raises(RuntimeError, match="inside the transaction"):
        attach_uploads(kind=folder.name, owner=unit, upload_ids=[upload.pk], by=li_mei)


def test_members_of_the_unit_find_it_and_to_others_it_does_not_exist(
    upload, attach, li_mei, sun_li, folder
):
    (attached,) = attach(upload)
    assert find_attachment(li_mei, attached.pk).sees_original
    with pytest.raises(NotFound) as foreign:
        find_attachment(sun_li, attached.pk)
    with pytest.raises(NotFound) as missing:
        find_attachment(sun_li, upload.pk)
    assert foreign.value.message == missing.value.message


def test_a_removed_file_says_why_to_those_who_could_see_it(upload, attach, li_mei, sun_li):
    (attached,) = attach(upload)
    with pytest.raises(Invalid, match="原因"):
        remove_attachment(attachment=attached, reason=" ", by=li_mei)
    with pytest.raises(NotFound):
        remove_attachment(attachment=attached, reason="误传", by=sun_li)
    remove_attachment(attachment=attached, reason="误传", by=li_mei)
    remove_attachment(attachment=attached, reason="又一次", by=li_mei)
    with pytest.raises(Gone, match="误传"):
        find_attachment(li_mei, attached.pk)
    with pytest.raises(NotFound):
        find_attachment(sun_li, attached.pk)
    assert StoredFile.objects.count() == 1


def test_the_owning_room_decides_who_removes(tenant, folder, attach):
    from chuangwen.people.models import Unit

    other = Unit.objects.create(name="区委办", kind="party")
    clerk = clerk_of(other)
    upload = upload_file(content=samples.PDF, name="a.pdf", by=clerk)
    (attached,) = attach(upload, by=clerk, owner=other)
    with pytest.raises(NotPermitted):
        remove_attachment(attachment=attached, reason="误传", by=clerk)


def test_the_log_has_hashes_and_no_names(upload, attach, li_mei):
    (attached,) = attach(upload)
    remove_attachment(attachment=attached, reason="误传", by=li_mei)
    events = AuditEvent.objects.filter(verb__startswith="file.")
    assert {event.verb for event in events} == {"file.uploaded", "file.removed"}
    assert not any("整改" in f"{event.label}{event.changes}" for event in events)


@pytest.mark.parametrize("owners", [1, 3])
def test_the_files_of_many_rows_are_one_query(
    owners, li_mei, folder, attach, django_assert_num_queries
):
    from chuangwen.people.models import Unit

    units = [Unit.objects.create(name=f"单位{n}", kind="government") for n in range(owners)]
    for each in units:
        sent = [
            upload_file(content=samples.jpeg(64 + n, 64), name="a.jpg", by=li_mei) for n in range(2)
        ]
        attach(*sent, owner=each)
    with django_assert_num_queries(1):
        found = attachments_of(folder.name, [each.pk for each in units])
        assert sum(file.file.size > 0 for files in found.values() for file in files) == 2 * owners


def test_the_database_refuses_a_removal_without_reason(upload, attach):
    (attached,) = attach(upload)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=attached.pk).update(removal_reason="x")
