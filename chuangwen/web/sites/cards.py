"""Cards with a code to scan, many to a sheet: the code leads to the site's file."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.models import Site, SiteDuty
from chuangwen.sites.queries import duties_of
from chuangwen.sites.queries.listing import list_of_sites
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.sites.listing import SEE, asked_for

MOST = 400


@dataclass(frozen=True)
class Card:
    """What is printed for a site; `picture` is the code as an image of the page itself."""

    site: Site
    owner: SiteDuty | None
    picture: str


@page(may=SEE)
def print_cards(request: ActorRequest) -> HttpResponse:
    """Show the cards of the sites that the filter keeps, at most MOST of them."""
    sites = list(list_of_sites(request.actor, asked_for(request))[: MOST + 1])
    held = duties_of([site.pk for site in sites], clock.today())
    cards = [
        Card(site, held[site.pk].get(SiteDutyKind.OWNER), _picture(request, site))
        for site in sites[:MOST]
    ]
    context = {
        "cards": cards,
        "is_cut": len(sites) > MOST,
        "most": MOST,
        "parameters": request.GET.urlencode(),
    }
    return render(request, "sites/cards.html", context)


def _picture(request: ActorRequest, site: Site) -> str:
    path = reverse("site", args=[site.pk])
    address = (
        f"{settings.CHUANGWEN_ADDRESS}{path}"
        if settings.CHUANGWEN_ADDRESS
        else request.build_absolute_uri(path)
    )
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="#fff"))
