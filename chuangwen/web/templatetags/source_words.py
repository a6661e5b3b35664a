"""The way back from anything that a document ordered to the words that ordered it."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def words_link(found: Any, text: str = "原文", look: str = "words-link") -> SafeString:
    """A link to the marked words; nothing for what a person added without marking text.

    `found` is anything with `source_id`, `start` and `end`. No query, so lists may use it.
    """
    if found is None or found.source_id is None or found.start is None or found.end is None:
        return SafeString("")
    address = reverse("plan-source", kwargs={"pk": found.source_id})
    span = f"?start={found.start}&end={found.end}#marked"
    return format_html('<a class="{}" href="{}{}">{}</a>', look, address, span, text)
