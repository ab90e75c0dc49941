"""The one place where a server computes from its architecture: a thread beside the event loop.

One thread, since answers are computed in Python, where two would only wait for each other, and since an index of a
release belongs to the thread that opened it. SPARQL goes on meanwhile: it has processes of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from rolegraph.store.pool import BusyError

T = TypeVar("T")

MOST: Final = 64
"""The requests that may wait."""
PATIENCE: Final = 20.0
"""Seconds that a request waits until its turn comes."""


class Desk:
    """Takes one piece of work after the other."""

    def __init__(self, most: int = MOST, patience: float = PATIENCE) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._most, self._patience = most, patience
        self._waiting = 0
        self._closed = False

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """What ``work`` returns. Raises BusyError where too many wait, where its turn does not come, and after the end."""
        if self._waiting >= self._most or self._closed:
            raise BusyError("the server is busy with other questions; try again later")
        self._waiting += 1
        try:
            turn = asyncio.get_running_loop().create_future()
            done = self._thread.submit(self._take, turn, work, given)
            try:
                async with asyncio.timeout(self._patience):
                    await turn
            except TimeoutError:
                if done.cancel():
                    raise BusyError("the server is busy with other questions; try again later") from None
            except asyncio.CancelledError:
                done.cancel()
                raise
            return await asyncio.wrap_future(done)
        finally:
            self._waiting -= 1

    @staticmethod
    def _take(turn: asyncio.Future[None], work: Callable[..., T], given: tuple[object, ...]) -> T:
        turn.get_loop().call_soon_threadsafe(_begin, turn)
        return work(*given)

    def close(self) -> None:
        """Take nothing more; what has begun ends."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)


def _begin(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)
