"""Answers about the data as rows: findings, mappings, listings, sheets, builds, and what came in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from rolegraph import answers
from rolegraph.report.rows import Cell, Rows


def _finding_rows(answer: answers.Validation) -> Rows:
    header = ("severity", "rule", "file", "line", "subject", "message", "remedy", "cell")
    return header, [
        (f.severity, f.rule, f.file, f.line, f.subject, f.message, f.remedy, f.cell) for f in answer.findings
    ]


def _review_rows(answer: answers.MappingReview) -> Rows:
    """The findings, and below them what could not be checked."""
    header, rows = _finding_rows(answers.Validation(answer.conforms, answer.findings))
    unchecked: list[tuple[Cell, ...]] = [
        ("unchecked", "", None, None, u.scheme, f"{u.mappings} not checked: {u.what}", u.remedy, None)
        for u in answer.unchecked
    ]
    return header, [*rows, *unchecked]


def _suggestion_rows(answer: answers.MappingSuggestions) -> Rows:
    """A row for each piece of evidence; where nothing is near one that says why."""
    header = (
        "subject", "position", "scheme", "code", "title", "total", "band", "mapped", "evidence", "score", "text",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            answer.subject, position, s.scheme, s.code, s.title, s.total, s.band, "yes" if s.mapped else "no",
            e.kind, e.score, e.text,
        )
        for position, s in enumerate(answer.suggestions, 1)
        for e in s.evidence
    ]  # fmt: skip
    if answer.reason is not None:
        rows.append((answer.subject, *[None] * (len(header) - 2), answer.reason))
    return header, rows


def _all_suggestion_rows(answer: answers.AllMappingSuggestions) -> Rows:
    """A row for each suggestion; for what nothing is near, one that says why."""
    header = (
        "subject",
        "label",
        "position",
        "scheme",
        "code",
        "title",
        "total",
        "band",
        "mapped",
        "evidence",
    )
    rows: list[tuple[Cell, ...]] = []
    for one in answer.answers:
        rows += [
            (
                one.subject, one.label, position, s.scheme, s.code, s.title, s.total, s.band,
                "yes" if s.mapped else "no", "; ".join(f"{e.kind} {e.score:.2f}: {e.text}" for e in s.evidence),
            )
            for position, s in enumerate(one.suggestions, 1)
        ]  # fmt: skip
        if one.reason is not None:
            rows.append((one.subject, one.label, *[None] * (len(header) - 3), one.reason))
    return header, rows


def _listing_rows(answer: answers.Listing) -> Rows:
    return ("code", "label", "within", "note"), [(i.code, i.label, i.within, i.note) for i in answer.items]


def _hit_rows(answer: answers.Hits) -> Rows:
    header = ("kind", "code", "label", "found", "text", "source", "scheme", "notation")
    return header, [
        (h.kind, h.code, h.label, h.found, h.text, h.source, h.scheme, h.notation) for h in answer.hits
    ]


def _duplicate_rows(answer: answers.Duplicates) -> Rows:
    header = (
        "strength", "kept", "kept_label", "other", "other_label", "reasons", "kept_focuses", "other_focuses", "todo",
        "yaml",
    )  # fmt: skip
    return header, [
        (
            m.strength, m.kept, m.kept_label, m.other, m.other_label, " ".join(m.reasons), "; ".join(m.kept_focuses),
            "; ".join(m.other_focuses), m.todo, m.yaml,
        )
        for m in answer.merges
    ]  # fmt: skip


def _sheet_rows(answer: answers.Sheet) -> Rows:
    header = ("code", "section", "label", "text", "note")
    return header, [
        (answer.code, section.heading, entry.label, entry.text, entry.note)
        for section in answer.sections
        for entry in section.entries
    ]


def _stats_rows(answer: answers.Stats) -> Rows:
    rows: list[tuple[Cell, ...]] = [("count", name, count, None) for name, count in answer.counts.items()]
    rows.extend(("coverage", c.what, c.have, c.of) for c in answer.coverage)
    return ("kind", "what", "number", "of"), rows


def _build_rows(answer: answers.Build) -> Rows:
    return ("name", "size", "triples", "sha256"), [
        (f.name, f.size, f.triples, f.sha256) for f in answer.files
    ]


def _publication_rows(answer: answers.Publication) -> Rows:
    return ("graph", "deed", "triples", "size", "sha256", "seconds"), [
        (g.graph or "default", g.deed, g.triples, g.size, g.sha256, g.seconds) for g in answer.graphs
    ]


def _intake_rows(answer: answers.Intaken) -> Rows:
    """What changes, record by record, and below it the notes: ``what`` is the action, or the severity."""
    header = ("what", "kind", "code", "label", "details", "file", "line", "cell")
    rows: list[tuple[Cell, ...]] = [
        (c.action, c.kind, c.code, c.label, "; ".join(c.details), None, None, None) for c in answer.changes
    ]
    rows += [
        (n.severity, n.rule, n.subject, n.message, n.remedy, n.file, n.line, n.cell) for n in answer.notes
    ]
    return header, rows


def _fresh_rows(answer: answers.Fresh) -> Rows:
    rows: list[tuple[Cell, ...]] = [("written", name) for name in answer.written]
    return ("what", "name"), [*rows, *(("unset", name) for name in answer.unset)]


def _release_rows(answer: answers.ReleaseImport) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    for table in answer.tables:
        rows.append(("table", table.table, "rows", table.rows))
        rows.append(("table", table.table, "taken", table.taken))
        rows += [("table", table.table, f"skipped: {reason.reason}", reason.rows) for reason in table.skipped]
        rows += [("table", table.table, f"marked: {reason.reason}", reason.rows) for reason in table.marked]
    rows += [("missing", unused.table, unused.reason, None) for unused in answer.missing]
    rows += [("not read", unused.table, unused.reason, None) for unused in answer.unread]
    for what, held in (("concepts", answer.concepts), ("labels", answer.labels), ("links", answer.links)):
        rows += [(what, entry.kind, "", entry.number) for entry in held]
        rows += [(what, entry.kind, "in the release", entry.of) for entry in held if entry.of != entry.number]
    rows += [("coverage", answer.coverage, "", None), ("changed", str(answer.changed).lower(), "", None)]
    rows += [("note", "", note, None) for note in answer.notes]
    return ("what", "name", "detail", "number"), rows


def _diff_rows(answer: answers.ReleaseDiff) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    for what, named in (("added", answer.added), ("retired", answer.retired)):
        rows += [(what, item.code, item.title, item.kind, None, None) for item in named]
    for what, changed in (
        ("renamed", answer.renamed),
        ("coded anew", answer.recoded),
        ("moved", answer.moved),
    ):
        rows += [(what, item.code, item.title, None, item.old, item.new) for item in changed]
    rows += [("note", None, answer.note, None, None, None)] if answer.note else []
    return ("change", "code", "title", "kind", "old", "new"), rows


def _change_rows(answer: answers.DataDiff) -> Rows:
    """A row for each change; below them what follows for nearest roles and moves, as far as it is listed."""
    header = ("kind", "code", "label", "change", "field", "item", "item_label", "old", "new", "evidence")
    rows: list[tuple[Cell, ...]] = [
        (c.kind, c.code, c.label, c.action, c.field, c.item, c.item_label, c.old, c.new, c.evidence)
        for c in answer.changes
    ]
    for number, change in ((answer.foreign_added, "added"), (answer.foreign_removed, "removed")):
        rows += [
            ("triples beside the records", None, None, change, None, None, None, None, number, None)
        ] * bool(number)
    if (follows := answer.consequences) is None:
        return header, rows
    for shifts in follows.neighbours:
        rows += [
            (
                "nearest role",
                role.code,
                role.title,
                change,
                shifts.edition,
                near.code,
                near.title,
                near.old,
                near.new,
                None,
            )
            for role in shifts.roles
            for change, found in (("enters", role.entered), ("leaves", role.left), ("distance", role.shifted))
            for near in found
        ]
    for move in () if follows.moves is None else follows.moves.moves:
        ends = move.destination, move.destination_title
        rows.append(
            ("move", move.origin, move.origin_title, move.action, move.kind, *ends, move.old, move.new, None)
        )
    rows += [("note", None, note, None, None, None, None, None, None, None) for note in follows.notes]
    return header, rows


DATA_ROWS: Final[Mapping[type, Callable[[Any], Rows]]] = {
    answers.MappingReview: _review_rows,
    answers.MappingSuggestions: _suggestion_rows,
    answers.AllMappingSuggestions: _all_suggestion_rows,
    answers.Validation: _finding_rows,
    answers.Listing: _listing_rows,
    answers.Hits: _hit_rows,
    answers.Sheet: _sheet_rows,
    answers.Duplicates: _duplicate_rows,
    answers.Stats: _stats_rows,
    answers.Build: _build_rows,
    answers.Publication: _publication_rows,
    answers.Intaken: _intake_rows,
    answers.Fresh: _fresh_rows,
    answers.ReleaseImport: _release_rows,
    answers.ReleaseDiff: _diff_rows,
    answers.DataDiff: _change_rows,
}
"""How each answer about the data becomes rows."""
