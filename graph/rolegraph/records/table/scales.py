"""Words and numbers for proficiency -> their likely order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from rolegraph.records.slugs import make_slug

ORDERS: Final = tuple(
    tuple(tuple(step.split("|")) for step in order.split(" < "))
    for order in (
        "none|no < very low < low < mid|medium|moderate|average < high < very high",
        "none|no < awareness|aware|limited < basic|foundation|foundational < intermediate|working < advanced < expert < master|mastery|authority",
        "none|no < beginner|entry < basic < intermediate < proficient < advanced < expert < master|mastery",
        "none|no < awareness|aware < working < practitioner < expert",
        "awareness|aware < foundation|foundational|basic < practitioner < advanced < expert|strategic",
        "novice < advanced beginner < competent < proficient < expert < master|mastery",
        "novice|beginner < intermediate < advanced < expert",
        "novice|learner|beginner < developing < competent|skilled < proficient < advanced < expert < strategic",
        "entry|developing < intermediate|career < advanced < expert",
        "foundation|foundational|basic < developing|intermediate < proficient|skilled < advanced < expert",
        "none|no < basic|limited < fair|working < good < very good < excellent|expert",
        "poor < fair < good < very good < excellent",
        "basic < good < advanced < expert",
        "junior < mid|middle|intermediate < senior < lead|expert",
        "keine < grundkenntnisse|basiskenntnisse|grundlagen|basis < mittel|erweiterte kenntnisse < gut|gute kenntnisse < fortgeschritten|sehr gut|sehr gute kenntnisse < experte|expertenkenntnisse",
        "anf\u00e4nger|einsteiger < fortgeschritten|fortgeschrittener < profi|experte",
        "niedrig|gering < mittel < hoch < sehr hoch",
    )
)  # fmt: skip
"""Well-known scales, each from its lowest step to its highest; one step may have several words."""

_RANKS: Final = {
    word: rank
    for rank, words in enumerate(
        (
            "none|no|keine", "awareness|aware|novice|beginner|very low|poor|anf\u00e4nger|einsteiger",
            "basic|limited|low|foundation|foundational|entry|learner|junior|grundkenntnisse|niedrig|gering", "developing|fair",
            "working|intermediate|medium|mid|moderate|average|mittel", "practitioner|good|competent|skilled|gut", "proficient",
            "advanced|high|very good|senior|fortgeschritten|hoch|sehr gut", "very high|excellent|expert|experte|lead",
            "mastery|master|authority|strategic",
        )
    )
    for word in words.split("|")
}  # fmt: skip
"""Words of proficiency that no one scale holds together, roughly ordered."""

_KNOWN: Final = frozenset(word for order in ORDERS for step in order for word in step) | _RANKS.keys()
_NUMBERED: Final = re.compile(r"(10|[0-9])\s*[-–—:.)=]\s*([^\W\d].{0,30})")
_NUMBER: Final = re.compile(r"(\D{0,12}?)([0-9]{1,3}(?:\.[0-9]{1,2})?)(?![0-9])")


def sort_steps(texts: Iterable[str]) -> tuple[list[str], bool]:
    """Texts for proficiency in their likely order, lowest first, and whether the order is sure.

    >>> sort_steps(["Expert", "Working", "Awareness"]), sort_steps(["10", "9"]), sort_steps(["Blue", "Basic"])
    ((['Awareness', 'Working', 'Expert'], True), (['9', '10'], True), (['Basic', 'Blue'], False))
    >>> sort_steps(["High", "Low", "Mid"]), sort_steps(["2 - Good", "1 - Basic"])
    ((['Low', 'Mid', 'High'], True), (['1 - Basic', '2 - Good'], True))
    """
    found = sorted(set(texts))
    numbers = [_NUMBER.match(text) for text in found]
    values = [Decimal(number[2]) for number in numbers if number is not None]
    prefixes = {number[1].casefold() for number in numbers if number is not None}
    if len(values) == len(found) and len(set(values)) == len(values) and len(prefixes) <= 1:
        return [text for _, text in sorted(zip(values, found, strict=True))], True
    for order in ORDERS:
        ranks = {word: rank for rank, step in enumerate(order) for word in step}
        if all(text.casefold() in ranks for text in found):
            ordered = sorted(found, key=lambda text: (ranks[text.casefold()], text))
            if len({ranks[text.casefold()] for text in found}) == len(found):
                return ordered, True
    return sorted(found, key=lambda text: (_RANKS.get(text.casefold(), len(_RANKS)), text)), False


def are_steps(texts: Iterable[str]) -> bool:
    """Whether all texts are known words or numbers for proficiency.

    >>> are_steps(["Basic", "Expert"]), are_steps(["1", "5"]), are_steps(["2019", "Basic"])
    (True, True, False)
    """
    return all(text.casefold() in _KNOWN or re.fullmatch("[0-9]|10", text) for text in texts)


def split_step(text: str) -> tuple[str, str] | None:
    """The number and the words of a step that has both; None where it has not.

    >>> split_step("1 - Basic"), split_step("2: Good"), split_step("2 - 3"), split_step("Basic")
    (('1', 'Basic'), ('2', 'Good'), None, None)
    """
    match = _NUMBERED.fullmatch(text)
    return (match[1], match[2]) if match is not None else None


def are_numbered(texts: Iterable[str]) -> bool:
    """Whether all texts are a number with words, each number always with the same words.

    >>> are_numbered(["1 - Basic", "2 - Good"]), are_numbered(["1 - Basic", "1 - Good"]), are_numbered(["1", "2 - Good"])
    (True, False, False)
    """
    found = set(texts)
    steps = {step for text in found if (step := split_step(text)) is not None}
    return (
        len(steps)
        == len(found)
        == len({number for number, _ in steps})
        == len({make_slug(w) for _, w in steps})
    )


def find_zero(texts: Iterable[str]) -> str | None:
    """The text that is the 0 of a scale of numbers, with words or without; None where there is none.

    >>> find_zero(["0", "1", "2"]), find_zero(["0 - None", "1 - Basic"]), find_zero(["1", "2"]), find_zero(["0", "x"])
    ('0', '0 - None', None, None)
    """
    found = sorted(set(texts))
    zeros = [text for text in found if text == "0" or (split_step(text) or ("",))[0] == "0"]
    numbers = all(re.fullmatch("[0-9]|10", text) for text in found) or are_numbered(found)
    return zeros[0] if zeros and numbers and len(found) > 1 else None
