"""Who is behind a session. Signing in itself happens in actions.signing_in."""

import uuid
from typing import Any

from django.contrib.auth.backends import BaseBackend

from chuangwen.people.models import Account


class AccountBackend(BaseBackend):
    """Loads the account of a session, with its district, in one query; passwords go elsewhere."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Refuse: a password alone, without lockout and second factor, signs nobody in."""
        return

    def get_user(self, user_id: uuid.UUID) -> Account | None:
        """Return the account while it is enabled."""
        return Account.objects.select_related("tenant").filter(pk=user_id, is_active=True).first()
