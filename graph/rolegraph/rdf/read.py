"""Reads Turtle and N-Triples files as a stream of triples; what is not well-formed is an InputError with its line.

Nothing is kept in memory here, so a file may be of any size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Protocol

import pyoxigraph

from rolegraph.errors import InputError, Place, Problem, describe_error
from rolegraph.rdf.vocab import RDF, RG

FORMATS = {".ttl": pyoxigraph.RdfFormat.TURTLE, ".nt": pyoxigraph.RdfFormat.N_TRIPLES}
"""The formats that are read, by the end of a file's name in lower case."""

RECORD_CLASSES = frozenset(
    {
        RG.FunctionGroup, RG.Function, RG.Focus, RG.Profile, RG.Track, RG.Level, RG.Skill, RG.Classification,
        RG.Occupation, RG.Edition, RG.Adjacency, RG.Release,
    }
)  # fmt: skip
"""The classes of which every file of ours has a node, unless its dataset is empty."""

_TYPE, _CURRENCY = RDF.type, RG.currency
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_POSITION = re.compile(r"^Parser error at line \d+ (?:column|between columns) \d+(?: and \d+)?: ")


class Statement(Protocol):
    """A triple, or a quad whose graph does not matter, as pyoxigraph makes them."""

    @property
    def subject(self) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Triple:
        """What is spoken of."""

    @property
    def predicate(self) -> pyoxigraph.NamedNode:
        """What is said."""

    @property
    def object(self) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple:
        """Of what it is said."""


def read_triples(path: Path) -> Iterator[pyoxigraph.Triple]:
    """The triples of a ``.ttl`` or ``.nt`` file, as they come; relative IRIs are relative to the file.

    Raises :class:`rolegraph.errors.InputError` where the file cannot be read, is of another format, or, when the
    stream reaches it, holds something that is not well-formed.
    """
    return map(attrgetter("triple"), read_statements(path))


def read_statements(path: Path) -> Iterator[pyoxigraph.Quad]:
    """The same as :func:`read_triples`, without the work of making triples of what the parser gives."""
    form = find_format(path)
    try:
        # Python opens the file, because it names the file in what it says of a failure.
        with path.open("rb") as file:
            base = path.absolute().as_uri()
            yield from _follow(pyoxigraph.parse(file, format=form, base_iri=base), str(path))
    except OSError as error:
        raise InputError([explain_unreadable(error, str(path))]) from None


def find_format(path: Path) -> pyoxigraph.RdfFormat:
    """The format of a file by the end of its name; InputError where that names none that is read."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(
            [
                Problem(
                    "format-unknown", f"the name ends in {path.suffix or 'nothing'}, so its format is not known",
                    Place(str(path)), remedy="give a file that ends in .ttl (Turtle) or .nt (N-Triples)",
                )
            ]
        )  # fmt: skip
    return form


def parse_statements(data: str | bytes, name: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of a Turtle or N-Triples text; ``name`` is how errors call it."""
    return _follow(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE), name)


def is_ours(statement: Statement) -> bool:
    """Whether a triple can only be said of a node of ours: a record's class, or the currency of a dataset."""
    predicate = statement.predicate.value
    if predicate == _TYPE:
        kind = statement.object
        return isinstance(kind, pyoxigraph.NamedNode) and kind.value in RECORD_CLASSES
    return predicate == _CURRENCY


def refuse_foreign(name: str) -> InputError:
    """The error for a graph that holds nothing of ours."""
    return InputError(
        [
            Problem(
                "nothing-here-is-ours", "nothing here is ours: no node of the rolegraph vocabulary is described",
                Place(name), remedy="give a file that rolegraph wrote, or one that uses its vocabulary",
            )
        ]
    )  # fmt: skip


def _follow(quads: Iterator[pyoxigraph.Quad], name: str) -> Iterator[pyoxigraph.Quad]:
    try:
        yield from quads
    except SyntaxError as error:
        raise InputError([explain_syntax(error, name)]) from None
    except MemoryError as error:
        raise InputError([explain_length(error, name)]) from None


def explain_length(error: MemoryError, name: str) -> Problem:
    """The problem behind the parser's MemoryError: it holds one term at a time, and no more than 16 MiB of it.

    Raises the error again where the machine's own memory ran out.
    """
    if "buffer" not in str(error):
        raise error
    return Problem("term-too-long", "a text or IRI is longer than 16 MiB", Place(name), remedy="shorten it")


def explain_unreadable(error: OSError, name: str) -> Problem:
    """The problem of a file that the system does not let us read."""
    return Problem("file-unreadable", describe_error(error), Place(name), remedy="check its name and rights")


def explain_syntax(error: SyntaxError, name: str) -> Problem:
    """The problem of a graph that is not well-formed, with its line and column."""
    reason = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", _POSITION.sub("", error.msg))
    return Problem(
        "turtle-broken",
        f"column {error.offset}: {reason[:200]}",
        Place(name, error.lineno),
        remedy="correct the file",
    )
