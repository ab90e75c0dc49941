"""The editions as text for people: a list, and one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.report.layout import columns, heading, muted, terminal_width, wrap

if TYPE_CHECKING:
    from rolegraph.answers import EditionEntry, Editions


def list_editions(answer: Editions) -> str:
    """Every edition in one line, with what it measures."""
    if not answer.editions:
        return "The data defines no distance and no cost.\n"
    rows = [[e.code, e.measures, e.label, str(len(e.constants))] for e in answer.editions]
    lines = columns(["edition", "measures", "what", "constants"], rows, right=[3], shrink=[2])
    for entry in answer.editions:
        lines += ["", heading(entry.code), *wrap(entry.definition, terminal_width(), "  ")]
        lines += [muted(line) for line in wrap(f"Cannot say: {entry.limits}", terminal_width(), "  ")]
    more = f"rolegraph editions {answer.editions[0].code} shows one with its constants and their reasons."
    return "\n".join([*lines, "", *(muted(line) for line in wrap(more, terminal_width()))]) + "\n"


def describe_edition(entry: EditionEntry) -> str:
    """One edition in full."""
    width = terminal_width()
    lines = [
        *map(heading, wrap(f"{entry.code} — {entry.label}", width)),
        muted(f"measures: {entry.measures} · form: {entry.form}"),
        "",
        *wrap(entry.definition, width, "  "),
        "",
        heading("What it cannot say"),
        *wrap(entry.limits, width, "  "),
        "",
        heading("Constants"),
    ]
    for constant in entry.constants:
        lines += [f"  {constant.name}  {constant.value:.15g}", *wrap(constant.reason, width, "    ")]
    return "\n".join(lines) + "\n"
