"""N-Quads and TriG: the dataset that queries are answered from, with the releases as named graphs."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from export_sources import BASE, BESIDE, canonicalize, export, make_hostile, make_source
from rdf_samples import make_taxonomy
from rolegraph import Architecture
from rolegraph.cache import CACHE_VARIABLE
from rolegraph.errors import InputError
from rolegraph.export.formats import FORMATS
from rolegraph.export.source import Source
from rolegraph.importing import import_release
from rolegraph.rdf.vocab import RG
from rolegraph.resources import find_resource
from rolegraph.store.named import run_named
from rolegraph.store.store import Store

HERE = Path(__file__).parent
KINDS = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
RELEASE = "https://example.org/id/release/r-1"
LINES = (
    '<urn:a> <urn:p> "ends . <urn:g> } \\" .\\n\\u0001é"@en .\n'
    '<urn:a> <urn:p> "x"^^<urn:t> .\n'
    "_:b1 <urn:p> <urn:é> .\n"
)
every_kind = pytest.mark.parametrize("name", KINDS)


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Architecture]:
    """The shipped data with a public release beside it."""
    root = tmp_path_factory.mktemp("dataset")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(root / "cache"))
        shutil.copytree(str(find_resource("data")), root / "data")
        import_release("onet", HERE / "fixtures" / "classifications" / "onet-29.0", root / "data")
        yield Architecture(root / "data")


def make_graphs(folder: Path, text: str = LINES) -> list[tuple[str, Path]]:
    file = folder / "release.nt"
    file.write_text(text, encoding="utf-8", newline="")
    return [(RELEASE, file)]


def list_default(source: Source) -> list[ox.Quad]:
    near = io.BytesIO()
    source.write_neighbours(near)
    beside = ox.parse(near.getvalue(), format=ox.RdfFormat.TURTLE)
    return [ox.Quad(t.subject, t.predicate, t.object) for t in source.iterate_triples()] + list(beside)


def list_named(graphs: list[tuple[str, Path]]) -> list[ox.Quad]:
    return [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(iri))
        for iri, file in graphs
        for q in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)
    ]


@every_kind
def test_the_dataset_is_graph_and_nearest_roles_with_the_releases_by_name(name: str, tmp_path: Path) -> None:
    graphs = make_graphs(tmp_path)
    source = make_source(beside=BESIDE, graphs=graphs)
    quads = list(ox.parse(export(name, source), format=KINDS[name]))
    assert canonicalize(quads) == canonicalize([*list_default(source), *list_named(graphs)])
    assert (
        any(quad.object == ox.NamedNode(RG.Adjacency) for quad in quads) or len(source.taxonomy.profiles) < 2
    )


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@every_kind
def test_rdflib_reads_the_same_graphs(name: str, tmp_path: Path) -> None:
    source = make_source(make_taxonomy(), graphs=make_graphs(tmp_path))
    dataset = rdflib.Dataset()
    dataset.parse(data=export(name, source), format=name)
    assert len(dataset.graph(rdflib.URIRef(RELEASE))) == 3
    expected = {(str(q.subject.value), q.predicate.value, q.object.value) for q in list_default(source)}
    found = {tuple(map(str, triple)) for triple in dataset.default_graph}
    assert len(found) == len(expected)
    assert {(s, p) for s, p, _ in found} == {(s, p) for s, p, _ in expected}


@every_kind
@pytest.mark.skipif(shutil.which("serdi") is None, reason="serdi is not installed")
def test_serdi_reads_it(name: str, tmp_path: Path) -> None:
    graphs = make_graphs(tmp_path)
    source = make_source(graphs=graphs)
    file = tmp_path / f"dataset.{name}"
    file.write_bytes(export(name, source))
    done = subprocess.run(["serdi", "-i", name, "-o", "nquads", file], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    read = ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS)
    assert canonicalize(read) == canonicalize([*list_default(source), *list_named(graphs)])


def test_lines_of_the_default_graph_are_sorted_and_distinct_and_releases_follow(tmp_path: Path) -> None:
    source = make_source(beside=BESIDE, graphs=make_graphs(tmp_path))
    lines = export("nquads", source).splitlines()
    named = [line for line in lines if line.endswith(f" <{RELEASE}> .".encode())]
    assert len(named) == 3
    assert lines[-3:] == named
    assert lines[:-3] == sorted(set(lines[:-3]))


def test_trig_has_one_head(tmp_path: Path) -> None:
    text = export("trig", make_source(make_taxonomy(), graphs=make_graphs(tmp_path))).decode()
    assert text.count("@prefix rg:") == 1
    assert text.count("@base") == 1
    assert text.startswith("@base")
    assert f"\n<{RELEASE}> {{\n" in text


def test_trig_of_a_base_that_cannot_be_shortened() -> None:
    source = make_source(make_hostile())
    assert BASE in export("trig", source).decode()


@every_kind
def test_lines_that_others_wrote_are_written_anew(name: str, tmp_path: Path) -> None:
    graphs = make_graphs(
        tmp_path, '# } a comment\r\n<urn:a>\t<urn:p>   "x".\n\n<urn:b> <urn:p> "}"@EN-GB . # <urn:x>'
    )
    source = make_source(make_taxonomy(), graphs=graphs)
    quads = ox.parse(export(name, source), format=KINDS[name])
    assert canonicalize(quads) == canonicalize([*list_default(source), *list_named(graphs)])


@every_kind
@pytest.mark.parametrize(
    "text", ["<urn:a> <urn:p> <urn:b> .\n}\n<urn:a> <urn:p> 1 .\n", "<urn:a> <urn:p> <urn:b>"]
)
def test_a_release_that_is_no_ntriples_is_refused_with_its_line(name: str, text: str, tmp_path: Path) -> None:
    source = make_source(make_taxonomy(), graphs=make_graphs(tmp_path, text))
    with pytest.raises(InputError) as caught:
        export(name, source)
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert problem.place.line == text.count("\n", 0, text.find("}")) + 1 if "}" in text else 1


def test_lines_are_counted_over_all_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rolegraph.export.graphs.SIZE", 30)
    graphs = make_graphs(tmp_path, LINES * 3 + "<urn:a> .\n")
    with pytest.raises(InputError, match=r"release\.nt:10: "):
        export("nquads", make_source(make_taxonomy(), graphs=graphs))
    whole = export("nquads", make_source(make_taxonomy(), graphs=make_graphs(tmp_path, LINES * 3)))
    assert whole.count(RELEASE.encode()) == 9


def test_a_missing_release_is_named(tmp_path: Path) -> None:
    source = make_source(make_taxonomy(), graphs=[(RELEASE, tmp_path / "gone.nt")])
    with pytest.raises(InputError, match=r"gone\.nt"):
        export("nquads", source)


@every_kind
def test_named_queries_answer_the_same_over_the_file(name: str, jobs: Architecture) -> None:
    engine = ox.Store()
    engine.bulk_load(export(name, jobs.export_source()), format=KINDS[name])
    store = Store(engine)
    for query, given in {
        "releases": [],
        "occupation-ratings": [("occupation", "11-3051.00")],
        "neighbours": [("profile", "MANUFA.BIOPROCE4427.M3")],
        "skills-of-profile": [("profile", "MANUFA.BIOPROCE4427.M3")],
        "pay-summary": [],
    }.items():
        expected = jobs.query(query, given)
        assert expected.rows
        assert run_named(store, query, given).rows == expected.rows


@every_kind
def test_a_dataset_comes_back_with_its_releases(name: str, jobs: Architecture, tmp_path: Path) -> None:
    file = tmp_path / f"dataset{FORMATS[name].ending}"
    file.write_bytes(export(name, jobs.export_source()))
    assert export(name, Architecture(graph=file).export_source()) == file.read_bytes()


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "import hashlib\n"
        "from export_sources import BESIDE, SCHEMES, export, make_source\n"
        "source = make_source(beside=BESIDE + SCHEMES)\n"
        "for name in ('nquads', 'trig', 'rdfxml', 'jsonld', 'schemaorg'):\n"
        "    print(name, hashlib.sha256(export(name, source)).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(seen) == 1
