"""Career paths as a picture: one lane for each alternative, from the origin down to the destination."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rolegraph.answers import CareerPath, Move, Paths
from rolegraph.report.layout import count
from rolegraph.report.paths_markdown import NOTE
from rolegraph.report.pictures.frame import BOTTOM, LEFT, SPAN, TOP, begin, finish, say
from rolegraph.report.pictures.lettering import SPARE, choose, fit, list_items, measure
from rolegraph.report.pictures.scene import Area, Dot, Draft, Line, Scene, clean
from rolegraph.report.pictures.style import ACCENT, INK, SOFT, style_band
from rolegraph.report.wording import explain_options, list_changes, list_wanted, tell_duration, tell_years

_LANES: Final = 4
_MOVES: Final = 12
"""What fits at most; more is counted."""

_GAP: Final = 36.0
_HEADING: Final = 46.0
_SHORTEST: Final = 33.0
_TWO_LINES: Final = 98.0
_CODED: Final = 78.0
_TALLEST: Final = 104.0
_ROOMIEST: Final = 180.0
_GROUNDED: Final = 124.0
"""The heights of a move: the least, those with room for all texts and for a code below titles of two lines, and the
most of several paths and of a single one, and that with room for what a move rests on."""

_WIDE: Final = 480.0
"""The width from which on a line has room for all numbers of a move."""

_LAST: Final = 34.0
"""The room of the last role."""

_NO_MOVE: Final = "The origin is the destination: no move is needed."
_NEAR_NOTE: Final = "The picture of its nearest roles shows what is around a role."
_SKILLS_NOTE: Final = "Skills to gain are counted here; the answer as text, Markdown or workbook names them."

_INDENT: Final = 28.0
_SKILLS: Final = 660.0
"""Where the skills of a single path begin."""


def draw_path(answer: Paths, title: Callable[[str], str]) -> Scene:
    """The paths side by side; a single one has the skills to gain beside its moves.

    Where there is no path the reason stands in its place, and below it the nearest miss, if there is one.
    """
    origin, destination = (
        "; ".join(map(title, end.split(", "))) for end in (answer.origin, answer.destination)
    )
    headline = [origin, f"→ {destination}"]
    line = (
        f"{answer.origin} → {answer.destination} · cost {answer.cost_edition}, least {answer.by} first"
        f" · distance {answer.edition}"
    )
    draft = begin("Career path", headline, line)
    if answer.paths and not answer.paths[0].moves:
        say(draft, _NO_MOVE)
        return finish(draft, ["Career path:", *headline], _NO_MOVE, _NEAR_NOTE)
    top, lanes, notes = TOP, answer.paths[:_LANES], [NOTE]
    if not answer.paths:
        reason = explain_options(answer.reason or "There is no path.")
        if answer.nearest_miss is None:
            say(draft, reason)
            return finish(draft, ["Career path:", *headline], reason, NOTE)
        lanes = (answer.nearest_miss,)
        top = draft.write(LEFT, TOP + 4, reason, 15, INK, SPAN, lines=3, leading=1.35) + 12
    elif len(answer.paths) > _LANES:
        notes.insert(0, f"And {count(len(answer.paths) - _LANES, 'path')} more, not shown.")
    notes += dict.fromkeys(note for path in lanes for note in path.notes)
    if len(lanes) > 1 and any(list_wanted(move) for path in lanes for move in path.moves):
        notes.append(_SKILLS_NOTE)
    width = (SPAN - _GAP * (len(lanes) - 1)) / len(lanes)
    room = BOTTOM - top - _HEADING - _LAST
    most = min(_MOVES, int(room / _SHORTEST))
    moves = max(1, *(min(len(path.moves), most) for path in lanes))
    tallest = _TALLEST if len(lanes) > 1 else max(_ROOMIEST, _measure_skills(lanes[0]))
    step = min(tallest, room / moves)
    if step >= _TWO_LINES:
        step = max(_TWO_LINES, min(tallest, (room - 16) / moves))
    elif step >= _CODED:
        step = min(step, (room - 22) / moves)
    for number, path in enumerate(lanes, 1):
        x = LEFT + (number - 1) * (width + _GAP)
        name = f"Path {number}" if len(lanes) > 1 else ""
        if not answer.paths:
            name = f"The nearest miss, {explain_options(answer.relaxed or '')}"
        _draw_heading(draft, path, name, x, top, width)
        _draw_lane(draft, path, most, x, top + _HEADING + 10, width, step)
    return finish(draft, ["Career path:", *headline], _describe(answer), " ".join(notes))


def _tell_facts(path: CareerPath) -> tuple[str, str]:
    """The moves, cost and typical years of a path, in a long wording and in a short one."""
    facts = f"{count(len(path.moves), 'move')} · cost {path.cost:.4f}"
    short = "years unknown" if path.years is None else tell_years(path.years)
    return f"{facts} · {tell_duration(path.years)}", f"{facts} · {short}"


def _draw_heading(draft: Draft, path: CareerPath, name: str, x: float, top: float, width: float) -> None:
    room = min(width, _SKILLS - _GAP)
    if name:
        draft.write(x, top + 2, name, 16, INK, room, bold=True)
        draft.write(x, top + 22, choose(_tell_facts(path), 13, room), 13, SOFT, room)
    else:
        draft.write(x, top + 10, _tell_facts(path)[0], 16, INK, room, bold=True)
    if width > _SKILLS and path.moves:
        draft.write(
            x + _SKILLS, top + (2 if name else 10), "Skills to gain", 14, SOFT, width - _SKILLS, bold=True
        )


@dataclass(frozen=True, slots=True)
class _Lane:
    """Where a path stands, the height of a move, and the size and lines of its titles."""

    x: float
    width: float
    step: float
    size: int
    lines: int

    @property
    def left(self) -> float:
        """Where its texts begin."""
        return self.x + _INDENT

    @property
    def room(self) -> float:
        """The width of its texts."""
        return min(self.width, _SKILLS - _GAP) - _INDENT

    def place_note(self, y: float, below: float) -> float:
        """The line of a small text between the role at ``y``, which ends at ``below``, and the next one."""
        if self.step < 60:
            return y + 5 + self.step / 2
        return below + (15 if self.lines == 1 else 12 if self.is_coded else 3)

    @property
    def is_coded(self) -> bool:
        """Whether there is room for codes."""
        return self.step >= (60 if self.lines == 1 else _CODED)

    @property
    def is_single(self) -> bool:
        return self.width > _SKILLS


def _lay_lane(path: CareerPath, x: float, width: float, step: float) -> _Lane:
    """A lane with the largest letters that all titles fit in, in two lines where a move is high enough."""
    titles = [clean(title) for move in path.moves for title in (move.origin_title, move.destination_title)]
    lane = _Lane(x, width, step, 13, 1)
    styles = [
        (size, 1) for size in ((17, 15, 14, 13) if step >= 120 else (15, 14, 13) if step >= 60 else (14, 13))
    ]
    styles += [(14, 2)] if step >= _TWO_LINES else []
    styles += [(13, 2)] if step >= 66 else []
    for size, lines in styles:
        lane = _Lane(x, width, step, size, lines)
        if all(choose((title, ""), size, lane.room, lines=lines, bold=True) for title in titles):
            break
    return lane


def _draw_lane(
    draft: Draft, path: CareerPath, most: int, x: float, y: float, width: float, step: float
) -> None:
    if not path.moves:
        draft.write(x, y + 10, _NO_MOVE, 16, INK, width, lines=3)
        return
    lane = _lay_lane(path, x, width, step)
    shown = path.moves if len(path.moves) <= most else path.moves[: most - 1]
    left_out = len(path.moves) - len(shown)
    for number, move in enumerate(shown):
        _draw_arrow(draft, move, lane, y)
        below = _draw_stop(draft, move.origin_title, move.origin, lane, y, is_first=number == 0)
        _draw_move(draft, move, lane, y, below)
        y += step
    if left_out:
        draft.add(Line(((x + 8, y), (x + 8, y + step)), SOFT, 2, (1.5, 5)))
        below = _draw_stop(draft, shown[-1].destination_title, shown[-1].destination, lane, y)
        text = f"and {count(left_out, 'move')} more, not shown"
        draft.write(lane.left, lane.place_note(y, below), text, 12, SOFT, lane.room)
        y += step
    last = path.moves[-1]
    _draw_stop(draft, last.destination_title, last.destination, lane, y, is_last=True)


def _draw_stop(
    draft: Draft,
    title: str,
    code: str,
    lane: _Lane,
    y: float,
    *,
    is_first: bool = False,
    is_last: bool = False,
) -> float:
    """A role on the way, with its code where there is room; return where it ends."""
    radius = 8 if is_first or is_last else 6
    draft.add(Dot(lane.x + 8, y, radius, ACCENT if is_last else "#ffffff", ACCENT, 3))
    size, lines = lane.size, lane.lines
    below = draft.write(lane.left, y + 5, title, size, INK, lane.room, lines=lines, bold=True, leading=1.2)
    if lane.is_coded:
        draft.write(lane.left, below - (lines - 1), code, 12, SOFT, lane.room)
        return below + 4
    _draw_level(draft, clean(title), code.rpartition(".")[2], lane, y)
    return below


def _draw_level(draft: Draft, title: str, level: str, lane: _Lane, y: float) -> None:
    """The level behind a title that does not name it, where there is no room for the code."""
    start = measure(title, lane.size, bold=True) * SPARE + 8
    if not title.endswith(f" {level}") and start + measure(level, 12) * SPARE <= lane.room:
        draft.write(lane.left + start, y + 5, level, 12, SOFT, lane.room - start)


def _draw_arrow(draft: Draft, move: Move, lane: _Lane, y: float) -> None:
    band = style_band(move.band)
    x, end = lane.x + 8, y + lane.step - 11
    draft.add(Line(((x, y + 8), (x, end - 5)), band.colour, 3.5, band.dash))
    draft.add(Area(((x - 6, end - 8), (x + 6, end - 8), (x, end)), band.colour))


def _draw_move(draft: Draft, move: Move, lane: _Lane, y: float, below: float) -> None:
    """What a move is, below the role that it leaves."""
    band = style_band(move.band)
    what = list_items([clean(part) for part in list_changes(move)], 13, lane.room, separator=", ")
    wordings = _word_numbers(move, 0 if lane.is_single else len(list_wanted(move)))
    if lane.step >= (80 if lane.lines == 1 else _TWO_LINES - 8):
        draft.write(lane.left, below + 18, what, 13, INK, lane.room)
        draft.write(lane.left, below + 35, choose(wordings, 13, lane.room), 13, band.colour, lane.room)
        if lane.is_single and lane.step >= _GROUNDED and lane.lines == 1:
            lines = 1 if lane.step < _GROUNDED + 16 else 2
            draft.write(
                lane.left,
                below + 54,
                " · ".join(move.evidence).replace(" -> ", " → "),
                12,
                SOFT,
                lane.room,
                lines=lines,
            )
    else:
        # In a narrow lane some distances would fit and others not.
        wide = [f"{what} · {wordings[0]}"] if lane.room > _WIDE else []
        kind = [f"{move.kind} · {numbers}" for numbers in wordings[0 if wide else 1 :]]
        at, last = lane.place_note(y, below), [] if move.band is None else [band.word]
        draft.write(lane.left, at, choose([*wide, *kind, *last], 12, lane.room), 12, band.colour, lane.room)
    if lane.is_single:
        _draw_skills(draft, move, lane.x + _SKILLS, y, lane.width - _SKILLS, lane.step)


def _word_numbers(move: Move, gain: int) -> list[str]:
    """The numbers of a move from the longest wording to the shortest; the match band stays, the cost goes first."""
    band, cost = style_band(move.band), f"cost {move.cost:.4f}"
    skills = [f"{count(gain, 'skill')} to gain"] if gain else []
    words, word = ([], []) if move.band is None else ([band.words], [band.word])
    wordings = [
        [cost, _tell_distance(move), *words, *skills],
        [cost, *words, *skills],
        [cost, *word, *skills],
        [*word, *skills],
        [*word, *([f"{gain} to gain"] if gain else [])],
        word,
    ]
    return [" · ".join(parts) for parts in wordings if parts]


def _measure_skills(path: CareerPath) -> float:
    """The height of a move that has room for the skills to gain beside it, one below the other."""
    return 18.0 * max((len(list_wanted(move)) for move in path.moves), default=0) + 41


def _tell_distance(move: Move) -> str:
    return "distance not known" if move.distance is None else f"distance {move.distance:.4f}"


def _draw_skills(draft: Draft, move: Move, x: float, y: float, width: float, step: float) -> None:
    """The skills to gain, as many as fit into the room of the move, and the number of the others."""
    most = max(1, int((step - 24) // 17))
    wanted = list(map(clean, list_wanted(move)))
    # One below the other where there is room, each in a line of its own.
    if 1 < len(wanted) <= (step - 24) / 18 and all(measure(skill, 13) * SPARE <= width for skill in wanted):
        top = y + step / 2 + 4.5 - (len(wanted) - 1) * 9
        for number, skill in enumerate(wanted):
            draft.write(x, top + number * 18, skill, 13, INK, width)
        return
    text, colour = list_items(wanted, 13, width, lines=most), INK
    if not wanted:
        text, colour = "unknown: not recorded per level" if move.unknown else "none beyond the origin's", SOFT
    lines = len(fit(clean(text), 13, width, lines=most))
    draft.write(x, y + step / 2 + 4.5 - (lines - 1) * 8.5, text, 13, colour, width, lines=most)


def _describe(answer: Paths) -> str:
    told = [] if answer.reason is None else [answer.reason]
    named = [(f"Path {number}", path) for number, path in enumerate(answer.paths, 1)]
    if answer.nearest_miss is not None:
        named.append((f"The nearest miss, {answer.relaxed}", answer.nearest_miss))
    for name, path in named:
        stops = "; ".join(
            f"{clean(', '.join(list_changes(move)))} to {move.destination_title} (cost {move.cost:.4f}, {_tell_distance(move)}, {style_band(move.band).words})"
            for move in path.moves
        )
        told.append(f"{name}: {stops or 'no move'}.")
    return " ".join(told)
