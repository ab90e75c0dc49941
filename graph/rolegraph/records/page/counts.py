"""Numbers of responsibilities per level that people give by hand, for all pages, for one, or for a focus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from rolegraph.errors import Problem
from rolegraph.records.page.draft import Given

Counts: TypeAlias = tuple[int, ...] | Mapping[str, tuple[int, ...]]
"""Numbers for all pages, or by the name of a page, the code of a focus, or "" for all others."""

_FOLDERS: Final = re.compile(r".*[/\\]")


class Use(NamedTuple):
    """What became of the numbers for one page: whether they mattered, and whether the page was taken."""

    given: Given
    needed: bool
    taken: bool


def choose_counts(counts: Counts | None, page: str, code: str) -> Given | None:
    """The numbers for a page with this name and profile code: those for the page, its focus, or all pages.

    >>> choose_counts({"": (2, 2), "BAKERY.BREAD1A2B": (1, 3)}, "pages/m2.txt", "BAKERY.BREAD1A2B.M2")
    Given(name='BAKERY.BREAD1A2B', numbers=(1, 3))
    """
    if counts is None:
        return None
    named = counts if isinstance(counts, Mapping) else {"": counts}
    for name in (_FOLDERS.sub("", page), code.rpartition(".")[0], ""):
        if name in named:
            return Given(name, tuple(named[name]))
    return None


def find_unused(counts: Counts | None, uses: Iterable[Use]) -> list[Problem]:
    """A problem for all numbers that no page needed, unless a page that they are for is refused."""
    if counts is None:
        return []
    by_name: dict[str, list[Use]] = {}
    for use in uses:
        by_name.setdefault(use.given.name, []).append(use)
    named = counts if isinstance(counts, Mapping) else {"": counts}
    problems = []
    for name, numbers in sorted(named.items()):
        found = by_name.get(name, [])
        if any(use.needed or not use.taken for use in found):
            continue
        what = f"the numbers of responsibilities {f'for {name}' if name else 'given'}, {','.join(map(str, numbers))}, "
        if found:
            why = "were not needed: the levels are stated, or divide evenly"
            remedy = (
                "leave them out" if name else "leave them out, or give as many numbers as a page has levels"
            )
        elif name:
            why = "are for no page: none that could be read has this name or focus"
            remedy = "give the file name of a page without its folder, or the code of its focus"
        else:
            why, remedy = "are for no page: each has numbers of its own", "leave them out"
        problems.append(Problem("counts-unused", what + why, None, "--responsibilities", remedy))
    return problems
