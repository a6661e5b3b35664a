"""What would be left open if a round were closed now: asked before it is closed for good."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max

from chuangwen.inspection.enums import Dimension, FlagState, RecordState
from chuangwen.inspection.models import FieldRecord, ResultTally, Round, VisitFlag


@dataclass(frozen=True)
class Unsent:
    """An inspector whose phone has announced records of this round whose photos are missing yet."""

    name: str
    records: int
    last_heard: datetime.datetime


@dataclass(frozen=True)
class Outstanding:
    """What is still open of a running round."""

    untested: int
    quarantined: int
    flags: int
    unsent: tuple[Unsent, ...]

    @property
    def is_any(self) -> bool:
        """Whether anything is open."""
        return bool(self.untested or self.quarantined or self.flags or self.unsent)

    @property
    def token(self) -> str:
        """What somebody confirms: these numbers and no others."""
        unsent = sum(one.records for one in self.unsent)
        return f"{self.untested}-{self.quarantined}-{self.flags}-{unsent}"


def outstanding(within: Round) -> Outstanding:
    """Return what is open of a round. Four queries.

    A phone sends a record first and its photos after it, so a record that waits for photos says
    that its phone has more to send. Of what a phone has never announced nobody can know.
    """
    counts = ResultTally.objects.filter(round=within, dimension=Dimension.ROUND)
    drawn, tested = counts.values_list("drawn", "tested").first() or (0, 0)
    own = FieldRecord.objects.filter(round_named=within.pk)
    waiting = own.filter(state=RecordState.WAITING).order_by()
    by_person = waiting.values("account__name").annotate(
        number=Count("pk"), last=Max("received_at")
    )
    return Outstanding(
        untested=max(drawn - tested, 0),
        quarantined=own.filter(state=RecordState.QUARANTINED).count(),
        flags=VisitFlag.objects.filter(visit__round=within, state=FlagState.OPEN).count(),
        unsent=tuple(
            Unsent(row["account__name"], row["number"], row["last"])
            for row in by_person.order_by("account__name")
        ),
    )
