"""Documents and their review; the campaign they make; duties and tasks."""

from chuangwen.plan.models.campaign import Action, Campaign, GoalArea, KeyWork, Phase, Target
from chuangwen.plan.models.documents import ImportItem, PlanImport, SourceDocument
from chuangwen.plan.models.duties import Duty, DutyQuestion
from chuangwen.plan.models.tallies import PartTally
from chuangwen.plan.models.tasks import Measure, ProgressEntry, Task, TaskPart

__all__ = [
    "Action",
    "Campaign",
    "Duty",
    "DutyQuestion",
    "GoalArea",
    "ImportItem",
    "KeyWork",
    "Measure",
    "PartTally",
    "Phase",
    "PlanImport",
    "ProgressEntry",
    "SourceDocument",
    "Target",
    "Task",
    "TaskPart",
]
