"""A district with a register and a published framework: 王芳 runs rounds, 刘洁 and others walk."""

import datetime
import itertools
import uuid
from decimal import Decimal
from types import SimpleNamespace

import pytest

from chuangwen.framework.enums import LineShape, PassRule, SiteShape, Standing, VersionState
from chuangwen.framework.judging import LineAnswer, judge_site
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    Framework,
    FrameworkVersion,
    LineGroup,
    SiteType,
)
from chuangwen.inspection.actions.dividing import divide_sites
from chuangwen.inspection.actions.pairs import add_pair
from chuangwen.inspection.actions.rounds import create_round
from chuangwen.inspection.actions.sampling import draw_sample
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.comparing import compare_opinions
from chuangwen.inspection.enums import RecordState, RoundKind, Sampling, VisitState
from chuangwen.inspection.models import Answer, FieldRecord, Finding, PairMember, Round, Visit
from chuangwen.inspection.tallies import add_to_tallies, counted_in
from chuangwen.inspection.wishes import RoundFacts, SampleWishes
from chuangwen.kit import clock
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership
from chuangwen.people.queries.actors import actor_of
from chuangwen.people.roles import Role
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.models import Site, SiteDuty

DAY = datetime.date(2021, 9, 15)
FIRST, LAST = datetime.date(2021, 9, 10), datetime.date(2021, 9, 30)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.CHUANGWEN_TODAY = DAY


def person(tenant, username, name, role, unit) -> Actor:
    account = Account.objects.create(tenant=tenant, username=username, name=name, password="!")
    Membership.objects.create(account=account, unit=unit, role=role)
    return actor_of(account)


class District:
    """The units, people, types, lines and sites of these tests."""

    def __init__(self, tenant, system) -> None:
        self.tenant = tenant
        make = lambda name, kind, parent=None: create_unit(  # noqa: E731
            name=name, kind=kind, parent=parent, by=system
        )
        self.office_unit = make("区创文办", UnitKind.COORDINATION)
        self.commerce = make("区商务局", UnitKind.GOVERNMENT)
        self.market_office = make("市场服务中心", UnitKind.GOVERNMENT, self.commerce)
        self.city = make("区城市管理局", UnitKind.GOVERNMENT)
        self.street = make("炳草岗街道", UnitKind.STREET)
        self.other_street = make("向阳村街道", UnitKind.STREET)
        self.office = person(tenant, "wangfang", "王芳", Role.OFFICE, self.office_unit)
        self.clerk = person(tenant, "limei", "李梅", Role.CLERK, self.commerce)
        self.other_clerk = person(tenant, "zhangqiang", "张强", Role.CLERK, self.city)
        self.liu = person(tenant, "liujie", "刘洁", Role.INSPECTOR, self.office_unit)
        self.sun = person(tenant, "sunlei", "孙磊", Role.INSPECTOR, self.office_unit)
        self.zhou = person(tenant, "zhouming", "周明", Role.INSPECTOR, self.commerce)
        self.version = self._framework()
        self.sites: list[Site] = []

    def _framework(self) -> FrameworkVersion:
        framework = Framework.objects.create(name="东区测评体系", standing=Standing.REFERENCE)
        version = FrameworkVersion.objects.create(framework=framework, label="2021 版", number=1)
        self.market = SiteType.objects.create(code="07", name="农贸市场", shape=SiteShape.PLACE)
        self.avenue = SiteType.objects.create(code="04", name="主次干道", shape=SiteShape.STREET)
        self.hotline = SiteType.objects.create(
            code="53", name="政务热线", shape=SiteShape.TELEPHONE
        )
        self.lines: dict[uuid.UUID, list[CheckLine]] = {}
        for kind in (self.market, self.avenue):
            self._checklist(version, kind, pass_rule=PassRule.ALL_LINES)
        self._publish(version)
        return version

    def older_list(self, **head) -> Checklist:
        """The list of markets as the version before had it."""
        older = FrameworkVersion.objects.create(
            framework=self.version.framework, label="2020 版", number=2
        )
        made = self._checklist(older, self.market, **head)
        self._publish(older)
        return made

    def _checklist(self, version: FrameworkVersion, kind: SiteType, **head) -> Checklist:
        checklist = Checklist.objects.create(framework_version=version, site_type=kind, **head)
        group = LineGroup.objects.create(checklist=checklist, title="环境卫生", position=1)
        self.lines[checklist.pk] = [
            CheckLine.objects.create(
                checklist=checklist, group=group, code=f"{kind.code}-{place}", text=text,
                shape=shape, threshold=threshold, position=place, category="环境卫生",
            )
            for place, (text, shape, threshold) in enumerate(
                [
                    ("有公益广告", LineShape.EXISTS, None),
                    ("垃圾桶不少于 2 个", LineShape.COUNT, Decimal(2)),
                    ("无乱扔垃圾", LineShape.ABSENCE, None),
                ],
                start=1,
            )
        ]  # fmt: skip
        return checklist

    def _publish(self, version: FrameworkVersion) -> None:
        version.state, version.published_at = VersionState.PUBLISHED, clock.now()
        version.save()

    def add_sites(self, number: int, kind=None, owner=None, area=None, west=101.70) -> list[Site]:
        kind, owner, area = kind or self.market, owner or self.city, area or self.street
        first = len(self.sites) + 1
        made = [
            Site(
                code=f"{kind.code}-{first + step:04}", name=f"{kind.name}{first + step}号",
                site_type=kind, area=area, longitude=round(west + 0.002 * step, 7),
                latitude=round(26.58 + 0.001 * (step % 5), 7),
            )
            for step in range(number)
        ]  # fmt: skip
        Site.objects.bulk_create(made)
        SiteDuty.objects.bulk_create(
            SiteDuty(site=one, kind=SiteDutyKind.OWNER, unit=owner, valid_from=FIRST)
            for one in made
        )
        self.sites += made
        return made

    def facts(self, **other) -> RoundFacts:
        given = {
            "name": "9 月模拟测评",
            "kind": RoundKind.MOCK,
            "framework_version": self.version,
            "starts_on": FIRST,
            "ends_on": LAST,
        }
        return RoundFacts(**given | other)

    def draft(self, **facts) -> Round:
        return create_round(facts=self.facts(**facts), by=self.office)

    def drawn(self, wishes: SampleWishes | None = None, **facts) -> Round:
        within = self.draft(**facts)
        wishes = wishes or SampleWishes(method=Sampling.ALL)
        draw_sample(within=within, base_version=within.version, wishes=wishes, by=self.office)
        return fresh(within)

    def grouped(self, *pairs, **facts) -> Round:
        within = self.drawn(**facts)
        for people in pairs or ((self.liu,), (self.sun,)):
            ids = [one.account_id for one in people]
            add_pair(
                within=within, base_version=fresh(within).version, account_ids=ids, by=self.office
            )
        divide_sites(within=within, base_version=fresh(within).version, by=self.office)
        return fresh(within)

    def running(self, *pairs, **facts) -> Round:
        within = self.grouped(*pairs, **facts)
        return start_round(within=within, base_version=within.version, by=self.office)


