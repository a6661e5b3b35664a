"""The sweep deletes what nothing needs, and nothing else, whatever happens at the same moment."""

import datetime
import os
import time

import pytest
import time_machine

from chuangwen.files.actions.attaching import attach_uploads
from chuangwen.files.actions.storing import store_file
from chuangwen.files.actions.sweeping import sweep_files
from chuangwen.files.actions.uploads import upload_file
from chuangwen.files.locking import nothing_swept
from chuangwen.files.models import StoredFile, Upload
from chuangwen.files.stores.local import INCOMING, LocalStore
from chuangwen.files.verifying import verify_files
from chuangwen.kit import clock
from chuangwen.kit.errors import ChuangwenError, Invalid
from tests.files import samples

DAY = datetime.timedelta(days=1)
LONG_AGO = time.time() - 10 * 86400


def age_everything(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (LONG_AGO, LONG_AGO))
    long_ago = datetime.datetime.fromtimestamp(LONG_AGO, datetime.UTC)
    StoredFile.objects.update(stored_at=long_ago)
    Upload.objects.update(uploaded_at=long_ago)


@pytest.fixture
def orphan(li_mei, file_store):
    """Bytes whose row was never written: the process died between."""
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    StoredFile.objects.all().delete()
    return file_store / stored.key


def test_old_bytes_without_a_row_go_and_young_ones_stay(orphan, file_store):
    assert sweep_files(age=DAY).blobs == 0
    assert orphan.exists()
    age_everything(file_store)
    assert sweep_files(age=DAY).blobs == 1
    assert not orphan.exists()


def test_uploads_nobody_used_go_with_their_bytes(li_mei, file_store):
    upload_file(content=samples.PDF, name="a.pdf", by=li_mei)
    age_everything(file_store)
    swept = sweep_files(age=DAY)
    assert (swept.uploads, swept.rows, swept.blobs) == (1, 1, 1)
    assert not StoredFile.objects.exists()


def test_what_is_attached_stays_for_ever(li_mei, unit, folder, file_store, transactional_row):
    upload = upload_file(content=samples.PDF, name="a.pdf", by=li_mei)
    transactional_row(upload)
    age_everything(file_store)
    swept = sweep_files(age=DAY)
    assert (swept.uploads, swept.rows, swept.blobs) == (0, 0, 0)
    assert list(verify_files()) == [None]


@pytest.fixture
def transactional_row(unit, folder, li_mei, db):
    from django.db import transaction

    def attach(upload):
        with transaction.atomic():
            return attach_uploads(kind=folder.name, owner=unit, upload_ids=[upload.pk], by=li_mei)

    return attach


def test_the_original_of_a_plan_stays(li_mei, file_store):
    """Rooms above refer with hidden keys; the sweep finds them all the same."""
    from chuangwen.plan.models import SourceDocument

    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    SourceDocument.objects.create(name="a", sha256="0" * 64, format="pdf", original=stored)
    age_everything(file_store)
    assert sweep_files(age=DAY).rows == 0


def test_broken_off_writes_go_when_they_are_old(file_store, li_mei):
    (file_store / INCOMING).mkdir(parents=True)
    partial = file_store / INCOMING / "partial-1"
    partial.write_bytes(b"x")
    assert sweep_files(age=DAY).leftovers == 0
    age_everything(file_store)
    assert sweep_files(age=DAY).leftovers == 1
    assert not partial.exists()


def test_bytes_stored_again_at_that_moment_stay(orphan, file_store, li_mei, monkeypatch):
    """Between the look and the deletion somebody sends the same file."""
    age_everything(file_store)
    store, real = LocalStore(file_store), os.rename
    key = orphan.relative_to(file_store).as_posix()

    def send_first(source, target, **kwargs):
        monkeypatch.setattr(os, "rename", real)
        store_file(content=samples.PDF, name="a.pdf", by=li_mei)
        real(source, target)

    monkeypatch.setattr(os, "rename", send_first)
    assert not store.remove_orphan(key, older_than=clock.now() - DAY)
    assert list(verify_files()) == [None]


def test_bytes_stored_again_after_the_file_was_put_aside_stay(orphan, file_store, li_mei):
    age_everything(file_store)
    aside = LocalStore(file_store)._aside(orphan.relative_to(file_store).as_posix())
    orphan.rename(aside)  # here the sweep died
    store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    sweep_files(age=DAY)
    assert not aside.exists()
    assert list(verify_files()) == [None]


def test_bytes_put_aside_whose_row_is_gone_go_although_others_have_one(orphan, li_mei, file_store):
    aside = LocalStore(file_store)._aside(orphan.relative_to(file_store).as_posix())
    orphan.rename(aside)  # here the sweep died
    store_file(content=samples.PDF + b"\n", name="another.pdf", by=li_mei)
    sweep_files(age=DAY)
    assert not aside.exists()
    assert not orphan.exists()


def test_a_sweep_that_died_is_finished_in_favour_of_the_rows(li_mei, file_store):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    aside = LocalStore(file_store)._aside(stored.key)
    (file_store / stored.key).rename(aside)
    sweep_files(age=DAY)
    assert list(verify_files()) == [None]


def test_no_sweep_while_a_backup_runs(settings, tenant):
    with nothing_swept(settings.CHUANGWEN_DATA), pytest.raises(ChuangwenError, match="正在备份"):
        sweep_files(age=DAY)


def test_running_uploads_are_never_in_reach(tenant):
    with pytest.raises(Invalid, match="1 小时"):
        sweep_files(age=datetime.timedelta(minutes=59))


def test_damage_and_loss_are_found_and_named(li_mei, file_store, transactional_row):
    good = store_file(content=samples.docx(), name="好.docx", by=li_mei)
    transactional_row(upload_file(content=samples.PDF, name="整改报告.pdf", by=li_mei))
    lost = store_file(content=samples.png(), name="丢.png", by=li_mei)
    (file_store / lost.key).unlink()
    damaged = StoredFile.objects.get(media_type="application/pdf")
    (file_store / damaged.key).write_bytes(samples.PDF.replace(b"obj", b"OBJ"))
    faults = [str(fault) for fault in verify_files() if fault]
    assert len(faults) == 2
    assert any("整改报告.pdf" in fault and "与哈希不符" in fault for fault in faults)
    assert any(lost.sha256 in fault and "缺失" in fault for fault in faults)
    assert not any(good.sha256 in fault for fault in faults)


def test_a_clock_in_the_past_deletes_nothing(orphan):
    with time_machine.travel(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)):
        assert sweep_files(age=DAY).blobs == 0
