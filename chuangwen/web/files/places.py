"""The page on which an attachment is shown."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from chuangwen.files.queries import Found
from chuangwen.framework.attachments import BAD_EXAMPLE, GOOD_EXAMPLE, VALUE
from chuangwen.plan.attachments import MEASURES, PROGRESS
from chuangwen.sites.attachments import SITE

PLACES: dict[str, Callable[[Any], str]] = {
    MEASURES.name: lambda part: reverse("plan-part", args=[part.pk]),
    PROGRESS.name: lambda entry: reverse("plan-part", args=[entry.part_id]),
    SITE.name: lambda site: reverse("site", args=[site.pk]),
    VALUE.name: lambda value: reverse("indicator", args=[value.indicator_id]),
    GOOD_EXAMPLE.name: lambda line: reverse("line-edit", args=[line.pk]),
    BAD_EXAMPLE.name: lambda line: reverse("line-edit", args=[line.pk]),
}


def place_of(found: Found) -> str:
    """Return the address of the page of the attachment's owner."""
    return PLACES[found.attachment.owner_kind](found.owner)
