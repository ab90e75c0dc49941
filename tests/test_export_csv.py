"""Nodes and edges in Neo4j's bulk-import headers: read by the importer's rules, by pandas and by NetworkX."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx
import pandas
import pytest
from hypothesis import given, settings

from architectures import make_taxonomy, read_shipped
from export_sources import HOSTILE, make_hostile, make_source
from rolegraph.architecture import Architecture
from rolegraph.export import bulk
from rolegraph.export.bulk import list_files
from rolegraph.export.bulk_edges import list_edge_tables
from rolegraph.export.bulk_nodes import list_node_tables
from rolegraph.export.source import Source
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.iris import Iris
from rolegraph.stats import count_records
from strategies import taxonomies

TYPES = {"string", "double", "long", "boolean", "date", "string[]"}
OWN = {":LABEL", ":START_ID", ":END_ID", ":TYPE"}


@dataclass
class Imported:
    """What the importer would make of a folder."""

    nodes: dict[str, dict[str, Any]]
    edges: list[tuple[str, str, dict[str, Any]]]

    def list_labels(self) -> Counter[str]:
        return Counter(facts[":LABEL"] for facts in self.nodes.values())

    def list_types(self) -> Counter[str]:
        return Counter(facts[":TYPE"] for *_, facts in self.edges)

    def find(self, kind: str, **wanted: str) -> list[dict[str, Any]]:
        return [
            {"from": start, "to": end, **facts}
            for start, end, facts in self.edges
            if facts[":TYPE"] == kind and wanted.items() <= {"start": start, "end": end}.items()
        ]


def write_folder(source: Source) -> dict[str, bytes]:
    files = {}
    for name, write in list_files(source):
        sink = io.BytesIO()
        write(sink)
        files[name] = sink.getvalue()
    return files


def read_folder(files: dict[str, bytes]) -> Imported:
    """The importer's rules: https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format."""
    lines = [line for line in files["import.args"].decode().splitlines() if not line.startswith("#")]
    arguments = [tuple(line.removeprefix("--").split("=", 1)) for line in lines]
    options = dict(arguments)
    assert options["multiline-fields"] == "true"
    mark = options["array-delimiter"]
    delimiter = chr(int(mark[2:], 16)) if mark.startswith("U+") else mark
    assert len(delimiter) == 1
    listed = [name for kind, name in arguments if kind in ("nodes", "relationships")]
    assert [*listed, "import.args"] == list(files)
    imported = Imported({}, [])
    for kind, name in arguments:
        if kind not in ("nodes", "relationships"):
            continue
        rows = csv.reader(io.StringIO(files[name].decode(), newline=""), strict=True)
        header = next(rows)
        for row in rows:
            assert len(row) == len(header), name
            facts = dict(read_cells(header, row, delimiter))
            if kind == "nodes":
                assert facts["id"] not in imported.nodes
                imported.nodes[facts["id"]] = facts
            else:
                imported.edges.append((facts.pop(":START_ID"), facts.pop(":END_ID"), facts))
    return imported


def read_cells(header: list[str], row: list[str], delimiter: str) -> Iterator[tuple[str, Any]]:
    for column, cell in zip(header, row, strict=True):
        name, _, kind = column.partition(":")
        if column in OWN:
            assert cell
            yield column, cell
        elif kind == "ID":
            yield name, cell
        elif cell:
            assert (kind or "string") in TYPES
            yield name, convert(cell, kind, delimiter)


def convert(cell: str, kind: str, delimiter: str) -> Any:
    if kind == "double":
        return float(cell)
    if kind == "long":
        return int(cell)
    if kind == "boolean":
        return {"true": True, "false": False}[cell]
    if kind == "date":
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", cell)
    return cell.split(delimiter) if kind == "string[]" else cell


@pytest.fixture(scope="module")
def source() -> Source:
    return Architecture().export_source()


@pytest.fixture(scope="module")
def files(source: Source) -> dict[str, bytes]:
    return write_folder(source)


def test_there_is_a_node_for_every_record(files: dict[str, bytes]) -> None:
    counts, labels = count_records(read_shipped()), read_folder(files).list_labels()
    expected = {
        "FunctionGroup": "function groups", "Function": "functions", "Focus": "focuses", "Profile": "profiles",
        "Track": "tracks", "Level": "levels", "Skill": "skills", "Occupation": "occupations",
    }  # fmt: skip
    assert {label: labels[label] for label in expected} == {
        label: counts[name] for label, name in expected.items()
    }


