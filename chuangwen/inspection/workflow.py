"""The steps of a round."""

from chuangwen.inspection.enums import RoundState
from chuangwen.kit.workflow import Transition, Workflow

DRAFT, RUNNING, CLOSED = RoundState.DRAFT, RoundState.RUNNING, RoundState.CLOSED

ROUND = Workflow(
    "测评轮次",
    [
        Transition("edit", (DRAFT,), DRAFT, "修改或重新抽样"),
        Transition("start", (DRAFT,), RUNNING, "启动"),
        Transition("regroup", (DRAFT, RUNNING), RUNNING, "调整分组"),
        Transition("change_sample", (RUNNING,), RUNNING, "增减点位"),
        Transition("close", (RUNNING,), CLOSED, "结束"),
    ],
)
