"""Graph files of any RDF syntax come back as the same architecture; what they hold beside it is not lost."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from rolegraph.architecture import Architecture
from rolegraph.errors import InputError, Problem
from rolegraph.export.writing import find_format, stream_export
from rolegraph.rdf.read import FORMATS, read_triples
from rolegraph.rdf.split import split_releases
from rolegraph.rdf.vocab import RG, VOID
from rolegraph.rdf.write import write_turtle
from shipped import read_shipped

BASE = "https://w3id.org/rolegraph/id/"
PROFILE = f"{BASE}profile/MANUFA.BIOPROCE4427.M3"
SUITE = Path(__file__).parents[2] / "shared" / "data" / "w3c" / "turtle"
MANIFEST = SUITE / "manifest.ttl"
RDFT = "http://www.w3.org/ns/rdftest#"

RDFLIB_FORMS = {".ttl": "longturtle", ".rdf": "pretty-xml", ".xml": "xml", ".jsonld": "json-ld", ".nt": "nt"}


def make_turtle() -> bytes:
    sink = io.BytesIO()
    write_turtle(read_shipped(), sink)
    return sink.getvalue()


TURTLE = make_turtle()


def find_problem(path: Path) -> Problem:
    """The one problem with a file, the same whichever way it is read."""
    with pytest.raises(InputError) as caught:
        _ = Architecture(graph=path).taxonomy
    with pytest.raises(InputError) as judged:
        Architecture(graph=path).judge()
    assert judged.value.problems == caught.value.problems
    (problem,) = caught.value.problems
    return problem


def canonize(turtle: bytes) -> set[ox.Quad]:
    graph = ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(graph)


def export(path: Path, name: str = "turtle") -> bytes:
    sink = io.BytesIO()
    stream_export(Architecture(graph=path).export_source(), find_format(name), sink)
    return sink.getvalue()


@pytest.mark.parametrize("ending", FORMATS)
def test_every_syntax_is_read_as_the_same_architecture(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{ending}"
    path.write_bytes(
        ox.serialize(ox.parse(TURTLE, format=ox.RdfFormat.TURTLE), format=FORMATS[ending]) or b""
    )
    jobs = Architecture(graph=path)
    assert jobs.taxonomy == read_shipped()
    assert jobs.foreign == ()
    assert jobs.query("mappings").rows == Architecture().query("mappings").rows
    assert jobs.validate().conforms
    assert export(path) == TURTLE


@pytest.mark.parametrize("ending", RDFLIB_FORMS)
def test_what_another_library_writes_is_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{ending}"
    Architecture().rdf().serialize(path, format=RDFLIB_FORMS[ending], encoding="utf-8")
    jobs = Architecture(graph=path)
    assert jobs.taxonomy == read_shipped()
    assert jobs.foreign == ()


def test_what_a_store_spells_anew_is_not_foreign(tmp_path: Path) -> None:
    store = ox.Store()
    store.bulk_load(TURTLE, format=ox.RdfFormat.TURTLE)
    path = tmp_path / "dump.nt"
    store.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert '"8"^^<http://www.w3.org/2001/XMLSchema#decimal>' in path.read_text(encoding="utf-8")
    jobs = Architecture(graph=path)
    assert jobs.taxonomy == read_shipped()
    assert jobs.foreign == ()


def test_a_dump_of_named_graphs_is_one_architecture(tmp_path: Path) -> None:
    """As a store gives it back that keeps graph and adjacency apart."""
    beside = tmp_path / "built"
    Architecture().build(beside)
    store = ox.Store()
    for name in ("rolegraph.ttl", "adjacency.ttl"):
        graph = ox.NamedNode(BASE + ("dataset" if name.startswith("role") else "adjacency"))
        store.bulk_load(path=beside / name, format=ox.RdfFormat.TURTLE, to_graph=graph)
    path = tmp_path / "dump.nq"
    store.dump(path, format=ox.RdfFormat.N_QUADS)
    jobs = Architecture(graph=path)
    assert jobs.taxonomy == read_shipped()
    assert jobs.foreign == ()
    for name, values in (("coverage", ()), ("neighbours", (("profile", "MANUFA.BIOPROCE4427.M3"),))):
        assert jobs.query(name, values).rows == Architecture().query(name, values).rows
    echo = "SELECT (COUNT(*) AS ?n) { ?a a rg:Adjacency }"
    assert jobs.sparql(echo).rows == Architecture().sparql(echo).rows


EDITED = f"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<{PROFILE}> skos:prefLabel "Leiterin der Bioprozesse"@de ;
    skos:editorialNote "To be \\"reviewed\\"\\nsoon"@en-GB ;
    skos:scopeNote [ rdfs:label "a node without a name"@en ; skos:note ( 1 2.50 "x" ) ] ;
    dcterms:contributor <https://example.org/people/7> .
<https://example.org/own> a owl:Class ; rdfs:label "Our own class"@en ; rdfs:subClassOf [ a owl:Restriction ] .
<{BASE}dataset> owl:imports <https://example.org/never-fetched> ; dcterms:abstract "x" .
[] a owl:Axiom ; owl:annotatedSource <{PROFILE}> ; owl:annotatedProperty skos:prefLabel ; rdfs:comment "why"@en .
"""


