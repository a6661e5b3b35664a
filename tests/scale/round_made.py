"""A running round of any number of sites, written straight into the tables, with its counts.

What one person or bureau has of it is the same in a large round as in a small one: a pair its OWN
sites, a bureau as many, flags that nobody has looked at as many. The rest grows.
"""

import datetime
from dataclasses import dataclass

from chuangwen.audit.actions import open_chain
from chuangwen.framework.enums import PassRule
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    Framework,
    FrameworkVersion,
    LineGroup,
    SiteType,
)
from chuangwen.inspection.actions.recounting import write_counts
from chuangwen.inspection.models import (
    Answer,
    FieldRecord,
    Finding,
    Pair,
    PairMember,
    Round,
    RoundSite,
    Visit,
    VisitFlag,
)
from chuangwen.inspection.recount import recount
from chuangwen.people.actions.tree import grow
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.sites.models import Site
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

BEGUN = datetime.date(2021, 8, 1)
NOW = datetime.datetime(2021, 8, 20, tzinfo=datetime.UTC)
SMALL, LARGE = 520, 4_200  # with more than a page of whatever is asked for, in both
OWN = 130
TYPES, LINES, OTHERS, STREETS, PAIRS = 2, 2, 60, 3, 10
CATEGORIES = ("环境卫生", "")
BATCH = 1000


@dataclass
class Place:
    """The people, units and lists that every round of these tests has."""

    bureau: Unit
    others: list[Unit]
    streets: list[Unit]
    accounts: list[Account]
    lists: list[tuple[Checklist, list[CheckLine]]]
    version: FrameworkVersion


def make_round(count: int) -> Tenant:
    """Make a district with one running round of `count` sites, six in seven of them visited."""
    tenant = Tenant.objects.create(name="东区", code=f"5106{count:06}")
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        place = _place(tenant)
        within = Round.objects.create(
            number=1, name="8 月模拟测评", kind="mock", framework_version=place.version,
            starts_on=BEGUN, ends_on=BEGUN, state="running", started_at=NOW, sampling="stratified",
            second_percent=10, drawing=_drawing(count),
        )  # fmt: skip
        rows = _sites(within, place, count)
        _visits(within, place, rows)
        write_counts(within, recount(within))
    return tenant


def _place(tenant: Tenant) -> Place:
    bureau = Unit.objects.create(name="区城管局", kind="government")
    others = [Unit.objects.create(name=f"第{n}局", kind="government") for n in range(OTHERS)]
    streets = [Unit.objects.create(name=f"第{n}街道", kind="street") for n in range(STREETS)]
    grow()
    people = [("office", "office"), ("bureau", "clerk")]
    people += [(f"inspector{n}", "inspector") for n in range(PAIRS)]
    accounts = []
    for name, role in people:
        account = Account.objects.create(
            tenant=tenant, username=f"{name}-{tenant.code}", name=name, must_change_password=False
        )
        unit = bureau if name == "bureau" else others[0]
        Membership.objects.create(account=account, unit=unit, role=role)
        accounts.append(account)
    framework = Framework.objects.create(name="测评体系", standing="local")
    version = FrameworkVersion.objects.create(framework=framework, number=1, label="2021")
    lists = [_checklist(version, number) for number in range(TYPES)]
    return Place(bureau, others, streets, accounts[2:], lists, version)


def _checklist(version: FrameworkVersion, number: int) -> tuple[Checklist, list[CheckLine]]:
    kind = SiteType.objects.create(code=str(number), name=f"类型{number}", shape="place")
    made = Checklist.objects.create(
        framework_version=version,
        site_type=kind,
        pass_rule=PassRule.ALL_LINES,
    )
    group = LineGroup.objects.create(checklist=made, title="环境", position=1)
    lines = [
        CheckLine.objects.create(
            checklist=made, group=group, code=f"{number}-{n}", text=f"第 {n} 项无垃圾",
            shape="absence", position=n, category=CATEGORIES[n],
        )
        for n in range(LINES)
    ]  # fmt: skip
    return made, lines


