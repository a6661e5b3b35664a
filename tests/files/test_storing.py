"""Bytes are durable before their row, once for each content, and never replaced by others."""

import hashlib
import os
import stat

import pytest
from django.db import connection, transaction

from chuangwen.files.actions.storing import store_file
from chuangwen.files.models import StoredFile
from chuangwen.files.queries import open_file
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from tests.files import samples


def blobs(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_bytes_lie_under_their_hash_and_come_back(li_mei, file_store):
    stored = store_file(content=samples.PDF, name="报告.pdf", by=li_mei)
    assert stored.sha256 == hashlib.sha256(samples.PDF).hexdigest()
    assert (stored.size, stored.media_type) == (len(samples.PDF), "application/pdf")
    (path,) = blobs(file_store)
    assert path == file_store / li_mei.tenant_id.hex / stored.sha256[:2] / stored.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with open_file(stored) as file:
        assert file.read() == samples.PDF


def test_identical_content_is_one_file(li_mei, file_store):
    one = store_file(content=samples.PDF, name="甲.pdf", by=li_mei)
    other = store_file(content=iter([samples.PDF[:9], samples.PDF[9:]]), name="乙.pdf", by=li_mei)
    assert one == other
    assert len(blobs(file_store)) == 1


def test_storing_again_mends_a_damaged_copy(li_mei, file_store):
    stored = store_file(content=samples.PDF, name="甲.pdf", by=li_mei)
    blobs(file_store)[0].write_bytes(b"rubbish")
    store_file(content=samples.PDF, name="甲.pdf", by=li_mei)
    with open_file(stored) as file:
        assert file.read() == samples.PDF


def test_a_refused_file_leaves_nothing(li_mei, file_store, settings):
    settings.CHUANGWEN_UPLOAD_LIMIT = 2**20
    for content in (b"", b"MZ program", (b"%PDF-" + b"x" * 2**16 for _ in range(17))):
        with pytest.raises(Invalid):
            store_file(content=content, name="a.pdf", by=li_mei)
    assert blobs(file_store) == []
    assert not StoredFile.objects.exists()


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(li_mei, settings):
    settings.CHUANGWEN_UPLOAD_LIMIT = len(samples.PDF)
    assert store_file(content=samples.PDF, name="a.pdf", by=li_mei).size == len(samples.PDF)
    settings.CHUANGWEN_UPLOAD_LIMIT -= 1
    with pytest.raises(Invalid, match="的上限"):
        store_file(content=samples.PDF, name="a.pdf", by=li_mei)


def test_originals_of_any_kind_are_kept_when_a_reader_took_them(li_mei):
    stored = store_file(content=b"<html>1</html>", name="a.html", any_kind=True, by=li_mei)
    assert stored.media_type == "application/octet-stream"


def test_a_power_cut_after_each_step_leaves_no_row_without_bytes(li_mei, monkeypatch, file_store):
    """The order of the system calls is what a power cut sees."""
    calls = []
    for name in ("fsync", "rename"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, _n=name, _r=real: (calls.append(_n), _r(*a))[1])

    def note_row(execute, sql, params, many, context):
        calls.extend(["row"] if sql.startswith("INSERT") and "storedfile" in sql else [])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note_row):
        store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    assert calls[0] == "fsync"  # the bytes
    assert calls[-3:] == ["rename", "fsync", "row"]
    assert calls.count("row") == 1


def test_a_failed_rename_writes_no_row(li_mei, monkeypatch, file_store):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(OSError, match="No space"):
        store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    assert not StoredFile.objects.exists()
    assert blobs(file_store) == []


def test_districts_do_not_share_bytes(li_mei, file_store):
    other = Tenant.objects.create(name="西区", code="510403")
    store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    with tenant_scope(other.pk):
        assert not StoredFile.objects.exists()
        with pytest.raises(ValueError, match="scope"):
            store_file(content=samples.PDF, name="a.pdf", by=li_mei)


def test_lost_bytes_are_said_and_not_a_crash(li_mei, file_store):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    blobs(file_store)[0].unlink()
    with pytest.raises(NotFound, match="不在文件库中"):
        open_file(stored)


def test_a_row_that_is_rolled_back_leaves_bytes_for_the_sweep_only(li_mei, file_store):
    with pytest.raises(RuntimeError), transaction.atomic():
        store_file(content=samples.PDF, name="a.pdf", by=li_mei)
        raise RuntimeError
    assert not StoredFile.objects.exists()
    assert len(blobs(file_store)) == 1
