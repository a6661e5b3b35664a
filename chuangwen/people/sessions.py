"""Sessions in the database that know their account, slide while in use, and end for good.

Settings name this module as SESSION_ENGINE.
"""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from chuangwen.kit import clock
from chuangwen.kit.prepared import Prepared
from chuangwen.people.models import Session

BEGUN, DEVICE, MEANS = "_begun", "_device", "_means"
OUTSIDE_MEANS = ("oidc", "cas")  # the password here played no part
# OWASP ASVS 4.0, 3.3.2: sign in anew after 12 hours, however busy.
LONGEST = datetime.timedelta(hours=12)
# A session in use is written again when a tenth of its idle time has passed, not on every request.
RENEW_AFTER = 0.1


_IN_FORCE = Prepared[Session](
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    key=str,
    now=datetime.datetime,
)


class SessionStore(DatabaseStore):
    """Django's database sessions with an owner, a renewal rule and an absolute end."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Store in the people room's own table."""
        return Session

    def load(self) -> dict[str, Any]:
        """Return the session's data; that of an expired or overlong session is empty."""
        now = clock.now()
        stored = _IN_FORCE.first(key=self.session_key, now=now) if self.session_key else None
        if stored is None:
            self._session_key = None
            return {}
        if stored.account_id and stored.created_at + LONGEST < now:
            self._session_key = None
            return {}
        idle = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if stored.expire_date - now < idle * (1 - RENEW_AFTER):
            self.modified = True
        data: dict[str, Any] = self.decode(stored.session_data)
        return data

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of this session. When it began is kept in the signed data."""
        begun = data.get(BEGUN)
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            account_id=data.get(SESSION_KEY),
            device=data.get(DEVICE, ""),
            created_at=datetime.datetime.fromisoformat(begun) if begun else clock.now(),
        )
