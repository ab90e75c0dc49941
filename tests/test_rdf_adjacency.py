"""The adjacency file: what it says, that it stands alone, and that it fits the records' graph."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from rdf_samples import make_taxonomy, parse, to_facts, to_turtle
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.adjacency import write_adjacency
from rolegraph.rdf.declare import read_declarations
from rolegraph.rdf.decode import from_turtle
from rolegraph.rdf.vocab import DCTERMS, OWL, PROV, RDF, RDFS, RG, VOID

ID = "https://example.org/id/"
EDITION = "structural@1"
ROWS = [
    ("CREW.DECK.P1", [("CREW.DECK.P2", "0.123400", "confident"), ("CREW.BRIDGE.P1", "1.000000", "no-match")]),
    ("CREW.DECK.P2", [("CREW.DECK.P1", "0.123400", "needs-review")]),
    ("CREW.GALLEY.P1", []),
]

NODE = """\
<profile/CREW.DECK.P1#adjacent-structural%401-CREW.DECK.P2>
    a rg:Adjacency, owl:NamedIndividual ;
    rg:origin <profile/CREW.DECK.P1> ;
    rg:destination <profile/CREW.DECK.P2> ;
    rg:distance 0.123400 ;
    rg:band rg:band-confident ;
    rg:edition <edition/structural%401> ;
    rg:position 1 ;
    prov:wasGeneratedBy <edition/structural%401#adjacency> .

"""


def write(
    rows: Sequence[tuple[str, Sequence[tuple[str, str, str]]]] = ROWS, taxonomy: Taxonomy | None = None
) -> tuple[str, int]:
    sink = io.BytesIO()
    triples = write_adjacency(taxonomy or make_taxonomy(), EDITION, rows, sink)
    return sink.getvalue().decode(), triples


def test_an_adjacency_is_written_as_computed_by_hand() -> None:
    assert NODE in write()[0]


def test_the_number_of_triples_is_exact() -> None:
    text, triples = write()
    found = parse(text)
    facts = to_facts(found)
    assert triples == len(found) == len(facts)
    total = ("literal", str(triples), "http://www.w3.org/2001/XMLSchema#integer")
    assert (f"{ID}adjacency", VOID.triples, total) in facts


def test_near_profiles_are_counted_from_the_nearest() -> None:
    facts = to_facts(parse(write()[0]))
    position = {s.rpartition("-")[2]: o[1] for s, p, o in facts if p == RG.position and ".P1#" in s}
    assert position == {"CREW.DECK.P2": "1", "CREW.BRIDGE.P1": "2"}


def test_it_says_what_it_was_made_from() -> None:
    facts = to_facts(parse(write()[0]))
    activity = f"{ID}edition/structural%401#adjacency"
    assert (f"{ID}adjacency", DCTERMS.isPartOf, ("iri", f"{ID}dataset", "")) in facts
    assert {o[1] for s, p, o in facts if (s, p) == (activity, PROV.used)} == {
        f"{ID}dataset", f"{ID}edition/structural%401"
    }  # fmt: skip
    assert any((s, p) == (activity, RG.toolVersion) for s, p, _ in facts)


def test_it_stands_alone() -> None:
    facts = to_facts(parse(write()[0]))
    typed = {s for s, p, _ in facts if p == RDF.type}
    nodes = {s for s, _, _ in facts} | {o[1] for _, _, o in facts if o[0] == "iri"}
    assert {node for node in nodes if node.startswith(ID)} <= typed
    builtin = {*OWL, *RDF, *RDFS}
    used = {p for _, p, _ in facts} | {o[1] for _, p, o in facts if p == RDF.type}
    assert used - builtin <= typed
    assert {s for s in typed if s in read_declarations()} >= {RG["band-confident"], RG["band-no-match"]}


def test_it_agrees_with_the_graph_of_the_records() -> None:
    taxonomy = make_taxonomy()
    decoded = from_turtle(to_turtle(taxonomy) + write([("CREW.DECK.P2", [])], taxonomy)[0])
    assert decoded.taxonomy == taxonomy


def test_rows_are_taken_one_by_one() -> None:
    taken = []

    class Sink(io.BytesIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            taken.append(len(pulled))
            return super().write(data)

    pulled: list[int] = []

    def rows():  # type: ignore[no-untyped-def]
        for number in range(5_000):
            pulled.append(number)
            yield f"CREW.F{number}.P1", [("CREW.DECK.P2", "0.100000", "confident")]

    write_adjacency(make_taxonomy(), EDITION, rows(), Sink())
    assert taken[0] < 2_500


def test_an_unknown_match_band_raises() -> None:
    with pytest.raises(KeyError, match="rg:band-perhaps"):
        write([("CREW.DECK.P2", [("CREW.DECK.P1", "0.100000", "perhaps")])])
