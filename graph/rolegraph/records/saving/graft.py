"""The change of a record -> the same change of the document in which a person wrote it down.

A person may write a record in other ways than we do: other order of keys, a bare text for a responsibility, a default
spelled out. What did not change stays as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rolegraph.model import codes
from rolegraph.records.document import Document


def is_identical(one: Document, other: Document) -> bool:
    """Whether documents are equal and have their keys in the same order, too."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(is_identical(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_identical, one, other))
    return one == other


def graft(held: Document, before: Document, after: Document) -> Document:
    """The document ``held`` with the change from ``before``, which is how we write the same, to ``after``.

    >>> graft({"b": "2", "a": ["x"]}, {"a": ["x"], "b": "2"}, {"a": ["x"], "b": "3", "c": "4"})
    {'b': '3', 'c': '4', 'a': ['x']}
    """
    if is_identical(before, after):
        return held
    if isinstance(held, dict) and isinstance(before, dict) and isinstance(after, dict):
        return _graft_mapping(held, before, after)
    if isinstance(held, list) and isinstance(before, list) and isinstance(after, list):
        return _graft_list(held, before, after)
    return after


def _graft_mapping(
    held: Mapping[str, Document], before: Mapping[str, Document], after: Mapping[str, Document]
) -> dict[str, Document]:
    made: dict[str, Document] = {}
    for key, value in after.items():
        if key in held:
            made[key] = graft(held[key], before[key], value) if key in before else value
        elif key not in before or not is_identical(before[key], value):
            made[key] = value
    # What neither way of writing has is a default that was spelled out.
    kept = [key for key in held if key in made or key not in before]
    made |= {key: held[key] for key in kept if key not in made}
    if [key for key in before if key in after] != [key for key in after if key in before]:
        order = [*(key for key in after if key in made), *(key for key in kept if key not in after)]
    else:
        order = _insert(kept, [key for key in after if key in made])
    return {key: made[key] for key in order}


def _insert(kept: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The kept keys in their order, each other one of those wanted behind the one that it follows there."""
    followers: dict[str | None, list[str]] = {}
    last: str | None = None
    known = set(kept)
    for key in wanted:
        if key in known:
            last = key
        else:
            followers.setdefault(last, []).append(key)
    order = list(followers.get(None, ()))
    for key in kept:
        order += [key, *followers.get(key, ())]
    return order


def _graft_list(
    held: Sequence[Document], before: Sequence[Document], after: Sequence[Document]
) -> list[Document]:
    made: list[tuple[Document, int | None, int | None]] = []  # each with its places in before and in held
    free = dict(enumerate(held))
    left = dict(enumerate(before))
    for item in after:
        earlier = _find_place(left, item)
        if earlier is None:
            made.append((item, None, None))
            continue
        known = left.pop(earlier)
        place = _find_place(free, known)
        made.append((item if place is None else _graft_item(free.pop(place), known, item), earlier, place))
    stayed = [earlier for _, earlier, _ in made if earlier is not None]
    if stayed == sorted(stayed):
        made = _keep_order(made)
    return [item for item, _, _ in made]


def _keep_order(
    made: Sequence[tuple[Document, int | None, int | None]],
) -> list[tuple[Document, int | None, int | None]]:
    """What a person wrote in the person's order; each other item behind the one that it follows."""
    groups: list[list[tuple[Document, int | None, int | None]]] = [[]]
    for one in made:
        if one[2] is not None:
            groups.append([])
        groups[-1].append(one)
    first, *others = groups
    return [*first, *(one for group in sorted(others, key=lambda group: group[0][2] or 0) for one in group)]


def _graft_item(own: Document, before: Document, after: Document) -> Document:
    if is_identical(before, after):
        return own
    # An id that stands in the text alone would change with it.
    return graft(own, before, after) if _name(own) is not None else after


def _find_place(items: Mapping[int, Document], item: Document) -> int | None:
    """The place of the item that is the one that we write as ``item``, or else of the one by its name."""
    found = next((place for place, own in items.items() if _means(own, item)), None)
    if found is not None or (name := _name(item)) is None:
        return found
    return next((place for place, own in items.items() if _name(own) == name), None)


def _name(item: Document) -> tuple[str, ...] | None:
    """What an item is known by, whatever else it says: classification and code, or an id."""
    if not isinstance(item, dict):
        return None
    for keys in (("scheme", "code"), ("id",)):
        values = [item.get(key) for key in keys]
        if all(isinstance(value, str) for value in values):
            return tuple(map(str, values))
    return None


def _means(own: Document, item: Document) -> bool:
    """Whether an item as a person wrote it is the item as we write it."""
    if own == item:
        return True
    if not isinstance(item, dict):
        return False
    if isinstance(own, str):
        return set(item) == {"id", "text"} and item == {"id": codes.text_id(own), "text": own}
    if isinstance(own, dict) and "id" not in own and isinstance(own.get("text"), str):
        return item == {"id": codes.text_id(str(own["text"])), **own}
    return False
