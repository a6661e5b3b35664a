"""Names and titles in the marks of the source: the grammar reads the folded text."""

from __future__ import annotations

from .model import Anomaly, Owners, PlanDocumentSet, Task


class Restorer:
    """Puts the source's own characters back into values that were cut from the folded text."""

    def __init__(self, source: str, folded: str) -> None:
        self.source, self.folded = source, folded

    def value(self, text: str | None, start: int, end: int) -> str | None:
        """The same part of the source; `text` itself when it was not cut out in one piece."""
        if not text or text in self.source[start:end]:
            return text
        pairs = zip(self.folded[start:end], self.source[start:end], strict=True)
        kept = [(plain, own) for plain, own in pairs if not plain.isspace()]
        if text in "".join(own for _, own in kept):  # an owner of two sections: restored already
            return text
        place = "".join(plain for plain, _ in kept).find(text)
        if place < 0:  # put together from two pieces: its marks are those of the passage
            return text.translate(self._marks(start, end))
        return "".join(own for _, own in kept[place : place + len(text)])

    def fields(self, item: object, start: int, end: int, *names: str) -> None:
        for name in names:
            setattr(item, name, self.value(getattr(item, name), start, end))

    def owners(self, owners: Owners) -> None:
        for one in (*owners.units(), *owners.leaders):
            self.fields(one, one.start, one.end, "name")

    def task(self, task: Task) -> None:
        self.fields(task, task.start, task.end, "number", "title")
        self.owners(task.owners)

    def reading(self, anomaly: Anomaly) -> None:
        """A proposed reading uses the marks that the flawed passage uses."""
        if not anomaly.reading:
            return
        anomaly.reading = anomaly.reading.translate(self._marks(anomaly.start, anomaly.end))

    def _marks(self, start: int, end: int) -> dict[int, str]:
        pairs = zip(self.folded[start:end], self.source[start:end], strict=True)
        return {ord(plain): own for plain, own in pairs if plain != own and plain in ",;:()?!%"}


def restore(result: PlanDocumentSet, folded: str) -> None:
    """Restores every name, title and number of a result in place."""
    own = Restorer(result.text, folded)
    for document in result.documents:
        own.fields(document, document.start, document.end, "issuer", "file_number")
    for phase in result.phases:
        own.fields(phase, phase.start, phase.end, "name", "number", "theme")
        for target in phase.targets:
            own.fields(target, target.start, target.end, "subject", "scope")
        for task in phase.tasks:
            own.task(task)
    for target in result.undated:
        own.fields(target, target.start, target.end, "subject", "scope")
    for section in (*result.areas, *result.actions, *result.key_works):
        own.fields(section, section.start, section.end, "number", "title")
        for task in section.tasks:
            own.task(task)
    for action in result.actions:
        own.fields(action, action.start, action.end, "name", "goal")
        own.owners(action.owners)
    for indicator in result.indicators:
        own.fields(indicator, indicator.start, indicator.end, "name", "reference")
    for anomaly in result.anomalies:
        own.reading(anomaly)
