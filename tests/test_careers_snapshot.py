"""Snapshots: a cache that changes nothing but time, and that nothing bad in it can make lie or crash."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import rolegraph.careers.snapshot as snapshot
from rolegraph.cache import find_cache
from rolegraph.careers import network
from rolegraph.careers.columns import pack_columns
from rolegraph.careers.compile import compile_columns
from rolegraph.careers.roster import Roster
from rolegraph.careers.snapshot import KEPT, open_roster
from rolegraph.errors import InputError
from rolegraph.rdf.write import write_turtle
from rolegraph.records import load_folder

SMALL = Path(__file__).parent / "fixtures" / "small"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache" / "deeper"
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(folder))
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "data"))


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that records are compiled."""
    counted: list[str] = []

    def compile_and_count(*made_from: object) -> Roster:
        counted.append("compiled")
        return Roster(compile_columns(*made_from))  # type: ignore[arg-type]

    monkeypatch.setattr(Roster, "from_taxonomy", compile_and_count)
    return counted


def pack(roster: Roster) -> bytes:
    return pack_columns(roster.columns, "any")


def test_the_second_time_is_read_from_the_snapshot(cache: Path, data: Path, loads: list[str]) -> None:
    first, second = open_roster(data), open_roster(data)
    assert loads == ["compiled"]
    assert pack(first) == pack(second) == pack_columns(compile_columns(load_folder(data).taxonomy), "any")
    assert len(list(cache.iterdir())) == 1


def test_the_shipped_data_is_the_default(cache: Path) -> None:
    assert len(open_roster()) == len(open_roster()) == 19


def test_changed_data_is_seen_at_once(cache: Path, data: Path, loads: list[str]) -> None:
    open_roster(data)
    dataset = data / "dataset.yaml"
    text = dataset.read_text(encoding="utf-8")
    dataset.write_text(text.replace("title: ", "title: Another ", 1), encoding="utf-8")
    assert open_roster(data).title.startswith("Another ")
    dataset.write_text(text, encoding="utf-8")
    assert not open_roster(data).title.startswith("Another ")
    assert len(loads) == 2


def test_changed_code_is_seen_at_once(
    cache: Path, data: Path, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roster(data)
    monkeypatch.setattr(snapshot, "_stamp_code", lambda: "another version")
    open_roster(data)
    assert len(loads) == 2


def test_deleting_the_cache_changes_nothing(cache: Path, data: Path, loads: list[str]) -> None:
    first = open_roster(data)
    shutil.rmtree(cache)
    assert pack(open_roster(data)) == pack(first)
    assert len(loads) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1],
        lambda whole: whole + b"more",
        lambda whole: whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
        lambda whole: b"\x80\x04\x95 a pickle or whatever",
        lambda whole: os.urandom(len(whole)),
    ],
    ids=["empty", "half", "cut", "longer", "changed", "foreign", "noise"],
)
def test_a_damaged_snapshot_is_made_anew(cache: Path, data: Path, loads: list[str], damage) -> None:
    first = open_roster(data)
    [file] = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert pack(open_roster(data)) == pack(first)
    assert file.read_bytes() == whole
    assert len(loads) == 2


def test_a_snapshot_of_other_data_under_this_name_is_not_trusted(cache: Path, data: Path) -> None:
    open_roster(data)
    [small] = cache.iterdir()
    open_roster()
    [shipped] = set(cache.iterdir()) - {small}
    shutil.copy(shipped, small)
    assert len(open_roster(data)) == len(load_folder(data).taxonomy.profiles)


@pytest.mark.parametrize("obstacle", ["a file", "a folder in the place of the snapshot"])
def test_where_nothing_can_be_written_there_is_still_an_answer(
    cache: Path, data: Path, loads: list[str], obstacle: str
) -> None:
    if obstacle == "a file":
        cache.parent.mkdir()
        cache.write_text("in the way")
    else:
        open_roster(data)
        [file] = cache.iterdir()
        file.unlink()
        file.mkdir()
        loads.clear()
    assert len(open_roster(data)) == len(open_roster(data))
    assert len(loads) == 2
    if cache.is_dir():
        assert not list(cache.glob("*.part"))


