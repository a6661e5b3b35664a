"""Leaving and reading marks."""

import datetime
import socket

from chuangwen.kit import clock
from chuangwen.operations.models import Mark, MarkKind

MACHINE_LONGEST = 100


def machine() -> str:
    """Return the name of this machine."""
    return socket.gethostname()[:MACHINE_LONGEST] or "localhost"


def mark(kind: MarkKind) -> None:
    """Note that it happened now, on this machine. One statement."""
    Mark.objects.bulk_create(
        [Mark(kind=kind, machine=machine(), happened_at=clock.now())],
        update_conflicts=True,
        unique_fields=["kind", "machine"],
        update_fields=["happened_at"],
    )


def latest(kind: MarkKind) -> Mark | None:
    """Return the latest mark of a kind, of whichever machine; None if it never happened."""
    return Mark.objects.filter(kind=kind).order_by("-happened_at").first()


def machines_since(kind: MarkKind, moment: datetime.datetime) -> list[str]:
    """Return the machines on which it happened since a moment."""
    since = Mark.objects.filter(kind=kind, happened_at__gte=moment)
    return list(since.order_by("machine").values_list("machine", flat=True))
