"""What became of pages, tables and fresh folders, as text for people."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

from click import style

from rolegraph.answers import Action, Change, Finding, Fresh, Intaken
from rolegraph.report.layout import count, heading, muted, terminal_width, wrap
from rolegraph.report.sheets import describe_finding

_SIGNS = {
    "added": ("+", "green"),
    "changed": ("~", "yellow"),
    "retired": ("-", "red"),
    "restored": ("+", "green"),
    "removed": ("-", "red"),
}
_KINDS = ("function-group", "function", "track", "level", "proficiency", "skill", "focus", "profile")
_PLURALS = {"focus": "focuses", "proficiency": "proficiencies"}
_LENT = ("track", "level")
_SHOWN = 60
"""The characters of a text that a detail shows."""
_LISTED = 240
"""The characters of a list that a detail shows, in whole items."""
_ITEM = 100
"""The characters of one of several items."""
MOST = 400
"""The changes that are told one by one; the others are counted."""
MOST_NOTES = 12
"""The notes of one kind that are told one by one."""


def describe_intake(answer: Intaken, noun: str) -> str:
    """The notes, then every change, then a closing line; ``noun`` is what was read: page or row."""
    lines = _describe_notes(answer.notes)
    lines += _describe_changes(answer.changes, fresh="dataset.yaml" in answer.written)
    lines.append(_summarise(answer, noun))
    if answer.changes and not answer.applied:
        lines.append("Nothing was written yet: say --apply to write these changes.")
    elif answer.written:
        many = len(answer.written) > 8
        shown = f"{count(len(answer.written), 'file')}" if many else ", ".join(answer.written)
        lines.append(muted(f"Written to {answer.folder}: {shown}"))
        if "dataset.yaml" in answer.written:
            lines.append(
                f"A new folder: rolegraph --data {answer.folder} validate names what is still to be set."
            )
    return "\n".join(lines) + "\n"


def describe_folder(answer: Fresh) -> str:
    """What a fresh folder holds, and what to do next."""
    lines = [heading(f"A data folder in {answer.folder}"), *(f"  {name}" for name in answer.written), ""]
    if answer.unset:
        lines += wrap(f"Still to be set in dataset.yaml: {', '.join(answer.unset)}.", terminal_width())
    lines += [
        "Next, from your pages or a spreadsheet:",
        f"  rolegraph ingest PAGE... -o {answer.folder}",
        f"  rolegraph import table FILE --map MAP.yaml -o {answer.folder}",
        "or by hand: see the example in focuses/. Then:",
        f"  rolegraph --data {answer.folder} validate",
    ]
    return "\n".join(lines) + "\n"


def _describe_notes(notes: tuple[Finding, ...]) -> list[str]:
    """Every note, and of a kind that is there many times the first ones and their number."""
    seen: Counter[str] = Counter()
    lines = []
    for note in notes:
        seen[note.rule] += 1
        lines += describe_finding(note) if seen[note.rule] <= MOST_NOTES else []
    for rule, number in seen.items():
        if number > MOST_NOTES:
            more = f"… and {number - MOST_NOTES:,} more {rule}; --format csv lists them all"
            lines += [muted(more), ""]
    return lines


def _describe_changes(changes: tuple[Change, ...], *, fresh: bool) -> list[str]:
    """The changes; new skills, and the profiles of new focuses, stand together on as few lines as hold them."""
    width = terminal_width()
    focuses = {change.code for change in changes if change.action == "added" and change.kind == "focus"}
    levels: dict[str, list[str]] = {}
    skills: list[str] = []
    single: list[Change] = []
    for change in changes:
        focus, _, level = change.code.rpartition(".")
        if change.action != "added" or change.kind not in ("profile", "skill"):
            single.append(change)
        elif change.kind == "skill":
            skills.append(change.label)
        elif focus in focuses:
            levels.setdefault(focus, []).append(level)
        else:
            single.append(change)
    lines = []
    for change in single[:MOST]:
        sign, colour = _SIGNS[change.action]
        lines.append(f"{style(sign, fg=colour)} {change.kind} {change.code}  {muted(change.label)}")
        lines += wrap(", ".join(levels.get(change.code, ())), width, "    ") if change.code in levels else []
        # What a fresh folder borrows gives way to the source at once; nobody wrote it.
        told = change.action != "added" and not (fresh and change.kind in _LENT)
        for detail in change.details if told else ():
            lines += wrap(_shorten(detail), width, "    ")
    if len(single) > MOST:
        lines.append(f"… and {len(single) - MOST:,} more; --format csv lists them all")
    if skills:
        shown = "; ".join(skills[:MOST]) + (" …" if len(skills) > MOST else "")
        lines += [f"{style('+', fg='green')} {count(len(skills), 'skill')}", *wrap(shown, width, "    ")]
    return [*lines, ""] if lines else []


def _shorten(detail: str) -> str:
    """A detail as it is told: of two long texts that begin alike, from shortly before they part."""
    field, colon, rest = detail.partition(": ")
    old, arrow, new = rest.partition(" -> ")
    if arrow and max(len(old), len(new)) > _SHOWN:
        same = next(
            (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
        )
        start = old.rfind(" ", 0, max(0, same - 15)) + 1
        if start:
            old, new = f"…{old[start:]}", f"…{new[start:]}"
    if arrow:
        return f"{field}: {_cut(old)} -> {_cut(new)}"
    return f"{field}{colon}{_list_items(re.split(', (?=[+-] )', rest))}"


def _list_items(items: list[str]) -> str:
    """What was added and removed, as far as it is told, and how much more there is."""
    shown: list[str] = []
    for item in items:
        item = _cut(item, _ITEM if len(items) > 1 else _SHOWN)
        if shown and sum(map(len, shown)) + len(item) > _LISTED:
            return f"{', '.join(shown)}, and {len(items) - len(shown):,} more"
        shown.append(item)
    return ", ".join(shown)


def _cut(text: str, limit: int = _SHOWN) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _summarise(answer: Intaken, noun: str) -> str:
    counts = Counter((change.action, change.kind) for change in answer.changes)
    found = [
        f"{action} {', '.join(kinds)}"
        for action in get_args(Action)
        if (kinds := [count(n, kind, _PLURALS.get(kind)) for kind in _KINDS if (n := counts[action, kind])])
    ]
    refused = f", {count(len(answer.refused), 'file')} refused" if answer.refused else ""
    return f"{count(answer.read, noun)} read{refused}: {'; '.join(found) or 'nothing changes'}."
