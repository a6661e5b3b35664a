"""Framework versions with their tree; indicators with references and reported values."""

from chuangwen.framework.models.checklists import CheckLine, Checklist, LineGroup, SiteType
from chuangwen.framework.models.indicators import (
    Indicator,
    IndicatorClause,
    IndicatorReporter,
    ReferenceSeries,
    ReferenceValue,
)
from chuangwen.framework.models.standards import (
    Standard,
    StandardIndicator,
    StandardMethod,
    VersionMapping,
)
from chuangwen.framework.models.values import IndicatorValue
from chuangwen.framework.models.versions import Framework, FrameworkVersion, Node

__all__ = [
    "CheckLine",
    "Checklist",
    "Framework",
    "FrameworkVersion",
    "Indicator",
    "IndicatorClause",
    "IndicatorReporter",
    "IndicatorValue",
    "LineGroup",
    "Node",
    "ReferenceSeries",
    "ReferenceValue",
    "SiteType",
    "Standard",
    "StandardIndicator",
    "StandardMethod",
    "VersionMapping",
]
