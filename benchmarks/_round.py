"""Rounds of any size, written straight into the tables; their counts made of these rows."""

import datetime
import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from benchmarks._copies import multiply
from chuangwen.audit.actions import open_chain
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    Framework,
    FrameworkVersion,
    LineGroup,
    SiteType,
)
from chuangwen.inspection.actions.recounting import write_counts
from chuangwen.inspection.models import Answer, FieldRecord, Pair, Round, RoundSite, Visit
from chuangwen.inspection.recount import recount
from chuangwen.kit import clock
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.sites.models import Site
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

LINES, TYPES, UNITS, AREAS, INSPECTORS = 40, 20, 100, 50, 20
CHUNK = 2000
PATTERN = 1_000_000  # answers; of larger rounds the database makes the rest
CODE = "990001"


def make_rounds(sizes: list[int]) -> tuple[Tenant, dict[int, Round]]:
    """Return the district and its rounds by number of answers; made now unless they are there."""
    tenant = Tenant.objects.filter(code=CODE).first()
    if tenant is None:
        tenant = Tenant.objects.create(name="基准区", code=CODE)
        open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        world = _World()
        found = {}
        for size in sizes:
            name = f"{size} 项"
            known = Round.objects.filter(name=name).first()
            if known is None:
                begun = time.perf_counter()
                known = world.make(name, size)
                print(f"{size} answers made in {time.perf_counter() - begun:.0f} s", flush=True)
            found[size] = known
    return tenant, found


class _World:
    """What all rounds share: units, people, types with their checklists."""

    def __init__(self) -> None:
        self.tenant_id = Tenant.objects.get(code=CODE).pk
        self.units = [self._unit(f"单位{n}", "government") for n in range(UNITS)]
        self.areas = [self._unit(f"街道{n}", "street") for n in range(AREAS)]
        self.office = self._account("benchmark-office", "office")
        self.people = [self._account(f"benchmark-{n}", "inspector") for n in range(INSPECTORS)]
        self.version, self.checklists = self._framework()

    @staticmethod
    def _unit(name: str, kind: str) -> Unit:
        return Unit.objects.get_or_create(name=name, defaults={"kind": kind})[0]

    def _account(self, username: str, role: str) -> Account:
        account, fresh = Account.objects.get_or_create(
            username=username,
            defaults={
                "tenant_id": self.tenant_id,
                "name": username,
                "password": "!",
                "must_change_password": False,
                "password_changed_at": clock.now(),
            },
        )
        if fresh:
            Membership.objects.create(account=account, unit=self.units[0], role=role)
        return account

    def _framework(self) -> tuple[FrameworkVersion, list[tuple[Checklist, list[CheckLine]]]]:
        known = FrameworkVersion.objects.first()
        if known is None:
            framework = Framework.objects.create(name="基准", standing="local")
            known = FrameworkVersion.objects.create(framework=framework, number=1, label="1")
            for number in range(TYPES):
                self._checklist(known, number)
            known.state, known.published_at = "published", clock.now()
            known.save()
        lists = Checklist.objects.filter(framework_version=known).select_related("site_type")
        return known, [(one, list(one.lines.all())) for one in lists]

    @staticmethod
    def _checklist(version: FrameworkVersion, number: int) -> None:
        kind = SiteType.objects.create(code=f"B{number}", name=f"类型{number}", shape="place")
        checklist = Checklist.objects.create(
            framework_version=version,
            site_type=kind,
            pass_rule="score",  # noqa: S106 - a rule
            pass_percent=80,
        )
        group = LineGroup.objects.create(checklist=checklist, title="环境", position=1)
        CheckLine.objects.bulk_create(
            CheckLine(
                checklist=checklist, group=group, code=f"{place}", text=f"第 {place} 项无垃圾",
                shape="absence", position=place,
            )
            for place in range(LINES)
        )  # fmt: skip

    def make(self, name: str, answers: int) -> Round:
        """Make a running round all of whose sites have been visited."""
        within = Round.objects.create(
            number=Round.objects.count() + 1, name=name, kind="mock",
            framework_version=self.version, starts_on="2021-09-01", ends_on="2021-09-30",
            state="running", started_at=clock.now(),
        )  # fmt: skip
        pair = Pair.objects.create(round=within, number=1)
        asked, answers = answers, min(answers, PATTERN)
        visits = answers // LINES
        for start in range(0, visits, CHUNK):
            with transaction.atomic():
                self._chunk(within, pair, range(start, min(start + CHUNK, visits)))
        write_counts(within, recount(within))
        if answers < asked:
            multiply(within, asked // answers)
        return within

    def _chunk(self, within: Round, pair: Pair, numbers: range) -> None:
        lists = [self.checklists[n % TYPES] for n in numbers]
        sites = Site.objects.bulk_create(
            Site(
                code=f"{within.number}-{n:08}", name=f"点位{n}", site_type_id=one.site_type_id,
                area=self.areas[n % AREAS],
            )
            for n, (one, _) in zip(numbers, lists, strict=True)
        )  # fmt: skip
        rows = RoundSite.objects.bulk_create(
            RoundSite(
                round=within, site=site, pair=pair, position=n, checklist=one,
                site_type_id=one.site_type_id, unit=self.units[n % UNITS], area_id=site.area_id,
            )
            for n, site, (one, _) in zip(numbers, sites, lists, strict=True)
        )  # fmt: skip
        now = clock.now() - datetime.timedelta(days=1)
        people = [self.people[n % INSPECTORS] for n in numbers]
        records = FieldRecord.objects.bulk_create(
            FieldRecord(
                account=person, device="基准", sha256=f"{within.number:08}{n:056}", content="{}",
                state="committed", committed_at=now,
            )
            for n, person in zip(numbers, people, strict=True)
        )  # fmt: skip
        visits = Visit.objects.bulk_create(
            Visit(
                record=record, round=within, round_site=row, site_id=row.site_id,
                account_id=record.account_id, state="counted", started_at=now, sealed_at=now,
                passed=n % 3 > 0, score=100,
            )
            for n, record, row in zip(numbers, records, rows, strict=True)
        )  # fmt: skip
        Answer.objects.bulk_create(self._answers(numbers, visits, lists), batch_size=5000)

    @staticmethod
    def _answers(
        numbers: range, visits: list[Visit], lists: list[tuple[Checklist, list[CheckLine]]]
    ) -> Iterator[Any]:
        for n, visit, (_, lines) in zip(numbers, visits, lists, strict=True):
            for place, line in enumerate(lines):
                bad = (n + place) % 7 == 0
                yield Answer(
                    visit=visit, line=line, outcome="failed" if bad else "passed",
                    values={"found": "3" if bad else "0"},
                )  # fmt: skip
