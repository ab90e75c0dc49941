"""How long a search may take where somebody else waits, as on a server: it ends when its patience does.

On the command line there is no limit, for who asks can end it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rolegraph.errors import UnfinishedError


class Patience:
    """Until when searches may go on, and what is said where they do not end until then."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._reason = (
            f"no answer was found within {seconds:g} seconds; ask for less: fewer stations to pass by, fewer constraints, "
            "fewer moves"
        )
        self._ends = False

    def end(self, seconds: float, reason: str) -> None:
        """Leave at most so many seconds from now; another thread may say so."""
        self._ends = True
        until = time.monotonic() + seconds
        if until < self._until:
            self._until, self._reason = until, reason

    def extend(self, seconds: float) -> None:
        """Allow so many seconds more, unless it was told to end."""
        if not self._ends:
            self._until += seconds

    def check(self) -> None:
        """Raise UnfinishedError where the time is over."""
        if time.monotonic() > self._until:
            raise UnfinishedError(self._reason)


_current: ContextVar[Patience | None] = ContextVar("patience", default=None)


def find_patience() -> Patience | None:
    """The patience with the searches that begin here; None where there is no limit."""
    return _current.get()


@contextmanager
def pause_patience() -> Iterator[None]:
    """What is made in the block is made once for all searches, so its time is not that of the one that came first."""
    begun = time.monotonic()
    yield
    if (patience := find_patience()) is not None:
        patience.extend(time.monotonic() - begun)


@contextmanager
def limit_searches(patience: Patience) -> Iterator[None]:
    """Searches that begin in the block end with the patience, by UnfinishedError."""
    token = _current.set(patience)
    try:
        yield
    finally:
        _current.reset(token)
