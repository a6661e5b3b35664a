"""Starting a round: from here on its version and its sample are frozen."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.inspection.actions.holding import count_edit, locked_round
from chuangwen.inspection.actions.rounds import require_published
from chuangwen.inspection.announcing import announce_start
from chuangwen.inspection.drawn import add_drawn
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Round, RoundSite
from chuangwen.inspection.queries.conflicts import Conflicts
from chuangwen.inspection.workflow import ROUND
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.sites.enums import SiteDutyKind, SiteState
from chuangwen.sites.queries import duties_of

NAMED = 5


@transaction.atomic
def start_round(*, within: Round, base_version: int, by: Actor) -> Round:
    """Open a round to the phones of its pairs and tell them; units too, unless it is blind.

    Raises StaleEdit, IllegalTransition, and Invalid for everything that keeps it from starting.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "start", base_version=base_version)
    rows = RoundSite.objects.filter(round=locked).select_related("site", "unit", "pair")
    sites = list(rows.order_by("site__code", "turn"))
    conflicts = Conflicts(locked)
    found = obstacles(locked, sites, conflicts)
    if found:
        raise Invalid("".join(found))
    locked.state = ROUND.check("start", RoundState(locked.state))
    locked.started_at = clock.now()
    count_edit(locked, "state", "started_at")
    add_drawn(locked, sites, 1)
    record(
        by=by,
        verb="round.started",
        on=locked,
        version=str(locked.framework_version),
        sites=sum(one.turn == 1 for one in sites),
        pairs=len(conflicts.members),
        blind=locked.is_blind,
    )
    announce_start(locked, sites, conflicts, by)
    return locked


def obstacles(within: Round, sites: list[RoundSite], conflicts: Conflicts) -> list[str]:
    """Return what keeps a draft from starting, each in a sentence. Two queries at most."""
    require_published(within.framework_version)
    if not sites:
        return ["还没有点位。请先抽样。"]
    return [
        *_about_register(sites),
        *_about_changes(within, sites),
        *_about_pairs(sites, conflicts),
        *_about_seconds(sites),
    ]


def _about_register(sites: list[RoundSite]) -> list[str]:
    gone = [one.site.name for one in sites if one.turn == 1 and one.site.state != SiteState.OPEN]
    if not gone:
        return []
    return [f"{_named(gone)}抽样后已停用或合并。请从样本中去掉，或重新抽样。"]


def _about_changes(within: Round, sites: list[RoundSite]) -> list[str]:
    """The list of lines and the conflict rule go by type and owner: both must be today's."""
    drawn = RoundSite.objects.filter(round=within).order_by()
    owners = {
        site: duties[SiteDutyKind.OWNER].unit_id
        for site, duties in duties_of(
            drawn.values_list("site_id", flat=True), clock.today()
        ).items()
        if SiteDutyKind.OWNER in duties
    }
    changed = [
        one.site.name
        for one in sites
        if one.turn == 1
        and (owners.get(one.site_id), one.site.site_type_id) != (one.unit_id, one.site_type_id)
    ]
    if not changed:
        return []
    return [
        f"{_named(changed)}抽样后主管单位或类型有变动。请重新抽样，或从样本中去掉后再增加，然后重新分配。"
    ]


def _about_pairs(sites: list[RoundSite], conflicts: Conflicts) -> list[str]:
    found = []
    alone = [
        one.site.name
        for one in sites
        if one.pair_id is None or not conflicts.members.get(one.pair_id)
    ]
    if alone:
        found.append(f"{_named(alone)}还没有分给有人的测评组。请分配点位。")
    own = [
        f"{name}须回避“{one.site.name}”（{one.unit}）"
        for one in sites
        if one.pair_id and (name := conflicts.who(one.pair_id, one.unit_id))
    ]
    if own:
        found.append(f"{'；'.join(own[:NAMED])}。请重新分配。")
    return found


def _about_seconds(sites: list[RoundSite]) -> list[str]:
    pairs = Counter((one.site_id, one.pair_id) for one in sites if one.pair_id)
    twice = {site for (site, _), number in pairs.items() if number > 1}
    names = [one.site.name for one in sites if one.turn == 1 and one.site_id in twice]
    return [f"{_named(names)}的两次测评分给了同一组。请重新分配。"] if names else []


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    more = f"等 {len(listed)} 个点位" if len(listed) > NAMED else ""
    return f"“{'”“'.join(listed[:NAMED])}”{more}"
