"""Too large bodies get a Chinese page with 413, and nothing of them is kept."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from chuangwen.files.models import StoredFile
from chuangwen.people.roles import Role
from chuangwen.plan.models import PlanImport
from chuangwen.web.body_limit import BLOCK, BodyLimit
from tests.plan.conftest import NOTICE

LIMIT = 200 * 1024
FORMS = ("/plan/imports/new/", "/files/uploads/", "/units/import/", "/framework/import/")


class Line(io.BytesIO):
    """What comes over the line; remembers the largest piece that was asked for at once."""

    largest = 0

    def read(self, size=-1):
        assert size is not None
        assert size >= 0
        self.largest = max(self.largest, size)
        return super().read(size)


@pytest.fixture(autouse=True)
def kept_connection():
    """A real handler lets go of old connections; this one is the test's, its transaction open."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.fixture(autouse=True)
def limit(settings):
    settings.CHUANGWEN_REQUEST_LIMIT = LIMIT


def environ(body: bytes, *, path: str = FORMS[0], client: Client | None = None, declared=True):
    kind = "multipart/form-data; boundary=b"
    made = RequestFactory().generic("POST", path, b"").environ
    made["CONTENT_TYPE"] = kind
    made["wsgi.input"] = Line(body)
    if client is not None:
        token = "t" * 32
        session = client.cookies["sessionid"].value
        made["HTTP_COOKIE"] = f"sessionid={session}; csrftoken={token}"
        made["HTTP_X_CSRFTOKEN"] = token
    if declared:
        made["CONTENT_LENGTH"] = str(len(body))
    else:
        made.pop("CONTENT_LENGTH", None)
        made["HTTP_TRANSFER_ENCODING"] = "chunked"
    return made


def form(file: bytes) -> bytes:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    return head + file + b"\r\n--b--\r\n"


def ask(given) -> tuple[int, str]:
    seen = []

    def application(environ, start):
        handler = WSGIHandler()
        handler.load_middleware()
        return handler(environ, start)

    pieces = BodyLimit(application)(given, lambda status, headers: seen.append(int(status[:3])))
    return seen[0], b"".join(pieces).decode()


@pytest.mark.parametrize("path", FORMS)
def test_a_declared_length_is_refused_before_the_application_sees_it(path):
    given = environ(b"x" * (LIMIT + 1), path=path)
    pieces = BodyLimit(pytest.fail)(given, lambda status, headers: None)
    page = b"".join(pieces).decode()
    assert "没有接收，也没有保存任何内容" in page
    assert given["wsgi.input"].largest <= BLOCK  # thrown away piece by piece
    assert given["wsgi.input"].read(1) == b""


def test_the_sender_of_very_much_is_cut_off():
    given = environ(b"x" * (6 * LIMIT))
    b"".join(BodyLimit(pytest.fail)(given, lambda status, headers: None))
    assert given["wsgi.input"].read(1) == b"x"


def test_a_chunked_body_is_counted(district):
    client = district.sign_in(Role.OFFICE)
    status, page = ask(environ(form(b"x" * LIMIT), client=client, declared=False))
    assert status == 413
    assert "提交的内容太大，没有保存任何内容" in page
    assert not StoredFile.objects.exists()


def test_a_chunked_body_within_the_limit_is_read(district):
    client = district.sign_in(Role.OFFICE)
    given = environ(form(NOTICE.read_bytes()), client=client, declared=False)
    assert ask(given)[0] == 302
    assert PlanImport.objects.get().items.exists()


def test_too_much_pasted_text_is_no_broken_request(district, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024
    client = district.sign_in(Role.OFFICE)
    answer = client.post(FORMS[0], {"text": "一" * 2000})
    assert answer.status_code == 413
    assert "把文字存为文件上传" in answer.content.decode()
