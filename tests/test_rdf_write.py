"""The two written forms: their shape, their bytes, their escapes, and the equality of what they say."""

from __future__ import annotations

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from rdf_samples import (
    make_focus,
    make_taxonomy,
    parse,
    to_facts,
    to_ntriples,
    to_rdflib_facts,
    to_turtle,
)
from rolegraph.model.record import Retirement
from rolegraph.model.reference import Constant, Edition
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf import write
from rolegraph.rdf.form import Literals, NTriples, Turtle, escape_text
from rolegraph.rdf.vocab import DCTERMS, OWL, RDF, RG, SEMAPV, SKOS, VOID, XKOS
from strategies import taxonomies

GOLDEN = Path(__file__).parent / "golden" / "rdf" / "focus.ttl"
ID = "https://example.org/id/"

NASTY = [
    'He said "no"', "back\\slash", "\\n is no line end", "line\nend", '"""', "'''", "tab\there", "cr\rhere",
    "a\u2028b\u2029c", "😀 \U0001f469\u200d\U0001f52c", "\u202eright to left\u202c", "\u2066isolated\u2069",
    "\ufeffmark", "\x07\x1f\x7f\x85", "\\u0041", "%41 & <b> ^^ @en", "e\u0301", "\ufffe\uffff", "ends in \\",
]  # fmt: skip


def select(text: str, start: str, end: str) -> str:
    """The part of a file from the first ``start`` up to the next ``end``."""
    return text[text.index(start) : text.index(end, text.index(start))]


def test_a_focus_is_written_as_computed_by_hand() -> None:
    written = select(to_turtle(make_taxonomy()), "<focus/CREW.DECK>\n", "dcterms:created\n")
    assert written == GOLDEN.read_text(encoding="utf-8")


@settings(max_examples=50)
@given(taxonomies())
def test_both_forms_say_the_same_and_count_their_triples(taxonomy: Taxonomy) -> None:
    turtle, ntriples = io.BytesIO(), io.BytesIO()
    counts = write.write_turtle(taxonomy, turtle), write.write_ntriples(taxonomy, ntriples)
    first, second = parse(turtle.getvalue()), parse(ntriples.getvalue())
    assert counts == (len(first), len(second))
    facts = to_facts(first)
    assert facts == to_facts(second) == to_facts(write.iterate_triples(taxonomy))
    assert len(facts) == len(first) == len(second)
    total = ("literal", str(len(facts)), "http://www.w3.org/2001/XMLSchema#integer")
    assert (f"{taxonomy.dataset.base}dataset", VOID.triples, total) in facts


@given(taxonomies())
def test_ntriples_are_sorted_by_their_bytes(taxonomy: Taxonomy) -> None:
    lines = to_ntriples(taxonomy).encode().split(b"\n")
    assert lines.pop() == b""
    assert lines == sorted(set(lines))
    assert {f"{line} ." for line in write.iterate_lines(taxonomy)} == {line.decode() for line in lines}


def test_sorting_through_files_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    taxonomy = make_taxonomy()
    in_memory = to_ntriples(taxonomy)
    monkeypatch.setattr(write, "RUN", 3_000)
    monkeypatch.setattr(write, "CHUNK", 7)
    assert to_ntriples(taxonomy) == in_memory
    assert to_turtle(taxonomy) == to_turtle(make_taxonomy())


@pytest.mark.parametrize("text", NASTY)
def test_literals_are_escaped_so_that_every_reader_gets_the_text(text: str) -> None:
    for form in (Turtle(ID), NTriples(ID)):
        literals = Literals(form, "en-GB")
        for literal in (literals.write_text(text), literals.write_plain(text)):
            line = f"<{ID}s> <{ID}p> {literal} ."
            assert "\n" not in line
            assert "\r" not in line
            (triple,) = parse(line)
            assert isinstance(triple.object, pyoxigraph.Literal)
            assert triple.object.value == text
            for name in ("turtle", "nt"):
                (value,) = rdflib.Graph().parse(data=line, format=name).objects()
                assert str(value) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaping_loses_nothing(text: str) -> None:
    (triple,) = parse(f'<{ID}s> <{ID}p> "{escape_text(text)}" .')
    assert isinstance(triple.object, pyoxigraph.Literal)
    assert triple.object.value == text


