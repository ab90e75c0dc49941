"""How evidence is weighed, and which occupations fit which levels: ``data/mappings/*.yaml``, each figure with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from rolegraph.answers.bands import Band
from rolegraph.answers.findings import Severity
from rolegraph.errors import InputError
from rolegraph.model import codes
from rolegraph.records.yaml import read_yaml
from rolegraph.resources import read_resources

_FOLDER: Final = "data/mappings"
_LEVELS: Final = re.compile(r"([A-Z]+)([0-9]+)(\+?)")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence weighs, from 0 to 1, and the other figures by name."""

    kinds: Mapping[str, float]
    constants: Mapping[str, float]
    bands: Mapping[str, float]
    disagreement: Mapping[str, float]

    def name_band(self, total: float) -> Band:
        """The band that a total falls into."""
        if total >= self.bands["confident"]:
            return "confident"
        return "needs-review" if total >= self.bands["needs-review"] else "no-match"


@dataclass(frozen=True, slots=True)
class OccupationClass:
    """A class of occupations: those of some classifications whose title or code begins so, or of some ISCO groups."""

    name: str
    label: str
    schemes: tuple[str, ...]
    title: str
    code: str
    isco: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelRule:
    """What does not fit: levels (``M3+``) with a class of occupations, or with some job zones."""

    name: str
    levels: str
    severity: Severity
    reason: str
    occupations: str = ""
    zones: frozenset[int] = frozenset()

    def covers(self, level: str) -> bool:
        """Whether a level is among those of the rule.

        >>> LevelRule("", "M3+ E1", "warning", "").covers("M5")
        True
        """
        track, rank = codes.split_level(level)
        return any(
            found[1] == track and (rank >= int(found[2]) if found[3] else rank == int(found[2]))
            for found in map(_LEVELS.fullmatch, self.levels.split())
            if found is not None
        )


@dataclass(frozen=True, slots=True)
class LevelTable:
    """The classes of occupations, and the rules of their levels."""

    classes: tuple[OccupationClass, ...]
    rules: tuple[LevelRule, ...]

    def classify(self, scheme: str, code: str, title: str, isco: str = "") -> OccupationClass:
        """The class of an occupation; ``isco`` is the ISCO group above it, where it stands under one."""
        return next(
            found
            for found in self.classes
            if not (found.schemes or found.isco)
            or (isco and isco.startswith(found.isco))
            or (
                scheme in found.schemes
                and ((found.title and title.startswith(found.title)) or (found.code and code.startswith(found.code)))
            )
        )  # fmt: skip

    def is_split(self, isco: str) -> bool:
        """Whether an ISCO group is so wide that some below it are of a class of their own."""
        return any(group != isco and group.startswith(isco) for c in self.classes for group in c.isco)

    def find_misfits(self, level: str, occupations: str, zone: int | None) -> list[LevelRule]:
        """The rules by which an occupation of a class and job zone does not fit a level."""
        return [
            rule
            for rule in self.rules
            if rule.covers(level) and (rule.occupations == occupations or zone in rule.zones)
        ]


@cache
def read_weights() -> Weights:
    """The weights that come with rolegraph."""
    document = _read("evidence.yaml")

    def take(part: str) -> dict[str, float]:
        return {name: float(entry["value"]) for name, entry in document[part].items()}

    return Weights(take("weights"), take("constants"), take("bands"), take("disagreement"))


@cache
def read_levels() -> LevelTable:
    """The classes and rules that come with rolegraph."""
    document = _read("levels.yaml")
    classes = tuple(
        OccupationClass(
            name, entry["label"], tuple(entry.get("schemes", ())), entry.get("title", ""), entry.get("code", ""),
            tuple(entry.get("isco", ())),
        )
        for name, entry in document["classes"].items()
    )  # fmt: skip
    rules = [
        LevelRule(name, entry["levels"], entry["severity"], entry["reason"], occupations=entry["class"])
        for name, entry in document["rules"].items()
    ]
    rules += [
        LevelRule(
            name, entry["levels"], entry["severity"], entry["reason"], zones=_read_zones(entry["zones"])
        )
        for name, entry in document["zones"].items()
    ]
    return LevelTable(classes, tuple(rules))


def _read_zones(text: str) -> frozenset[int]:
    first, _, last = text.partition("-")
    return frozenset(range(int(first), int(last or first) + 1))


def _read(name: str) -> Any:
    reading = read_yaml(read_resources("data/mappings", ".yaml")[name].encode(), f"{_FOLDER}/{name}")
    if reading.problems:
        raise InputError(reading.problems)
    return reading.document
