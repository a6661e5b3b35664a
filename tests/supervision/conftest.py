"""The people of rectification, a head and a 分管领导 of the bureau; the reference ladder."""

import datetime
from dataclasses import replace
from functools import partial

import pytest

from chuangwen.people.actions.tree import grow
from chuangwen.people.models import Membership
from chuangwen.people.queries import actor_behind
from chuangwen.people.roles import Role
from chuangwen.rectification.actions.deciding import file_cases
from chuangwen.rectification.actions.dispatching import dispatch_cases
from chuangwen.rectification.actions.opening import report_case
from chuangwen.rectification.models import Case
from chuangwen.supervision.actions.accountability import Proposal, propose_accountability
from chuangwen.supervision.actions.answering import answer_notice, receipt_notice
from chuangwen.supervision.actions.ladder import set_ladder
from chuangwen.supervision.actions.meetings import (
    Call,
    Settled,
    add_decision,
    call_meeting,
    hold_meeting,
)
from chuangwen.supervision.actions.notices import Draft, draft_notice, serve_notice
from chuangwen.supervision.enums import MeetingKind, Presence
from chuangwen.supervision.models import Accountability, Meeting, SupervisionNotice
from chuangwen.supervision.reference import reference_plan
from tests.rectification.conftest import (  # noqa: F401 - fixtures
    _day,
    builder,
    bureau,
    cast,
    category,
    clerk,
    dispatched,
    filed,
    handed_in,
    housing,
    inspector,
    office,
    office_unit,
    reported,
    seen,
    street,
)
from tests.townspeople import person

FROM = datetime.date(2021, 9, 1)
DUE = datetime.date(2021, 9, 23)  # of `dispatched`: five working days after 15 September
LATE = tuple(
    datetime.date(2021, *day)
    for day in ((9, 24), (9, 26), (9, 27), (9, 28), (9, 29), (9, 30), (10, 8), (10, 9), (10, 11))
)  # the working days after it, 调休 included


@pytest.fixture
def ladder(office):  # noqa: F811
    grow()
    return set_ladder(plan=reference_plan(FROM), base_version=0, by=office)


@pytest.fixture
def head(tenant, bureau):  # noqa: F811
    return person(tenant, "zhangjun", "张军", Role.HEAD, bureau)


@pytest.fixture
def leader(tenant, bureau):  # noqa: F811
    return person(tenant, "chenjianguo", "陈建国", Role.LEADER, bureau)


@pytest.fixture
def give(seen, office):  # noqa: F811
    """Give so many cases to a unit: `give(unit, due_on, number)`."""
    return partial(_give, seen, office)


def _give(seen, by, unit, due_on, number=1) -> list[Case]:  # noqa: F811
    cases = [report_case(seen=seen, by=by) for _ in range(number)]
    file_cases(versions={case.pk: case.version for case in cases}, by=by)
    versions = dict(Case.objects.filter(pk__in=[c.pk for c in cases]).values_list("pk", "version"))
    return dispatch_cases(versions=versions, lead=unit, due_on=due_on, by=by)


def current(notice) -> dict[str, object]:
    """The arguments by which an action is told which 督办单, as it is now."""
    found = SupervisionNotice.objects.get(pk=notice.pk)
    return {"notice": found, "base_version": found.version}


@pytest.fixture
def draft(bureau) -> Draft:  # noqa: F811
    return Draft(
        unit=bureau, title="关于限期整改井盖破损的督办通知", text="一处井盖破损超期未整改。",
        demands="立即更换。", answer_days=5,
    )  # fmt: skip


@pytest.fixture
def drafted(draft, dispatched, office) -> SupervisionNotice:  # noqa: F811
    return draft_notice(draft=draft, case_ids=[dispatched.pk], by=office)


@pytest.fixture
def served(drafted, office) -> SupervisionNotice:  # noqa: F811
    return serve_notice(**current(drafted), by=office).notice


@pytest.fixture
def answered(served, clerk) -> SupervisionNotice:  # noqa: F811
    receipt_notice(**current(served), by=clerk)
    return answer_notice(**current(served), text="已更换井盖。", by=clerk).notice


@pytest.fixture
def circle(tenant, office_unit):  # noqa: F811
    """高洁, who handles 问责 and, as a leader, sees the district."""
    account = person(tenant, "gaojie", "高洁", Role.LEADER, office_unit)
    Membership.objects.create(
        account_id=account.account_id, unit=office_unit, role=Role.ACCOUNTABILITY
    )
    return actor_behind(account.account_id)


@pytest.fixture
def proposal(bureau) -> Proposal:  # noqa: F811
    return Proposal(
        unit=bureau, person="某某，副局长", ground="《办法》第五条", facts="两处问题超期未整改。",
        proposal="约谈，责令书面检查。",
    )  # fmt: skip


@pytest.fixture
def matter(proposal, dispatched, served, circle) -> Accountability:  # noqa: F811
    whole = replace(proposal, cases=[dispatched], notices=[served])
    return propose_accountability(proposal=whole, by=circle)


def fresh_meeting(meeting) -> dict[str, object]:
    """The arguments by which an action is told which meeting, as it is now."""
    found = Meeting.objects.get(pk=meeting.pk)
    return {"meeting": found, "base_version": found.version}


@pytest.fixture
def call(bureau, housing) -> Call:  # noqa: F811
    return Call(
        kind=MeetingKind.DISPATCH, title="九月调度会", held_on=datetime.date(2021, 9, 15),
        agenda="通报进度\n研究井盖整治", units=[bureau, housing], place="三楼会议室",
        begins_at=datetime.time(9, 30),
    )  # fmt: skip


@pytest.fixture
def called(call, office) -> Meeting:  # noqa: F811
    return call_meeting(call=call, by=office)


@pytest.fixture
def held(called, office) -> Meeting:  # noqa: F811
    came = {row.pk: (Presence.PRESENT, "局长") for row in called.units.all()}
    return hold_meeting(**fresh_meeting(called), presence=came, minutes="研究了。", by=office)


@pytest.fixture
def settled(held, bureau, office):  # noqa: F811
    what = Settled("月底前换完破损井盖", bureau, datetime.date(2021, 9, 30))
    return add_decision(**fresh_meeting(held), settled=what, by=office)
