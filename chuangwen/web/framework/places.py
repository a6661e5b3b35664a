"""Back to the place on a page from which somebody came."""

import uuid

from django.http import HttpResponseRedirect
from django.urls import reverse


def back_to_place(name: str, pk: uuid.UUID, anchor: str) -> HttpResponseRedirect:
    """Redirect to the page of one object, at an element of it."""
    return HttpResponseRedirect(f"{reverse(name, args=[pk])}#{anchor}")
