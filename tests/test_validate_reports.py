"""The forms of a verdict for other tools: SARIF 2.1.0 and a SHACL report in Turtle."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from rolegraph.answers import Finding, Validation
from rolegraph.records import load_folder
from rolegraph.resources import find_resource
from rolegraph.validate.compiled import judge_compiled
from rolegraph.validate.findings import make_validation
from rolegraph.validate.judge import Verdict, judge_taxonomy
from rolegraph.validate.reference import read_report
from rolegraph.validate.rules import ShapesGraph
from rolegraph.validate.sarif import to_sarif
from rolegraph.validate.shacl_report import to_report
from rolegraph.validate.triples import Triples

EXAMPLES = Path(__file__).parent / "fixtures" / "shapes"


def judge_example(name: str) -> Verdict:
    """The verdict on an example, however little of ours it holds."""
    shapes = ShapesGraph.read()
    results = judge_compiled(Triples.from_file(EXAMPLES / f"{name}.ttl"), shapes)
    return Verdict(make_validation(results, shapes, None, None), tuple(results), shapes)


@pytest.fixture(scope="module")
def shipped() -> Verdict:
    loaded = load_folder(find_resource("data"))
    return judge_taxonomy(loaded.taxonomy, loaded.places)


def test_sarif_says_what_the_findings_say(shipped: Verdict) -> None:
    log = json.loads(to_sarif(shipped.validation))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "rolegraph"
    assert len({rule["id"] for rule in rules}) == len(rules)
    levels = {"violation": "error", "warning": "warning", "info": "note"}
    assert len(run["results"]) == len(shipped.validation.findings)
    for result, finding in zip(run["results"], shipped.validation.findings, strict=True):
        assert result["ruleId"] == finding.rule == rules[result["ruleIndex"]]["id"]
        assert result["level"] == levels[finding.severity]
        assert finding.message in result["message"]["text"]
        [location] = result["locations"]
        place = location["physicalLocation"]
        assert place["region"]["startLine"] == finding.line
        assert finding.file is not None
        assert finding.file.endswith(unquote(place["artifactLocation"]["uri"]).removeprefix("../"))
        assert location["logicalLocations"] == [{"fullyQualifiedName": finding.subject}]


def test_sarif_rules_carry_problem_and_remedy(shipped: Verdict) -> None:
    [run] = json.loads(to_sarif(shipped.validation))["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def make_finding(file: str | None, rule: str = "pay-order") -> Validation:
    return Validation(False, (Finding("violation", rule, file, 3, "A.B.M1", "Wrong.", "Mend it."),))


def read_result(validation: Validation, root: Path) -> dict[str, object]:
    [run] = json.loads(to_sarif(validation, root))["runs"]
    result: dict[str, object] = run["results"][0]
    return result


def test_sarif_names_files_from_the_root(tmp_path: Path) -> None:
    inside = read_result(make_finding(str(tmp_path / "my data" / "é.yaml")), tmp_path)
    assert '"uri": "my%20data/%C3%A9.yaml"' in json.dumps(inside)
    outside = read_result(make_finding("/elsewhere/x.yaml"), tmp_path)
    assert '"uri": "file:///elsewhere/x.yaml"' in json.dumps(outside)
    relative = read_result(make_finding("data/x.yaml"), tmp_path)
    assert '"uri": "data/x.yaml"' in json.dumps(relative)


def test_sarif_without_a_file_names_the_node_alone(tmp_path: Path) -> None:
    result = read_result(make_finding(None), tmp_path)
    assert result["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "A.B.M1"}]}]


def test_sarif_takes_findings_of_rules_that_are_no_shapes(tmp_path: Path) -> None:
    [run] = json.loads(to_sarif(make_finding("x.yaml", "level-unknown"), tmp_path))["runs"]
    [result] = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]] == {"id": "level-unknown"}


@pytest.mark.parametrize(
    "rule", ["pay-order", "pay-figures", "skos-related", "responsibility-parts", "code-unique"]
)
def test_turtle_report_reads_back_as_the_results(rule: str) -> None:
    verdict = judge_example(rule)
    report = rdflib.Graph().parse(data=to_report([verdict]))
    [node] = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(node, SH.conforms) == rdflib.Literal(False)
    read = [(r.shape, r.focus, r.value, r.component, r.severity, r.messages) for r in _read(report, verdict)]
    assert read == [(r.shape, r.focus, r.value, r.component, r.severity, r.messages) for r in verdict.results]


def _read(report: rdflib.Graph, verdict: Verdict) -> list:  # type: ignore[type-arg]
    for result, path in list(report.subject_objects(SH.resultPath)):
        if not isinstance(path, rdflib.URIRef):
            report.remove((result, SH.resultPath, path))
    return read_report(report, verdict.shapes)


def test_turtle_report_is_a_report_by_its_own_shapes() -> None:
    verdict = judge_example("responsibility-parts")
    report = rdflib.Graph().parse(data=to_report([verdict]))
    shape = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    [] a sh:NodeShape ; sh:targetObjectsOf sh:result ;
        sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
        sh:property [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
        sh:property [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
        sh:property [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ] ;
        sh:property [ sh:path sh:resultMessage ; sh:minCount 1 ] ;
        sh:property [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] .
    """
    conforms, _, text = pyshacl.validate(report, shacl_graph=rdflib.Graph().parse(data=shape))
    assert conforms, text


def test_turtle_report_of_a_sound_graph_conforms() -> None:
    report = rdflib.Graph().parse(data=to_report([judge_example("valid")]))
    assert [bool(value) for value in report.objects(None, SH.conforms)] == [True]
    assert not list(report.objects(None, SH.result))


def test_turtle_report_of_several_verdicts_holds_all() -> None:
    verdicts = [judge_example(rule) for rule in ("pay-basis", "pay-period")]
    report = rdflib.Graph().parse(data=to_report(verdicts))
    assert len(set(report.subjects(RDF.type, SH.ValidationReport))) == 1
    assert len(list(report.objects(None, SH.result))) == sum(len(v.results) for v in verdicts) == 2
