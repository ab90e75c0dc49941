"""Writes a taxonomy as Turtle or as sorted N-Triples, streaming, with the same bytes for the same records."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, cast

from rolegraph.output import Sink
from rolegraph.rdf.encode import encode
from rolegraph.rdf.form import Block, NTriples, Turtle
from rolegraph.rdf.vocab import NAMESPACES, RDF, VOID, XSD

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from rolegraph.model.taxonomy import Taxonomy

CHUNK = 2_000
"""Blocks that are joined before they are written."""

RUN = 64 << 20
"""Bytes of N-Triples that are sorted in memory at once; more goes through temporary files."""

Foreign = Sequence["pyoxigraph.Triple"]
"""What a graph holds beside the records; none of it is a triple of theirs."""

_PLAIN = frozenset({XSD.string, RDF.langString})


def write_turtle(taxonomy: Taxonomy, sink: Sink, foreign: Foreign = ()) -> int:
    """Writes ``taxonomy`` to ``sink`` as Turtle (UTF-8) and returns the number of triples.

    Each record is written as it is met; nothing is kept. ``foreign`` triples follow as they are given; the dataset's
    ``void:triples`` comes last.
    """
    form = Turtle(taxonomy.dataset.base)
    return write_blocks(encode(taxonomy, form), form, sink, foreign)


def write_blocks(blocks: Iterable[Block], form: Turtle, sink: Sink, foreign: Foreign = ()) -> int:
    """Writes blocks as a Turtle file and returns the number of triples.

    The first block is the dataset's; the last statement of the file gives it the number of triples, with those that
    are ``foreign``.
    """
    stream = iter(blocks)
    header = next(stream)
    triples = header.count_triples() + 1 + len(foreign)
    texts = [form.write_prefixes(), form.write_block(header)]
    for block in stream:
        triples += block.head.triples + len(block.flat) // 2
        texts.append(form.write_block(block))
        if len(texts) >= CHUNK:
            sink.write("".join(texts).encode())
            texts.clear()
    texts.extend(f"{triple} .\n\n" for triple in foreign)
    texts.append(f"{header.subject}\n    {form.write_term(VOID.triples)} {triples} .\n")
    sink.write("".join(texts).encode())
    return triples


def write_ntriples(taxonomy: Taxonomy, sink: Sink, foreign: Foreign = ()) -> int:
    """Writes ``taxonomy`` to ``sink`` as N-Triples (UTF-8), sorted by line, and returns the number of triples.

    Lines are in the order of their bytes, as ``LC_ALL=C sort`` makes it. Blocks begin with their subject and no
    two have the same one, so sorted blocks of sorted lines are sorted lines. ``foreign`` triples join the blocks of
    their subjects.
    """
    beside: dict[str, list[str]] = {}
    for triple in foreign:
        beside.setdefault(str(triple.subject), []).append(f"{triple} .")
    return write_sorted(_join_blocks(_iterate_blocks(taxonomy, len(foreign)), beside), sink)


def write_sorted(blocks: Iterable[tuple[int, str]], sink: Sink) -> int:
    """Writes blocks of sorted N-Triples, each with its number of triples, in the order of their bytes; returns the number.

    No two blocks may have the same subject.
    """
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        held: list[bytes] = []
        triples = size = 0
        for count, text in blocks:
            triples += count
            block = text.encode()
            held.append(block)
            size += len(block)
            if size >= RUN:
                held.sort()
                runs.append(_put_aside(held, stack))
                held, size = [], 0
        held.sort()
        ordered = merge(*runs, held) if runs else iter(held)
        while chunk := b"".join(islice(ordered, CHUNK)):
            sink.write(chunk)
    return triples


def iterate_triples(taxonomy: Taxonomy, beside: int = 0) -> Iterator[pyoxigraph.Triple]:
    """Every triple of ``taxonomy``, each once, as a parser gives them; nothing is kept.

    ``beside`` is the number of triples that the dataset is to count as well.
    """
    import pyoxigraph

    blocks = _iterate_blocks(taxonomy, beside)
    while text := "".join(block for _, block in islice(blocks, CHUNK)):
        yield from map(attrgetter("triple"), pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES))


def iterate_lines(taxonomy: Taxonomy, beside: int = 0) -> Iterator[str]:
    """The N-Triples of ``taxonomy``, line by line without their end, in no particular order; nothing is kept.

    ``beside`` is the number of triples that the dataset is to count as well.
    """
    for _, text in _iterate_blocks(taxonomy, beside):
        for line in text.split("\n"):
            if line:
                yield line.removesuffix(" .")


def to_graph(taxonomy: Taxonomy) -> rdflib.Graph:
    """``taxonomy`` as an rdflib graph; literals keep their lexical form (``0.90`` stays ``0.90``)."""
    from pyoxigraph import Literal as ParsedLiteral
    from pyoxigraph import NamedNode
    from rdflib import Graph, Literal, URIRef

    graph = Graph()
    for namespace in NAMESPACES:
        graph.bind(namespace.prefix, namespace.iri, replace=True)
    names: dict[str, URIRef] = {}

    def name(node: object) -> URIRef:
        iri = cast("NamedNode", node).value
        return names.get(iri) or names.setdefault(iri, URIRef(iri))

    for triple in iterate_triples(taxonomy):
        term = triple.object
        value: Literal | URIRef
        if isinstance(term, ParsedLiteral):
            kind = None if term.datatype.value in _PLAIN else name(term.datatype)
            value = Literal(term.value, lang=term.language, datatype=kind, normalize=False)
        else:
            value = name(term)
        graph.add((name(triple.subject), name(triple.predicate), value))
    return graph


def _join_blocks(
    blocks: Iterable[tuple[int, str]], beside: dict[str, list[str]]
) -> Iterator[tuple[int, str]]:
    """Sorted blocks with the lines that stand beside them; at the end those of subjects that have no block."""
    if not beside:
        yield from blocks
        return
    for count, text in blocks:
        more = beside.pop(text[: text.index("> ") + 1], None)
        if more is None:
            yield count, text
        else:
            yield count + len(more), _sort_lines([*text.split("\n")[:-1], *more])
    for lines in beside.values():
        yield len(lines), _sort_lines(lines)


def _sort_lines(lines: list[str]) -> str:
    return "\n".join((*sorted(lines), ""))


def _iterate_blocks(taxonomy: Taxonomy, beside: int = 0) -> Iterator[tuple[int, str]]:
    """The N-Triples of each subject, with their number; the dataset, which counts all triples, comes last.

    ``beside`` is the number of triples that the dataset is to count as well.
    """
    form = NTriples(taxonomy.dataset.base)
    return spell_blocks(encode(taxonomy, form), form, beside)


def spell_blocks(blocks: Iterator[Block], form: NTriples, beside: int = 0) -> Iterator[tuple[int, str]]:
    """The N-Triples of each block, with their number; the first, which counts the triples of all, comes last.

    ``beside`` is the number of triples that it is to count as well.
    """
    header = next(blocks)
    total = header.count_triples() + 1 + beside
    for block in blocks:
        count = block.count_triples()
        total += count
        yield count, form.write_block(block)
    header.flat.extend((form.write_predicate(VOID.triples), form.write_typed(str(total), XSD.integer)))
    yield header.count_triples(), form.write_block(header)


def _put_aside(blocks: list[bytes], stack: ExitStack) -> Iterator[bytes]:
    """Writes sorted blocks to a temporary file and returns an iterator that reads them back."""
    file = stack.enter_context(tempfile.TemporaryFile(prefix="rolegraph-"))  # noqa: SIM115
    lengths = array("L", map(len, blocks))
    file.writelines(blocks)
    file.seek(0)
    return (file.read(length) for length in lengths)
