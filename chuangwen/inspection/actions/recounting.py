"""Comparing the counts of rounds with their rows, and making them anew. Derived data: no events."""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import ResultTally, Round
from chuangwen.inspection.recount import Recount, recount
from chuangwen.inspection.tallies import NUMBERS, Bucket
from chuangwen.kit.ids import new_id

BATCH = 500


@dataclass(frozen=True)
class RoundDrift:
    """Where the counts of a round and its rows differ: (stored, counted) by bucket and number."""

    within: Round
    numbers: dict[tuple[Bucket, str], tuple[int, int]]


def find_round_drift() -> list[RoundDrift]:
    """Compare all rounds of the tenant; one after the other, each under its lock."""
    found = []
    for pk in _started():
        with transaction.atomic():
            within = Round.objects.select_for_update().get(pk=pk)
            numbers = differences(stored_counts(within), recount(within).counts)
        if numbers:
            found.append(RoundDrift(within, numbers))
    return found


def rebuild_round_tallies() -> int:
    """Count the running rounds of the tenant anew; return how many counts there are.

    A closed round's are guarded by the database, and bound by its hash: `replay` checks those.
    """
    total = 0
    for pk in _started():
        with transaction.atomic():
            within = Round.objects.select_for_update().get(pk=pk)
            if within.state == RoundState.RUNNING:
                total += write_counts(within, recount(within))
    return total


def write_counts(within: Round, counted: Recount) -> int:
    """Replace the stored counts of a locked round."""
    ResultTally.objects.filter(round=within).delete()
    rows = [
        ResultTally(
            id=new_id(), round=within, dimension=bucket[1], holder_id=bucket[2],
            **{name: numbers[name] for name in NUMBERS},
        )
        for bucket, numbers in counted.counts.items()
    ]  # fmt: skip
    ResultTally.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def stored_counts(within: Round) -> dict[Bucket, Counter[str]]:
    """Return what boards show."""
    rows = ResultTally.objects.filter(round=within).values("dimension", "holder_id", *NUMBERS)
    return {
        (within.pk, row["dimension"], row["holder_id"]): Counter(
            {name: row[name] for name in NUMBERS}
        )
        for row in rows.iterator(2000)
    }


def differences(
    stored: dict[Bucket, Counter[str]], counted: dict[Bucket, Counter[str]]
) -> dict[tuple[Bucket, str], tuple[int, int]]:
    """Return where two sets of counts differ; a missing count is 0."""
    nothing: Counter[str] = Counter()
    return {
        (bucket, name): (stored.get(bucket, nothing)[name], counted.get(bucket, nothing)[name])
        for bucket in stored.keys() | counted.keys()
        for name in NUMBERS
        if stored.get(bucket, nothing)[name] != counted.get(bucket, nothing)[name]
    }


def _started() -> list[uuid.UUID]:
    started = Round.objects.exclude(state=RoundState.DRAFT).order_by("number")
    return list(started.values_list("pk", flat=True))
