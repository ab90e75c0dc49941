"""Writes ``adjacency.ttl``: which profiles are nearest to which, at what distance, by which edition.

What is computed stands in a file of its own, beside the records' ``rolegraph.ttl``, and can be read alone: it has
a header, declares its terms and names the profiles as individuals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rolegraph.output import Sink
from rolegraph.rdf.declare import encode_declarations, read_declarations
from rolegraph.rdf.draft import Pen
from rolegraph.rdf.form import Block, Form, NTriples, Turtle
from rolegraph.rdf.header import add_terms, encode_agent, find_tool_version
from rolegraph.rdf.vocab import DCAT, DCTERMS, FOAF, OWL, PROV, RG, SKOS, VOID, XSD
from rolegraph.rdf.write import spell_blocks, write_blocks, write_sorted

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy

Row = tuple[str, Sequence[tuple[str, str, str | None]]]
"""The code of an origin, and of each near profile, nearest first: code, distance (six digits), match band.

The band is None where the edition has none.
"""

_TERMS = (
    DCAT.Dataset, VOID.Dataset, FOAF.Agent, PROV.Activity, RG.Adjacency, RG.MatchBand,
    DCTERMS.isPartOf, DCTERMS.issued, DCTERMS.license, DCTERMS.modified, DCTERMS.publisher, DCTERMS.rights,
    DCTERMS.title, FOAF.name, PROV.used, PROV.wasGeneratedBy, RG.band, RG.destination, RG.distance, RG.edition, RG.form,
    RG.origin, RG.position, RG.toolVersion, VOID.triples,
    RG["band-confident"], RG["band-needs-review"], RG["band-no-match"], SKOS.definition,
)  # fmt: skip


def write_adjacency(taxonomy: Taxonomy, edition: str, rows: Iterable[Row], sink: Sink) -> int:
    """Writes the adjacency of ``rows`` by one edition to ``sink`` as Turtle and returns the number of triples.

    Rows are written as they come; a stream of 100,000 origins needs memory for their codes alone.
    """
    form = Turtle(taxonomy.dataset.base)
    return write_blocks(_Encoder(taxonomy, edition, form).encode(rows), form, sink)


def write_adjacency_lines(taxonomy: Taxonomy, edition: str, rows: Iterable[Row], sink: Sink) -> int:
    """Writes the same triples as N-Triples, sorted by line, and returns their number."""
    form = NTriples(taxonomy.dataset.base)
    return write_sorted(spell_blocks(_Encoder(taxonomy, edition, form).encode(rows), form), sink)


class _Encoder:
    def __init__(self, taxonomy: Taxonomy, edition: str, form: Form) -> None:
        self.dataset = taxonomy.dataset
        self.edition = edition
        self.measures = next((known.form for known in taxonomy.editions if known.code == edition), None)
        self.form = form
        self.iris = form.iris
        self.pen = Pen(form, taxonomy.dataset.language)

    def encode(self, rows: Iterable[Row]) -> Iterator[Block]:
        """All blocks: the header first, the declarations last."""
        yield from self._encode_header()
        # Profiles are named, not typed: what they are stands in the graph, and this file alone stays sound.
        profile = self.form.write_head(OWL.NamedIndividual)
        origins: set[str] = set()
        destinations: set[str] = set()
        for origin, adjacent in rows:
            origins.add(origin)
            destinations.update(code for code, _, _ in adjacent)
            yield Block(f"<{self.iris.profile(origin)}>", profile, [])
            yield from self._encode_row(origin, adjacent)
        for code in sorted(destinations - origins):
            yield Block(f"<{self.iris.profile(code)}>", profile, [])
        declarations = read_declarations()
        used = {iri: declaration for iri, declaration in declarations.items() if iri in _TERMS}
        yield from encode_declarations(used, self.form, frozenset())

    def _encode_header(self) -> Iterator[Block]:
        iris, dataset = self.iris, self.dataset
        draft = self.pen.begin(iris.name("adjacency"), DCAT.Dataset, VOID.Dataset, OWL.Ontology)
        draft.add_text(DCTERMS.title, dataset.title)
        draft.add_node(DCTERMS.isPartOf, iris.name("dataset"))
        draft.add_node(DCTERMS.publisher, iris.publisher())
        draft.add_plain(OWL.versionInfo, dataset.version)
        add_terms(draft, dataset)
        draft.add_plain(RG.toolVersion, find_tool_version())
        yield draft.end()
        yield encode_agent(iris.publisher(), dataset.publisher, self.pen)
        yield self.pen.begin(iris.name("dataset")).end()
        definition = self.pen.begin(iris.edition(self.edition))
        if self.measures is not None:
            # Whether match bands are to be expected is told by the form of the edition.
            definition.add_plain(RG.form, self.measures)
        yield definition.end()
        activity = self.pen.begin(iris.activity(self.edition), PROV.Activity)
        activity.add_node(PROV.used, iris.name("dataset"), iris.edition(self.edition))
        activity.add_plain(RG.toolVersion, find_tool_version())
        yield activity.end()

    def _encode_row(self, origin: str, adjacent: Sequence[tuple[str, str, str | None]]) -> Iterator[Block]:
        form, iris = self.form, self.iris
        p = self.pen.write_predicate
        head = form.write_head(RG.Adjacency, OWL.NamedIndividual)
        start = f"<{iris.profile(origin)}>"
        edition, activity = f"<{iris.edition(self.edition)}>", f"<{iris.activity(self.edition)}>"
        for position, (code, distance, band) in enumerate(adjacent, 1):
            flat = [
                p(RG.origin), start, p(RG.destination), f"<{iris.profile(code)}>",
                p(RG.distance), form.write_typed(distance, XSD.decimal),
                *((p(RG.band), form.write_term(RG[f"band-{band}"])) if band is not None else ()),
                p(RG.edition), edition, p(RG.position), form.write_typed(str(position), XSD.integer),
                p(PROV.wasGeneratedBy), activity,
            ]  # fmt: skip
            yield Block(f"<{iris.adjacency(origin, self.edition, code)}>", head, flat)
