"""Graphs from elsewhere are judged too: with node and triple instead of file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from rolegraph.errors import InputError, RolegraphError
from rolegraph.records import load_folder
from rolegraph.resources import find_resource
from rolegraph.validate.judge import judge_file, judge_graph, validate_graph, validate_taxonomy
from rolegraph.validate.rules import ShapesGraph
from rolegraph.validate.triples import Triples

VALID = Path(__file__).parent / "fixtures" / "shapes" / "valid.ttl"


def break_valid(old: str, new: str) -> Triples:
    text = VALID.read_text(encoding="utf-8")
    assert old in text
    return Triples.from_turtle(text.replace(old, new))


def test_finding_names_node_and_triple() -> None:
    [finding] = validate_graph(break_valid("rg:confidence 0.90", "rg:confidence 90.0")).findings
    assert (finding.file, finding.line) == (None, None)
    assert finding.subject == "https://example.org/id/profile/BREAD.DOUGH.P2"
    assert finding.message == "The confidence must be one number from 0 to 1 (rg:confidence 90.0)."
    assert (finding.rule, finding.severity) == ("confidence-range", "violation")


def test_finding_names_the_property_that_is_missing() -> None:
    [finding] = validate_graph(break_valid('    skos:prefLabel "Dough maker"@en ;\n', "")).findings
    assert finding.message == "A profile must have a label (no skos:prefLabel)."


def test_sound_graph_conforms() -> None:
    answer = validate_graph(Triples.from_file(VALID))
    assert answer.conforms
    assert answer.findings == ()


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_engines_find_the_same(engine: str) -> None:
    triples = break_valid("rg:payLow 30000.0", "rg:payLow 36000.0")
    answer = validate_graph(triples, engine=engine)  # type: ignore[arg-type]
    assert [f.rule for f in answer.findings] == ["pay-order"] * len(answer.findings)
    assert not answer.conforms
    assert answer == validate_graph(triples)


def test_rdflib_graph_is_judged() -> None:
    graph = rdflib.Graph().parse(VALID)
    graph.remove((None, rdflib.SKOS.topConceptOf, None))
    rules = {finding.rule for finding in validate_graph(graph).findings}
    assert rules == {"concept-orphan"}


def test_graph_without_a_node_of_ours_is_refused() -> None:
    turtle = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . <urn:a> a foaf:Agent ; foaf:name 'Ada' ."
    with pytest.raises(InputError) as caught:
        validate_graph(Triples.from_turtle(turtle))
    assert [problem.rule for problem in caught.value.problems] == ["nothing-here-is-ours"]


def test_word_of_ours_in_a_text_does_not_make_a_graph_ours() -> None:
    turtle = '<urn:a> <urn:b> " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/rolegraph/ns#Focus> ." .'
    with pytest.raises(InputError):
        validate_graph(Triples.from_turtle(turtle))


def test_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.ttl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"empty\.ttl.*nothing-here-is-ours"):
        judge_file(path)


def test_broken_turtle_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix a: <urn:a> .\na:b a:c\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        judge_file(path)
    [problem] = caught.value.problems
    assert problem.rule == "graph-broken"
    assert problem.place is not None
    assert problem.place.file == str(path)
    assert problem.place.line in (2, 3)
    assert "line" not in problem.message


def test_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.ttl"
    path.write_bytes(b'<urn:a> <urn:b> "\xff\xfe" .')
    with pytest.raises(InputError, match="graph-broken"):
        judge_file(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unreadable"):
        judge_file(tmp_path / "missing.ttl")


def test_triple_that_stands_twice_counts_once() -> None:
    text = VALID.read_text(encoding="utf-8")
    triple = '<track/P> skos:notation "P" .\n'
    assert validate_graph(Triples.from_turtle(text + triple)).findings == ()


def test_subclass_of_ours_is_judged_as_ours() -> None:
    text = VALID.read_text(encoding="utf-8")
    more = """
    <urn:Gig> rdfs:subClassOf rg:Profile .
    <urn:gig> a <urn:Gig> .
    """
    found = {f.rule for f in validate_graph(Triples.from_turtle(text + more)).findings}
    assert {"profile-focus", "profile-level", "profile-label", "profile-basis"} <= found


def test_shapes_that_cannot_be_applied_are_an_error() -> None:
    shapes = ShapesGraph.parse(
        {
            "bad.ttl": """
            @prefix sh: <http://www.w3.org/ns/shacl#> .
            @prefix rg: <https://w3id.org/rolegraph/ns#> .
            <https://w3id.org/rolegraph/shapes#bad> a sh:NodeShape ; sh:targetClass rg:Profile ; sh:minCount 1 .
            """
        }
    )
    for engine in ("compiled", "pyshacl"):
        with pytest.raises(RolegraphError, match="cannot be applied"):
            judge_graph(Triples.from_file(VALID), engine=engine, shapes=shapes)  # type: ignore[arg-type]


def test_shape_that_is_not_compiled_is_judged_all_the_same() -> None:
    shapes = ShapesGraph.parse(
        {
            "closed.ttl": """
            @prefix sh: <http://www.w3.org/ns/shacl#> .
            @prefix rg: <https://w3id.org/rolegraph/ns#> .
            @prefix rgsh: <https://w3id.org/rolegraph/shapes#> .
            @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
            rgsh:closed a sh:NodeShape ; sh:targetClass rg:YearsReading ; sh:severity sh:Info ;
                sh:name "Closed" ; sh:description "x" ; sh:message "Nothing else belongs here." ;
                sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property rgsh:closed-from .
            rgsh:closed-from a sh:PropertyShape ; sh:path rg:minYears ; sh:minCount 1 ; sh:severity sh:Violation ;
                sh:message "x" .
            """
        }
    )
    answers = [
        judge_graph(Triples.from_file(VALID), engine=engine, shapes=shapes)
        for engine in ("compiled", "pyshacl")
    ]  # type: ignore[arg-type]
    assert answers[0].results == answers[1].results
    [finding] = answers[0].validation.findings
    assert finding.message == "Nothing else belongs here (rg:maxYears 5.0)."


def test_export_read_back_has_the_findings_of_its_records() -> None:
    loaded = load_folder(find_resource("data"))
    own = validate_taxonomy(loaded.taxonomy, loaded.places)
    foreign = validate_graph(Triples.from_taxonomy(loaded.taxonomy))
    assert sorted((f.severity, f.rule) for f in own.findings) == sorted(
        (f.severity, f.rule) for f in foreign.findings
    )
