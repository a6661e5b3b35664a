"""The page of a case: who is offered what, and what becomes of a form."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.files.models import Attachment
from chuangwen.rectification.actions.checking import pass_case
from chuangwen.rectification.actions.deadlines import ask_extension
from chuangwen.rectification.actions.dispatching import reassign_case
from chuangwen.rectification.actions.handling import accept_case
from chuangwen.rectification.actions.opening import report_case
from chuangwen.rectification.enums import CaseState, Step
from chuangwen.rectification.models import Case, CaseEvent, CaseShare
from tests.rectification.conftest import DAY
from tests.rectification.conftest import now as fresh
from tests.web.sites.conftest import browser_of

LATER = "2021-10-15"


def offered(viewer, case) -> list[str]:
    """Return the steps that the page offers, in their order."""
    page = viewer.get(f"/cases/{case.pk}/").content.decode()
    return re.findall(r'name="step" value="(\w+)"', page)


def take(viewer, case, step, **fields):
    """Send a form of the page as it stands now; `version` says how old the page is."""
    fields.setdefault("version", Case.objects.get(pk=case.pk).version)
    return viewer.post(f"/cases/{case.pk}/step/", {"step": step, **fields})


def state(case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_each_is_offered_what_is_theirs_to_do(dispatched, at_office, at_bureau, in_the_field):
    assert offered(at_bureau, dispatched) == ["accept", "refuse"]
    assert offered(at_office, dispatched) == ["extend", "reassign", "suspend", "merge", "cancel"]
    assert offered(in_the_field, dispatched) == []


def test_who_handled_a_case_is_not_offered_to_check_it(
    handed_in,
    bureau,
    tenant,
    in_the_field,
    at_bureau,
):
    assert offered(in_the_field, handed_in) == ["pass", "fail"]
    assert offered(at_bureau, handed_in) == ["recall"]


def test_a_suspended_case_offers_its_resumption_alone(dispatched, at_office, at_bureau):
    assert take(at_office, dispatched, "suspend", reason="封路").status_code == 302
    assert offered(at_office, dispatched) == ["resume", "merge", "cancel"]
    assert offered(at_bureau, dispatched) == []


def test_from_a_report_to_the_units_by_the_page(reported, bureau, housing, at_office):
    assert take(at_office, reported, "file").status_code == 302
    answer = take(
        at_office, reported, "dispatch", lead=bureau.name, supporting=housing.name,
        due_on=LATER, reason="更换井盖",
    )  # fmt: skip
    assert answer.status_code == 302
    case = Case.objects.get(pk=reported.pk)
    assert (case.state, case.lead, str(case.due_on)) == (CaseState.DISPATCHED, bureau, LATER)
    assert CaseShare.objects.get(unit=housing).kind == "supporting"
    assert CaseEvent.objects.get(step=Step.DISPATCH).text == "更换井盖"


def test_a_form_that_is_not_complete_comes_back_as_typed(filed, at_office):
    answer = take(at_office, filed, "dispatch", lead="没有的局", reason="更换井盖")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "未找到单位“没有的局”" in page
    assert 'value="没有的局"' in page
    assert "更换井盖</textarea>" in page
    assert state(filed) == CaseState.FILED


def test_after_somebody_was_faster_nothing_typed_is_lost(dispatched, bureau, street, cast):
    seen_version = dispatched.version
    accept_case(**fresh(dispatched), unit=bureau, by=cast.clerks[0])

    answer = take(
        browser_of(cast.office), dispatched, "suspend", reason="道路封闭到月底",
        version=seen_version,
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已有人办理" in page
    assert "道路封闭到月底</textarea>" in page
    form = page[page.index('name="step" value="suspend"') :]
    version = re.search(r'name="version" value="(\d+)"', form)
    assert int(version[1]) == Case.objects.get().version
    again = take(
        browser_of(cast.office), dispatched, "suspend", reason="道路封闭到月底", version=version[1]
    )
    assert again.status_code == 302
    assert Case.objects.get().suspended_on == DAY


def test_words_for_a_step_that_is_no_longer_possible_are_given_back(
    dispatched, bureau, street, office, at_bureau
):
    reassign_case(**fresh(dispatched), lead=street, reason="属地", by=office)
    answer = take(
        at_bureau, dispatched, "refuse", unit=bureau.pk, reason="属街道管理",
        version=dispatched.version,
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "可以复制" in page
    assert "属街道管理" in page


def test_a_unit_hands_in_with_photos_which_stay_when_the_form_is_refused(
    dispatched, bureau, at_bureau
):
    take(at_bureau, dispatched, "accept", unit=bureau.pk)
    photo = SimpleUploadedFile("井盖.png", PNG, content_type="image/png")
    answer = take(at_bureau, dispatched, "finish", unit=bureau.pk, reason="", files=photo)
    page = answer.content.decode()
    assert answer.status_code == 422
    key = re.search(r'name="upload" value="([0-9a-f-]{36})" checked', page)[1]
    assert 'capture="environment"' in page
    answer = take(at_bureau, dispatched, "finish", unit=bureau.pk, reason="已更换", upload=key)
    assert answer.status_code == 302
    event = CaseEvent.objects.get(step=Step.FINISH)
    assert Attachment.objects.get(owner_id=event.pk).name == "井盖.png"
    assert "井盖.png" in at_bureau.get(f"/cases/{dispatched.pk}/").content.decode()


def test_no_unit_acts_for_another(dispatched, housing, at_bureau):
    answer = take(at_bureau, dispatched, "accept", unit=housing.pk)
    assert answer.status_code == 403
    assert state(dispatched) == CaseState.DISPATCHED


def test_what_is_asked_for_is_proposed_to_the_office(dispatched, bureau, clerk, at_office):
    day = datetime.date(2021, 10, 15)
    ask_extension(**fresh(dispatched), unit=bureau, due_on=day, reason="备料", by=clerk)
    page = at_office.get(f"/cases/{dispatched.pk}/").content.decode()
    assert "申请延期至 2021-10-15（待批）" in page
    assert re.search(r'name="due_on" value="2021-10-15"', page)
    assert take(at_office, dispatched, "extend", due_on=LATER).status_code == 302
    assert Case.objects.get().due_on == day


def test_of_two_units_one_does_it_again(handed_in, bureau, housing, in_the_field):
    answer = take(
        in_the_field, handed_in, "fail", units=[str(housing.pk)], due_on=LATER, reason="不平"
    )
    assert answer.status_code == 302
    states = dict(CaseShare.objects.values_list("unit__name", "state"))
    assert states == {bureau.name: "done", housing.name: "rework"}


@pytest.mark.parametrize("written", ["整改〔2021〕1号", "2021-1"])
def test_a_case_is_merged_into_another_by_its_number(dispatched, seen, office, at_office, written):
    twin = report_case(seen=seen, by=office)
    assert take(at_office, twin, "merge", keep=written, reason="同一处").status_code == 302
    assert Case.objects.get(pk=twin.pk).merged_into == dispatched
    assert f"/cases/{dispatched.pk}/" in at_office.get(f"/cases/{twin.pk}/").content.decode()


@pytest.mark.parametrize("written", ["整改〔2021〕99号", "一号", "2021", "9" * 30 + "-1"])
def test_a_number_that_there_is_not_is_named(reported, at_office, written):
    answer = take(at_office, reported, "merge", keep=written, reason="同一处")
    assert answer.status_code == 422
    assert f"没有编号为“{written}”的案卷" in answer.content.decode()


def test_a_unit_sees_no_case_of_others(dispatched, seen, office, at_bureau):
    other = report_case(seen=seen, by=office)
    assert at_bureau.get(f"/cases/{other.pk}/").status_code == 404
    assert at_bureau.post(f"/cases/{other.pk}/step/", {"step": "file"}).status_code == 404


def test_the_office_closes_what_was_checked(handed_in, inspector, at_office):
    pass_case(**fresh(handed_in), text="平整", by=inspector)
    assert offered(at_office, handed_in)[0] == "close"
    assert take(at_office, handed_in, "close").status_code == 302
    page = at_office.get(f"/cases/{handed_in.pk}/").content.decode()
    assert "已销号" in page
    assert "平整" in page
    assert offered(at_office, handed_in) == ["reopen"]


def test_nonsense_is_refused_in_words(dispatched, at_office):
    assert take(at_office, dispatched, "explode").status_code == 422
    assert take(at_office, dispatched, "suspend", reason="x", version="x").status_code == 422
    assert take(at_office, dispatched, "hand_over").status_code == 422


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090"
    "7753de0000000c4944415408d763f8cfc000000301010018dd8db0000000"
    "0049454e44ae426082"
)
