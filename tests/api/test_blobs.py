"""Photos: resumable, whole, checked; what is no photo does not come in."""

import hashlib

import pytest
from django.db import connection, transaction

from chuangwen.files.actions.photos import register_photos
from chuangwen.files.models import StoredFile
from chuangwen.files.stores import local
from tests.files import samples
from tests.inspection.samples import photo, sha

pytestmark = pytest.mark.django_db


def parts_left(file_store) -> list[str]:
    return [path.name for path in (file_store / ".incoming").rglob("*") if path.is_file()]


def test_a_photo_in_one_request_is_stored_under_its_hash(phone, file_store):
    picture = photo(1)
    assert phone.offset(sha(picture)) == 0
    answer = phone.put_blob(picture)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(picture)))
    assert phone.offset(sha(picture)) is None
    kept = [path for path in file_store.glob("*/*/*") if path.name == sha(picture)]
    assert kept[0].read_bytes() == picture
    assert parts_left(file_store) == []
    assert phone.put_blob(picture).status_code == 201  # the bytes once more: it is the same file
    with transaction.atomic():
        (stored,) = register_photos([sha(picture)]).values()
        assert register_photos([sha(picture)]) == {sha(picture): stored}
    assert (stored.sha256, stored.size) == (sha(picture), len(picture))
    assert stored.media_type == "image/jpeg"
    assert phone.put_blob(picture).status_code == 200


def test_names_are_durable_before_rows_say_so(phone, monkeypatch):
    pictures = [photo(number) for number in range(3)]
    for one in pictures:
        phone.put_blob(one)
    synced: list[str] = []
    monkeypatch.setattr(local, "sync_directory", lambda path: synced.append(path.name))

    def note(execute, sql, *more):
        synced.extend(["rows"] if 'INTO "files_storedfile"' in sql else [])
        return execute(sql, *more)

    with transaction.atomic(), connection.execute_wrapper(note):
        register_photos([sha(one) for one in pictures])
    assert synced[: synced.index("rows")] == sorted({sha(one)[:2] for one in pictures})


def test_a_photo_that_the_sweep_took_is_asked_for_again(phone, file_store):
    picture = photo(9)
    phone.put_blob(picture)
    for path in file_store.glob("*/*/*"):
        if path.name == sha(picture):
            path.unlink()
    assert phone.offset(sha(picture)) == 0
    with transaction.atomic():
        assert register_photos([sha(picture)]) == {}


def test_parts_go_on_where_the_last_one_ended(phone, file_store):
    picture = photo(2)
    size, name = len(picture), sha(picture)
    first = phone.put_blob(picture[:500], sha256=name, span=f"bytes 0-499/{size}")
    assert (first.status_code, first.headers["Upload-Offset"]) == (202, "500")
    wrong = phone.put_blob(picture[700:], sha256=name, span=f"bytes 700-{size - 1}/{size}")
    assert (wrong.status_code, wrong.headers["Upload-Offset"]) == (409, "500")
    last = phone.put_blob(picture[500:], sha256=name, span=f"bytes 500-{size - 1}/{size}")
    assert last.status_code == 201
    assert parts_left(file_store) == []


def test_a_part_sent_again_from_an_earlier_place_is_taken(phone):
    picture = photo(3)
    size, name = len(picture), sha(picture)
    phone.put_blob(picture[:900], sha256=name, span=f"bytes 0-899/{size}")
    again = phone.put_blob(picture[400:], sha256=name, span=f"bytes 400-{size - 1}/{size}")
    assert again.status_code == 201


def test_a_request_that_breaks_off_leaves_what_came(phone):
    picture = photo(4)
    answer = phone.cut(f"blobs/{sha(picture)}", picture, 321)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (202, "321")
    assert phone.offset(sha(picture)) == 321


def test_parts_are_of_one_account(phone, other_phone, zhou_tao, walk):
    picture = photo(5)
    phone.put_blob(picture[:300], sha256=sha(picture), span=f"bytes 0-299/{len(picture)}")
    assert other_phone.offset(sha(picture)) == 0


def test_another_hash_than_promised_is_thrown_away(phone, file_store):
    picture = photo(6)
    answer = phone.put_blob(picture, sha256="0" * 64)
    assert (answer.status_code, "校验值" in answer.json()["message"]) == (422, True)
    assert phone.offset("0" * 64) == 0
    assert parts_left(file_store) == []
    assert not StoredFile.objects.exists()


NO_PHOTOS = {
    "text": b"hello, no photo",
    "pdf": samples.PDF,
    "cut": photo(7)[:-200],
    "bomb": samples.bomb(),
    "page": b"<html><script>attack()</script>",
}


@pytest.mark.parametrize("kind", NO_PHOTOS)
def test_what_is_no_whole_photo_is_refused_in_words(phone, file_store, kind):
    answer = phone.put_blob(NO_PHOTOS[kind])
    assert answer.status_code == 415
    assert len(answer.json()["message"]) > 8
    assert not StoredFile.objects.exists()
    assert parts_left(file_store) == []


@pytest.mark.parametrize(
    "content",
    [samples.jpeg(turned=6), samples.png(), samples.webp(), samples.heic()],
    ids=["turned jpeg", "png", "webp", "heic"],
)
def test_every_kind_of_photo_is_taken(phone, content):
    assert phone.put_blob(content).status_code == 201


def test_too_large_a_photo_is_refused_before_it_is_read(phone, settings, file_store):
    settings.CHUANGWEN_UPLOAD_LIMIT = 2**20
    answer = phone.put_blob(b"x" * 10, sha256="1" * 64, span=f"bytes 0-9/{2**20 + 1}")
    assert (answer.status_code, "1 MB" in answer.json()["message"]) == (413, True)
    assert parts_left(file_store) == []


@pytest.mark.parametrize(
    "span",
    ["bytes 0-9/9", "bytes 5-2/10", "bytes 0-8/10", "bytes */10", "lines 1-2/3", "bytes ９-9/10"],
)
def test_a_range_that_does_not_fit_is_refused(phone, span):
    assert phone.put_blob(b"0123456789", span=span.encode().decode("latin-1")).status_code == 400


def test_nothing_is_no_photo(phone):
    empty = hashlib.sha256(b"").hexdigest()
    assert phone.put_blob(b"", sha256=empty).status_code == 400


def test_a_stored_file_that_is_no_photo_stays_one(phone, system):
    from chuangwen.files.actions.storing import store_file

    store_file(content=samples.PDF, name="a.pdf", by=system)
    assert phone.put_blob(samples.PDF).status_code == 415