@pytest.mark.parametrize("ending", [".ttl", ".rdf", ".jsonld", ".nq"])
@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_what_an_editor_added_is_kept_through_a_round_trip(ending: str, form: str, tmp_path: Path) -> None:
    path, again = tmp_path / f"edited{ending}", tmp_path / "again.ttl"
    quads = ox.parse(TURTLE + EDITED.encode(), format=ox.RdfFormat.TURTLE)
    path.write_bytes(ox.serialize(quads, format=FORMATS[ending]) or b"")
    assert Architecture(graph=path).taxonomy == read_shipped()
    data = export(path, form)
    again.write_bytes(data)
    assert export(again, form) == data
    before, after = canonize(TURTLE + EDITED.encode()), canonize(data)
    # The number of triples is the one thing that must differ.
    assert {quad.predicate.value for quad in before ^ after} == {VOID.triples}
    (count,) = {str(quad.object.value) for quad in after - before}  # type: ignore[union-attr]
    assert int(count) == len(after)


def test_what_an_editor_added_is_in_the_build_and_in_the_rdflib_graph(tmp_path: Path) -> None:
    path = tmp_path / "edited.ttl"
    path.write_bytes(TURTLE + EDITED.encode())
    jobs = Architecture(graph=path)
    jobs.build(tmp_path / "out")
    for name in ("rolegraph.ttl", "rolegraph.nt"):
        assert "never-fetched" in (tmp_path / "out" / name).read_text(encoding="utf-8")
    assert (None, None, rdflib.URIRef("https://example.org/never-fetched")) in jobs.rdf()


def test_a_changed_label_leaves_no_made_up_one_behind(tmp_path: Path) -> None:
    """The label of a role without a title is made of its focus's: renamed in an editor, the old one is not kept."""
    own = next(p for p in read_shipped().profiles if p.title is None)
    label = read_shipped().focus_by_code[own.focus].label
    path = tmp_path / "renamed.ttl"
    path.write_text(
        TURTLE.decode().replace(f'skos:prefLabel "{label}"@en', 'skos:prefLabel "Renamed"@en'),
        encoding="utf-8",
    )
    jobs = Architecture(graph=path)
    assert jobs.taxonomy.focus_by_code[own.focus].label == "Renamed"
    assert jobs.foreign == ()


def test_the_graphs_of_releases_stay_apart(tmp_path: Path) -> None:
    release = ox.NamedNode(f"{BASE}release/onet-99.0")
    inner = f"<{release.value}> a <{RG.Release}> . <{BASE}onet-soc-2019/99> a <{RG.Occupation}> ."
    quads = [
        *ox.parse(TURTLE, format=ox.RdfFormat.TURTLE),
        *(ox.Quad(*q.triple, release) for q in ox.parse(inner, format=ox.RdfFormat.TURTLE)),
    ]
    path = tmp_path / "all.trig"
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG) or b"")
    jobs = Architecture(graph=path)
    assert jobs.taxonomy == read_shipped()
    assert jobs.foreign == ()
    ((name, file),) = split_releases(path, tmp_path)
    assert name == release.value
    assert len(list(read_triples(file))) == 2
    rows = jobs.sparql(f"SELECT ?s {{ GRAPH <{release.value}> {{ ?s a rg:Occupation }} }}").rows
    assert [str(row[0]) for row in rows] == [f"<{BASE}onet-soc-2019/99>"]


