"""Career paths in the page: the script's answers are those of the command, of any data and any question."""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from architectures import (
    architectures,
    even_architectures,
    make_level,
    make_taxonomy,
    narrow_architectures,
    read_shipped,
)
from bakery import write_bakery
from rolegraph.careers.constraints import Constraints
from rolegraph.careers.network import Networks
from rolegraph.careers.paths import OBJECTIVES, find_paths
from rolegraph.careers.roster import Roster
from rolegraph.careers.rules import KINDS
from rolegraph.errors import RequestError
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.plain import to_plain
from rolegraph.records import load_folder
from rolegraph.site.book import Book
from rolegraph.site.contents import make_file
from script_engine import open_engine

ENGINE = (
    *("roles-engine.js", "distance-engine.js", "moves-engine.js", "route-engine.js"),
    *("obstacles-engine.js", "path-engine.js"),
)
TAKE = """
var files = {}, moves = null, rolegraph = {take: function (name, data) { files[name] = data; }};
function open() {
  try {
    moves = rolegraph.openMoves(rolegraph.openRoles(files.roles), files.moves);
    return null;
  } catch (error) {
    if (error instanceof rolegraph.RequestError) return error.message;
    throw error;
  }
}
function ask(question) {
  try {
    return rolegraph.findPaths(moves, question);
  } catch (error) {
    if (error instanceof rolegraph.NeedFalls) { moves.addFalls(files["moves-down"]); return ask(question); }
    if (error instanceof rolegraph.RequestError) return {error: error.message};
    throw error;
  }
}
"""


@cache
def start_engine() -> Any:
    return open_engine(ENGINE, before=TAKE)


