"""The process that answers queries: it reads data once, and answers until its input ends.

What it is told are lines of JSON, each with what to ``do``, and it answers each in turn with lines of JSON:

- ``check``: may the ``text`` run? ``{"checked": true}``;
- ``load``: read ``files``, ``texts`` (their bytes follow the line), ``graphs`` or a ``folder``:
  ``{"loaded": TRIPLES, "base": IRI, "default": TRIPLES, "graphs": [IRI, ...]}`` or ``{"problems": [...]}``;
- ``ask``: answer the ``text``. Where ``forms`` are named (``rows`` and ``graph``, see ``answering``), as
  ``{"form": ..., "size": N}`` and N bytes, otherwise as lines of terms;
- ``describe``: what is said of an ``iri`` (see ``describing``), as ``{"form": ..., "size": N}`` and N bytes.

Whatever cannot be done is ``{"refused": REASON, "why": KIND}``. Where memory ran out the process ends then, as it may
hold half of what it was doing. Input that ends in place of an answer says that the process was ended.

``sandbox`` runs one for one query; ``keeper`` reads data once and makes any number of them by forking.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from rolegraph.errors import InputError, QueryError
from rolegraph.store.answering import FormError, SizeError, serialize_answer, to_line, write_answer
from rolegraph.store.confine import bound_process, confine, set_alarm
from rolegraph.store.describing import AbsentError, describe_node
from rolegraph.store.documents import Documents
from rolegraph.store.guard import check_query
from rolegraph.store.prefixes import PREFIXES
from rolegraph.store.store import Store, load_store
from rolegraph.store.wire import decode_term

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_DATASET = ox.NamedNode(PREFIXES["dcat"] + "Dataset")
_NAMESPACE = ox.NamedNode(PREFIXES["vann"] + "preferredNamespaceUri")
_RECURSION = 10_000


def main() -> None:
    """Answer what standard input says, on standard output."""
    bound_process()
    serve(sys.stdin.buffer, sys.stdout.buffer, Worker())


def serve(source: BinaryIO, sink: BinaryIO, worker: Worker) -> None:
    """Answer what ``source`` says until it ends, or until memory runs out."""
    # rdflib's parser calls itself for every further triple of a group.
    sys.setrecursionlimit(_RECURSION)
    for line in iter(source.readline, b""):
        request = json.loads(line)
        texts = tuple(source.read(size) for size in request.get("texts", ()))
        set_alarm(request.get("timeout"))
        exhausted = False
        # Whoever asked may have gone away; then nobody waits for the answer.
        with suppress(BrokenPipeError):
            try:
                for part in worker.answer(request, texts):
                    sink.write(part)
            except QueryError as error:
                sink.write(to_line({"refused": str(error), "why": _name_kind(error)}))
            except InputError as error:
                sink.write(to_line({"problems": [astuple(problem) for problem in error.problems]}))
            except MemoryError:
                exhausted = True
                reason = "the query needs more memory than it may have; narrow it"
                sink.write(to_line({"refused": reason, "why": "memory"}))
            sink.flush()
        set_alarm(None)
        if exhausted:
            return


def _name_kind(error: QueryError) -> str:
    match error:
        case FormError():
            return "form"
        case SizeError():
            return "size"
        case AbsentError():
            return "absent"
    return "query"


class Worker:
    """What the process holds between two requests: the store, once it is read."""

    def __init__(self) -> None:
        self.store = Store(ox.Store())
        self.base: str | None = None
        self.doors = False

    def answer(self, request: dict[str, Any], texts: tuple[bytes, ...] = ()) -> Iterator[bytes]:
        """The lines that answer one request. Raises QueryError, InputError, MemoryError."""
        match request["do"]:
            case "check":
                with confine(request["memory"]):
                    check_query(request["text"], chosen=request.get("chosen", False))
                yield to_line({"checked": True})
            case "load":
                yield to_line(self.load(request, texts))
            case "ask":
                yield from self._ask(request)
            case "describe":
                yield from self._describe(request)

    def _describe(self, request: dict[str, Any]) -> Iterator[bytes]:
        with confine(request["memory"], doors=self.doors):
            form, data = describe_node(
                self.store.engine,
                request["iri"],
                request["form"],
                request["bytes"],
                closest=request["closest"],
            )
        yield from _frame(form, data)

    def load(self, request: dict[str, Any], texts: tuple[bytes, ...]) -> dict[str, Any]:
        """Read the data and say what there is."""
        folder = request["folder"]
        documents = Documents(
            tuple(map(Path, request["files"])),
            texts,
            None if folder is None else Path(folder),
            tuple((name, Path(path)) for name, path in request["graphs"]),
        )
        self.store = load_store(documents)
        self.base = find_base(self.store)
        self.doors = folder is not None
        graphs = sorted(
            name.value for name in self.store.engine.named_graphs() if isinstance(name, ox.NamedNode)
        )
        return {
            "loaded": len(self.store),
            "base": self.base,
            "graphs": graphs,
            "default": _count_default(self.store),
        }

    def _ask(self, request: dict[str, Any]) -> Iterator[bytes]:
        text, memory, forms = request["text"], request["memory"], request.get("forms")
        if request.get("check"):
            with confine(memory):
                check_query(text, chosen=request.get("chosen") is not None)
        bindings = {
            ox.Variable(name): decode_term(term) for name, term in request.get("bindings", {}).items()
        }
        try:
            with confine(memory, doors=self.doors):
                answer = self.store.engine.query(
                    text,
                    prefixes=dict(PREFIXES),
                    substitutions=bindings or None,
                    base_iri=self.base or request.get("base"),
                    **_choose_graphs(request.get("chosen")),
                )
                if forms is None:
                    yield from write_answer(answer, request["limit"], request["bytes"])
                else:
                    yield from _frame(
                        *serialize_answer(answer, forms["rows"], forms["graph"], request["bytes"])
                    )
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


def _count_default(store: Store) -> int:
    if not any(True for _ in store.engine.named_graphs()):
        return len(store)
    return sum(1 for _ in store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def _frame(form: str, data: bytes) -> Iterator[bytes]:
    yield to_line({"form": form, "size": len(data)})
    yield data


def _choose_graphs(chosen: dict[str, list[str]] | None) -> dict[str, Any]:
    """The graphs that the request itself chooses; they stand in place of any that the query names."""
    if chosen is None:
        return {}
    return {
        "default_graph": [ox.NamedNode(iri) for iri in chosen["default"]],
        "named_graphs": [ox.NamedNode(iri) for iri in chosen["named"]],
    }


def find_base(store: Store) -> str | None:
    """The base IRI that the data names for itself, None where it names none or more than one."""
    bases = {
        quad.object.value
        for dataset in store.engine.quads_for_pattern(None, _TYPE, _DATASET)
        for quad in store.engine.quads_for_pattern(dataset.subject, _NAMESPACE, None)
        if isinstance(quad.object, ox.Literal)
    }
    return bases.pop() if len(bases) == 1 else None
