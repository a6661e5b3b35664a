"""The closed ledger at the browser: entered and carried on by the circle, unseen by all others."""

import re

import pytest

from chuangwen.people.roles import Role
from chuangwen.supervision.models import Accountability
from tests.townspeople import person
from tests.web.sites.conftest import browser_of

LEDGER = "/supervision/accountability/"
WORDS = {"ground": "《办法》第五条", "facts": "超期未整改。", "proposal": "约谈。"}
SECRET = "责令书面检查"


@pytest.fixture
def in_circle(circle):
    return browser_of(circle)


def take(viewer, matter, step, **fields):
    fields.setdefault("version", Accountability.objects.get(pk=matter.pk).version)
    return viewer.post(f"{LEDGER}{matter.pk}/step/", {"step": step, **fields})


def test_a_matter_is_entered_with_what_it_rests_on(served, dispatched, bureau, in_circle):
    form = {**WORDS, "unit": bureau.name, "bases": f"{dispatched.number}、{served.number}"}
    assert in_circle.post(f"{LEDGER}new/", form).status_code == 302
    page = in_circle.get(f"{LEDGER}{Accountability.objects.get().pk}/").content.decode()
    assert f"/cases/{dispatched.pk}/" in page
    assert f"/supervision/notices/{served.pk}/" in page


def test_a_number_that_there_is_not_is_named_and_nothing_is_lost(bureau, in_circle):
    form = {**WORDS, "unit": bureau.name, "bases": "整改〔2021〕99号"}
    answer = in_circle.post(f"{LEDGER}new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有编号为“整改〔2021〕99号”的问题或督办单" in page
    assert "超期未整改。" in page
    assert not Accountability.objects.exists()


def test_the_page_offers_what_is_open(matter, in_circle):
    def offered():
        page = in_circle.get(f"{LEDGER}{matter.pk}/").content.decode()
        return re.findall(r'name="step" value="(\w+)"', page)

    assert offered() == ["decide", "drop"]
    decision = {"decided_by": "区文明委", "decided_on": "2021-09-15", "text": "通报批评。"}
    assert take(in_circle, matter, "decide", **decision).status_code == 302
    assert offered() == ["appeal", "carry_out"]
    assert take(in_circle, matter, "appeal", reason="已整改").status_code == 302
    assert offered() == ["uphold", "change", "revoke"]
    stale = take(in_circle, matter, "uphold", reason="事实清楚", version=1)
    assert stale.status_code == 409
    assert "事实清楚" in stale.content.decode()
    assert take(in_circle, matter, "uphold", reason="").status_code == 422


def test_the_list_is_filtered(matter, in_circle, bureau, housing):
    for query, found in (
        ("", True), ("?state=proposed", True), ("?state=decided", False),
        (f"?unit={bureau.pk}", True), (f"?unit={housing.pk}", False),
    ):  # fmt: skip
        assert (f"{LEDGER}{matter.pk}/" in in_circle.get(LEDGER + query).content.decode()) is found


PAGES = (
    "/", "/cases/", "/cases/{case}/", "/cases/?q=书面检查", "/supervision/", "/notices/",
    "/supervision/notices/", "/supervision/notices/{notice}/", "/units/", "/units/{unit}/",
    "/audit/", "/audit/?verb=accountability.proposed", "/audit/?object_id={matter}", "/overview/",
    LEDGER, LEDGER + "{matter}/",
)  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ACCOUNTABILITY])
def test_no_page_tells_anybody_else(matter, served, dispatched, tenant, role):
    """Every page about what the matter is about is asked as every other role of the unit."""
    viewer = browser_of(person(tenant, "sunli", "孙丽", role, matter.unit))
    keys = {"case": dispatched.pk, "notice": served.pk, "unit": matter.unit_id}
    for path in PAGES:
        answer = viewer.get(path.format(matter=matter.pk, **keys))
        page = answer.content.decode()
        assert SECRET not in page, path
        if "{matter}" not in path:
            assert str(matter.pk) not in page, path
        elif path.startswith(LEDGER):
            other = viewer.get(path.format(matter=dispatched.pk, **keys))
            assert (answer.status_code, other.status_code) == (403, 403)
        if not path.startswith(LEDGER):
            assert f'href="{LEDGER}' not in page, path


def test_who_handles_it_alone_sees_no_case(matter, tenant, office_unit, dispatched):
    alone = browser_of(person(tenant, "sunli", "孙丽", Role.ACCOUNTABILITY, office_unit))
    page = alone.get(f"{LEDGER}{matter.pk}/").content.decode()
    assert SECRET in page
    assert dispatched.number in page
    assert f"/cases/{dispatched.pk}/" not in page
    assert alone.get(f"/cases/{dispatched.pk}/").status_code == 403
