"""What two wordings say of whether they are the same: their words, their spelling."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from rolegraph.answers.skills import Strength
from rolegraph.folding import fold, split_words
from rolegraph.records.merging.likeness import explain_likeness, list_forms

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 6
"""The letters from which on a word with one wrong letter can be told from another word."""
_LONG: Final = 10
"""The letters from which on two may be wrong."""


class Evidence(NamedTuple):
    """Why two skills may be one; ``concept`` is the key of the external entry that says so, or ""."""

    strength: Strength
    reason: str
    concept: str = ""


def compare_wordings(one: str, other: str) -> Evidence | None:
    """What two wordings have in common; None where they are other words.

    >>> compare_wordings("Scale-up", "Scaleup").reason
    'The same letters; blanks or dashes are set otherwise.'
    >>> compare_wordings("Cleaning of tanks", "Cleaning of tank")
    Evidence(strength='likely', reason='The same words in singular and plural.', concept='')
    """
    forms, others = set(list_forms(one)), set(list_forms(other))
    if forms & others:
        reason = explain_likeness(one, other)
        # Words in another order, or an abbreviation for all of them, may mean something else.
        same = split_words(one) == split_words(other) or reason.startswith("The same words; one adds")
        return Evidence("sure" if same else "likely", reason)
    folded, other_folded = fold(one), fold(other)
    if not folded:
        return None
    if folded == other_folded:
        return Evidence("sure", "The same words; accents or signs are written otherwise.")
    if folded.replace(" ", "") == other_folded.replace(" ", ""):
        return Evidence("sure", "The same letters; blanks or dashes are set otherwise.")
    if set(list_forms(_to_singular(one))) & set(list_forms(_to_singular(other))):
        return Evidence("likely", "The same words in singular and plural.")
    return None


def list_marks(wording: str) -> set[str]:
    """What wordings that :func:`compare_wordings` has something to say of have in common."""
    forms = {*list_forms(wording), *list_forms(_to_singular(wording))}
    return {*(f"form {form}" for form in forms), f"letters {fold(wording).replace(' ', '')}"}


def find_misspelt(
    wordings: Mapping[str, Sequence[str]], count_elsewhere: Callable[[], Counter[str]]
) -> Iterator[tuple[str, str, Evidence]]:
    """Pairs of skills whose wordings differ in one word that is misspelt in one of them.

    ``wordings`` are those of each skill. A word is misspelt where it stands nowhere else, one or two letters from a
    word that does: so "modes" and "models", both in use, are two words. ``count_elsewhere`` tells how often words stand
    in texts; it is asked only where wordings are near to each other.
    """
    near = list(_list_near(wordings))
    if not near:
        return
    texts = count_elsewhere()
    owners: dict[str, set[str]] = defaultdict(set)
    for skill, some in wordings.items():
        for wording in some:
            for word in split_words(wording):
                owners[word].add(skill)
    for one, other, word, other_word in near:
        stands = [bool(texts[w]) or len(owners[w] - {one, other}) > 0 for w in (word, other_word)]
        if stands[0] != stands[1]:
            right, wrong = (word, other_word) if stands[0] else (other_word, word)
            yield (
                one,
                other,
                Evidence("likely", f"Spelt nearly alike: {wrong} stands nowhere else, {right} does."),
            )


def _list_near(wordings: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str, str]]:
    """Skills with wordings that differ in one word, and that by a slip: both skills and both words."""
    from rapidfuzz.distance import OSA

    masked: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
    for skill, some in wordings.items():
        for wording in some:
            words = split_words(wording)
            for place, word in enumerate(words):
                if len(word) >= _SHORTEST and word.isalpha():
                    masked[(*words[:place], "", *words[place + 1 :])].add((word, skill))
    found = set()
    for held in masked.values():
        for (word, one), (other_word, other) in combinations(sorted(held), 2):
            most = 2 if min(len(word), len(other_word)) >= _LONG else 1
            if one != other and 0 < OSA.distance(word, other_word, score_cutoff=most) <= most:
                found.add((one, other, word, other_word))
    yield from sorted(found)


def _to_singular(wording: str) -> str:
    return _LETTERS.sub(lambda match: _make_singular(match[0]), wording)


def _make_singular(word: str) -> str:
    """An English word without the ending of the plural; abbreviations (CMMS) stay as they are.

    >>> [_make_singular(word) for word in ("Processes", "batteries", "tanks", "analysis", "CMMS", "bus", "process")]
    ['Process', 'battery', 'tank', 'analysis', 'CMMS', 'bus', 'process']
    """
    if len(word) < 4 or word.isupper() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word.removesuffix("s")
