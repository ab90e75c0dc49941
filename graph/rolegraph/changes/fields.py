"""Two versions of one record, compared field by field, item by item.

Every field of every record is looked at, so a field that is new to the model is compared without a line here; the tables
say only how lists are keyed, whose order matters, and what is prose.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final

from rolegraph.answers import ChangeAction
from rolegraph.model.mapping import Mapping as Mapped
from rolegraph.model.record import Record, YearRange
from rolegraph.model.reference import Alternative, Constant, Level, SkillDescriptor
from rolegraph.model.release import ReleaseFile
from rolegraph.model.roles import CRITERIA, Requirement, Responsibility, Score, SkillUse, Source

KEYS: Final[Mapping[type[Record], Callable[[Any], str]]] = {
    Responsibility: lambda item: item.id,
    Source: lambda item: item.id,
    SkillUse: lambda item: item.skill,
    Requirement: lambda item: item.level,
    Score: lambda item: item.dimension,
    Mapped: lambda item: item.key,
    Alternative: lambda item: item.label,
    SkillDescriptor: lambda item: item.proficiency,
    Constant: lambda item: item.name,
    ReleaseFile: lambda item: item.name,
}
"""By what an item of a list is known."""

TELLS: Final[Mapping[type[Record], Callable[[Any], str]]] = {
    Responsibility: lambda item: item.text,
    Source: lambda item: item.text,
    SkillUse: lambda item: item.label or item.skill,
    Requirement: lambda item: item.proficiency,
    Score: lambda item: _show(item.value),
    Mapped: lambda item: item.predicate,
    Alternative: lambda item: item.label,
    SkillDescriptor: lambda item: item.text,
    Constant: lambda item: _show(item.value),
    ReleaseFile: lambda item: item.sha256,
}
"""What is told of an item that came or went."""

ORDERED: Final = (Responsibility, Source, SkillUse, Score, Alternative, Constant)
"""The items whose place in their list is a statement of the source."""

WORDED: Final = (Responsibility, Source)
"""The items whose id may be made from their text."""
ALIKE: Final = 0.6
"""The share of words that two wordings of one statement have in common, at least."""
MOST_WORDS: Final = 1000
"""Words of two texts together, up to which it is measured how alike they are."""

JOINED: Final = frozenset({"levels", "differential", "assigned", "schemes"})
"""Lists of words that are told as one value."""

PROSE: Final = frozenset(
    {
        "definition", "description", "text", "summary", *Level.DESCRIPTOR, *CRITERIA, "reason", "limits", "note",
        "comment", "exclusions", "access_rights", "licence", "attribution",
    }
)  # fmt: skip
"""The fields that are compared word by word."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A change of one field, or of one item of it; see :class:`rolegraph.answers.DataChange`.

    ``told`` is what people see of an item that has another place, ``evidence`` says how it was known again.
    """

    field: str
    item: str | None
    action: ChangeAction
    old: str | None
    new: str | None
    told: str | None = None
    evidence: str | None = None

    @property
    def is_prose(self) -> bool:
        """Whether it is told word by word."""
        return self.action == "reworded"


def compare_fields(
    old: Record, new: Record, skipped: frozenset[str], names: Mapping[str, str]
) -> Iterator[FieldChange]:
    """What is different in two versions of a record, in the order of its fields.

    ``skipped`` are compared elsewhere; ``names`` tells the new code of skills that were moved.
    """
    for field in type(new).model_fields:
        if field not in skipped:
            yield from _compare(field, None, getattr(old, field), getattr(new, field), names)


def _compare(
    field: str, item: str | None, old: Any, new: Any, names: Mapping[str, str]
) -> Iterator[FieldChange]:
    if old == new:
        return
    some = old if old is not None else new
    if isinstance(some, Record) and not isinstance(some, YearRange):
        for part in type(some).model_fields:
            yield from _compare(
                f"{field}.{part}", item, _read(old, part, some), _read(new, part, some), names
            )
    elif isinstance(some, tuple):
        yield from _compare_lists(field, item, old or (), new or (), names)
    else:
        yield _tell(field, item, None if old is None else _show(old), None if new is None else _show(new))


def _read(record: Record | None, part: str, other: Record) -> Any:
    """The field of a record; of one that is not there what says nothing."""
    if record is not None:
        return getattr(record, part)
    value = getattr(other, part)
    return value if value is False else () if isinstance(value, tuple) else None


def _compare_lists(
    field: str, item: str | None, old: tuple[Any, ...], new: tuple[Any, ...], names: Mapping[str, str]
) -> Iterator[FieldChange]:
    kind = type((old or new)[0])
    if not issubclass(kind, Record):
        yield from _compare_texts(field, item, old, new)
        return
    find_key, tell = KEYS[kind], TELLS[kind]

    def translate(key: str) -> str:
        return names.get(key, key) if kind is SkillUse else key

    before = {translate(find_key(entry)): entry for entry in old}
    after = {find_key(entry): entry for entry in new}
    own = {KEY_FIELDS[kind]} if kind in KEY_FIELDS else set()
    if kind in WORDED:
        for gone, fresh in pair_alike(
            {key: tell(entry) for key, entry in before.items() if key not in after},
            {key: tell(entry) for key, entry in after.items() if key not in before},
        ):
            yield _tell_renewed(field, gone, fresh, tell(before[gone]), tell(after[fresh]))
            before = {fresh if key == gone else key: entry for key, entry in before.items()}
            before[fresh] = after[fresh]
    for key, entry in after.items():
        path = key if item is None else f"{item} / {key}"
        if key not in before:
            yield FieldChange(field, path, "added", None, tell(entry))
            continue
        for part in type(entry).model_fields:
            if part not in own:
                yield from _compare(
                    f"{field}.{part}", path, getattr(before[key], part), getattr(entry, part), names
                )
    for key, entry in before.items():
        if key not in after:
            yield FieldChange(field, key if item is None else f"{item} / {key}", "removed", tell(entry), None)
    if kind in ORDERED:
        places = {key: place for place, key in enumerate(after, 1)}
        common = [(key, place) for place, key in enumerate(before, 1) if key in after]
        for key, place in find_reordered(common, places):
            path = key if item is None else f"{item} / {key}"
            yield FieldChange(field, path, "reordered", str(place), str(places[key]), tell(after[key]))


def pair_alike(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str]]:
    """The items of which one came in place of another: both share most of their words, more than with any other.

    An id that is not stored is made from the text, so a new wording has another one.
    """
    shares = sorted(
        (
            (share, gone, fresh)
            for gone, text in old.items()
            for fresh, other in new.items()
            if (share := _measure_alike(text, other)) >= ALIKE
        ),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    pairs: dict[str, str] = {}
    for _, gone, fresh in shares:
        if gone not in pairs and fresh not in pairs.values():
            pairs[gone] = fresh
    return list(pairs.items())


def _measure_alike(one: str, other: str) -> float:
    words, others = one.split(), other.split()
    if len(words) + len(others) > MOST_WORDS:
        return float(one == other)
    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def _tell_renewed(field: str, gone: str, fresh: str, old: str, new: str) -> FieldChange:
    if old == new:
        return FieldChange(f"{field}.id", fresh, "changed", gone, fresh, told=old)
    evidence = f"its id was {gone}; the wording is alike"
    return FieldChange(f"{field}.text", fresh, "reworded", old, new, evidence=evidence)


KEY_FIELDS: Final[Mapping[type[Record], str]] = {SkillUse: "skill"}
"""The field that holds the key, where keys are translated; elsewhere it is equal where the key is."""


def find_reordered(common: list[tuple[str, int]], places: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Of items in their old order, each with its old place, the fewest that must have moved to stand in the new one.

    >>> list(find_reordered([("a", 1), ("b", 2), ("c", 3)], {"b": 1, "c": 2, "a": 3}))
    [('a', 1)]
    """
    ends: list[int] = []
    chains: list[int] = []
    former: list[int] = []
    for at, (key, _) in enumerate(common):
        length = bisect_left(ends, places[key])
        former.append(chains[length - 1] if length else -1)
        ends[length : length + 1] = [places[key]]
        chains[length : length + 1] = [at]
    kept: set[int] = set()
    at = chains[-1] if chains else -1
    while at >= 0:
        kept.add(at)
        at = former[at]
    return (entry for at, entry in enumerate(common) if at not in kept)


def _compare_texts(
    field: str, item: str | None, old: tuple[Any, ...], new: tuple[Any, ...]
) -> Iterator[FieldChange]:
    if field.rpartition(".")[2] in JOINED or set(old) == set(new):
        yield _tell(field, item, ", ".join(old) or None, ", ".join(new) or None)
        return
    gone = [text for text in old if text not in new]
    fresh = [text for text in new if text not in old]
    if len(gone) == len(fresh) == 1:
        yield _tell(field, item, gone[0], fresh[0])
        return
    yield from (FieldChange(field, item, "removed", text, None) for text in gone)
    yield from (FieldChange(field, item, "added", None, text) for text in fresh)


def _tell(field: str, item: str | None, old: str | None, new: str | None) -> FieldChange:
    action: ChangeAction = "added" if old is None else "removed" if new is None else "changed"
    if action == "changed" and field.rpartition(".")[2] in PROSE:
        action = "reworded"
    return FieldChange(field, item, action, old, new)


def _show(value: Any) -> str:
    """A value as text: numbers without trailing zeros, ranges of years in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, YearRange):
        low = _show(value.min)
        return f"{low} or more" if value.max is None else f"{low} to {_show(value.max)}"
    return str(value)
