"""The concept schemes alone, as SKOS in Turtle, for thesaurus tools such as Skosmos, PoolParty and VocBench.

What is written is a part of the graph, term by term: concepts with their labels, notes, places and mappings, their
schemes, the publishers, and what the dataset says of itself. No class or property of rolegraph's own is among it, and
no part of a role (pay, responsibilities, sources). Schemes have their label as ``dcterms:title`` as well, where such
tools look for it. Of what a graph file holds beside the records, the labels, notes and mappings of these concepts are
kept, so translations are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import pyoxigraph

from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.encode import encode
from rolegraph.rdf.fields import MATCHES
from rolegraph.rdf.form import Block, Turtle
from rolegraph.rdf.vocab import ADMS, DCAT, DCTERMS, FOAF, NAMESPACES, OWL, RDF, SKOS, VANN, XKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 2_000
"""Concepts that are joined before they are written."""

_SPACES: Final = (ADMS, DCAT, DCTERMS, FOAF, OWL, SKOS, VANN, XKOS, XSD)

_KEPT: Final[dict[str, frozenset[str]]] = {
    SKOS.Concept: frozenset(
        {
            *SKOS, XKOS.exclusionNote, XKOS.next, XKOS.previous, ADMS.status, DCTERMS.identifier,
            DCTERMS.isReplacedBy, DCTERMS.spatial, OWL.deprecated, OWL.versionInfo,
        }
    ),
    SKOS.ConceptScheme: frozenset({*SKOS, *DCTERMS, OWL.versionInfo, VANN.preferredNamespaceUri, XKOS.numberOfLevels}),
    FOAF.Agent: frozenset({FOAF.name}),
    DCAT.Dataset: frozenset({*DCTERMS, OWL.versionInfo, VANN.preferredNamespaceUri}),
}  # fmt: skip
"""The nodes that are written, by the first of their classes, and which of their properties."""

_TEXTS: Final = frozenset(
    f"{SKOS.iri}{name}"
    for name in (
        "altLabel", "changeNote", "definition", "editorialNote", "example", "hiddenLabel", "historyNote", "note",
        "prefLabel", "scopeNote",
    )
)  # fmt: skip
"""The labels and notes of SKOS, whose values are texts."""


def write(source: Source, sink: Sink) -> None:
    """Write the concept schemes as Turtle, a concept at a time; only what is foreign is held."""
    form = Turtle(source.taxonomy.dataset.base)
    texts = [_write_prefixes(form)]
    for block in _Choice(form, source.foreign).choose(encode(source.taxonomy, form)):
        texts.append(form.write_block(block))
        if len(texts) >= CHUNK:
            sink.write("".join(texts).encode())
            texts.clear()
    sink.write("".join(texts).encode())


def _write_prefixes(form: Turtle) -> str:
    """The directives of the form, without the prefixes that no line here uses."""
    unused = {f"@prefix {space.prefix}: <{space.iri}> .\n" for space in NAMESPACES if space not in _SPACES}
    return "".join(line for line in form.write_prefixes().splitlines(keepends=True) if line not in unused)


class _Choice:
    """Chooses the blocks that are written, and the statements in them."""

    def __init__(self, form: Turtle, foreign: Iterable[pyoxigraph.Triple]) -> None:
        self._form = form
        self._kinds = {
            form.write_head(kind).text: (kind, frozenset(map(form.write_predicate, kept)))
            for kind, kept in _KEPT.items()
        }
        self._heads = {kind: form.write_head(kind) for kind in _KEPT}
        self._label, self._title = form.write_predicate(SKOS.prefLabel), form.write_predicate(DCTERMS.title)
        self._links = frozenset(map(form.write_predicate, (DCTERMS.creator, DCTERMS.publisher)))
        self._agents: set[str] = set()
        self._beside = self._sort_foreign(foreign)

    def choose(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks that are written, cut to what is written of them."""
        for block in blocks:
            found = self._kinds.get(block.head.text.partition(",")[0])
            if found is None:
                continue
            kind, kept = found
            # The publishers of releases are linked from nothing that is written.
            if kind == FOAF.Agent and block.subject not in self._agents:
                continue
            flat = self._cut(block.flat, kept)
            if kind == SKOS.Concept:
                flat.extend(self._beside.pop(block.subject, ()))
            else:
                pairs = list(zip(flat[::2], flat[1::2], strict=True))
                self._agents.update(value for token, value in pairs if token in self._links)
                if kind == SKOS.ConceptScheme:
                    flat.extend(
                        term for token, v in pairs if token == self._label for term in (self._title, v)
                    )
            yield Block(block.subject, self._heads[kind], flat)

    def _cut(self, flat: Sequence[str], kept: frozenset[str]) -> list[str]:
        """The statements whose predicate is kept; a comma stands for the predicate before it."""
        chosen: list[str] = []
        keeps = False
        for token, value in zip(flat[::2], flat[1::2], strict=True):
            if token != self._form.comma:
                keeps = token in kept
            if keeps:
                chosen += (token, value)
        return chosen

    def _sort_foreign(self, foreign: Iterable[pyoxigraph.Triple]) -> dict[str, list[str]]:
        """What is foreign and belongs here, by the subject that its concept would have in this form."""
        beside: defaultdict[str, list[str]] = defaultdict(list)
        for triple in foreign:
            if isinstance(triple.subject, pyoxigraph.NamedNode) and _belongs(triple):
                subject = triple.subject.value.removeprefix(self._form.base or "")
                predicate = self._form.write_predicate(triple.predicate.value)
                beside[f"<{subject}>"] += (predicate, str(triple.object))
        return beside


def _belongs(triple: pyoxigraph.Triple) -> bool:
    """Whether a foreign statement about a concept is a label or note of SKOS, or a mapping.

    Other links could lead to what is not written, or close a circle; a direction of a text is not yet read by SKOS tools.
    """
    predicate, value = triple.predicate.value, triple.object
    if not isinstance(value, pyoxigraph.Literal):
        return predicate in MATCHES.values() and isinstance(value, pyoxigraph.NamedNode)
    if predicate == SKOS.notation:
        return value.language is None
    return (
        predicate in _TEXTS
        and value.direction is None
        and value.datatype.value in (XSD.string, RDF.langString)
    )
