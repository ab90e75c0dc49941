"""Listed texts: their ids."""

from __future__ import annotations

from collections.abc import Iterable

from rolegraph.model.codes import text_id


def number_ids(texts: Iterable[str]) -> list[str]:
    """An id for each text, in their order; the same text a second time gets a number behind its id.

    >>> number_ids(["a", "b", "a"])
    ['ca978112', '3e23e816', 'ca978112-2']
    """
    ids: list[str] = []
    counts: dict[str, int] = {}
    for text in texts:
        made = text_id(text)
        counts[made] = counts.get(made, 0) + 1
        ids.append(made if counts[made] == 1 else f"{made}-{counts[made]}")
    return ids
