"""Answers of every size made by hand, for the forms that show them: nothing here is computed from data."""

from __future__ import annotations

from rolegraph.answers import (
    Adjacent,
    AllAdjacent,
    CareerPath,
    Ladder,
    LadderTrack,
    Move,
    Neighbour,
    Paths,
    Rung,
    RungChange,
)

BANDS = ("confident", "needs-review", "no-match")
LONG = "Manufacturing Operations / Production Supervision (Upstream Processing)"
HOSTILE = '<b a="1">&amp;"\\"]}|#35;\n-->{{x}}%%`é ü ł 漢字\x07'
"""What breaks XML, Mermaid and DOT where it is not escaped."""


def make_neighbour(number: int, title: str = "") -> Neighbour:
    return Neighbour(
        code=f"MANUFA.FOCUS{number}.M3",
        title=title or f"Focus number {number} — M3",
        distance=round(min(1.0, 0.03 * number), 6),
        band=BANDS[min(2, number // 11)],  # type: ignore[arg-type]
        components={"level": 0.0, "track": 0.0, "taxonomy": float(number)},
    )


def make_adjacent(count: int = 10, title: str = "") -> Adjacent:
    neighbours = tuple(make_neighbour(number, title) for number in range(1, count + 1))
    return Adjacent("MANUFA.MANUFACTF950.M3", "structural@1", neighbours)


def make_all_adjacent() -> AllAdjacent:
    return AllAdjacent("structural@1", (make_adjacent(2),))


NAMES = ("Entry", "Developing", "Mid-Level", "Senior", "Expert", "Principal")


def make_rung(track: str, number: int, *, missing: bool = False, title: str = "") -> Rung:
    """A rung that has a level of 2 to 4 years per step; management begins a stage and a half above."""
    changes = (
        () if number == 1 else ("level: Developing -> Senior", "typical years: 1–3 -> 3–5", "scope: A -> B")
    )
    label = title or f"{LONG} — {track}{number}"
    name = f"{NAMES[(number - 1) % len(NAMES)]} {track}"
    about = {
        "name": name,
        "years": (2.0 * number, 2.0 * number + 4 if number < 6 else None),
        "scope": "Whole tasks and small pieces of a project",
        "stage": number + (1.5 if track == "M" else 0.0),
        "differences": ()
        if number == 1 or missing
        else (
            RungChange("level", "level", "Developing", "Senior"),
            RungChange("descriptor", "autonomy", "A", "Sets the goals of others"),
            RungChange("descriptor", "scope", "A", "Whole tasks and small pieces of a project"),
            RungChange("skill-new", "Aseptic technique", None, None),
        ),
    }
    if missing:
        return Rung(None, f"{track}{number}", f"{track}{number} {name}", None, (), **about)  # type: ignore[arg-type]
    code = f"MANUFA3.MANUFACT13A2.{track}{number}"
    return Rung(code, f"{track}{number}", label, "implied", changes, **about)  # type: ignore[arg-type]


def make_ladder(rungs: int = 5, tracks: str = "M", title: str = "", aligned_by: str = "rank") -> Ladder:
    """The second rung of every track is missing."""
    return Ladder(
        "MANUFA3.MANUFACT13A2",
        tuple(
            LadderTrack(
                track,
                tuple(make_rung(track, n, missing=n == 2, title=title) for n in range(1, rungs + 1)),
            )
            for track in tracks
        ),
        aligned_by,
    )


def make_move(path: int, step: int, last: bool, title: str = "") -> Move:
    def name(at: int) -> tuple[str, str]:
        if at == 0:
            return "PROCES.UPSTREAMDF5B.P1", title or "Upstream Process Development — P1"
        if last and at == step:
            return "MANUFA.BIOPROCE4427.M3", title or "Bioprocess Manufacturing (Upstream/Downstream) — M3"
        return f"MANUFA.FOCUS{path}{at}.M{at % 6 + 1}", title or f"{LONG} — M{at % 6 + 1}"

    (origin, origin_title), (destination, destination_title) = name(step - 1), name(step)
    return Move(
        origin=origin,
        destination=destination,
        origin_title=origin_title,
        destination_title=destination_title,
        kind=("promotion", "track-switch", "lateral", "function-change", "step-down")[step % 5],  # type: ignore[arg-type]
        direction="up",
        changes=("function change", "track change", "career stage up 0.23 steps"),
        cost=0.208333 + path,
        distance=0.108333,
        band=BANDS[step % 3],  # type: ignore[arg-type]
        gain=("Aseptic technique", "Cell culture / fermentation"),
        keep=("Design of experiments (DoE)",),
        unknown=step % 2 == 1,
    )


def make_path(number: int, moves: int, title: str = "") -> CareerPath:
    steps = tuple(make_move(number, step, step == moves, title) for step in range(1, moves + 1))
    return CareerPath(round(sum(move.cost for move in steps), 6), (6.0, 12.0), steps)


def make_paths(*moves: int, reason: str | None = None, title: str = "") -> Paths:
    """Alternatives with so many moves each."""
    paths = tuple(make_path(number, count, title) for number, count in enumerate(moves, 1))
    return Paths(
        "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3", "effort", "experience@1", "effort@1", paths, reason
    )  # fmt: skip
