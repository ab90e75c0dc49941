"""Short names made from labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from rolegraph.model.codes import text_id

_OTHER: Final = re.compile(r"[^a-z0-9]+")


def make_slug(label: str) -> str:
    """A short name with the letters and digits of a label; made from its hash where it has none.

    >>> make_slug("Deviation/CAPA handling"), make_slug("Crème brûlée"), make_slug("製パン")
    ('deviation-capa-handling', 'creme-brulee', 'x-36fa31ac')
    """
    folded = unicodedata.normalize("NFKD", label.lower())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return _OTHER.sub("-", plain).strip("-") or f"x-{text_id(label)}"


def name_labels(labels: Iterable[str]) -> dict[str, str]:
    """A short name for each label, the same whatever their order; equal ones are told apart by a number.

    >>> name_labels(["Aseptic technique", "Aseptic Technique"])
    {'Aseptic Technique': 'aseptic-technique', 'Aseptic technique': 'aseptic-technique-2'}
    """
    names: dict[str, str] = {}
    slugs = {label: make_slug(label) for label in sorted(set(labels))}
    taken = set(slugs.values())
    given: set[str] = set()
    for label, slug in slugs.items():
        name, number = slug, 1
        while name in given or (number > 1 and name in taken):
            number += 1
            name = f"{slug}-{number}"
        given.add(name)
        names[label] = name
    return names
