"""A row of values over time, as the chart and its table show it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Number = int | float | Decimal


@dataclass(frozen=True)
class Trend:
    """Values by period; None where nothing was reported. `target` is in the same unit."""

    title: str
    unit: str
    points: Sequence[tuple[str, Number | None]]
    target: Number | None = None
    target_label: str = "目标"
    samples: Collection[str] = ()  # periods whose value is 演示数据

    def as_json(self) -> dict[str, Any]:
        """The shape that frontend/islands/chart.ts reads; numbers lose no digit a chart shows."""
        return {
            "title": self.title,
            "unit": self.unit,
            "labels": [label for label, _value in self.points],
            "values": [_plain(value) for _label, value in self.points],
            "target": _plain(self.target),
            "targetLabel": self.target_label,
        }


def _plain(value: Number | None) -> float | None:
    return None if value is None else float(value)
