"""The one place where a server computes from its architecture: a thread beside the event loop.

One thread, since answers are computed in Python, where two would only wait for each other, and since an index of a
release belongs to the thread that opened it. So what is computed once for all questions is never computed twice at a
time. SPARQL goes on meanwhile: it has processes of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from threading import Thread
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
    """Takes one piece of work after the other; ``search`` None sets no limit to what one takes."""

    def __init__(
        self,
        *,
        most: int = MOST,
        patience: float = PATIENCE,
        search: float | None = SEARCH,
        end: float = _END,
    ) -> None:
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._most, self._patience, self._search, self._end = most, patience, search, end
        self._waiting = 0
        self._closed = False
        self._ends: tuple[asyncio.Future[None], asyncio.Future[None]] | None = None
        self._current: Patience | None = None
        # Unlike those of a pool this thread keeps no server from ending.
        Thread(target=self._serve, name="desk", daemon=True).start()

    def _serve(self) -> None:
        while True:
            self._work.get()()

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """What ``work`` returns. Raises BusyError where too many wait, where its turn does not come, and at the end.

        Raises UnfinishedError where it searches for too long.
        """
        if self._closed:
            raise BusyError(_ENDING)
        if self._waiting >= self._most:
            raise BusyError(_BUSY)
        loop = asyncio.get_running_loop()
        if self._ends is None:
            self._ends = loop.create_future(), loop.create_future()
        closed, ended = self._ends
        self._waiting += 1
        turn: asyncio.Future[None] = loop.create_future()
        done: Future[T] = Future()
        answer = asyncio.wrap_future(done)
        # Where nobody waits any longer nobody need hear of an error.
        answer.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        self._work.put(partial(self._take, turn, done, work, given))
        try:
            first: set[asyncio.Future[Any]] = {turn, answer, closed}
            await asyncio.wait(first, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED)
            if not turn.done() and done.cancel():
                raise BusyError(_ENDING if self._closed else _BUSY)
            either: set[asyncio.Future[Any]] = {answer, ended}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                raise BusyError(_ENDING)
            return answer.result()
        finally:
            done.cancel()
            self._waiting -= 1

    def _take(
        self, turn: asyncio.Future[None], done: Future[T], work: Callable[..., T], given: tuple[object, ...]
    ) -> None:
        if not done.set_running_or_notify_cancel():
            return
        try:
            turn.get_loop().call_soon_threadsafe(_begin, turn)
            done.set_result(self._do(work, given))
        except BaseException as error:
            done.set_exception(error)

    def _do(self, work: Callable[..., T], given: tuple[object, ...]) -> T:
        if self._search is None:
            return work(*given)
        patience = self._current = Patience(self._search)
        if self._closed:
            patience.end(self._end, _ENDING)
        with limit_searches(patience):
            return work(*given)

    def close(self) -> None:
        """Take nothing more: what waits is refused, what has begun ends soon or is given up."""
        self._closed = True
        if self._current is not None:
            self._current.end(self._end, _ENDING)
        if self._ends is not None:
            closed, ended = self._ends
            _begin(closed)
            ended.get_loop().call_later(self._end + 0.5, _begin, ended)


def _begin(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)