def _drawing(count: int) -> dict[str, object]:
    strata = [
        {"stratum": f"类型{n}", "population": count // TYPES * 2, "wanted": count // TYPES}
        for n in range(TYPES)
    ]
    return {"drawn": count, "population": 2 * count, "strata": strata}


def _sites(within: Round, place: Place, count: int) -> list[RoundSite]:
    pairs = [Pair.objects.create(round=within, number=n + 1) for n in range(PAIRS)]
    for pair, account in zip(pairs, place.accounts, strict=True):
        PairMember.objects.create(round=within, pair=pair, account=account)
    sites = Site.objects.bulk_create(
        [
            Site(
                code=f"D{n:06}", name=f"第{n}号", area=place.streets[n % STREETS],
                site_type_id=place.lists[n % TYPES][0].site_type_id, address=f"人民路{n}号",
            )
            for n in range(count)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    step = count // OWN
    own = lambda n, rest: n % step == rest and n // step < OWN  # noqa: E731
    return RoundSite.objects.bulk_create(
        [
            RoundSite(
                round=within, site=site, checklist=place.lists[n % TYPES][0],
                site_type_id=site.site_type_id, area_id=site.area_id, position=n,
                unit=place.bureau if own(n, 0) else place.others[n % OTHERS],
                pair=pairs[0] if own(n, 1) else pairs[1 + n % (PAIRS - 1)],
                stratum=f"类型{n % TYPES}",
            )
            for n, site in enumerate(sites)
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _visits(within: Round, place: Place, rows: list[RoundSite]) -> None:
    whose = dict(PairMember.objects.values_list("pair_id", "account_id"))
    visited = [row for n, row in enumerate(rows) if n % 7]
    records = FieldRecord.objects.bulk_create(
        [
            FieldRecord(
                account_id=whose[row.pair_id], device="试", sha256=f"{n:064}", content="{}",
                round_named=within.pk, state="committed", committed_at=NOW,
            )
            for n, row in enumerate(visited)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    visits = Visit.objects.bulk_create(
        [
            Visit(
                id=record.pk, record=record, round=within, round_site=row, site_id=row.site_id,
                account_id=record.account_id, state="counted", started_at=NOW, sealed_at=NOW,
                passed=n % 2 > 0, score=100, failed_lines=int(n % 2 == 0),
            )
            for n, (row, record) in enumerate(zip(visited, records, strict=True))
        ],
        batch_size=BATCH,
    )  # fmt: skip
    lists = {made.pk: lines for made, lines in place.lists}
    answers, findings, flags = [], [], []
    for n, visit in enumerate(visits):
        line = lists[visit.round_site.checklist_id][n // 4 % LINES]
        outcome = "passed" if visit.passed else "failed"
        answers.append(Answer(visit=visit, line=line, outcome=outcome, values={"found": "1"}))
        if not visit.passed:
            findings.append(_finding(visit, line, len(findings) + 1))
        if n < OWN or n % 3 == 0:
            state = "open" if n < OWN else "settled"
            kind = "no_position" if n % 2 else "very_quick"
            flags.append(VisitFlag(visit=visit, kind=kind, detail="请看", state=state))
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    Finding.objects.bulk_create(findings, batch_size=BATCH)
    VisitFlag.objects.bulk_create(flags, batch_size=BATCH)


def _finding(visit: Visit, line: CheckLine, number: int) -> Finding:
    row = visit.round_site
    due = None if number % 4 == 0 else BEGUN + datetime.timedelta(days=number % 40)
    return Finding(
        visit=visit, round_id=visit.round_id, line=line, site_id=row.site_id, unit_id=row.unit_id,
        area_id=row.area_id, number=number, category=line.category, text=f"第{number}处垃圾",
        place=f"人民路{number}号", found_on=BEGUN, proposed_due_on=due,
        state="withdrawn" if number % 10 == 0 else "open",
    )  # fmt: skip
