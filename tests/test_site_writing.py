"""The site as a folder: the same bytes each time, only what changed is written, and nothing of others is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from rolegraph import Architecture
from rolegraph.cli.main import run
from rolegraph.errors import OutputError
from rolegraph.output import LOCK
from rolegraph.site import making, writing
from rolegraph.site.book import Book
from rolegraph.site.contents import list_paths, make_file
from rolegraph.site.manifest import NAME, read_manifest
from rolegraph.site.writing import WrittenSite, write_site

SMALL = Path(__file__).parent / "fixtures" / "small"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "small"
    shutil.copytree(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def book(data: Path) -> Book:
    return Book(Architecture(data))


@pytest.fixture(scope="module")
def whole(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site in a folder."""
    folder = tmp_path_factory.mktemp("whole") / "pages"
    write_site(book, folder)
    return folder


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of some files of each sort; all of them take seconds."""
    monkeypatch.setattr(writing, "list_paths", list_few)


def list_few(book: Book) -> list[str]:
    ends = (".ttl", "index.html", "about.html", "site.css", "findings.html", "mappings.sssom.tsv")
    return [path for path in list_paths(book) if path.endswith(ends) and "rolegraph" not in path]


@pytest.fixture(scope="module")
def written(whole: Path, tmp_path_factory: pytest.TempPathFactory, book: Book) -> Path:
    """Some files of each sort in a folder."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(writing, "list_paths", list_few)
        write_site(book, folder)
    return folder


@pytest.fixture
def site(written: Path, tmp_path: Path, few: None) -> Path:
    """A copy of the site that a test may spoil; its files are older than anything that is written now."""
    folder = tmp_path / "pages"
    shutil.copytree(written, folder)
    for file in folder.rglob("*"):
        os.utime(file, (1, 1))
    return folder


def read(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != LOCK
    }


def list_new(folder: Path) -> set[str]:
    return {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and file.stat().st_mtime > 1 and file.name != LOCK
    }


# What is written ------------------------------------------------------------------------------------------------


def test_every_file_that_is_listed_stands_in_the_folder_with_the_bytes_that_are_made(
    book: Book, whole: Path
) -> None:
    files = read(whole)
    manifest = json.loads(files.pop(NAME))["files"]
    assert list(manifest) == sorted(manifest) == sorted(files) == sorted(list_paths(book))
    assert {path: hashlib.sha256(data).hexdigest() for path, data in files.items()} == manifest
    for path in ("index.html", "assets/site.css", "about.html"):
        assert files[path] == make_file(book, path)
    assert not [file for file in whole.iterdir() if file.name.startswith(".") and file.name != LOCK]


def test_every_path_is_listed_once(book: Book) -> None:
    paths = list(list_paths(book))
    assert len(paths) == len(set(paths)) == len({path.casefold() for path in paths})


