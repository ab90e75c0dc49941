"""The kinds of records that are compared, in the order in which changes are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rolegraph.answers import RecordKind
    from rolegraph.model.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the part of a taxonomy that holds it, by what it is known, how it is called, what is its name.

    ``naming`` is the field that a person reads as its name; ``skipped`` are fields that other kinds tell of.
    """

    name: RecordKind
    part: str
    naming: str
    tell: Callable[[Taxonomy, Any], str]
    find_code: Callable[[Any], str] = lambda record: record.code
    skipped: frozenset[str] = frozenset()


def _tell_label(taxonomy: Taxonomy, record: Any) -> str:
    return str(record.label or record.code)


def _tell_title(taxonomy: Taxonomy, record: Any) -> str:
    return str(record.title)


KINDS: Final = (
    Kind("profile", "profiles", "title", lambda taxonomy, profile: taxonomy.title_of(profile)),
    Kind("focus", "focuses", "label", _tell_label, skipped=frozenset({"profiles"})),
    Kind("function", "functions", "label", _tell_label),
    Kind("function-group", "groups", "label", _tell_label),
    Kind("level", "levels", "name", _tell_label),
    Kind("track", "tracks", "label", _tell_label),
    Kind("skill", "skills", "label", _tell_label),
    Kind("proficiency", "proficiencies", "label", _tell_label),
    Kind("classification", "schemes", "title", _tell_title),
    Kind("occupation", "occupations", "title", _tell_title, lambda record: f"{record.scheme}/{record.code}"),
    Kind("edition", "editions", "label", _tell_label),
    Kind("release", "releases", "title", _tell_title),
)
"""Every kind but the dataset, which there is one of."""