@pytest.mark.parametrize(
    "number", ["0.0000001", "0.000001", "0.000000", "0.0000000", "-0.00000012", "8", "1E+3"]
)
def test_rdflib_keeps_the_digits_of_small_numbers(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    edition = Edition(
        code="e@1", form="f", label="l", definition="d", limits="l",
        constants=(Constant(name="c", value=Decimal(number), reason="r"),),
    )  # fmt: skip
    taxonomy = make_taxonomy().model_copy(update={"editions": (edition,)})
    graph = rdflib.Graph().parse(data=to_turtle(taxonomy), format="turtle")
    (value,) = graph.objects(None, rdflib.URIRef(RG.value))
    assert "E" not in str(value)
    assert Decimal(str(value)) == Decimal(number)
    assert to_rdflib_facts(graph) == to_facts(write.iterate_triples(taxonomy))


def test_a_language_tag_is_written_in_lower_case_and_kept_in_the_dataset() -> None:
    dataset = make_taxonomy().dataset.model_copy(update={"language": "pt-BR"})
    written = to_turtle(make_taxonomy().model_copy(update={"dataset": dataset}))
    assert 'skos:prefLabel "Deck"@pt-br ;' in written
    assert 'dcterms:language "pt-BR" ;' in written


@pytest.mark.parametrize(
    ("base", "relative"),
    [
        ("https://example.org/id/", True),
        ("https://example.org/", True),
        ("http://é.example/%C3%A9/", True),
        ("urn:example:a/", False),
        ("https://example.org/a/../b/", False),
        ("https://example.org/./", False),
        ("https://example.org//", False),
    ],
)
def test_a_base_that_cannot_serve_as_one_is_written_in_full(base: str, relative: bool) -> None:
    taxonomy = make_taxonomy(base=base)
    written = to_turtle(taxonomy)
    assert ("@base" in written) is relative
    assert to_facts(parse(written)) == to_facts(parse(to_ntriples(taxonomy)))
    graph = rdflib.Graph().parse(data=written, format="turtle")
    assert {s for s, _, _ in to_rdflib_facts(graph)} == {s for s, _, _ in to_facts(parse(written))}


def test_made_up_labels_say_that_they_are() -> None:
    facts = to_facts(parse(to_turtle(make_taxonomy())))
    derived = {s.removeprefix(ID) for s, p, o in facts if (p, o[1]) == (RG.derived, "label")}
    assert derived == {
        "function/CREW", "level/P2", "focus/CREW.DECK#skill-first-aid",
        "http://data.europa.eu/esco/skill/2e1f-77",
    }  # fmt: skip


def test_hierarchies_are_written_in_both_directions() -> None:
    facts = to_facts(parse(to_turtle(make_taxonomy())))
    pairs = {
        p: {(s, o[1]) for s, q, o in facts if q == p}
        for p in (
            SKOS.broader,
            SKOS.narrower,
            SKOS.topConceptOf,
            SKOS.hasTopConcept,
            XKOS.next,
            XKOS.previous,
        )
    }
    for one, other in (
        (SKOS.broader, SKOS.narrower),
        (SKOS.topConceptOf, SKOS.hasTopConcept),
        (XKOS.next, XKOS.previous),
    ):
        assert pairs[one] == {(o, s) for s, o in pairs[other]}
        assert pairs[one]
    assert (f"{ID}level/P1", f"{ID}level/P2") in pairs[XKOS.next]


def test_a_mapped_code_that_is_not_loaded_has_no_made_up_place() -> None:
    focus = make_focus()
    (profile,) = focus.profiles
    (mapping,) = profile.mappings
    stray = profile.model_copy(update={"mappings": (mapping.model_copy(update={"code": "11-1111"}),)})
    taxonomy = make_taxonomy(focus.model_copy(update={"profiles": (stray,)}))
    block = select(to_turtle(taxonomy), "<soc-2018/11-1111>\n", "\n\n")
    assert block == (
        "<soc-2018/11-1111>\n    a skos:Concept, rg:Occupation, owl:NamedIndividual ;\n"
        '    skos:notation "11-1111" ;\n    skos:prefLabel "11-1111"@en ;\n    rg:derived "label" ;\n'
        "    skos:inScheme <soc-2018> ."
    )


def test_a_skill_is_mapped_as_a_profile_is() -> None:
    text = to_turtle(make_taxonomy())
    skill = select(text, "<skill/mooring>\n", "\n\n")
    assert skill.endswith(
        "    rg:mapping <skill/mooring#mapping-esco/skill%2F2e1f-77> ;\n"
        "    skos:exactMatch <http://data.europa.eu/esco/skill/2e1f-77> ."
    )
    assert select(text, "<skill/mooring#mapping-esco/skill%2F2e1f-77>\n", "\n\n") == (
        "<skill/mooring#mapping-esco/skill%2F2e1f-77>\n    a rg:Mapping, owl:NamedIndividual ;\n"
        "    rg:mappingSubject <skill/mooring> ;\n    rg:mappingPredicate skos:exactMatch ;\n"
        "    rg:mappingObject <http://data.europa.eu/esco/skill/2e1f-77> ;\n"
        "    sssom:mapping_justification semapv:ManualMappingCuration ;\n"
        '    sssom:comment "By its definition."@en .'
    )


def test_what_only_a_skill_is_mapped_to_is_no_occupation() -> None:
    block = select(to_turtle(make_taxonomy()), "<http://data.europa.eu/esco/skill/2e1f-77>\n", "\n\n")
    assert block == (
        "<http://data.europa.eu/esco/skill/2e1f-77>\n    a skos:Concept, owl:NamedIndividual ;\n"
        '    skos:notation "skill/2e1f-77" ;\n    skos:prefLabel "skill/2e1f-77"@en ;\n'
        '    rg:derived "label" ;\n    skos:inScheme <esco> .'
    )


def test_a_justification_beyond_the_known_ones_is_declared() -> None:
    focus = make_focus()
    (profile,) = focus.profiles
    (mapping,) = profile.mappings
    other = mapping.model_copy(update={"justification": "DreamtMatching"})
    profile = profile.model_copy(update={"mappings": (other,)})
    facts = to_facts(parse(to_turtle(make_taxonomy(focus.model_copy(update={"profiles": (profile,)})))))
    assert (f"{SEMAPV.iri}DreamtMatching", RDF.type, ("iri", OWL.Class, "")) in facts


def test_what_is_retired_says_so_and_names_its_successor() -> None:
    focus = make_focus()
    retired = focus.model_copy(update={"retired": Retirement(note="Merged.", replaced_by="CREW.ENGINE")})
    other = focus.model_copy(update={"code": "CREW.ENGINE", "label": "Engine", "profiles": (), "skills": ()})
    block = select(to_turtle(make_taxonomy(retired, other)), "<focus/CREW.DECK>\n", "\n\n")
    assert block.endswith(
        ' ;\n    owl:deprecated true ;\n    skos:historyNote "Merged."@en ;\n'
        "    dcterms:isReplacedBy <focus/CREW.ENGINE> ."
    )


def test_the_rdflib_graph_holds_the_same_lexical_forms() -> None:
    taxonomy = make_taxonomy()
    graph = write.to_graph(taxonomy)
    assert to_rdflib_facts(graph) == to_facts(write.iterate_triples(taxonomy))
    values = {str(value) for value in graph.objects(None, rdflib.URIRef(RG.confidence))}
    assert values == {"0.90"}
    issued = set(graph.objects(rdflib.URIRef(f"{ID}dataset"), rdflib.URIRef(DCTERMS.issued)))
    assert {str(value) for value in issued} == {"2024-02-29T00:00:00Z"}
    assert graph.namespace_manager.expand_curie("rg:Focus") == rdflib.URIRef(RG.Focus)


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "import hashlib, pathlib, sys\n"
        "from rdf_samples import to_ntriples, to_turtle\n"
        "from rolegraph.records import load_folder\n"
        "taxonomy = load_folder(pathlib.Path(sys.argv[1])).taxonomy\n"
        "print(*(hashlib.sha256(f(taxonomy).encode()).hexdigest() for f in (to_turtle, to_ntriples)))"
    )
    here = Path(__file__).parent
    seen = {
        subprocess.run(
            [sys.executable, "-c", script, str(here / "fixtures" / "small")],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(here)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1
