"""How all benchmarks measure: two ways of doing a job, in turn, in one run, as a ratio.

Absolute times of one machine say little; a ratio taken in alternated rounds is stable, because
whatever slows the machine down slows both.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True)
class Ratio:
    """Medians in seconds; `limit` is what the issue promises, None when only printed."""

    title: str
    ours: float
    theirs: float
    rows: str
    limit: float | None

    @property
    def value(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit

    def __str__(self) -> str:
        verdict = (
            "" if self.limit is None else f"  (≤ {self.limit:g}: {'ok' if self.holds else 'NOT'})"
        )
        times = f"{self.ours * 1000:.0f} ms / {self.theirs * 1000:.0f} ms"
        return f"{self.title}: {self.value:.2f}{verdict}  [{times}; {self.rows}]"


def seconds(job: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def compare(
    title: str,
    *,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rows: str,
    limit: float | None = None,
    rounds: int = ROUNDS,
) -> Ratio:
    """Run both once to warm up, then in turn `rounds` times; compare the medians.

    `rows` says how much data both worked on.
    """
    if rounds < ROUNDS:
        raise ValueError(f"at least {ROUNDS} rounds, not {rounds}")
    ours()
    theirs()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        times[0].append(seconds(ours))
        times[1].append(seconds(theirs))
    medians = [statistics.median(series) for series in times]
    return Ratio(title, medians[0], medians[1], rows, limit)


def report(*ratios: Ratio) -> None:
    """Print one line each; exit with 1 when a promise is broken."""
    for ratio in ratios:
        print(ratio)
    sys.exit(0 if all(ratio.holds for ratio in ratios) else 1)
