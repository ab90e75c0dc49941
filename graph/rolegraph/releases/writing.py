"""Writes the graph of a release: N-Triples, each line once, in the order of their bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING

from rolegraph.output import Sink
from rolegraph.rdf.declare import encode_declarations, read_declarations
from rolegraph.rdf.draft import Pen
from rolegraph.rdf.form import Block, NTriples
from rolegraph.rdf.releases import encode_release
from rolegraph.rdf.vocab import DCTERMS, OWL, RDFS, RG, SKOS, XKOS
from rolegraph.records.folder import load_lent
from rolegraph.releases.encode import RowEncoder
from rolegraph.releases.keys import Keys, split_key
from rolegraph.releases.rows import Concept, Link, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.model.release import Release

RUN = 64 << 20
"""Bytes of lines that are sorted in memory at once; more goes through temporary files."""

_LINES = 5_000


def write_release(
    release: Release, rows: Sequence[Row], keys: Keys, titles: Mapping[str, str], sink: Sink
) -> int:
    """Writes the graph of a release and returns the number of its triples.

    ``titles`` are those of its classifications. The graph describes itself: what it says of the release, and every
    term that it uses.
    """
    encoder = RowEncoder(keys, release.language, release.currency)
    lines = (line for row in rows for line in encoder.encode(row))
    about = _split(_encode_surroundings(release, rows, keys, titles), NTriples(release.base))
    triples = 0
    with ExitStack() as stack:
        ordered = _sort((f"{line}\n".encode() for part in (lines, about) for line in part), stack)
        unique = (line for line, _ in groupby(ordered))
        while chunk := list(islice(unique, _LINES)):
            triples += len(chunk)
            sink.write(b"".join(chunk))
    return triples


def _encode_surroundings(
    release: Release, rows: Sequence[Row], keys: Keys, titles: Mapping[str, str]
) -> Iterator[Block]:
    """What the rows stand among: the release, its classifications with their kinds and tops, the vocabulary."""
    form = NTriples(release.base)
    pen = Pen(form, release.language)
    yield from encode_release(release, pen, within=True)
    lent = load_lent().scheme_by_code
    below = {row.key for row in rows if type(row) is Link and row.kind == "broader"}
    concepts = [row for row in rows if type(row) is Concept]
    for scheme in sorted({split_key(row.key)[0] for row in concepts}):
        own = [row for row in concepts if split_key(row.key)[0] == scheme]
        node = form.iris.scheme(scheme)
        draft = pen.begin(node, SKOS.ConceptScheme, RG.Classification)
        draft.add_plain(SKOS.notation, scheme)
        draft.add_text(SKOS.prefLabel, titles.get(scheme, scheme))
        known = lent.get(scheme)
        draft.add_plain(OWL.versionInfo, release.version if known is None else known.version)
        draft.add_node(DCTERMS.source, release.source if known is None else known.source)
        # Where the IRIs are the publisher's own, the notation is what people know, and not the code.
        coded = known is not None and known.namespace is None
        draft.add_plain(RG.codePattern, known.pattern if known is not None and coded else ".+")
        tops = sorted({keys.iri_of(row.key) for row in own if row.key not in below})
        draft.add_node(SKOS.hasTopConcept, *tops)
        yield draft.end()
        top_concept_of, in_scheme = form.write_predicate(SKOS.topConceptOf), f"<{node}>"
        for top in tops:
            yield Block(f"<{top}>", form.write_head(SKOS.Concept), [top_concept_of, in_scheme])
        for kind in sorted({row.kind for row in own}):
            part = pen.begin(form.iris.kind(scheme, kind), XKOS.ClassificationLevel)
            part.add_plain(SKOS.notation, kind)
            part.add_text(RDFS.label, kind)
            part.add_node(RG.ofClassification, node)
            yield part.end()
    yield from encode_declarations(read_declarations(), form, frozenset())


def _split(blocks: Iterable[Block], form: NTriples) -> Iterator[str]:
    for block in blocks:
        yield from filter(None, form.write_block(block).split("\n"))


def _sort(lines: Iterable[bytes], stack: ExitStack) -> Iterable[bytes]:
    runs: list[Iterable[bytes]] = []
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= RUN:
            held.sort()
            file = stack.enter_context(tempfile.TemporaryFile(prefix="rolegraph-"))  # noqa: SIM115
            file.writelines(held)
            file.seek(0)
            runs.append(file)
            held, size = [], 0
    held.sort()
    return merge(*runs, held) if runs else held
