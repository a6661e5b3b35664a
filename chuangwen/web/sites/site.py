"""One site and its file (一点位一档): facts, duties in time, works, photos, what happened."""

import uuid
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.audit.models import AuditEvent
from chuangwen.files.queries import attachments_of
from chuangwen.inspection.queries.visible import visible_visits
from chuangwen.kit import clock
from chuangwen.kit.clock import SHANGHAI
from chuangwen.kit.errors import NotFound
from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission
from chuangwen.sites.actions.works import KIND
from chuangwen.sites.coordinates import from_wgs84
from chuangwen.sites.enums import Datum, SiteState
from chuangwen.sites.models import Site, SiteDuty, SiteWork
from chuangwen.sites.queries import visible_sites
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.verbs import change_text, verb_label
from chuangwen.web.sites.forms import WorkForm
from chuangwen.web.sites.listing import MANAGE, SEE

MOST_EVENTS = 100
MOST_VISITS = 20


def file_of(request: ActorRequest, pk: uuid.UUID) -> list[Site]:
    """Return a site and those that were merged into it, itself first. Raises NotFound."""
    visible = visible_sites(request.actor).select_related("site_type", "area", "merged_into")
    # Two keys looked up and then joined: for an `or` the database would walk the whole register.
    itself, merged = (
        Site.objects.order_by().filter(**{field: pk}).values("pk")
        for field in ("pk", "merged_into")
    )
    rows = list(visible.filter(pk__in=itself.union(merged, all=True)).order_by())
    rows.sort(key=lambda site: (site.pk != pk, site.code))
    if not rows or rows[0].pk != pk:
        raise NotFound("没有找到您要的内容。可能已被删除，或不属于您的单位。")
    return rows


def shown(request: ActorRequest, pk: uuid.UUID, **more: Any) -> dict[str, Any]:
    """Return what the page of a site shows; a refused form comes with `more`."""
    rows = file_of(request, pk)
    site, day = rows[0], clock.today()
    duties = list(SiteDuty.objects.filter(site__in=rows).select_related("unit", "site"))
    now = [one for one in duties if one.site_id == pk and _is_in_force(one, day)]
    actor = request.actor
    may_manage = actor.may(MANAGE)
    may_record = site.state != SiteState.MERGED and (
        may_manage
        or any(actor.may(Permission.RECORD_SITE_WORK, unit_id=one.unit_id) for one in now)
    )
    context: dict[str, Any] = {
        "site": site,
        "merged": rows[1:],
        "duties": duties,
        "now": now,
        "day": day,
        "places": places_of(site),
        "may_manage": may_manage,
        "may_record": may_record,
        "tells_history": bool(request.GET.get("history")),
    }
    if context["tells_history"]:
        context["history"] = _history([one.pk for one in rows])
        return {**context, **more}
    works = list(SiteWork.objects.filter(site__in=rows).select_related("site"))
    files = attachments_of(KIND, [one.pk for one in rows])
    visits = visible_visits(actor).filter(site__in=rows).order_by("-sealed_at", "-pk")
    context |= {
        "visits": list(visits[:MOST_VISITS]),
        "works": works,
        "money": sum(one.money for one in works if one.money is not None),
        "photos": [(one, files[one.pk]) for one in rows if files[one.pk]],
        "sees_originals": may_manage or any(one.unit_id in actor.unit_ids for one in now),
        "work_form": WorkForm(initial={"done_on": day}),
    }
    return {**context, **more}


@page(may=SEE)
def show_site(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a site's file."""
    return render(request, "sites/site.html", shown(request, pk))


def places_of(site: Site) -> list[tuple[str, str]]:
    """Return the coordinates in the two datums that differ, each with its name."""
    stored = site.point
    if stored is None:
        return []
    names = ((Datum.WGS84, "WGS-84、CGCS2000"), (Datum.GCJ02, "GCJ-02（高德、腾讯地图）"))
    return [(name, "{:.6f}, {:.6f}".format(*from_wgs84(stored, datum))) for datum, name in names]


def _is_in_force(duty: SiteDuty, day: Any) -> bool:
    return duty.valid_from <= day and (duty.valid_until is None or duty.valid_until >= day)


def _history(keys: list[uuid.UUID]) -> list[dict[str, str]]:
    people = Account.objects.filter(pk=OuterRef("account_id")).values("name")
    events = AuditEvent.objects.filter(object_id__in=keys).annotate(who=Subquery(people[:1]))
    return [
        {
            "when": f"{event.occurred_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            "title": verb_label(event.verb) + (f"：{event.label}" if len(keys) > 1 else ""),
            "who": event.who or "系统",
            "text": "；".join(
                change_text(name, value)
                for name, value in event.changes.items()
                if name not in ("files", "fields")
            ),
        }
        for event in events.order_by("-sequence")[:MOST_EVENTS]
    ]
