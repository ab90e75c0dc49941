"""The answers about what is near as text for people: nearest roles, hidden ones, distances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rolegraph.report.layout import (
    band_label,
    columns,
    count,
    display_width,
    fits_table,
    heading,
    muted,
    pad,
    printable,
    table_width,
    terminal_width,
    wrap,
)

if TYPE_CHECKING:
    from rolegraph.answers import Adjacent, AllAdjacent, Distance, Hidden, Neighbour, PersonAdjacent

Explain = Callable[[Mapping[str, float]], str]
"""Tells the arithmetic of a distance from its components; see ``Guide.explain``."""

BAND_NOTE = (
    "Distance runs from 0 to 1, lower is nearer. The band tells how close two roles stand in the architecture,"
    " not whether a person qualifies."
)
CONTENT_NOTE = (
    "Distance runs from 0 to 1, lower is nearer. The band tells how much two roles have in common of what they"
    " ask for, not whether a person qualifies."
)
PERSON_NOTE = (
    "Distance runs from 0 to 1, lower is nearer. The band tells how much a person's skills and a role have in common,"
    " not whether the person qualifies."
)
PLAIN_NOTE = "Distance runs from 0 to 1, lower is nearer. This edition has no match bands: near is not alike."
_INDENT = "            "
_BAND_WIDTH = 20
_LEAST = ("x" * 30,)
"""The room without which plain words have no column of their own."""
_NONE = "there is no other role"


def describe_adjacent(answer: Adjacent, title: str, explain: Explain | None = None) -> str:
    """The nearest roles as a table; with ``explain`` the arithmetic of each."""
    lines = _head(f"Nearest to {title}", f"{answer.origin} · {answer.edition}")
    if not answer.adjacent:
        return _end([*lines, *_tell_notes(((answer.reason or _NONE), *answer.notes))])
    header, *body = _lay(answer.adjacent)
    lines.append(header)
    for row, neighbour in zip(body, answer.adjacent, strict=True):
        lines.append(row)
        if explain:
            lines += _tell_sum(explain(neighbour.components))
    notes = dict.fromkeys((*(note for n in answer.adjacent for note in n.notes), *answer.notes))
    components = answer.adjacent[0].components
    return _end([*lines, "", *_tell_notes(notes), *_tell_scale(answer.adjacent[0].band, components)])


def describe_all_adjacent(
    answer: AllAdjacent, title: Callable[[str], str], explain: Explain | None = None
) -> str:
    """The nearest roles of every role, one line each where the terminal is wide enough."""
    lines = _head(f"Nearest roles of every role · {answer.edition}")
    if answer.reason is not None:
        return _end([*lines, *_tell_notes((answer.reason, *answer.notes))])
    for part in answer.profiles:
        lines += _name_role("", title(part.origin), part.origin)
        if not part.adjacent:
            lines += wrap(to_sentence(part.reason or _NONE), terminal_width(), "    ")
        for n in part.adjacent:
            band = "" if n.band is None else f"{pad(band_label(n.band), _BAND_WIDTH)}  "
            lines += _name_role(f"    {n.distance:.4f}  {band}", n.title, n.code, n.plain)
            if explain:
                lines += _tell_sum(explain(n.components))
    scale = (_tell_scale(n.band, n.components) for part in answer.profiles for n in part.adjacent)
    return _end([*lines, "", *_tell_notes(answer.notes), *next(scale, [])])


def describe_distance(answer: Distance, origin_title: str, destination_title: str, explain: Explain) -> str:
    """One distance with its parts, or why there is none."""
    ends = [
        *_name_role("  ", origin_title, answer.origin),
        *_name_role("  ", destination_title, answer.destination),
        "",
    ]
    if answer.distance is None:
        head = heading("no distance") + f"  {muted(answer.edition)}"
        return _end([head, "", *ends, *_tell_notes((answer.reason or "",))])
    figure, plain = f"{answer.distance:.4f}", heading(answer.plain or "")
    lead = figure if answer.plain else heading(figure)
    figures = "  ".join(part for part in (lead, band_label(answer.band), muted(answer.edition)) if part)
    whole = f"{plain}  {figures}" if answer.plain else figures
    words = [whole] if display_width(whole) <= terminal_width() else [*wrap(plain, terminal_width()), figures]
    return _end(
        [
            *words,
            "",
            *ends,
            *wrap(explain(answer.components), terminal_width(), "  "),
            *_tell_notes(answer.notes),
            "",
            *_tell_scale(answer.band, answer.components),
        ]
    )


def describe_hidden(answer: Hidden, title: str) -> str:
    """The roles that a ladder chart does not show, with both distances and the skills."""
    lines = _head(
        f"Near to {title} in content, not in the architecture",
        f"{answer.origin} · {answer.edition} confident or needs-review, {answer.structural_edition} not confident",
    )
    if answer.reason is not None:
        return _end([*lines, *_tell_notes((answer.reason, *answer.notes))])
    for role in answer.hidden:
        lines += [
            *_name_role("  ", role.title, role.code),
            f"    content    {role.distance:.4f}  {band_label(role.band)}",
            f"    structure  {role.structural_distance:.4f}  {band_label(role.structural_band)}",
            *_tell_skills(role.shared, role.missing),
            "",
        ]
    return _end(
        [*lines, *_tell_notes(answer.notes), *(muted(line) for line in wrap(CONTENT_NOTE, terminal_width()))]
    )


def describe_person(answer: PersonAdjacent, explain: Explain | None = None) -> str:
    """The roles nearest to a person's skills, and which of the skills were recognised.

    Rungs of one focus that ask for the same skills stand together.
    """
    given = len(answer.recognised) + len(answer.unrecognised)
    different = len({known.skill for known in answer.recognised})
    doubles = "" if different == len(answer.recognised) else f", {different} different"
    lines = _head(
        "Nearest to the skills given",
        f"{len(answer.recognised)} of {count(given, 'skill')} recognised{doubles} · {answer.edition}",
    )
    for known in answer.recognised:
        named = printable(known.given)
        lines += _list_more(f"  ✓ {named}" + ("" if named == known.label else muted(f"  {known.label}")))
    for unknown in answer.unrecognised:
        offered = f"  did you mean {' or '.join(unknown.closest)}?" if unknown.closest else "  not known here"
        lines += _list_more(f"  ? {printable(unknown.given)}{muted(offered)}")
    lines.append("")
    if not answer.adjacent:
        return _end([*lines, *_tell_notes((answer.reason or _NONE, *answer.notes))])
    for _, rungs in groupby(
        answer.adjacent, lambda role: (role.code.rpartition(".")[0], role.distance, role.shared, role.missing)
    ):
        first, *others = rungs
        lead = f"  {first.distance:.4f}  {band_label(first.band)}  "
        lines += _name_role(lead, first.title, first.code)
        for other in others:
            lines += _name_role(" " * display_width(lead), other.title, other.code)
        if explain:
            lines += _tell_sum(explain(first.components))
        lines += _tell_skills(first.shared, first.missing)
    return _end(
        [
            *lines,
            "",
            *_tell_notes(answer.notes),
            *(muted(line) for line in wrap(PERSON_NOTE, terminal_width())),
        ]
    )


def _lay(neighbours: Sequence[Neighbour]) -> list[str]:
    """Neighbours in columns; what an edition says in plain words leads.

    For want of room codes go under titles, and what is said in plain words under them.
    """
    plain = any(n.plain for n in neighbours)
    banded = any(n.band for n in neighbours)
    names = ["distance", *(["band"] if banded else []), "role", "code"]
    rows = [
        [f"{n.distance:.4f}", *([band_label(n.band)] if banded else []), n.title, n.code] for n in neighbours
    ]
    words = [n.plain or "" for n in neighbours]
    wide = [["in words", *names], *([word, *row] for word, row in zip(words, rows, strict=True))]
    flat = fits_table(wide if plain else [names, *rows])
    lead = plain and (flat or fits_table([*_LEAST, *row[1:-2], row[-1]] for row in wide))
    if not flat:
        under = words if plain and not lead else [""] * len(rows)
        names.pop()
        rows = [
            [*row[:-2], "\n".join(filter(None, (*row[-2:], word)))]
            for row, word in zip(rows, under, strict=True)
        ]
    if lead:
        names.insert(0, "in words")
        rows = [[word, *row] for word, row in zip(words, rows, strict=True)]
    giving = [names.index(name) for name in ("in words", "role") if name in names]
    return columns(names, rows, right=[names.index("distance")], shrink=giving)


def _head(title: str, *details: str) -> list[str]:
    """The heading of an answer with what it is about, and an empty line."""
    width = terminal_width()
    return [
        *map(heading, wrap(title, width)),
        *(muted(line) for detail in details for line in wrap(detail, width)),
        "",
    ]


def _name_role(lead: str, title: str, code: str, more: str | None = None) -> list[str]:
    """A role behind what leads the line; its code and what more there is go under its title for want of room."""
    rest = [muted(code), *([more] if more else [])]
    line = "  ".join([lead + title, *rest])
    width = table_width()
    if width is None or display_width(line) <= width:
        return [line]
    blank = " " * display_width(lead)
    first, *others = (part for text in (title, *rest) for part in wrap(text, width, blank))
    return [lead + first[len(blank) :], *others]


def _tell_sum(arithmetic: str) -> list[str]:
    """The arithmetic of a distance under its line."""
    return [muted(line) for line in wrap(arithmetic, terminal_width(), _INDENT)]


def _list_more(line: str) -> list[str]:
    """An item of a list, broken where it is too wide."""
    width = table_width()
    if width is None or display_width(line) <= width:
        return [line]
    first, *others = wrap(line, width, "    ")
    return [f"  {first[4:]}", *others]


def _tell_skills(shared: Iterable[str], missing: Iterable[str]) -> list[str]:
    lines = []
    for name, skills in (("shared", shared), ("to gain", missing)):
        text = "; ".join(skills)
        if text:
            lines += wrap(f"{name}: {text}", terminal_width(), "    ")
    return lines


def _tell_notes(notes: Iterable[str]) -> list[str]:
    return [line for note in notes for line in wrap(to_sentence(note), terminal_width(), "  ")]


def to_sentence(text: str) -> str:
    """A reason or note as a sentence; a code at its beginning keeps its letters.

    >>> to_sentence("1 role is left out"), to_sentence("the pay is inherited"), to_sentence("pay@1 has none")
    ('1 role is left out.', 'The pay is inherited.', 'pay@1 has none.')
    """
    first = text if "@" in text.partition(" ")[0] else f"{text[:1].upper()}{text[1:]}"
    return f"{first}."


def _tell_scale(band: str | None, components: Mapping[str, float]) -> list[str]:
    note = PLAIN_NOTE if band is None else CONTENT_NOTE if "shared" in components else BAND_NOTE
    return [muted(line) for line in wrap(note, terminal_width())]


def _end(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
