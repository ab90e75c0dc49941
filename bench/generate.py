"""A synthetic job architecture of any size, the same bytes for the same seed: a data folder for rolegraph.

    python -m bench.generate 10000 FOLDER

The shape is that of real architectures. Functions come in groups of four, with about a dozen focuses each; a focus
has one to three tracks of the ladder and 10 to 16 skills, most of them shared with its function, some with its group,
a few with everyone. A bit more than a third of the focuses are written out as a role page is: five responsibilities
and four guideline cells for every level, and one level with a page of its own, with pay, review, sources and a mapping.
The others are outlined: levels and skills. Some focuses record skills by level; some are retired. That comes to about
84 triples for each profile. The words mean nothing.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from bench.words import LABELS, NOUNS, WORK, make_label, make_sentence

LADDER: Final = {
    "S1": (0, 1), "S2": (1, 3), "S3": (3, 5),
    "P1": (0, 2), "P2": (1, 3), "P3": (3, 5), "P4": (5, 8), "P5": (8, 12), "P6": (12, 18),
    "M1": (3, 6), "M2": (5, 8), "M3": (8, 12), "M4": (10, 15), "M5": (12, 18),
}  # fmt: skip
"""Every level, and its typical years."""

TRACKS: Final = {"S": "Support", "P": "Professional", "M": "Management"}
TRACK_SETS: Final = (("P",), ("M",), ("P", "M"), ("P", "M"), ("S", "P", "M"))
"""The tracks that a focus has; one of these with equal chance."""

GROUP_SIZE: Final = 4
UNGROUPED: Final = 11
"""One function in so many belongs to no group."""
FOCUSES: Final = (8, 16)
"""Focuses in a function, at least and at most."""

COMMON_SKILLS, GROUP_SKILLS, FUNCTION_SKILLS = 16, 60, 24
"""Skills that everyone draws from, that a group adds, and how many of its group's a function mostly uses."""

WRITTEN: Final = 0.36
"""The share of focuses that are written out; the others are outlined."""
BY_LEVEL: Final = 0.1
"""The share of focuses some of whose skills hold for some of their levels alone."""
RETIRED: Final = 0.02
"""The share of focuses that are retired, and of focuses whose highest level is."""

SCHEME: Final = "occ-2026"
DIMENSIONS: Final = ("level-differentiation", "focus-specificity", "concreteness", "factual-accuracy")
STEP: Final = 7919
"""Labels are taken this far apart, so that neighbours do not read alike; a prime, so that none comes twice."""


