"""Two wordings of a text, compared word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rolegraph.answers import WordOp

Runs = tuple[tuple["WordOp", str], ...]
"""Pieces of text, each the same in both wordings, removed from the old one, or added by the new one."""

MOST: Final = 4000
"""Words of a text up to which it is compared word by word: the time grows with the square of their number."""

_TOKEN = re.compile(r"\s+|\S+")
"""A word keeps the marks that touch it, so that a run of words can be set off in any markup."""


def compare_words(old: str, new: str) -> Runs:
    """The runs of words that two texts share and do not share.

    What is the same and removed makes up the old text, what is the same and added the new one, to the character. A blank
    alone between two changes belongs to both: changes are told in as few pieces as can be read.

    >>> compare_words("a small red box", "a large blue box")
    (('same', 'a '), ('removed', 'small red'), ('added', 'large blue'), ('same', ' box'))
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > MOST:
        return (("removed", old), ("added", new))
    found: list[tuple[str, str, str]] = []
    for op, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, fresh = "".join(before[start:end]), "".join(after[begin:stop])
        found.append(("same" if op == "equal" else "other", gone, fresh))
    return tuple(_join(found))


def _join(found: list[tuple[str, str, str]]) -> list[tuple[WordOp, str]]:
    """The runs, with those that are the same and hold no word taken into the changes on both sides of them."""
    runs: list[tuple[WordOp, str]] = []
    gone = fresh = ""
    last = len(found) - 1
    for at, (op, before, after) in enumerate(found):
        if op == "same" and not ((gone or fresh) and at < last and before.isspace()):
            runs += _tell(gone, fresh)
            gone = fresh = ""
            runs.append(("same", before))
        else:
            gone += before
            fresh += after
    return runs + _tell(gone, fresh)


def _tell(gone: str, fresh: str) -> list[tuple[WordOp, str]]:
    return [*([("removed", gone)] if gone else []), *([("added", fresh)] if fresh else [])]  # type: ignore[list-item]
