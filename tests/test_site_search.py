"""Search by name in pages: the scripts find what the command finds, in its order, whatever is asked for."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from architectures import read_shipped
from bakery import write_bakery
from rolegraph.folding import fold
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import load_folder
from rolegraph.releases.library import Library
from rolegraph.search import own, searching
from rolegraph.site.book import Book
from rolegraph.site.contents import make_file
from rolegraph.site.data.names import list_names
from script_engine import open_engine
from strategies import taxonomies

SMALL = Path(__file__).parent / "fixtures" / "small"
ENGINE = ("folding.js", "words.js", "search-engine.js")
ODD = (
    "",
    " ",
    "—",
    "'",
    "&",
    "a",
    "A B",
    "__proto__",
    "constructor",
    '"><script>alert(1)</script>',
    "\\",
    "(",
    ".*",
    "\u202eegdel",
    "\ud800",
    "👩🏽‍🔧",
    "𝔐anager",
    "\U0001e900",
    "٣ 4",
    "ẞ ß ς Σ İ ı ŉ",
    "w" * 10_000,
    "m " * 300,
)
"""What no name is called, and what may be taken for something else."""


@cache
def start_engine() -> Any:
    return open_engine(ENGINE)


def call(function: str, *values: object) -> Any:
    """What a function of the scripts answers."""
    given = ",".join(json.dumps(value) for value in values)
    return json.loads(start_engine().eval(f"JSON.stringify(({function})({given}))"))


def make_book(taxonomy: Taxonomy) -> Book:
    return Book(SimpleNamespace(taxonomy=taxonomy))  # type: ignore[arg-type]


def list_alike(taxonomy: Taxonomy) -> dict[str, Any]:
    """The names that the command knows too: without wordings, and occupations that have not been read."""
    data = list_names(make_book(taxonomy))
    data["skills"] = [[*row[:3], *[0] * (len(row) > 3), *row[4:]] for row in data["skills"]]
    data["occupations"] = [row for row in data["occupations"] if row[2]]
    return data


def open_search(data: dict[str, Any], *kinds: str) -> None:
    start_engine().eval(f"var search = rolegraph.openSearch({json.dumps(data)}, {json.dumps(kinds)});0")


def ask(text: str, limit: int = 20) -> tuple[list[tuple[str, ...]], int]:
    """What the scripts find among the names that were opened."""
    answer = call("(text, limit) => search.find(text, limit)", text, limit)
    keys = ("kind", "code", "label", "found", "text", "scheme", "entry")
    return [tuple(hit[key] for key in keys) for hit in answer["hits"]], answer["more"]


def ask_python(
    taxonomy: Taxonomy, text: str, limit: int = 20, kinds: Sequence[str] = ()
) -> tuple[list[tuple[str, ...]], int]:
    """What the command finds among names, with no release beside the records."""
    with patch.object(searching, "list_texts", lambda taxonomy: ()):
        answer = searching.search(taxonomy, Library(None, taxonomy), text, limit, kinds)
    hits: list[tuple[str, ...]] = [
        (h.kind, h.code, h.label, h.found, h.text, h.scheme or "", h.entry) for h in answer.hits
    ]
    return hits, answer.more


def damage(name: str, draw: Random) -> str:
    """A name as somebody types it: in part, with a slip, in another order, with other signs."""
    words = name.split()
    place = draw.randrange(len(name) + 1)
    ways = (
        lambda: name,
        lambda: name[:place],
        lambda: name[:place] + name[place + 1 :],
        lambda: name[:place] + draw.choice("aeiounrst é-") + name[place:],
        lambda: name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
        lambda: " ".join(draw.sample(words, len(words))),
        lambda: " ".join(word[: draw.randint(1, 6)] for word in words),
        lambda: " ".join(word[: max(4, len(word) - 3)] + "ing" for word in words),
        lambda: draw.choice(words) if words else "",
        lambda: f"{draw.choice(words) if words else ''} of the {name[:place]}",
        lambda: name.upper().replace(" ", draw.choice(["", "-", " – ", "/"])),
    )
    return draw.choice(ways)()


def check(taxonomy: Taxonomy, texts: Sequence[str], *kinds: str, limit: int = 20) -> None:
    open_search(list_alike(taxonomy), *kinds)
    for text in texts:
        assert ask(text, limit) == ask_python(taxonomy, text, limit, kinds), (text, kinds)


def test_letters_fold_as_in_python() -> None:
    # Scripts know newer letters; those that Python does not know yet are left out.
    known = [
        c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in {"Cn", "Cs", "Co"}
    ]
    texts = [
        f"x{letter}Y {letter}"
        for letter in known
        if not "\u3400" < letter < "\ud7a0" or ord(letter) % 17 == 0
    ]
    found = call("(texts) => texts.map(rolegraph.folding.fold)", texts)
    wrong = [
        (text, fold(text), other) for text, other in zip(texts, found, strict=True) if fold(text) != other
    ]
    assert wrong == []


@settings(max_examples=50)
@given(st.lists(st.text(max_size=12).filter(str.isprintable), max_size=20))
def test_texts_fold_and_stand_in_order_as_in_python(texts: list[str]) -> None:
    assert call("(texts) => texts.map(rolegraph.folding.fold)", texts) == [fold(text) for text in texts]
    assert call("(texts) => texts.sort(rolegraph.folding.compare)", texts) == sorted(texts)


def test_shipped_names_are_found_as_by_the_command() -> None:
    taxonomy = read_shipped()
    draw = Random(7)
    names = [name.text for name in own.list_names(taxonomy)]
    asked = [damage(draw.choice(names), draw) for _ in range(60)]
    check(taxonomy, [*draw.sample(names, 20), *asked, *ODD])
    check(taxonomy, asked[:20], "profile", "focus")
    check(taxonomy, asked[20:30], "skill", limit=3)
    check(taxonomy, asked[30:40], limit=100_000)


def test_names_of_fixtures_are_found_as_by_the_command(tmp_path: Path) -> None:
    for folder in (write_bakery(tmp_path / "bakery"), SMALL):
        taxonomy = load_folder(folder).taxonomy
        draw = Random(11)
        names = [name.text for name in own.list_names(taxonomy)]
        check(taxonomy, [*draw.sample(names, 20), *(damage(draw.choice(names), draw) for _ in range(30))])


@settings(max_examples=15)
@given(taxonomies(min_focuses=1), st.randoms(use_true_random=False), st.sampled_from([1, 4, 20]))
def test_random_names_are_found_as_by_the_command(taxonomy: Taxonomy, draw: Random, limit: int) -> None:
    names = [name.text for name in own.list_names(taxonomy)]
    check(taxonomy, [damage(draw.choice(names), draw) for _ in range(20)], limit=limit)


def test_words_that_are_much_alike_are_told_apart_as_by_the_command() -> None:
    """More words than one misspelt word may stand for, so that it counts which are nearest."""
    draw = Random(3)
    words = ["".join(draw.choices("abcdeé", k=draw.randint(2, 10))) for _ in range(900)]
    skills = [
        SimpleNamespace(
            code=f"s{number}", label=" ".join(draw.choices(words, k=draw.randint(1, 4))), alternatives=()
        )
        for number in range(900)
    ]
    taxonomy: Any = SimpleNamespace(functions=(), levels=(), skills=skills, occupations=(), focuses=())
    rows = [[skill.code, skill.label] for skill in skills]
    open_search(
        {"classes": {}, "functions": [], "levels": [], "skills": rows, "occupations": [], "focuses": []}
    )
    for _ in range(25):
        text = damage(draw.choice(skills).label, draw)
        assert ask(text) == ask_python(taxonomy, text), text


def test_pages_find_what_the_command_finds_by_name() -> None:
    # With texts and all: what it finds by name is found in the page, in the same order.
    taxonomy = read_shipped()
    open_search(list_alike(taxonomy))
    for text in ("manufacturing", "production M3", "account", "engineer"):
        whole = searching.search(taxonomy, Library(None, taxonomy), text, 100_000).hits
        by_name = [(h.kind, h.code) for h in whole if h.found in {"code", "label", "alias", "job code"}]
        assert by_name == [hit[:2] for hit in ask(text, 100_000)[0] if hit[3] != "word form"]


def test_every_hit_has_its_page() -> None:
    book = make_book(read_shipped())
    data = list_names(book)
    open_search(data)
    pages = set(call("() => search.rows.map((row) => row.owner.page)"))
    codes = {
        kind: set(book.addresses.list_codes(kind))
        for kind in ("profile", "focus", "function", "level", "skill")
    }
    assert pages >= {book.addresses.page(kind, code) for kind, some in codes.items() for code in some}  # type: ignore[arg-type]
    occupations = {book.addresses.page("occupation", key) for key in book.addresses.list_codes("occupation")}
    assert {page for page in pages if page.startswith("occupation/")} == occupations
    made = make_file(book, "data/names.js")
    assert made is not None
    assert made.startswith(b'rolegraph.take("names",{')
    assert json.loads(made.decode().partition(",")[2].removesuffix(");\n")) == data


def test_skills_are_found_by_what_focuses_call_them(tmp_path: Path) -> None:
    open_search(list_names(make_book(load_folder(write_bakery(tmp_path / "bakery")).taxonomy)))
    hit = call("() => search.find('sourdough', 5)")["hits"][0]
    assert (hit["kind"], hit["code"], hit["found"], hit["text"], hit["place"]) == (
        "skill",
        "dough",
        "wording",
        "Sourdough and dough",
        "Bread",
    )


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("nurse man", "Nurse manager", ["Nurse", "man"]),
        ("fuhrung", "Führungskraft – F&E", ["Führung"]),
        ("driver", "Driver's mate", ["Driver"]),
        ("f and e", "F&E", ["F", "&", "E"]),
        ("supervisor", "Production supervision", ["supervision"]),
        ("manger", "Nurse manager", ["manager"]),
        ("a.b m3", "A.B.M3", ["A", "B", "M3"]),
        ("", "Nurse", []),
        ("x", "Nurse", []),
        ("c++", "C++ developer", ["C++"]),
    ],
)
def test_what_was_asked_for_is_marked(asked: str, text: str, marked: list[str]) -> None:
    parts = call("(asked, text) => rolegraph.markText(asked, text)", asked, text)
    assert "".join(part for part, _ in parts) == text
    assert [part for part, is_marked in parts if is_marked] == marked
