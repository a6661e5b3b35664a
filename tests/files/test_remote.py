"""The store behind Django's storage interface, with Django's own storage in memory.

S3 itself: tests/files/test_s3.py, where its fake is installed.
"""

import datetime
import hashlib

import pytest
from django.core.files.storage import InMemoryStorage

from chuangwen.files import stores
from chuangwen.files.actions.storing import store_file
from chuangwen.files.actions.sweeping import sweep_files
from chuangwen.files.models import StoredFile
from chuangwen.files.queries import open_file
from chuangwen.files.stores.base import key_of
from chuangwen.files.stores.remote import RemoteStore
from chuangwen.files.verifying import verify_files
from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from tests.files import samples

DAY = datetime.timedelta(days=1)


class Overwriting(InMemoryStorage):
    """Like S3: a name has one content, the last one."""

    def get_available_name(self, name, max_length=None):
        self.delete(name)
        return name


@pytest.fixture
def storage(monkeypatch):
    made = Overwriting()
    for module in ("actions.storing", "actions.sweeping", "queries", "verifying"):
        monkeypatch.setattr(f"chuangwen.files.{module}.configured_store", lambda: RemoteStore(made))
    return made


def test_bytes_go_there_and_come_back(storage, li_mei, file_store):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    assert storage.exists(key_of(li_mei.tenant_id, hashlib.sha256(samples.PDF).hexdigest()))
    with open_file(stored) as file:
        file.seek(5)
        assert file.read() == samples.PDF[5:]
    assert list(verify_files()) == [None]
    assert not file_store.exists()


def test_lost_objects_are_found(storage, li_mei):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    storage.delete(stored.key)
    with pytest.raises(NotFound):
        open_file(stored)
    (fault,) = verify_files()
    assert "缺失" in str(fault)


def test_only_old_orphans_are_swept(storage, li_mei, monkeypatch):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    storage.save("readme.txt", storage.open(stored.key))
    StoredFile.objects.all().delete()
    assert sweep_files(age=DAY).blobs == 0
    long_ago = clock.now() - 9 * DAY
    monkeypatch.setattr(storage, "get_modified_time", lambda _name: long_ago)
    assert sweep_files(age=DAY).blobs == 1
    assert storage.exists("readme.txt")


def test_a_storage_that_renames_is_refused(monkeypatch, li_mei):
    plain = InMemoryStorage()
    monkeypatch.setattr(
        "chuangwen.files.actions.storing.configured_store", lambda: RemoteStore(plain)
    )
    store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    with pytest.raises(OSError, match="must overwrite"):
        store_file(content=samples.PDF, name="a.pdf", by=li_mei)


def test_the_bucket_comes_from_the_settings(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(stores, "_s3", lambda *names: asked.append(names))
    settings.CHUANGWEN_S3_BUCKET, settings.CHUANGWEN_S3_ENDPOINT = "files", "http://minio:9000"
    stores.configured_store()
    assert asked == [("files", "http://minio:9000")]
