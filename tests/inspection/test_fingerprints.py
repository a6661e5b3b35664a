"""Photos that show the same are found however they were saved; others are left alone."""

import io

import pytest
from PIL import Image

from chuangwen.files.actions.storing import store_file
from chuangwen.inspection.actions.fingerprinting import fingerprint_photos
from chuangwen.inspection.fingerprints import MOST_DIFFERENT, bands_of, difference, fingerprint_of
from chuangwen.inspection.models import FieldRecord, Visit, VisitFlag, VisitPhoto
from chuangwen.kit import clock
from chuangwen.kit.ids import new_id
from tests.inspection.samples import photo


def again(content: bytes, *, scale: float = 1, quality: int = 40, brighter: float = 1) -> bytes:
    """The picture saved again: smaller, coarser, brighter."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    size = (int(image.width * scale), int(image.height * scale))
    changed = image.resize(size).point(lambda value: min(255, int(value * brighter)))
    target = io.BytesIO()
    changed.save(target, "JPEG", quality=quality)
    return target.getvalue()


def of(content: bytes) -> int:
    found = fingerprint_of(io.BytesIO(content))
    assert found is not None
    return found


CHANGES = [{"scale": 0.5}, {"quality": 20}, {"brighter": 1.15}, {"scale": 0.7, "quality": 30}]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_picture_saved_again_is_alike(change):
    for seed in range(12):
        original = photo(seed, width=800, height=600)
        assert difference(of(original), of(again(original, **change))) <= MOST_DIFFERENT


def test_other_pictures_are_not_alike():
    found = [of(photo(seed)) for seed in range(60)]
    pairs = [(a, b) for i, a in enumerate(found) for b in found[:i]]
    assert min(difference(a, b) for a, b in pairs) > MOST_DIFFERENT


def test_bands_make_the_whole_again():
    for seed in range(20):
        value = of(photo(seed))
        bits = 0
        for band in bands_of(value):
            bits = bits << 16 | band
        assert bits == value & 2**64 - 1


@pytest.mark.parametrize("content", [b"", b"no picture", photo(1)[:-900]])
def test_what_shows_nothing_has_none(content):
    assert fingerprint_of(io.BytesIO(content)) is None


def test_a_blank_wall_looks_like_nothing():
    target = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(target, "JPEG")
    assert fingerprint_of(target) is None


def visit_with(walk, system, content: bytes, kept_as: str) -> Visit:
    record = FieldRecord.objects.create(
        account=walk.account, device="a", sha256=kept_as, content="{}", state="waiting"
    )
    now = clock.now()
    visit = Visit.objects.create(
        id=new_id(), record=record, round=walk.round, account=walk.account, state="unlisted",
        started_at=now, sealed_at=now,
    )  # fmt: skip
    file = store_file(content=content, name="a.jpg", by=system)
    VisitPhoto.objects.create(visit=visit, file=file, position=0, taken_at=now)
    return visit


@pytest.mark.django_db
def test_a_copy_in_a_later_visit_is_flagged_once_and_the_result_stays(walk, system):
    original = photo(5, width=640, height=480)
    first = visit_with(walk, system, original, "1")
    second = visit_with(walk, system, again(original, scale=0.6), "2")
    third = visit_with(walk, system, photo(6), "3")
    for visit in (first, second, third, second):
        fingerprint_photos(visit_id=visit.pk)
    flag = VisitFlag.objects.get()
    assert (flag.visit_id, flag.kind) == (second.pk, "like_photo")


@pytest.mark.django_db
def test_candidates_come_from_an_index(walk, system, django_assert_max_num_queries):
    visit = visit_with(walk, system, photo(7), "1")
    with django_assert_max_num_queries(8):
        fingerprint_photos(visit_id=visit.pk)
