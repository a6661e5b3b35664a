"""What the office decides about a round, as plain data."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from chuangwen.framework.models import FrameworkVersion
from chuangwen.inspection.enums import Dimension, RoundKind, Sampling
from chuangwen.inspection.models import Round
from chuangwen.inspection.precision import WantedPrecision
from chuangwen.kit.errors import Invalid

STRATA = (Dimension.SITE_TYPE, Dimension.AREA, Dimension.UNIT)
LONGEST_NAME, LONGEST_SEED = 100, 40
MOST_SITES = 50_000


@dataclass(frozen=True, kw_only=True)
class RoundFacts:
    """The head of a round. `earlier`: the round with which its results are compared."""

    name: str
    kind: RoundKind
    framework_version: FrameworkVersion
    starts_on: datetime.date
    ends_on: datetime.date
    is_blind: bool = False
    second_percent: int = 0
    earlier: Round | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what no round can have, naming the field."""
        name = " ".join(self.name.split())
        object.__setattr__(self, "name", name)
        if not name or len(name) > LONGEST_NAME:
            raise Invalid(f"名称须是 1 至 {LONGEST_NAME} 字。", field="name")
        if self.ends_on < self.starts_on:
            raise Invalid("结束日期不能早于开始日期。", field="ends_on")
        if not 0 <= self.second_percent <= 100:
            raise Invalid("双人复测比例在 0 到 100 之间。", field="second_percent")

    def columns(self) -> dict[str, Any]:
        """Return the fields of the row."""
        return dict(vars(self))


@dataclass(frozen=True, kw_only=True)
class SampleWishes:
    """How sites are to be chosen.

    `strata` divide the register for a random sample; `size` is how many to draw in all, or, when it
    is None, `precision` says how many are needed: of the whole, or in `every_stratum` by itself.
    `site_types` and `areas` narrow the register before; empty means all.
    """

    method: Sampling
    strata: tuple[Dimension, ...] = ()
    size: int | None = None
    least: int = 1
    seed: str = ""
    precision: WantedPrecision | None = None
    every_stratum: bool = False
    site_types: frozenset[uuid.UUID] = field(default_factory=frozenset)
    areas: frozenset[uuid.UUID] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        """Refuse wishes that cannot be drawn, naming the field."""
        if any(one not in STRATA for one in self.strata) or len(set(self.strata)) < len(
            self.strata
        ):
            raise Invalid("分层只能按点位类型、所属街道或社区、主管单位。", field="strata")
        if len(self.seed) > LONGEST_SEED or "\0" in self.seed:
            raise Invalid(f"抽样种子至多 {LONGEST_SEED} 字。", field="seed")
        if self.method == Sampling.STRATIFIED:
            if not self.seed.strip():
                raise Invalid(
                    "请填写抽样种子，如抽样日期。同样的种子抽出同样的点位。", field="seed"
                )
            if self.size is None and self.precision is None:
                raise Invalid("请填写抽样数量，或填写想要的精度由系统测算。", field="size")
            if self.size is not None and not 1 <= self.size <= MOST_SITES:
                raise Invalid(f"抽样数量在 1 到 {MOST_SITES} 之间。", field="size")
            if not 0 <= self.least <= MOST_SITES:
                raise Invalid(f"每层最少数在 0 到 {MOST_SITES} 之间。", field="least")

    def told(self) -> dict[str, Any]:
        """Return the wishes as they are kept with the round, in plain data."""
        return {
            "method": self.method.value,
            "strata": [one.value for one in self.strata],
            "size": self.size,
            "least": self.least,
            "seed": self.seed,
            "precision": vars(self.precision) if self.precision else None,
            "every_stratum": self.every_stratum,
            "site_types": sorted(map(str, self.site_types)),
            "areas": sorted(map(str, self.areas)),
        }
