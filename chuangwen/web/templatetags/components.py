"""Building blocks of pages; docs/design-system.md shows one example of each.

Tags with a body end with `{% end<name> %}`. Every text is escaped; bodies are template output.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chuangwen.web.charts import Trend
from chuangwen.web.paging import CURSORS
from chuangwen.web.wording import LIGHTS, TONES, Light

register = template.Library()
# Parameters that say where and how a list stands, and keep nothing out of it.
ARRANGING = frozenset({*CURSORS, "sort", "view", "month", "open"})


def _part(template_name: str, **values: Any) -> SafeString:
    return render_to_string(f"components/{template_name}.html", values)


def _body(content: str) -> SafeString:
    """The body of a tag: output of the template, hence already escaped."""
    return SafeString(content.strip())


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}; one of {', '.join(TONES)}")
    return tone


@register.simple_block_tag
def page_header(content: str, title: str, subtitle: str = "") -> SafeString:
    """The page's only h1; the body holds its actions, the main one first."""
    return _part("page_header", title=title, subtitle=subtitle, actions=_body(content))


@register.simple_tag
def breadcrumbs(*steps: str) -> SafeString:
    """Where the page stands: label, address, label, address, …, and last the page's own label."""
    *above, here = steps
    pairs = zip(above[::2], above[1::2], strict=True)
    return _part("breadcrumbs", above=list(pairs), here=here)


@register.simple_tag
def status_badge(tone: str, text: str) -> SafeString:
    """A state in words, coloured by tone: neutral, info, success, warning, danger.

    Without a template of its own, because lists hold thousands.
    """
    return format_html('<span class="status status-{}">{}</span>', _tone(tone), text)


@register.simple_tag
def traffic_light(level: str, text: str = "") -> SafeString:
    """green, yellow, red or none, by shape, words and colour: any one of them suffices."""
    light: Light = LIGHTS[level]
    return _part("traffic_light", light=light, text=text or light.label)


@register.simple_block_tag
def empty_state(content: str, title: str, text: str = "", icon: str = "inbox") -> SafeString:
    """Says that there is nothing, why, and in the body what to do."""
    return _part("empty_state", title=title, text=text, icon=icon, actions=_body(content))


@register.simple_tag
def stat_card(
    label: str, value: Any, url: str = "", tone: str = "neutral", note: str = ""
) -> SafeString:
    """A number and the list behind it; nought is never alarming."""
    tone = _tone(tone) if value else "neutral"
    return _part("stat_card", label=label, value=value, url=url, tone=tone, note=note)


@register.simple_tag
def progress(done: float, total: float, label: str) -> SafeString:
    """A bar with the numbers it shows; an empty total is said in words and not as 0 %."""
    percent = round(100 * done / total) if total else None
    return _part("progress", done=done, total=total, label=label, percent=percent)


@register.simple_tag
def timeline(entries: Iterable[Mapping[str, Any]]) -> SafeString:
    """Entries with `when`, `title` and, if any, `text`, `url`, `who`, `tone`, `current`."""
    return _part("timeline", entries=entries)


@register.simple_tag
def definition_list(pairs: Iterable[tuple[str, Any]]) -> SafeString:
    """Terms and their values; an empty value is shown as a dash."""
    return _part("definition_list", pairs=pairs)


@register.simple_block_tag
def toolbar(content: str, label: str) -> SafeString:
    """Actions on what is below; `label` names the group for screen readers."""
    return _part("toolbar", label=label, content=_body(content))


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: template.Context, content: str, label: str = "筛选", reset: str = ""
) -> SafeString:
    """A GET form that sends itself when a field changes.

    `reset` is the address without filters, offered when the address of the page has any.
    """
    request = context.get("request")
    is_narrow = request is not None and any(
        value.strip() for name, value in request.GET.items() if name not in ARRANGING
    )
    return _part(
        "filter_bar", label=label, reset=reset if is_narrow else "", content=_body(content)
    )


@register.simple_tag
def pager(previous: str = "", following: str = "", text: str = "") -> SafeString:
    """上一页 and 下一页 by address; keyset pages have no numbers. Empty when there is one page."""
    if not (previous or following or text):
        return SafeString("")
    return _part("pager", previous=previous, following=following, text=text)


@register.simple_tag
def form_field(field: BoundField, label: str = "", help: str = "") -> SafeString:
    """A field with label, help and error; both are announced with the field."""
    name = field.auto_id or field.name
    help_text = help or field.help_text
    described = [f"{name}_help"] if help_text else []
    attributes: dict[str, Any] = {}
    if field.errors:
        described.append(f"{name}_error")
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return _part(
        "form_field",
        field=field,
        name=name,
        label=label or field.label,
        help_text=help_text,
        widget=field.as_widget(attrs=attributes),
        is_group=field.field.widget.use_fieldset,
    )


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: str,
    button: str,
    action: str = "",
    *,
    question: str = "",
    tone: str = "neutral",
) -> SafeString:
    """A POST form behind one button that asks first; the body holds explanations and fields."""
    return _part(
        "confirm",
        button=button,
        action=action,
        question=question or f"确定{button}吗？",
        tone=_tone(tone),
        content=_body(content),
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_tag
def chart(trend: Trend) -> SafeString:
    """A line over time with its target, and the same numbers as a table."""
    return _part("chart", trend=trend, data=trend.as_json())


@register.simple_tag
def demo_label() -> SafeString:
    """Marks what is not in the notice."""
    return _part("demo_label")
