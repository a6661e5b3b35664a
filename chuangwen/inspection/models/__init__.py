"""Rounds, what is drawn for them, what phones sent, and what came of it."""

from chuangwen.inspection.models.reports import RoundReport
from chuangwen.inspection.models.results import Finding, Opinion, ResultTally
from chuangwen.inspection.models.rounds import Pair, PairMember, Round, RoundSite
from chuangwen.inspection.models.visits import (
    Answer,
    FieldRecord,
    HeldPhoto,
    Visit,
    VisitFlag,
    VisitPhoto,
)

__all__ = [
    "Answer",
    "FieldRecord",
    "Finding",
    "HeldPhoto",
    "Opinion",
    "Pair",
    "PairMember",
    "ResultTally",
    "Round",
    "RoundReport",
    "RoundSite",
    "Visit",
    "VisitFlag",
    "VisitPhoto",
]
