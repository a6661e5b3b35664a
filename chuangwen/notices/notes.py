"""What a room above hands in to be told."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chuangwen.notices.enums import AboutKind, NoticeKind

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Note:
    """One occasion. `key` names it, e.g. `part-returned:<id>:<version>`: told once a person.

    Keys begin with what happened, so that two rooms never take the same by accident.
    """

    kind: NoticeKind
    subject: str
    key: str
    body: str = ""
    about: AboutKind | None = None
    about_id: uuid.UUID | None = None

    def __post_init__(self) -> None:
        """Keep the subject on one line and within its column."""
        line = " ".join(self.subject.split())
        short = line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"
        object.__setattr__(self, "subject", short)


@dataclass(frozen=True)
class Told:
    """A note and whom it goes to."""

    note: Note
    recipient_ids: Iterable[uuid.UUID]


def told(note: Note, recipients: Iterable[uuid.UUID]) -> Iterator[Told]:
    """Yield the pair, or nothing when there is nobody to tell."""
    people = tuple(dict.fromkeys(recipients))
    if people:
        yield Told(note, people)
