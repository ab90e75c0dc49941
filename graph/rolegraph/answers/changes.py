"""How one job architecture differs from another: records, their parts, and what follows for distances and moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RecordKind = Literal[
    "dataset", "function-group", "function", "focus", "profile", "track", "level", "proficiency", "skill",
    "classification", "occupation", "edition", "release",
]  # fmt: skip
ChangeAction = Literal[
    "added", "removed", "retired", "restored", "moved", "renamed", "reworded", "reordered", "changed"
]
WordOp = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class DataChange:
    """One change of a record, which is named by its ``code`` and ``label`` in the newer data, or the older if it is gone.

    Without ``field`` it is a change of the record as a whole: ``added``; ``removed`` (gone without being retired);
    ``retired`` (``new`` is the note, ``item`` the code that takes its place); ``restored`` (in use again); ``moved``
    (``old`` and ``new`` are its codes, ``evidence`` says how it was recognised). With it, it is a change of that field
    (``pay.median``), of one ``item`` of it where it holds several (the id of a responsibility, the code of a skill, the
    classification and code of a mapping), which people know as ``item_label``; for a figure of pay that is its currency. ``renamed`` is a new title or label,
    ``reworded`` a new wording, word by word in ``words``, ``reordered`` another place in its list, counted from 1.
    """

    kind: RecordKind
    code: str
    label: str
    action: ChangeAction
    field: str | None = None
    item: str | None = None
    item_label: str | None = None
    old: str | None = None
    new: str | None = None
    words: tuple[tuple[WordOp, str], ...] = ()
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """How many records of a kind were added, retired and so on; ``changed`` counts those with a change inside."""

    kind: RecordKind
    action: ChangeAction
    records: int


@dataclass(frozen=True, slots=True)
class ShiftedNeighbour:
    """A role that is near to another: its distance before (None where it was not among the nearest) and after."""

    code: str
    title: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class NeighbourShift:
    """What changed among the nearest roles of one role: those that enter, leave, or are at another distance."""

    code: str
    title: str
    entered: tuple[ShiftedNeighbour, ...]
    left: tuple[ShiftedNeighbour, ...]
    shifted: tuple[ShiftedNeighbour, ...]


@dataclass(frozen=True, slots=True)
class NeighbourShifts:
    """What changed among the ``k`` nearest roles by one edition, of the ``compared`` roles that both data hold.

    ``changed`` is the number of roles with a change; ``roles`` lists the first of them, by code.
    """

    edition: str
    k: int
    compared: int
    changed: int
    roles: tuple[NeighbourShift, ...]


@dataclass(frozen=True, slots=True)
class MoveShift:
    """A move that appears, vanishes, or has another cost; a cost is None where the move is not there."""

    action: Literal["appears", "vanishes", "costs"]
    kind: str
    origin: str
    destination: str
    origin_title: str
    destination_title: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class MoveShifts:
    """What changed among the moves between the ``compared`` roles that both data hold, by one edition of costs.

    Paths are made of these moves, so no path between them changes by anything else. ``moves`` lists the first of each.
    """

    edition: str
    compared: int
    appear: int
    vanish: int
    cost: int
    moves: tuple[MoveShift, ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from changes for nearest roles and moves; ``notes`` say what could not be compared, and why."""

    neighbours: tuple[NeighbourShifts, ...]
    moves: MoveShifts | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataDiff:
    """How a newer job architecture differs from an older one; ``same`` where it does not.

    ``foreign_removed`` and ``foreign_added`` count the triples of graph files that are part of no record.
    ``consequences`` is None where nothing changed, and where they were not asked for.
    """

    old: str
    new: str
    same: bool
    counts: tuple[ChangeCount, ...]
    changes: tuple[DataChange, ...]
    foreign_removed: int = 0
    foreign_added: int = 0
    consequences: Consequences | None = None
