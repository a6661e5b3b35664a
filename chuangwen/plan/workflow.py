"""The steps of a task and of a unit's part in it. Diagram and permission page come from here."""

from chuangwen.kit.workflow import Transition, Workflow
from chuangwen.plan.enums import PartState as Part
from chuangwen.plan.enums import TaskState as Task

TASK = Workflow(
    "任务",
    [
        Transition("dispatch", (Task.PROPOSED, Task.DISPATCHED), Task.DISPATCHED, "下达"),
        Transition("complete", (Task.DISPATCHED,), Task.COMPLETED, "确认整体完成"),
        Transition("reopen", (Task.COMPLETED,), Task.DISPATCHED, "重新打开"),
        Transition("cancel", (Task.PROPOSED, Task.DISPATCHED), Task.CANCELLED, "作废"),
    ],
)

PART = Workflow(
    "本单位任务",
    [
        Transition("submit", (Part.ASSIGNED, Part.RETURNED), Part.SUBMITTED, "报送措施"),
        Transition("return", (Part.SUBMITTED,), Part.RETURNED, "退回"),
        Transition("confirm", (Part.SUBMITTED,), Part.CONFIRMED, "通过"),
        Transition("recall", (Part.CONFIRMED,), Part.SUBMITTED, "撤销通过"),
        Transition("finish", (Part.CONFIRMED,), Part.DONE, "标记本部分完成"),
        Transition("rework", (Part.DONE,), Part.CONFIRMED, "退回继续办理"),
        Transition("close", (Part.DONE,), Part.CLOSED, "办结"),
        Transition(
            "withdraw",
            (Part.ASSIGNED, Part.RETURNED, Part.SUBMITTED, Part.CONFIRMED),
            Part.WITHDRAWN,
            "撤回",
        ),
        Transition("renew", (Part.WITHDRAWN,), Part.ASSIGNED, "重新下达"),
        Transition("reopen", (Part.CLOSED,), Part.DONE, "重新打开"),
    ],
)
