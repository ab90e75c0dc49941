"""Everything that can be found by name: ``data/names.js``, kept small by leaving out what follows from the rest.

    {"classes": {"detailed": "occupation"},                       kinds of entries of classifications, as they are found
     "functions": [[CODE, LABEL]], "levels": [[CODE, LABEL]],
     "skills": [[CODE, LABEL, [ALTERNATIVE], [[WORDING, FOCUS]], NAME, RETIRED]],
     "occupations": [[SCHEME, CODE, TITLE, ENTRY, NAME]],
     "focuses": [[CODE, LABEL, [[LEVEL, TITLE, JOB CODE, [ALIAS], NAME, RETIRED]], NAME, RETIRED]]}

NAME is that of the page where it is another than the code, also after the label of a function or level. RETIRED is 1 for
what is no longer in use; a role is retired with its focus, too. What a row has not is 0, or left out at its end. FOCUS is the place of the first focus that words a skill so, among ``focuses``. A profile's code is that of its
focus and its level, its title that of its focus and its level where it has none of its own. An occupation that records
are mapped to and that has not been read has no title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from rolegraph.folding import fold
from rolegraph.model.roles import Focus
from rolegraph.search.own import CLASSES
from rolegraph.site.addresses import Kind
from rolegraph.site.book import Book, write_data

_MAPPED: Final = "occupation"
"""What an occupation is taken for that records are mapped to and that has not been read."""


def make_names(book: Book) -> bytes:
    """The file ``data/names.js``."""
    return write_data("names", list_names(book))


def list_names(book: Book) -> dict[str, Any]:
    """What the file holds, in the order of ``search.own.list_names``."""
    taxonomy = book.taxonomy
    occupations = [*_list_occupations(book)]
    entries = sorted({row[3] for row in occupations})
    return {
        "classes": {entry: CLASSES.get(entry, "occupation") for entry in entries},
        "functions": [
            _row(book, "function", f.code, (f.code, f.label or f.code)) for f in taxonomy.functions
        ],
        "levels": [_row(book, "level", level.code, (level.code, level.label)) for level in taxonomy.levels],
        "skills": [*_list_skills(book)],
        "occupations": occupations,
        "focuses": [
            _row(
                book,
                "focus",
                focus.code,
                (focus.code, focus.label, [*_list_profiles(book, focus)]),
                retired=focus.retired is not None,
            )
            for focus in taxonomy.focuses
        ],
    }


def _list_skills(book: Book) -> Iterator[list[Any]]:
    wordings: dict[str, dict[str, tuple[str, int]]] = {}
    for place, focus in enumerate(book.taxonomy.focuses):
        for use in focus.skills:
            if use.label:
                wordings.setdefault(use.skill, {}).setdefault(fold(use.label), (use.label, place))
    for skill in book.taxonomy.skills:
        names = [alternative.label for alternative in skill.alternatives]
        known = {fold(skill.label), *map(fold, names)}
        others = [
            [label, place]
            for folded, (label, place) in wordings.get(skill.code, {}).items()
            if folded not in known
        ]
        row = (skill.code, skill.label, names or 0, others or 0)
        yield _row(book, "skill", skill.code, row, retired=skill.retired is not None)


def _list_occupations(book: Book) -> Iterator[list[Any]]:
    read = set()
    for occupation in book.taxonomy.occupations:
        key = f"{occupation.scheme}/{occupation.code}"
        read.add(key)
        row = (occupation.scheme, occupation.code, occupation.title, occupation.kind)
        yield _row(book, "occupation", key, row)
    for key in book.addresses.list_codes("occupation"):
        if key not in read:
            scheme, _, code = key.partition("/")
            yield _row(book, "occupation", key, (scheme, code, 0, _MAPPED))


def _list_profiles(book: Book, focus: Focus) -> Iterator[list[Any]]:
    for profile in focus.profiles:
        row = (profile.level, profile.title or 0, profile.job_code or 0, [*profile.aliases] or 0)
        yield _row(book, "profile", profile.code, row, retired=book.taxonomy.is_retired(profile))


def _row(book: Book, kind: Kind, code: str, values: Iterable[object], *, retired: bool = False) -> list[Any]:
    """A row with the name of the page where that is not the code, without what is missing at its end."""
    name = book.addresses.name(kind, code)
    row: list[Any] = [*values, name if name != code else 0, int(retired)]
    while row and row[-1] == 0:
        row.pop()
    return row
