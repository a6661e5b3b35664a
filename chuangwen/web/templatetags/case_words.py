"""Numbers of cases in words."""

from django import template

from chuangwen.reports.sheets.figures import percent

register = template.Library()


@register.filter
def in_time(rate: float | None) -> str:
    """按期结案率: 70.6%, cut and not rounded up; a dash where nothing was to be done."""
    return percent(rate)
