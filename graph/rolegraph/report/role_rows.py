"""Answers about roles as rows: what is near, how roles differ, ladders and paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from rolegraph import answers
from rolegraph.report.rows import Cell, Rows


def _component_names(components: Sequence[dict[str, float]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for parts in components for name in parts))


def _name_columns(components: Iterable[str]) -> tuple[str, ...]:
    """The columns of components: what pay calls like a column of codes has a name of its own."""
    return tuple(f"{name}_median" if name in {"origin", "destination"} else name for name in components)


def _adjacent_rows(answer: answers.Adjacent) -> Rows:
    return _all_adjacent_rows(answers.AllAdjacent(answer.edition, (answer,)))


def _all_adjacent_rows(answer: answers.AllAdjacent) -> Rows:
    every = [n for part in answer.profiles for n in part.adjacent]
    names = _component_names([n.components for n in every])
    told = any(n.plain or n.notes for n in every)
    header = ("origin", "edition", "position", "code", "title", "distance", "band", *_name_columns(names))
    return (*header, *(("plain", "notes") if told else ())), [
        (
            part.origin,
            part.edition,
            position,
            n.code,
            n.title,
            n.distance,
            n.band,
            *(n.components.get(name) for name in names),
            *((n.plain, "; ".join(n.notes)) if told else ()),
        )
        for part in answer.profiles
        for position, n in enumerate(part.adjacent, 1)
    ]


def _distance_rows(answer: answers.Distance) -> Rows:
    names = tuple(answer.components)
    told = {"reason": answer.reason, "plain": answer.plain, "notes": "; ".join(answer.notes)}
    told = {name: text for name, text in told.items() if text}
    header = ("origin", "destination", "edition", "distance", "band", *_name_columns(names), *told)
    row = (answer.origin, answer.destination, answer.edition, answer.distance, answer.band)
    return header, [(*row, *answer.components.values(), *told.values())]


def _hidden_rows(answer: answers.Hidden) -> Rows:
    header = (
        "origin", "edition", "position", "code", "title", "distance", "band", "structural_edition",
        "structural_distance", "structural_band", "shared", "missing",
    )  # fmt: skip
    return header, [
        (
            answer.origin, answer.edition, position, role.code, role.title, role.distance, role.band,
            answer.structural_edition, role.structural_distance, role.structural_band,
            "; ".join(role.shared), "; ".join(role.missing),
        )
        for position, role in enumerate(answer.hidden, 1)
    ]  # fmt: skip


def _person_rows(answer: answers.PersonAdjacent) -> Rows:
    header = ("edition", "position", "code", "title", "distance", "band", "shared", "missing")
    return header, [
        (
            answer.edition, position, role.code, role.title, role.distance, role.band,
            "; ".join(role.shared), "; ".join(role.missing),
        )
        for position, role in enumerate(answer.adjacent, 1)
    ]  # fmt: skip


def _edition_rows(answer: answers.Editions) -> Rows:
    """One row for each constant."""
    header = ("edition", "form", "measures", "label", "constant", "value", "reason", "definition", "limits")
    return header, [
        (e.code, e.form, e.measures, e.label, c.name, c.value, c.reason, e.definition, e.limits)
        for e in answer.editions
        for c in e.constants
    ]


def _comparison_rows(answer: answers.Comparison) -> Rows:
    header = ("section", "row", *answer.profiles, "same")
    return header, [
        (
            row.section,
            row.row,
            *("not recorded" if value is None else value for value in row.values),
            "yes" if row.same else "no",
        )
        for row in answer.rows
    ]


def _gap_rows(answer: answers.Gap) -> Rows:
    """A row for each skill, with the proficiency at both ends, and for each expectation, with its two texts."""
    header = (
        "origin", "destination", "part", "code", "label", "recorded for", "at the origin", "at the destination",
        "evidence",
    )  # fmt: skip
    ends, absent = (answer.origin, answer.destination), "not recorded"
    rows: list[tuple[Cell, ...]] = [
        (
            *ends, "to deepen" if s.deepen else part, s.code, s.label, _SCOPES[s.scope], s.shown or absent,
            s.asked or absent, s.evidence,
        )
        for part, skills in (("to gain", answer.gain), ("kept", answer.keep), ("unknown", answer.unknown))
        for s in skills
    ]  # fmt: skip
    rows += [
        (*ends, e.section, None, e.row, None, e.origin or absent, e.destination or absent, None)
        for e in answer.expectations
    ]
    rows += [
        (*ends, told, None, name, None, None, None, None)
        for told, names in (
            ("the same at both ends", answer.equal),
            ("recorded at neither end", answer.unrecorded),
            ("note", answer.notes),
        )
        for name in names
    ]
    return header, rows


def _gaps_rows(answer: answers.Gaps) -> Rows:
    header = (
        "position", "origin", "destination", "title", "share to gain", "to gain", "to deepen", "kept", "unknown",
        "recorded for", "edition", "distance", "band", "also changes", "notes",
    )  # fmt: skip
    return header, [
        (
            number, g.origin, g.destination, g.destination_title, "unknown" if g.share is None else g.share,
            *("; ".join(_tell_skill(skill) for skill in skills) for skills in _split_gap(g)),
            "not recorded" if g.scope is None else _SCOPES[g.scope], g.edition,
            "not compared" if g.distance is None else g.distance, g.band or "not compared",
            "; ".join(e.row if e.row == e.section else f"{e.section}: {e.row}" for e in g.expectations),
            " ".join((*g.notes, *answer.notes)),
        )
        for number, g in enumerate(answer.gaps, 1)
    ]  # fmt: skip


_SCOPES = {"level": "the level", "focus": "the whole focus", "mixed": "some the level, some the whole focus"}


def _split_gap(gap: answers.Gap) -> tuple[list[answers.GapSkill], ...]:
    """The skills to gain, to deepen, kept and unknown."""
    deepen = [skill for skill in gap.keep if skill.deepen]
    kept = [skill for skill in gap.keep if not skill.deepen]
    return list(gap.gain), deepen, kept, list(gap.unknown)


def _tell_skill(skill: answers.GapSkill) -> str:
    if skill.asked is None:
        return skill.label
    return f"{skill.label} ({f'{skill.shown} -> ' if skill.deepen else ''}{skill.asked})"


def _ladder_rows(answer: answers.Ladder) -> Rows:
    header = (
        "focus", "track", "level", "code", "title", "basis", "changes", "name", "years_min", "years_max", "stage",
    )  # fmt: skip
    return header, [
        (
            answer.focus, t.track, rung.level, rung.code, rung.title, rung.basis or "no profile",
            "; ".join(rung.changes), rung.name, *(rung.years or (None, None)), rung.stage,
        )
        for t in answer.tracks
        for rung in t.rungs
    ]  # fmt: skip


def _path_rows(answer: answers.Paths) -> Rows:
    """A row for each move; where there is no path one that says why, and the moves of the nearest miss."""
    header = (
        "path", "move", "origin", "origin_title", "destination", "destination_title", "kind", "direction",
        "changes", "cost", "distance", "band", "gain", "keep", "unknown", "deepen", "evidence", "relaxed", "note",
    )  # fmt: skip
    ends = (answer.origin, None, answer.destination)
    rows: list[tuple[Cell, ...]] = []
    if answer.reason is not None:
        rows.append(("none", None, *ends, *[None] * (len(header) - 6), answer.reason))
    for number, path in enumerate(answer.paths, 1):
        if not path.moves:
            note = "The origin is the destination: no move is needed."
            rows.append((number, None, *ends, *[None] * (len(header) - 6), note))
        rows += _list_moves(number, path, None)
    if answer.nearest_miss is not None:
        rows += _list_moves("nearest miss", answer.nearest_miss, answer.relaxed)
    return header, rows


def _list_moves(name: Cell, path: answers.CareerPath, relaxed: str | None) -> list[tuple[Cell, ...]]:
    return [
        (
            name, step, m.origin, m.origin_title, m.destination, m.destination_title, m.kind, m.direction,
            "; ".join(m.changes), m.cost, m.distance, m.band, "; ".join(m.gain), "; ".join(m.keep),
            "yes" if m.unknown else "no", "; ".join(m.deepen), "; ".join(m.evidence), relaxed,
            " ".join(path.notes) or None,
        )
        for step, m in enumerate(path.moves, 1)
    ]  # fmt: skip


def _reach_rows(answer: answers.Reach) -> Rows:
    header = (
        "origin", "code", "title", "moves", "cost", "years_from", "years_to", "kinds", "through", "distance", "band",
    )  # fmt: skip
    return header, [
        (
            answer.origin, r.code, r.title, r.moves, r.cost, *(r.years or (None, None)), "; ".join(r.kinds),
            "; ".join(r.through), r.distance, r.band,
        )
        for r in answer.reached
    ]  # fmt: skip


ROLE_ROWS: Final[Mapping[type, Callable[[Any], Rows]]] = {
    answers.Adjacent: _adjacent_rows,
    answers.AllAdjacent: _all_adjacent_rows,
    answers.Distance: _distance_rows,
    answers.Hidden: _hidden_rows,
    answers.PersonAdjacent: _person_rows,
    answers.Editions: _edition_rows,
    answers.Comparison: _comparison_rows,
    answers.Gap: _gap_rows,
    answers.Gaps: _gaps_rows,
    answers.Ladder: _ladder_rows,
    answers.Paths: _path_rows,
    answers.Reach: _reach_rows,
}
"""How each answer about roles becomes rows."""
