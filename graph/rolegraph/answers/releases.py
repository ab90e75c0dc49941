"""What became of a public release that was imported, and how two releases differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """So many rows, for one reason."""

    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table of a release: ``rows`` are those below its header, ``taken`` or ``skipped``.

    ``marked`` rows are among those taken: the release itself calls them unreliable or not relevant.
    """

    table: str
    rows: int
    taken: int
    skipped: tuple[Reason, ...]
    marked: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Unused:
    """A table that was not read, or not found, and what that means."""

    table: str
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """How many concepts, labels or links of a kind are held, ``of`` so many that the release has."""

    kind: str
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class ReleaseImport:
    """A release in a data folder. ``changed`` says whether anything was written.

    ``tables`` account for what was read. Where only what is mapped was asked for, ``concepts``, ``labels`` and
    ``links`` tell how much of it was kept.
    """

    folder: str
    release: str
    title: str
    coverage: str
    changed: bool
    tables: tuple[TableRead, ...]
    unread: tuple[Unused, ...]
    missing: tuple[Unused, ...]
    notes: tuple[str, ...]
    concepts: tuple[Held, ...]
    labels: tuple[Held, ...]
    links: tuple[Held, ...]
    triples: int
    attribution: str
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedOccupation:
    """An occupation, or a group of them, by its code and title."""

    code: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class ChangedOccupation:
    """An occupation of which something is ``old`` in one release and ``new`` in the next."""

    code: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """How a release differs from an older one. ``renamed`` have another title, ``recoded`` another code under the same
    title, ``moved`` another place; ``same`` counts the codes whose title stayed. ``others`` is by how much there are more (or, below
    0, fewer) concepts of other kinds.
    """

    old: str
    new: str
    added: tuple[NamedOccupation, ...]
    retired: tuple[NamedOccupation, ...]
    renamed: tuple[ChangedOccupation, ...]
    recoded: tuple[ChangedOccupation, ...]
    moved: tuple[ChangedOccupation, ...]
    same: int
    others: tuple[Held, ...]
    note: str | None = None

    def is_empty(self) -> bool:
        """Whether nothing is different, as far as it was compared."""
        return not (self.added or self.retired or self.renamed or self.recoded or self.moved or self.others)
