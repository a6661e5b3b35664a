"""Planning a round: create, edit and give up a draft."""

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.framework.actions.saving import apply_changes, unique
from chuangwen.framework.enums import VersionState
from chuangwen.framework.models import FrameworkVersion
from chuangwen.inspection.actions.holding import locked_round
from chuangwen.inspection.enums import RoundState, Sampling
from chuangwen.inspection.models import Round, RoundSite, Visit
from chuangwen.inspection.wishes import RoundFacts
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.tenancy.models import Tenant

TAKEN = "已有同名的测评轮次。请换一个名称。"


@transaction.atomic
def create_round(*, facts: RoundFacts, by: Actor) -> Round:
    """Begin a draft. Raises Invalid naming the field."""
    by.require(Permission.MANAGE_ROUNDS)
    _require_usable(facts, None)
    # Two begun at once would take the same number; the second waits here until the first is done.
    Tenant.objects.select_for_update(no_key=True).get(pk=by.tenant_id)
    last = Round.objects.aggregate(last=Max("number", default=0))["last"]
    made = Round(number=last + 1, **facts.columns())
    with unique(TAKEN, field="name"):
        made.save(force_insert=True)
    record(by=by, verb="round.created", on=made, name=[None, made.name], kind=[None, made.kind])
    return made


@transaction.atomic
def edit_round(*, within: Round, base_version: int, facts: RoundFacts, by: Actor) -> Round:
    """Change a draft. Another framework version has other checklists, and another 上轮 other
    sites that failed, so the sample is drawn anew.

    Raises StaleEdit, IllegalTransition once it is started, and Invalid naming the field.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "edit", base_version=base_version)
    _require_usable(facts, locked)
    changes = apply_changes(locked, facts.columns())
    if not changes:
        return locked
    is_of_the_earlier = locked.sampling == Sampling.FAILED and "earlier" in changes
    if is_of_the_earlier or "framework_version" in changes or "second_percent" in changes:
        RoundSite.objects.filter(round=locked).delete()
        locked.drawing = {}
    with unique(TAKEN, field="name"):
        locked.save(update_fields=[*changes, "drawing", "version"])
    told = {name: [str(old), str(new)] for name, (old, new) in changes.items()}
    record(by=by, verb="round.edited", on=locked, **told)
    return locked


@transaction.atomic
def discard_round(*, within: Round, base_version: int, by: Actor) -> None:
    """Delete a draft with its sample and pairs; a round that was started stays for good.

    Raises Invalid when something was recorded in it: no draft is walked, so that is a fault.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "edit", base_version=base_version)
    if Visit.objects.filter(round=locked).exists():
        raise Invalid("本轮已有测评记录，不能删除。请联系系统管理员核对数据。")
    record(by=by, verb="round.discarded", on=locked, name=[locked.name, None])
    RoundSite.objects.filter(round=locked).delete()
    locked.delete()


def require_published(version: FrameworkVersion) -> None:
    """Raise Invalid for a draft: its checklists may still change under the inspectors' feet."""
    if version.state != VersionState.PUBLISHED:
        raise Invalid(
            f"测评体系版本“{version.label}”还是草稿。请先发布，再用于测评轮次。",
            field="framework_version",
        )


def _require_usable(facts: RoundFacts, own: Round | None) -> None:
    require_published(facts.framework_version)
    if facts.earlier is not None and facts.earlier.state != RoundState.CLOSED:
        raise Invalid("对照的上一轮须已结束。", field="earlier")
    if own is not None and facts.earlier == own:
        raise Invalid("不能与自己对照。", field="earlier")
