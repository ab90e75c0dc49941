"""``site.json``: which files of a folder belong to the site, and the SHA-256 of each.

What is not in it is not ours: it is neither written over nor removed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from rolegraph.errors import OutputError, describe_error

NAME: Final = "site.json"
_SEGMENT: Final = r"(?!\.)[^/\\\x00-\x1f:]+"
_SAFE: Final = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
"""A path that leads nowhere but into the folder, and to no hidden file."""


def read_manifest(folder: Path) -> dict[str, bytes] | None:
    """The hash of each file of the site by its path; None where the folder holds no manifest.

    A file that was announced and perhaps never written has an empty hash. Raises OutputError where what bears the
    manifest's name is none: which files are the site's is then not known.
    """
    place = folder / NAME
    try:
        with place.open("rb") as file:
            files = json.load(file)["files"]
        return {
            path: bytes.fromhex(digest) for path, digest in files.items() if _SAFE.fullmatch(path) is not None
        }
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not os.path.lexists(place):
            return None
        raise _refuse(place, describe_error(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _refuse(place, "it is damaged, or not of rolegraph") from error


def _refuse(place: Path, reason: str) -> OutputError:
    return OutputError(
        f"{place} is there and cannot be read as the list of a site's files: {reason}; write to another folder, or"
        f" delete {place.parent} if it holds nothing but an earlier site, and run the command again"
    )


def spell_manifest(files: Mapping[str, bytes], announced: Iterable[str] = ()) -> bytes:
    """The manifest of files with their hashes, and of those that are about to be written."""
    told = dict.fromkeys(announced, "") | {path: digest.hex() for path, digest in files.items()}
    return (json.dumps({"files": dict(sorted(told.items()))}, ensure_ascii=True, indent=0) + "\n").encode(
        "ascii"
    )
