"""Reads graph files of any RDF syntax as a stream of statements; what is not well-formed is an InputError with its line.

Nothing is kept in memory here, so a file may be of any size, and nothing is fetched: a file that says its terms by way
of an address is refused.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, Protocol

import pyoxigraph

from rolegraph.errors import InputError, Place, Problem, describe_error
from rolegraph.rdf.vocab import RDF, RG
from rolegraph.rdf.xml import find_flaw, refuse_doctype

FORMATS = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".xml": pyoxigraph.RdfFormat.RDF_XML,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".json": pyoxigraph.RdfFormat.JSON_LD,
}
"""The formats that are read, by the end of a file's name in lower case; an ``.owl`` may be Turtle too."""

RECORD_CLASSES = frozenset(
    {
        RG.FunctionGroup, RG.Function, RG.Focus, RG.Profile, RG.Track, RG.Level, RG.Skill, RG.Classification,
        RG.Occupation, RG.Edition, RG.Adjacency, RG.Release,
    }
)  # fmt: skip
"""The classes of which every file of ours has a node, unless its dataset is empty."""

_TYPE, _CURRENCY = RDF.type, RG.currency
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_POSITION = re.compile(
    r"^Parser error at line \d+ (?:column|between columns) \d+(?: and \d+)?: |\s*\(line \d+\)$"
)
_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]*:/")
_OTHER_OWL = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<(?:[a-z]+:)?Ontology\b|Prefix\b|Ontology\b)", re.DOTALL
)
_TURTLE = re.compile(rb"\s*(?:@prefix|@base|(?i:prefix|base)\s|#|<[a-z][a-z0-9+.-]*:|_:|\[)")
_HEAD = 4096


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
    """The triples of a graph file, as they come; relative IRIs are relative to the file.

    Raises :class:`rolegraph.errors.InputError` where the file cannot be read, is of another format, or, when the
    stream reaches it, holds something that is not well-formed.
    """
    return map(attrgetter("triple"), read_statements(path))


def read_statements(path: Path) -> Iterator[pyoxigraph.Quad]:
    """The same as :func:`read_triples`, without the work of making triples of what the parser gives.

    Of a file with named graphs it is all but what stands in the graphs of releases.
    """
    quads = read_quads(path)
    return (quad for quad in quads if quad.graph_name == _DEFAULT) if holds_graphs(path) else quads


def read_quads(path: Path) -> Iterator[pyoxigraph.Quad]:
    """The statements of a graph file: the graph of each release keeps its name, all others are one graph.

    A graph is a release's where it says so of itself. Raises as :func:`read_triples`.
    """
    if not holds_graphs(path):
        return _parse(path)
    releases = {quad.graph_name for quad in _parse(path) if _names_release(quad)}
    return (quad if quad.graph_name in releases else pyoxigraph.Quad(*quad.triple) for quad in _parse(path))


def holds_graphs(path: Path) -> bool:
    """Whether a file is of a format that may hold named graphs."""
    return find_format(path).supports_datasets


def open_graph(path: Path) -> BinaryIO:
    """A graph file, opened to be parsed. Raises OSError, and InputError for what no parser of ours is to see."""
    # Python opens the file, because it names the file in what it says of a failure.
    file = path.open("rb")
    try:
        if find_format(path) == pyoxigraph.RdfFormat.RDF_XML:
            refuse_doctype(file, str(path))
        elif file.peek(len(codecs.BOM_UTF8)).startswith(codecs.BOM_UTF8):
            # The mark at the begin that some editors write is passed over; it is part of no syntax.
            file.read(len(codecs.BOM_UTF8))
    except BaseException:
        file.close()
        raise
    return file


def _refuse_pipe(path: Path) -> None:
    """Raise OSError for what could block this process for ever; a process that has its time may read it."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(None, "it is a device, pipe or socket, not a file")


def find_format(path: Path) -> pyoxigraph.RdfFormat:
    """The format of a file by the end of its name; InputError where that names none that is read."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(
            [
                Problem(
                    "format-unknown", f"the name ends in {path.suffix or 'nothing'}, so its format is not known",
                    Place(str(path)),
                    remedy="give a file that ends in .ttl (Turtle), .nt (N-Triples), .nq (N-Quads), .trig (TriG), .rdf or .owl"
                    " (RDF/XML) or .jsonld (JSON-LD)",
                )
            ]
        )  # fmt: skip
    return _look_inside(path) if path.suffix.lower() == ".owl" else form


