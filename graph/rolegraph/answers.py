"""The answers that commands, the Python API and pages share: frozen, slotted, in plain Python types.

Their fields, in their order, are the JSON that the command line prints. Distances and costs are decimal
fractions with six digits after the point; components are in level steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Band = Literal["confident", "needs-review", "no-match"]
MoveKind = Literal["promotion", "track-switch", "lateral", "function-change", "step-down"]
Direction = Literal["up", "level", "down"]
Severity = Literal["violation", "warning", "info"]
Scope = Literal["level", "focus", "mixed"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One adjacent profile."""

    code: str
    title: str
    distance: float
    band: Band
    components: dict[str, float]


@dataclass(frozen=True, slots=True)
class Adjacent:
    """The profiles nearest to ``origin``, nearest first, ties by code."""

    origin: str
    edition: str
    adjacent: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class AllAdjacent:
    """The nearest profiles of every profile, by origin."""

    edition: str
    profiles: tuple[Adjacent, ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """The distance between two profiles and its parts."""

    origin: str
    destination: str
    edition: str
    distance: float
    band: Band
    components: dict[str, float]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder; without ``code`` the focus has no profile at this level."""

    code: str | None
    level: str
    title: str
    basis: str | None
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LadderTrack:
    """The rungs of one track of a focus, lowest first."""

    track: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ladder of a focus, one entry per track that it uses."""

    focus: str
    tracks: tuple[LadderTrack, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One directed step between two profiles.

    ``gain`` are the labels of the destination's skills that the origin does not show, ``keep`` those that it
    does; ``unknown`` says that the skills of an end are not recorded, or not per level.
    """

    origin: str
    destination: str
    origin_title: str
    destination_title: str
    kind: MoveKind
    direction: Direction
    changes: tuple[str, ...]
    cost: float
    distance: float
    band: Band
    gain: tuple[str, ...]
    keep: tuple[str, ...]
    unknown: bool


@dataclass(frozen=True, slots=True)
class CareerPath:
    """A sequence of moves. ``years`` is a range from the levels, never a sum over moves."""

    cost: float
    years: tuple[float, float | None] | None
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths from ``origin`` to ``destination``, best first; ``reason`` says why there is none."""

    origin: str
    destination: str
    by: str
    edition: str
    cost_edition: str
    paths: tuple[CareerPath, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of validation: a rule that does not hold, where, and what to do about it.

    ``file`` and ``line`` are None where the graph did not come from records; ``subject`` is then the node.
    """

    severity: Severity
    rule: str
    file: str | None
    line: int | None
    subject: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Validation:
    """Whether the graph conforms (no violation), and every finding, worst first."""

    conforms: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a listing; ``within`` is the code of what it belongs to, ``note`` what sets it apart."""

    code: str
    label: str
    within: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of one kind, by code."""

    kind: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found by its words: ``found`` names where (label, alias, text ...), ``text`` quotes it."""

    kind: str
    code: str
    label: str
    found: str
    text: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, best first."""

    text: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sheet: its label and its text; ``note`` adds a code, a mark or a reason."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of a sheet under one heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is known of one profile, focus, function, level, skill or occupation."""

    kind: str
    code: str
    label: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the entries of a kind have something: ``have`` of ``of``."""

    what: str
    have: int
    of: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts by kind, and what share of profiles has what."""

    title: str
    version: str
    counts: dict[str, int]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of a build, with its size in bytes, the SHA-256 of its bytes and, for graphs, its triples."""

    name: str
    size: int
    sha256: str
    triples: int | None


@dataclass(frozen=True, slots=True)
class Build:
    """What a build wrote, and from what. Two builds of the same data give the same report."""

    tool: str
    dataset: str
    version: str
    data: str
    counts: dict[str, int]
    edition: str
    conforms: bool
    findings: tuple[Finding, ...]
    files: tuple[BuiltFile, ...]
