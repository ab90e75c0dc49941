"""The child process of the sandbox: checks one query, reads the data, answers, and ends.

It reads one request from its standard input: a line of JSON, followed by the bytes of the texts that the
line announces. It writes lines of JSON: ``{"refused": REASON}`` or ``{"checked": true}``,
``{"problems": [...]}`` or ``{"loaded": TRIPLES}``, then for an answer ``{"kind": ..., "variables": [...]}``, one array of terms for each row or
triple (see ``wire``) and ``{"end": CUT}``. A missing last line says that the process was ended.

The process bounds itself as well, in case that its parent is killed and cannot end it: an alarm of the system
ends it soon after the time of each step, whatever it does.
"""

from __future__ import annotations

import ctypes
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from rolegraph.errors import InputError, QueryError
from rolegraph.store.documents import Documents
from rolegraph.store.guard import check_query
from rolegraph.store.prefixes import PREFIXES
from rolegraph.store.result import Term, sort_triples
from rolegraph.store.store import Store, load_store
from rolegraph.store.wire import decode_term, encode_term

try:
    import resource
except ImportError:  # no such thing on Windows; there the parent alone ends the work
    resource = None  # type: ignore[assignment]

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_DATASET = ox.NamedNode(PREFIXES["dcat"] + "Dataset")
_NAMESPACE = ox.NamedNode(PREFIXES["vann"] + "preferredNamespaceUri")
_GRACE = 1.0
_RECURSION = 10_000


def main() -> None:
    """Serve the one request on standard input."""
    out = sys.stdout.buffer
    request = json.loads(sys.stdin.buffer.readline())
    _bound_process()
    _set_alarm(request["timeout"])
    texts = tuple(sys.stdin.buffer.read(size) for size in request["texts"])
    # rdflib's parser calls itself for every further triple of a group.
    sys.setrecursionlimit(_RECURSION)
    try:
        for line in _answer(request, texts):
            out.write(line)
    except QueryError as error:
        _say(out, {"refused": str(error)})
    except InputError as error:
        _say(out, {"problems": [astuple(problem) for problem in error.problems]})
    except MemoryError:
        _say(out, {"refused": "the query needs more memory than it may have; narrow it"})
    out.flush()


def _say(out: BinaryIO, message: dict[str, Any]) -> None:
    out.write(_to_line(message))


def _to_line(message: Any) -> bytes:
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _answer(request: dict[str, Any], texts: tuple[bytes, ...]) -> Iterator[bytes]:
    text, folder, memory = request["text"], request["folder"], request["memory"]
    with confine(memory):
        check_query(text)
    yield _to_line({"checked": True})
    sys.stdout.flush()
    _set_alarm(request["reading"])
    documents = Documents(
        tuple(map(Path, request["files"])),
        texts,
        None if folder is None else Path(folder),
        tuple((name, Path(path)) for name, path in request["graphs"]),
    )
    store = load_store(documents)
    yield _to_line({"loaded": len(store)})
    sys.stdout.flush()
    _set_alarm(request["timeout"])
    bindings = {ox.Variable(name): decode_term(term) for name, term in request["bindings"].items()}
    base = find_base(store)
    try:
        with confine(memory, doors=folder is not None):
            answer = store.engine.query(
                text, prefixes=dict(PREFIXES), substitutions=bindings or None, base_iri=base
            )
            yield from _write_answer(answer, request["limit"], request["bytes"])
    except SyntaxError:
        # The guard let the engine read it with a base: what is missing now is the base.
        raise QueryError(
            "a relative IRI, and the data names no base; write the IRI in full, or say BASE"
        ) from None
    except (RuntimeError, ValueError, OSError) as error:
        if bindings and "projection" in str(error):
            named = ", ".join(str(variable) for variable in bindings)
            raise QueryError(
                f"a value can be given only to a variable that the query selects; select {named}"
            ) from None
        raise QueryError(f"the query cannot be run: {error}") from None


def find_base(store: Store) -> str | None:
    """The base IRI that the data names for itself, None where it names none or more than one."""
    bases = {
        quad.object.value
        for dataset in store.engine.quads_for_pattern(None, _TYPE, _DATASET)
        for quad in store.engine.quads_for_pattern(dataset.subject, _NAMESPACE, None)
        if isinstance(quad.object, ox.Literal)
    }
    return bases.pop() if len(bases) == 1 else None


def _write_answer(answer: Any, limit: int, size: int) -> Iterator[bytes]:
    match answer:
        case ox.QueryBoolean():
            yield _to_line({"kind": "ask", "boolean": bool(answer)})
            yield _to_line({"end": None})
        case ox.QuerySolutions():
            yield _to_line({"kind": "select", "variables": [v.value for v in answer.variables]})
            names: dict[str, ox.BlankNode] = {}
            rows = (tuple(_rename(term, names) for term in solution) for solution in answer)
            yield from _write_bounded(rows, "rows", limit, size)
        case ox.QueryTriples():
            yield _to_line({"kind": "construct"})
            triples, cut = _collect_triples(answer, limit)
            yield from _write_bounded(map(tuple, triples), "triples", limit, size, cut)


def _rename(term: Term | None, names: dict[str, ox.BlankNode]) -> Term | None:
    """Blank nodes get a new name each time that the data are read; in an answer they are counted."""
    if isinstance(term, ox.BlankNode):
        return names.setdefault(term.value, ox.BlankNode(f"b{len(names) + 1}"))
    return term


def _collect_triples(answer: ox.QueryTriples, limit: int) -> tuple[tuple[ox.Triple, ...], bool]:
    """At most ``limit`` distinct triples, sorted, their blank nodes renamed canonically; whether there are more."""
    triples: set[ox.Triple] = set()
    cut = False
    for triple in answer:
        if len(triples) == limit and triple not in triples:
            cut = True
            break
        triples.add(triple)
    if any(isinstance(term, ox.BlankNode) for triple in triples for term in triple):
        graph = ox.Dataset(ox.Quad(*triple) for triple in triples)
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        triples = {quad.triple for quad in graph}
    return sort_triples(triples), cut


def _write_bounded(
    rows: Iterator[tuple[Any, ...]], noun: str, limit: int, size: int, cut: bool = False
) -> Iterator[bytes]:
    written = 0
    for number, row in enumerate(rows):
        if number == limit:
            cut = True
            break
        line = _to_line([encode_term(term) for term in row])
        written += len(line)
        if written > size:
            yield _to_line({"end": f"only the first {number:,} {noun}: the answer may hold {size:,} bytes"})
            return
        yield line
    yield _to_line({"end": f"only the first {limit:,} {noun}: more were not asked for" if cut else None})


def _set_alarm(seconds: float) -> None:
    """End the process soon after ``seconds`` from now, in place of any time that was set before."""
    if resource is not None:
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)


def _bound_process() -> None:
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
