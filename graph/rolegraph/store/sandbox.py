"""Runs a user's own SPARQL in a child process that really ends when its time is over.

pyoxigraph cannot be interrupted, so a query that would run for hours is ended by ending its process. The child
gets what it needs over a pipe and writes to no file; see ``worker`` for what is said between the two.
"""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from rolegraph.errors import InputError, QueryError, RequestError
from rolegraph.store.answering import to_line
from rolegraph.store.documents import Documents
from rolegraph.store.process import SIGNALS, start_process, to_load, to_problem
from rolegraph.store.result import Result, Term
from rolegraph.store.wire import decode_term, encode_term

TIMEOUT = 30.0
READING = 600.0
"""The seconds that reading the data may take; they do not count for the query."""
LIMIT = 100_000
MAX_BYTES = 64 << 20
MEMORY = 2 << 30

_START = "import json,sys;sys.path[:]=json.loads(sys.argv[1]);from rolegraph.store.worker import main;main()"


def run_text(
    documents: Documents,
    text: str,
    *,
    bindings: Mapping[str, Term] | None = None,
    timeout: float = TIMEOUT,
    limit: int = LIMIT,
    max_bytes: int = MAX_BYTES,
    memory: int = MEMORY,
) -> Result:
    """The answer to the SPARQL query ``text`` over ``documents``.

    ``bindings`` gives values to variables; a SELECT must show each of them. The query ends after ``timeout``
    seconds, reading the data before it after :data:`READING`; the answer ends after ``limit`` rows or triples, or ``max_bytes``, and
    says so in ``Result.cut``. ``memory`` is what the query may use, in bytes, beyond the data itself.

    Raises QueryError where the query is refused, wrong, too slow or too large; InputError where the documents
    cannot be read; RequestError where a limit makes no sense. No process is left behind, whatever is raised.
    """
    _check_limits(timeout, limit, max_bytes, memory)
    request = _to_requests(
        documents, text.removeprefix("\ufeff"), bindings or {}, timeout, limit, max_bytes, memory
    )
    output, code, complaint = _run_child(request, timeout)
    return _read_answer(output, code, complaint, timeout)


def _check_limits(timeout: float, limit: int, max_bytes: int, memory: int) -> None:
    if not (math.isfinite(timeout) and timeout > 0):
        raise RequestError(f"the time limit is {timeout} seconds; give a number above 0")
    for name, value in (("rows", limit), ("bytes", max_bytes), ("bytes of memory", memory)):
        if value < 1:
            raise RequestError(f"the limit of {name} is {value}; give 1 or more")


def _to_requests(
    documents: Documents,
    text: str,
    bindings: Mapping[str, Term],
    timeout: float,
    limit: int,
    max_bytes: int,
    memory: int,
) -> bytes:
    """What the child is told: the query is checked before the data are read, which may take long."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"the query is not Unicode text at character {error.start + 1}") from None
    common = {"text": text, "timeout": timeout, "memory": memory}
    values = {name: encode_term(term) for name, term in bindings.items()}
    return b"".join(
        (
            to_line({"do": "check", **common}),
            to_line(to_load(documents, READING)),
            *documents.texts,
            to_line({"do": "ask", **common, "bindings": values, "limit": limit, "bytes": max_bytes}),
        )
    )


def _run_child(request: bytes, timeout: float) -> tuple[bytes, int, bytes]:
    """What the child wrote, how it ended and what it complained of. The child is gone when this returns."""
    pipe = subprocess.PIPE
    child = start_process(_START, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        return _listen(child, request, timeout)
    finally:
        child.kill()
        child.wait()
        for pipe_end in (child.stdin, child.stdout, child.stderr):
            if pipe_end is not None:
                with suppress(OSError):
                    pipe_end.close()


def _listen(child: subprocess.Popen[bytes], request: bytes, timeout: float) -> tuple[bytes, int, bytes]:
    """Hear the child to its end: each of its steps has its time. Raises QueryError where one takes longer."""
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    said: SimpleQueue[bytes] = SimpleQueue()
    complaints: SimpleQueue[bytes] = SimpleQueue()
    # The pipes are small: whoever waits at one while the child waits at another would wait for ever.
    threads = [
        Thread(target=_write, args=(child.stdin, request), daemon=True),
        Thread(target=_read_steps, args=(child.stdout, said), daemon=True),
        Thread(target=_read_all, args=(child.stderr, complaints), daemon=True),
    ]
    for thread in threads:
        thread.start()
    late = f"the query did not end within {timeout:g} seconds; narrow it or raise the time limit"
    steps = (
        (timeout, late),
        (READING, f"the data were not read within {READING:g} seconds; ask fewer of them"),
        (timeout, late),
    )
    heard = []
    for seconds, complaint in steps:
        try:
            heard.append(said.get(timeout=seconds))
        except Empty:
            raise QueryError(complaint) from None
        if heard[-1].startswith((b'{"refused"', b'{"problems"')):
            # Nothing that follows would make sense.
            return b"".join(heard), 0, b""
    child.wait()
    for thread in threads:
        thread.join()
    return b"".join(heard), child.returncode, complaints.get()


def _write(pipe: IO[bytes], request: bytes) -> None:
    # A child that has ended reads no more; how it ended is told elsewhere.
    with suppress(OSError, ValueError), pipe:
        pipe.write(request)


def _read_steps(pipe: IO[bytes], said: SimpleQueue[bytes]) -> None:
    """Tell the lines that end a step as they come (two at most), then all the rest."""
    with suppress(OSError, ValueError):
        said.put(pipe.readline())
        said.put(pipe.readline())
        said.put(pipe.read())


def _read_all(pipe: IO[bytes], said: SimpleQueue[bytes]) -> None:
    with suppress(OSError, ValueError):
        said.put(pipe.read())


def _read_answer(output: bytes, code: int, complaint: bytes, timeout: float) -> Result:
    lines = [json.loads(line) for line in output.splitlines()]
    last = lines[-1] if lines else None
    if isinstance(last, dict):
        if "refused" in last:
            raise QueryError(last["refused"])
        if "problems" in last:
            raise InputError(to_problem(*values) for values in last["problems"])
        if "end" in last and code == 0:
            return _to_result(lines[2], lines[3:-1], last["end"])
    if code == -14:
        raise QueryError(
            f"the query did not end within {timeout:g} seconds; narrow it or raise the time limit"
        )
    said = complaint.decode(errors="replace").strip().splitlines()[-1:] or [f"status {code}"]
    raise QueryError(f"the query did not end well: {SIGNALS.get(-code, said[0])}")


def _to_result(head: dict[str, Any], lines: list[list[Any]], cut: str | None) -> Result:
    if head["kind"] == "ask":
        return Result("ask", boolean=head["boolean"])
    if head["kind"] == "construct":
        return Result("construct", triples=tuple(decode_term(["t", *line]) for line in lines), cut=cut)
    rows = tuple(tuple(map(decode_term, line)) for line in lines)
    return Result("select", tuple(head["variables"]), rows, cut=cut)
