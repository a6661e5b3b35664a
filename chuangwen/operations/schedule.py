"""What has to happen by the clock: e-mails that wait, reminders; old notices and log-ins to forget.

Nothing here remembers when it last ran: each job asks the database what is still to do, so it
catches up after days of standing still, and may run in two processes at once.
"""

import datetime
import logging
import threading

from django.conf import settings
from django.db import close_old_connections

from chuangwen.kit import clock
from chuangwen.notices.actions.mailing import send_waiting_mail
from chuangwen.notices.actions.reading import sweep_notices
from chuangwen.notices.actions.routing import route_notices
from chuangwen.notices.queries.reminders import is_done
from chuangwen.operations.marks import SECONDS_BETWEEN_MARKS, mark
from chuangwen.operations.models import MarkKind
from chuangwen.people.actions.attempts import sweep_attempts
from chuangwen.people.actions.sessions import sweep_sessions
from chuangwen.people.actors import system_actor
from chuangwen.plan.actions.reminding import remind_of_deadlines
from chuangwen.supervision.actions.climbing import climb
from chuangwen.supervision.actions.telling import send_reminders
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

logger = logging.getLogger(__name__)
MORNING = datetime.time(7)  # nobody wants an e-mail at midnight
NOON = datetime.time(12)


def do_what_is_due() -> None:
    """Do for every district what is due by now. One district's trouble does not stop the next."""
    for tenant in Tenant.objects.order_by("code"):
        with tenant_scope(tenant.pk):
            for job in (remind, escalate, relay):
                try:
                    job(tenant)
                except Exception:
                    logger.exception("%s: %s failed and will be tried again", tenant, job.__name__)
    forget_log_ins()


def remind(tenant: Tenant) -> None:
    """Send the day's reminders once, from seven in the morning on, then sweep old notices."""
    day = clock.today()
    early = clock.now().astimezone(clock.SHANGHAI).time() < MORNING
    if (early and not clock.is_fixed()) or is_done(day):
        return
    if remind_of_deadlines(day=day, by=system_actor(tenant.pk)) is not None:
        sweep_notices()


def escalate(tenant: Tenant) -> None:
    """Let what is due climb the ladder once a day, and tell what waits outside the quiet hours."""
    day, by = clock.today(), system_actor(tenant.pk)
    climb(day=day, by=by)
    # A demonstration of another day has no hour of its own.
    at = NOON if clock.is_fixed() else clock.now().astimezone(clock.SHANGHAI).time()
    while send_reminders(day=day, at=at, by=by):
        pass


def relay(tenant: Tenant) -> None:
    """Send the e-mails that wait, if there is a mail server."""
    if settings.CHUANGWEN_SENDS_EMAIL:
        route_notices()
        send_waiting_mail()


def forget_log_ins() -> None:
    """Delete expired sessions and failed attempts that no longer count, of all districts."""
    sweep_sessions()
    sweep_attempts()


class Ticker(threading.Thread):
    """Runs what is due every few seconds beside the worker, until told to stop."""

    def __init__(self) -> None:
        super().__init__(name="schedule", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Go on whatever happens: a schedule that died silently would be missed by nobody."""
        while not self._stopped.is_set():
            close_old_connections()
            try:
                mark(MarkKind.WORKER)
                do_what_is_due()
            except Exception:
                logger.exception("the schedule failed and will be tried again")
            close_old_connections()
            self._stopped.wait(SECONDS_BETWEEN_MARKS)

    def stop(self) -> None:
        """End after the present job; whatever is cut off is done again at the next start."""
        self._stopped.set()
        self.join(timeout=5)
