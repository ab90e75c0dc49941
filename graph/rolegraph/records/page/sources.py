"""Listed texts: their ids, and the occupation that a cited source names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rolegraph.model.codes import text_id

_ONET: Final = re.compile(r"(?<![\d.-])[0-9]{2}-[0-9]{4}\.[0-9]{2}(?![\d-])")


def find_occupation(text: str) -> str | None:
    """The O*NET-SOC code in a text; None where it names none or several.

    >>> find_occupation("O*NET 51-3011.00 Bakers"), find_occupation("Interviews with bakers")
    ('51-3011.00', None)
    """
    found = set(_ONET.findall(text))
    return found.pop() if len(found) == 1 else None


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
