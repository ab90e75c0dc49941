"""What the two sides of a diff may be: a data folder, a graph file, or either of them in a git revision."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from rolegraph.changes.git import extract_revision, split_revision
from rolegraph.errors import InputError, RequestError


class Side(NamedTuple):
    """A data folder or a graph file, and how it was named."""

    name: str
    data: Path | None
    graph: Path | None


@contextmanager
def open_side(name: str) -> Iterator[Side]:
    """The data folder or graph file that a name leads to; what comes from a revision is there until the block ends.

    A folder or file of that name comes before a revision. Problems that are found in a revision name its files by it.
    Raises RequestError where nothing of that name is there.
    """
    place = Path(name)
    if place.exists():
        yield _make_side(name, place)
        return
    wanted = split_revision(name)
    if wanted is None:
        raise RequestError(
            f"there is no {name}: name a data folder, a graph file, a git revision such as HEAD~1:data, or a public release"
            " that the data folder holds"
        )
    with tempfile.TemporaryDirectory(prefix="rolegraph-") as temporary:
        found = extract_revision(wanted, Path(temporary))
        try:
            yield _make_side(name, found)
        except InputError as error:
            raise _rename(error, found, name) from None


def _make_side(name: str, place: Path) -> Side:
    return Side(name, place, None) if place.is_dir() else Side(name, None, place)


def _rename(error: InputError, place: Path, name: str) -> InputError:
    """The same problems, with the files of a temporary folder named by their revision."""
    # Messages name files from the current folder where they are below it.
    shown = (str(place), os.path.relpath(place))

    def tell(text: str) -> str:
        for path in shown:
            text = text.replace(path, name.rstrip("/"))
        return text

    return InputError(
        replace(
            problem,
            message=tell(problem.message),
            remedy=tell(problem.remedy),
            place=problem.place and replace(problem.place, file=tell(problem.place.file)),
        )
        for problem in error.problems
    )
