"""Small releases held in memory, and architectures whose profiles are mapped to their occupations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from rolegraph.model.mapping import Mapping as To
from rolegraph.model.mapping import Predicate
from rolegraph.model.release import Release
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.releases import index
from rolegraph.releases.library import Library
from rolegraph.releases.rows import Concept, Link, Row

ONET = "onet-soc-2019/"
ELEMENT = "onet-element/"

Rating = str | tuple[str, str]
"""An importance, or one with a flag."""


class Shelf(Library):
    """A library whose releases are rows; the first one is the newest."""

    def __init__(self, taxonomy: Taxonomy, rows: Mapping[str, Iterable[Row]]) -> None:
        super().__init__(None, taxonomy)
        self.releases = tuple(map(make_release, rows))
        self._rows = rows

    def open(self, release: Release) -> index.Index:
        if release.code not in self._opened:
            connection = sqlite3.connect(":memory:")
            index._fill(connection, self._rows[release.code])
            self._opened[release.code] = index.Index(connection)
        return self._opened[release.code]


def make_release(code: str) -> Release:
    """What a release called ``onet-29.0`` or the like says of itself."""
    family, _, version = code.partition("-")
    return Release(
        code=code, family=family, title=f"{family.upper()} {version}", version=version, publisher="Test",
        source="https://example.org/", licence="Test.", attribution="Test.", language="en", coverage="all",
        schemes=(family,), base="https://example.org/", triples=0, sha256="0" * 64, files=(),
    )  # fmt: skip


def make_onet(code: str, ratings: Mapping[str, Rating], activities: Sequence[str] = ()) -> list[Row]:
    """One occupation with ratings by element and with activities, each of two tasks; its SOC code is known."""
    key = f"{ONET}{code}"
    rows: list[Row] = [
        Concept(key, "occupation", f"Work {code}"),
        Link(key, "broad-match", f"soc-2018/{code[:7]}"),
    ]
    for element, rating in ratings.items():
        importance, *flags = (rating,) if isinstance(rating, str) else rating
        rows.append(Link(key, "rating", f"{ELEMENT}{element}", (importance, ""), tuple(flags)))
    for number, activity in enumerate((*activities, *activities)):
        task, detailed = f"onet-task/{code}{number}", f"{ELEMENT}{activity}.D{number}"
        rows += [
            Concept(task, "task", f"Task {number}"),
            Link(key, "task", task),
            Link(task, "activity", detailed),
            Link(detailed, "broader", f"{ELEMENT}{activity}"),
        ]
    return rows


def make_elements(*ids: str) -> list[Row]:
    """The elements of a content model."""
    return [Concept(f"{ELEMENT}{element}", "element", f"Element {element}") for element in ids]


def make_esco(code: str, essential: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """One occupation of ESCO with its skills."""
    key = f"esco/occupation/{code}"
    return [
        Concept(key, "occupation", f"Work {code}", notation=f"1.{code}"),
        *(Link(key, "essential", f"esco/skill/{skill}") for skill in essential),
        *(Link(key, "optional", f"esco/skill/{skill}") for skill in optional),
    ]


def map_to(key: str, predicate: Predicate = "exactMatch") -> To:
    """The claim that something corresponds to ``onet-soc-2019/11-1011.00`` or the like."""
    scheme, _, code = key.partition("/")
    return To(scheme=scheme, code=code, predicate=predicate, justification="ManualMappingCuration")


def add_mappings(
    taxonomy: Taxonomy,
    profiles: Mapping[str, Sequence[To | str]] | None = None,
    skills: Mapping[str, Sequence[To | str]] | None = None,
) -> Taxonomy:
    """The taxonomy with profiles and skills mapped; a text is an exact match."""

    def read(given: Sequence[To | str]) -> tuple[To, ...]:
        return tuple(map_to(to) if isinstance(to, str) else to for to in given)

    profiles, skills = profiles or {}, skills or {}
    focuses = tuple(
        focus.model_copy(
            update={
                "profiles": tuple(
                    p.model_copy(update={"mappings": read(profiles.get(p.code, ()))}) for p in focus.profiles
                )
            }
        )
        for focus in taxonomy.focuses
    )
    return taxonomy.replace_parts(
        focuses=focuses,
        skills=tuple(
            s.model_copy(update={"mappings": read(skills.get(s.code, ()))}) for s in taxonomy.skills
        ),
    )
