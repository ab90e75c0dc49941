"""Beside each page: Turtle and JSON-LD say what the graph says of the entry, and CSV is what the command prints."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from hostile import write_hostile
from rolegraph import Architecture
from rolegraph.cli.main import run
from rolegraph.rdf.entry import EntryWriter
from rolegraph.rdf.write import write_turtle
from rolegraph.site.addresses import KINDS, Kind
from rolegraph.site.book import Book
from rolegraph.site.chapters.forms import FORMS
from rolegraph.site.contents import list_paths, make_file

SMALL = Path(__file__).parent / "fixtures" / "small"
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
PROFILE = "MANUFA.BIOPROCE4427.M3"
FOREIGN = """
@prefix e: <http://example.com/x#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rg: <https://w3id.org/rolegraph/ns#> . @base <BASE> .
<profile/PROFILE> skos:prefLabel "Leitung"@de ; e:about _:one .
_:one e:note "beside", "two\\nlines" ; e:more _:two . _:two e:note "far" .
<skill/hplc> e:note "of a skill"@en-gb . <level/M3> e:isbn <isbn:123>, <skos:odd> .
<profile/PROFILE#pay> e:note "of a part" .
"""


@pytest.fixture(scope="module")
def shipped() -> Book:
    return Book(Architecture())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("hostile") / "data"
    write_hostile(folder)
    return Book(Architecture(folder))


@pytest.fixture(scope="module")
def beside(shipped: Book, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The shipped graph in a file that holds more than the records."""
    file = tmp_path_factory.mktemp("graph") / "graph.ttl"
    with file.open("wb") as sink:
        write_turtle(shipped.taxonomy, sink)
        sink.write(
            FOREIGN.replace("BASE", shipped.taxonomy.dataset.base).replace("PROFILE", PROFILE).encode()
        )
    return Book(Architecture(graph=file))


def parse(data: bytes, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=form)}


def list_entries(book: Book) -> Iterator[tuple[Kind, str]]:
    for kind in KINDS:
        for code in book.addresses.list_codes(kind):
            yield kind, code


def find_iri(book: Book, kind: Kind, code: str) -> str:
    iris = EntryWriter(book.taxonomy)._encoder.iris
    base = book.taxonomy.dataset.base
    iri = iris.occupation(*code.split("/", 1)) if kind == "occupation" else iris.node(kind, code)
    return iri if "://" in iri else base + iri


def read_graph(book: Book) -> dict[object, set[ox.Triple]]:
    """The triples of the whole graph by their subjects; a store would spell numbers its own way."""
    whole = io.BytesIO()
    write_turtle(book.taxonomy, whole, book.architecture.foreign)
    graph: dict[object, set[ox.Triple]] = {}
    for triple in parse(whole.getvalue()):
        graph.setdefault(triple.subject, set()).add(triple)
    return graph


def describe(graph: dict[object, set[ox.Triple]], iri: str, near: str) -> set[ox.Triple]:
    """What the graph says of a node and of its parts, and of parts of what is ``near`` that it leads to, and blank nodes."""
    found: set[ox.Triple] = set()
    waiting: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri)]
    seen = set(waiting)
    for subject in waiting:
        for triple in graph.get(subject, ()):
            found.add(triple)
            target = triple.object
            own = isinstance(target, ox.NamedNode) and target.value.startswith((iri + "#", near + "#"))
            if (own or isinstance(target, ox.BlankNode)) and target not in seen:
                seen.add(target)
                waiting.append(target)
    return found


@pytest.mark.parametrize("name", ["shipped", "hostile", "beside"])
def test_turtle_says_what_the_graph_says_of_each_entry(name: str, request: pytest.FixtureRequest) -> None:
    book: Book = request.getfixturevalue(name)
    graph = read_graph(book)
    for kind, code in list_entries(book):
        iri = find_iri(book, kind, code)
        focus = code.rpartition(".")[0] if kind == "profile" else ""
        near = find_iri(book, "focus", focus) if focus else iri
        told = parse(FORMS[".ttl"](book, kind, code))
        wanted = describe(graph, iri, near)
        assert wanted, (kind, code)
        assert wanted <= told, (kind, code)
        # Beside that there are labels of what is linked to, one each.
        labels = told - wanted
        linked = {triple.object for triple in wanted}
        assert all(triple.predicate == LABEL and triple.subject in linked for triple in labels)
        assert all(triple in graph[triple.subject] for triple in labels)
        assert len({triple.subject for triple in labels}) == len(labels)


