"""Reads a campaign document (行动计划, 工作安排, 实施方案, 责任分解表 …) into structure.

Pure Python: no Django, no database. The form of the result is in docs/plan-parse-schema.md.
"""

from .model import PlanDocumentSet
from .parser import parse
from .serialise import SCHEMA_VERSION, to_json

__all__ = ["SCHEMA_VERSION", "PlanDocumentSet", "parse", "to_json"]
