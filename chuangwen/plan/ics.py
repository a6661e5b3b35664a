"""The calendar as a file that calendar programs read (RFC 5545). All-day events: no time zones."""

import datetime
from collections.abc import Callable, Iterable

from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.plan.calendar import (
    Entry,
    EntryKind,
    Span,
    groups_by_task,
    measure_entry,
    measures_in,
    part_entry,
    parts_in,
    phase_entries,
    task_entries,
)

BACK, AHEAD = datetime.timedelta(days=90), datetime.timedelta(days=400)
MOST = 2000  # of a kind: calendar programs fetch the whole file every few hours
MOST_PARTS = 20_000


def feed_span(day: datetime.date) -> Span:
    """Return the days that a calendar program is given."""
    return Span(day - BACK, day + AHEAD)


def feed_entries(actor: Actor, span: Span) -> list[Entry]:
    """Return what the viewer's calendar program shows, the earliest first. Four queries at most."""
    found = phase_entries(span)
    parts = parts_in(actor, span).select_related("task", "unit").order_by("due_order", "pk")
    if groups_by_task(actor, span):  # the office oversees; the units' measures are theirs
        return found + task_entries(parts, most_parts=MOST_PARTS)[:MOST]
    measures = measures_in(actor, span).select_related("part__unit").order_by("due_on", "pk")
    found += [part_entry(part) for part in parts[:MOST]]
    return found + [measure_entry(measure) for measure in measures[:MOST]]


def as_ics(
    entries: Iterable[Entry], *, name: str, address_of: Callable[[Entry], str], host: str
) -> bytes:
    """Write the entries. The same thing keeps its UID, so that a moved deadline moves its event."""
    # Half a second that only who fetches a calendar should wait.
    from icalendar import Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//chuangwen//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval;value=duration", "PT6H")
    stamp = clock.now().replace(microsecond=0)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{host}")
        event.add("dtstamp", stamp)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + datetime.timedelta(days=1))
        event.add("summary", _summary(entry))
        event.add("url", address_of(entry))
        event.add("categories", [entry.kind.label])
        event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(entry: Entry) -> str:
    if entry.kind == EntryKind.PHASE:
        return entry.title
    word = "时限" if entry.kind == EntryKind.TASK else "措施"
    done = "" if entry.is_open else "（已完成）"
    return f"{word}：{entry.title}（{entry.unit}）{done}"
