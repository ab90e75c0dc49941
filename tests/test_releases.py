"""Public releases in a data folder: imported whole or not at all, read back as they are, asked as named graphs."""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rolegraph import Architecture
from rolegraph.answers import ReleaseImport
from rolegraph.cache import CACHE_VARIABLE
from rolegraph.classifications.families import FAMILIES, read_package
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import open_package
from rolegraph.cli.main import cli, run
from rolegraph.errors import InputError, RequestError
from rolegraph.importing import import_release
from rolegraph.rdf.vocab import RG, SKOS, XSD
from rolegraph.records.fingerprint import fingerprint_folder
from rolegraph.records.folder import load_folder, load_lent
from rolegraph.releases import index as index_module
from rolegraph.releases.decode import decode_rows
from rolegraph.releases.encode import RowEncoder
from rolegraph.releases.folder import GRAPH, open_release, sort_version
from rolegraph.releases.index import open_index
from rolegraph.releases.keys import Keys
from rolegraph.releases.kinds import CONCEPTS, LABELS, LINKS
from rolegraph.releases.library import Library, find_keys
from rolegraph.releases.needs import keep_needed
from rolegraph.releases.publishers import find_publisher
from rolegraph.releases.rows import Concept, Label, Link, Row
from rolegraph.resources import find_resource

FIXTURES = Path(__file__).parent / "fixtures" / "classifications"
ONET, OLDER, ESCO = FIXTURES / "onet-29.0", FIXTURES / "onet-25.0", FIXTURES / "esco-1.1.1"
KEYS = Keys("https://example.org/id/", {"esco": "http://data.europa.eu/esco/"})


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped data, with caches of its own."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    folder = tmp_path / "data"
    shutil.copytree(str(find_resource("data")), folder)
    return folder


def list_files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def read_rows(source: Path, family: str) -> list[Row]:
    with open_package(source) as package:
        return list(read_package(family, package, Ledger(), lambda step: None, ())[1])


def as_written(row: Row) -> Row:
    """A row as the graph holds it: decimals have a point."""
    if type(row) is not Link:
        return row
    figures = zip(row.figures, LINKS[row.kind].figures, strict=False)
    return row._replace(
        figures=tuple(
            f"{value}.0" if value and "." not in value and figure.datatype == XSD.decimal else value
            for value, figure in figures
        )
    )


# Rows and their graph


KEY = st.builds(
    lambda scheme, code: f"{scheme}/{code}",
    st.sampled_from(("soc-2018", "onet-element", "onet-technology")),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=8),
) | st.sampled_from(("esco/occupation/0a-1", "esco/isco/C0110", "esco/isced-f/00"))  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)
FIGURE = st.sampled_from(("", "4", "4.12", "0.00", "12345678"))


@st.composite
def links(draw: st.DrawFn) -> Link:
    kind = draw(st.sampled_from(sorted(LINKS)))
    form = LINKS[kind]
    figures = tuple(
        draw(FIGURE if figure.datatype == XSD.decimal else st.sampled_from(("", "7")))
        for figure in form.figures
    )
    flags = tuple(flag for flag in form.flags if draw(st.booleans()))
    return Link(draw(KEY), kind, draw(KEY), figures if form.node else (), flags if form.node else ())


CONCEPT = st.builds(
    Concept,
    KEY,
    st.sampled_from(sorted(CONCEPTS)),
    TEXT,
    st.just("") | TEXT,
    st.sampled_from(("", "2654.1.7")),
)
LABEL = st.builds(
    Label, KEY, st.sampled_from(sorted(LABELS.keys() - {"preferred"})), TEXT, st.sampled_from(("en", "de"))
)


def distinct(rows: list[Row]) -> list[Row]:
    """One concept to a key, one link of a kind between two keys, in NFC as readers give them."""
    found: dict[Any, Row] = {}
    for row in rows:
        same: Any = (row.key, row.kind, row.other) if type(row) is Link else row
        if type(row) is Concept:
            same = row.key
        found.setdefault((type(row), same), row)
    concepts = {row.key for row in found.values() if type(row) is Concept}
    # Labels and plain links belong to concepts that are there.
    return [
        row
        for row in found.values()
        if type(row) is Concept or row.key in concepts or (type(row) is Link and LINKS[row.kind].node)
    ]


