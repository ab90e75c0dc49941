"""Releases are opened within limits: what is read, what is refused, and that nothing unpacks without bound."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from rolegraph.classifications import archive as limits
from rolegraph.classifications.package import Package, open_package
from rolegraph.errors import InputError


def write_zip(path: Path, entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def refuse(path: Path) -> str:
    with pytest.raises(InputError) as refused, open_package(path):
        pass
    return str(refused.value)


def list_names(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    with open_package(path) as package:
        return package.names, package.folders


def test_a_folder_a_zip_and_a_table_are_read_alike(tmp_path: Path) -> None:
    data = b"Code\tTitle\n1\tA\n"
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "A.txt").write_bytes(data)
    (tmp_path / "db" / ".hidden").write_bytes(b"x")
    packed = write_zip(
        tmp_path / "db.zip", {"db_29_0/A.txt": data, "__MACOSX/._A.txt": b"x", "db_29_0/.x": b""}
    )
    shown = {}
    for path in (tmp_path / "db", packed, tmp_path / "db" / "A.txt"):
        with open_package(path) as package:
            assert package.names == ("A.txt",)
            assert "A.txt" in package
            assert package.measure("A.txt") == len(data)
            assert package.digests == {}
            assert package.read("A.txt") == data
            assert package.digests == {"A.txt": hashlib.sha256(data).hexdigest()}
            shown[package.show("A.txt")] = package.folders
    assert shown == {"db/A.txt": (), "db.zip/A.txt": ("db_29_0",), "A.txt": ()}


def test_the_digest_is_that_of_whole_files_which_were_read(tmp_path: Path) -> None:
    (tmp_path / "A.txt").write_bytes(b"0123456789" * 100_000)
    with open_package(tmp_path) as package:
        with package.open("A.txt") as stream:
            stream.read(10)
        package.read("A.txt", probing=True)
        assert package.digests == {}
        with package.open("A.txt") as stream:
            while stream.read(4096):
                pass
        assert package.digests["A.txt"] == hashlib.sha256(b"0123456789" * 100_000).hexdigest()


def test_folders_around_folders_are_gone_through(tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "middle" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "outer" / "__MACOSX").mkdir()
    (inner / "A.txt").write_bytes(b"x")
    assert list_names(tmp_path / "outer") == (("A.txt",), ("middle", "inner"))
    packed = write_zip(tmp_path / "a.zip", {"middle/inner/A.txt": b"x"})
    assert list_names(packed) == (("A.txt",), ("middle", "inner"))
    (tmp_path / "outer" / "Read Me.txt").write_bytes(b"x")
    assert list_names(tmp_path / "outer") == (("Read Me.txt",), ())


def test_a_folder_in_itself_has_an_end(tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path)
    assert list_names(tmp_path)[0] == ()


def test_a_zip_by_another_name_is_one_and_a_workbook_is_a_table(tmp_path: Path) -> None:
    assert list_names(write_zip(tmp_path / "download", {"A.txt": b"x"}))[0] == ("A.txt",)
    assert list_names(write_zip(tmp_path / "book.xlsx", {"A.txt": b"x"}))[0] == ("book.xlsx",)


def test_entries_packed_on_windows_have_folders_too(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"db_x/A.txt": b"x"})
    path.write_bytes(path.read_bytes().replace(b"db_x/A", b"db_x\\A"))
    assert list_names(path) == (("A.txt",), ("db_x",))


@pytest.mark.parametrize(
    "name", ["../A.txt", "a/../../A.txt", "/etc/A.txt", "C:\\A.txt", "..\\A.txt", "\\\\host\\A.txt"]
)
def test_entries_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    told = refuse(write_zip(tmp_path / "a.zip", {"B.txt": b"x", name: b"x"}))
    assert "points outside the zip file" in told
    assert "[release-entry]" in told


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_in_zips_are_refused(tmp_path: Path, kind: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("A.txt")
        info.create_system = 3
        info.external_attr = (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "is a link or a device" in refuse(tmp_path / "a.zip")


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip", {"../A.txt": b"x", "b/B.txt": b"x", "c/B.txt": b"x"}, zipfile.ZIP_BZIP2
    )
    told = refuse(path).splitlines()
    assert sum("points outside" in line for line in told) == 1
    assert sum("packed in an unusual way" in line for line in told) == 3
    assert sum("two of its files are called" in line for line in told) == 1


def test_encrypted_entries_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"A.txt": b"x"})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert "is encrypted" in refuse(path)


def test_one_name_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("A.txt", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("A.txt", b"2")
    assert "two of its files are called" in refuse(tmp_path / "a.zip")


def test_an_entry_that_swells_is_refused_even_beside_a_large_one(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"A.txt": bytes(16 << 20), "B.txt": os.urandom(1 << 20)})
    told = refuse(path)
    assert "'A.txt' unpacks from" in told
    assert "[release-size]" in told


def test_a_table_that_packs_well_is_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"A.txt": bytes(4 << 20)})
    with open_package(path) as package:
        assert len(package.read("A.txt")) == 4 << 20


def test_large_and_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = write_zip(tmp_path / "a.zip", {f"{n}.txt": b"1234" for n in range(5)})
    folder = tmp_path / "folder"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_bytes(b"1234")
    monkeypatch.setattr(limits, "MAX_ENTRIES", 4)
    for path in (packed, folder):
        assert "there are 5 files" in refuse(path)
    monkeypatch.setattr(limits, "MAX_ENTRIES", 5)
    monkeypatch.setattr(limits, "MAX_BYTES", 19)
    assert "unpack to 20" in refuse(packed)
    assert "20 bytes of files" in refuse(folder)
    monkeypatch.setattr(limits, "MAX_TABLE", 3)
    for path in (packed, folder):
        assert refuse(path).count("the file has 4 bytes") == 5
    assert "the file has 4 bytes" in refuse(folder / "1.txt")


def test_a_long_list_of_entries_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_zip(tmp_path / "a.zip", {f"{'n' * 200}{n}": b"" for n in range(100)})
    monkeypatch.setattr(limits, "_MAX_DIRECTORY", 20_000)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: pytest.fail("the list was read"))
    assert "the list of its entries has" in refuse(path)


def test_a_long_list_told_in_the_record_of_large_zips_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip(tmp_path / "a.zip", {f"{'n' * 200}{n}": b"" for n in range(100)})
    data = path.read_bytes()
    end = data.index(b"PK\x05\x06")
    listed, at = struct.unpack("<LL", data[end + 12 : end + 20])
    large = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 100, 100, listed, at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    small = data[end : end + 8] + b"\xff" * 4 + b"\xff" * 8 + b"\0\0"
    path.write_bytes(data[:end] + large + locator + small)
    assert len(list_names(path)[0]) == 100
    monkeypatch.setattr(limits, "_MAX_DIRECTORY", 20_000)
    assert "the list of its entries has" in refuse(path)


def test_an_entry_that_lies_about_its_size_unpacks_no_further(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"A.txt": bytes(8 << 20)})
    data = path.read_bytes().replace(struct.pack("<L", 8 << 20), struct.pack("<L", 100))
    path.write_bytes(data)
    with open_package(path) as package:
        assert package.measure("A.txt") == 100
        with pytest.raises(InputError, match="the zip file is damaged"):
            package.read("A.txt")
        assert package.digests == {}


def test_damaged_zips_are_refused(tmp_path: Path) -> None:
    good = write_zip(tmp_path / "a.zip", {"A.txt": os.urandom(5000)}).read_bytes()
    half = tmp_path / "half.zip"
    half.write_bytes(good[: len(good) // 2])
    assert "half of one" in refuse(half)
    for name, data in (("page.zip", b"<html>Not found</html>"), ("nothing.zip", b"")):
        (tmp_path / name).write_bytes(data)
        assert "no zip file" in refuse(tmp_path / name)
    torn = bytearray(good)
    torn[2000] ^= 0xFF
    (tmp_path / "torn.zip").write_bytes(torn)
    with open_package(tmp_path / "torn.zip") as package, pytest.raises(InputError) as refused:
        package.read("A.txt")
    assert "torn.zip/A.txt: the zip file is damaged" in str(refused.value)


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    assert "there is no such file or folder" in refuse(tmp_path / "none")
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in refuse(tmp_path / "pipe")
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "A.txt").write_bytes(b"x")
    assert list_names(folder)[0] == ("A.txt",)
    (folder / "B.txt").symlink_to(tmp_path / "none")
    assert "B.txt: cannot be read" in refuse(folder)


def test_errors_of_the_one_who_reads_stay_what_they_are(tmp_path: Path) -> None:
    def fail(package: Package) -> None:
        with package.open("A.txt"):
            raise OSError(28, "No space left on device")

    packed = write_zip(tmp_path / "a.zip", {"A.txt": b"x"})
    (tmp_path / "A.txt").write_bytes(b"x")
    for path in (packed, tmp_path):
        with pytest.raises(OSError, match="No space left"), open_package(path) as package:
            fail(package)
