"""Which sites of the register can be drawn, with what a round keeps of them."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from chuangwen.framework.enums import LineShape, PassRule
from chuangwen.framework.models import CheckLine, Checklist, FrameworkVersion
from chuangwen.inspection.enums import Dimension, Sampling, VisitState
from chuangwen.inspection.models import Round, Visit
from chuangwen.inspection.precision import WantedPrecision, sample_size, sizes_by_stratum
from chuangwen.inspection.sampling import (
    Candidate,
    Share,
    allocate,
    draw,
    population_of,
    shares,
)
from chuangwen.inspection.wishes import SampleWishes
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.sites.enums import SiteDutyKind, SiteState
from chuangwen.sites.models import Site
from chuangwen.sites.queries import duties_in_force

WITHOUT = {Dimension.AREA: "未登记区域", Dimension.UNIT: "未登记单位"}
COLUMNS = {
    "code": "code",
    "site_type_id": "site_type_id",
    "site_type": "site_type__name",
    "area_id": "area_id",
    "area": "area__name",
}


@dataclass(frozen=True)
class Eligible:
    """A site as it would enter the round."""

    pk: uuid.UUID
    code: str
    site_type_id: uuid.UUID
    site_type: str
    area_id: uuid.UUID | None
    area: str | None
    unit_id: uuid.UUID | None
    unit: str | None
    checklist_id: uuid.UUID

    def stratum(self, by: Iterable[Dimension]) -> str:
        """Return the name of its layer, such as 农贸市场 · 炳草岗街道."""
        named = {
            Dimension.SITE_TYPE: self.site_type,
            Dimension.AREA: self.area or WITHOUT[Dimension.AREA],
            Dimension.UNIT: self.unit or WITHOUT[Dimension.UNIT],
        }
        return " · ".join(named[one] for one in by)[:200]


@dataclass(frozen=True)
class Drawn:
    """What wishes come to: the sites, the strata, and what was left out before."""

    sites: list[Eligible]
    shares: list[Share]
    population: int
    register_hash: str
    without_checklist: dict[str, int]
    population_by: dict[str, dict[str, int]] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return the draw as it is kept with the round, in plain data."""
        return {
            "population": self.population,
            "register": self.register_hash,
            "without_checklist": self.without_checklist,
            "strata": [vars(one) for one in self.shares],
            "population_by": self.population_by,
            "drawn": len(self.sites),
        }


def draw_from_register(
    version: FrameworkVersion, wishes: SampleWishes, *, earlier: Round | None
) -> Drawn:
    """Return what the wishes draw from today's register. Writes nothing; four queries at most.

    Raises Invalid naming the field.
    """
    eligible, without = eligible_sites(version, wishes.site_types, wishes.areas)
    if wishes.method == Sampling.FAILED:
        failed = failed_sites(earlier)
        eligible = [one for one in eligible if one.pk in failed]
    by = wishes.strata if wishes.method == Sampling.STRATIFIED else (Dimension.SITE_TYPE,)
    candidates = [Candidate(one, one.code, one.stratum(by)) for one in eligible]
    if wishes.method == Sampling.BY_HAND:
        drawn: list[Eligible] = []
    elif wishes.method == Sampling.STRATIFIED:
        populations = population_of(candidates)
        wanted = wanted_by_stratum(populations, wishes)
        drawn = draw(candidates, wanted, wishes.seed)
    else:
        drawn = eligible
    chosen = {one.pk for one in drawn}
    found = Counter(one.stratum for one in candidates if one.key.pk in chosen)
    return Drawn(
        sites=drawn,
        shares=shares(candidates, found),
        population=len(eligible),
        register_hash=register_hash(eligible),
        without_checklist=without,
        population_by=_population_by(eligible),
    )


def wanted_by_stratum(populations: Mapping[str, int], wishes: SampleWishes) -> dict[str, int]:
    """Return how many are to be drawn, by stratum.

    Raises Invalid when there is nothing to draw from, or too little.
    """
    if not populations:
        raise Invalid("名录中没有符合条件的点位。请先导入点位，或放宽条件。", field="site_types")
    whole = sum(populations.values())
    wanted = wishes.precision or WantedPrecision()
    if wishes.size is None and wishes.every_stratum:
        sizes = sizes_by_stratum(populations, wanted)
        return {
            name: max(size, min(wishes.least, populations[name])) for name, size in sizes.items()
        }
    size = wishes.size if wishes.size is not None else sample_size(whole, wanted)
    if wishes.size is None:  # reckoned: the least numbers may ask for more than the precision does
        size = max(size, sum(min(wishes.least, number) for number in populations.values()))
    return allocate(populations, size, least=wishes.least)


