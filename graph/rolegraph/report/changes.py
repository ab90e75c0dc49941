"""What changed between two states of a job architecture, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from click import style

from rolegraph.report.change_sections import Detail, Entry, list_sections, summarize
from rolegraph.report.layout import count, heading, muted, printable, terminal_width, wrap

if TYPE_CHECKING:
    from rolegraph.answers import Consequences, DataDiff, MoveShift, NeighbourShift, NeighbourShifts

CONTEXT: Final = 8
"""The words that are shown before and after a change inside a long text."""
SHOWN: Final = 12
"""The roles and moves of each kind that are shown; ``--format json`` lists more."""

SIGNS: Final = {"added": "+", "removed": "-", "retired": "-", "restored": "+"}
_COLOURS: Final = {"+": "green", "-": "red", "~": "yellow"}
_MOVES: Final = {"appears": "+", "vanishes": "-", "costs": "~"}


def describe_changes(answer: DataDiff) -> str:
    """The numbers, then the changes by kind, then what follows from them."""
    if answer.same:
        return "no difference\n"
    width = terminal_width()
    lines = [
        heading(printable(f"From {answer.old} to {answer.new}")),
        *wrap(f"{summarize(answer)}.", width),
        "",
    ]
    for section in list_sections(answer):
        lines.append(heading(section.title))
        for entry in section.entries:
            lines += _describe_entry(entry, SIGNS.get(section.action, "~"), width)
        lines.append("")
    if answer.consequences is not None:
        lines += _describe_consequences(answer.consequences, width)
    return "\n".join(lines).rstrip("\n") + "\n"


def cut_words(words: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The runs of a text, with what stays the same cut to a few words beside each change."""
    last = len(words) - 1
    for at, (op, text) in enumerate(words):
        parts = text.split(" ")
        if op != "same" or len(parts) <= 2 * CONTEXT + 2:
            yield op, text
            continue
        begin = [] if at == 0 else parts[: CONTEXT + 1]
        end = [] if at == last else parts[-CONTEXT - 1 :]
        yield op, " ".join([*begin, "…", *end])


def _describe_entry(entry: Entry, sign: str, width: int) -> list[str]:
    lines = wrap(f"{entry.code}  {entry.label}" + (f" ({entry.note})" if entry.note else ""), width, "    ")
    lines[0] = f"  {style(sign, fg=_COLOURS[sign])} {lines[0][4:]}"
    for detail in entry.details:
        lines += wrap(_describe_detail(detail), width, "      ")
    return lines


def _describe_detail(detail: Detail) -> str:
    if detail.action == "told":
        return detail.what
    if detail.words:
        marked = "".join(map(_mark_words, cut_words(detail.words)))
        return f"{detail.what}: {marked}"
    if detail.action in {"added", "removed"}:
        sign = SIGNS[detail.action]
        text = detail.new if detail.action == "added" else detail.old
        return f"{style(sign, fg=_COLOURS[sign])} {detail.what}" + (f": {text}" if text else "")
    return f"{detail.what}: {detail.old} -> {detail.new}"


def _mark_words(run: tuple[str, str]) -> str:
    op, text = run
    if op == "same":
        return text
    # White space at the ends of a run stays outside, so that marks never stand on a line of their own.
    core = text.strip()
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if core else ""
    opened, closed, colour = ("[-", "-]", "red") if op == "removed" else ("{+", "+}", "green")
    return lead + " ".join(style(part, fg=colour) for part in f"{opened}{core}{closed}".split(" ")) + tail


def _describe_consequences(follows: Consequences, width: int) -> Iterator[str]:
    yield heading("What follows")
    for shifts in follows.neighbours:
        yield from wrap(tell_neighbours(shifts), width, "  ")
        for role in shifts.roles[:SHOWN]:
            yield from wrap(f"{role.code}  {role.title}", width, "    ")
            yield from (f"      {line}" for line in _describe_shift(role))
        yield from _tell_more(shifts.changed, "role")
    if follows.moves is not None:
        yield from wrap(tell_moves(follows), width, "  ")
        for moves in group_moves(follows.moves.moves):
            yield from (f"    {_describe_move(move)}" for move in moves[:SHOWN])
            number = {"appears": follows.moves.appear, "vanishes": follows.moves.vanish}
            yield from _tell_more(number.get(moves[0].action, follows.moves.cost), "move")
    for note in follows.notes:
        yield from wrap(f"Note: {note}.", width, "  ")


def tell_neighbours(shifts: NeighbourShifts) -> str:
    """How many roles have other nearest roles, in one sentence."""
    compared = f"the {shifts.k} nearest of each of {count(shifts.compared, 'role')} in use on both sides"
    changed = count(shifts.changed, "role") if shifts.changed else "none"
    return f"Nearest roles by {shifts.edition}: {changed} changed ({compared})."


def tell_moves(follows: Consequences) -> str:
    """How many moves appear, vanish or have another cost, in one sentence."""
    moves = follows.moves
    assert moves is not None, "moves were compared"
    if not (moves.appear or moves.vanish or moves.cost):
        return (
            f"Moves by {moves.edition}: none changed between {count(moves.compared, 'role')} in use on both sides,"
            " so no path between them did."
        )
    return (
        f"Moves by {moves.edition}: {moves.appear:,} new, {moves.vanish:,} gone, {moves.cost:,} with another cost or kind"
        f" (between {count(moves.compared, 'role')} in use on both sides); paths over them change."
    )


def group_moves(moves: Sequence[MoveShift]) -> list[list[MoveShift]]:
    """The moves by what became of them."""
    return [found for action in _MOVES if (found := [move for move in moves if move.action == action])]


def _tell_more(number: int, noun: str) -> Iterator[str]:
    if number > SHOWN:
        yield muted(f"    and {count(number - SHOWN, f'more {noun}')}; --format json lists them")


def _describe_shift(role: NeighbourShift) -> Iterator[str]:
    for sign, near in (("+", role.entered), ("-", role.left), ("~", role.shifted)):
        for other in near:
            yield f"{style(sign, fg=_COLOURS[sign])} {tell_distance(other.old, other.new)}  {other.code}  {other.title}"


def tell_distance(old: float | None, new: float | None) -> str:
    """A distance, or the old one and the new one, with as many digits as tell them apart."""
    if old is None or new is None:
        return f"{(old if new is None else new) or 0.0:.3f}"
    digits = 3 if f"{old:.3f}" != f"{new:.3f}" else 6
    return f"{old:.{digits}f} -> {new:.{digits}f}"


def _describe_move(move: MoveShift) -> str:
    sign = _MOVES[move.action]
    ends = f"{move.origin} -> {move.destination}"
    return f"{style(sign, fg=_COLOURS[sign])} {move.kind} {ends}  cost {tell_distance(move.old, move.new)}"
