"""Parts of files on their way: one writer each, what came stays, what was given up goes."""

import datetime
import hashlib
import os
import time
from types import SimpleNamespace

import pytest

from chuangwen.files import partials
from chuangwen.files.actions.photos import Arrival, Span, receive_photo
from chuangwen.files.actions.sweeping import sweep_files
from chuangwen.files.errors import WrongOffset
from chuangwen.kit.ids import new_id
from tests.inspection.samples import photo, sha

NAME = "a" * 64
pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(tenant):
    return new_id()


def write(phone, start: int, content: bytes) -> None:
    with partials.part(phone, NAME, start) as file:
        file.write(content)


def test_what_came_stays_even_if_the_request_fails(phone):
    with pytest.raises(ConnectionError), partials.part(phone, NAME, 0) as file:
        file.write(b"12345")
        raise ConnectionError
    assert partials.received(phone, NAME) == 5
    write(phone, 5, b"678")
    assert partials.received(phone, NAME) == 8


def test_a_part_that_is_being_written_is_nobody_elses(phone):
    write(phone, 0, b"12345")
    with partials.part(phone, NAME, 5) as first:
        assert partials.received(phone, NAME) == 0
        with pytest.raises(WrongOffset) as refused, partials.part(phone, NAME, 5):
            pass
        assert refused.value.offset == 0
        write(phone, 0, b"123")  # the other request begins anew, in a file of its own
        first.write(b"678")
    assert partials.received(phone, NAME) == 8


def test_a_whole_file_that_a_kill_left_behind_wants_its_last_byte_again(phone):
    content = b"all of it"
    name = hashlib.sha256(content).hexdigest()
    with partials.part(phone, name, 0) as file:
        file.write(content)
    assert partials.received(phone, name) == len(content) - 1


def test_a_gap_is_refused_with_the_right_place(phone):
    write(phone, 0, b"123")
    with pytest.raises(WrongOffset) as refused, partials.part(phone, NAME, 4):
        pass
    assert refused.value.offset == 3


def test_the_sweep_takes_what_phones_gave_up_and_nothing_else(phone, file_store):
    write(phone, 0, b"old")
    (old,) = (file_store / ".incoming").rglob(f"{NAME}*")
    long_ago = time.time() - 86400 * 3
    os.utime(old, (long_ago, long_ago))
    with partials.part(phone, "b" * 64, 0) as file:
        file.write(b"young")
        assert sweep_files(age=datetime.timedelta(hours=48)).leftovers == 1
    assert not old.exists()
    assert partials.received(phone, "b" * 64) == 5


def test_a_part_is_readable_by_the_owner_of_the_process_only(phone, file_store):
    write(phone, 0, b"123")
    (path,) = (file_store / ".incoming").rglob(f"{NAME}*")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("moment", ["made", "opened"])
def test_the_same_photo_sent_twice_at_once_is_kept_whole_and_both_are_answered(
    phone, file_store, monkeypatch, moment
):
    """The second request takes the first one's new file, before that has locked it, and keeps
    it: what the first one then writes to must not be the kept file, and not be missing."""
    content = photo(1)
    name, by = sha(content), SimpleNamespace(account_id=phone)
    span, stored = Span(0, len(content), len(content)), []

    def send() -> Arrival:
        return receive_photo(sha256=name, span=span, content=[content], by=by)

    def meanwhile(plain):
        def done(*args, **options):
            if not stored and moment == "opened":
                stored.append(None)
                stored[0] = send()
            result = plain(*args, **options)
            if not stored and moment == "made":
                stored.append(None)
                stored[0] = send()
            return result

        return done

    if moment == "made":
        monkeypatch.setattr(partials.Path, "touch", meanwhile(partials.Path.touch))
    else:
        monkeypatch.setattr(partials.fcntl, "flock", meanwhile(partials.fcntl.flock))
    written: list[bytes] = []
    monkeypatch.setattr(
        partials.os, "fsync", lambda number: written.append(_kept(file_store, name))
    )
    assert send() == stored[0] == Arrival(len(content), is_whole=True)
    assert _kept(file_store, name) == content
    assert set(written) <= {b"", content}  # never half of it under its final name


def _kept(file_store, name: str) -> bytes:
    found = list(file_store.glob(f"[0-9a-f]*/*/{name}"))
    return found[0].read_bytes() if found else b""