def test_there_is_an_edge_for_every_statement(files: dict[str, bytes], source: Source) -> None:
    counts, types, graph = count_records(read_shipped()), read_folder(files).list_types(), source.project()
    kinds = Counter(kind for *_, kind in graph.edges(data="kind"))
    assert types["IN_FOCUS"] == types["AT_LEVEL"] == counts["profiles"]
    assert types["IN_FUNCTION"] == counts["focuses"]
    assert types["ON_TRACK"] == counts["levels"]
    assert types["LISTS_SKILL"] == counts["skill uses"]
    assert types["MAPPED_TO"] == counts["mappings"]
    assert types["ADJACENT_TO"] == kinds.pop("adjacency")
    assert types["MOVE"] == kinds.total()


def assert_ends(imported: Imported) -> None:
    loose = {end for start, stop, _ in imported.edges for end in (start, stop)} - imported.nodes.keys()
    assert not loose


def test_every_end_of_an_edge_is_a_node(files: dict[str, bytes]) -> None:
    assert_ends(read_folder(files))


@settings(max_examples=40)
@given(taxonomies(max_focuses=4))
def test_every_end_is_a_node_and_every_value_comes_back(taxonomy: Taxonomy) -> None:
    tables = [*list_node_tables(taxonomy)]
    made = make_source(taxonomy)
    tables += [
        t
        for t in list_edge_tables(made)
        if t.file not in ("relationships-adjacent-to.csv", "relationships-move.csv")
    ]
    marks = [m for m in (";", "|") if m not in "".join(list_members(taxonomy))] + ["\x1f"]
    files = {table.file: b"" for table in tables}
    assert bulk.find_delimiter(taxonomy) == marks[0]
    for table in tables:
        sink = io.BytesIO()
        bulk._write_table(table, marks[0], sink)
        files[table.file] = sink.getvalue()
    lines = [f"--{'nodes' if name.startswith('nodes') else 'relationships'}={name}" for name in files]
    mark = marks[0] if marks[0].isprintable() else "U+001F"
    files["import.args"] = "\n".join(
        ["--multiline-fields=true", f"--array-delimiter={mark}", *lines]
    ).encode()
    imported = read_folder(files)
    assert_ends(imported)
    iris = Iris(taxonomy.dataset.base, taxonomy.namespaces)
    for profile in taxonomy.profiles:
        node = imported.nodes[f"profile/{profile.code}"]
        assert node["iri"] == iris.profile(profile.code)
        assert node["label"] == taxonomy.title_of(profile)
        assert tuple(node.get("aliases", ())) == profile.aliases
        assert tuple(node.get("responsibilities", ())) == tuple(r.text for r in profile.responsibilities)
        assert node.get("definition") == profile.definition
        assert node.get("pay_median") == (profile.pay and profile.pay.median and float(profile.pay.median))
    assert imported.list_types()["MAPPED_TO"] == len(taxonomy.mappings)
    for entry in taxonomy.occupations:
        node = imported.nodes[Iris("").occupation(entry.scheme, entry.code)]
        assert (node["iri"], node["label"]) == (iris.occupation(entry.scheme, entry.code), entry.title)


def list_members(taxonomy: Taxonomy) -> Iterator[str]:
    """The members of every array of texts."""
    for profile in taxonomy.profiles:
        yield from profile.aliases
        yield from (part.text for part in (*profile.responsibilities, *profile.sources))
    for focus in taxonomy.focuses:
        yield from focus.exclusions
    for skill in taxonomy.skills:
        yield from (other.label for other in skill.alternatives)


def test_hostile_texts_come_back_as_they_are() -> None:
    taxonomy = make_hostile()
    (focus,) = taxonomy.focuses
    first, last = focus.profiles
    last = last.model_copy(update={"definition": '=1+1\n"x"\n\n, y', "aliases": ("a;b", "c|d", HOSTILE)})
    focus = focus.model_copy(update={"profiles": (first, last)})
    files = write_folder(make_source(taxonomy.replace_parts(focuses=(focus,))))
    assert b"--array-delimiter=U+001F\n" in files["import.args"]
    node = read_folder(files).nodes["profile/CREW.DECK.P2"]
    assert node["aliases"] == ["a;b", "c|d", HOSTILE]
    assert node["definition"] == '=1+1\n"x"\n\n, y'
    assert node["label"] == node["job_code"] == HOSTILE


