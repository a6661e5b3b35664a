"""The list of sites under one filter, and its exports."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.permissions import Permission
from chuangwen.sites.enums import Datum, Importance, SiteDutyKind, SiteState
from chuangwen.sites.queries import duties_of
from chuangwen.sites.queries.boundaries import has_boundary
from chuangwen.sites.queries.listing import ALL, SiteFilter, choices_for, list_of_sites
from chuangwen.sites.queries.mapping import View, sites_on_map
from chuangwen.sites.register.exporting import exported_rows, geojson_parts, titles
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download, attachment
from chuangwen.web.sites.register_book import register_book, template_book

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MANAGE = Permission.MANAGE_SITES
SORTS = (("code", "按编号"), ("name", "按名称"), ("importance", "按重要程度"))
# The first is what nobody has to ask for.
STATES = (("", SiteState.OPEN.label), *SiteState.choices[1:], (ALL, "全部"))


def asked_for(request: ActorRequest) -> SiteFilter:
    """Return the filter that the address carries."""
    return SiteFilter.read(request.GET.dict())


@page(may=SEE)
def list_sites(request: ActorRequest) -> HttpResponse:
    """List the sites that the viewer may see; every filter stands in the address."""
    wanted = asked_for(request)
    found = page_of(request, list_of_sites(request.actor, wanted))
    held = duties_of([site.pk for site in found.rows], clock.today())
    context: dict[str, Any] = {
        "page": found,
        "rows": [(site, held[site.pk].get(SiteDutyKind.OWNER)) for site in found.rows],
        "wanted": wanted,
        "choices": choices_for(request.actor),
        "states": STATES,
        "weights": Importance.choices,
        "sorts": SORTS,
        "datums": Datum.choices,
        "parameters": request.GET.urlencode(),
        "may_manage": request.actor.may(MANAGE),
        "has_boundary": has_boundary(),
        "may_manage_types": request.actor.may(Permission.MANAGE_FRAMEWORK),
        "tiles": settings.CHUANGWEN_MAP_TILES,
    }
    return render(request, "sites/sites.html", context)


@page(may=SEE)
def show_map(request: ActorRequest) -> HttpResponse:
    """Send clusters and sites of a view, or of all that the filter keeps, as JSON."""
    view = View.read(request.GET.dict())
    return JsonResponse(sites_on_map(request.actor, asked_for(request), view))


@page(may=SEE)
def export_sites(request: ActorRequest, suffix: str) -> HttpResponseBase:
    """Send the list as filtered, in the datum that is asked for and named."""
    raw = request.GET.get("datum", Datum.WGS84.value)
    if raw not in Datum.values:
        raise Invalid(f"没有坐标系“{raw[:20]}”。请从列表页选择后导出。", field="datum")
    datum, day = Datum(raw), clock.today()
    sites = list_of_sites(request.actor, asked_for(request))
    name = f"测评点位{day:%Y%m%d}.{suffix}"
    if suffix == "xlsx":
        return as_download(register_book(exported_rows(sites, datum), datum, day), name)
    if suffix == "csv":
        parts, kind = _csv(exported_rows(sites, datum), datum), "text/csv; charset=utf-8"
    elif suffix == "geojson":
        parts, kind = geojson_parts(sites, datum), "application/geo+json; charset=utf-8"
    else:
        raise NotFound("没有这种导出格式。请选择 xlsx、csv 或 geojson。")
    return StreamingHttpResponse(parts, content_type=kind, headers=attachment(name))


@page(may=MANAGE)
def download_template(request: ActorRequest) -> HttpResponseBase:
    """Send an empty register with its columns explained."""
    return as_download(template_book(clock.today()), "测评点位名录模板.xlsx")


def _csv(rows: Iterable[Any], datum: Datum) -> Iterator[str]:
    """Yield lines that spreadsheets open as UTF-8; no cell begins a formula there."""
    yield "\ufeff"
    line = io.StringIO()
    writer = csv.writer(line)
    for row in _with_header(titles(datum), rows):
        writer.writerow([_harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _with_header(header: tuple[str, ...], rows: Iterable[Any]) -> Iterator[Any]:
    yield header
    yield from rows


def _harmless(cell: object) -> object:
    risky = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@")
    return f"'{cell}" if risky else cell
