"""Reads a campaign document (行动计划, 工作安排, 实施方案, 责任分解表 …) into structure.

Pure Python: no Django, no database. The form of the result is in docs/plan-parse-schema.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import PlanDocumentSet
from .serialise import SCHEMA_VERSION, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from chuangwen.plan.reading.model import ReadText

__all__ = ["SCHEMA_VERSION", "PlanDocumentSet", "parse", "to_json"]


def parse(
    source: ReadText | str, progress: Callable[[int, int], None] | None = None
) -> PlanDocumentSet:
    """Structure of a campaign document; see `parser.parse`.

    The grammar's patterns take half a second to build: the first document waits, not every start.
    """
    from . import parser  # noqa: PLC0415

    return parser.parse(source, progress) if progress else parser.parse(source)
