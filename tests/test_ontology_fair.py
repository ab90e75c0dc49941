"""What checkers of FAIR vocabularies ask for, and the page that explains each term.

The checks are those of FOOPS! (Garijo et al. 2021, https://w3id.org/foops/) and of the OBO dashboard that can be made
without the network: metadata of the ontology, a home, label and definition of each term, known vocabularies.
"""

from __future__ import annotations

import re
from datetime import datetime

import pyoxigraph
import pytest

from context_file import list_names
from ontology_docs import FOLDER, KINDS, LINKS, PAGE, Page, render_page
from rolegraph.rdf.vocab import DCTERMS, FOAF, NAMESPACES, OWL, RDF, RDFS, RG, SKOS, VANN, XSD

OURS = (FOLDER / "rolegraph.ttl").read_text(encoding="utf-8")
BORROWED = (FOLDER / "external.ttl").read_text(encoding="utf-8")
ONTOLOGY = RG.iri.removesuffix("#")
TRIPLES = [
    q.triple for text in (OURS, BORROWED) for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
]
TERMS = sorted({t.subject.value for t in TRIPLES if str(t.subject.value).startswith(RG.iri)})  # type: ignore[union-attr]


def get(subject: str, predicate: str) -> list[pyoxigraph.NamedNode | pyoxigraph.Literal]:
    node = pyoxigraph.NamedNode(subject)
    return [t.object for t in TRIPLES if t.subject == node and t.predicate.value == predicate]  # type: ignore[misc]


