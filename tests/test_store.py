"""The store: filled from Turtle and N-Triples, in memory or in a folder, with every problem told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolegraph.errors import InputError, OutputError
from rolegraph.store.documents import Documents
from rolegraph.store.store import create_store, load_store, open_store

TURTLE = b"@prefix : <https://example.org/> . :a :b 1, 2.50 ."
NTRIPLES = b"<https://example.org/c> <https://example.org/b> <https://example.org/a> .\n"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_files_and_texts_are_loaded_together(tmp_path: Path) -> None:
    files = (write(tmp_path / "a.ttl", TURTLE), write(tmp_path / "b.NT", NTRIPLES))
    assert len(load_store(Documents(files=files))) == 3
    assert len(load_store(Documents(texts=(TURTLE, NTRIPLES)))) == 3


def test_relative_iris_of_a_file_are_resolved_against_it(tmp_path: Path) -> None:
    store = load_store(Documents(files=(write(tmp_path / "a.ttl", b"<x> a <y> ."),)))
    assert [quad.subject.value for quad in store.engine] == [f"{tmp_path.as_uri()}/x"]


def test_nothing_to_read_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="documents"):
        Documents()
    with pytest.raises(ValueError, match="documents"):
        Documents(texts=(TURTLE,), folder=tmp_path)


def test_every_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    files = (
        write(tmp_path / "broken.ttl", b'<https://a.org/> <https://a.org/p>\n\n"open'),
        tmp_path / "missing.nt",
        write(tmp_path / "page.html", b"<p>"),
        write(tmp_path / "good.ttl", TURTLE),
        tmp_path,
    )
    with pytest.raises(InputError) as caught:
        load_store(Documents(files=files, texts=(b"broken",)))
    found = [
        (p.rule, p.place.file if p.place else "", p.place.line if p.place else 0)
        for p in caught.value.problems
    ]
    assert found == [
        ("graph-broken", str(tmp_path / "broken.ttl"), 3),
        ("file-unreadable", str(tmp_path / "missing.nt"), None),
        ("format-unknown", str(tmp_path / "page.html"), None),
        ("format-unknown", str(tmp_path), None),
        ("graph-broken", "the Turtle at hand", 1),
    ]
    assert all(problem.message and problem.remedy for problem in caught.value.problems)


def test_turtle_in_a_file_of_ntriples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.nt:1"):
        load_store(Documents(files=(write(tmp_path / "a.nt", TURTLE),)))


def test_folder_keeps_the_store_for_later_runs(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "store"
    create_store(folder, Documents(texts=(TURTLE, NTRIPLES)))
    assert len(open_store(folder)) == 3
    assert len(load_store(Documents(folder=folder))) == 3
    with pytest.raises(OutputError, match="is there already"):
        create_store(folder, Documents(texts=(TURTLE,)))
    assert len(open_store(folder)) == 3


def test_folder_does_not_appear_when_the_data_are_broken(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        create_store(tmp_path / "store", Documents(texts=(b"broken",)))
    assert list(tmp_path.iterdir()) == []


def test_folder_is_opened_for_reading_alone(tmp_path: Path) -> None:
    create_store(tmp_path / "store", Documents(texts=(TURTLE,)))
    store = open_store(tmp_path / "store")
    with pytest.raises(RuntimeError, match="read-write"):
        store.engine.update("DELETE WHERE { ?s ?p ?o }")
    assert len(store) == 2


def test_missing_folder_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store that can be opened"):
        open_store(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    write(tmp_path / "file", b"")
    with pytest.raises(OutputError, match="cannot write to"):
        create_store(tmp_path / "file" / "store", Documents(texts=(TURTLE,)))
