"""Words and tones of the plan's pages."""

import datetime

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from chuangwen.plan.enums import PartState
from chuangwen.plan.models import TaskPart
from chuangwen.plan.rules import is_late

register = template.Library()

PART_TONES = {
    PartState.ASSIGNED: "warning",
    PartState.SUBMITTED: "info",
    PartState.RETURNED: "danger",
    PartState.CONFIRMED: "neutral",
    PartState.DONE: "info",
    PartState.CLOSED: "success",
    PartState.WITHDRAWN: "neutral",
}


@register.filter
def part_tone(state: str) -> str:
    """Return the tone of a part's state."""
    return PART_TONES[PartState(state)]


@register.filter
def late_on(part: TaskPart, day: datetime.date) -> bool:
    """Tell whether the part is open past its deadline on `day`."""
    return is_late(part, day)


@register.filter
def marked(text: str, words: list[str]) -> SafeString:
    """Return the text with every occurrence of the words marked, whatever their case."""
    spans = _spans(text.lower(), [word.lower() for word in words if word])
    if not spans:
        return conditional_escape(text)
    pieces: list[tuple[str, str, str]] = []
    at = 0
    for start, end in spans:
        pieces.append((text[at:start], "", ""))
        pieces.append(("", text[start:end], ""))
        at = end
    pieces.append((text[at:], "", ""))
    return mark_safe(  # noqa: S308 - every piece is escaped by format_html_join
        "".join(
            format_html_join("", "<mark>{}</mark>", [(hit,)]) if hit else conditional_escape(plain)
            for plain, hit, _ in pieces
        )
    )


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where words stand, overlapping ones joined."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
