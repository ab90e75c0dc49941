"""Which skills are one skill under several codes, because they are exactly the same external concept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolegraph.model.reference import Skill

EXACT = "exactMatch"
"""The predicate of a mapping that says: the same concept. It is the only one that may be followed further."""


def unite_skills(skills: Iterable[Skill]) -> Mapping[str, str]:
    """By the code of each skill, the smallest code of those that are the same skill.

    >>> from rolegraph.model.mapping import Mapping as To
    >>> from rolegraph.model.reference import Skill
    >>> to = To(scheme="esco", code="skill/1", predicate="exactMatch", justification="ManualMappingCuration")
    >>> unite_skills([Skill(code="b", label="B", mappings=(to,)), Skill(code="a", label="A", mappings=(to,))])
    {'b': 'a', 'a': 'a'}
    """
    codes: dict[str, str] = {}
    concepts: dict[str, str] = {}
    for skill in skills:
        codes[skill.code] = skill.code
        for mapping in skill.mappings:
            if mapping.predicate == EXACT:
                one = _find(codes, skill.code)
                other = _find(codes, concepts.setdefault(mapping.key, skill.code))
                codes[max(one, other)] = min(one, other)
    return {code: _find(codes, code) for code in codes}


def _find(codes: dict[str, str], code: str) -> str:
    """The end of the way from one code to ever smaller ones, which is made short."""
    end = code
    while codes[end] != end:
        end = codes[end]
    while codes[code] != end:
        codes[code], code = end, codes[code]
    return end
