"""Numbers of a round in words. What is untested is said so, and never shown as 0 %."""

import math

from django import template
from django.utils.safestring import SafeString

from chuangwen.framework.observing import VALUE_LABELS
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Answer, Round, RoundSite, Visit
from chuangwen.inspection.precision import Interval
from chuangwen.web.templatetags.components import status_badge

register = template.Library()

UNTESTED = "未测"
TONES = {
    RoundState.DRAFT.value: "neutral",
    RoundState.RUNNING.value: "info",
    RoundState.CLOSED.value: "success",
}


@register.filter
def rate(percent: float | None) -> str:
    """70.6%, cut and not rounded up: 99.96 does not look like all."""
    return UNTESTED if percent is None else f"{cut(percent):.1f}%"


@register.filter
def share(part: float | None) -> str:
    """A share between 0 and 1 as a percentage; a dash where there is none."""
    return "—" if part is None else f"{cut(100 * part):.1f}%"


@register.filter
def points(change: float | None) -> str:
    """+3.2, −1.0 or a dash: percentage points."""
    if change is None:
        return "—"
    return f"{change:+.1f}".replace("-", "−")


@register.filter
def coefficient(value: float | None) -> str:
    """0.82, or that there is none."""
    return "无法计算" if value is None else f"{value:.2f}".replace("-", "−")


@register.filter
def bounds(interval: Interval | None) -> str:
    """62.1%～78.0%."""
    return "" if interval is None else f"{interval.low:.1f}%～{interval.high:.1f}%"


@register.simple_tag
def round_state(within: Round) -> SafeString:
    """The state of a round as a badge."""
    return status_badge(TONES[within.state], within.get_state_display())


@register.simple_tag
def visit_result(visit: Visit) -> SafeString:
    """达标 or 未达标; a dash where nothing was judged."""
    if visit.passed is None:
        return status_badge("neutral", "没有判定")
    tone, words = ("success", "达标") if visit.passed else ("danger", "未达标")
    return status_badge(tone, words)


@register.simple_tag
def turn(site: RoundSite) -> str:
    """Say that it is the second visit."""
    return "第二次" if site.turn == 2 else ""


def cut(percent: float) -> float:
    """Cut to one decimal, with a hair for what binary numbers cannot hold."""
    return math.floor(percent * 10 + 1e-9) / 10


@register.simple_tag
def observed(answer: Answer) -> str:
    """What was seen, such as 数量 3；说明."""
    seen = [
        f"{VALUE_LABELS.get(name, name)} {value}" for name, value in sorted(answer.values.items())
    ]
    return "；".join([*seen, *([answer.note] if answer.note else [])]) or "—"