def get_one(subject: str, predicate: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    (value,) = get(subject, predicate)
    return value


@pytest.mark.parametrize("predicate", [DCTERMS.title, DCTERMS.description, RDFS.label])
def test_the_ontology_is_named_and_described_in_english(predicate: str) -> None:
    value = get_one(ONTOLOGY, predicate)
    assert isinstance(value, pyoxigraph.Literal)
    assert value.language == "en"
    assert len(value.value) > (100 if predicate == DCTERMS.description else 5)


def test_licence_and_version_are_iris() -> None:
    licence, version = get_one(ONTOLOGY, DCTERMS.license), get_one(ONTOLOGY, OWL.versionIRI)
    assert isinstance(licence, pyoxigraph.NamedNode)
    assert isinstance(version, pyoxigraph.NamedNode)
    number = get_one(ONTOLOGY, OWL.versionInfo).value
    assert re.fullmatch(r"\d+\.\d+\.\d+", number)
    assert version.value == f"{ONTOLOGY}/{number}"


@pytest.mark.parametrize("predicate", [DCTERMS.creator, DCTERMS.publisher])
def test_who_made_it_is_a_node_with_a_name(predicate: str) -> None:
    agent = get_one(ONTOLOGY, predicate)
    assert isinstance(agent, pyoxigraph.NamedNode)
    assert pyoxigraph.NamedNode(FOAF.Agent) in get(agent.value, RDF.type)
    assert get_one(agent.value, FOAF.name).value == get_one(agent.value, RDFS.label).value


def test_its_dates_are_days_in_order() -> None:
    days = []
    for predicate in (DCTERMS.created, DCTERMS.modified):
        value = get_one(ONTOLOGY, predicate)
        assert isinstance(value, pyoxigraph.Literal)
        assert value.datatype.value == XSD.dateTime
        days.append(datetime.fromisoformat(value.value))
    assert days == sorted(days)


def test_prefix_and_namespace_are_those_that_everything_uses() -> None:
    prefix = get_one(ONTOLOGY, VANN.preferredNamespacePrefix).value
    assert prefix == RG.prefix
    assert get_one(ONTOLOGY, VANN.preferredNamespaceUri).value == RG.iri
    for text in (OURS, (FOLDER / "context.jsonld").read_text(encoding="utf-8")):
        assert re.search(rf'["@]?(?:prefix )?\b{prefix}"?: [<"]{re.escape(RG.iri)}[>"]', text)


def test_its_iri_is_persistent_and_not_a_file() -> None:
    assert ONTOLOGY.startswith("https://w3id.org/")
    assert not re.search(r"\.(ttl|owl|rdf)\b", ONTOLOGY)


@pytest.mark.parametrize("term", TERMS)
def test_each_term_is_explained_beyond_its_label(term: str) -> None:
    label, definition = get_one(term, RDFS.label), get_one(term, SKOS.definition)
    assert get_one(term, RDFS.isDefinedBy).value == ONTOLOGY
    assert len(definition.value.split()) > 2
    assert definition.value.rstrip(".").lower() != label.value.lower()
    assert "TODO" not in definition.value


def test_no_two_terms_have_one_definition() -> None:
    definitions = [get_one(term, SKOS.definition).value for term in TERMS]
    assert len(set(definitions)) == len(definitions)


@pytest.mark.parametrize("term", TERMS)
def test_names_follow_one_habit(term: str) -> None:
    name, types = term.removeprefix(RG.iri), {t.value for t in get(term, RDF.type)}
    habit = (
        r"[A-Z][A-Za-z0-9]*"
        if OWL.Class in types
        else r"[a-z][A-Za-z0-9]*"
        if types & KINDS.keys()
        else r"[a-z0-9-]+"
    )
    assert re.fullmatch(habit, name)


def test_borrowed_terms_are_of_known_vocabularies() -> None:
    known = {iri for space in NAMESPACES if space is not RG for iri in space}
    declared = {t.subject.value for t in TRIPLES if t.predicate.value == RDF.type} - set(TERMS)  # type: ignore[union-attr]
    agents = {value.value for p in (DCTERMS.creator, DCTERMS.publisher) for value in get(ONTOLOGY, p)}
    assert declared - known == {ONTOLOGY, *agents}


def test_a_deprecated_term_names_its_successor() -> None:
    for triple in TRIPLES:
        if triple.predicate.value == OWL.deprecated:
            assert get(triple.subject.value, DCTERMS.isReplacedBy)  # type: ignore[arg-type, union-attr]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_page(), "regenerate it: python tests/ontology_docs.py"


def drop_escapes(page: str) -> str:
    """A page without what is escaped and without code, so that every sign left means something to a reader."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"\\.", "", page))


def list_links(page: str) -> set[str]:
    return set(re.findall(r"\[[^\]\n]*\]\(([^)\s]*)\)", drop_escapes(page)))


def list_tags(page: str) -> set[str]:
    return set(re.findall(r"<[^>\n]*>?", drop_escapes(page)))


def list_places(page: str) -> list[str]:
    return re.findall(r'^<a id="([A-Za-z0-9_-]+)"></a>$', page, re.MULTILINE)


def test_every_term_is_on_the_page_once_and_every_link_leads_to_one() -> None:
    page = render_page()
    places, links = list_places(page), list_links(page)
    assert len(set(places)) == len(places) == len(TERMS)
    inner = {link for link in links if link.startswith("#")}
    assert inner == {f"#{place}" for place in places}
    for term in TERMS:
        assert f"\n- `{term}`, " in page
        assert f"\n### {get_one(term, RDFS.label).value}\n" in page
    for link in links - inner:
        assert (PAGE.parent / link).is_file()
    assert {tag for tag in list_tags(page) if "<a id=" not in tag} == {
        "</a>",
        f"<{get_one(ONTOLOGY, DCTERMS.license).value}>",
    }


HOSTILE = r"""
@prefix rg: <https://w3id.org/rolegraph/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix dcterms: <http://purl.org/dc/terms/> .

# Things <script>alert(1)</script> | [x](javascript:alert(1))
rg:Bad
    a owl:Class ;
    rdfs:label "\"><script>alert(1)</script> `code` | *b* [x](javascript:alert(1)) &lt; \n# heading"@en ;
    skos:definition "1. <img src=x onerror=alert(1)> \n\n- item | ![x](http://e/x.png)"@en .
<https://w3id.org/rolegraph/ns#bad'&(quot;)>
    a owl:DatatypeProperty ; owl:deprecated true ; dcterms:isReplacedBy rg:Bad ;
    rdfs:label "<b>"@en ; schema:domainIncludes rg:Bad, <javascript:alert(1)> .
[] a owl:Thing .
"""


def test_hostile_labels_are_escaped() -> None:
    page = Page(HOSTILE, "", list_names()).render()
    places = list_places(page)
    assert len(set(places)) == 2
    assert list_links(page) == {*(f"#{place}" for place in places), *list_links(LINKS)}
    assert {tag for tag in list_tags(page) if "<a id=" not in tag} == {"</a>"}
    lines = page.splitlines()
    assert r'### "&gt;' not in page
    assert (
        r'### ">&lt;script>alert(1)&lt;/script> \`code\` \| \*b\* \[x](javascript:alert(1)) &amp;lt; # heading'
        in lines
    )
    assert r"1\. &lt;img src=x onerror=alert(1)> - item \| !\[x](http://e/x.png)" in lines
    assert "### &lt;b> (deprecated)" in lines
    assert not [line for line in lines if line.startswith(("- item", "# heading"))]
