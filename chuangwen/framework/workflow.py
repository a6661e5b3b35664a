"""The steps of a framework version and of a reported value."""

from chuangwen.framework.enums import ValueState, VersionState
from chuangwen.kit.workflow import Transition, Workflow

VERSION = Workflow(
    "测评体系版本",
    [Transition("publish", (VersionState.DRAFT,), VersionState.PUBLISHED, "发布")],
)

VALUE = Workflow(
    "指标值",
    [
        Transition("accept", (ValueState.REPORTED,), ValueState.ACCEPTED, "接收"),
        Transition("return", (ValueState.REPORTED,), ValueState.RETURNED, "退回"),
    ],
)
