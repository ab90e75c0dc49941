"""A small architecture made by hand, and ways to write and compare graphs, for the tests of the triples."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import BinaryIO

import pyoxigraph
import rdflib

from rolegraph.model.mapping import Mapping
from rolegraph.model.record import YearRange
from rolegraph.model.reference import (
    Alternative,
    Constant,
    Dataset,
    Edition,
    JobFunction,
    Level,
    Occupation,
    Scheme,
    Skill,
    Track,
)
from rolegraph.model.roles import (
    Confidence,
    Focus,
    Guideline,
    Pay,
    Profile,
    Responsibility,
    Score,
    SkillUse,
    Source,
)
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.write import write_ntriples, write_turtle

Fact = tuple[str, str, tuple[str, str, str]]
"""Subject, predicate and object of a triple: the object as kind, lexical form, language or datatype."""

XSD = "http://www.w3.org/2001/XMLSchema#"


def make_dataset(base: str = "https://example.org/id/") -> Dataset:
    """A dataset with every field that it must have."""
    return Dataset(
        title="Ferries",
        publisher="The ferry company",
        version="1.0",
        base=base,
        language="en",
        currency="EUR",
        issued="2024-02-29",
        modified="2025-07-30",
        licence="https://creativecommons.org/licenses/by/4.0/",
    )


def make_focus() -> Focus:
    """One focus with one profile that has something of everything."""
    profile = Profile(
        code="CREW.DECK.P2",
        basis="documented",
        title="Able seafarer",
        job_code="0042",
        status="approved",
        version="v1",
        region="north",
        confidence=Confidence(value=Decimal("0.90"), label="high"),
        pay=Pay(
            currency="EUR", low=Decimal("31000"), median=Decimal("36500.50"), high=Decimal("42000"),
            assigned=("currency",),
        ),
        responsibilities=(
            Responsibility(id="0a1b2c3d", text="Keeps a look-out."),
            Responsibility(id="9f8e7d6c", text='Says "clear" when it is clear.'),
        ),
        guideline=Guideline(knowledge="Knots.", experience="2–4+ years"),
        review=(Score(dimension="clarity", value=Decimal("4.5")),),
        source_count=3,
        sources=(Source(id="1a2b3c4d", text="O*NET 53-5011.00", occupation="53-5011.00"),),
        aliases=("Sailor",),
        mappings=(
            Mapping(
                scheme="soc-2018", code="53-5011", predicate="broadMatch", justification="UnspecifiedMatching",
                tool="by hand", confidence=Decimal("0.8"), author="The crewing office", day="2025-07-30",
                comment="Seen with the masters.", assigned=("predicate",),
            ),
        ),
    )  # fmt: skip
    return Focus(
        code="CREW.DECK",
        label="Deck",
        definition="Works on deck.\nDistinct from the engine room.",
        exclusions=("Distinct from the engine room.",),
        differential=("pay",),
        split="stated",
        skills=(
            SkillUse(skill="mooring", label="Mooring lines", description="Makes fast.", levels=("P2",)),
            SkillUse(skill="first-aid"),
        ),
        profiles=(profile,),
    )


def make_taxonomy(*focuses: Focus, base: str = "https://example.org/id/") -> Taxonomy:
    """The small architecture, with ``make_focus()`` where no focus is given."""
    return Taxonomy(
        dataset=make_dataset(base),
        functions=(JobFunction(code="CREW"),),
        tracks=(Track(code="P", label="Professional"),),
        levels=(
            Level(code="P1", name="Hand", years=YearRange(min=Decimal("0"), max=Decimal("2"))),
            Level(code="P2"),
        ),
        skills=(
            Skill(code="first-aid", label="First aid"),
            Skill(
                code="mooring",
                label="Mooring",
                alternatives=(Alternative(label="Berthing", reason="The same work."),),
                mappings=(
                    Mapping(
                        scheme="esco", code="skill/2e1f-77", predicate="exactMatch",
                        justification="ManualMappingCuration", comment="By its definition.",
                    ),
                ),
            ),
        ),
        schemes=(
            Scheme(
                code="soc-2018", title="SOC", publisher="BLS", version="2018",
                source="https://www.bls.gov/soc/2018/", licence="Public domain.", pattern="[0-9-]+",
                levels=("major", "detailed"),
            ),
            Scheme(
                code="esco", title="ESCO", publisher="European Commission", version="1.2",
                source="https://esco.ec.europa.eu/", licence="Free reuse.", pattern=".+",
                levels=("occupation", "skill"), namespace="http://data.europa.eu/esco/",
            ),
        ),
        occupations=(
            Occupation(scheme="soc-2018", code="53-0000", title="Transportation", kind="major"),
            Occupation(
                scheme="soc-2018", code="53-5011", title="Sailors", kind="detailed", broader="53-0000"
            ),
        ),
        editions=(
            Edition(
                code="structural@1", form="structural", label="Structural", definition="Rungs.", limits="Many.",
                constants=(Constant(name="track", value=Decimal("0.7"), reason="Less than a rung."),),
            ),
        ),
        focuses=focuses or (make_focus(),),
    )  # fmt: skip


def to_bytes(write: Callable[[Taxonomy, BinaryIO], int], taxonomy: Taxonomy) -> bytes:
    """What a writer writes."""
    sink = io.BytesIO()
    write(taxonomy, sink)
    return sink.getvalue()


def to_turtle(taxonomy: Taxonomy) -> str:
    """The Turtle of a taxonomy."""
    return to_bytes(write_turtle, taxonomy).decode()


def to_ntriples(taxonomy: Taxonomy) -> str:
    """The sorted N-Triples of a taxonomy."""
    return to_bytes(write_ntriples, taxonomy).decode()


def parse(data: bytes | str) -> list[pyoxigraph.Triple]:
    """The triples of a Turtle or N-Triples text."""
    return [quad.triple for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE)]


def to_facts(triples: Iterable[pyoxigraph.Triple]) -> set[Fact]:
    """Triples as plain tuples. Without blank nodes, equal sets are isomorphic graphs."""
    facts: set[Fact] = set()
    for triple in triples:
        subject, value = triple.subject, triple.object
        assert isinstance(subject, pyoxigraph.NamedNode)
        if isinstance(value, pyoxigraph.Literal):
            term = ("literal", value.value, value.language or value.datatype.value)
        else:
            assert isinstance(value, pyoxigraph.NamedNode)
            term = ("iri", value.value, "")
        facts.add((subject.value, triple.predicate.value, term))
    return facts


def to_rdflib_facts(graph: rdflib.Graph) -> set[Fact]:
    """The triples of an rdflib graph as plain tuples, literals by their lexical form."""
    facts: set[Fact] = set()
    for subject, predicate, value in graph:
        assert isinstance(subject, rdflib.URIRef)
        if isinstance(value, rdflib.Literal):
            term = ("literal", str(value), value.language or str(value.datatype or f"{XSD}string"))
        else:
            assert isinstance(value, rdflib.URIRef)
            term = ("iri", str(value), "")
        facts.add((str(subject), str(predicate), term))
    return facts
