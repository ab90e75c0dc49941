"""Roles and places of the page of paths: named as in the command, told in words of its form, and an example that holds."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings

from architectures import architectures, make_taxonomy, read_shipped
from bakery import write_bakery
from rolegraph.careers.naming import resolve_ends, resolve_place
from rolegraph.careers.paths import find_paths
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import load_folder
from rolegraph.site.book import Book
from rolegraph.site.contents import make_file
from rolegraph.site.journey import choose_journey
from rolegraph.site.wording import read_wording
from script_engine import open_engine

SCRIPTS = (
    *(
        "load.js",
        "folding.js",
        "naming-engine.js",
        "roles-engine.js",
        "distance-engine.js",
        "moves-engine.js",
    ),
    *("route-engine.js", "obstacles-engine.js", "path-engine.js", "ends-engine.js", "path-words.js"),
)
TAKE = """
var files = {}, ends = null;
rolegraph.take = (function (take) { return function (name, data) { files[name] = data; take(name, data); }; })(rolegraph.take);
function ask(find, text) {
  try {
    return {codes: [].concat(ends[find](text))};
  } catch (error) {
    if (!(error instanceof rolegraph.NamingError)) throw error;
    return {error: error.message, kind: error.kind, codes: error.codes};
  }
}
"""


@cache
def start_engine() -> Any:
    return open_engine(SCRIPTS, after=TAKE)


def open_ends(taxonomy: Taxonomy, roster: Roster) -> None:
    book = Book(SimpleNamespace(taxonomy=taxonomy, roster=roster))  # type: ignore[arg-type]
    for name in ("roles", "names", "texts"):
        data = make_file(book, f"data/{name}.js")
        assert data is not None
        start_engine().eval(data.decode("ascii"))
    start_engine().eval("ends = rolegraph.openEnds(rolegraph.openRoles(files.roles), files.names);0")


def ask_command(roster: Roster, find: str, text: str) -> dict[str, Any]:
    try:
        return {"codes": resolve_ends(roster, text) if find == "findEnds" else [resolve_place(roster, text)]}
    except RequestError as error:
        # What is called alike, and the command that lists all there is, are told by the page in its own way.
        return {"error": str(error).split("; did you mean")[0].split("; rolegraph list")[0]}


def check(taxonomy: Taxonomy, draw: Random, number: int) -> set[str]:
    """The kinds of answers that both gave alike."""
    roster = Roster.from_taxonomy(taxonomy)
    open_ends(taxonomy, roster)
    names = [
        *(f.code for f in taxonomy.functions),
        *(f.label for f in taxonomy.functions if f.label),
        *(text for f in taxonomy.focuses for text in (f.code, f.label)),
        *(name for p in taxonomy.profiles for name in (p.code, p.job_code, taxonomy.title_of(p), *p.aliases) if name),
    ]  # fmt: skip
    asked = [draw.choice((str.upper, str.lower, str.title, str))(draw.choice(names)) for _ in range(number)]
    asked += [
        ", ".join(draw.sample(names, 2)),
        f"{names[0]},NO.SUCH.P1",
        "NOPE",
        "it's",
        "NO.SUCH.P1",
        'a "b" \\',
    ]
    told = set()
    for text in asked:
        for find in ("findEnds", "findPlace"):
            found = start_engine().call("ask", find, text)
            told.add(found.pop("kind", "found"))
            expected = ask_command(roster, find, text)
            if "error" in expected:
                del found["codes"]
            assert found == expected, (find, text)
    return told


def test_names_of_records_are_taken_as_the_command_takes_them(tmp_path: Path) -> None:
    assert check(read_shipped(), Random(1), 40) == {"found", "several", "unknown"}
    check(load_folder(write_bakery(tmp_path / "bakery")).taxonomy, Random(2), 40)


def test_what_is_retired_tells_its_successor() -> None:
    whole = make_taxonomy(
        {"A.X": ["P1", "P2"], "A.Y": ["P1"], "B.Z": ["P1"]},
        retired={"A.X.P1": "A.X.P2", "A.Y": "B.Z", "B.Z.P1": None},
    )
    assert "retired" in check(whole, Random(3), 40)
    successors = {
        text: start_engine().call("ask", "findEnds", text)["codes"]
        for text in ("a.x.p1", "A.Y", "A.Y.P1", "B.Z.P1")
    }
    assert successors == {"a.x.p1": ["A.X.P2"], "A.Y": ["B.Z"], "A.Y.P1": ["B.Z"], "B.Z.P1": []}


FREE = {
    "via": [], "avoid": [], "no": [], "tracks": [], "k": 1, "max_moves": None, "max_jump": 1, "min_pay_ratio": None,
    "allow_step_down": False, "any_rung": False,
}  # fmt: skip


def test_options_are_told_in_the_words_of_the_form() -> None:
    taxonomy = read_shipped()
    open_ends(taxonomy, Roster.from_taxonomy(taxonomy))

    def say(text: str, **asked: Any) -> str:
        return str(start_engine().call("rolegraph.wordReason", text, FREE | asked))

    asked: dict[str, Any] = {
        "via": ["A.X", "A.X.P1"],
        "no": ["step-down"],
        "tracks": ["P", "M"],
        "min_pay_ratio": 0.95,
    }
    told = say(
        "under --via A.X, --via A.X.P1, --no step-down, --track P --track M and --min-pay-ratio 0.95.",
        **asked,
    )
    assert told == (
        "under “pass by A.X”, “pass by A.X.P1”, “no move of the kind step-down”, “moves into P or M alone” and "
        "“at least 0.95 of the median pay left behind”."
    )
    assert say("With --max-jump 2 the best path") == "If a promotion may climb 2 rungs the best path"
    assert "--" not in say("Step-downs were not tried; --allow-step-down does.")
    assert "--" not in say("--no step-down contradicts --allow-step-down; leave one of them out", **asked)
    wording = read_wording()
    for option in ("via", "avoid", "no", "max-moves", "max-jump", "min-pay-ratio", "allow-step-down"):
        assert wording(f"script-path.option-{option}") == f"“{wording(f'path.{option}').lower()}”"
    assert wording("script-path.option-track") == f"“{wording('path.tracks').lower()}”"


def test_the_example_has_a_path_up_into_another_focus() -> None:
    roster = Roster.from_taxonomy(read_shipped())
    pair = choose_journey(roster)
    assert pair is not None
    assert pair == ("PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3")
    assert find_paths(roster, *pair).paths
    assert choose_journey(Roster.from_taxonomy(make_taxonomy({"A.X": ["P1"]}))) is None


@settings(max_examples=25)
@given(architectures(most=16))
def test_every_example_has_a_path(taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    pair = choose_journey(roster)
    if pair is not None:
        assert find_paths(roster, *pair, edition="experience@1").paths
        assert json.dumps(choose_journey(Roster.from_taxonomy(taxonomy))) == json.dumps(pair)
