"""What a person gets by e-mail."""

from collections.abc import Collection

from django.db import transaction

from chuangwen.notices.enums import MAILED_BY_DEFAULT, NoticeKind
from chuangwen.notices.models import EmailChoice
from chuangwen.people.actors import Actor


@transaction.atomic
def choose_mail(*, kinds: Collection[NoticeKind], by: Actor) -> None:
    """Get these kinds by e-mail from now on, and no others.

    A person's own taste is no change of the district's business, hence no audit event.
    """
    if by.account_id is None:
        return  # the system itself reads no e-mail
    EmailChoice.objects.filter(account_id=by.account_id).delete()
    EmailChoice.objects.bulk_create(
        [
            EmailChoice(account_id=by.account_id, kind=kind, wanted=kind in kinds)
            for kind in NoticeKind
            if (kind in kinds) != (kind in MAILED_BY_DEFAULT)
        ],
        ignore_conflicts=True,  # the same person in a second window
    )
