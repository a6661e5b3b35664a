"""What the office decides about findings before they go to the one who mends them."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import Entry, record_all
from chuangwen.inspection.actions.running import required_reason
from chuangwen.inspection.enums import FindingState
from chuangwen.inspection.models import Finding
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

MOST_AT_ONCE = 500


@transaction.atomic
def withdraw_findings(*, versions: Mapping[uuid.UUID, int], reason: str, by: Actor) -> int:
    """Withdraw findings, as those that are no fault of the unit; the results stay as they are.

    `versions`: the numbers as the viewer saw them. All or none. Raises Invalid without a reason or
    with too many, StaleEdit, and IllegalTransition for one that is withdrawn already.
    """
    by.require(Permission.MANAGE_ROUNDS)
    why = required_reason(reason)
    findings = locked_findings(versions)
    Finding.objects.filter(pk__in=list(versions)).update(
        state=FindingState.WITHDRAWN, withdrawal_reason=why, version=F("version") + 1
    )
    states = [FindingState.OPEN, FindingState.WITHDRAWN]
    entries = [
        Entry("finding.withdrawn", one, {"state": states, "reason": why}) for one in findings
    ]
    record_all(by=by, entries=entries)
    return len(findings)


def locked_findings(versions: Mapping[uuid.UUID, int]) -> list[Finding]:
    """Lock findings that wait for a decision, as the viewer saw them. One query.

    Raises Invalid for none or too many, StaleEdit, and IllegalTransition for one decided on.
    """
    if not 1 <= len(versions) <= MOST_AT_ONCE:
        raise Invalid(f"勾选了 {len(versions)} 个问题。请勾选 1 至 {MOST_AT_ONCE} 个。")
    related = ("round", "line__standard", "site__area", "unit", "area")
    rows = Finding.objects.select_for_update(of=("self",)).select_related(*related)
    findings = list(rows.filter(pk__in=list(versions)).order_by("pk"))
    if len(findings) != len(versions) or any(one.version != versions[one.pk] for one in findings):
        raise StaleEdit("有的问题刚被别人处理过，没有改动任何一个。请刷新列表后重新勾选。")
    done = [one for one in findings if one.state != FindingState.OPEN]
    if done:
        state = done[0].get_state_display()
        raise IllegalTransition(f"第 {done[0].number} 号问题{state}。请刷新列表查看。")
    return findings
