"""The first page and the pages of functions: focuses by levels, with what is documented, implied and missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rolegraph.model.reference import JobFunction, Level
from rolegraph.model.roles import Focus
from rolegraph.site.book import Book, Chapter
from rolegraph.site.indexes import name_function
from rolegraph.site.rungs import Cell, Standing, lay_matrix, list_columns

MOST_FOCUSES: Final = 150
"""Up to so many focuses have a row of the first page each; of more, it counts the profiles of every function."""

_MOST_COLUMNS: Final = 12
_LONGEST_CODE: Final = 3
"""Up to so many levels with codes of so many characters, a matrix is no wider than a page on a wide screen."""

STANDINGS: Final[tuple[Standing, ...]] = ("documented", "implied", "missing", "retired")


class Part(NamedTuple):
    """The rows of one function in a matrix: each focus with its cells."""

    function: JobFunction
    rows: Sequence[tuple[Focus, Sequence[Cell | None]]]


class Tally(NamedTuple):
    """A function in numbers: its focuses in use, and its profiles in use at each level of the columns."""

    function: JobFunction
    focuses: int
    profiles: Sequence[int]


def _make_index(book: Book, name: str) -> bytes | None:
    if name != "index.html":
        return None
    taxonomy = book.taxonomy
    is_small = len(taxonomy.focuses) <= MOST_FOCUSES
    levels = {profile.level for profile in taxonomy.profiles}
    return book.render(
        "index.html",
        name,
        counts=_count_all(book),
        tracks=taxonomy.track_by_code,
        groups=taxonomy.group_by_code,
        matrix=_lay_parts(book, book.indexes.functions) if is_small else None,
        tally=None if is_small else _lay_tally(book),
        unused=[level for level in taxonomy.levels if level.code not in levels],
        standings=STANDINGS,
        name_function=name_function,
        fits=_fits,
    )


def _make_function(book: Book, name: str) -> bytes | None:
    code = book.addresses.find("function", name.removesuffix(".html")) if name.endswith(".html") else None
    if code is None:
        return None
    taxonomy = book.taxonomy
    function = taxonomy.function_by_code[code]
    focuses = book.indexes.focuses_of_function.get(code, ())
    columns, parts = _lay_parts(book, [function])
    standings = Counter(cell.standing for part in parts for _, cells in part.rows for cell in cells if cell)
    return book.render(
        "function.html",
        f"function/{name}",
        function=function,
        label=name_function(function),
        group=taxonomy.group_by_code.get(function.group or ""),
        neighbours=_list_neighbours(book, function),
        tracks=taxonomy.track_by_code,
        matrix=(columns, parts),
        focuses=focuses,
        retired=sum(focus.retired is not None for focus in focuses),
        counts=standings,
        skills=len({use.skill for focus in focuses for use in focus.skills}),
        standings=STANDINGS,
        name_function=name_function,
        fits=_fits,
    )


def _fits(columns: Sequence[tuple[str, Sequence[Level]]]) -> bool:
    """Whether a matrix surely needs no box of its own that scrolls sideways on a wide screen."""
    levels = [level for _, group in columns for level in group]
    return len(levels) <= _MOST_COLUMNS and all(len(level.code) <= _LONGEST_CODE for level in levels)


def _list_neighbours(book: Book, function: JobFunction) -> list[JobFunction]:
    """The other functions of its group."""
    if function.group is None:
        return []
    return [f for f in book.indexes.functions if f.group == function.group and f.code != function.code]


def _lay_parts(
    book: Book, functions: Iterable[JobFunction]
) -> tuple[Sequence[tuple[str, Sequence[Level]]], list[Part]]:
    """The columns of a matrix, and its rows by function; a function without a focus has none."""
    functions = list(functions)
    focuses = [f for function in functions for f in book.indexes.focuses_of_function.get(function.code, ())]
    matrix = lay_matrix(book.taxonomy, focuses)
    rows = iter(matrix.rows)
    parts = []
    for function in functions:
        own = len(book.indexes.focuses_of_function.get(function.code, ()))
        parts.append(Part(function, [next(rows) for _ in range(own)]))
    return matrix.tracks, parts


def _lay_tally(book: Book) -> tuple[Sequence[tuple[str, Sequence[Level]]], list[Tally]]:
    """The columns of the table of numbers, and its rows."""
    taxonomy = book.taxonomy
    in_use = [profile for profile in taxonomy.profiles if not taxonomy.is_retired(profile)]
    numbers = Counter((profile.function, profile.level) for profile in in_use)
    columns = list_columns(taxonomy, {profile.level for profile in in_use})
    levels = [level.code for _, group in columns for level in group]
    return columns, [
        Tally(
            function,
            sum(f.retired is None for f in book.indexes.focuses_of_function.get(function.code, ())),
            [numbers[function.code, level] for level in levels],
        )
        for function in book.indexes.functions
    ]


def _count_all(book: Book) -> Iterator[tuple[str, int]]:
    """What there is, and how many: the key of its text, and the number."""
    taxonomy = book.taxonomy
    retired = sum(map(taxonomy.is_retired, taxonomy.profiles))
    yield "profiles", len(taxonomy.profiles) - retired
    if retired:
        yield "retired", retired
    yield "focuses", len(taxonomy.focuses)
    yield "functions", len(taxonomy.functions)
    yield "levels", len(taxonomy.levels)
    yield "skills", len(taxonomy.skills)


def _list_functions(book: Book) -> Iterator[str]:
    return (f"{book.addresses.name('function', code)}.html" for code in book.addresses.list_codes("function"))


CHAPTERS: Final = (
    Chapter("", lambda book: ("index.html",), _make_index),
    Chapter("function", _list_functions, _make_function),
)