def _look_inside(path: Path) -> pyoxigraph.RdfFormat:
    """The format of an ``.owl`` file by how it begins: editors save several under that name."""
    try:
        _refuse_pipe(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        # Opening it to be read tells what is wrong.
        return pyoxigraph.RdfFormat.RDF_XML
    if _OTHER_OWL.match(head):
        raise InputError(
            [Problem("format-unknown", "it is OWL/XML, functional or Manchester syntax, which are not RDF", Place(str(path)),
                     remedy="save it as RDF/XML or Turtle")]
        )  # fmt: skip
    return pyoxigraph.RdfFormat.TURTLE if _TURTLE.match(head) else pyoxigraph.RdfFormat.RDF_XML


_DEFAULT = pyoxigraph.DefaultGraph()


def _parse(path: Path) -> Iterator[pyoxigraph.Quad]:
    form = find_format(path)
    try:
        _refuse_pipe(path)
        with open_graph(path) as file:
            quads = pyoxigraph.parse(file, format=form, base_iri=path.absolute().as_uri())
            yield from _follow(quads, lambda error: explain_file(error, path))
    except OSError as error:
        raise InputError([explain_unreadable(error, str(path))]) from None


def _names_release(quad: pyoxigraph.Quad) -> bool:
    return (
        quad.graph_name == quad.subject
        and quad.predicate.value == _TYPE
        and isinstance(quad.object, pyoxigraph.NamedNode)
        and quad.object.value == RG.Release
    )


def parse_statements(data: str | bytes, name: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of a Turtle or N-Triples text; ``name`` is how errors call it."""
    quads = pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE)
    return _follow(quads, lambda error: explain_syntax(error, name))


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
                Place(name), remedy="give a file that build or export wrote (the formats owl, skos and schemaorg do not come back), or one that uses"
                " its vocabulary",
            )
        ]
    )  # fmt: skip


def _follow(
    quads: Iterator[pyoxigraph.Quad], explain: Callable[[Exception], Problem]
) -> Iterator[pyoxigraph.Quad]:
    try:
        yield from quads
    except (SyntaxError, MemoryError) as error:
        raise InputError([explain(error)]) from None


def explain_file(error: Exception, path: Path) -> Problem:
    """The problem of a graph file that cannot be read or is not well-formed. Raises again what is no such error."""
    if isinstance(error, OSError):
        return explain_unreadable(error, str(path))
    if (
        isinstance(error, SyntaxError)
        and error.lineno is None
        and find_format(path) == pyoxigraph.RdfFormat.RDF_XML
    ):
        flaw = find_flaw(path)
        if flaw is not None:
            error = SyntaxError(flaw.message, (None, flaw.line, flaw.column, None))
    return explain_syntax(error, str(path))


def explain_unreadable(error: OSError, name: str) -> Problem:
    """The problem of a file that the system does not let us read."""
    remedy = "check its name and rights"
    if _ADDRESS.match(name):
        remedy = "nothing is fetched from an address: save the file and name it"
    return Problem("file-unreadable", describe_error(error), Place(name), remedy=remedy)


def explain_syntax(error: Exception, name: str) -> Problem:
    """The problem of a graph that is not well-formed, with its line and column where they are known.

    The parser's MemoryError is one as well: it holds one term at a time, and no more than 16 MiB of it. Raises the
    error again where it is another one, or the machine's own memory ran out.
    """
    if isinstance(error, MemoryError) and "buffer" in str(error):
        return Problem(
            "term-too-long", "a text or IRI is longer than 16 MiB", Place(name), remedy="shorten it"
        )
    if not isinstance(error, SyntaxError):
        raise error
    if "LoadDocumentCallback" in error.msg:
        return Problem(
            "context-remote", "its @context, or a part of it, is at an address, and nothing is fetched", Place(name),
            remedy="write the terms of the context into the file, or save it as Turtle",
        )  # fmt: skip
    reason = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", _POSITION.sub("", error.msg))
    column = "" if error.offset is None else f"column {error.offset}: "
    return Problem(
        "graph-broken", f"{column}{reason[:200]}", Place(name, error.lineno), remedy="correct the file"
    )
