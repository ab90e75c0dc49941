"""The class of an entry of a classification, by its kind: an occupation unless it is known to be something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rolegraph.rdf.vocab import RG

CLASSES: Final[Mapping[str, str]] = {
    "element": RG.Element,
    "activity": RG.Element,
    "skill": RG.Element,
    "knowledge": RG.Element,
    "skill-group": RG.Element,
    "technology": RG.Technology,
    "commodity": RG.Technology,
}
"""The class of each kind of entry that is no occupation, nor a group of them."""

ENTRIES: Final = (RG.Occupation, *dict.fromkeys(CLASSES.values()))
"""The classes that an entry of a classification may have."""


def find_class(kind: str) -> str:
    """The class of an entry of a kind.

    >>> find_class("detailed") == RG.Occupation, find_class("technology") == RG.Technology
    (True, True)
    """
    return CLASSES.get(kind, RG.Occupation)


def is_occupation(kind: str) -> bool:
    """Whether an entry of a kind is an occupation or a group of occupations."""
    return kind not in CLASSES
