"""The inspector's phone."""

import hashlib
import io
import json

import pytest

from tests.api.conforming import CheckedClient
from tests.inspection.conftest import (  # noqa: F401 - fixtures
    chen_jie,
    office_unit,
    walk,
    wang_fang,
    zhou_tao,
)

FIELD = "/api/field/v1/"


class Phone:
    """Speaks the protocol of docs/field-sync.md."""

    def __init__(self, account) -> None:
        self.client = CheckedClient()
        if account is not None:
            self.client.force_login(account)

    def get(self, path: str, **headers: str):
        return self.client.get(FIELD + path, headers=headers)

    def put_blob(self, content: bytes, *, sha256: str = "", span: str = ""):
        name = sha256 or hashlib.sha256(content).hexdigest()
        headers = {"Content-Range": span} if span else {}
        return self.client.put(
            f"{FIELD}blobs/{name}", content, "application/octet-stream", headers=headers
        )

    def offset(self, sha256: str) -> int | None:
        """How much has arrived; None for all."""
        answer = self.client.head(f"{FIELD}blobs/{sha256}")
        return None if answer.status_code == 200 else int(answer.headers["Upload-Offset"])

    def cut(self, path: str, content: bytes, at: int):
        """Announce all of it and break off."""
        sent = {"wsgi.input": io.BytesIO(content[:at]), "CONTENT_LENGTH": str(len(content))}
        return self.client.generic("PUT", FIELD + path, content, **sent)

    def put_record(self, key, content: bytes):
        return self.client.put(f"{FIELD}records/{key}", content, "application/octet-stream")

    def commit(self, key, **body):
        return self.client.post(
            f"{FIELD}records/{key}/commit", json.dumps(body) if body else "", "application/json"
        )


@pytest.fixture
def phone(chen_jie, walk) -> Phone:  # noqa: F811
    return Phone(chen_jie)


@pytest.fixture
def other_phone(zhou_tao, walk) -> Phone:  # noqa: F811
    return Phone(zhou_tao)
