"""Where a sentence ends: for sentences of a text, and for cells of a table that were run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_STOP: Final = re.compile(r"[.!?…]+")
_CLOSING: Final = ")]”’»"
_OPENING: Final = "(["
_GOES_ON: Final = frozenset(
    {
        "al",
        "bzw",
        "cf",
        "dr",
        "e.g",
        "eg",
        "i.e",
        "ie",
        "mr",
        "mrs",
        "ms",
        "ph",
        "ph.d",
        "prof",
        "viz",
        "vs",
        "z.b",
    }
)
"""Words after whose full stop the sentence goes on, with or without a blank."""

_GOES_ON_APART: Final = frozenset(
    {"co", "corp", "dept", "esp", "inc", "incl", "jr", "ltd", "resp", "sr", "st"}
)
"""Words after whose full stop and a blank the sentence goes on."""

_NUMBERED: Final = frozenset(
    {
        "approx", "art", "avg", "ca", "ch", "ed", "eq", "est", "ext", "fig", "max", "min", "no", "nos", "p", "para", "pp",
        "pt", "rev", "sec", "sect", "ver", "vol", "vols",
    }
)  # fmt: skip
"""Words after whose full stop a number belongs to the sentence."""

_WORD_BEFORE: Final = re.compile(r"[\w.]+$")
_INITIALS: Final = re.compile(r"(?:[a-z]\.)+[a-z]")
_INITIAL_NEXT: Final = re.compile(r"[^\W\d_]\.")
_GLUED: Final = re.compile(r"[)\]”%+](?=[^\W\d_])")


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without the blanks between them.

    >>> list(split_sentences("Bakes bread, e.g. Rye. Distinct from Pastry (cf. Vol. 4)."))
    ['Bakes bread, e.g. Rye.', 'Distinct from Pastry (cf. Vol. 4).']
    """
    start = 0
    for match in _STOP.finditer(text):
        end = _close(text, match.end(), start)
        if end >= len(text) or not text[end].isspace():
            continue
        after = text[end:].lstrip()
        if after and _may_begin(after[0]) and not _goes_on(text, match, after[0], glued=False):
            yield text[start:end]
            start = len(text) - len(after)
    yield text[start:]


def find_glued(text: str) -> tuple[list[int], list[int]]:
    """Where a sentence ends and the next begins without a blank between them.

    First the positions after a full stop, then those after a closing bracket, percent or plus sign. Positions
    inside brackets, after an abbreviation, or between two digits are none.

    >>> text = "Shapes loaves.Limited scope (e.g.Rye).Asks peers (daily)2 years."
    >>> [[text[i:i + 5] for i in found] for found in find_glued(text)]
    [['Limit', 'Asks '], []]
    """
    depths = _measure(text)
    strong = []
    start = 0
    for match in _STOP.finditer(text):
        end = _close(text, match.end(), start)
        if end >= len(text) or depths[end] or not _may_begin(text[end]):
            continue
        if match.start() == 0 or text[match.start() - 1].isspace():
            continue
        if text[end].isdigit() and text[match.start() - 1].isdigit():
            continue
        if not _goes_on(text, match, text[end], glued=True):
            strong.append(end)
            start = end
    weak = [m.end() for m in _GLUED.finditer(text) if text[m.end()].isupper() and not depths[m.end()]]
    return strong, [at for at in weak if at not in strong]


def _goes_on(text: str, stop: re.Match[str], following: str, *, glued: bool) -> bool:
    """Whether a full stop ends an abbreviation or an initial rather than a sentence."""
    if stop[0] != ".":
        return False
    found = _WORD_BEFORE.search(text, max(0, stop.start() - 24), stop.start())
    if found is None:
        return False
    word = found[0].lower()
    if word == "ph":
        # "Ph.D." goes on; "... and the pH.Next" does not.
        return re.match(r"D(?!\w)", text[stop.end() : stop.end() + 2]) is not None
    if word in _GOES_ON or _INITIALS.fullmatch(word):
        return True
    if _is_initial(text, stop.start()) and _INITIAL_NEXT.match(text, stop.end()):
        return True
    if following.isdigit() and word in _NUMBERED:
        return True
    # Run together, a blank that an abbreviation would have is not there: it is the end of the cell.
    return not glued and (word in _GOES_ON_APART or _is_initial(text, stop.start()))


def _is_initial(text: str, stop: int) -> bool:
    """Whether a single capital letter stands alone before a full stop, as in ``J. Miller`` and unlike ``R&D.``"""
    return text[stop - 1].isupper() and (stop == 1 or text[stop - 2].isspace() or text[stop - 2] == "(")


def _may_begin(character: str) -> bool:
    return character.isupper() or character.isdigit() or character in "([“‘«\"'"


def _close(text: str, end: int, start: int) -> int:
    """The position behind the brackets and quotes that close after a full stop."""
    while end < len(text):
        character = text[end]
        straight = character in "\"'" and _is_open(text, character, start, end)
        if character not in _CLOSING and not straight:
            break
        end += 1
    return end


def _is_open(text: str, quote: str, start: int, end: int) -> bool:
    """Whether a straight quote is open: one that is no apostrophe stands before without its end."""
    opened = len(re.findall(rf"(?<!\w){quote}(?=\w)", text[start:end]))
    closed = len(re.findall(rf"(?<=[\w.,!?]){quote}(?!\w)", text[start:end]))
    return opened > closed


def _measure(text: str) -> list[int]:
    """How many brackets are open at each position; none anywhere where they do not fit together."""
    depth, depths = 0, []
    for character in text:
        if character in ")]":
            depth -= 1
            if depth < 0:
                return [0] * (len(text) + 1)
        depths.append(depth)
        if character in _OPENING:
            depth += 1
    return [*depths, 0] if depth == 0 else [0] * (len(text) + 1)
