"""Where the bytes lie: a local directory, or S3-compatible storage by configuration."""

from functools import cache

from django.conf import settings

from chuangwen.files.stores.base import BlobStore
from chuangwen.files.stores.local import LocalStore

FOLDER = "files"


def configured_store() -> BlobStore:
    """Return the store that the settings name."""
    if settings.CHUANGWEN_S3_BUCKET:
        return _s3(settings.CHUANGWEN_S3_BUCKET, settings.CHUANGWEN_S3_ENDPOINT)
    return LocalStore(settings.CHUANGWEN_DATA / FOLDER)


@cache
def _s3(bucket: str, endpoint: str) -> BlobStore:
    """Import the optional library only where it is used."""
    from chuangwen.files.stores.remote import s3_store  # noqa: PLC0415 - extra `s3`

    return s3_store(bucket, endpoint)
