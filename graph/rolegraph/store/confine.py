"""What a process that answers queries may take: time, memory, files and connections.

The process bounds itself, in case that its parent is killed and cannot end it: an alarm of the system ends it soon
after the time of each step, whatever it does. Where the system has no such limits (Windows), the parent alone ends
the work.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

_GRACE = 1.0


def set_alarm(seconds: float | None) -> None:
    """End the process soon after ``seconds`` from now, in place of any time that was set before; None lets it be."""
    if resource is not None:
        signal.setitimer(signal.ITIMER_REAL, 0.0 if seconds is None else seconds + _GRACE)


def bound_process() -> None:
    """Let an alarm or the end of the parent end the process, without a core file, where the system can."""
    if resource is None:
        return
    # The system's own action for an alarm ends the process, even while the engine holds the interpreter.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if sys.platform == "linux":
        # And where its parent is ended before it, nobody waits for the answer any more (prctl PR_SET_PDEATHSIG).
        ctypes.CDLL(None).prctl(1, int(signal.SIGKILL))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def confine(memory: int, *, doors: bool = False) -> Iterator[None]:
    """Let the process grow by ``memory`` bytes at most and, without ``doors``, open no file and no connection.

    A store in a folder needs its doors, as it opens its files when it needs them. Where the system cannot keep
    such limits there are none.
    """
    if resource is None:
        yield
        return
    limits = {} if doors else {resource.RLIMIT_NOFILE: 0}
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text().split()[0])
        limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory
    before = {kind: resource.getrlimit(kind) for kind in limits}
    for kind, limit in limits.items():
        _, hard = before[kind]
        resource.setrlimit(kind, (limit if hard < 0 else min(limit, hard), hard))
    try:
        yield
    finally:
        for kind, pair in before.items():
            resource.setrlimit(kind, pair)
