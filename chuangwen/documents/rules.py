"""What somebody may do with a paper as it stands. The actions ask again under the lock."""

import uuid
from collections.abc import Collection

from chuangwen.documents.enums import PaperState, PaperStep
from chuangwen.documents.models import OfficialPaper
from chuangwen.documents.workflow import PAPER
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

OF_PERMISSION = (
    (
        Permission.DRAFT_PAPERS,
        (
            PaperStep.EDIT, PaperStep.SUBMIT, PaperStep.ISSUE, PaperStep.RETRY,
            PaperStep.WITHDRAW, PaperStep.REVOKE,
        ),
    ),
    (Permission.SIGN_PAPERS, (PaperStep.SIGN, PaperStep.RETURN)),
)  # fmt: skip


def possible_steps(
    actor: Actor, paper: OfficialPaper, writers: Collection[uuid.UUID | None], *, is_revoked: bool
) -> list[PaperStep]:
    """Return what the actor may do now. Whoever had a hand in the text does not sign it."""
    found: list[PaperStep] = []
    for permission, steps in OF_PERMISSION:
        if actor.may_everywhere(permission):
            found += [step for step in steps if _is_open(step, paper)]
    if actor.account_id in writers and PaperStep.SIGN in found:
        found.remove(PaperStep.SIGN)
    return [step for step in found if step != PaperStep.REVOKE or not is_revoked]


def _is_open(step: PaperStep, paper: OfficialPaper) -> bool:
    return any(
        PaperState(paper.state) in one.sources
        for one in PAPER.transitions
        if one.name == step.value
    )