def eligible_sites(
    version: FrameworkVersion,
    site_types: frozenset[uuid.UUID] = frozenset(),
    areas: frozenset[uuid.UUID] = frozenset(),
    *,
    keys: Iterable[uuid.UUID] | None = None,
) -> tuple[list[Eligible], dict[str, int]]:
    """Return the open sites whose type has a checklist in the version, by code, and how many there
    are of types that have none. Two queries; `keys` asks for these sites only.

    A checklist by which nothing can be judged is none: its sites would stay untested for ever.
    """
    checklists = dict(
        Checklist.objects.filter(framework_version=version)
        .filter(Exists(_judging_lines()))
        .values_list("site_type_id", "pk")
    )
    sites = Site.objects.filter(state=SiteState.OPEN)
    if keys is not None:
        sites = sites.filter(pk__in=list(keys))
    if site_types:
        sites = sites.filter(site_type__in=site_types)
    if areas:
        sites = sites.filter(area__in=areas)
    found: list[Eligible] = []
    without: Counter[str] = Counter()
    for row in _with_owner(sites).iterator(2000):
        checklist = checklists.get(row["site_type_id"])
        if checklist is None:
            without[row["site_type__name"]] += 1
            continue
        found.append(
            Eligible(
                pk=row["pk"],
                unit_id=row["owner_id"],
                unit=row["owner_name"],
                checklist_id=checklist,
                **{name: row[column] for name, column in COLUMNS.items()},
            )
        )
    return sorted(found, key=lambda one: one.code), dict(without)


def _judging_lines() -> QuerySet[CheckLine]:
    """The lines of a checklist that count: free ones never do, nor do those of no weight where
    the site passes by its score."""
    lines = CheckLine.objects.filter(checklist=OuterRef("pk")).exclude(shape=LineShape.FREE)
    return lines.filter(~Q(checklist__pass_rule=PassRule.SCORE) | Q(weight__gt=0))


def _with_owner(sites: QuerySet[Site]) -> QuerySet[Any, dict[str, Any]]:
    owners = duties_in_force(clock.today()).filter(site=OuterRef("pk"), kind=SiteDutyKind.OWNER)
    owners = owners.order_by("-valid_from", "pk")
    annotated: QuerySet[Any] = sites.order_by().annotate(
        owner_id=Subquery(owners.values("unit_id")[:1]),
        owner_name=Subquery(owners.values("unit__name")[:1]),
    )
    return annotated.values("pk", "owner_id", "owner_name", *COLUMNS.values())


def failed_sites(earlier: Round | None) -> set[uuid.UUID]:
    """Return the sites that failed in an earlier round. Raises Invalid without one."""
    if earlier is None:
        raise Invalid("请先在轮次资料中选择对照的上一轮。", field="earlier")
    failed = Visit.objects.filter(round=earlier, state=VisitState.COUNTED, passed__in=[False])
    return set(failed.order_by().values_list("site_id", flat=True))


def register_hash(eligible: Iterable[Eligible]) -> str:
    """Return what tells whether the register is the one that was drawn from."""
    lines = sorted(f"{one.code}\t{one.site_type}\t{one.area}\t{one.unit}" for one in eligible)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _population_by(eligible: Iterable[Eligible]) -> dict[str, dict[str, int]]:
    """Count the register by type, area and unit: the populations behind the shares."""
    found: dict[str, Counter[str]] = {
        Dimension.SITE_TYPE.value: Counter(),
        Dimension.AREA.value: Counter(),
        Dimension.UNIT.value: Counter(),
    }
    for one in eligible:
        found[Dimension.SITE_TYPE][str(one.site_type_id)] += 1
        if one.area_id:
            found[Dimension.AREA][str(one.area_id)] += 1
        if one.unit_id:
            found[Dimension.UNIT][str(one.unit_id)] += 1
    return {by: dict(counts) for by, counts in found.items()}
