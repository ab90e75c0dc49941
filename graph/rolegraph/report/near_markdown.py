"""The roles nearest to a role or to a person's skills as a Markdown document: a table, and what to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rolegraph.answers import Adjacent, Hidden, Neighbour
from rolegraph.report.layout import count
from rolegraph.report.markdown import (
    escape,
    join_blocks,
    write_code,
    write_heading,
    write_paragraph,
    write_table,
)
from rolegraph.report.near import BAND_NOTE, CONTENT_NOTE, PERSON_NOTE, PLAIN_NOTE, to_sentence
from rolegraph.report.neighbours import to_adjacent
from rolegraph.report.wording import tell_band

if TYPE_CHECKING:
    from rolegraph.answers import PersonAdjacent


def write_near(answer: Adjacent | Hidden | PersonAdjacent, title: Callable[[str], str]) -> str:
    """The roles, nearest first; ``title`` tells the title of a code."""
    if isinstance(answer, Adjacent):
        return join_blocks(_list_blocks(answer, f"Nearest to {title(answer.origin)}"))
    near = to_adjacent(answer)
    if isinstance(answer, Hidden):
        name = f"Near to {title(answer.origin)} in content, not in the architecture"
        return join_blocks(_list_blocks(near, name))
    given = len(answer.recognised) + len(answer.unrecognised)
    known = f"{len(answer.recognised)} of {count(given, 'skill')} recognised"
    unknown = "; ".join(skill.given for skill in answer.unrecognised)
    told = (known, f"not recognised: {unknown}" if unknown else "")
    return join_blocks(_list_blocks(near, "Nearest to the skills given", "; ".join(filter(None, told))))


def _list_blocks(answer: Adjacent, heading: str, known: str = "") -> Iterator[str]:
    yield write_heading(1, heading)
    origin = write_code(answer.origin) if answer.origin else ""
    yield " · ".join(filter(None, (origin, f"distance {escape(answer.edition)}")))
    if known:
        yield write_paragraph(to_sentence(known))
    if answer.adjacent:
        yield _write_roles(answer.adjacent)
    else:
        yield write_paragraph(to_sentence(answer.reason or "there is no other role"))
    notes = dict.fromkeys((*(note for near in answer.adjacent for note in near.notes), *answer.notes))
    yield from (write_paragraph(to_sentence(note)) for note in notes)
    if answer.adjacent:
        yield write_paragraph(_choose_scale(answer))


def _write_roles(roles: tuple[Neighbour, ...]) -> str:
    """A column that no role has anything for is left out."""
    header = ("Role", "Distance", "Match band", "In words")
    rows = [
        (
            f"{escape(near.title)} ({write_code(near.code)})",
            f"{near.distance:.4f}",
            "" if near.band is None else tell_band(near.band),
            escape(near.plain or ""),
        )
        for near in roles
    ]
    used = [at for at in range(len(header)) if any(row[at] for row in rows)]
    return write_table([header[at] for at in used], [[row[at] for at in used] for row in rows])


def _choose_scale(answer: Adjacent) -> str:
    first = answer.adjacent[0]
    if first.band is None:
        return PLAIN_NOTE
    if "shared" not in first.components:
        return BAND_NOTE
    return CONTENT_NOTE if answer.origin else PERSON_NOTE
