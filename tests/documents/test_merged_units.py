"""A merger of units, with a 整改通知书 on its way to one of them."""

from chuangwen.audit.models import AuditEvent
from chuangwen.documents.actions.drafting import draft_notice
from chuangwen.documents.models import OfficialPaper
from chuangwen.documents.queries import visible_papers
from chuangwen.people.actions.merging import merge_units
from tests.documents.conftest import issue, submit


def test_a_draft_goes_to_the_unit_that_is_kept_and_names_it(
    dispatched, bureau, housing, office, system
):
    paper = draft_notice(unit=bureau, cases=[dispatched], by=office)
    merge_units(keep=housing, other=bureau, by=system)
    after = OfficialPaper.objects.get(pk=paper.pk)
    assert (after.unit, after.addressees) == (housing, housing.name)
    assert AuditEvent.objects.filter(verb="paper.edited").count() == 1


def test_what_is_under_review_keeps_the_words_that_are_to_be_signed(
    dispatched, bureau, housing, office, system
):
    paper = submit(draft_notice(unit=bureau, cases=[dispatched], by=office), office)
    merge_units(keep=housing, other=bureau, by=system)
    after = OfficialPaper.objects.get(pk=paper.pk)
    assert (after.unit, after.addressees) == (housing, bureau.name)


def test_what_was_issued_stays_and_the_kept_unit_reads_it(
    request, dispatched, bureau, housing, builder
):
    office, leader, system = map(request.getfixturevalue, ("office", "leader", "system"))
    paper = issue(draft_notice(unit=bureau, cases=[dispatched], by=office), office, leader)
    assert not visible_papers(builder).exists()
    merge_units(keep=housing, other=bureau, by=system)
    after = OfficialPaper.objects.get(pk=paper.pk)
    assert (after.unit, after.addressees, after.version) == (bureau, bureau.name, paper.version)
    assert visible_papers(builder).get() == after