XML = '<?xml version="1.0"?>\n{}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>'
BROKEN = {
    "a DOCTYPE": (
        "x.rdf", XML.format('<!-- a comment -->\n<!DOCTYPE rdf:RDF [<!ENTITY x "y">]>', ""),
        "doctype-refused", 3, "DOCTYPE",
    ),
    "entities that grow": (
        "x.owl",
        XML.format(
            "<!DOCTYPE rdf:RDF [<!ENTITY a0 'ha'>"
            + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 20}'>" for n in range(1, 30)) + "]>",
            '<rdf:Description rdf:about="http://a/b"><rdf:value>&a29;</rdf:value></rdf:Description>',
        ),
        "doctype-refused", 2, "grow",
    ),
    "an external entity": (
        "x.xml", XML.format('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        "doctype-refused", 2, "name other files",
    ),
    "XML that is not closed": (
        "x.rdf", XML.format("", "\n<rdf:Description>\n<rdf:value></rdf:Description>"), "graph-broken", 4, "column",
    ),
    "XML that is no RDF": ("x.rdf", XML.format("", '<rdf:li rdf:about="no scheme"/>'), "graph-broken", None, ""),
    "another encoding": (
        "x.rdf", XML.replace("?>", ' encoding="ISO-8859-1"?>', 1).format("", ""), "graph-broken", None, "UTF-8",
    ),
    "OWL/XML": ("x.owl", '<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "format-unknown", None, "OWL/XML"),
    "functional syntax": ("x.owl", "Prefix(:=<http://a/>)\nOntology(<http://a/>)", "format-unknown", None, "functional"),
    "a remote context": (
        "x.jsonld", '{"@context": "https://schema.org/", "@id": "http://a/b", "name": "x"}', "context-remote", None, "fetched",
    ),
    "a context that imports": (
        "x.jsonld", '{"@context": {"@import": "https://a.org/c"}, "@id": "http://a/b"}', "context-remote", None, "fetched",
    ),
    "JSON that is broken": ("x.jsonld", '{"@id": "http://a/b",\n "http://a/c": }', "graph-broken", 2, "column 16"),
    "quads that are broken": ("x.nq", "<http://a/b> <http://a/c> <http://a/d> \"x\" .", "graph-broken", 1, "column"),
    "Turtle in an .owl": ("x.owl", "@prefix a: <http://a/> .\na:b a:c .", "graph-broken", 2, "column"),
    "Turtle in an .rdf": ("x.rdf", "@prefix a: <http://a/> .", "graph-broken", 1, ""),
    "SPARQL's update": ("x.ttl", "LOAD <http://127.0.0.1:9/x>", "graph-broken", 1, "column"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    name, text, rule, line, words = BROKEN[case]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    problem = find_problem(path)
    assert problem.rule == rule
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == (str(path), line)
    assert words in problem.message
    assert problem.remedy


@pytest.mark.parametrize(
    "name", ["https://example.org/graph.ttl", "http://example.org/x.rdf", "file:///etc/x.nt"]
)
def test_an_address_is_not_fetched(name: str) -> None:
    problem = find_problem(Path(name))
    assert problem.rule == "file-unreadable"
    assert "nothing is fetched" in (problem.remedy or "")


INVALID = {
    "a literal without an end": '<http://a/b> <http://a/c> "x .',
    "an escape that is none": '<http://a/b> <http://a/c> "\\q" .',
    "a prefix that is not declared": "<http://a/b> <http://a/c> d:e .",
    "a blank in an IRI": "<http://a/b c> <http://a/c> 1 .",
    "a variable": "<http://a/b> <http://a/c> ?x .",
    "a literal as subject": '"x" <http://a/c> 1 .',
    "a missing point": "<http://a/b> <http://a/c> 1\n<http://a/d> <http://a/c> 2 .",
    "a language that is none": '<http://a/b> <http://a/c> "x"@1 .',
    "a formula": "{ <http://a/b> <http://a/c> 1 } .",
    "bytes that are no UTF-8": '<http://a/b> <http://a/c> "\udcff" .',
}


@pytest.mark.parametrize("case", INVALID)
def test_invalid_turtle_is_refused_with_line_and_column(case: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"# a comment\n" + INVALID[case].encode(errors="surrogateescape"))
    problem = find_problem(path)
    assert (problem.rule, problem.message[:7]) == ("graph-broken", "column ")
    assert problem.place is not None
    assert problem.place.line in {2, 3}


def list_cases(*kinds: str) -> list[tuple[str, str]]:
    """The file of each case, and the file of its result where it has one."""
    if not MANIFEST.exists():
        return []
    wanted = {RDFT + kind for kind in kinds}
    store = ox.Store()
    store.load(path=MANIFEST, format=ox.RdfFormat.TURTLE, base_iri=MANIFEST.as_uri())

    def find_file(case: object, name: str) -> str:
        wanted = ox.NamedNode(f"http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#{name}")
        found = store.quads_for_pattern(case, wanted, None)  # type: ignore[arg-type]
        return "".join(str(quad.object.value).rpartition("/")[2] for quad in found)  # type: ignore[union-attr]

    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    cases = [
        quad.subject
        for kind in wanted
        for quad in store.quads_for_pattern(None, rdf_type, ox.NamedNode(kind))
    ]
    return sorted((find_file(case, "action"), find_file(case, "result")) for case in cases)


NEGATIVE = list_cases("TestTurtleNegativeSyntax", "TestTurtleNegativeEval")
POSITIVE = list_cases("TestTurtleEval")


@pytest.mark.skipif(not NEGATIVE, reason="the W3C suite is not there (../shared/data/w3c/turtle)")
def test_all_invalid_files_of_the_w3c_suite_are_refused_with_line_and_column() -> None:
    assert len(NEGATIVE) == 94
    for name, _ in NEGATIVE:
        with pytest.raises(InputError) as caught:
            list(read_triples(SUITE / name))
        (problem,) = caught.value.problems
        assert problem.place is not None, name
        assert problem.place.line is not None, name
        assert problem.message.startswith("column "), name


@pytest.mark.skipif(not POSITIVE, reason="the W3C suite is not there (../shared/data/w3c/turtle)")
def test_all_valid_files_of_the_w3c_suite_are_read_as_it_says() -> None:
    assert len(POSITIVE) > 100
    for name, result in POSITIVE:
        base = f"https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/{name}"
        read = ox.Dataset(ox.parse((SUITE / name).read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=base))
        expected = ox.Dataset(ox.Quad(*triple) for triple in read_triples(SUITE / result))
        for graph in (read, expected):
            graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert read == expected, name


TANGLED = {
    "nodes that all speak of each other": "\n".join(
        f"_:b{i} <http://e/p> _:b{j} ." for i in range(24) for j in range(24) if i != j
    ),
    "a circle": "\n".join(f"_:b{i} <http://e/p> _:b{(i + 1) % 200} ." for i in range(200)),
    "a list of few values": f"<http://e/s> <http://e/p> ({' '.join(str(i % 3) for i in range(2_000))}) .",
    "a deep description": f"<http://e/s> <http://e/p> {'[<http://e/p> ' * 2_000}1{']' * 2_000} .",
    "the same twice": "<http://e/s> <http://e/p> [ <http://e/q> [ <http://e/r> 1 ] ] , [ <http://e/q> [ <http://e/r> 1 ] ] .",
    "a statement of statements": f"<http://e/s> <http://e/p> {'<<( <http://e/s> <http://e/p> ' * 900}1{')>>' * 900} .",
}  # fmt: skip


@pytest.mark.parametrize("case", TANGLED)
def test_blank_nodes_are_named_in_any_tangle_and_the_second_trip_is_the_same(
    case: str, tmp_path: Path
) -> None:
    path, again = tmp_path / "tangled.ttl", tmp_path / "again.ttl"
    path.write_bytes(TURTLE + TANGLED[case].encode())
    data = export(path, "ntriples")
    again.write_bytes(data)
    assert export(again, "ntriples") == data
    added = len(list(read_triples(path))) - len(list(ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)))
    assert len(Architecture(graph=path).foreign) == added


def test_names_of_blank_nodes_do_not_depend_on_labels_or_order(tmp_path: Path) -> None:
    first = tmp_path / "first.ttl"
    first.write_bytes(TURTLE + EDITED.encode())
    lines = [str(quad.triple) + " ." for quad in ox.parse(first.read_bytes(), format=ox.RdfFormat.TURTLE)]
    other = tmp_path / "other.nt"
    labels = {
        label: f"z{len(label)}{hash(label) % 10**9}"
        for line in lines
        for label in re.findall(r"_:(\w+)", line)
    }
    turned = [re.sub(r"_:(\w+)", lambda m: f"_:{labels[m[1]]}", line) for line in reversed(lines)]
    other.write_text("\n".join(turned) + "\n", encoding="utf-8")
    assert Architecture(graph=other).foreign == Architecture(graph=first).foreign


def test_what_somebody_says_of_the_adjacency_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "noted.ttl"
    note = "<http://www.w3.org/2000/01/rdf-schema#comment>"
    nodes = [
        f"{BASE}adjacency",
        f"{PROFILE}#adjacent-office",
        f"{PROFILE}#adjacent-structural%401-MANUFA.X.M3",
    ]
    path.write_bytes(TURTLE + "".join(f'<{node}> {note} "mine" .\n' for node in nodes).encode())
    assert [str(triple.subject) for triple in Architecture(graph=path).foreign] == sorted(
        f"<{n}>" for n in nodes
    )


def test_the_mark_at_the_begin_of_a_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "marked.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + TURTLE)
    jobs = Architecture(graph=path)
    assert jobs.taxonomy == read_shipped()
    assert jobs.query("mappings").rows == Architecture().query("mappings").rows


@pytest.mark.parametrize("ending", [".ttl", ".owl"])
def test_a_pipe_is_refused_before_it_blocks(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"pipe{ending}"
    os.mkfifo(path)
    assert "pipe" in find_problem(path).message


def test_an_encoding_that_nobody_knows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    path.write_text(XML.replace("?>", ' encoding="x-unknown"?>', 1).format("", ""), encoding="utf-8")
    assert find_problem(path).rule == "graph-broken"
