"""The kinds of rows that releases have, and how each stands in the graph: the one table that both codecs follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rolegraph.rdf.concepts import CLASSES
from rolegraph.rdf.vocab import DCTERMS, RG, SCHEMA, SKOS, XSD

CONCEPTS: Final[Mapping[str, str]] = {
    "major": RG.Occupation,
    "minor": RG.Occupation,
    "broad": RG.Occupation,
    "detailed": RG.Occupation,
    "occupation": RG.Occupation,
    "isco-group": RG.Occupation,
    **CLASSES,
    "task": RG.Task,
    "job-zone": RG.JobZone,
    "area": RG.Area,
}
"""The class of each kind of concept."""

LABELS: Final[Mapping[str, str]] = {
    "alternate": SKOS.altLabel,
    "reported": RG.reportedTitle,
    "short": RG.shortTitle,
    "hidden": SKOS.hiddenLabel,
    "preferred": SKOS.prefLabel,
    "scope": SKOS.scopeNote,
    "note": RG.preparation,
}
"""The property of each kind of label. ``preferred`` is the name in another language than that of the release.

``note`` is what a job zone says of preparation (experience, education, training).
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a link: its name in answers, its property, its datatype."""

    name: str
    predicate: str
    datatype: str = XSD.decimal


@dataclass(frozen=True, slots=True)
class LinkKind:
    """How a kind of link stands in the graph.

    A plain link (``node`` is "") is one triple, ``predicate``. Others are a node of the class ``node`` that ``predicate``
    leads to and whose ``other`` names the concept at its end; the node holds the figures and, as values of
    ``rg:note``, the flags.
    """

    predicate: str
    node: str = ""
    figures: tuple[Figure, ...] = ()
    flags: tuple[str, ...] = ()


_WAGES = (
    Figure("employment", RG.employment),
    Figure("mean", RG.mean),
    Figure("percentile10", SCHEMA.percentile10),
    Figure("percentile25", SCHEMA.percentile25),
    Figure("median", SCHEMA.median),
    Figure("percentile75", SCHEMA.percentile75),
    Figure("percentile90", SCHEMA.percentile90),
)
_CAPPED = ("mean", "percentile10", "percentile25", "median", "percentile75", "percentile90")
_WAGE_FLAGS = (
    *(f"top-coded-{name}" for name in _CAPPED),
    *(f"missing-{name}" for name in ("employment", *_CAPPED)),
)

LINKS: Final[Mapping[str, LinkKind]] = {
    "broader": LinkKind(SKOS.broader),
    "broad-match": LinkKind(SKOS.broadMatch),
    "successor": LinkKind(DCTERMS.isReplacedBy),
    "essential": LinkKind(RG.essentialSkill),
    "optional": LinkKind(RG.optionalSkill),
    "activity": LinkKind(RG.taskActivity),
    "job-zone": LinkKind(RG.jobZone),
    "rating": LinkKind(
        RG.rating,
        RG.Rating,
        (Figure("importance", RG.importance), Figure("level", RG.requiredLevel)),
        ("importance-suppressed", "level-suppressed", "not-relevant"),
    ),
    "technology": LinkKind(RG.technologyUse, RG.TechnologyUse, (), ("hot", "in-demand")),
    "task": LinkKind(RG.taskUse, RG.TaskUse, (), ("core", "supplemental")),
    "related": LinkKind(
        RG.relatedOccupation,
        RG.Relation,
        (Figure("index", RG.position, XSD.integer),),
        ("primary-short", "primary-long", "supplemental"),
    ),
    "wage-annual": LinkKind(RG.annualWage, RG.Wage, _WAGES, _WAGE_FLAGS),
    "wage-hourly": LinkKind(RG.hourlyWage, RG.Wage, _WAGES, _WAGE_FLAGS),
}
"""Every kind of link.

``broader`` leads to a wider concept of the same classification, ``broad-match`` to one of another (an O*NET occupation
to its SOC occupation); ``successor`` from a code that is no longer in use to one that takes its place; ``activity``
from a task to a detailed work activity; ``wage-...`` to the area where the wage is paid, a top-coded or missing figure
being an empty text with its flag.
"""