def test_a_full_disk_leaves_nothing_half_written(
    cache: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    open_roster(data)
    assert list(cache.iterdir()) == []


def test_data_that_changes_while_it_is_read_is_not_kept(
    cache: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_before = Roster.from_taxonomy

    def change_meanwhile(*made_from: object) -> Roster:
        with (data / "dataset.yaml").open("a", encoding="utf-8") as stream:
            stream.write("# later\n")
        return compile_before(*made_from)  # type: ignore[arg-type]

    monkeypatch.setattr(Roster, "from_taxonomy", change_meanwhile)
    open_roster(data)
    assert not cache.exists()


def test_old_snapshots_give_way(cache: Path, data: Path) -> None:
    cache.mkdir(parents=True)
    for number in range(KEPT + 5):
        old = cache / f"{number:032}.roster"
        old.write_bytes(b"old")
        os.utime(old, (number, number))
    (cache / "left-behind.part").write_bytes(b"killed")
    os.utime(cache / "left-behind.part", (0, 0))
    (cache / "somebody-elses.txt").write_text("kept")
    open_roster(data)
    names = {entry.name for entry in cache.iterdir()}
    assert len([name for name in names if name.endswith(".roster")]) == KEPT
    assert f"{KEPT + 4:032}.roster" in names
    assert f"{0:032}.roster" not in names
    assert "left-behind.part" not in names
    assert "somebody-elses.txt" in names


def test_data_that_can_not_be_used_says_why_and_leaves_no_snapshot(cache: Path, data: Path) -> None:
    (data / "functions.yaml").write_text("functions: [broken", encoding="utf-8")
    with pytest.raises(InputError):
        open_roster(data)
    with pytest.raises(InputError, match="no such folder"):
        open_roster(data / "nowhere")
    assert not cache.exists()


def test_a_graph_file_has_a_snapshot_too(cache: Path, tmp_path: Path, loads: list[str]) -> None:
    file, taxonomy = tmp_path / "graph.ttl", load_folder(SMALL).taxonomy
    with file.open("wb") as sink:
        write_turtle(taxonomy, sink)
    first, second = open_roster(graph=file), open_roster(graph=file)
    assert pack(first) == pack(second) == pack_columns(compile_columns(taxonomy), "any")
    assert len(loads) == 1
    with file.open("ab") as sink:
        sink.write(b"# more\n")
    open_roster(graph=file)
    assert len(loads) == 2
    for missing in (tmp_path / "nowhere.ttl", tmp_path):
        with pytest.raises(InputError):
            open_roster(graph=missing)


def test_the_cache_stands_where_the_system_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROLEGRAPH_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert find_cache().name == "rolegraph"
    monkeypatch.setenv("ROLEGRAPH_CACHE", "")
    assert find_cache().name == "rolegraph"
    monkeypatch.setenv("ROLEGRAPH_CACHE", "/elsewhere")
    assert find_cache() == Path("/elsewhere")


def test_moves_are_kept_beside_a_large_roster_and_read_back(
    cache: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "WORTH_KEEPING", 1)
    made = network.Networks(open_roster(data)).get()
    [file] = cache.glob("*.moves")
    with monkeypatch.context() as patch:
        patch.setattr(network.Network, "from_moves", None)
        read = network.Networks(open_roster(data)).get()
    assert {name: bytes(column) for name, column in read.columns.items()} == {
        name: bytes(column) for name, column in made.columns.items()
    }
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] + bytes(9))
    again = network.Networks(open_roster(data)).get()
    assert bytes(again.columns["move.cost"]) == bytes(made.columns["move.cost"])
    assert file.read_bytes() == whole


def test_moves_of_other_editions_and_with_step_downs_are_kept_apart(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "WORTH_KEEPING", 1)
    networks = network.Networks(open_roster())
    assert len(networks.get().costs) < len(networks.get(allow_step_down=True).costs)
    assert len(list(cache.glob("*.moves"))) == 2
