"""Official papers in words."""

from django import template
from django.utils.safestring import SafeString

from chuangwen.documents.enums import PaperState
from chuangwen.documents.models import OfficialPaper
from chuangwen.reports.papers.setting import spaced
from chuangwen.web.templatetags.components import status_badge

register = template.Library()
TONES = {
    PaperState.DRAFT: "info",
    PaperState.REVIEW: "warning",
    PaperState.SIGNED: "info",
    PaperState.WAITING: "info",
    PaperState.MAKING: "info",
    PaperState.STOPPED: "danger",
    PaperState.ISSUED: "success",
    PaperState.WITHDRAWN: "neutral",
}


@register.simple_tag
def paper_state(paper: OfficialPaper) -> SafeString:
    """The state of a paper as a badge."""
    return status_badge(TONES[PaperState(paper.state)], paper.get_state_display())


@register.filter
def in_fours(code: str) -> str:
    """K7QM-3XPD-9FHT."""
    return spaced(code)