@given(st.lists(CONCEPT | LABEL | links(), max_size=20))
def test_rows_come_back_from_their_graph(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    import unicodedata

    # A label belongs to a concept: those that are left out go first.
    rows = distinct([row for row in rows if unicodedata.is_normalized("NFC", "".join(row[:3]))])
    encoder = RowEncoder(KEYS, "en", "USD")
    lines = sorted({line for row in rows for line in encoder.encode(row)})
    file = tmp_path_factory.getbasetemp() / "rows.nt"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    decoded = list(decode_rows(file, KEYS, "en"))
    assert sorted(map(repr, decoded)) == sorted(repr(as_written(row)) for row in rows)


@pytest.mark.parametrize(
    ("family", "name"), [("onet", "onet-29.0"), ("onet", "onet-30.0"), ("esco", "esco-1.1.1"), ("esco", "esco-1.2.0")]
)  # fmt: skip
def test_a_release_comes_back_from_its_graph(data: Path, family: str, name: str) -> None:
    answer = import_release(family, FIXTURES / name, data)
    taxonomy = load_folder(data).taxonomy
    decoded = list(
        decode_rows(
            data / "releases" / answer.release / GRAPH, find_keys(taxonomy), taxonomy.releases[0].language
        )
    )
    assert sorted(map(repr, decoded)) == sorted(
        {repr(as_written(r)) for r in read_rows(FIXTURES / name, family)}
    )


def test_the_graph_describes_itself_and_stands_sorted(data: Path) -> None:
    answer = import_release("onet", ONET, data)
    lines = (data / "releases" / answer.release / GRAPH).read_bytes().split(b"\n")[:-1]
    assert lines == sorted(set(lines))
    assert len(lines) == answer.triples
    quads = list(ox.parse(b"\n".join(lines) + b"\n", format=ox.RdfFormat.N_TRIPLES))
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    declared = {quad.subject.value for quad in quads if "owl#" in str(quad.object)}
    used = {quad.predicate.value for quad in quads}
    assert {iri for iri in used if iri.startswith(RG.iri)} <= declared
    concepts = {quad.subject for quad in quads if quad.object == ox.NamedNode(RG.Occupation)}
    placed = {quad.subject for quad in quads if quad.predicate.value in {SKOS.broader, SKOS.topConceptOf}}
    assert concepts <= placed


@given(KEY)
def test_keys_and_iris_are_each_others_inverse(key: str) -> None:
    import unicodedata

    if unicodedata.is_normalized("NFC", key):
        assert KEYS.key_of(KEYS.iri_of(key)) == key


def test_iris_that_are_no_keys() -> None:
    for iri in (
        "https://example.org/other/x",
        "https://example.org/id/dataset",
        "https://example.org/id/a/b/c",
    ):
        assert KEYS.key_of(iri) is None


# Importing


def test_every_row_of_every_table_is_accounted_for(data: Path) -> None:
    for family, name in (("onet", "onet-29.0"), ("esco", "esco-1.1.1"), ("soc", "soc"), ("oews", "oews")):
        source = FIXTURES / name
        version = "2024-05" if family == "oews" else None
        answer = import_release(family, source, data, version=version)
        assert answer.tables
        for table in answer.tables:
            assert table.rows == table.taken + sum(reason.rows for reason in table.skipped), table.table
            assert sum(reason.rows for reason in table.skipped) <= table.rows


def test_a_second_import_changes_nothing(data: Path) -> None:
    first = import_release("onet", ONET, data)
    before = list_files(data)
    second = import_release("onet", ONET, data)
    assert (first.changed, second.changed) == (True, False)
    assert second.written == ()
    assert {name: b for name, b in list_files(data).items() if "lock" not in name} == {
        name: b for name, b in before.items() if "lock" not in name
    }


def test_folder_and_zip_make_the_same_release(data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "db_29_0_text.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(ONET.iterdir()):
            packed.write(file, f"db_29_0_text/{file.name}")
    first = import_release("onet", archive, data)
    assert not import_release("onet", ONET, data).changed
    assert first.release == "onet-29.0"


def test_bytes_do_not_depend_on_the_hash_seed(data: Path, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    digests = set()
    for seed in ("1", "2"):
        folder = tmp_path / f"seed-{seed}"
        shutil.copytree(data, folder)
        command = [sys.executable, "-m", "rolegraph", "import", "onet", str(ONET), "-o", str(folder)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        digests.add((folder / "releases" / "onet-29.0" / GRAPH).read_bytes())
    assert len(digests) == 1


def test_two_releases_stand_side_by_side_and_the_newer_answers(data: Path) -> None:
    import_release("onet", OLDER, data)
    import_release("onet", ONET, data)
    library = Architecture(data).library
    assert [release.code for release in library.releases] == ["onet-29.0", "onet-25.0"]
    newest = library.newest("onet")
    assert newest is not None
    assert newest.code == "onet-29.0"


def test_a_wrong_family_names_the_right_one(data: Path) -> None:
    before = list_files(data)
    with pytest.raises(InputError, match=r"this is a release of ESCO, not of O\*NET; rolegraph import esco"):
        import_release("onet", ESCO, data)
    with pytest.raises(InputError, match="this is no release of ESCO"):
        import_release("esco", data, data)
    assert list_files(data) == before


def test_a_table_with_a_wrong_header_leaves_nothing_behind(data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "onet-29.0"
    shutil.copytree(ONET, broken)
    skills = broken / "Skills.txt"
    skills.write_text(skills.read_text(encoding="utf-8").replace("Data Value", "Value", 1), encoding="utf-8")
    (broken / "Job Zones.txt").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        import_release("onet", broken, data)
    rules = {problem.rule for problem in caught.value.problems}
    assert {"table-header", "table-empty"} <= rules
    assert not (data / "releases").exists() or not any((data / "releases").iterdir())


def test_a_table_in_latin_1_is_refused_in_the_middle_and_nothing_is_left(data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "onet-29.0"
    shutil.copytree(ONET, broken)
    with (broken / "Alternate Titles.txt").open("ab") as file:
        file.write("11-1011.00\tCaf\xe9 Manager\tn/a\t08\n".encode("latin-1"))
    import_release("onet", ONET, data)
    before = list_files(data / "releases")
    with pytest.raises(InputError, match="0xE9 is not UTF-8"):
        import_release("onet", broken, data)
    assert list_files(data / "releases") == before


def test_the_version_is_asked_for_where_it_is_not_told(data: Path, tmp_path: Path) -> None:
    nameless = tmp_path / "download"
    shutil.copytree(ONET, nameless)
    (nameless / "Read Me.txt").unlink(missing_ok=True)
    with pytest.raises(
        RequestError, match="download does not say which release it is; say it with --version"
    ):
        import_release("onet", nameless, data)
    assert import_release("onet", nameless, data, version="29.0").release == "onet-29.0"


def test_a_version_that_cannot_name_a_folder_is_refused(data: Path) -> None:
    for version in ("../29.0", "latest", ""):
        with pytest.raises(RequestError, match="version"):
            import_release("onet", ONET, data, version=version)
    assert not (data / "releases").exists()


def test_only_mapped_keeps_what_profiles_need_and_tells_of_how_much(data: Path, tmp_path: Path) -> None:
    part = import_release("onet", ONET, data, coverage="mapped")
    whole = tmp_path / "whole"
    shutil.copytree(find_resource("data"), whole)  # type: ignore[call-overload]
    full = import_release("onet", ONET, whole)
    assert part.triples < full.triples
    assert all(held.number == held.of for held in (*full.concepts, *full.labels, *full.links))
    for kept, all_of_it in (
        (part.concepts, full.concepts),
        (part.labels, full.labels),
        (part.links, full.links),
    ):
        assert [(held.kind, held.of) for held in kept] == [(held.kind, held.of) for held in all_of_it]
    assert any(held.number < held.of for held in part.concepts)
    assert part.tables == full.tables


def test_a_whole_release_is_not_cut_by_an_import(data: Path) -> None:
    import_release("onet", ONET, data)
    before = list_files(data / "releases")
    with pytest.raises(RequestError, match=r"holds all of O\*NET 29.0 Database; leave --only out, or delete"):
        import_release("onet", ONET, data, coverage="mapped")
    assert list_files(data / "releases") == before


def test_a_release_that_may_be_whole_is_not_cut(data: Path) -> None:
    import_release("onet", ONET, data)
    (data / "releases" / "onet-29.0" / "release.yaml").write_text("", encoding="utf-8")
    with pytest.raises(RequestError, match="is damaged, so that it is not known whether it holds all"):
        import_release("onet", ONET, data, coverage="mapped")


def test_an_index_that_is_cut_short_is_made_anew(data: Path, tmp_path: Path) -> None:
    import_release("onet", ONET, data)
    [file] = (tmp_path / "cache").glob("*.release")
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.truncate(size - 100)
    assert Architecture(data).search("bakrs").hits
    assert file.stat().st_size == size


def test_a_report_is_the_same_wherever_the_folder_stands(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "elsewhere")
    for folder in (data, tmp_path / "elsewhere"):
        import_release("onet", ONET, folder)
    assert list_files(data / "releases") == list_files(tmp_path / "elsewhere" / "releases")


def test_a_release_of_which_nothing_is_mapped_is_not_taken(data: Path) -> None:
    with pytest.raises(RequestError, match=r"nothing in .* is mapped to what ESCO 1\.1\.1 holds"):
        import_release("esco", ESCO, data, coverage="mapped")
    assert not (data / "releases").exists()


def test_a_folder_without_an_architecture_takes_no_release(tmp_path: Path) -> None:
    for coverage in ("all", "mapped"):
        with pytest.raises(
            RequestError, match=r"none is no data folder: it has no dataset.yaml; check the name, or make"
        ):
            import_release("onet", ONET, tmp_path / "none", coverage=coverage)  # type: ignore[arg-type]
    assert not (tmp_path / "none").exists()


def test_what_is_needed_is_whole_with_all_that_is_wider() -> None:
    rows: list[Row] = [
        Concept("a/1", "occupation", "One"),
        Concept("a/2", "occupation", "Two"),
        Concept("a/3", "occupation", "Three"),
        Concept("t/1", "task", "Task of one"),
        Concept("t/2", "task", "Task of two"),
        Concept("e/1.A", "element", "Rated"),
        Concept("e/1", "element", "Above"),
        Concept("e/2", "element", "Elsewhere"),
        Link("a/1", "task", "t/1", (), ("core",)),
        Link("a/2", "task", "t/2"),
        Link("a/1", "rating", "e/1.A", ("4", "3")),
        Link("a/2", "rating", "e/2", ("4", "3")),
        Link("e/1.A", "broader", "e/1"),
        Link("a/1", "related", "a/2", ("1",)),
        Link("a/2", "related", "a/3", ("1",)),
        Label("a/1", "alternate", "Uno", "en"),
        Label("a/2", "alternate", "Due", "en"),
    ]
    kept = keep_needed(rows, {"a/1", "a/unknown"})
    assert [row.key for row in kept if type(row) is Concept] == ["a/1", "a/2", "t/1", "e/1.A", "e/1"]
    assert [row for row in kept if type(row) is Link] == [rows[8], rows[10], rows[12], rows[13]]
    assert [row for row in kept if type(row) is Label] == [rows[15]]


def test_what_a_job_zone_says_is_kept() -> None:
    rows: list[Row] = [
        Concept("a/1", "occupation", "One"),
        Concept("z/4", "job-zone", "Zone Four"),
        Label("z/4", "note", "Education: some", "en"),
        Link("a/1", "job-zone", "z/4"),
    ]
    assert keep_needed(rows, {"a/1"}) == rows


def test_a_version_that_the_files_gainsay_is_refused(data: Path) -> None:
    with pytest.raises(RequestError, match=r"says that it is 29\.0, not 99\.9; leave --version out"):
        import_release("onet", ONET, data, version="99.9")


@pytest.mark.parametrize("name", ["release.nt", "release.yaml", "report.json"])
@pytest.mark.parametrize("damage", ["changed", "gone", "cut"])
def test_importing_again_mends_what_was_damaged(data: Path, tmp_path: Path, name: str, damage: str) -> None:
    import_release("onet", ONET, data)
    file = data / "releases" / "onet-29.0" / name
    whole = file.read_bytes()
    if damage == "gone":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    else:
        file.write_bytes(whole.replace(b"O*NET", b"O*NOT"))
    for cache in (True, False):
        if not cache:
            shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        import_release("onet", ONET, data)
        assert file.read_bytes() == whole
    assert Architecture(data).validate().conforms


def test_a_damaged_index_is_deleted_and_told(data: Path, tmp_path: Path) -> None:
    import_release("onet", ONET, data)
    [file] = (tmp_path / "cache").glob("*.release")
    pages = bytearray(file.read_bytes())
    pages[4096:] = b"\x55" * (len(pages) - 4096)
    file.write_bytes(pages)
    with pytest.raises(InputError, match="was damaged, and is deleted; run the command again"):
        Architecture(data).library.find("onet-soc-2019/51-3011.00")
    assert Architecture(data).library.find("onet-soc-2019/51-3011.00") is not None


def test_an_index_is_made_in_memory_where_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sqlite3

    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    digest = "1" * 64
    open_index(digest, list).close()
    [file] = (tmp_path / "cache").iterdir()
    file.unlink()
    file.mkdir()  # Something stands where the index is to be put.
    index = open_index(digest, lambda: [Concept("a/1", "occupation", "One")])
    assert index.find("a/1") is not None
    assert [entry.name for entry in (tmp_path / "cache").iterdir()] == [file.name]
    assert isinstance(index._connection, sqlite3.Connection)


def test_a_skill_may_be_mapped_to_a_technology(data: Path) -> None:
    import_release("onet", ONET, data)
    index = Architecture(data).library.open(Architecture(data).library.releases[0])
    technology = next(index.iterate_concepts("technology"))
    skills = data / "skills.yaml"
    head = "  batch-record-authoring:\n    label: Batch Record Authoring\n"
    claim = f"{{scheme: onet-technology, code: '{technology.key.partition('/')[2]}', predicate: exactMatch, justification: ManualMappingCuration}}"
    skills.write_text(
        skills.read_text(encoding="utf-8").replace(head, f"{head}    mappings:\n      - {claim}\n"),
        encoding="utf-8",
    )
    assert Architecture(data).taxonomy.skill_by_code["batch-record-authoring"].mappings
    assert Architecture(data).validate().conforms


def test_the_graph_of_a_release_passes_the_shapes(data: Path) -> None:
    for family, source in (("onet", ONET), ("esco", ESCO)):
        answer = import_release(family, source, data)
        graph = data / "releases" / answer.release / GRAPH
        result = CliRunner().invoke(cli, ["validate", str(graph)])
        assert result.exit_code == 0, result.output


def test_names_are_preferred_or_alternate_not_both(data: Path, tmp_path: Path) -> None:
    source = tmp_path / "onet-29.0"
    shutil.copytree(ONET, source)
    with (source / "Alternate Titles.txt").open("a", encoding="utf-8") as file:
        file.write("51-3011.00\tBakers\tn/a\t08\n")
    answer = import_release("onet", source, data)
    [table] = [table for table in answer.tables if table.table == "Alternate Titles.txt"]
    assert "its title is that of the occupation" in {reason.reason for reason in table.marked}
    library = Architecture(data).library
    taken = library.open(library.releases[0]).list_labels("onet-soc-2019/51-3011.00")
    assert "Bakers" not in {row.text for row in taken}


def test_half_a_workbook_is_told_as_such(data: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = tmp_path / "soc.xlsx"
    sheet = Workbook()
    sheet.active.append(["x"] * 50)  # type: ignore[union-attr]
    sheet.save(book)
    book.write_bytes(book.read_bytes()[:2000])
    with pytest.raises(InputError, match="no XLSX workbook, or half of one"):
        import_release("soc", book, data)


def test_classifications_that_mappings_may_name_are_lent(data: Path) -> None:
    (data / "occupations" / "esco.yaml").unlink()
    import_release("esco", ESCO, data)
    assert "esco" in load_folder(data).taxonomy.scheme_by_code


def test_every_family_has_a_publisher_and_a_command() -> None:
    for family in FAMILIES:
        publisher = find_publisher(family)
        assert publisher.attribution
        assert publisher.licence
        assert CliRunner().invoke(cli, ["import", family, "--help"]).exit_code == 0
    with pytest.raises(RequestError, match="the families are crosswalk, esco, oews, onet, soc"):
        find_publisher("isco")


# In the data folder


def test_mapped_occupations_get_their_titles(data: Path) -> None:
    import_release("soc", FIXTURES / "soc", data, version="2018")
    import_release("onet", ONET, data)
    taxonomy = Architecture(data).taxonomy
    cited = {s.occupation for p in taxonomy.profiles for s in p.sources if s.occupation}
    release = load_folder(data).taxonomy.releases
    index = Library(data, taxonomy).open(next(r for r in release if r.family == "onet"))
    known = {code for code in cited if index.find(f"onet-soc-2019/{code}")}
    assert known == {code for scheme, code in taxonomy.occupation_by_key if scheme == "onet-soc-2019"}


def test_a_release_that_changes_changes_the_fingerprint(data: Path) -> None:
    before = fingerprint_folder(data)
    import_release("onet", ONET, data, coverage="mapped")
    with_release = fingerprint_folder(data)
    import_release("onet", ONET, data)
    assert len({before, with_release, fingerprint_folder(data)}) == 3


def test_a_graph_that_was_changed_is_noticed(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer = import_release("onet", ONET, data)
    with (data / "releases" / answer.release / GRAPH).open("ab") as file:
        file.write(b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
    found = [finding for finding in Architecture(data).validate().findings if finding.severity == "violation"]
    assert [finding.rule for finding in found] == ["release-changed"]
    assert str(found[0].file).endswith("releases/onet-29.0/release.nt")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "fresh"))
    with pytest.raises(InputError, match=r"this is not the graph of onet-29\.0 that was imported"):
        Architecture(data).library.find("soc-2018/11-1011")


def test_a_release_without_its_description_is_told(data: Path) -> None:
    answer = import_release("onet", ONET, data)
    (data / "releases" / answer.release / "release.yaml").unlink()
    with pytest.raises(
        InputError, match=r"releases/onet-29.0: the file release.yaml is missing; import the release again"
    ):
        load_folder(data)


def test_a_base_that_changed_asks_for_a_new_import(data: Path) -> None:
    import_release("onet", ONET, data)
    file = data / "dataset.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("https://w3id.org/rolegraph/id/", "https://example.org/id/"),
        encoding="utf-8",
    )
    with pytest.raises(
        InputError, match=r"was imported when IRIs began with https://w3id\.org/rolegraph/id/"
    ):
        _ = Architecture(data).taxonomy
    assert import_release("onet", ONET, data).changed
    assert Architecture(data).library.find("onet-soc-2019/51-3011.00") is not None


def test_the_index_is_made_anew_where_it_is_gone(data: Path, tmp_path: Path) -> None:
    import_release("onet", ONET, data)
    before = Architecture(data).library.find("onet-soc-2019/51-3011.00")
    assert before is not None
    shutil.rmtree(tmp_path / "cache")
    assert Architecture(data).library.find("onet-soc-2019/51-3011.00") == before
    for file in (tmp_path / "cache").glob("*.release"):
        file.write_bytes(b"damaged")
    assert Architecture(data).library.find("onet-soc-2019/51-3011.00") == before


def test_an_index_that_cannot_be_kept_is_made_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
    index = open_index("0" * 64, lambda: [Concept("a/1", "occupation", "One")])
    assert index.find("a/1") == Concept("a/1", "occupation", "One")


def test_versions_are_sorted_by_their_numbers() -> None:
    assert sorted(["29.0", "9.1", "30.0", "29.1", "2024-05", "2023-11"], key=sort_version) == [
        "9.1", "29.0", "29.1", "30.0", "2023-11", "2024-05",
    ]  # fmt: skip


# SPARQL, build, diff


def test_releases_are_named_graphs(data: Path) -> None:
    import_release("onet", ONET, data)
    jobs = Architecture(data)
    asked = jobs.sparql("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a rg:Rating } }")
    assert [str(row[0]) for row in asked.rows] == ["<https://w3id.org/rolegraph/id/release/onet-29.0>"]
    assert not jobs.sparql("SELECT ?s WHERE { ?s a rg:Rating }").rows
    told = jobs.query("releases")
    assert [str(term.value) for term in told.rows[0][:2]] == ["onet-29.0", "O*NET 29.0 Database"]  # type: ignore[union-attr]


def test_the_ratings_of_an_occupation_are_a_named_query(data: Path) -> None:
    import_release("onet", ONET, data)
    jobs = Architecture(data)
    index = jobs.library.open(jobs.library.releases[0])
    origin = next(link.key for link in index.iterate_links("rating"))
    sound = [
        link
        for link in index.list_links(origin, "rating")
        if link.figures[0] and not {"importance-suppressed", "not-relevant"} & set(link.flags)
    ]
    answer = jobs.query("occupation-ratings", [("occupation", origin.partition("/")[2])])
    assert len(answer.rows) == len(sound) > 0
    column = answer.variables.index("importance")
    values = [float(row[column].value) for row in answer.rows]  # type: ignore[union-attr]
    assert values == sorted(values, reverse=True)
    assert not jobs.query("occupation-ratings", [("occupation", '" } UNION { ?s ?p ?o } #')]).rows


def test_the_newest_release_answers_first_and_a_release_can_be_named(data: Path, tmp_path: Path) -> None:
    for version in ("9.0", "29.0"):
        tables = tmp_path / f"onet-{version}"
        shutil.copytree(ONET, tables)
        (tables / "Read Me.txt").unlink()
        import_release("onet", tables, data, version=version)
    jobs = Architecture(data)
    index = jobs.library.open(jobs.library.releases[0])
    origin = next(link.key for link in index.iterate_links("rating")).partition("/")[2]
    rows = jobs.query("occupation-ratings", [("occupation", origin)]).rows
    releases = [str(row[-1].value) for row in rows]  # type: ignore[union-attr]
    half = len(releases) // 2
    assert half
    assert releases == ["onet-29.0"] * half + ["onet-9.0"] * half
    named = jobs.query("occupation-ratings", [("occupation", origin), ("release", "onet-9.0")]).rows
    assert named == rows[half:]


def test_a_query_of_graphs_says_where_there_are_none(data: Path) -> None:
    def ask(*arguments: str) -> str:
        return CliRunner().invoke(cli, ["--data", str(data), "query", *arguments]).stderr

    hint = "No public release is loaded"
    assert hint in ask("occupation-ratings", "--param", "occupation=51-1011.00")
    assert hint not in ask("releases")
    import_release("onet", ONET, data)
    assert hint not in ask("occupation-ratings", "--param", "occupation=51-1011.00")


def test_a_build_tells_whose_data_it_takes(data: Path, tmp_path: Path) -> None:
    import_release("onet", ONET, data)
    result = CliRunner().invoke(cli, ["--data", str(data), "build", "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "What it takes from public releases" in result.output
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [release["code"] for release in report["releases"]] == ["onet-29.0"]
    attribution = find_publisher("onet").write_attribution("29.0", None)
    assert attribution in (tmp_path / "out" / "rolegraph.ttl").read_text(encoding="utf-8")
    again = Architecture(graph=tmp_path / "out" / "rolegraph.ttl").taxonomy
    assert again == Architecture(data).taxonomy


def write_occupations(folder: Path, rows: list[tuple[str, str]]) -> Path:
    folder.mkdir()
    lines = ["O*NET-SOC Code\tTitle\tDescription", *(f"{code}\t{title}\tDoes it." for code, title in rows)]
    (folder / "Occupation Data.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_diff_tells_what_was_added_retired_renamed_and_coded_anew(data: Path, tmp_path: Path) -> None:
    old = write_occupations(
        tmp_path / "old",
        [
            ("11-1011.00", "Chiefs"),
            ("11-2011.00", "Sellers"),
            ("11-3011.00", "Clerks"),
            ("11-9011.00", "Farmers"),
        ],
    )
    new = write_occupations(
        tmp_path / "new",
        [
            ("11-1011.00", "Chiefs"),
            ("11-2011.00", "Advertisers"),
            ("11-3012.00", "clerks"),
            ("11-9021.00", "Builders"),
        ],
    )
    import_release("onet", old, data, version="28.3")
    import_release("onet", new, data, version="29.0")
    assert Architecture(data).diff("onet-28.3", "onet-29.0").note is None
    diff = Architecture(data).diff("onet-28.3", "onet-29.0")
    assert [(item.code, item.title) for item in diff.added] == [("11-9021.00", "Builders")]
    assert [(item.code, item.title) for item in diff.retired] == [("11-9011.00", "Farmers")]
    assert [(item.code, item.old, item.new) for item in diff.renamed] == [
        ("11-2011.00", "Sellers", "Advertisers")
    ]
    assert [(item.old, item.new) for item in diff.recoded] == [("11-3011.00", "11-3012.00")]
    assert diff.same == 1
    by_folder = Architecture().diff(
        str(data / "releases" / "onet-28.3"), str(data / "releases" / "onet-29.0")
    )
    assert by_folder == diff
    result = CliRunner().invoke(cli, ["--data", str(data), "diff", "onet-28.3", "onet-29.0"])
    assert "~ 11-2011.00  Sellers -> Advertisers" in result.output
    assert run(["--data", str(data), "diff", "onet-28.3", "onet-29.0", "--format", "json"]) == 1
    assert run(["--data", str(data), "diff", "onet-29.0", "onet-29.0"]) == 0
    with pytest.raises(RequestError, match="the data folder holds"):
        Architecture(data).diff("onet-1.0", "onet-29.0")


def test_a_diff_with_a_cut_release_compares_what_both_hold(data: Path) -> None:
    import_release("onet", OLDER, data)
    import_release("onet", ONET, data, coverage="mapped")
    diff = Architecture(data).diff("onet-25.0", "onet-29.0")
    assert (diff.added, diff.retired, diff.recoded, diff.others) == ((), (), (), ())
    assert diff.note is not None
    assert "onet-29.0 was imported with --only mapped" in diff.note
    assert (
        "Note: onet-29.0"
        in CliRunner().invoke(cli, ["--data", str(data), "diff", "onet-25.0", "onet-29.0"]).output
    )


# The real releases


SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.mark.skipif(not (SHARED / "onet-29.0").is_dir(), reason="../shared/data/onet-29.0 is not there")
def test_the_real_o_net_is_cut_to_what_is_mapped_and_comes_back(data: Path) -> None:
    answer: ReleaseImport = import_release("onet", SHARED / "onet-29.0", data, coverage="mapped")
    counts = {table.table: table.rows for table in answer.tables}
    assert counts["Occupation Data.txt"] == 1_016
    assert counts["Alternate Titles.txt"] == 55_120
    assert counts["Skills.txt"] == 61_530
    assert counts["Knowledge.txt"] == 58_014
    assert counts["Related Occupations.txt"] == 18_460
    assert {held.kind: held.of for held in answer.links}["rating"] == 73_836
    taxonomy = load_lent()
    mapped = {m.code for p in taxonomy.profiles for m in p.mappings if m.scheme == "soc-2018"}
    loaded = load_folder(data).taxonomy
    index = open_release(data, loaded.releases[0], find_keys(loaded))
    for code in mapped:
        assert index.list_origins(f"soc-2018/{code}", "broad-match"), code


def test_what_a_skill_is_mapped_to_is_no_occupation(data: Path) -> None:
    import_release("onet", ONET, data)
    index = Library(data, load_folder(data).taxonomy).open(load_folder(data).taxonomy.releases[0])
    element = next(index.iterate_concepts("element"))
    code = element.key.partition("/")[2]
    skills = data / "skills.yaml"
    text = skills.read_text(encoding="utf-8")
    mapping = f"    mappings:\n      - {{scheme: onet-element, code: '{code}', predicate: exactMatch, justification: ManualMappingCuration}}\n"
    head = "  batch-record-authoring:\n    label: Batch Record Authoring\n"
    assert head in text
    skills.write_text(text.replace(head, head + mapping), encoding="utf-8")
    jobs = Architecture(data)
    assert jobs.taxonomy.occupation_by_key["onet-element", code].title == element.label
    assert code not in {item.code for item in jobs.list("occupations").items}
    asked = jobs.sparql(f'ASK {{ ?entry a rg:Element ; skos:notation "{code}" }}')
    assert asked.boolean
    assert jobs.sparql(f'ASK {{ ?entry a rg:Occupation ; skos:notation "{code}" }}').boolean is False
    assert jobs.validate().conforms


def test_a_graph_file_says_that_its_releases_are_not_at_hand(data: Path, tmp_path: Path) -> None:
    import_release("onet", ONET, data)
    jobs = Architecture(data)
    jobs.build(tmp_path / "out")
    pair = ("MANUFA.MANUFACTF950.M3", "PROCES.UPSTREAMDF5B.P1", "content@1")
    graph = Architecture(graph=tmp_path / "out" / "rolegraph.ttl").distance(*pair)
    assert "O*NET 29.0 Database is described here and not at hand" in graph.notes[0]
    assert "not at hand" not in " ".join(jobs.distance(*pair).notes)


def test_indexes_that_were_not_used_for_longest_give_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path))
    monkeypatch.setattr(index_module, "KEPT", 2)
    made: list[str] = []

    def use(digest: str) -> None:
        def decode() -> tuple[Concept, ...]:
            made.append(digest)
            return (Concept("soc-2018/51-1011", "detailed", digest),)

        index_module.open_index(digest * 40, decode).close()
        time.sleep(0.02)

    for digest in "abacab":
        use(digest)
    # b was used before a was used again, so it gave way to c.
    assert made == ["a", "b", "c", "b"]
