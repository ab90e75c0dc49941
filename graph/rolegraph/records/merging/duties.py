"""Responsibilities and sources of a role as a source states them -> those of a folder, whose ids stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rolegraph.model.roles import Responsibility, Source

if TYPE_CHECKING:
    from rolegraph.records.intake import Key
    from rolegraph.records.merging.meeting import Meeting

ALIKE: Final = 70.0
"""From this similarity on (0 to 100) a text is taken for a corrected one."""


def pair_duties(old: Sequence[Responsibility], new: Sequence[Responsibility]) -> Mapping[int, int]:
    """The numbers of new responsibilities with those of the old ones that they repeat or correct.

    The same text comes first; then the most similar texts, as long as they are similar enough.

    >>> old = [Responsibility(id="a", text="Bakes bread."), Responsibility(id="b", text="Sells rolls to cafes.")]
    >>> new = [Responsibility(id="x", text="Sells rolls to the cafes."), Responsibility(id="y", text="Cleans.")]
    >>> pair_duties(old, new)
    {0: 1}
    """
    from rapidfuzz.fuzz import ratio

    pairs: dict[int, int] = {}
    left: dict[int, None] = dict.fromkeys(range(len(old)))
    for number, duty in enumerate(new):
        same = next((n for n in left if old[n].text == duty.text), None)
        if same is not None:
            pairs[number] = same
            del left[same]
    scores = [
        (-score, number, other)
        for number, duty in enumerate(new)
        if number not in pairs
        for other in left
        if (score := ratio(duty.text, old[other].text, score_cutoff=ALIKE)) >= ALIKE
    ]
    for _, number, other in sorted(scores):
        if number not in pairs and other in left:
            pairs[number] = other
            del left[other]
    return dict(sorted(pairs.items()))


def merge_duties(
    meeting: Meeting, key: Key, old: Sequence[Responsibility], new: Sequence[Responsibility]
) -> tuple[tuple[Responsibility, ...], dict[str, str]]:
    """The responsibilities of a profile, and the final ids of those of the source whose id changed.

    Pages add what is missing where they repeat everything else; a list that differs by more is kept and noted. A
    source that prevails gives the list; what a table never stated stays after it.
    """
    pairs = pair_duties(old, new)
    if not meeting.prevails:
        if new and old and len(pairs) < len(old):
            texts = tuple(duty.text for duty in old), tuple(duty.text for duty in new)
            meeting.note_difference(key, *texts)
            return tuple(old), {new[n].id: old[o].id for n, o in pairs.items() if new[n].id != old[o].id}
        for number, other in pairs.items():
            if new[number].text != old[other].text:
                source = (*key, new[number].id)
                meeting.note_difference((*key, old[other].id), old[other].text, new[number].text, source)
    elif not new:
        kept = tuple(duty for duty in old if not meeting.has_stated(*key, duty.id))
        return kept, {}
    return _join(meeting, key, old, new, pairs)


def _join(
    meeting: Meeting,
    key: Key,
    old: Sequence[Responsibility],
    new: Sequence[Responsibility],
    pairs: Mapping[int, int],
) -> tuple[tuple[Responsibility, ...], dict[str, str]]:
    taken = {old[other].id for other in pairs.values()}
    stay = [
        duty
        for number, duty in enumerate(old)
        if number not in pairs.values()
        and (not meeting.prevails or (meeting.is_table and not meeting.has_stated(*key, duty.id)))
    ]
    taken |= {duty.id for duty in stay}
    merged, ids = [], {}
    for number, duty in enumerate(new):
        if number in pairs:
            held = old[pairs[number]]
            final = held if not meeting.prevails else Responsibility(id=held.id, text=duty.text)
        else:
            final = Responsibility(id=_find_free(duty.id, taken), text=duty.text)
            taken.add(final.id)
        merged.append(final)
        if final.id != duty.id:
            ids[duty.id] = final.id
    return (*merged, *stay), ids


def merge_sources(
    meeting: Meeting, key: Key, old: Sequence[Source], new: Sequence[Source]
) -> tuple[tuple[Source, ...], dict[str, str]]:
    """The sources that a profile cites, and the final ids of those whose id changed. The same text is the same source.

    Those of the folder come first, less what a table stated before and states no more.
    """
    stated = dict(enumerate(new))
    merged, ids = [], {}
    for held in old:
        same = [n for n, source in stated.items() if source.text == held.text]
        found = min(same, key=lambda n: (stated[n].id != held.id, n), default=None)
        if found is not None:
            source = stated.pop(found)
            ids[source.id] = held.id
            at, there = (*key, held.id, "occupation"), (*key, source.id, "occupation")
            occupation = meeting.settle(at, held.occupation, source.occupation, source=there)
            merged.append(held.model_copy(update={"occupation": occupation}))
        elif not meeting.has_stated(*key, held.id):
            merged.append(held)
    taken = {source.id for source in merged}
    for source in stated.values():
        ids[source.id] = _find_free(source.id, taken)
        taken.add(ids[source.id])
        merged.append(source.model_copy(update={"id": ids[source.id]}))
    return tuple(merged), {part_id: final for part_id, final in ids.items() if part_id != final}


def _find_free(part_id: str, taken: set[str]) -> str:
    found, number = part_id, 1
    while found in taken:
        number += 1
        found = f"{part_id[:56]}-{number}"
    return found
