"""granian, so that none of its processes outlives it or misses a signal.

Run as `python -m chuangwen.operations.web_server` with granian's own options.
"""

import multiprocessing
import os
import signal
import sys
from functools import partial

from granian.cli import entrypoint

from chuangwen.kit.processes import end_with_parent


def _belong_to(server: int) -> None:
    """Run in each forked process, first of all.

    It would otherwise keep its parent's signal handlers until it has loaded the program: a signal
    in that time is swallowed, and the stop waits for the deadline. As an orphan it would hold the
    port; nobody is left to enforce a deadline, hence the hard signal.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    end_with_parent(server, signal.SIGKILL)


def main() -> None:
    """Serve until a signal."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")  # no longer the default from Python 3.14 on
    os.register_at_fork(after_in_child=partial(_belong_to, os.getpid()))
    entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