@pytest.mark.parametrize("name", ["shipped", "hostile", "beside"])
def test_jsonld_says_the_same_and_carries_its_context(name: str, request: pytest.FixtureRequest) -> None:
    book: Book = request.getfixturevalue(name)
    for kind, code in list_entries(book):
        data = FORMS[".jsonld"](book, kind, code)
        assert parse(data, ox.RdfFormat.JSON_LD) == parse(FORMS[".ttl"](book, kind, code)), (kind, code)
        assert b'"@context": "http' not in data


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("profile", PROFILE),
        ("focus", "MANUFA.BIOPROCE4427"),
        ("level", "M3"),
        ("skill", "hplc"),
        ("function", "MANUFA"),
    ],
)
def test_another_reader_reads_both_alike(beside: Book, kind: Kind, code: str) -> None:
    kept = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        turtle = rdflib.Graph().parse(data=FORMS[".ttl"](beside, kind, code), format="turtle")
        jsonld = rdflib.Graph().parse(data=FORMS[".jsonld"](beside, kind, code), format="json-ld")
    finally:
        rdflib.NORMALIZE_LITERALS = kept
    assert rdflib.compare.isomorphic(turtle, jsonld)
    assert len(turtle) == len(parse(FORMS[".ttl"](beside, kind, code)))


def test_what_stands_beside_the_records_is_told_with_its_entry(beside: Book) -> None:
    told = FORMS[".ttl"](beside, "profile", PROFILE).decode()
    assert all(text in told for text in ('"Leitung"@de', '"beside"', '"far"', '"of a part"'))
    assert "of a skill" not in told.replace("skill/hplc> skos:prefLabel", "")
    assert '"of a skill"@en-gb' in FORMS[".ttl"](beside, "skill", "hplc").decode()
    assert b'"@id": "skos:odd"' in FORMS[".jsonld"](beside, "level", "M3").replace(b'"id"', b'"@id"')


def test_a_profile_tells_its_pay_its_responsibilities_and_its_skills_alone(shipped: Book) -> None:
    told = FORMS[".ttl"](shipped, "profile", PROFILE).decode()
    assert "rg:payLow 93000.0" in told
    assert told.count("a rg:Responsibility,") == 5
    assert told.count("a rg:SkillUse,") == 10
    assert "M2-resp" not in told
    assert '<level/M3> skos:prefLabel "M3 — Senior Manager"@en .' in told


@pytest.mark.parametrize("code", [PROFILE, "MANUFA.BIOPROCE4427", "MANUFA", "M3", "hplc", "51-1011"])
def test_csv_is_what_the_command_prints(shipped: Book, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", code, "--format", "csv"]) == 0
    kind, found = next(
        (kind, known) for kind, known in list_entries(shipped) if known in {code, f"soc-2018/{code}"}
    )
    assert FORMS[".csv"](shipped, kind, found).decode() == capsys.readouterr().out


@pytest.mark.parametrize("name", ["shipped", "hostile"])
def test_every_form_stands_beside_its_page(name: str, request: pytest.FixtureRequest) -> None:
    book: Book = request.getfixturevalue(name)
    paths = set(list_paths(book))
    for kind, code in list_entries(book):
        page = book.addresses.page(kind, code)
        assert page in paths
        for ending, write in FORMS.items():
            path = page.removesuffix(".html") + ending
            assert path in paths
            assert make_file(book, path) == write(book, kind, code)
    assert make_file(book, "profile/NOBODY.ttl") is None
    assert make_file(book, "profile/.ttl") is None
    assert make_file(book, f"focus/{PROFILE}.ttl") is None


def test_statements_about_statements_stay_out_of_json_ld_alone(shipped: Book, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    with file.open("wb") as sink:
        write_turtle(shipped.taxonomy, sink)
        sink.write(
            b"<https://w3id.org/rolegraph/id/level/M3> <http://example.com/said> "
            b"<<( <http://example.com/a> <http://example.com/b> 1 )>> .\n"
        )
    book = Book(Architecture(graph=file))
    turtle, jsonld = (FORMS[form](book, "level", "M3") for form in (".ttl", ".jsonld"))
    said = {triple for triple in parse(turtle) if isinstance(triple.object, ox.Triple)}
    assert len(said) == 1
    assert parse(jsonld, ox.RdfFormat.JSON_LD) == parse(turtle) - said
    assert "downloads/rolegraph.jsonld" not in set(list_paths(book))
    assert "downloads/rolegraph.ttl" in set(list_paths(book))
