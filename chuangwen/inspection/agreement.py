"""How far two inspectors agree about the same lines, beyond what chance would bring.

Cohen's kappa misleads when nearly everything passes (its chance agreement is then close to 1);
Gwet's AC1 does not. Both are shown. Two raters, two outcomes.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fourfold:
    """Lines judged in both visits: by both as passed, failed by one of them only, by both."""

    both_passed: int = 0
    first_failed: int = 0
    second_failed: int = 0
    both_failed: int = 0

    def __add__(self, other: "Fourfold") -> "Fourfold":
        return Fourfold(
            self.both_passed + other.both_passed,
            self.first_failed + other.first_failed,
            self.second_failed + other.second_failed,
            self.both_failed + other.both_failed,
        )

    @property
    def lines(self) -> int:
        """How many lines were judged twice."""
        return self.both_passed + self.first_failed + self.second_failed + self.both_failed

    @property
    def observed(self) -> float | None:
        """The share of lines on which both agree; None without lines."""
        return (self.both_passed + self.both_failed) / self.lines if self.lines else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None when one outcome alone was given, for which it is not defined."""
        if self.observed is None:
            return None
        chance = self._first_rate * self._second_rate + (1 - self._first_rate) * (
            1 - self._second_rate
        )
        return None if chance >= 1 else (self.observed - chance) / (1 - chance)

    @property
    def ac1(self) -> float | None:
        """Gwet's AC1 (2008); None without lines."""
        if self.observed is None:
            return None
        mean = (self._first_rate + self._second_rate) / 2
        chance = 2 * mean * (1 - mean)
        return (self.observed - chance) / (1 - chance)

    @property
    def _first_rate(self) -> float:
        return (self.first_failed + self.both_failed) / self.lines

    @property
    def _second_rate(self) -> float:
        return (self.second_failed + self.both_failed) / self.lines
