"""The workers of a server: several at a time, each ended when its time is over and replaced by a new one.

An answer comes whole or is an error. A query that was checked once is not checked again: reading SPARQL for what it may
not say takes longer than answering most of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from rolegraph.errors import InputError, QueryError, RequestError
from rolegraph.store.answering import FormError, SizeError, to_line
from rolegraph.store.describing import AbsentError
from rolegraph.store.documents import Documents
from rolegraph.store.process import start_process, to_load, to_problem

_START = "import json,sys;sys.path[:]=json.loads(sys.argv[1]);from rolegraph.store.keeper import main;main()"
_REMEMBERED = 1_000
_LONGEST = 10_000
"""How many checked queries are remembered, and the characters of the longest that is."""
_QUEUE = 500
"""The requests that may wait for a worker."""
_DAY = 86_400


class LateError(QueryError):
    """The query did not end in its time."""


class BusyError(QueryError):
    """All workers are busy, or the server is ending."""


class LostError(QueryError):
    """The worker ended before the answer: memory, or a fault of the engine."""


_KINDS: dict[str, type[QueryError]] = {
    "form": FormError,
    "size": SizeError,
    "absent": AbsentError,
    "memory": LostError,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, bytes of the answer, bytes of memory beyond the data."""

    timeout: float = 30.0
    max_bytes: int = 64 << 20
    memory: int = 2 << 30


@dataclass(frozen=True, slots=True)
class Chosen:
    """The graphs that a request chooses, by IRI, in place of those that its query names."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in a form of ``answering``."""

    form: str
    data: bytes


@dataclass(eq=False, slots=True)
class _Line:
    """The connection to one worker."""

    number: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Pool:
    """Workers that answer from one set of data; made by :func:`open_pool`.

    ``triples`` is the number of those in the default graph, ``graphs`` are the IRIs of the named ones, ``base`` is the
    base IRI that the data name for themselves.
    """

    def __init__(self, keeper: subprocess.Popen[bytes], orders: socket.socket, limits: Limits) -> None:
        self.limits = limits
        self.triples = 0
        self.graphs: tuple[str, ...] = ()
        self.base: str | None = None
        self.replaced = 0
        self._keeper = keeper
        self._orders = orders
        self._ordering = asyncio.Lock()
        self._idle: asyncio.LifoQueue[_Line | None] = asyncio.LifoQueue()
        self._checked: OrderedDict[tuple[str, bool], None] = OrderedDict()
        self._waiting = 0
        self._ended = self._closing = False
        self._busy: set[asyncio.Task[Any]] = set()

    async def ask(
        self,
        text: str,
        *,
        rows: str | None,
        graph: str | None,
        chosen: Chosen | None = None,
        base: str | None = None,
    ) -> Answer:
        """The answer to a query: in the form ``rows`` of a table or truth value, or the form ``graph`` of triples.

        Relative IRIs are resolved against ``base`` where the data name no base of their own.

        Raises QueryError, or one of its kinds in this module and in ``answering``.
        """
        key = (text, chosen is not None)
        request = {
            "do": "ask",
            "text": text,
            "check": key not in self._checked,
            "chosen": None if chosen is None else {"default": chosen.default, "named": chosen.named},
            "base": base,
            "forms": {"rows": rows, "graph": graph},
        }
        answer = await self._hand_out(request)
        if len(text) <= _LONGEST:
            self._checked[key] = None
            self._checked.move_to_end(key)
            if len(self._checked) > _REMEMBERED:
                self._checked.popitem(last=False)
        return answer

    async def describe(self, iri: str, form: str, *, closest: bool = True) -> Answer:
        """What is said of a node; see :func:`rolegraph.store.describing.describe_node`."""
        return await self._hand_out({"do": "describe", "iri": iri, "form": form, "closest": closest})

    async def _hand_out(self, request: dict[str, Any]) -> Answer:
        limits = self.limits
        request |= {"timeout": limits.timeout, "memory": limits.memory, "bytes": limits.max_bytes}
        async with self._take_line() as line:
            try:
                async with asyncio.timeout(limits.timeout):
                    line.writer.write(to_line(request))
                    said = json.loads(await line.reader.readline() or b"null")
                    if said is None:
                        raise LostError("the query did not end well: it needs more memory than it may have, or is nested too deeply; narrow or split it")  # fmt: skip
                    if "refused" in said:
                        kind = _KINDS.get(said["why"], QueryError)
                        raise kind(said["refused"])
                    return Answer(said["form"], await line.reader.readexactly(said["size"]))
            except TimeoutError:
                raise LateError(
                    f"the query did not end within {limits.timeout:g} seconds; narrow it"
                ) from None
            except (OSError, asyncio.IncompleteReadError):
                raise LostError("the query did not end well; try it again, or narrow it") from None

    @asynccontextmanager
    async def _take_line(self) -> AsyncIterator[_Line]:
        """A worker for one request; whatever ends the request early ends the worker too."""
        if self._waiting >= _QUEUE:
            raise BusyError("the server is busy with other queries; try again later")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.timeout):
                line = await self._idle.get()
                # The system may have ended a worker that waited; whoever comes next gets another.
                while line is not None and line.reader.at_eof():
                    self._replace(line)
                    line = await self._idle.get()
        except TimeoutError:
            raise BusyError("the server is busy with other queries; try again later") from None
        finally:
            self._waiting -= 1
        if line is None:
            self._idle.put_nowait(None)
            raise BusyError(self._say_end())
        sound = False
        try:
            yield line
            sound = True
        except QueryError as error:
            sound = not isinstance(error, LateError | LostError)
            if not sound and self._ended:
                raise BusyError(self._say_end()) from None
            raise
        finally:
            if self._ended:
                line.writer.close()
            elif sound:
                self._idle.put_nowait(line)
            else:
                self._replace(line)

    def _replace(self, line: _Line) -> None:
        self.replaced += 1
        task = asyncio.get_running_loop().create_task(self._end_and_start(line))
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _end_and_start(self, line: _Line) -> None:
        line.writer.close()
        try:
            await self._order(b"k%d" % line.number)
            if not self._ended:
                await self.start_worker()
        except (OSError, LostError):
            # Without the keeper there will be no other worker.
            self._end()

    def _end(self) -> None:
        """Let everybody who waits for a worker know that none will come."""
        if not self._ended:
            self._ended = True
            self._idle.put_nowait(None)

    def _say_end(self) -> str:
        return (
            "the server is ending" if self._closing else "the data are lost; the server must be started again"
        )

    @property
    def is_well(self) -> bool:
        """Whether there is a process that holds the data."""
        return not self._ended and self._keeper.poll() is None

    async def start_worker(self) -> None:
        """Let the keeper make one worker more."""
        ours, theirs = socket.socketpair()
        with theirs:
            number = int(await self._order(b"f", theirs))
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        self._idle.put_nowait(_Line(number, reader, writer))

    async def _order(self, order: bytes, *sockets: socket.socket) -> bytes:
        def send() -> bytes:
            socket.send_fds(self._orders, [order], [s.fileno() for s in sockets])
            answer = self._orders.recv(64)
            if not answer:
                raise LostError("the process that holds the data has ended; start the server again")
            return answer

        async with self._ordering:
            return await asyncio.to_thread(send)

    async def close(self) -> None:
        """End what is running: every open request is refused, every process ends."""
        self._closing = True
        self._end()
        async with self._ordering:
            await asyncio.to_thread(_end_keeper, self._keeper, self._orders)
        while self._busy:
            await asyncio.wait(self._busy)
        while not self._idle.empty():
            if line := self._idle.get_nowait():
                line.writer.close()
        self._idle.put_nowait(None)


