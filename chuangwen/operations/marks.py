"""Leaving and reading marks."""

import socket

from chuangwen.kit import clock
from chuangwen.operations.models import Mark, MarkKind

MACHINE_LONGEST = 100
SECONDS_BETWEEN_MARKS = 20  # of a worker that runs


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


def by_machine(kind: MarkKind) -> list[Mark]:
    """Return the mark of each machine, the latest first: there are a few machines."""
    return list(Mark.objects.filter(kind=kind).order_by("-happened_at", "machine"))
