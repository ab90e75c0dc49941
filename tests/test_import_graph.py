"""A graph that was edited elsewhere goes back into the records of its folder, with what it holds beside them."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from rolegraph.architecture import Architecture
from rolegraph.errors import InputError
from rolegraph.export.writing import find_format, stream_export
from rolegraph.incoming import import_graph
from rolegraph.resources import find_resource
from test_graph_files import EDITED, TURTLE, canonize

FOCUS = "MANUFA.BIOPROCE4427"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "jobs"
    shutil.copytree(Path(str(find_resource("data"))), place)
    return place


def write_graph(tmp_path: Path, *edits: tuple[str, str], more: str = "") -> Path:
    text = TURTLE.decode()
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "edited.ttl"
    path.write_text(text + more, encoding="utf-8")
    return path


def list_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".rolegraph.lock"
    }


def export(data: Path) -> bytes:
    sink = io.BytesIO()
    stream_export(Architecture(data).export_source(), find_format("turtle"), sink)
    return sink.getvalue()


def test_a_graph_makes_a_folder_that_says_the_same(tmp_path: Path) -> None:
    answer = import_graph(write_graph(tmp_path), tmp_path / "new")
    assert answer.applied
    assert answer.read == 19
    assert {change.action for change in answer.changes} == {"added"}
    assert export(tmp_path / "new") == TURTLE


def test_an_unchanged_graph_leaves_every_file_alone(tmp_path: Path, folder: Path) -> None:
    before = list_files(folder)
    answer = import_graph(write_graph(tmp_path), folder)
    assert (answer.changes, answer.written) == ((), ())
    assert list_files(folder) == before


def test_changes_are_shown_first_and_touch_only_their_files(tmp_path: Path, folder: Path) -> None:
    record = folder / "focuses" / f"{FOCUS}.yaml"
    comment = "# what the owner noted here stays\n"
    record.write_text(comment + record.read_text(encoding="utf-8"), encoding="utf-8")
    before = list_files(folder)
    label = Architecture(folder).taxonomy.focus_by_code[FOCUS].label
    path = write_graph(tmp_path, (f'skos:prefLabel "{label}"@en', 'skos:prefLabel "Renamed \\"here\\""@en'))
    shown = import_graph(path, folder)
    assert not shown.applied
    assert [(c.action, c.kind, c.code) for c in shown.changes] == [("changed", "focus", FOCUS)]
    assert list_files(folder) == before
    done = import_graph(path, folder, apply=True)
    assert done.written == (f"focuses/{FOCUS}.yaml",)
    assert Architecture(folder).taxonomy.focus_by_code[FOCUS].label == 'Renamed "here"'
    assert record.read_text(encoding="utf-8").startswith(comment)


def test_what_is_gone_from_the_graph_is_removed_when_asked(tmp_path: Path, folder: Path) -> None:
    after = folder.with_name("without")
    shutil.copytree(folder, after)
    (after / "focuses" / f"{FOCUS}.yaml").unlink()
    path = tmp_path / "less.ttl"
    path.write_bytes(export(after))
    shown = import_graph(path, folder)
    assert not shown.applied
    assert ("removed", "focus", FOCUS) in [(c.action, c.kind, c.code) for c in shown.changes]
    assert (folder / "focuses" / f"{FOCUS}.yaml").exists()
    import_graph(path, folder, apply=True)
    assert not (folder / "focuses" / f"{FOCUS}.yaml").exists()
    assert export(folder) == path.read_bytes()


def test_what_no_record_holds_stands_beside_them_and_in_every_answer(tmp_path: Path, folder: Path) -> None:
    path = write_graph(tmp_path, more=EDITED)
    answer = import_graph(path, folder)
    assert answer.written == ("beside.ttl",)
    jobs = Architecture(folder)
    assert jobs.foreign == Architecture(graph=path).foreign
    differing = canonize(export(folder)) ^ canonize(path.read_bytes())
    assert {quad.predicate.value for quad in differing} == {"http://rdfs.org/ns/void#triples"}
    assert jobs.sparql("ASK { ?x owl:imports <https://example.org/never-fetched> }").boolean
    assert jobs.validate().conforms
    built = jobs.build(tmp_path / "out")
    assert Architecture(graph=tmp_path / "out" / "rolegraph.nt").foreign == jobs.foreign
    assert getattr(built, "conforms", False)
    # And leaves again with the graph that lacks it.
    import_graph(write_graph(tmp_path), folder)
    assert Architecture(folder).foreign == ()


def test_a_broken_file_beside_the_records_is_told_with_its_line(folder: Path) -> None:
    (folder / "beside.ttl").write_text("<http://a/b> <http://a/c> .\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Architecture(folder).validate()
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert (problem.rule, problem.place.line) == ("graph-broken", 1)


@pytest.mark.parametrize("text", ["", "<http://a/b> <http://a/c> 1 .", "@prefix x: <y"])
def test_a_graph_that_is_none_of_ours_changes_nothing(text: str, tmp_path: Path, folder: Path) -> None:
    before = list_files(folder)
    path = tmp_path / "other.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        import_graph(path, folder, apply=True)
    assert list_files(folder) == before


def test_a_made_up_title_that_was_edited_is_a_title(tmp_path: Path, folder: Path) -> None:
    role = next(p for p in Architecture().taxonomy.profiles if p.title is None)
    made_up = Architecture().taxonomy.title_of(role)
    path = write_graph(tmp_path, (f'skos:prefLabel "{made_up}"@en', 'skos:prefLabel "Scientist III"@en'))
    import_graph(path, folder, apply=True)
    assert Architecture(folder).taxonomy.profile_by_code[role.code].title == "Scientist III"


def test_a_label_in_place_of_a_missing_one_that_was_edited_is_the_label(tmp_path: Path, folder: Path) -> None:
    path = write_graph(tmp_path, ('skos:prefLabel "PROCES"@en', 'skos:prefLabel "Process"@en'))
    import_graph(path, folder, apply=True)
    assert Architecture(folder).taxonomy.function_by_code["PROCES"].label == "Process"


def test_a_number_beside_a_change_keeps_its_spelling(tmp_path: Path, folder: Path) -> None:
    role = next(p for p in Architecture().taxonomy.profiles if p.pay is not None and p.title is not None)
    path = write_graph(tmp_path, (f'skos:prefLabel "{role.title}"@en', 'skos:prefLabel "Another title"@en'))
    shown = import_graph(path, folder)
    (change,) = shown.changes
    assert [detail.partition(":")[0] for detail in change.details] == ["title"]
    import_graph(path, folder, apply=True)
    name = f"focuses/{role.focus}.yaml"
    before, after = (
        (place / name).read_text(encoding="utf-8") for place in (Path(str(find_resource("data"))), folder)
    )
    assert len(set(after.splitlines()) - set(before.splitlines())) <= 2
