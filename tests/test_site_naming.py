"""What a role is called in an address of a page: the scripts take it for the role that the command takes it for."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from architectures import make_taxonomy, read_shipped
from bakery import write_bakery
from rolegraph.careers import naming
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError, UnknownError
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import load_folder
from rolegraph.releases.library import Library
from rolegraph.site.book import Book
from rolegraph.site.data.names import list_names
from script_engine import open_engine
from strategies import taxonomies

SMALL = Path(__file__).parent / "fixtures" / "small"


@cache
def start_engine() -> Any:
    engine = open_engine(("folding.js", "naming-engine.js"))
    engine.eval("function match(texts) { return JSON.stringify(texts.map((text) => naming.match(text))); }")
    engine.eval("function split(text) { return JSON.stringify(naming.split(text)); }")
    return engine


def open_naming(taxonomy: Taxonomy) -> None:
    data = list_names(Book(SimpleNamespace(taxonomy=taxonomy)))  # type: ignore[arg-type]
    start_engine().eval(f"var naming = rolegraph.openNaming({json.dumps(data)});0")


def match_here(texts: list[str]) -> list[list[str]]:
    found: list[list[str]] = json.loads(start_engine().call("match", texts))
    return found


def match_there(roster: Roster, text: str) -> list[str]:
    """The codes that the command takes a name for: one, several that it asks to choose from, or none."""
    try:
        return [naming.resolve_profile(roster, text)]
    except UnknownError:
        return []
    except RequestError:
        # Ambiguous or retired: the message tells them, the first ten alone.
        return naming._match_profiles(roster, text)


def spell(name: str, draw: Random) -> str:
    ways = (
        lambda: name,
        lambda: name.upper(),
        lambda: f"  {name.lower()} ",
        lambda: name.replace(" ", "\u2003 \t"),
        lambda: name.replace("—", draw.choice("-–‒")),
        lambda: unicodedata.normalize("NFD", name),
        lambda: name[1:],
    )
    return draw.choice(ways)()


def check(taxonomy: Taxonomy, draw: Random, number: int) -> None:
    roster = Roster.from_taxonomy(taxonomy, Library(None, taxonomy))
    open_naming(taxonomy)
    names = [
        name
        for p in taxonomy.profiles
        for name in (p.code, p.job_code, taxonomy.title_of(p), *p.aliases)
        if name
    ]
    names += [focus.label for focus in taxonomy.focuses]
    asked = [spell(draw.choice(names), draw) for _ in range(number)] if names else []
    asked += ["", " ", "—", "__proto__", "constructor", "\ufeff", "NO.SUCH.P1"]
    for text, found in zip(asked, match_here(asked), strict=True):
        assert found == sorted(set(match_there(roster, text))), text


def test_names_of_records_mean_the_roles_that_the_command_takes_them_for(tmp_path: Path) -> None:
    check(read_shipped(), Random(1), 60)
    check(load_folder(write_bakery(tmp_path / "bakery")).taxonomy, Random(2), 60)
    check(load_folder(SMALL).taxonomy, Random(3), 60)


@settings(max_examples=10)
@given(taxonomies(min_focuses=1), st.randoms(use_true_random=False))
def test_random_names_mean_the_roles_that_the_command_takes_them_for(
    taxonomy: Taxonomy, draw: Random
) -> None:
    check(taxonomy, draw, 20)


def test_what_several_are_called_names_all_of_them_and_those_in_use_first() -> None:
    whole = make_taxonomy(
        {"A.X": ["P1", "P2"], "A.Y": ["P1"]}, retired={"A.Y": None}, job_codes={"A.X.P1": "417"}
    )
    focuses = tuple(
        focus.model_copy(
            update={
                "profiles": tuple(p.model_copy(update={"title": "Baker, senior"}) for p in focus.profiles)
            }
        )
        for focus in whole.focuses
    )
    open_naming(whole.replace_parts(focuses=focuses))
    assert match_here(["baker,  SENIOR", "417", "a.y.p1"]) == [["A.X.P1", "A.X.P2"], ["A.X.P1"], ["A.Y.P1"]]
    split = json.loads(start_engine().call("split", "417,Baker, senior, ,a.x.p2,no, such"))
    assert split == ["417", "Baker, senior", "a.x.p2", "no", "such"]


def test_letter_case_makes_as_little_difference_as_in_python() -> None:
    known = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c)[0] == "L"]
    known = [c for c in known if not "\u3400" < c < "\ud7a0"]
    texts = json.loads(
        start_engine().eval(f"JSON.stringify({json.dumps(known)}.map((c) => rolegraph.folding.foldCase(c)))")
    )
    here, there = defaultdict(set), defaultdict(set)
    for letter, text in zip(known, texts, strict=True):
        here[text].add(letter)
        there[letter.casefold()].add(letter)
    assert sorted(map(sorted, here.values())) == sorted(map(sorted, there.values()))