@pytest.mark.parametrize(("aliases", "mark"), [((), ";"), (("a;b",), "|"), (("a;b", "c|d"), "U+001F")])
def test_what_stands_between_members_is_what_no_member_holds(aliases: tuple[str, ...], mark: str) -> None:
    taxonomy = make_taxonomy({"F.A": ["P1"]})
    (focus,) = taxonomy.focuses
    profiles = (focus.profiles[0].model_copy(update={"aliases": aliases}),)
    taxonomy = taxonomy.replace_parts(focuses=(focus.model_copy(update={"profiles": profiles}),))
    files = write_folder(make_source(taxonomy))
    assert f"--array-delimiter={mark}\n".encode() in files["import.args"]
    assert tuple(read_folder(files).nodes["profile/F.A.P1"].get("aliases", ())) == aliases


def test_nothing_is_changed_for_a_spreadsheet() -> None:
    taxonomy = make_taxonomy({"F.A": ["P1"]}, titles={"F.A.P1": "=cmd|'/c calc'!A1"})
    node = read_folder(write_folder(make_source(taxonomy))).nodes["profile/F.A.P1"]
    assert node["label"] == "=cmd|'/c calc'!A1"


def test_a_retired_role_leads_to_its_successor_and_no_further() -> None:
    taxonomy = make_taxonomy({"F.A": ["P1", "P2", "P3"]}, retired={"F.A.P2": "F.A.P1"})
    imported = read_folder(write_folder(make_source(taxonomy)))
    assert imported.nodes["profile/F.A.P2"]["retired"] == "Gone."
    (replaced,) = imported.find("REPLACED_BY")
    assert (replaced["from"], replaced["to"]) == ("profile/F.A.P2", "profile/F.A.P1")
    for kind in ("ADJACENT_TO", "MOVE"):
        assert not imported.find(kind, start="profile/F.A.P2")
    assert imported.find("NEXT", start="profile/F.A.P1")[0]["to"] == "profile/F.A.P3"


def test_pandas_and_networkx_read_the_same_graph(
    files: dict[str, bytes], source: Source, tmp_path: Path
) -> None:
    def read(name: str) -> Any:
        return pandas.read_csv(io.BytesIO(files[name]), keep_default_na=False)

    near = read("relationships-adjacent-to.csv")
    graph = networkx.from_pandas_edgelist(
        near, ":START_ID", ":END_ID", edge_attr=["distance:double", "band"], create_using=networkx.DiGraph
    )
    expected = {
        (f"profile/{o}", f"profile/{d}"): facts
        for o, d, facts in source.project().edges(data=True)
        if facts["kind"] == "adjacency"
    }
    assert dict(graph.edges) == {
        ends: {"distance:double": facts["distance"], "band": facts["band"]}
        for ends, facts in expected.items()
    }
    profiles = read("nodes-profiles.csv")
    assert list(profiles["code"]) == [profile.code for profile in read_shipped().profiles]
    assert list(profiles["label"]) == [
        read_shipped().title_of(profile) for profile in read_shipped().profiles
    ]
    moves = read("relationships-move.csv")
    costs = {
        (f"profile/{o}", f"profile/{d}"): c
        for o, d, c in source.project().edges(data="cost")
        if c is not None
    }
    assert (
        dict(zip(zip(moves[":START_ID"], moves[":END_ID"], strict=True), moves["cost:double"], strict=True))
        == costs
    )


def test_an_architecture_with_little_in_it_has_the_same_files(files: dict[str, bytes]) -> None:
    small = write_folder(make_source(make_taxonomy({"F.A": ["P1"]})))
    assert list(small) == list(files)
    assert all(data.count(b"\n") >= 1 for data in small.values())


def test_the_folder_is_written_whole(tmp_path: Path) -> None:
    written = Architecture().export("csv", tmp_path / "neo4j")
    assert {path.name for path in written} == {p.name for p in (tmp_path / "neo4j").glob("*.[ca]*")}
    assert (
        (tmp_path / "neo4j" / "nodes-profiles.csv")
        .read_text(encoding="utf-8")
        .startswith("id:ID,:LABEL,iri,")
    )
