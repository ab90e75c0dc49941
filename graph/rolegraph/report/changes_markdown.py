"""What changed, as Markdown for a changelog or the comment of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rolegraph.report.change_sections import Detail, Entry, list_sections, summarize
from rolegraph.report.changes import (
    SHOWN,
    cut_words,
    group_moves,
    tell_distance,
    tell_moves,
    tell_neighbours,
)
from rolegraph.report.layout import count
from rolegraph.report.markdown import escape as escape_signs
from rolegraph.report.markdown import join_blocks, write_code, write_heading

if TYPE_CHECKING:
    from rolegraph.answers import Consequences, DataDiff, MoveShift, NeighbourShift

_RANK = 3
"""The heading of a section: a changelog has the two above for itself and its versions."""
_MOVES = {"appears": "new", "vanishes": "gone", "costs": "changed"}


def write_changes(answer: DataDiff) -> str:
    """The numbers in one line, the changes in sections, and what follows from them."""
    if answer.same:
        return "No difference.\n"
    blocks = [f"**Changes from {_name(answer.old)} to {_name(answer.new)}:** {escape(summarize(answer))}."]
    for section in list_sections(answer):
        blocks.append(write_heading(_RANK, section.title))
        blocks.append("\n".join(line for entry in section.entries for line in _write_entry(entry)))
    if answer.consequences is not None:
        blocks += _write_consequences(answer.consequences)
    return join_blocks(blocks)


def escape(text: str) -> str:
    """A text whose signs mean nothing, those that strike it through among them."""
    return escape_signs(text).replace("~", "\\~")


def _name(name: str) -> str:
    """A name of a side, which may hold anything, as code where that can be."""
    return write_code(name) if "`" not in name and name.isprintable() else escape(name)


def _write_entry(entry: Entry) -> Iterator[str]:
    yield f"- {_name(entry.code)} {escape(entry.label)}" + (f" ({escape(entry.note)})" if entry.note else "")
    for detail in entry.details:
        yield f"  - {_write_detail(detail)}"


def _write_detail(detail: Detail) -> str:
    what = escape(detail.what)
    if detail.action == "told":
        return what
    if detail.words:
        return f"{what}: {write_words(detail.words)}"
    if detail.action == "added":
        return f"{what} added" + (f": {_bold(detail.new)}" if detail.new else "")
    if detail.action == "removed":
        return f"{what} removed" + (f": {_strike(detail.old)}" if detail.old else "")
    return f"{what}: {escape(str(detail.old))} → {escape(str(detail.new))}"


def write_words(words: Sequence[tuple[str, str]]) -> str:
    """Runs of words: what was removed struck through, what was added in bold, signs of Markdown escaped."""
    pieces = []
    for op, text in cut_words(words):
        line = escape(text)
        pieces.append(line if op == "same" else _strike(text) if op == "removed" else _bold(text))
    # Every run begins and ends at white space, which marks of Markdown want outside of them.
    return " ".join(filter(None, pieces))


def _strike(text: str | None) -> str:
    line = escape(text or "")
    return f"~~{line}~~" if line else ""


def _bold(text: str | None) -> str:
    line = escape(text or "")
    return f"**{line}**" if line else ""


def _write_consequences(follows: Consequences) -> Iterator[str]:
    yield write_heading(_RANK, "What follows")
    for shifts in follows.neighbours:
        yield escape(tell_neighbours(shifts))
        roles = [
            f"- {write_code(role.code)} {escape(role.title)}: {_write_shift(role)}" for role in shifts.roles
        ]
        yield "\n".join([*roles[:SHOWN], *_tell_more(shifts.changed, "role")])
    if follows.moves is not None:
        yield escape(tell_moves(follows))
        numbers = {"appears": follows.moves.appear, "vanishes": follows.moves.vanish}
        lines: list[str] = []
        for moves in group_moves(follows.moves.moves):
            lines += map(_write_move, moves[:SHOWN])
            lines += _tell_more(numbers.get(moves[0].action, follows.moves.cost), "move")
        yield "\n".join(lines)
    for note in follows.notes:
        yield f"Note: {escape(note)}."


def _write_shift(role: NeighbourShift) -> str:
    parts = []
    for words, near in (("enters", role.entered), ("leaves", role.left), ("is now at", role.shifted)):
        for other in near:
            distance = tell_distance(other.old, other.new).replace("->", "→")
            parts.append(
                f"{write_code(other.code)} {words} {f'({distance})' if words != 'is now at' else distance}"
            )
    return ", ".join(parts)


def _write_move(move: MoveShift) -> str:
    cost = tell_distance(move.old, move.new).replace("->", "→")
    ends = f"{write_code(move.origin)} → {write_code(move.destination)}"
    return f"- {_MOVES[move.action]}: {move.kind} {ends}, cost {cost}"


def _tell_more(number: int, noun: str) -> Iterator[str]:
    if number > SHOWN:
        yield f"- and {count(number - SHOWN, f'more {noun}')}"
