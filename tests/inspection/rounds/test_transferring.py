"""From findings of a closed round to cases: each once, with what the finding knows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.files.models import Attachment, StoredFile
from chuangwen.inspection.actions.findings import withdraw_findings
from chuangwen.inspection.actions.transferring import open_cases_of_findings
from chuangwen.inspection.enums import FindingState, RoundKind, RoundState
from chuangwen.inspection.models import Finding, Round, RoundSite, VisitPhoto
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, NotPermitted, StaleEdit
from chuangwen.rectification.enums import CaseState, OriginKind, Source
from chuangwen.rectification.models import Case, Category
from tests.inspection.rounds.conftest import District, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(tenant, system) -> District:
    made = District(tenant, system)
    made.add_sites(3, owner=made.commerce)
    return made


@pytest.fixture
def within(district) -> Round:
    """A round of three sites, two problems each, that is closed."""
    made = district.running()
    for row in RoundSite.objects.filter(round=made).select_related("checklist"):
        walk(district, row, failing={0, 2})
    Finding.objects.update(category="环境卫生")  # as a phone's record would have it
    first = Finding.objects.order_by("number").first()
    for number, line in enumerate((first.line, None)):
        file = StoredFile.objects.create(
            sha256=f"{number:064}", size=9, media_type="image/jpeg"
        )  # fmt: skip
        VisitPhoto.objects.create(
            visit=first.visit, line=line, file=file, position=number, taken_at=clock.now()
        )
    made.state, made.closed_at = RoundState.CLOSED, clock.now()
    made.save()
    return made


def versions(**wanted) -> dict:
    return dict(Finding.objects.filter(**wanted).values_list("pk", "version"))


def test_each_finding_becomes_one_case_that_knows_what_it_knew(district, within):
    category = Category.objects.create(code="01", name="环境卫生", kind="event", working_days=3)
    cases = open_cases_of_findings(versions=versions(), by=district.office)
    assert len(cases) == 6
    finding = Finding.objects.order_by("number").first()
    case = Case.objects.get(origin_kind=OriginKind.FINDING, origin_id=finding.pk)
    assert case.state == CaseState.REPORTED
    assert (case.title, case.place, case.found_on) == (
        finding.text, finding.place, finding.found_on,
    )  # fmt: skip
    assert (case.site, case.area) == (finding.site, finding.area)
    assert case.standard == finding.line.standard
    assert (case.proposed_lead, case.proposed_due_on) == (
        district.commerce, finding.proposed_due_on,
    )  # fmt: skip
    assert (case.category, case.source) == (category, Source.INSPECTION)
    photo = Attachment.objects.get(owner_kind="rectification.case")
    assert (photo.owner_id, photo.file.sha256) == (case.pk, "0" * 64)
    assert set(Finding.objects.values_list("state", flat=True)) == {FindingState.IN_CASE}


def test_a_finding_goes_once_and_one_that_is_withdrawn_never(district, within):
    first, second = list(versions())[:2]
    open_cases_of_findings(versions=versions(pk=first), by=district.office)
    with pytest.raises(IllegalTransition, match="已转整改"):
        open_cases_of_findings(versions=versions(pk=first), by=district.office)
    withdraw_findings(versions=versions(pk=second), reason="记错了", by=district.office)
    with pytest.raises(IllegalTransition, match="已撤回"):
        open_cases_of_findings(versions=versions(pk=second), by=district.office)
    with pytest.raises(IllegalTransition, match="已转整改"):
        withdraw_findings(versions=versions(pk=first), reason="记错了", by=district.office)
    assert Case.objects.count() == 1


def test_two_at_the_same_time_make_one_case(district, within):
    seen = versions()
    open_cases_of_findings(versions=seen, by=district.office)
    with pytest.raises(StaleEdit):
        open_cases_of_findings(versions=seen, by=district.office)


def test_a_running_round_tells_nobody_yet(district):
    made = district.running()
    row = RoundSite.objects.filter(round=made).select_related("checklist").first()
    walk(district, row, failing={0})
    with pytest.raises(IllegalTransition, match="还没有结束"):
        open_cases_of_findings(versions=versions(), by=district.office)


def test_only_who_runs_rounds_hands_on(district, within):
    with pytest.raises(NotPermitted):
        open_cases_of_findings(versions=versions(), by=district.liu)


def test_a_category_of_which_there_are_two_is_left_to_a_person(district, within):
    for code in ("01", "02"):
        Category.objects.create(code=code, name="环境卫生", kind="event")
    open_cases_of_findings(versions=versions(), by=district.office)
    assert set(Case.objects.values_list("category", flat=True)) == {None}


def test_of_an_unannounced_round_the_source_says_so(district):
    made = district.running(kind=RoundKind.UNANNOUNCED, is_blind=True)
    row = RoundSite.objects.filter(round=made).select_related("checklist").first()
    walk(district, row, failing={0})
    Round.objects.filter(pk=made.pk).update(state=RoundState.CLOSED, closed_at=clock.now())
    open_cases_of_findings(versions=versions(), by=district.office)
    assert Case.objects.get().source == Source.UNANNOUNCED


def test_many_cost_as_many_statements_as_few(district, within):
    keys = list(versions())
    with CaptureQueriesContext(connection) as few:
        open_cases_of_findings(versions=versions(pk__in=keys[:2]), by=district.office)
    with CaptureQueriesContext(connection) as many:
        open_cases_of_findings(versions=versions(pk__in=keys[2:]), by=district.office)
    assert len(many) <= len(few)
