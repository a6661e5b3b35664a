"""The facts of 测评报告 as plain data: what the document and the workbook are written from."""

import datetime
from dataclasses import dataclass

UNTESTED = "未测"


@dataclass(frozen=True)
class Line:
    """One row of results: of a type, a unit, an area or a check line."""

    name: str
    group: str
    drawn: int
    tested: int
    passed: int
    findings: int
    rate: float | None
    low: float | None = None
    high: float | None = None
    change: float | None = None

    @property
    def untested(self) -> int:
        """Sites that were to be tested and were not."""
        return max(self.drawn - self.tested, 0)


@dataclass(frozen=True)
class Photo:
    """A small picture of a finding, as JPEG."""

    content: bytes
    width: int
    height: int
    caption: str


@dataclass(frozen=True)
class Problem:
    """One finding."""

    number: int
    text: str
    place: str
    category: str
    clause: str
    found_on: datetime.date
    due_on: datetime.date | None
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True)
class UnitProblems:
    """The findings that one unit has to mend."""

    unit: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Untested:
    """A site that was to be tested and was not."""

    code: str
    name: str
    site_type: str
    unit: str


@dataclass(frozen=True)
class Stratum:
    """A layer of the sample, and what was tested of it."""

    name: str
    population: int
    drawn: int
    tested: int
    passed: int

    @property
    def rate(self) -> float | None:
        """达标率 of the tested, in percent; None when nothing was tested."""
        return 100 * self.passed / self.tested if self.tested else None


@dataclass(frozen=True)
class Weighted:
    """The rate of all sites from a sample drawn by strata, in percent; or why there is none."""

    rate: float | None
    low: float | None
    high: float | None
    reason: str


@dataclass(frozen=True)
class SecondOpinions:
    """How far two visits of the same sites agree."""

    sites: int
    lines: int
    observed: float | None
    kappa: float | None
    ac1: float | None


@dataclass(frozen=True, kw_only=True)
class RoundFacts:
    """Everything that a report of one round says."""

    name: str
    kind: str
    issuer: str
    as_of: datetime.date
    starts_on: datetime.date
    ends_on: datetime.date
    version: str
    is_closed: bool
    is_sample: bool
    sampling: str
    seed: str
    population: int
    by_hand: int
    strata: tuple[Stratum, ...]
    pairs: int
    inspectors: int
    whole: Line
    earlier: str
    types: tuple[Line, ...]
    departments: tuple[Line, ...]
    streets: tuple[Line, ...]
    areas: tuple[Line, ...]
    lines: tuple[Line, ...]
    untested: tuple[Untested, ...]
    problems: tuple[UnitProblems, ...]
    left_out_photos: int
    opinions: SecondOpinions | None
    result_hash: str
    weighted: Weighted | None = None

    @property
    def title(self) -> str:
        """The title of the report; a round that runs has an interim one."""
        name = self.name.removesuffix("测评")  # 模拟测评 is not followed by 测评 again
        return f"{name}{'测评报告' if self.is_closed else '测评情况（进行中）'}"


def percent(rate: float | None) -> str:
    """70.6%, cut; 未测 where there is none."""
    return UNTESTED if rate is None else f"{int(rate * 10 + 1e-9) / 10:.1f}%"


def conclusion(facts: RoundFacts) -> str:
    """Return what the sample says of all sites, and by which method."""
    whole, weighted = facts.whole, facts.weighted
    if weighted is not None and weighted.rate is not None:
        text = f"按层加权推断全部点位，达标率{percent(weighted.rate)}"
        if weighted.low is None or weighted.high is None:
            return f"{text}，各层内结果都相同，不能估计误差。"
        return (
            f"{text}，95%置信区间为{weighted.low:.1f}%至{weighted.high:.1f}%"
            "（各层按名录中的点位数加权，有限总体校正）。"
        )
    if whole.low is None or whole.high is None:
        return ""
    text = f"由样本推断全部点位，95%置信区间为{whole.low:.1f}%至{whole.high:.1f}%"
    if weighted is None:
        return f"{text}。"
    return f"{text}（{weighted.reason}，不能按层加权，按简单随机抽样近似）。"


def ranked(lines: tuple[Line, ...]) -> list[tuple[str, Line]]:
    """Return the lines by rate with their places: equal rates share one, the untested have none."""
    tested = sorted(
        (one for one in lines if one.rate is not None),
        key=lambda one: (-(one.rate or 0.0), -one.tested, one.name),
    )
    found: list[tuple[str, Line]] = []
    place = 0
    for number, one in enumerate(tested, start=1):
        if number == 1 or one.rate != tested[number - 2].rate:
            place = number
        found.append((str(place), one))
    rest = sorted((one for one in lines if one.rate is None), key=lambda one: one.name)
    return found + [("—", one) for one in rest]
