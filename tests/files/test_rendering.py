"""Pictures for viewing carry nothing of place, camera or time; the worker makes them."""

import io

import pytest
from django_tasks_db.models import DBTaskResult
from PIL import Image

from chuangwen.files.actions.storing import store_file
from chuangwen.files.enums import Purpose
from chuangwen.files.models import Derivative, StoredFile
from chuangwen.files.queries import open_file
from chuangwen.files.rendering import NotRendered, install_heif_reader, render
from chuangwen.files.tasks import make_derivatives
from tests.files import samples

PHOTO = samples.jpeg(2400, 1200, with_place=True, turned=6)


def run_worker():
    for waiting in DBTaskResult.objects.all():
        make_derivatives.func(*waiting.args_kwargs["args"])


@pytest.fixture
def photo(li_mei):
    stored = store_file(content=PHOTO, name="现场.jpg", by=li_mei)
    run_worker()
    return stored


def picture_of(file):
    with open_file(file) as content:
        return Image.open(io.BytesIO(content.read()))


def test_the_original_keeps_what_the_camera_wrote_and_the_pictures_do_not(photo):
    assert samples.CAMERA.encode() in PHOTO
    with open_file(photo) as file:
        assert file.read() == PHOTO
    for purpose, size in ((Purpose.DISPLAY, (960, 1920)), (Purpose.THUMBNAIL, (160, 320))):
        made = photo.derivatives.get(purpose=purpose)
        picture = picture_of(made.result)
        assert picture.size == size  # upright: the photo was turned
        assert not picture.getexif()
        with open_file(made.result) as file:
            content = file.read()
        assert samples.CAMERA.encode() not in content
        assert b"Exif" not in content
        assert not {"comment", "xmp", "icc_profile", "exif"} & set(picture.info)


def test_one_request_to_the_worker_however_often_it_is_sent(photo, li_mei):
    store_file(content=PHOTO, name="又一次.jpg", by=li_mei)
    assert DBTaskResult.objects.count() == 1
    before = set(StoredFile.objects.values_list("pk", flat=True))
    run_worker()
    assert set(StoredFile.objects.values_list("pk", flat=True)) == before


def test_documents_wait_for_nothing(li_mei):
    store_file(content=samples.PDF, name="a.pdf", by=li_mei)
    assert not DBTaskResult.objects.exists()
    assert not Derivative.objects.exists()


def test_transparent_pictures_stand_on_white():
    picture = Image.open(io.BytesIO(render(io.BytesIO(samples.png()), Purpose.DISPLAY)))
    assert (picture.mode, picture.format) == ("RGB", "JPEG")
    red, green, blue = picture.getpixel((5, 5))
    assert red > 110 and green > 150 and blue > 110


@pytest.mark.parametrize(
    "content", [PHOTO[: len(PHOTO) // 2], samples.bomb(), b"\x89PNG\r\n\x1a\n"]
)
def test_broken_pictures_and_bombs_say_so(content):
    with pytest.raises(NotRendered, match="请重新上传"):
        render(io.BytesIO(content), Purpose.DISPLAY)


def test_a_picture_that_cannot_be_made_says_why_and_is_tried_again(li_mei, file_store):
    stored = store_file(content=samples.heic(), name="a.heic", by=li_mei)
    run_worker()
    made = stored.derivatives.get(purpose=Purpose.DISPLAY)
    expected = "损坏" if install_heif_reader() else "HEIC 读取组件"
    assert (made.state, made.result) == ("failed", None)
    assert expected in made.problem


def test_lost_originals_do_not_stop_the_worker(li_mei, file_store):
    stored = store_file(content=PHOTO, name="a.jpg", by=li_mei)
    (file_store / stored.key).unlink()
    run_worker()
    assert "不在文件库" in stored.derivatives.first().problem
