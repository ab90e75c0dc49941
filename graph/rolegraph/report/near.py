"""The answers about what is near as text for people: nearest roles, hidden ones, distances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rolegraph.report.layout import (
    band_label,
    columns,
    count,
    heading,
    muted,
    pad,
    printable,
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
    "Distance runs from 0 to 1, lower is nearer. The band tells how much two roles have in common of the skills that"
    " they ask for, not whether a person qualifies."
)
PLAIN_NOTE = "Distance runs from 0 to 1, lower is nearer. This edition has no match bands: near is not alike."
_INDENT = "            "


def describe_adjacent(answer: Adjacent, title: str, explain: Explain | None = None) -> str:
    """The nearest roles as a table; with ``explain`` the arithmetic of each."""
    lines = [heading(f"Nearest to {title}"), muted(f"{answer.origin} · {answer.edition}"), ""]
    if answer.reason is not None:
        return _end([*lines, *_tell_reason(answer.reason)])
    if not answer.adjacent:
        return _end(
            [*lines, "  There is no other role within what was asked for.", *_tell_notes(answer.notes)]
        )
    header, *body = _lay(answer.adjacent)
    lines.append(header)
    for row, neighbour in zip(body, answer.adjacent, strict=True):
        lines.append(row)
        if explain:
            lines.append(muted(f"{_INDENT}{explain(neighbour.components)}"))
    notes = dict.fromkeys((*(note for n in answer.adjacent for note in n.notes), *answer.notes))
    components = answer.adjacent[0].components
    return _end([*lines, "", *_tell_notes(notes), *_tell_scale(answer.adjacent[0].band, components)])


def describe_all_adjacent(answer: AllAdjacent, explain: Explain | None = None) -> str:
    """The nearest roles of every role, one line each."""
    lines = [heading(f"Nearest roles of every role · {answer.edition}"), ""]
    for part in answer.profiles:
        lines.append(part.origin)
        for n in part.adjacent:
            told = f"  {n.plain}" if n.plain else ""
            lines.append(f"    {n.distance:.4f}  {pad(band_label(n.band), 20)}  {n.code}{told}")
            if explain:
                lines.append(muted(f"{_INDENT}{explain(n.components)}"))
    return _end([*lines, *_tell_notes(answer.notes)])


def describe_distance(answer: Distance, origin_title: str, destination_title: str, explain: Explain) -> str:
    """One distance with its parts, or why there is none."""
    ends = [
        f"  {origin_title}  {muted(answer.origin)}",
        f"  {destination_title}  {muted(answer.destination)}",
        "",
    ]
    if answer.distance is None:
        head = heading("no distance") + f"  {muted(answer.edition)}"
        return _end([head, "", *ends, *_tell_reason(answer.reason or "")])
    figure = f"{answer.distance:.4f}"
    lead = f"{heading(answer.plain)}  {figure}" if answer.plain else heading(figure)
    words = "  ".join(part for part in (lead, band_label(answer.band), muted(answer.edition)) if part)
    return _end(
        [
            words,
            "",
            *ends,
            f"  {explain(answer.components)}",
            *_tell_notes(answer.notes),
            "",
            *_tell_scale(answer.band, answer.components),
        ]
    )


def describe_hidden(answer: Hidden, title: str) -> str:
    """The roles that a ladder chart does not show, with both distances and the skills."""
    lines = [
        heading(f"Near to {title} in content, not in the architecture"),
        muted(
            f"{answer.origin} · {answer.edition} confident or needs-review, {answer.structural_edition} not confident"
        ),
        "",
    ]
    if answer.reason is not None:
        return _end([*lines, *_tell_reason(answer.reason), *_tell_notes(answer.notes)])
    for role in answer.hidden:
        lines += [
            f"  {heading(role.title)}  {muted(role.code)}",
            f"    content    {role.distance:.4f}  {band_label(role.band)}",
            f"    structure  {role.structural_distance:.4f}  {band_label(role.structural_band)}",
            *_tell_skills(role.shared, role.missing),
            "",
        ]
    return _end(
        [*lines, *_tell_notes(answer.notes), *(muted(line) for line in wrap(CONTENT_NOTE, terminal_width()))]
    )


def describe_person(answer: PersonAdjacent, explain: Explain | None = None) -> str:
    """The roles nearest to a person's skills, and which of the skills were recognised."""
    given = len(answer.recognised) + len(answer.unrecognised)
    lines = [
        heading("Nearest to the skills given"),
        muted(f"{len(answer.recognised)} of {count(given, 'skill')} recognised · {answer.edition}"),
        "",
    ]
    for known in answer.recognised:
        named = printable(known.given)
        lines.append(f"  ✓ {named}" + ("" if named == known.label else muted(f"  {known.label}")))
    for unknown in answer.unrecognised:
        offered = f"  did you mean {' or '.join(unknown.closest)}?" if unknown.closest else "  not known here"
        lines.append(f"  ? {printable(unknown.given)}{muted(offered)}")
    lines.append("")
    if answer.reason is not None:
        return _end([*lines, *_tell_reason(answer.reason)])
    if not answer.adjacent:
        return _end([*lines, "  There is no role within what was asked for.", *_tell_notes(answer.notes)])
    for role in answer.adjacent:
        lines.append(f"  {role.distance:.4f}  {band_label(role.band)}  {role.title}  {muted(role.code)}")
        if explain:
            lines.append(muted(f"{_INDENT}{explain(role.components)}"))
        lines += _tell_skills(role.shared, role.missing)
    return _end(
        [
            *lines,
            "",
            *_tell_notes(answer.notes),
            *(muted(line) for line in wrap(CONTENT_NOTE, terminal_width())),
        ]
    )


def _lay(neighbours: Sequence[Neighbour]) -> list[str]:
    """Neighbours in columns; what an edition says in plain words leads."""
    plain = any(n.plain for n in neighbours)
    banded = any(n.band for n in neighbours)
    names = [*(["in words"] if plain else []), "distance", *(["band"] if banded else []), "role", "code"]
    rows = [
        [
            *([n.plain or ""] if plain else []),
            f"{n.distance:.4f}",
            *([band_label(n.band)] if banded else []),
            n.title,
            n.code,
        ]
        for n in neighbours
    ]
    return columns(names, rows, right=[names.index("distance")], shrink=[names.index("role")])


def _tell_skills(shared: Iterable[str], missing: Iterable[str]) -> list[str]:
    lines = []
    for name, skills in (("shared", shared), ("missing", missing)):
        text = "; ".join(skills)
        if text:
            lines += wrap(f"{name}: {text}", terminal_width(), "    ")
    return lines


def _tell_reason(reason: str) -> list[str]:
    return wrap(_to_sentence(reason), terminal_width(), "  ")


def _tell_notes(notes: Iterable[str]) -> list[str]:
    return [line for note in notes for line in wrap(_to_sentence(note), terminal_width(), "  ")]


def _to_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _tell_scale(band: str | None, components: Mapping[str, float]) -> list[str]:
    note = PLAIN_NOTE if band is None else CONTENT_NOTE if "shared" in components else BAND_NOTE
    return [muted(line) for line in wrap(note, terminal_width())]


def _end(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