def _end_keeper(keeper: subprocess.Popen[bytes], orders: socket.socket) -> None:
    orders.close()
    try:
        keeper.wait(5)
    except subprocess.TimeoutExpired:
        keeper.kill()
        keeper.wait()


async def open_pool(documents: Documents, workers: int, limits: Limits) -> Pool:
    """A pool of ``workers`` processes over ``documents``, ready to answer.

    Raises InputError where the documents cannot be read, RequestError where the system cannot fork or a limit makes no
    sense.
    """
    if not 0 < limits.timeout <= _DAY:
        raise RequestError(
            f"the time limit is {limits.timeout} seconds; give a number above 0, and at most a day"
        )
    if not hasattr(os, "fork"):
        raise RequestError(
            "this system cannot fork, which serving needs; on Windows run it in WSL or a container"
        )
    orders, theirs = socket.socketpair()
    with theirs:
        keeper = start_process(
            _START,
            str(theirs.fileno()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
        )
    pool = Pool(keeper, orders, limits)
    try:
        said = await asyncio.to_thread(_load, keeper, documents)
        if "problems" in said:
            raise InputError(to_problem(*values) for values in said["problems"])
        pool.triples, pool.graphs, pool.base = said["default"], tuple(said["graphs"]), said["base"]
        for _ in range(workers):
            await pool.start_worker()
    except BaseException:
        keeper.kill()
        await pool.close()
        raise
    return pool


def _load(keeper: subprocess.Popen[bytes], documents: Documents) -> dict[str, Any]:
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    with keeper.stdin, keeper.stdout, suppress(BrokenPipeError):
        keeper.stdin.write(to_line({**to_load(documents, 0), "timeout": None}))
        for text in documents.texts:
            keeper.stdin.write(text)
        keeper.stdin.close()
        if line := keeper.stdout.readline():
            said: dict[str, Any] = json.loads(line)
            return said
    raise RequestError(
        "the data could not be loaded: the process that reads them ended, perhaps for want of memory"
    )