class Pair:
    """One architecture asked by both: the script on its files of data, and Python."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.roster = Roster.from_taxonomy(taxonomy)
        self.networks = Networks(self.roster)
        architecture = SimpleNamespace(
            taxonomy=taxonomy, roster=self.roster, networks=lambda: Networks(self.roster)
        )
        self.book = Book(architecture)  # type: ignore[arg-type]
        self.engine = start_engine()
        for name in ("roles", "moves", "moves-down"):
            data = make_file(self.book, f"data/{name}.js")
            assert data is not None
            self.engine.eval(data.decode("ascii"))
        assert self.engine.call("open") is None

    def list_codes(self) -> list[str]:
        return [self.roster.code_of(at) for at in self.roster.active_profiles()]

    def ask_python(self, question: dict[str, Any]) -> Any:
        asked = {name: value for name, value in question.items() if name in Constraints._fields}
        rest = {
            name: value for name, value in question.items() if name not in {*asked, "origin", "destination"}
        }
        try:
            answer = find_paths(
                self.roster, question["origin"], question["destination"],
                constraints=Constraints(**asked), networks=self.networks, **{"edition": "experience@1", **rest},
            )  # fmt: skip
        except RequestError as error:
            return {"error": str(error)}
        return to_plain(answer)

    def check(self, **question: Any) -> Any:
        """Both answers are the same, text by text and number by number; the answer."""
        expected = self.ask_python(question)
        found = self.engine.call("ask", question)
        assert spell(found) == spell(expected), question
        return expected


def spell(answer: Any) -> str:
    """An answer with its keys in order and all numbers spelt alike."""
    return json.dumps(json.loads(json.dumps(answer), parse_int=float), indent=1)


@cache
def read_pair() -> Pair:
    return Pair(read_shipped())


def draw_question(random: Random, pair: Pair) -> dict[str, Any]:
    """A question about an architecture: most can be answered, some have no path, some are wrong."""
    roster, codes = pair.roster, pair.list_codes()
    focuses, functions = list(roster.focus_codes), list(roster.function_codes)
    retired = [roster.code_of(at) for at in range(len(roster)) if roster.is_retired(at)]

    def draw_end() -> list[str]:
        kind = random.random()
        if kind < 0.7:
            return [random.choice(codes)]
        if kind < 0.85:
            return [random.choice(focuses)]
        if kind < 0.97:
            return random.sample([*codes, *focuses], 2)
        return [random.choice([*retired, "NO.SUCH.P1", "NO.SUCH"])]

    def draw_places(share: float) -> list[str]:
        if random.random() > share:
            return []
        places = [*codes, *focuses, *functions, *(["NO.SUCH.P1", "NO"] if random.random() < 0.1 else [])]
        return random.sample(places, min(len(places), random.choice((1, 1, 2))))

    origin = draw_end()
    # Ways that come back to where they began are searched for seconds, by both.
    destination = next(end for end in iter(draw_end, None) if end != origin)
    question: dict[str, Any] = {
        "origin": origin,
        "destination": destination,
        "by": random.choice(OBJECTIVES),
        "k": random.choice((1, 1, 3, 5)),
        "similar": random.random() < 0.3,
        "any_rung": random.random() < 0.3,
        "edition": random.choice(("experience@1", "structural@1")),
        "via": draw_places(0.2),
        "avoid": draw_places(0.25),
        "no": random.sample(KINDS, random.choice((1, 2))) if random.random() < 0.25 else [],
        "tracks": random.sample(roster.track_codes, 1) if random.random() < 0.15 else [],
        "max_moves": random.choice((0, 1, 2, 3, 5)) if random.random() < 0.3 else None,
        "max_jump": random.choice((1, 1, 1, 2, 3)),
        "min_pay_ratio": random.choice((0.5, 0.95, 1.0, 1.234567)) if random.random() < 0.15 else None,
        "allow_step_down": random.random() < 0.3,
    }
    return question


def test_all_pairs_of_the_shipped_roles_have_the_paths_of_the_command() -> None:
    pair = read_pair()
    codes = pair.list_codes()
    random = Random(7)
    for origin, destination in random.sample(list(product(codes, codes)), 60):
        pair.check(origin=[origin], destination=[destination], k=3, by=random.choice(OBJECTIVES))


def test_all_constraints_hold_on_the_shipped_roles_as_in_the_command() -> None:
    pair, random = read_pair(), Random(11)
    answers = [pair.check(**draw_question(random, pair)) for _ in range(50)]
    kinds = {
        "error" if "error" in answer else "miss" if answer["nearest_miss"] else "paths" if answer["paths"] else "none"
        for answer in answers
    }  # fmt: skip
    assert kinds == {"error", "miss", "paths"}


@settings(max_examples=18)
@given(
    st.one_of(architectures(most=16), narrow_architectures(), even_architectures()),
    st.integers(0, 2**32 - 1),
)
def test_random_architectures_have_the_paths_of_the_command(taxonomy: Taxonomy, seed: int) -> None:
    random, pair = Random(seed), Pair(taxonomy)
    if len(pair.list_codes()) > 1:
        for _ in range(6):
            pair.check(**draw_question(random, pair))


def test_pay_proficiency_and_guidelines_are_told_as_in_the_command(tmp_path: Path) -> None:
    write_bakery(tmp_path / "data")
    pair = Pair(load_folder(tmp_path / "data").taxonomy)
    codes = pair.list_codes()
    random = Random(3)
    told = set()
    for origin, destination in product(codes, codes):
        answer = pair.check(
            origin=[origin], destination=[destination], k=3, allow_step_down=True, max_jump=3,
            min_pay_ratio=random.choice((None, None, 0.9)),
        )  # fmt: skip
        moves = [move for path in answer["paths"] for move in path["moves"]]
        told |= {text.split(" %")[0].rstrip("0123456789") for move in moves for text in move["evidence"]}
        told |= {"deepen" for move in moves if move["deepen"]}
    assert {"deepen", "median pay +", "median pay in unlike currencies or periods"} <= told


def make_uneven(stages: bool) -> Taxonomy:
    """Two focuses on a ladder whose management track has no years: its stages are given, or only its ranks are known."""
    levels = [make_level(f"P{rank}", (rank, rank + 2.5)) for rank in range(1, 5)]
    levels += [make_level(f"M{rank}", None, stage=rank + 2 if stages else None) for rank in range(1, 4)]
    ladders = {
        "A.X": ["P1", "P2", "P4", "M1", "M2"], "A.Y": ["P1", "P3", "M1", "M3"], "B.Z": ["P2", "P4", "M1", "M2"],
    }  # fmt: skip
    skills = {
        "A.X": {"a": ("P1",), "b": ("P1", "P2"), "c": ("M1", "M2")},
        "A.Y": ("a", "b"),
        "B.Z": ("z",),
    }
    return make_taxonomy(ladders, levels=levels, skills=skills)


@pytest.mark.parametrize("stages", [True, False])
def test_tracks_without_years_are_told_as_in_the_command(stages: bool) -> None:
    pair = Pair(make_uneven(stages))
    codes, random = [*pair.list_codes(), "A.X", "A.Y", "B.Z"], Random(5)
    reasons = " ".join(
        str(pair.check(origin=[a], destination=[b], edition="structural@1", by="years")["reason"])
        for a, b in random.sample(list(product(codes, codes)), 90)
    )
    told = "No move connects the two tracks" if stages else "No move leads to or from track M"
    assert told in reasons
    assert "There is no role B.Z.P3" in reasons


def test_data_without_costs_has_no_moves_and_says_why() -> None:
    bare = read_shipped().model_copy(
        update={"editions": tuple(e for e in read_shipped().editions if e.form != "effort")}
    )
    roster = Roster.from_taxonomy(bare)
    book = Book(SimpleNamespace(taxonomy=bare, roster=roster, networks=lambda: Networks(roster)))  # type: ignore[arg-type]
    engine = open_engine(ENGINE, before=TAKE)
    for name in ("roles", "moves"):
        data = make_file(book, f"data/{name}.js")
        assert data is not None
        engine.eval(data.decode("ascii"))
    with pytest.raises(RequestError) as refused:
        Networks(roster)
    assert engine.call("open") == str(refused.value)
    page = make_file(book, "path.html")
    assert page is not None


@settings(max_examples=40)
@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 2, 4, 6]))
def test_numbers_are_written_as_the_command_writes_them(number: int, digits: int) -> None:
    engine = start_engine()
    for value in (number / 1000, number / 10**6, number / 32, number / 128):
        assert engine.call("rolegraph.fixed", value, digits) == f"{value:.{digits}f}"
        assert engine.call("rolegraph.shortNumber", value) == f"{value:g}"
