"""Sources for the tests of exports: a small architecture full of hostile texts, and graphs that hold more than records."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from architectures import read_shipped
from rdf_samples import make_focus, make_taxonomy
from rolegraph.careers.roster import Roster
from rolegraph.export.formats import FORMATS
from rolegraph.export.source import Source
from rolegraph.model.roles import Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.blanks import list_blank, name_blank
from rolegraph.rdf.write import write_ntriples

HOSTILE = "\"><script>alert(1)</script> & ]]> 'q' \\u0041 {{x}} \u202eevil\u202c \U0001f9ea é"
"""A label that every format has to escape by its own rule."""

BASE = "https://example.org/a&b'c/"
"""A base that XML has to escape."""

BESIDE = """
@prefix e: <http://example.com/x#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rg: <https://w3id.org/rolegraph/ns#> . @base <BASE> .
<focus/CREW.DECK> e:note "a \\"quoted\\" <b>&amp;</b> ]]> line\\r\\n\\ttab\\u0085\\u2028"@de ;
    <http://example.com/way/1prädikat> 1 ; skos:prefLabel "Deck"@fr, "plain", "Pont"@fr, 7 ;
    skos:broader "no node", _:one ; dcterms:source "a text"@en, <http://example.com/s> ;
    rg:confidence 1, "high"@en, <http://example.com/c> ; skos:notation 5, "n"@en, e:n ;
    e:list ( 1 "two"@en [ e:deep true ] ) ; e:empty () ; e:space " ", "", "\\n" ;
    a e:Extra, <urn:x:1>, [ a owl:Class ], rdf:Seq, "no class" .
e:x e:typed "{\\"a\\":1}"^^rdf:JSON, "<b/>"^^rdf:XMLLiteral, "1.0E0"^^xsd:double, "01"^^xsd:integer, "x"^^<urn:t> .
<https://example.org/a&b'c/a:b> e:p <https://example.org/a&b'c//two>, <https://example.org/a&b'c/c/> ,
    <https://example.org/a&b'c/c?q=1&r>, <https://example.org/a&b'c/> , <https://example.org/a&b'c/@id> .
_:one e:p _:one, <javascript:alert(1)> , <urn:é:"> .
""".replace('<urn:é:">', "<urn:é:'>").replace("BASE", BASE)
"""What a graph may hold beside records, and every reader reads; IRIs that resolve to others would be lost in short."""

SCHEMES = """
@prefix e: <http://example.com/x#> .
<skos:hidden> <id:x> <rg:Focus> ; e:p "x"^^<type:y> ; a <Focus:Focus> . e:y e:p <schema:z>, "text"@en .
"""
"""IRIs whose schemes are short names of JSON-LD."""


def make_hostile() -> Taxonomy:
    """The small architecture with a hostile label in every text that is shown."""
    focus = make_focus()
    (profile,) = focus.profiles
    responsibilities = tuple(
        r.model_copy(update={"text": f"{HOSTILE}\nline"}) for r in profile.responsibilities
    )
    profile = profile.model_copy(
        update={
            "title": HOSTILE,
            "aliases": (HOSTILE,),
            "job_code": HOSTILE,
            "responsibilities": responsibilities,
        }
    )
    profiles = (Profile(code="CREW.DECK.P1", basis="implied"), profile)
    focus = focus.model_copy(update={"label": HOSTILE, "definition": HOSTILE, "profiles": profiles})
    return make_taxonomy(focus, base=BASE)


def parse_beside(turtle: str) -> tuple[ox.Triple, ...]:
    """Triples that stand beside records, as reading a graph file gives them: sorted, those with blank nodes last."""
    triples = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    plain = sorted((triple for triple in triples if not list_blank(triple)), key=str)
    return (*plain, *name_blank(triples))


def make_source(
    taxonomy: Taxonomy | None = None, beside: str = "", graphs: Iterable[tuple[str, Path]] = ()
) -> Source:
    """A source of the small hostile architecture, or of another."""
    # The editions of the small architecture are too small to measure by.
    taxonomy = (taxonomy or make_hostile()).replace_parts(editions=read_shipped().editions)
    return Source(
        taxonomy,
        lambda: Roster.from_taxonomy(taxonomy),
        "structural@1",
        10,
        parse_beside(beside),
        tuple(graphs),
    )


SOURCES: dict[str, Callable[[], Source]] = {
    "shipped": lambda: make_source(read_shipped()),
    "hostile": make_source,
    "beside": lambda: make_source(beside=BESIDE),
    "schemes": lambda: make_source(beside=SCHEMES),
    "no base": lambda: make_source(make_taxonomy(base="urn:x:/")),
}
"""What every RDF format is to hold whole, and every reader to read."""


@cache
def get_source(name: str) -> Source:
    """One of the sources, made once."""
    return SOURCES[name]()


@cache
def get_export(form: str, name: str) -> bytes:
    """One of the sources in a format, written once."""
    return export(form, get_source(name))


@cache
def get_expected(name: str) -> list[str]:
    """What a reader is to find in one of the sources."""
    return list_expected(get_source(name))


def export(form: str, source: Source) -> bytes:
    """What a format of one file writes."""
    sink = io.BytesIO()
    FORMATS[form].load_writer()(source, sink)
    return sink.getvalue()


def canonicalize(quads: Iterable[ox.Quad]) -> list[str]:
    """Quads as sorted lines that are equal where the graphs are, whatever their blank nodes are called."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def list_expected(source: Source) -> list[str]:
    """The same of what the N-Triples of a source hold."""
    sink = io.BytesIO()
    write_ntriples(source.taxonomy, sink, source.foreign)
    return canonicalize(ox.parse(sink.getvalue(), format=ox.RdfFormat.N_TRIPLES))
