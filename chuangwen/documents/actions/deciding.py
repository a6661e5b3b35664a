"""From a draft to a number: sent to review, returned, signed, issued, withdrawn, declared void."""

import datetime
import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from chuangwen.documents.actions.drafting import require_owed
from chuangwen.documents.announcing import announce_returned, announce_to_sign
from chuangwen.documents.enums import PaperKind, PaperState, PaperStep
from chuangwen.documents.models import OfficialPaper, PaperBody, PaperCase, PaperEvent, PaperNumber
from chuangwen.documents.queries.verifying import CODE_LENGTH, LETTERS
from chuangwen.documents.queries.visible import writers_of
from chuangwen.documents.stepping import locked_paper, move, required
from chuangwen.documents.workflow import PAPER
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, NotPermitted
from chuangwen.kit.numbering import take_serials
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

Blocks = Sequence[dict[str, Any]]


def digest_of(blocks: Blocks) -> str:
    """Return one value for all that was counted."""
    text = json.dumps(blocks, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def submit_paper(
    *, paper: OfficialPaper, base_version: int, as_of: datetime.date, blocks: Blocks, by: Actor
) -> OfficialPaper:
    """Send a draft to review, with what was counted: it is signed and issued as it stands now.

    Raises Invalid for a 整改通知书 with a case that its unit no longer owes.
    """
    by.require(Permission.DRAFT_PAPERS)
    locked = locked_paper(paper, base_version)
    if locked.kind == PaperKind.NOTICE and locked.unit is not None:
        named = PaperCase.objects.filter(paper=locked).select_related("case").order_by("pk")
        require_owed(locked.unit, [one.case for one in named])
    move(locked, PaperStep.SUBMIT, by=by, as_of=as_of)
    PaperBody.objects.create(paper=locked, blocks=list(blocks), digest=digest_of(blocks))
    announce_to_sign(locked, by)
    return locked


@transaction.atomic
def return_paper(
    *, paper: OfficialPaper, base_version: int, reason: str, by: Actor
) -> OfficialPaper:
    """Give it back to be changed; what was counted is dropped, and counted anew."""
    by.require(Permission.SIGN_PAPERS)
    locked = locked_paper(paper, base_version)
    words = required(reason, "退回的原因")
    PAPER.check(PaperStep.RETURN.value, PaperState(locked.state))
    move(locked, PaperStep.RETURN, by=by, text=words, as_of=None)
    PaperBody.objects.filter(paper=locked).delete()
    announce_returned(locked, words, by)
    return locked


@transaction.atomic
def sign_paper(*, paper: OfficialPaper, base_version: int, by: Actor) -> OfficialPaper:
    """Sign. Raises NotPermitted for whoever had a hand in the text."""
    by.require(Permission.SIGN_PAPERS)
    locked = locked_paper(paper, base_version)
    PAPER.check(PaperStep.SIGN.value, PaperState(locked.state))
    if by.account_id in writers_of(locked):
        raise NotPermitted("起草、修改、送审的人不能签发同一份公文。请由其他有签发权的人签发。")
    move(locked, PaperStep.SIGN, by=by)
    return locked


@transaction.atomic
def issue_paper(
    *, paper: OfficialPaper, base_version: int, site_address: str, by: Actor
) -> OfficialPaper:
    """Give a signed paper its number, date and codes; the worker sets and freezes the pages.

    `site_address`: where strangers verify it, as its QR code says.
    """
    by.require(Permission.DRAFT_PAPERS)
    locked = locked_paper(paper, base_version)
    PAPER.check(PaperStep.ISSUE.value, PaperState(locked.state))
    day = clock.today()
    (serial,) = take_serials(PaperNumber, series=locked.series, year=day.year)
    move(
        locked, PaperStep.ISSUE, by=by, year=day.year, serial=serial,
        number=f"{locked.series}〔{day.year}〕{serial}号", issued_on=day,
        code="".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)),
        token=secrets.token_urlsafe(32), site_address=site_address[:200],
        attempts=0, beat_at=clock.now(),
    )  # fmt: skip
    return locked


@transaction.atomic
def retry_paper(*, paper: OfficialPaper, base_version: int, by: Actor) -> OfficialPaper:
    """Have the pages set once more, under the same number."""
    by.require(Permission.DRAFT_PAPERS)
    locked = locked_paper(paper, base_version)
    move(locked, PaperStep.RETRY, by=by, problem="", attempts=0, beat_at=clock.now())
    return locked


@transaction.atomic
def withdraw_paper(
    *, paper: OfficialPaper, base_version: int, reason: str, by: Actor
) -> OfficialPaper:
    """Give up a paper that has no number yet."""
    by.require(Permission.DRAFT_PAPERS)
    locked = locked_paper(paper, base_version)
    move(locked, PaperStep.WITHDRAW, by=by, text=required(reason, "撤回的原因"))
    return locked


@transaction.atomic
def revoke_paper(
    *, paper: OfficialPaper, base_version: int, reason: str, by: Actor
) -> OfficialPaper:
    """Declare an issued paper void. It stays as it was issued; whoever verifies it is told so."""
    by.require(Permission.DRAFT_PAPERS)
    locked = locked_paper(paper, base_version)
    words = required(reason, "作废的原因")
    revoked = PaperEvent.objects.filter(paper=locked, step=PaperStep.REVOKE)
    if revoked.exists():
        raise IllegalTransition("这份公文已声明作废。请刷新页面查看。")
    try:
        with transaction.atomic():
            move(locked, PaperStep.REVOKE, by=by, text=words)
    except IntegrityError as error:
        raise IllegalTransition("这份公文刚被声明作废。请刷新页面查看。") from error
    return locked
