"""Closing a round for good, and replaying it later."""

from dataclasses import dataclass

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.inspection.actions.holding import locked_round
from chuangwen.inspection.actions.recounting import differences, stored_counts, write_counts
from chuangwen.inspection.announcing import announce_close
from chuangwen.inspection.enums import Dimension, RoundState
from chuangwen.inspection.models import Round
from chuangwen.inspection.recount import recount
from chuangwen.inspection.workflow import ROUND
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def close_round(*, within: Round, base_version: int, by: Actor) -> Round:
    """End a running round: its counts are made from its rows, its hash is taken, and the database
    refuses every later change. What was not visited stays untested.

    Raises StaleEdit and IllegalTransition.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "close", base_version=base_version)
    counted = recount(locked)
    write_counts(locked, counted)
    whole = counted.counts[locked.pk, Dimension.ROUND.value, locked.pk]
    record(
        by=by,
        verb="round.closed",
        on=locked,
        drawn=whole["drawn"],
        tested=whole["tested"],
        passed=whole["passed"],
        result_hash=counted.result_hash,
    )
    announce_close(locked, counted.units, by)
    locked.state = ROUND.check("close", RoundState(locked.state))
    locked.closed_at = clock.now()
    locked.result_hash = counted.result_hash
    locked.version += 1
    locked.save(update_fields=["state", "closed_at", "result_hash", "version"])
    return locked


@dataclass(frozen=True)
class Replay:
    """What became of reckoning a closed round again."""

    within: Round
    result_hash: str
    differing_counts: int

    @property
    def agrees(self) -> bool:
        """Whether every line, site and count came out as when the round was closed."""
        return self.result_hash == self.within.result_hash and not self.differing_counts


def replay_round(within: Round) -> Replay:
    """Judge a closed round again, line by line, from the observed values; writes nothing."""
    counted = recount(within, judged_again=True)
    differ = differences(stored_counts(within), counted.counts)
    return Replay(within, counted.result_hash, len(differ))
