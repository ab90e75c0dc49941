"""The tables that a data folder was imported from: what they stated, which bytes they had, and which one is which."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.errors import Place, Problem, RequestError
from rolegraph.records.cells import Cells
from rolegraph.records.files import CELLS, TABLES, escape_unseen
from rolegraph.records.hashes import hash_table, load_tables, write_tables

if TYPE_CHECKING:
    from rolegraph.records.files import Folder
    from rolegraph.records.intake import Intake, Key

CLOSEST = 10
"""How many tables are named to someone who names none of them."""


@dataclass(frozen=True, slots=True)
class Rename:
    """A table that may be another one under a new name: ``shared`` of its ``roles`` were imported from that."""

    file: str
    other: str
    shared: int
    roles: int

    def note(self) -> Problem:
        """What a person should know of it."""
        return Problem(
            "table-renamed",
            f"{self.shared:,} of the {self.roles:,} roles of {self.file} were imported from {self.other}",
            Place(self.file),
            "",
            f"if it takes its place, say --as {self.other}; if it stands beside it, say --apply",
        )

    def advise(self, problem: Problem) -> Problem:
        """A problem that may come of the new name, with that as its first remedy; others as they are."""
        if problem.rule != "job-code-taken":
            return problem
        remedy = (
            f"if {self.file} takes the place of {self.other}, say --as {self.other}; else {problem.remedy}"
        )
        return dataclasses.replace(problem, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Imported:
    """The cells that tables stated, and the SHA-256 of each table by the name of its file."""

    cells: Cells
    tables: Mapping[str, str]

    @classmethod
    def load(cls, folder: Folder) -> Imported:
        """What a data folder keeps of its tables. Raises InputError."""
        return cls(Cells.load(folder), load_tables(folder))

    def knows(self, file: str) -> bool:
        """Whether a table of this name was imported."""
        return file in self.tables or bool(self.cells.of_file(file))

    def check_name(self, file: str) -> None:
        """Raises RequestError, which names those that were, where no table of this name was imported."""
        from difflib import SequenceMatcher

        known = {*self.tables, *self.cells.list_files()}
        if file in known:
            return
        if not known:
            raise RequestError(
                f"--as {escape_unseen(file)}: no table was imported into this folder yet; leave out --as"
            )

        def rank(name: str) -> tuple[float, str]:
            return -SequenceMatcher(None, file.casefold(), name.casefold()).ratio(), name

        names = sorted(known, key=rank)
        shown = ", ".join(map(escape_unseen, names[:CLOSEST])) + (" …" if len(names) > CLOSEST else "")
        raise RequestError(
            f"--as {escape_unseen(file)}: no table of this name was imported into this folder; those that were:"
            f" {shown}"
        )

    def find_rename(self, file: str, intake: Intake, jobs: Mapping[str, str]) -> Rename | None:
        """The table of which most roles of a file are, where a file of this name was never imported.

        ``jobs`` are the codes of the profiles in the folder by their job codes.
        """
        if self.knows(file):
            return None
        files: dict[str, set[str]] = {}
        for focus, level, other in self.cells.list_profiles():
            files.setdefault(f"{focus}.{level}", set()).add(other)
        counts: Counter[str] = Counter()
        roles = 0
        for focus_stated in intake.focuses:
            for profile in focus_stated.profiles:
                roles += 1
                counts.update(
                    files.get(profile.code) or files.get(jobs.get(profile.job_code or "", ""), set())
                )
        other, shared = min(counts.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
        return Rename(file, other, shared, roles) if shared * 2 > roles else None

    def take(
        self, file: str, data: bytes, intake: Intake, translate: Callable[[Key], Key | None]
    ) -> dict[str, bytes]:
        """The files that keep this, with a table in place of what it was before."""
        cells = self.cells.replace_file(file, Cells.from_intake(intake, translate))
        tables = {**self.tables, file: hash_table(data)}
        return {CELLS: cells.render(), TABLES: write_tables(tables)}


def note_change(file: str) -> Problem:
    """What a person should know who imports a table that changes no record, but may have moved its cells."""
    return Problem(
        "table-changed",
        f"no record changes, but {file} is not the file that was last imported: its cells may have moved",
        Place(file),
        "",
        "say --apply to keep its cells as they are now",
    )
