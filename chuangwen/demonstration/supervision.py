"""Sample supervision of the demonstration: the ladder, what climbed it by its own day, 督办单,
问责."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from chuangwen.demonstration.accounts import CIRCLE, CLERKS
from chuangwen.demonstration.cases import ENFORCEMENT, PUBLICITY, REFORM, TODAY
from chuangwen.kit.clock import as_on
from chuangwen.kit.samples import sampling
from chuangwen.people.actions.memberships import grant_role
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.models import Account, Unit
from chuangwen.people.queries.actors import actor_of
from chuangwen.people.roles import Role
from chuangwen.rectification.models import Case
from chuangwen.supervision.actions.accountability import (
    Decision,
    Proposal,
    appeal_accountability,
    carry_out_accountability,
    decide_accountability,
    propose_accountability,
)
from chuangwen.supervision.actions.answering import answer_notice, receipt_notice
from chuangwen.supervision.actions.climbing import climb
from chuangwen.supervision.actions.ladder import set_ladder
from chuangwen.supervision.actions.notices import (
    Draft,
    accept_answer,
    close_notice,
    draft_notice,
    serve_notice,
)
from chuangwen.supervision.actions.telling import send_reminders
from chuangwen.supervision.models import SupervisionNotice
from chuangwen.supervision.reference import reference_plan

OFFICE_UNIT = "区创文办"
FIRST = datetime.date(2021, 9, 6)
SERVED, SIGNED, ANSWERED = (
    datetime.date(2021, 9, 10), datetime.date(2021, 9, 13), datetime.date(2021, 9, 14)
)  # fmt: skip
NOON = datetime.time(12)
DAY = datetime.timedelta(days=1)


def load_supervision(office: Actor) -> None:
    """Set the reference ladder, and let the sample cases climb it day by day."""
    system = system_actor(office.tenant_id)
    with sampling(), as_on(FIRST):
        set_ladder(plan=reference_plan(FIRST), base_version=0, by=office)
    day = FIRST
    while day <= TODAY:
        with sampling(), as_on(day):
            climb(day=day, by=system)
            send_reminders(day=day, at=NOON, by=system)
        day += DAY
    with sampling(), as_on(TODAY):
        _serve_notices(office)
        _hold_to_account(office)


def _serve_notices(office: Actor) -> None:
    """A draft, one to be signed for, one to be answered, one answered and one that is closed."""
    names = (ENFORCEMENT, PUBLICITY, REFORM)
    units = {unit.name: unit for unit in Unit.objects.filter(name__in=names)}
    people = Account.objects.filter(username__in=[CLERKS[name] for name in names])
    clerks = {one.username: actor_of(one) for one in people}
    late = Case.objects.filter(owed_on__lt=TODAY, lead=units[ENFORCEMENT], is_sample=True)
    cases = list(late.order_by("owed_on", "pk").values_list("pk", flat=True))
    for place, (name, subject) in enumerate(
        ((REFORM, "报送责任清单"), (PUBLICITY, "公益广告维护"), (ENFORCEMENT, "占道经营整治"),
         (ENFORCEMENT, "超期问题整改"), (REFORM, "信用信息公示"))
    ):  # fmt: skip
        about = cases if subject == "超期问题整改" else []
        draft = Draft(
            unit=units[name], title=f"关于{subject}的督办通知", answer_days=5,
            text=f"{subject}进度滞后，影响测评点位达标。",
            demands="明确责任人和完成时间，整改到位后报送照片，举一反三。",
        )  # fmt: skip
        _carry_on(place, draft, about, clerks[CLERKS[name]], office)


def _carry_on(
    place: int, draft: Draft, about: Sequence[uuid.UUID], clerk: Actor, office: Actor
) -> None:
    """Take so many steps, each on its day; the last of five is left a draft."""

    def held(notice: SupervisionNotice) -> dict[str, Any]:
        notice.refresh_from_db()
        return {"notice": notice, "base_version": notice.version}

    with as_on(SERVED):
        notice = draft_notice(draft=draft, case_ids=about, by=office)
        if place == 4:
            return
        serve_notice(**held(notice), by=office)
    if place == 3:
        return
    with as_on(SIGNED):
        receipt_notice(**held(notice), by=clerk)
    if place == 2:
        return
    with as_on(ANSWERED):
        answer_notice(**held(notice), text="已逐项整改，责任到人，现场照片另附。", by=clerk)
    if place == 1:
        return
    accept_answer(**held(notice), by=office)
    close_notice(**held(notice), text="同意办结。", by=office)


def _hold_to_account(office: Actor) -> None:
    """Three matters of the closed ledger: proposed, appealed, carried out."""
    account = Account.objects.get(username=CIRCLE, tenant_id=office.tenant_id)
    unit = Unit.objects.get(name=OFFICE_UNIT)
    grant_role(account=account, unit=unit, role=Role.LEADER, by=system_actor(office.tenant_id))
    by = actor_of(account)
    notice = SupervisionNotice.objects.filter(serial__isnull=False).order_by("serial").first()
    for place, name in enumerate((REFORM, PUBLICITY, ENFORCEMENT)):
        proposal = Proposal(
            unit=Unit.objects.get(name=name),
            person="" if place == 0 else "某某（演示人物）",
            ground="《攀枝花市创建全国文明城市工作问责办法（试行）》（演示：条款由承办人照原文填写）",
            facts="督办后仍未按期整改（演示）。",
            proposal="约谈主要负责人，责令书面检查（演示）。",
            notices=[notice] if notice else [],
        )
        matter = propose_accountability(proposal=proposal, by=by)
        if place == 0:
            continue
        decision = Decision("区文明委（演示）", TODAY, "通报批评（演示）。")
        matter = decide_accountability(
            matter=matter, base_version=matter.version, decision=decision, by=by
        )
        if place == 1:
            appeal_accountability(
                matter=matter, base_version=matter.version, reason="已于当日整改（演示）。", by=by
            )
        else:
            carry_out_accountability(
                matter=matter, base_version=matter.version, by=by,
                effect="取消年度文明单位评选资格（演示）。",
            )  # fmt: skip