def fresh(within: Round) -> Round:
    return Round.objects.get(pk=within.pk)


@pytest.fixture
def district(tenant, system) -> District:
    return District(tenant, system)


PLAIN = ({"found": "1"}, {"found": "3"}, {"found": "0"})
numbers = itertools.count(1)


def walk(district, round_site, *, failing=(), compared=False) -> Visit:
    """Make the visit of a site as a phone's record would: the lines `failing` fail."""
    lines = district.lines[round_site.checklist_id]
    bad = ({"found": "0"}, {"found": "1"}, {"found": "4"})
    answers = [
        LineAnswer(str(line.pk), bad[place] if place in failing else PLAIN[place])
        for place, line in enumerate(lines)
    ]
    judgement = judge_site(round_site.checklist.rule, [line.rule for line in lines], answers)
    account = PairMember.objects.filter(pair=round_site.pair_id).first().account_id
    now = clock.now()
    record = FieldRecord.objects.create(
        account_id=account, device="测试机", sha256=f"{next(numbers):064}", content="{}",
        state=RecordState.COMMITTED, committed_at=now,
    )  # fmt: skip
    visit = Visit.objects.create(
        record=record, round_id=round_site.round_id, round_site=round_site, account_id=account,
        site_id=round_site.site_id, started_at=now, sealed_at=now, passed=judgement.passed,
        state=VisitState.COUNTED if round_site.turn == 1 else VisitState.SECOND,
        score=judgement.score, failed_lines=len(judgement.failed),
    )  # fmt: skip
    by_key = {line.rule.key: line for line in judgement.lines}
    Answer.objects.bulk_create(
        Answer(
            visit=visit,
            line_id=uuid.UUID(one.line),
            outcome=by_key[one.line].outcome,
            values=dict(one.values),
        )
        for one in answers
    )
    if compared:
        compare_opinions(visit, round_site, judgement)
    failed = judgement.failed if round_site.turn == 1 else ()
    for line in failed:
        Finding.objects.create(
            visit=visit, round_id=round_site.round_id, line_id=uuid.UUID(line.rule.key),
            site_id=round_site.site_id, unit_id=round_site.unit_id, area_id=round_site.area_id,
            number=next(numbers), text=line.reason, place="某处", found_on=DAY,
        )  # fmt: skip
    add_to_tallies(counted_in(visit, round_site, judgement, len(failed)))
    return visit


@pytest.fixture
def walking(district):
    """Walk a site: `walking(round_site, failing={0})`."""
    return SimpleNamespace(site=lambda *args, **options: walk(district, *args, **options))
