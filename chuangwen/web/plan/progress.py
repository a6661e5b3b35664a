"""What units did, with the files that show it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from chuangwen.files.models import Attachment
from chuangwen.files.queries import attachments_of
from chuangwen.people.actors import Actor
from chuangwen.plan.attachments import MEASURES, PROGRESS, progress_visible_to
from chuangwen.plan.models import ProgressEntry, Task, TaskPart

MOST = 50


@dataclass(frozen=True)
class Progress:
    """One entry for a page."""

    entry: ProgressEntry
    files: list[Attachment]
    sees_originals: bool
    may_remove: bool


def progress_of(part: TaskPart, viewer: Actor) -> list[Progress]:
    """Return the newest entries of a part that the viewer may open. Two queries."""
    entries = list(part.progress.all()[:MOST])
    for entry in entries:
        entry.part = part
    return _with_files(entries, viewer)


def progress_of_task(task: Task, viewer: Actor) -> list[Progress]:
    """Return the newest entries of all units' parts that the viewer may open. Two queries."""
    entries = progress_visible_to(viewer).filter(part__task=task).select_related("part__unit")
    return _with_files(entries[:MOST], viewer)


def measures_files_of(part: TaskPart) -> list[Attachment]:
    """Return the files of a part's measures. One query."""
    return attachments_of(MEASURES.name, [part.pk]).get(part.pk, [])


def _with_files(entries: Iterable[ProgressEntry], viewer: Actor) -> list[Progress]:
    found = list(entries)
    keys: list[uuid.UUID] = [entry.pk for entry in found]
    files = attachments_of(PROGRESS.name, keys)
    return [
        Progress(
            entry=entry,
            files=files.get(entry.pk, []),
            sees_originals=PROGRESS.sees_originals(viewer, entry),
            may_remove=PROGRESS.may_remove(viewer, entry),
        )
        for entry in found
    ]