def test_the_same_data_give_the_same_bytes_in_another_process_and_with_more_of_them(
    data: Path, book: Book, whole: Path, tmp_path: Path
) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-m", "rolegraph", "--data", str(data), "site", "-o", str(tmp_path / "other")]
    done = subprocess.run(command, capture_output=True, env=environment, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert read(tmp_path / "other") == read(whole)
    if hasattr(os, "fork"):
        write_site(book, tmp_path / "shared", processes=3)
        assert read(tmp_path / "shared") == read(whole)


# What is written again ------------------------------------------------------------------------------------------


def test_a_second_run_writes_nothing(book: Book, site: Path) -> None:
    done = write_site(book, site)
    size = sum(len(data) for path, data in read(site).items() if path != NAME)
    assert done == WrittenSite(0, len(read(site)) - 1, 0, size)
    assert list_new(site) == set()


def test_only_what_changed_is_written_and_what_is_gone_is_removed(
    data: Path, site: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "data"
    shutil.copytree(data, changed)
    architecture = Architecture(data)
    gone, kept = (architecture.taxonomy.focus_by_code[code] for code in ("SALES.GEN", "BUILD1.FRAMES01"))
    (changed / "focuses" / f"{gone.code}.yaml").unlink()
    before = read(site)
    done = write_site(Book(Architecture(changed)), site)
    after = read(site)
    removed = before.keys() - after.keys()
    assert done.removed == len(removed)
    assert {f"profile/{profile.code}.ttl" for profile in gone.profiles} <= removed
    assert f"focus/{gone.code}.ttl" in removed
    fresh = list_new(site)
    assert fresh == {path for path in after if after[path] != before.get(path)}
    assert len(fresh) - 1 == done.written
    assert "assets/site.css" not in fresh
    assert f"profile/{kept.profiles[0].code}.ttl" not in fresh


def test_a_file_that_somebody_changed_or_removed_is_mended(book: Book, site: Path) -> None:
    wanted = read(site)
    (site / "index.html").write_text("spoilt", encoding="utf-8")
    same_size = bytearray(wanted["about.html"])
    same_size[-2] ^= 1
    (site / "about.html").write_bytes(bytes(same_size))
    shutil.rmtree(site / "skill")
    done = write_site(book, site)
    assert read(site) == wanted
    assert done.written == 2 + sum(path.startswith("skill/") for path in wanted)


def test_empty_folders_of_an_earlier_site_go_and_others_stay(book: Book, site: Path) -> None:
    manifest = json.loads((site / NAME).read_text())
    for path in ("old/deep/page.html", "kept/page.html"):
        (site / path).parent.mkdir(parents=True)
        (site / path).write_text("of an earlier site")
        manifest["files"][path] = "00" * 32
    (site / "kept" / "mine.txt").write_text("mine")
    (site / NAME).write_text(json.dumps(manifest))
    assert write_site(book, site).removed == 2
    assert not (site / "old").exists()
    assert [file.name for file in (site / "kept").iterdir()] == ["mine.txt"]


# What is not ours -----------------------------------------------------------------------------------------------


def test_files_of_others_stay(book: Book, site: Path) -> None:
    for name in ("CNAME", ".nojekyll", "profile/notes.txt", "assets/own.css"):
        (site / name).write_text("mine")
    write_site(book, site)
    assert all(
        (site / name).read_text() == "mine"
        for name in ("CNAME", ".nojekyll", "profile/notes.txt", "assets/own.css")
    )


def test_a_folder_of_something_else_is_refused_and_left(book: Book, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"it holds thesis\.txt; choose a new"):
        write_site(book, tmp_path)
    assert read(tmp_path) == {"thesis.txt": b"mine"}


@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", '{"files": 1}', '{"files": {"a": "xyz"}}', "[" * 100_000, "\udcff"]
)
def test_a_damaged_list_of_files_is_named_with_what_to_do(book: Book, tmp_path: Path, manifest: str) -> None:
    (tmp_path / "index.html").write_text("perhaps of a site")
    (tmp_path / NAME).write_bytes(manifest.encode("utf-8", "surrogateescape"))
    before = read(tmp_path)
    with pytest.raises(
        OutputError, match=r"site\.json is there and cannot be read.*another folder, or delete"
    ):
        write_site(book, tmp_path)
    assert read(tmp_path) == before


def test_a_list_of_files_that_is_no_file_is_named(book: Book, tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(OutputError, match=r"site\.json is there and cannot be read"):
        write_site(book, tmp_path)
    (tmp_path / NAME).rmdir()
    (tmp_path / NAME).symlink_to("nowhere")
    with pytest.raises(OutputError, match=r"site\.json is there and cannot be read"):
        write_site(book, tmp_path)


def test_a_checkout_with_hidden_files_alone_is_taken(book: Book, tmp_path: Path, few: None) -> None:
    (tmp_path / ".git").mkdir()
    assert write_site(book, tmp_path).written > 0


def test_a_page_does_not_take_the_place_of_a_file_of_others(
    data: Path, book: Book, site: Path, tmp_path: Path
) -> None:
    manifest = json.loads((site / NAME).read_text())
    del manifest["files"]["about.html"]
    (site / NAME).write_text(json.dumps(manifest))
    (site / "about.html").write_text("mine")
    before = read(site)
    with pytest.raises(OutputError, match=r"about\.html is not of the site"):
        write_site(book, site)
    assert read(site) == before


@pytest.mark.parametrize(
    "path", ["../kept.txt", "/etc/kept", "a/../../kept.txt", "..\\kept.txt", ".git/kept", "a//b"]
)
def test_a_manifest_that_somebody_made_leads_nowhere_outside(book: Book, site: Path, path: str) -> None:
    outside = site.parent / "kept.txt"
    outside.write_text("mine")
    (site / ".git").mkdir()
    (site / ".git" / "kept").write_text("mine")
    manifest = json.loads((site / NAME).read_text())
    manifest["files"][path] = "00" * 32
    (site / NAME).write_text(json.dumps(manifest))
    assert path not in (read_manifest(site) or {})
    assert write_site(book, site).removed == 0
    assert outside.read_text() == (site / ".git" / "kept").read_text() == "mine"


def test_links_lead_nobody_out_of_the_folder(book: Book, site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("mine")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(elsewhere / "index.html")
    write_site(book, site)
    assert not (site / "index.html").is_symlink()
    assert (elsewhere / "index.html").read_text() == "mine"
    shutil.rmtree(site / "skill")
    (site / "skill").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="link to another place"):
        write_site(book, site)
    assert [file.name for file in elsewhere.iterdir()] == ["index.html"]


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        (".rolegraph.new", "file"), (".rolegraph.new", "link"), (".rolegraph.new", "lost link"),
        (LOCK, "folder"), (LOCK, "link"), (LOCK, "lost link"),
        ("profile", "file"), ("profile", "link"), ("profile", "lost link"), ("index.html", "folder"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_named_and_left(
    book: Book, site: Path, tmp_path: Path, name: str, thing: str
) -> None:
    place = site / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    (tmp_path / "elsewhere").mkdir()
    if thing == "file":
        place.write_text("mine")
    elif thing == "folder":
        place.mkdir()
        (place / "mine.txt").write_text("mine")
    else:
        place.symlink_to(tmp_path / ("elsewhere" if thing == "link" else "nowhere"))
    before = read(site)
    with pytest.raises(OutputError) as told:
        write_site(book, site)
    assert str(told.value).startswith(f"{place} is ")
    assert str(told.value).endswith("; move it away, or choose another folder")
    assert read(site) == before
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_comes_into_the_way_during_a_run_is_named(
    book: Book, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "index.html").unlink()
    publish = writing._Writer._publish

    def come(*arguments: Any) -> None:
        (site / "index.html").mkdir(exist_ok=True)
        publish(*arguments)

    monkeypatch.setattr(writing._Writer, "_publish", come)
    with pytest.raises(OutputError, match=r"cannot write .*index\.html: .*; move it away"):
        write_site(book, site)


# What goes wrong ------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_had_is_told(book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="is a file; choose another folder"):
        write_site(book, tmp_path / "file")
    with pytest.raises(OutputError, match="cannot write to"):
        write_site(book, tmp_path / "file" / "below")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_full_disk_is_told_and_leaves_the_earlier_site(
    book: Book, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "index.html").write_text("spoilt")

    def refuse(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(making, "_create", refuse)
        with pytest.raises(OutputError, match="No space left on device; make room"):
            write_site(book, site)
    assert not (site / ".rolegraph.new").exists()
    assert write_site(book, site).written == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="pages are made in this process alone")
def test_a_process_that_the_system_ends_is_told(
    book: Book, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_make_all", lambda *arguments: os._exit(9))
    before = read(site)
    with pytest.raises(OutputError, match="was ended by the system"):
        write_site(book, site, processes=2)
    assert read(site) == before


def test_two_files_of_one_path_are_a_fault_of_rolegraph_that_is_told(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "list_paths", lambda book: ["about.html", "index.html", "about.html"])
    with pytest.raises(AssertionError, match=r"two files of the site have the path about\.html"):
        write_site(book, tmp_path / "pages")


def test_a_second_run_at_the_same_time_is_refused(book: Book, site: Path) -> None:
    with FileLock(site / LOCK), pytest.raises(OutputError, match="another run is writing"):
        write_site(book, site)
    assert list_new(site) == set()


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a signal")
def test_a_run_that_was_killed_is_mended_by_the_next(
    data: Path, book: Book, written: Path, tmp_path: Path, few: None
) -> None:
    folder = tmp_path / "pages"
    script = (
        "import os, signal, sys; from pathlib import Path; from rolegraph import Architecture\n"
        "from rolegraph.site import writing; from rolegraph.site.book import Book\n"
        f"writing.list_paths = lambda book: {list_few(book)}\n"
        "writing._BATCH = 5; publish = writing._Writer._publish; left = [3]\n"
        "def kill(*arguments):\n"
        "    publish(*arguments); left[0] -= 1\n"
        "    if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "writing._Writer._publish = kill\n"
        f"writing.write_site(Book(Architecture({str(data)!r})), Path({str(folder)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    left = {path: data for path, data in read(folder).items() if not path.startswith(".")}
    wanted = read(written)
    assert len(left) == 16
    assert all(wanted[path] == data for path, data in left.items() if path != NAME)
    assert write_site(book, folder).unchanged == len(left) - 1
    assert read(folder) == wanted


# The command ----------------------------------------------------------------------------------------------------


def test_the_command_says_what_it_did_and_where_to_begin(
    data: Path, tmp_path: Path, few: None, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "pages"
    assert run(["--data", str(data), "site", "-o", str(place)]) == 0
    told, errors = capsys.readouterr()
    number = len(read(place)) - 1
    assert told.startswith(f"{place} is written: {number} files written, 0 unchanged, 0 removed, ")
    assert told.endswith(f"MB in all. Begin here: {place / 'index.html'}\n")
    assert errors == ""
    assert run(["--data", str(data), "site", "-o", str(place), "--edition", "none@1"]) == 2
    assert run(["--data", str(data), "site", "-o", str(place), "--language", "tlh"]) == 2
    assert "there are no pages in 'tlh'; choose en" in capsys.readouterr().err


def test_unsound_data_have_pages_that_tell_what_is_wrong(
    data: Path, tmp_path: Path, few: None, capsys: pytest.CaptureFixture[str]
) -> None:
    unsound = tmp_path / "data"
    shutil.copytree(data, unsound)
    profile = next(p for p in (unsound / "focuses").glob("*.yaml") if "    review:\n" in p.read_text())
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("    review:\n", "    review:\n      breadth: 2\n", 1), encoding="utf-8")
    place = tmp_path / "pages"
    assert run(["--data", str(unsound), "site", "-o", str(place)]) == 0
    assert f"violations; {place / 'findings.html'} lists them" in capsys.readouterr().err
    assert profile.name.encode() in (place / "findings.html").read_bytes()
    assert run(["--data", str(unsound), "site", "-o", str(place), "--strict"]) == 1
