"""What there is, and how much of it: listings, hits, sheets, statistics, builds."""

from __future__ import annotations

from dataclasses import dataclass

from rolegraph.answers.findings import Finding


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a listing; ``within`` is the code of what it belongs to, ``note`` what sets it apart."""

    code: str
    label: str
    within: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of one kind, by code; ``notes`` say what else there is."""

    kind: str
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found by its words: ``found`` names where (label, alias, text ...), ``text`` quotes it.

    ``source`` is the release that it is from, None for the architecture's own; ``scheme`` the classification of an entry
    of one, ``notation`` the code that people know it by where that is another, ``entry`` its kind there (broad, detailed ...).
    """

    kind: str
    code: str
    label: str
    found: str
    text: str
    source: str | None = None
    scheme: str | None = None
    notation: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, best first; ``more`` is how many were found besides."""

    text: str
    hits: tuple[Hit, ...]
    more: int = 0


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
    """All that is known of one profile, focus, function, level, skill or entry of a classification."""

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
class BuiltRelease:
    """A public release that stands beside the architecture, with its terms and the attribution that it asks for."""

    code: str
    title: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Build:
    """What a build wrote, and from what. Two builds of the same data give the same report."""

    tool: str
    dataset: str
    version: str
    counts: dict[str, int]
    edition: str
    conforms: bool
    findings: tuple[Finding, ...]
    files: tuple[BuiltFile, ...]
    releases: tuple[BuiltRelease, ...] = ()
