"""The log for its administrator: filters, export, proof."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.people.actions.audit_log import check_chain, export_events
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.log import LogFilter, events_of, names_of
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.audit_book import HEADER, audit_book, export_row
from chuangwen.web.people.downloads import as_download, attachment
from chuangwen.web.people.verbs import VERBS, described

MAY = Permission.VIEW_AUDIT
PAGE_SIZE = 50
FILTERS = ("verb", "account", "object_id", "first_day", "last_day")


def asked_for(request: ActorRequest) -> LogFilter:
    """Return the filter in the address. Raises Invalid for a date or number that is none."""
    return LogFilter.read({name: request.GET.get(name, "").strip() for name in FILTERS})


@page(may=MAY)
def show_log(request: ActorRequest) -> HttpResponse:
    """Show the events, the latest first; `before` goes on from a sequence number."""
    return render(request, "people/audit.html", _context(request))


@page("POST", may=MAY)
def check_log(request: ActorRequest) -> HttpResponse:
    """Walk the whole chain and say whether it is whole."""
    verdict = check_chain(by=request.actor)
    return render(request, "people/audit.html", {**_context(request), "verdict": verdict})


@page("POST", may=MAY)
def export_log(request: ActorRequest, suffix: str) -> HttpResponseBase:
    """Send the filtered events as .csv or .xlsx, the earliest first. Taking them is an event."""
    events = export_events(wanted=asked_for(request), suffix=suffix, by=request.actor)
    name = f"审计记录{clock.today():%Y%m%d}.{suffix}"
    if suffix == "xlsx":
        return as_download(audit_book(events, clock.today()), name)
    return HttpResponse(
        "".join(_csv_lines(events)).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers=attachment(name),
    )


def _context(request: ActorRequest) -> dict[str, Any]:
    wanted = asked_for(request)
    events = events_of(request.actor, wanted)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        events = events.filter(sequence__lt=int(before))
    found = list(events.order_by("-sequence")[: PAGE_SIZE + 1])
    following = ""
    if len(found) > PAGE_SIZE:
        parameters = request.GET.copy()
        parameters["before"] = str(found[PAGE_SIZE - 1].sequence)
        following = f"?{parameters.urlencode()}"
    parameters = request.GET.copy()
    parameters.pop("before", None)
    shown = found[:PAGE_SIZE]
    people = names_of(shown)
    return {
        "rows": [described(event, people) for event in shown],
        "wanted": wanted,
        "verbs": sorted(VERBS.items(), key=lambda pair: pair[1]),
        "following": following,
        "newest": f"?{parameters.urlencode()}" if before else "",
        "parameters": parameters.urlencode(),
    }


def _csv_lines(events: Iterable[AuditEvent]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    for row in (HEADER, *(export_row(event) for event in events)):
        line.seek(0)
        line.truncate()
        writer.writerow([_harmless(cell) for cell in row])
        yield line.getvalue()


def _harmless(cell: object) -> str:
    """Keep a spreadsheet from running a cell that begins like a formula (CWE-1236)."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
