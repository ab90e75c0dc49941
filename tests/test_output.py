"""Files are written whole: the old one or the new one, never a part."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from rolegraph.errors import OutputError
from rolegraph.output import stage_files, write_file


def test_written_file_reports_its_size_and_hash(tmp_path: Path) -> None:
    with stage_files(tmp_path / "new" / "folder") as staging:
        written = staging.add("a.txt", lambda sink: (sink.write(b"one "), sink.write(b"two")))
    assert (tmp_path / "new" / "folder" / "a.txt").read_bytes() == b"one two"
    assert (written.size, written.sha256) == (7, hashlib.sha256(b"one two").hexdigest())


def test_nothing_changes_when_a_writer_fails(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")

    def fail(sink: object) -> None:
        raise ValueError("the writer broke")

    def write_two() -> None:
        with stage_files(tmp_path) as staging:
            staging.add("a.txt", lambda sink: sink.write(b"new"))
            staging.add("b.txt", fail)

    with pytest.raises(ValueError, match="the writer broke"):
        write_two()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"old"}


def test_a_folder_inside_appears_with_its_file_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with stage_files(tmp_path) as staging:
        staging.put("new/a.txt", b"one")
        staging.put("there/b.txt", b"two")
        assert not (tmp_path / "new").exists()
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"one"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.txt", "b.txt", "new", "there"]

    def fail_to_write() -> None:
        with stage_files(tmp_path) as staging:
            staging.put("other/a.txt", b"one")
            raise ValueError("the writer broke")

    with pytest.raises(ValueError, match="the writer broke"):
        fail_to_write()
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.txt", "b.txt", "new", "there"]


def test_only_named_folders_inside_are_swept(tmp_path: Path) -> None:
    for name in (".a.tmp", "ours/.b.tmp", "theirs/.c.tmp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("left over")
    with stage_files(tmp_path) as staging:
        staging.sweep("ours", "missing")
    assert [p.name for p in tmp_path.rglob("*.tmp")] == [".c.tmp"]


def test_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")

    def fill(sink: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left on device"), stage_files(tmp_path) as staging:
        staging.add("a.txt", fill)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OutputError, match=r"cannot write .*taken"):
        write_file(tmp_path / "taken" / "a.txt", b"x")


def test_published_files_follow_the_umask(tmp_path: Path) -> None:
    previous = os.umask(0o027)
    try:
        write_file(tmp_path / "a.txt", b"x")
    finally:
        os.umask(previous)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_killed_run_leaves_old_file_and_sweep_removes_its_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    script = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        from rolegraph.output import stage_files
        def die(sink):
            sink.write(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
        with stage_files(Path({str(tmp_path)!r})) as staging:
            staging.add("a.txt", die)
        """
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode != 0
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    with stage_files(tmp_path) as staging:
        staging.sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_is_no_file_is_not_written_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        for name, reason in (("pipe", "pipe"), ("socket", "socket"), ("folder", "it is a folder")):
            with pytest.raises(OutputError, match=rf"cannot write .*{name}: .*{reason}"):
                write_file(tmp_path / name, b"new")
    modes = {path.name: stat.S_IFMT(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"pipe": stat.S_IFIFO, "socket": stat.S_IFSOCK, "folder": stat.S_IFDIR}


def test_a_link_to_a_pipe_is_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with pytest.raises(OutputError, match=r"link: it is a device, pipe or socket; .*> "):
        write_file(tmp_path / "link", b"new")
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_and_its_end_is_written(tmp_path: Path, exists: bool) -> None:
    place = tmp_path / "inner" / "a.txt"
    place.parent.mkdir()
    if exists:
        place.write_bytes(b"old")
    (tmp_path / "link").symlink_to("inner/a.txt")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert place.read_bytes() == b"new"
    assert [path.name for path in place.parent.iterdir()] == ["a.txt"]


def test_a_file_makes_no_folders(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"a\.txt: there is no folder .*missing; make it"):
        write_file(tmp_path / "missing" / "a.txt", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(
        OutputError, match=r"cannot write .*file/a\.txt: Not a directory; choose another place"
    ):
        write_file(tmp_path / "file" / "a.txt", b"new")
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(OutputError, match=r"cannot write .*round: "):
        write_file(tmp_path / "round", b"new")
