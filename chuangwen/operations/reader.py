"""Long work beside the other jobs, so that neither waits for the other: reading documents and
registers, setting the pages of official papers."""

import logging
import threading

from django.db import close_old_connections

from chuangwen.plan.actions.background_reading import read_next
from chuangwen.reports.papers.making import make_next_paper
from chuangwen.sites.actions.background_import import import_next

logger = logging.getLogger(__name__)
SECONDS_BETWEEN = 1.0
WORK = (read_next, import_next, make_next_paper)


class Reader(threading.Thread):
    """Does one piece of work after the other until told to stop."""

    def __init__(self) -> None:
        super().__init__(name="reader", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Go on whatever happens: what failed here keeps its lease and is taken up again."""
        while not self._stopped.is_set():
            close_old_connections()
            try:
                ending = self._stopped.is_set
                was_busy = any(do(is_ending=ending) for do in WORK)
            except Exception:
                logger.exception("long work failed and will be tried again")
                was_busy = False
            close_old_connections()
            if not was_busy:
                self._stopped.wait(SECONDS_BETWEEN)

    def stop(self) -> None:
        """Break off what is being done; it waits again, for the next start."""
        self._stopped.set()
        self.join(timeout=5)
