"""Records by what they belong to, in their order; nothing belongs to a key that is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Key = TypeVar("Key")


def group_by(records: Iterable[Item], key: Callable[[Item], Key]) -> defaultdict[Key, list[Item]]:
    """The records of each key."""
    groups: defaultdict[Key, list[Item]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return groups
