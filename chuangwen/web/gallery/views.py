"""The gallery: every building block once, with invented content. Demonstrations only."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.kit.errors import NotFound
from chuangwen.web.gallery.examples import ENTRIES, PAIRS, TASKS, TREND, ExampleForm
from chuangwen.web.gate import ActorRequest, page


@page()
def show_gallery(request: ActorRequest) -> HttpResponse:
    """Show every block; a real district has no such page."""
    if not settings.CHUANGWEN_DEMONSTRATION:
        raise NotFound("没有此页面。请检查地址，或从首页进入。")
    faulty = ExampleForm({"measure": "", "frequency": "w"})
    context = {"form": faulty, "entries": ENTRIES, "pairs": PAIRS, "tasks": TASKS}
    return render(request, "gallery/gallery.html", context | {"trend": TREND})
