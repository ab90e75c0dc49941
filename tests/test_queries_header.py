"""The headers of named queries are read strictly, and parameters are bound as what they say they are."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from rolegraph.errors import InputError, RequestError
from rolegraph.store import named
from rolegraph.store.header import parse_query, read_example
from rolegraph.store.parameters import KINDS, Parameter, bind_parameters, read_value

HEADER = """\
# title: Profiles at a level
# purpose: Every profile that stands at one level,
#   across functions.
# parameter: level (level, required): the level, such as M3
# parameter: row (one of knowledge complexity, default knowledge): the row
# parameter: words (text, optional): what to look for (in any language)
# example: rolegraph query by-level --param level=M3 --param words="two words"
"""
QUERY = "\nSELECT ?level ?row ?words {\n  # ?nothing\n  ?s ?level ?row, ?words\n}\n"


def test_header_says_what_the_query_is_for_and_what_it_takes() -> None:
    query = parse_query("by-level", HEADER + QUERY)
    assert query.title == "Profiles at a level"
    assert query.purpose == "Every profile that stands at one level, across functions."
    assert query.parameters == (
        Parameter("level", "level", True, "the level, such as M3"),
        Parameter("row", "choice", False, "the row", ("knowledge", "complexity"), "knowledge"),
        Parameter("words", "text", False, "what to look for (in any language)"),
    )
    assert query.text == HEADER + QUERY
    assert read_example("by-level", query.parameters, query.example) == {"level": "M3", "words": "two words"}


def change(old: str, new: str) -> str:
    assert old in HEADER
    return HEADER.replace(old, new) + QUERY


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (QUERY, ["1 header-missing", "1 header-missing", "1 header-missing"]),
        (change("# title: Profiles at a level\n", ""), ["1 header-missing"]),
        (change("# title: Profiles at a level", "# title:"), ["1 header-line", "1 header-missing"]),
        (change("# title:", "#title:"), ["1 header-line", "1 header-missing"]),
        (change("# title:", "# Title:"), ["1 header-line", "1 header-missing"]),
        (change("# purpose:", "# note: a note\n# purpose:"), ["2 header-line"]),
        (change("# purpose:", "#\n# purpose:"), ["2 header-line"]),
        (change("#   across", "#  across"), ["3 header-line"]),
        (change("# title:", "#   title\n# title:"), ["1 header-line"]),
        (change("# purpose:", "# title: Again\n# purpose:"), ["2 header-repeated"]),
        ("# example: rolegraph query by-level\n# title: T\n# purpose: P\n" + QUERY, ["2 header-order"]),
        (change("(level, required)", "(level required)"), ["4 header-parameter"]),
        (change("(level, required)", "(level, needed)"), ["4 header-parameter"]),
        (change("(level, required)", "(rung, required)"), ["4 header-parameter"]),
        (change("level (level", "Level (level"), ["4 header-parameter"]),
        (change(": the level, such as M3", ":"), ["4 header-parameter"]),
        (change("row (one of knowledge complexity", "row (one of knowledge"), ["5 header-parameter"]),
        (change("default knowledge", "default wisdom"), ["5 header-parameter"]),
        (change("words (text", "level (text"), ["6 header-parameter"]),
        (change("words (text", "nothing (text"), ["6 header-parameter"]),
        (change("query by-level", "query by-skill"), ["7 header-example"]),
        (change(" --param level=M3", ""), ["7 header-example"]),
        (change("level=M3", "level"), ["7 header-example"]),
        (change("level=M3", "level=third"), ["7 header-example"]),
        (change("--param level", "--limit 3 --param level"), ["7 header-example"]),
        (change("level=M3", "level=M3 --param level=M4"), ["7 header-example"]),
        (change("level=M3", "level=M3 --param nope=1"), ["7 header-example"]),
        (change("two words", "two words\\"), ["7 header-example"]),
        (change("title: Profiles", "titel: Profiles").replace("row (one of", "row (any of"),
         ["1 header-line", "1 header-missing", "5 header-parameter"]),
    ],
)  # fmt: skip
def test_a_malformed_header_is_refused_with_every_place(text: str, problems: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        parse_query("by-level", text)
    found = [(p.place, p.rule, p.remedy) for p in caught.value.problems]
    assert [f"{place.line} {rule}" for place, rule, _ in found if place] == problems
    assert all(place and place.file == "queries/by-level.rq" and remedy for place, _, remedy in found)


def test_listing_tells_the_problems_of_all_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"a.rq": QUERY, "by-level.rq": HEADER + QUERY, "c.rq": change("# title:", "# titel:")}
    monkeypatch.setattr(named, "read_resources", lambda kind, suffix: texts)
    with pytest.raises(InputError) as caught:
        named.list_queries()
    assert {p.place.file for p in caught.value.problems if p.place} == {"queries/a.rq", "queries/c.rq"}
    assert named.find_query("BY-LEVEL").name == "by-level"


def parameter(kind: str, *choices: str) -> Parameter:
    return Parameter("it", kind, True, "a thing", choices)


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("profile", "manufa.bioproce4427.m3", ox.Literal("MANUFA.BIOPROCE4427.M3")),
        ("focus", "MANUFA.bioproce4427", ox.Literal("MANUFA.BIOPROCE4427")),
        ("function", "manufa3", ox.Literal("MANUFA3")),
        ("level", "m3", ox.Literal("M3")),
        ("track", "m", ox.Literal("M")),
        ("skill", "Aseptic-Technique", ox.Literal("aseptic-technique")),
        ("function-group", "Technical", ox.Literal("technical")),
        ("classification", "SOC-2018", ox.Literal("soc-2018")),
        ("edition", "Structural@1", ox.Literal("structural@1")),
        ("occupation", "51-1011", ox.Literal("51-1011")),
        ("occupation", "aB c", ox.Literal("aB c")),
        ("text", ' a "b" ', ox.Literal(' a "b" ')),
        ("iri", "https://example.org/é", ox.NamedNode("https://example.org/é")),
    ],
)
def test_values_become_whole_terms(kind: str, text: str, term: ox.NamedNode | ox.Literal) -> None:
    assert read_value(parameter(kind), text) == term


def test_every_kind_is_covered() -> None:
    assert set(KINDS) == {
        "profile", "focus", "function", "level", "track", "skill", "function-group", "classification", "edition",
        "occupation", "text", "iri",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("profile", "MANUFA.BIOPROCE4427"),
        ("profile", "MANUFA.BIOPROCE4427.M3\n"),
        ("focus", "MANUFA"),
        ("function", "MAN UFA"),
        ("level", "third"),
        ("level", ""),
        ("level", "M3\" } UNION { ?s ?p ?o } #"),
        ("track", "M3"),
        ("skill", "aseptic technique"),
        ("edition", "structural"),
        ("occupation", ""),
        ("occupation", " 51-1011"),
        ("occupation", "51-1011\n"),
        ("text", "  "),
        ("iri", "profile/X"),
        ("iri", "https://example.org/> ?p ?o . <https://example.org/"),
    ],
)  # fmt: skip
def test_values_of_another_kind_are_refused(kind: str, text: str) -> None:
    with pytest.raises(RequestError, match="the parameter it is"):
        read_value(parameter(kind), text)


def test_a_choice_is_one_of_its_words() -> None:
    assert read_value(parameter("choice", "own", "inherited"), "OWN") == ox.Literal("own")
    with pytest.raises(RequestError, match="'mine'; it may be own, inherited"):
        read_value(parameter("choice", "own", "inherited"), "mine")


def test_parameters_are_known_given_once_and_complete() -> None:
    parameters = parse_query("by-level", HEADER + QUERY).parameters
    assert bind_parameters("q", parameters, {"level": "m3"}) == {
        "level": ox.Literal("M3"),
        "row": ox.Literal("knowledge"),
    }
    assert list(bind_parameters("q", parameters, [("words", "x"), ("level", "P1")])) == [
        "level",
        "row",
        "words",
    ]
    with pytest.raises(RequestError, match=r"no parameter 'lvel'; it takes level, row, words"):
        bind_parameters("q", parameters, {"lvel": "M3"})
    with pytest.raises(RequestError, match="level is given more than once"):
        bind_parameters("q", parameters, [("level", "M3"), ("level", "M3")])
    with pytest.raises(
        RequestError, match=r"needs the parameter level \(the level, such as M3\); add --param level="
    ):
        bind_parameters("q", parameters, {"row": "complexity"})
    with pytest.raises(RequestError, match="no parameter 'x'; it takes none"):
        bind_parameters("q", (), {"x": "1"})
