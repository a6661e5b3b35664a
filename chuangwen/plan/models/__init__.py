"""Documents and their review; the campaign they make; duties and tasks."""

from chuangwen.plan.models.campaign import (
    Action,
    Campaign,
    GoalArea,
    KeyWork,
    Mechanism,
    Phase,
    Target,
)
from chuangwen.plan.models.documents import (
    DocumentReading,
    ImportItem,
    PlanImport,
    ReviewStep,
    SourceDocument,
)
from chuangwen.plan.models.duties import Duty, DutyQuestion
from chuangwen.plan.models.indicators import IndicatorDemand
from chuangwen.plan.models.tallies import Tally
from chuangwen.plan.models.tasks import Measure, ProgressEntry, Task, TaskPart

__all__ = [
    "Action",
    "Campaign",
    "DocumentReading",
    "Duty",
    "DutyQuestion",
    "GoalArea",
    "ImportItem",
    "IndicatorDemand",
    "KeyWork",
    "Measure",
    "Mechanism",
    "Phase",
    "PlanImport",
    "ProgressEntry",
    "ReviewStep",
    "SourceDocument",
    "Tally",
    "Target",
    "Task",
    "TaskPart",
]
