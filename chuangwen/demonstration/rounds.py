"""Two rounds of the demonstration: one that is finished and one that is being walked."""

import datetime
from collections import defaultdict

from chuangwen.demonstration.accounts import INSPECTORS
from chuangwen.demonstration.phones import walk
from chuangwen.framework.enums import VersionState
from chuangwen.framework.models import CheckLine, FrameworkVersion
from chuangwen.inspection.actions.closing import close_round
from chuangwen.inspection.actions.dividing import divide_sites
from chuangwen.inspection.actions.pairs import add_pair
from chuangwen.inspection.actions.rounds import create_round
from chuangwen.inspection.actions.sampling import draw_sample
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.enums import Dimension, RoundKind, Sampling
from chuangwen.inspection.models import PairMember, Round, RoundSite
from chuangwen.inspection.wishes import RoundFacts, SampleWishes
from chuangwen.kit.clock import SHANGHAI
from chuangwen.kit.samples import sampling
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.queries.actors import actor_of

FIRST, LAST = datetime.date(2021, 8, 23), datetime.date(2021, 8, 27)
SECOND_FIRST, SECOND_LAST = datetime.date(2021, 9, 13), datetime.date(2021, 9, 24)


def load_rounds(office: Actor) -> None:
    """Hold the finished round, and walk half of the running one's sample."""
    with sampling():
        _hold(office)


def _hold(office: Actor) -> None:
    version = FrameworkVersion.objects.filter(state=VersionState.PUBLISHED).get()
    first = _started(
        RoundFacts(
            name="2021年8月模拟测评（演示）",
            kind=RoundKind.MOCK,
            framework_version=version,
            starts_on=FIRST,
            ends_on=LAST,
            second_percent=10,
            note="演示数据：点位、结果和照片都是虚构的。",
        ),
        _sample(24, "2021-08"),
        office,
    )
    _walk(first, FIRST, part=1.0)
    closed = close_round(within=first, base_version=first.version, by=office)
    running = _started(
        RoundFacts(
            name="2021年9月点位达标测评（演示）",
            kind=RoundKind.QUALIFYING,
            framework_version=version,
            starts_on=SECOND_FIRST,
            ends_on=SECOND_LAST,
            earlier=closed,
            note="演示数据：正在测评，可以看到进度。",
        ),
        _sample(24, "2021-09"),
        office,
    )
    _walk(running, SECOND_FIRST, part=0.5)


def _sample(size: int, seed: str) -> SampleWishes:
    return SampleWishes(
        method=Sampling.STRATIFIED, strata=(Dimension.SITE_TYPE,), size=size, seed=seed
    )


def _started(facts: RoundFacts, wishes: SampleWishes, office: Actor) -> Round:
    within = create_round(facts=facts, by=office)
    draw_sample(within=within, base_version=within.version, wishes=wishes, by=office)
    accounts = Account.objects.filter(username__in=INSPECTORS).order_by("username")
    for account in accounts:
        within.refresh_from_db()
        add_pair(within=within, base_version=within.version, account_ids=[account.pk], by=office)
    within.refresh_from_db()
    divide_sites(within=within, base_version=within.version, by=office)
    within.refresh_from_db()
    return start_round(within=within, base_version=within.version, by=office)


def _walk(within: Round, day: datetime.date, *, part: float) -> None:
    """Visit the first part of every pair's sites, a quarter of an hour each."""
    lines: dict[object, list[CheckLine]] = defaultdict(list)
    for line in CheckLine.objects.filter(checklist__framework_version=within.framework_version):
        lines[line.checklist_id].append(line)
    for member in PairMember.objects.filter(round=within).select_related("account"):
        inspector = actor_of(member.account)
        sites = RoundSite.objects.filter(pair=member.pair_id).select_related("site", "round")
        listed = list(sites.order_by("position"))
        at = datetime.datetime.combine(day, datetime.time(9), SHANGHAI)
        for site in listed[: round(len(listed) * part)]:
            at += datetime.timedelta(minutes=15)
            walk(site, lines[site.checklist_id], at, by=inspector)
