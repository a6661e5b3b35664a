"""Processes that must not outlive the one that started them."""

import ctypes
import os
import signal
import sys


def end_with_parent(parent: int, number: signal.Signals = signal.SIGTERM) -> None:
    """Ask Linux to send this process a signal when its parent dies, however it dies.

    Call it in the child with the number of the process that started it. Elsewhere than on Linux
    nothing happens.
    """
    if sys.platform != "linux":
        return
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, number)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), number)
