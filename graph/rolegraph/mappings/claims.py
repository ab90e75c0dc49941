"""The mappings of an architecture as they are checked one by one, and what is found wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.answers.findings import Finding, Severity
from rolegraph.mappings.subject import Subject, find_subject
from rolegraph.releases.keys import SHORT, split_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.mappings.shelf import Shelf
    from rolegraph.model.mapping import Mapping
    from rolegraph.model.roles import Profile
    from rolegraph.records.places import Places

Path = tuple[str, ...]
"""Kind, code and path of a part of a record, as :class:`rolegraph.records.places.Places` takes them."""

WHOLE = ".00"
"""How the code of the O*NET occupation ends that stands for the whole of a SOC occupation."""


@dataclass(frozen=True)
class Claim:
    """A mapping of a profile, or of a skill (``profile`` is then None)."""

    code: str
    profile: Profile | None
    mapping: Mapping

    @property
    def path(self) -> Path:
        """Where it stands in the records."""
        return (*self.owner, "mappings", self.mapping.key)

    @property
    def owner(self) -> Path:
        """Where the profile or skill stands."""
        if self.profile is None:
            return ("skill", self.code)
        return ("focus", self.profile.focus, "levels", self.profile.level)

    @property
    def is_occupation(self) -> bool:
        """Whether it claims an occupation: a skill never does."""
        return self.profile is not None


class Flaw(NamedTuple):
    """Something wrong with a mapping or a cited source, at a place in the records."""

    severity: Severity
    rule: str
    path: Path
    subject: str
    message: str
    remedy: str


class Missing(NamedTuple):
    """What cannot be checked of mappings to a classification without a release of a family."""

    scheme: str
    what: str
    family: str


class Desk:
    """The mappings of an architecture with the releases that they are judged by."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.taxonomy = shelf.taxonomy
        self._subjects: dict[str, Subject] = {}

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles that are in use."""
        return tuple(p for p in self.taxonomy.profiles if not self.taxonomy.is_retired(p))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The mappings of all profiles and skills in use."""
        found = [Claim(p.code, p, mapping) for p in self.profiles for mapping in p.mappings]
        found += [
            Claim(s.code, None, m) for s in self.taxonomy.skills if s.retired is None for m in s.mappings
        ]
        return tuple(found)

    def describe(self, code: str) -> Subject:
        """What a profile is compared by."""
        if code not in self._subjects:
            self._subjects[code] = find_subject(self.taxonomy, code)
        return self._subjects[code]

    def find_title(self, key: str) -> str | None:
        """The title of an entry, as the newest release says that has it, else as the architecture does."""
        scheme, code = split_key(key)
        found = self.shelf.library.find(key)
        if found is None and scheme == "soc-2018":
            found = self.shelf.library.find(f"onet-soc-2019/{code}{WHOLE}")
        if found is not None:
            return found.concept.label
        known = self.taxonomy.occupation_by_key.get((scheme, code))
        return None if known is None else known.title

    def name(self, key: str) -> str:
        """Code and title of an entry; the code alone where no title is known."""
        title = self.find_title(key)
        code = split_key(key)[1]
        return code if title is None else f"{code} {title}"


def shorten(code: str) -> str:
    """The SOC part of a SOC or O*NET code."""
    return code[:SHORT]


def to_findings(flaws: Iterator[Flaw], places: Places | None) -> tuple[Finding, ...]:
    """The flaws with file, line and cell, worst first, then in the order of the records."""
    order = ("violation", "warning", "info")
    findings = []
    for flaw in dict.fromkeys(flaws):
        place = cell = None
        if places is not None:
            place, cell = places.find(*flaw.path), places.find_cell(*flaw.path)
        findings.append(
            Finding(
                severity=flaw.severity,
                rule=flaw.rule,
                file=None if place is None else place.file,
                line=None if place is None else place.line,
                subject=flaw.subject,
                message=flaw.message,
                remedy=flaw.remedy,
                cell=None if cell is None else str(cell),
            )
        )
    return tuple(
        sorted(
            findings,
            key=lambda f: (order.index(f.severity), f.file or "", f.line or 0, f.rule, f.subject, f.message),
        )
    )


def join(parts: list[str], last: str = "or", most: int = 5) -> str:
    """Some names as a list; those beyond ``most`` are counted.

    >>> join(["a", "b", "c"]), join(["a", "b", "c"], most=1)
    ('a, b or c', 'a or 2 more')
    """
    told = parts[:most] + ([f"{len(parts) - most} more"] if len(parts) > most else [])
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} {last} {told[-1]}"
