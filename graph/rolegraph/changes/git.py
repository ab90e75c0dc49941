"""Reads a folder or file of a git revision (``HEAD~1:data``) into a folder of its own.

What stands in the revision is read as it was stored: no hook or filter runs, nothing is fetched, no link is followed, and
nothing is written outside the folder. git is asked without a shell.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePosixPath
from typing import IO, Final, NamedTuple

from rolegraph.errors import RequestError

MAX_BYTES: Final = 2 << 30
MAX_FILES: Final = 200_000
"""What a revision may hold in the folder that is asked for."""

PATIENCE: Final = 120.0
"""Seconds that git may take to answer one question."""

_SETTINGS: Final = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "protocol.allow=never",
)
_ENVIRONMENT: Final = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}  # fmt: skip
_FILE_MODES: Final = ("100644", "100755", "100664")
_CHUNK: Final = 1 << 20


class _Blob(NamedTuple):
    name: str
    digest: str
    size: int


class Revision(NamedTuple):
    """What ``REV:PATH`` names."""

    revision: str
    path: str

    def __str__(self) -> str:
        return f"{self.revision}:{self.path}"


def split_revision(name: str) -> Revision | None:
    """The revision and path that a name gives; None for a name that is no ``REV:PATH``.

    >>> split_revision("HEAD~1:data"), split_revision("data"), split_revision(r"C:\\data")
    (Revision(revision='HEAD~1', path='data'), None, None)
    """
    revision, colon, path = name.partition(":")
    if not colon or not revision or name[1:3] in {":\\", ":/"} or path.startswith("//"):
        return None
    return Revision(revision, path)


def extract_revision(wanted: Revision, folder: Path) -> Path:
    """Write what a revision holds at a path into ``folder``; returns the folder or file that it is now.

    The path is counted from the top of the repository that holds the current folder, or from the current folder where it
    begins with ``./``, as git does. Raises RequestError where there is no git, no repository, no such revision or path,
    and for more than :data:`MAX_BYTES`.
    """
    digest, kind = _find_object(wanted)
    if kind == "blob":
        size = int(_ask("cat-file", "-s", digest))
        name = PurePosixPath(wanted.path).name
        _check_size(wanted, [_Blob(name, digest, size)])
        _write_blobs([_Blob(name, digest, size)], folder)
        return folder / name
    blobs = _list_blobs(wanted, digest)
    _check_size(wanted, blobs)
    place = folder / (PurePosixPath(wanted.path).name or "data")
    place.mkdir()
    _write_blobs(blobs, place)
    return place


def find_working(wanted: Revision) -> Path:
    """Where the path of a revision stands in the working folder. Raises RequestError as :func:`extract_revision`."""
    if wanted.path.startswith(("./", "../")):
        return Path(wanted.path)
    _check_repository()
    place = Path(_ask("rev-parse", "--show-toplevel").rstrip("\n")) / wanted.path
    here = Path.cwd().resolve()
    return place.relative_to(here) if place.is_relative_to(here) else place


def _find_object(wanted: Revision) -> tuple[str, str]:
    """The digest and kind of what is named."""
    _check_repository()
    # What begins with a dash would be an option to git.
    commit = None if wanted.revision.startswith("-") else _try(f"{wanted.revision}^{{commit}}")
    if commit is None:
        raise RequestError(
            f"there is no revision {wanted.revision} in this repository; git log names those that there are, and a shallow"
            " clone lacks older ones (git fetch --unshallow)"
        )
    digest = _try(f"{commit}:{wanted.path}")
    if digest is None:
        raise RequestError(
            f"there is no {wanted.path or 'path'} in {wanted.revision}; paths are counted from the top of the repository,"
            f" and from here as {wanted.revision}:./PATH"
        )
    kind = _ask("cat-file", "-t", digest).strip()
    if kind not in {"blob", "tree"}:
        raise RequestError(f"{wanted} is no folder or file: it is another repository inside this one")
    return digest, kind


def _check_repository() -> None:
    done = _run("rev-parse", "--git-dir")
    if done.returncode:
        said = _read_complaint(done.stderr)
        if "not a git repository" in said:
            raise RequestError(f"{Path.cwd()} is in no git repository, so no revision can be read here")
        raise RequestError(f"git cannot read the repository here: {said}")


def _try(name: str) -> str | None:
    done = _run("rev-parse", "--verify", "--quiet", name)
    return None if done.returncode else done.stdout.decode().strip()


def _ask(*arguments: str) -> str:
    done = _run(*arguments)
    if done.returncode:
        raise RequestError(f"git cannot read the repository: {_read_complaint(done.stderr)}")
    return done.stdout.decode("utf-8", "surrogateescape")


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [_find_git(), *_SETTINGS, *arguments], env={**os.environ, **_ENVIRONMENT}, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise RequestError(
            "git is not installed here, so no revision can be read; name a folder or file"
        ) from None
    except subprocess.TimeoutExpired:
        raise RequestError(f"git took more than {PATIENCE:.0f} seconds to read the repository") from None
    except (OSError, ValueError) as error:
        raise RequestError(f"git cannot be run: {error}") from None


def _find_git() -> str:
    # By its whole path: a program of that name in the current folder is not the one that is meant.
    found = shutil.which("git")
    if found is None:
        raise RequestError("git is not installed here, so no revision can be read; name a folder or file")
    return found


def _read_complaint(said: bytes) -> str:
    """The first line of what git complains of, as one line without what could steer a terminal."""
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["it gave no reason"]
    return "".join(c if c.isprintable() else "?" for c in lines[0].removeprefix("fatal: "))[:300]


def _list_blobs(wanted: Revision, digest: str) -> list[_Blob]:
    """The files below a tree; links and other repositories inside it are left out: they hold no data of their own."""
    blobs = []
    for entry in _ask("ls-tree", "-r", "-l", "-z", "--full-tree", digest).split("\0"):
        if not entry:
            continue
        about, _, name = entry.partition("\t")
        mode, _, blob, size = about.split()
        parts = PurePosixPath(name).parts
        # git itself refuses such names; a repository made by other means may hold them.
        if ".." in parts or name.startswith("/") or ("\\" in name and os.name == "nt"):
            raise RequestError(f"{wanted} holds a file whose name leads outside: {name!r}")
        if mode in _FILE_MODES:
            blobs.append(_Blob(name, blob, int(size)))
    return blobs


def _check_size(wanted: Revision, blobs: list[_Blob]) -> None:
    total = sum(blob.size for blob in blobs)
    if total > MAX_BYTES or len(blobs) > MAX_FILES:
        raise RequestError(
            f"{wanted} holds {len(blobs):,} files of {total:,} bytes; at most {MAX_FILES:,} files of {MAX_BYTES:,} bytes"
            " are read from a revision: name a folder that holds the data alone"
        )


def _write_blobs(blobs: list[_Blob], folder: Path) -> None:
    """Write files as git streams them, in the order in which they are asked for."""
    with tempfile.TemporaryFile() as request:
        request.writelines(f"{blob.digest}\n".encode() for blob in blobs)
        request.seek(0)
        with subprocess.Popen(
            [_find_git(), *_SETTINGS, "cat-file", "--batch"], env={**os.environ, **_ENVIRONMENT}, stdin=request,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ) as child:  # fmt: skip
            assert child.stdout is not None, "it was asked for"
            try:
                for blob in blobs:
                    _write_blob(child.stdout, blob, folder)
            finally:
                child.kill()


def _write_blob(stream: IO[bytes], blob: _Blob, folder: Path) -> None:
    head = stream.readline().split()
    if len(head) != 3 or head[1] != b"blob" or int(head[2]) != blob.size:
        raise RequestError(f"git cannot read {blob.name}: the repository lacks it; git fetch brings it")
    place = folder / blob.name
    place.parent.mkdir(parents=True, exist_ok=True)
    left = blob.size
    with place.open("xb") as file:
        while left:
            data = stream.read(min(left, _CHUNK))
            if not data:
                raise RequestError(f"git stopped while it was reading {blob.name}")
            file.write(data)
            left -= len(data)
    stream.read(1)
