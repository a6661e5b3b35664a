"""The home page, and the address that monitoring asks."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from chuangwen.people.queries import visible_units
from chuangwen.web.gate import ActorRequest, page


@page()
def show_home(request: ActorRequest) -> HttpResponse:
    """Show the viewer's posts and the units they may open."""
    units = visible_units(request.actor).filter(valid_until__isnull=True)[:100]
    return render(request, "home/home.html", {"units": units})


@page(anonymous=True)
def show_health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; used by service managers and load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
