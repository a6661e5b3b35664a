"""The steps of a site's life in the register."""

from chuangwen.kit.workflow import Transition, Workflow
from chuangwen.sites.enums import SiteState as State

SITE = Workflow(
    "点位",
    [
        Transition("close", (State.OPEN,), State.CLOSED, "停用"),
        Transition("reopen", (State.CLOSED,), State.OPEN, "恢复"),
        Transition("merge", (State.OPEN, State.CLOSED), State.MERGED, "合并"),
        Transition("separate", (State.MERGED,), State.OPEN, "取消合并"),
    ],
)
