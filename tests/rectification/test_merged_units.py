"""A merger of units in the middle of cases."""

from chuangwen.audit.models import AuditEvent
from chuangwen.people.actions.merging import merge_units
from chuangwen.rectification.actions.deadlines import suspend_case
from chuangwen.rectification.actions.deciding import cancel_cases
from chuangwen.rectification.actions.handling import accept_case, finish_case
from chuangwen.rectification.enums import CaseState, ShareKind, ShareState
from chuangwen.rectification.folding import folded
from chuangwen.rectification.models import Case, CaseShare
from chuangwen.rectification.stepping import lives_of
from tests.rectification.test_case_life import fresh


def shares() -> dict[str, tuple[str, str]]:
    rows = CaseShare.objects.values_list("unit__name", "kind", "state")
    return {name: (kind, state) for name, kind, state in rows}


def test_the_kept_unit_leads_where_the_other_led_and_does_what_was_left(
    dispatched, bureau, housing, builder, system
):
    accept_case(**fresh(dispatched), unit=housing, by=builder)
    finish_case(**fresh(dispatched), unit=housing, text="本单位部分已改", by=builder)
    merge_units(keep=housing, other=bureau, by=system)
    case = Case.objects.get()
    assert case.lead == housing
    assert shares() == {
        housing.name: (ShareKind.LEAD, ShareState.ASSIGNED),  # the other had not begun
        bureau.name: (ShareKind.LEAD, ShareState.WITHDRAWN),
    }
    assert case.state == CaseState.DISPATCHED
    assert lives_of([case]) == folded([case])
    assert AuditEvent.objects.filter(verb="case.handed_over").count() == 1


def test_a_suspended_case_is_handed_over_and_stays_suspended(
    dispatched, bureau, street, office, system
):
    suspend_case(**fresh(dispatched), reason="汛期", by=office)
    merge_units(keep=street, other=bureau, by=system)
    case = Case.objects.get()
    assert (case.lead, case.suspended_on is None) == (street, False)
    assert lives_of([case]) == folded([case])


def test_what_is_over_stays_with_the_unit_that_had_it(dispatched, bureau, street, office, system):
    cancel_cases(versions={dispatched.pk: dispatched.version}, reason="重复登记", by=office)
    merge_units(keep=street, other=bureau, by=system)
    assert street.name not in shares()
    assert not AuditEvent.objects.filter(verb="case.handed_over").exists()


def test_a_problem_that_the_other_reported_is_the_kept_units(seen, bureau, street, clerk, system):
    from chuangwen.rectification.actions.opening import report_case

    report_case(seen=seen, unit=bureau, by=clerk)
    merge_units(keep=street, other=bureau, by=system)
    assert Case.objects.get().reported_by == street