def write_architecture(folder: Path, profiles: int, seed: int = 1) -> int:
    """Write a data folder with exactly ``profiles`` profiles; returns how many focuses they belong to.

    Raises ValueError for fewer than one profile.
    """
    if profiles < 1:
        raise ValueError(f"{profiles} profiles are no architecture; ask for at least 1")
    maker = _Maker(Random(seed))
    (folder / "focuses").mkdir(parents=True, exist_ok=True)
    focuses = 0
    with (folder / "focuses" / "all.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for focus in maker.make_focuses(profiles):
            file.write(json.dumps(focus, ensure_ascii=False, separators=(",", ":")) + "\n")
            focuses += 1
    _write_lines(folder / "dataset.yaml", _list_dataset(profiles, seed))
    _write_lines(folder / "levels.yaml", _list_levels())
    _write_lines(folder / "functions.yaml", maker.list_functions())
    _write_lines(folder / "skills.yaml", maker.list_skills())
    (folder / "occupations").mkdir(exist_ok=True)
    _write_lines(folder / "occupations" / f"{SCHEME}.yaml", _list_occupations())
    return focuses


class _Maker:
    """Makes focuses one after the other and remembers the functions and skills that they need."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._functions: list[tuple[str, str, int | None]] = []
        self._groups = 0
        self._skills: list[str] = []
        self._common = self._add_skills(COMMON_SKILLS)
        self._job_codes = 0

    def make_focuses(self, profiles: int) -> Iterator[dict[str, Any]]:
        """Focuses with so many profiles between them; the ladder of the last one may be cut short."""
        left = profiles
        group: int | None = None
        pool: Sequence[str] = ()
        number = 0
        while left:
            if number % GROUP_SIZE == 0:
                group, pool = self._groups, self._add_skills(GROUP_SKILLS)
                self._groups += 1
            label = " ".join(_pick_label(number).split()[:2])
            code = f"{_to_letters(label)[:6]}{number + 1}"
            self._functions.append((code, label, None if number % UNGROUPED == UNGROUPED - 1 else group))
            for focus in self._make_function(code, pool):
                focus["levels"] = dict(list(focus["levels"].items())[:left])
                _limit_skills(focus)
                left -= len(focus["levels"])
                yield focus
                if not left:
                    break
            number += 1

    def _make_function(self, function: str, pool: Sequence[str]) -> Iterator[dict[str, Any]]:
        chance = self._chance
        usual = chance.sample(pool, FUNCTION_SKILLS)
        labels = chance.sample(range(LABELS), chance.randint(*FOCUSES))
        former: str | None = None
        for number, place in enumerate(labels):
            label = make_label(place)
            code = f"{function}.{_to_letters(label)[:8]}{number:02X}{chance.randrange(256):02X}"
            focus = self._make_focus(code, label, usual, pool)
            if former is not None and chance.random() < RETIRED:
                focus["retired"] = {"note": "Merged in a reorganisation.", "replaced_by": former}
            else:
                former = code
            yield focus

    def _make_focus(self, code: str, label: str, usual: Sequence[str], pool: Sequence[str]) -> dict[str, Any]:
        chance = self._chance
        tracks = chance.choice(TRACK_SETS)
        levels = [level for level in LADDER if level[0] in tracks]
        written = chance.random() < WRITTEN
        page = chance.choice(levels) if written else None
        profiles: dict[str, dict[str, Any]] = {
            level: self._make_written(label, level, level == page) if written else {"basis": "implied"}
            for level in levels
        }
        if len(levels) > 2 and page != levels[-1] and chance.random() < RETIRED:
            profiles[levels[-1]]["retired"] = {
                "note": "The level was dropped.",
                "replaced_by": f"{code}.{levels[-2]}",
            }
        focus: dict[str, Any] = {"focus": code, "label": label}
        if written:
            exclusion = f"Distinct from its siblings: {make_sentence(chance, 20)}"
            focus["definition"] = f"{make_sentence(chance, 40)} {exclusion}"
            focus["exclusions"] = [exclusion]
            focus["differential"] = chance.choice((["pay"], ["skill"], ["pay", "skill"]))
            focus["split"] = "stated"
        else:
            focus["definition"] = make_sentence(chance, 30)
        return {**focus, "skills": self._make_skills(levels, written, usual, pool), "levels": profiles}

    def _make_skills(
        self, levels: Sequence[str], written: bool, usual: Sequence[str], pool: Sequence[str]
    ) -> dict[str, Any]:
        chance = self._chance
        drawn = [
            *chance.sample(usual, chance.randint(6, 8)),
            *chance.sample(pool, chance.randint(2, 4)),
            *chance.sample(self._common, chance.randint(3, 4)),
        ]
        uses: dict[str, Any] = {}
        for skill in dict.fromkeys(drawn):
            use: dict[str, Any] = {}
            if written:
                use["label"] = f"{skill.replace('-', ' ').capitalize()} in {chance.choice(NOUNS)}s"
                use["description"] = make_sentence(chance, 20)
            uses[skill] = use
        if len(levels) > 2 and chance.random() < BY_LEVEL:
            for skill in list(uses)[::3]:
                uses[skill]["levels"] = levels[chance.randrange(1, len(levels)) :]
        return uses

    def _make_written(self, label: str, level: str, documented: bool) -> dict[str, Any]:
        chance = self._chance
        low, high = LADDER[level]
        self._job_codes += 1
        profile: dict[str, Any] = {
            "basis": "documented" if documented else "implied",
            "job_code": f"JC{self._job_codes:07d}",
            "responsibilities": [
                {"id": f"{number:08x}", "text": make_sentence(chance, 26)}
                for number in chance.sample(range(16**8), 5)
            ],
            "guideline": {
                "knowledge": make_sentence(chance, 20),
                "complexity": make_sentence(chance, 18),
                "collaboration": make_sentence(chance, 17),
                "experience": f"{make_sentence(chance, 10)} Usually {low}–{high} years in the field.",
            },
        }
        if documented:
            profile |= self._make_page(label, level)
        return profile

    def _make_page(self, label: str, level: str) -> dict[str, Any]:
        chance = self._chance
        median = chance.randrange(40, 240) * 1000
        mapped, *others = chance.sample(_list_detailed(), chance.randint(2, 4))
        return {
            "title": f"{label} — {level}",
            "status": "approved",
            "version": f"v{chance.randint(1, 4)}",
            "region": chance.choice(("global", "emea", "amer", "apac")),
            "confidence": {"value": f"0.{chance.randrange(50, 100)}", "label": "high"},
            "pay": {
                "currency": "USD",
                "low": str(median * 4 // 5),
                "median": str(median),
                "high": str(median * 5 // 4),
                "inherited": "true" if chance.random() < 0.3 else "false",
            },
            "review": {dimension: f"{chance.randrange(40, 51) / 10}" for dimension in DIMENSIONS},
            "source_count": str(len(others) + 1),
            "sources": [
                {"id": f"s{place}", "text": f"O*NET {code}.00", "occupation": f"{code}.00"}
                for place, code in enumerate((mapped, *others), 1)
            ],
            "mappings": [
                {
                    "scheme": SCHEME,
                    "code": mapped,
                    "predicate": "broadMatch",
                    "justification": "UnspecifiedMatching",
                    "assigned": ["predicate", "justification"],
                }
            ],
        }

    def _add_skills(self, count: int) -> tuple[str, ...]:
        first = len(self._skills)
        labels = (_pick_label(number) for number in range(first, first + count))
        added = tuple(label.lower().replace(" ", "-") for label in labels)
        self._skills += added
        return added

    def list_functions(self) -> Iterator[str]:
        """The lines of ``functions.yaml``."""
        groups = sorted({group for _, _, group in self._functions if group is not None})
        if groups:
            yield "groups:"
        for number in groups:
            yield f"  group-{number + 1}: {{label: Group {number + 1} of {NOUNS[number % len(NOUNS)]}s}}"
        yield "functions:"
        for code, label, group in self._functions:
            within = "" if group is None else f", group: group-{group + 1}, assigned: [group]"
            yield f"  {code}: {{label: {label}{within}}}"

    def list_skills(self) -> Iterator[str]:
        """The lines of ``skills.yaml``: one skill in ten has another wording."""
        yield "skills:"
        for number, code in enumerate(self._skills):
            label = code.replace("-", " ").capitalize()
            yield f"  {code}:"
            yield f"    label: {label}"
            if number % 10 == 0:
                yield "    alternatives:"
                yield f"      - {{label: {label} skills, reason: The same in other words.}}"


def _limit_skills(focus: dict[str, Any]) -> None:
    """Take away the levels that a ladder cut short no longer has from the skills that name them."""
    for use in focus["skills"].values():
        if "levels" in use:
            use["levels"] = [level for level in use["levels"] if level in focus["levels"]]
            if not use["levels"]:
                del use["levels"]


def _pick_label(number: int) -> str:
    """The labels in an order in which neighbours do not read alike."""
    rounds, place = divmod(number, LABELS)
    return make_label(rounds * LABELS + place * STEP % LABELS)


def _to_letters(label: str) -> str:
    return re.sub("[^A-Z]", "", label.upper())


def _write_lines(file: Path, lines: Iterator[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _list_dataset(profiles: int, seed: int) -> Iterator[str]:
    yield f"title: Synthetic architecture of {profiles} profiles (seed {seed})"
    yield "publisher: Nobody"
    yield "version: 1.0.0"
    yield "base: https://jobs.example/id/"
    yield "language: en"
    yield "currency: USD"
    yield "issued: 2026-01-01"
    yield "modified: 2026-01-01"
    yield "licence: https://creativecommons.org/publicdomain/zero/1.0/"


def _list_levels() -> Iterator[str]:
    yield "tracks:"
    for track, label in TRACKS.items():
        yield f"  {track}: {{label: {label}}}"
    yield "levels:"
    for level, (low, high) in LADDER.items():
        name = f"{TRACKS[level[0]]} {level[1:]}"
        yield f"  {level}: {{name: {name}, summary: {name} of the ladder., years: {{min: {low}, max: {high}}}}}"


def _list_detailed() -> list[str]:
    """The codes of the occupations that profiles may be mapped to."""
    return [
        f"{major}-{minor}0{broad}{detail}"
        for major in range(11, 55, 2)
        for minor in (1, 2)
        for broad in (1, 2)
        for detail in (1, 2)
    ]


def _list_occupations() -> Iterator[str]:
    """A classification of the form and a third of the size of SOC: major, minor, broad and detailed entries."""
    yield f"scheme: {{code: {SCHEME}, title: Synthetic occupations, publisher: Nobody, version: '2026',"
    yield "  source: 'https://example.org/occupations', licence: Public domain,"
    yield "  pattern: '[0-9]{2}-[0-9]{4}', levels: [major, minor, broad, detailed]}"
    yield "occupations:"
    told: set[str] = set()
    for code in _list_detailed():
        parents = (f"{code[:2]}-0000", f"{code[:4]}000", f"{code[:6]}0")
        above = ""
        for kind, entry in zip(("major", "minor", "broad", "detailed"), (*parents, code), strict=True):
            if entry not in told:
                told.add(entry)
                title = f"{NOUNS[len(told) % len(NOUNS)]} {WORK[len(told) % len(WORK)]} {kind}".capitalize()
                broader = f", broader: {above}" if above else ""
                yield f"  {entry}: {{title: {title}, kind: {kind}{broader}}}"
            above = entry


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a synthetic job architecture.")
    parser.add_argument("profiles", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(
        f"{options.profiles} profiles of "
        f"{write_architecture(options.folder, options.profiles, options.seed)} focuses"
    )
