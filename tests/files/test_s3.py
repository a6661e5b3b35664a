"""The store on S3 itself, in the fake of moto. Run where moto and the extra `s3` are installed.

They bring sixty packages that nothing else needs, so they are no part of the development lock;
the adapter is tested everywhere in test_remote.py.
"""

import datetime

import pytest

moto = pytest.importorskip("moto", reason="needs: pip install 'moto[s3]' 'django-storages[s3]'")
pytest.importorskip("storages")

from chuangwen.files.actions.storing import store_file  # noqa: E402 - after the check above
from chuangwen.files.actions.sweeping import sweep_files  # noqa: E402
from chuangwen.files.models import StoredFile  # noqa: E402
from chuangwen.files.queries import open_file  # noqa: E402
from chuangwen.files.stores import remote  # noqa: E402
from chuangwen.files.verifying import verify_files  # noqa: E402
from tests.files import samples  # noqa: E402


@pytest.fixture
def bucket(settings, monkeypatch):
    import boto3

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with moto.mock_aws():
        boto3.resource("s3").create_bucket(Bucket="chuangwen")
        settings.CHUANGWEN_S3_BUCKET = "chuangwen"
        store = remote.s3_store("chuangwen", "")
        monkeypatch.setattr("chuangwen.files.stores._s3", lambda *_names: store)
        yield boto3.resource("s3").Bucket("chuangwen")


def test_objects_are_stored_read_verified_and_swept(bucket, li_mei, monkeypatch):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    assert [item.key for item in bucket.objects.all()] == [f"files/{stored.key}"]
    with open_file(stored) as file:
        file.seek(5)
        assert file.read() == samples.PDF[5:]
    assert list(verify_files()) == [None]
    StoredFile.objects.all().delete()
    day = datetime.timedelta(days=1)
    assert sweep_files(age=day).blobs == 0
    now = datetime.datetime.now(datetime.UTC)
    monkeypatch.setattr("chuangwen.kit.clock.now", lambda: now + 3 * day)
    assert sweep_files(age=day).blobs == 1
    assert list(bucket.objects.all()) == []


def test_a_lost_object_is_found(bucket, li_mei):
    stored = store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    bucket.Object(f"files/{stored.key}").delete()
    (fault,) = verify_files()
    assert "缺失" in str(fault)
