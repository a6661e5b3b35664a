"""The list of findings: each with its photos, narrowed and sorted."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.files.enums import DerivativeState, Purpose
from chuangwen.files.models import Derivative, StoredFile
from chuangwen.inspection.models import Finding, RoundSite, VisitPhoto
from chuangwen.kit import clock
from tests.inspection.rounds.conftest import walk
from tests.web.inspection.desk import browser, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def within(district, office):
    made = started(office, district)
    for row in RoundSite.objects.filter(round=made).select_related("checklist"):
        walk(district, row, failing={0, 2})
    return made


def photograph(finding, number, *, line=True, made=True) -> VisitPhoto:
    file = StoredFile.objects.create(
        sha256=f"{number:064}", size=9, media_type="image/jpeg"
    )  # fmt: skip
    small = StoredFile.objects.create(sha256=f"a{number:063}", size=9, media_type="image/jpeg")
    Derivative.objects.create(
        source=file, purpose=Purpose.THUMBNAIL, result=small if made else None,
        state=DerivativeState.READY if made else DerivativeState.WAITING,
    )  # fmt: skip
    return VisitPhoto.objects.create(
        visit=finding.visit,
        line=finding.line if line else None,
        file=file,
        position=number,
        taken_at=clock.now(),
    )


def shown(viewer, query="") -> str:
    return viewer.get(f"/rounds/findings/{query}").content.decode()


def test_each_finding_shows_the_photos_of_its_own_line(office, within):
    first = Finding.objects.order_by("pk").first()
    one, two, three = (photograph(first, number) for number in (1, 2, 3))
    general = photograph(first, 4, line=False)
    waiting = photograph(Finding.objects.order_by("pk").last(), 5, made=False)
    page = shown(office)
    for photo, is_shown in ((one, 1), (two, 1), (three, 0), (general, 0), (waiting, 0)):
        assert page.count(f"/rounds/photos/{photo.pk}/small/") == is_shown
    row = page[: page.index(str(one.pk))].rpartition("<tr>")[2]
    assert f"{first.number}．" in row


def test_no_photo_asks_the_database_by_itself(office, within):
    shown(office)
    with CaptureQueriesContext(
        connection,
    ) as before:
        shown(office)
    for number, finding in enumerate(Finding.objects.all(), start=1):
        photograph(finding, number)
    with CaptureQueriesContext(connection) as after:
        assert "/small/" in shown(office)
    assert len(after) == len(before) <= 8


def test_a_unit_sees_the_photos_of_its_own_findings(district, within):
    own = Finding.objects.filter(unit=district.commerce).first()
    foreign = Finding.objects.exclude(unit=district.commerce).first()
    mine, other = photograph(own, 1), photograph(foreign, 2)
    page = shown(browser(district.clerk))
    assert str(mine.pk) in page
    assert str(other.pk) not in page


def test_sorted_by_deadline_those_without_one_come_last(office, within):
    keys = list(Finding.objects.order_by("pk").values_list("pk", flat=True))
    days = {keys[0]: None, keys[1]: "2021-10-09", keys[2]: "2021-09-20"}
    Finding.objects.exclude(pk__in=days).delete()
    for key, day in days.items():
        Finding.objects.filter(pk=key).update(proposed_due_on=day)
    numbers = dict(Finding.objects.values_list("number", "pk"))
    found = [numbers[int(one)] for one in re.findall(r">(\d+)．", shown(office, "?sort=due"))]
    assert found == [keys[2], keys[1], keys[0]]


def test_narrowed_to_a_round(district, office, within):
    other = started(office, district, name="第二轮模拟测评")
    page = shown(office, f"?round={other.pk}")
    assert "没有符合条件的问题" in page
    assert f'<option value="{other.pk}" selected>第二轮模拟测评</option>' in page
    assert "．" in shown(office, f"?round={within.pk}&sort=category")
