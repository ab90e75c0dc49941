"""Texts for levels -> codes of the ladder that rolegraph lends, as guesses."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Final

from rolegraph.model import codes
from rolegraph.records.table.unset import UNSET
from rolegraph.records.yaml import read_yaml
from rolegraph.resources import find_resource

_LEVEL_WORDS: Final = (
    (r"- management|\bmanagement\b", ""),
    (r"\b(?:vice president|vp|geschäftsführ\w+)\b", "M6"),
    (r"\bsenior director\b", "M5"),
    (r"\b(?:director|head|direktor\w*|bereichsleit\w+)\b", "M4"),
    (r"\bsenior manager\b", "M3"),
    (r"\b(?:team lead|team leader|supervisor|teamleit\w+|gruppenleit\w+)\b", "M1"),
    (r"\b(?:manager|\w*leiter(?:in)?|\w*leitung)\b", "M2"),
    (r"\b(?:trainee|apprentice|intern|graduate|entry|einsteiger\w*|auszubildende\w*)\b", "P1"),
    (r"\b(?:junior|associate|developing)\b", "P2"),
    (r"\b(?:principal|distinguished|fellow)\b", "P6"),
    (r"\b(?:lead|staff|expert|expert(?:e|in))\b", "P5"),
    (r"\b(?:senior|sr)\b", "P4"),
    (r"\b(?:mid|intermediate|career)\b", "P3"),
)


def list_lent_levels() -> tuple[str, ...]:
    """The codes of the levels of the ladder that a fresh data folder begins with."""
    data = find_resource("data").joinpath("levels.yaml").read_bytes()
    document = read_yaml(data, "levels.yaml").document
    levels = document.get("levels") if isinstance(document, dict) else None
    return tuple(levels) if isinstance(levels, dict) else ()


def guess_level(text: str, ladder: Container[str]) -> tuple[str, bool]:
    """The level of a ladder that a text is likely to mean (``?`` where nothing tells), and whether that is sure.

    >>> ladder = ("P1", "P2", "P3", "P4", "M3")
    >>> guess_level("m3", ladder), guess_level("Senior engineer", ladder), guess_level("Level 4", ladder)
    (('M3', True), ('P4', False), ('P4', False))
    >>> guess_level("L3", ladder), guess_level("Teal", ladder)
    (('?', False), ('?', False))
    """
    if is_code(text):
        return (text.upper(), True) if text.upper() in ladder else (UNSET, False)
    folded = text.casefold()
    for pattern, code in _LEVEL_WORDS:
        if re.search(pattern, folded):
            return code or UNSET, False
    number = re.fullmatch(r"(?:level|grade|band|stage|career level|stufe|ebene)?\s*([1-9])", folded)
    code = f"P{number[1]}" if number else UNSET
    return (code if code in ladder else UNSET), False


def is_code(text: str) -> bool:
    """Whether a text looks like the code of a level, in any letter case.

    >>> is_code("g10"), is_code("Senior")
    (True, False)
    """
    return re.fullmatch(codes.LEVEL_PATTERN, text.upper()) is not None


def close_ranks(guessed: Mapping[str, tuple[str, bool]]) -> dict[str, tuple[str, bool]]:
    """Guesses without a hole between the lowest and the highest rank of a track, as a missing rung stops promotions.

    Only guesses move, and only on tracks that no text names by its code.

    >>> close_ranks({"Entry": ("P1", False), "Intermediate": ("P3", False), "Senior": ("P4", False)})
    {'Entry': ('P1', False), 'Intermediate': ('P2', False), 'Senior': ('P3', False)}
    """
    tracks: dict[str, set[int]] = {}
    for code, _ in guessed.values():
        if code != UNSET:
            track, rank = codes.split_level(code)
            tracks.setdefault(track, set()).add(rank)
    fixed = {codes.split_level(code)[0] for code, sure in guessed.values() if sure}
    moved = {
        f"{track}{rank}": f"{track}{min(ranks) + index}"
        for track, ranks in tracks.items()
        if track not in fixed
        for index, rank in enumerate(sorted(ranks))
    }
    return {text: (moved.get(code, code), sure) for text, (code, sure) in guessed.items()}


def list_strange_tracks(texts: Iterable[str], ladder: Container[str]) -> list[str]:
    """The texts that look like codes of levels which a ladder does not have, sorted as a ladder is.

    >>> list_strange_tracks(["L10", "P1", "L9", "Senior"], ("P1",))
    ['L9', 'L10']
    """
    strange = {text for text in texts if is_code(text) and text.upper() not in ladder}
    return sorted(strange, key=lambda text: (codes.split_level(text.upper()), text))
