"""What the people room tells the rooms above: typed news, sent inside the transaction."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from chuangwen.audit.actions import Entry
from chuangwen.people.actors import Actor

N = TypeVar("N")


class News(Generic[N]):
    """A signal with one typed argument. A receiver that raises undoes the whole action."""

    def __init__(self) -> None:
        self._receivers: list[Callable[[N], object]] = []

    def connect(self, receive: Callable[[N], object]) -> None:
        """Call `receive` with every piece of news from now on; once, however often connected."""
        if receive not in self._receivers:
            self._receivers.append(receive)

    def disconnect(self, receive: Callable[[N], object]) -> None:
        """Stop telling `receive`."""
        self._receivers.remove(receive)

    def send(self, news: N) -> None:
        """Tell every receiver, in the order in which they connected."""
        for receive in self._receivers:
            receive(news)


@dataclass(frozen=True)
class UnitsMerged:
    """Unit `other_id` was merged into `keep_id`: what pointed at the former moves to the latter.

    Receivers add their events to `entries`, which are recorded with that of the merger when all
    have done their work: writers wait for counts first, then for the log.
    """

    keep_id: uuid.UUID
    other_id: uuid.UUID
    by: Actor
    entries: list[Entry] = field(default_factory=list)


units_merged: News[UnitsMerged] = News()
