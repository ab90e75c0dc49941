"""The one place where a server computes from its architecture: a thread beside the event loop.

One thread, since answers are computed in Python, where two would only wait for each other, and since an index of a
release belongs to the thread that opened it. So what is computed once for all questions is never computed twice at a
time. SPARQL goes on meanwhile: it has processes of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from rolegraph.careers.patience import Patience, limit_searches
from rolegraph.store.pool import BusyError

T = TypeVar("T")

MOST: Final = 64
"""The requests that may wait."""
PATIENCE: Final = 20.0
"""Seconds that a request waits until its turn comes."""
SEARCH: Final = 10.0
"""Seconds that one may search, once it has its turn."""
_END: Final = 3.0
"""Seconds that a search may go on when the server ends."""
_BUSY: Final = "the server is busy with other questions; try again later"
_ENDING: Final = "the server is ending"


class Desk:
    """Takes one piece of work after the other."""

    def __init__(self, *, most: int = MOST, patience: float = PATIENCE, search: float = SEARCH) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._most, self._patience, self._search = most, patience, search
        self._waiting = 0
        self._closed = False
        self._current: Patience | None = None

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """What ``work`` returns. Raises BusyError where too many wait, where its turn does not come, and at the end.

        Raises UnfinishedError where it searches for too long.
        """
        if self._closed:
            raise BusyError(_ENDING)
        if self._waiting >= self._most:
            raise BusyError(_BUSY)
        self._waiting += 1
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done = self._thread.submit(self._take, turn, work, given)
        answer = asyncio.wrap_future(done)
        # Where nobody waits any longer nobody need hear of an error.
        answer.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        either: set[asyncio.Future[Any]] = {turn, answer}
        try:
            # What is cancelled at the end counts as done, too.
            await asyncio.wait(either, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED)
            if not turn.done() and done.cancel():
                raise BusyError(_ENDING if self._closed else _BUSY)
            return await answer
        finally:
            done.cancel()
            self._waiting -= 1

    def _take(self, turn: asyncio.Future[None], work: Callable[..., T], given: tuple[object, ...]) -> T:
        turn.get_loop().call_soon_threadsafe(_begin, turn)
        patience = self._current = Patience(self._search)
        if self._closed:
            patience.end(_END, _ENDING)
        with limit_searches(patience):
            return work(*given)

    def close(self) -> None:
        """Take nothing more: what waits is refused, what has begun ends soon."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._current is not None:
            self._current.end(_END, _ENDING)


def _begin(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)
