"""Roles side by side in the page: the script's rows are those of the command, of any data and any number of roles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rolegraph
import test_occupational as releases
from architectures import architectures, make_level, make_taxonomy, read_shipped
from bakery import write_bakery
from ground import add_mappings
from rolegraph.careers.roster import Roster
from rolegraph.comparison import compare_profiles
from rolegraph.errors import RequestError
from rolegraph.importing import import_release
from rolegraph.model.reference import Proficiency
from rolegraph.model.roles import Requirement, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import load_folder
from rolegraph.releases.library import Library
from rolegraph.site.book import Book
from rolegraph.site.contents import make_file
from rolegraph.site.data.roles import make_roles
from script_engine import open_engine
from strategies import taxonomies

ENGINE = ("roles-engine.js", "distance-engine.js", "compare-engine.js")
TAKE = """
var files = {}, rolegraph = {take: function (name, data) { files[name] = data; }};
function compare(codes) {
  const columns = codes.map((code) => rolegraph.makeColumn(code, files[rolegraph.nameSides(files.sides, code)]));
  return JSON.stringify(rolegraph.compare(files.sides, columns, roles));
}
"""


@cache
def start_engine() -> Any:
    return open_engine(ENGINE, before=TAKE)


def make_book(taxonomy: Taxonomy, library: Library | None = None) -> Book:
    library = Library(None, taxonomy) if library is None else library
    roster = Roster.from_taxonomy(taxonomy, library)
    return Book(SimpleNamespace(taxonomy=taxonomy, roster=roster, library=library))  # type: ignore[arg-type]


def load_data(book: Book) -> Any:
    """The engine with the data of a book."""
    engine = start_engine()
    engine.eval("files = {};")
    names = [book.addresses.name("focus", code) for code in book.addresses.list_codes("focus")]
    for path in ("data/sides.js", *(f"data/sides/{name}.js" for name in names)):
        made = make_file(book, path)
        assert made is not None
        engine.eval(made.decode("ascii"))
    engine.eval(make_roles(book).decode("ascii"))
    engine.eval("var roles = rolegraph.openRoles(files.roles);")
    return engine


def compare_here(engine: Any, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The rows without the pages of skills, of which the command does not tell."""
    rows: list[dict[str, Any]] = json.loads(engine.call("compare", list(codes)))
    for row in rows:
        row.pop("skill", None)
    return rows


def compare_there(book: Book, codes: Sequence[str]) -> list[dict[str, Any]]:
    answer = compare_profiles(book.taxonomy, book.roster, codes, library=book.architecture.library)
    return [
        {"row": row.row, "values": list(row.values), "same": row.same, "section": row.section}
        for row in answer.rows
    ]


def draw_choices(book: Book, random: Random, number: int) -> list[tuple[str, ...]]:
    """Some choices of two to four different roles in use."""
    active = [p.code for p in book.taxonomy.profiles if not book.taxonomy.is_retired(p)]
    if len(active) < 2:
        return []
    return [tuple(random.sample(active, random.randint(2, min(4, len(active))))) for _ in range(number)]


def check_parity(book: Book, choices: Sequence[Sequence[str]]) -> None:
    engine = load_data(book)
    for codes in choices:
        assert compare_here(engine, codes) == compare_there(book, codes), codes


def test_every_pair_of_the_shipped_data_has_the_rows_of_the_command() -> None:
    book = make_book(read_shipped())
    codes = [profile.code for profile in book.taxonomy.profiles]
    check_parity(book, [*permutations(codes, 2), *draw_choices(book, Random(7), 60)])


def test_the_rows_are_those_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    from rolegraph.cli.main import run

    codes = ["MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M3", "PROCES.UPSTREAMDF5B.P1"]
    assert run(["compare", *codes, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert compare_here(load_data(make_book(read_shipped())), codes) == told["rows"]


def test_periods_and_hundredths_of_pay_are_told_in_words_alike(tmp_path: Path) -> None:
    folder = write_bakery(
        tmp_path / "data", cakes=("median: 20000, inherited: true", "median: 3500.5, duration: P1M")
    )
    place = folder / "focuses" / "BAKE.CAKES.yaml"
    place.write_text(
        place.read_text("utf-8").replace("USD, median: 30000", "EUR, median: 421.125, duration: P1W"), "utf-8"
    )
    book = make_book(load_folder(folder).taxonomy)
    codes = ["BAKE.CAKES.P1", "BAKE.CAKES.P2", "BAKE.CAKES.P3"]
    check_parity(book, list(permutations(codes)))
    told = {row["row"]: row["values"] for row in compare_here(start_engine(), codes)}
    assert told["Market pay (median)"] == ["3,500.50 EUR a month", "23,680 EUR a year", "421.125 EUR a week"]
    assert told["Median against the first"][1:] == [
        "not comparable: EUR a month and EUR a year", "not comparable: EUR a month and EUR a week",
    ]  # fmt: skip


def test_pay_proficiency_and_gaps_are_told_alike(tmp_path: Path) -> None:
    book = make_book(load_folder(write_bakery(tmp_path / "data")).taxonomy)
    codes = [profile.code for profile in book.taxonomy.profiles]
    check_parity(book, [*permutations(codes, 2), *permutations(codes, 3), *draw_choices(book, Random(1), 50)])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (20000, 20100), (20000, 20050), (20000, 19950), (40, 41), (200, 205), (0, 5), (400, 401), (400, 403), (400, 399),
        (1, 250000), (3, 1), (1000, 1000), ("0.01", "1000000000"), (200000, 200001),
    ],
)  # fmt: skip
def test_differences_of_pay_are_rounded_alike(first: object, second: object, tmp_path: Path) -> None:
    folder = write_bakery(tmp_path / "data", cakes=("median: 20000", f"median: {first}"))
    place = folder / "focuses" / "BAKE.CAKES.yaml"
    place.write_text(
        place.read_text("utf-8").replace("median: 23680, percentile25: 21000", f"median: {second}"), "utf-8"
    )
    book = make_book(load_folder(folder).taxonomy)
    check_parity(book, [("BAKE.CAKES.P1", "BAKE.CAKES.P2"), ("BAKE.CAKES.P2", "BAKE.CAKES.P1")])


@pytest.fixture(scope="module")
def occupied(tmp_path_factory: pytest.TempPathFactory) -> rolegraph.Architecture:
    """A bakery whose roles are mapped to occupations of releases."""
    place = tmp_path_factory.mktemp("sides")
    releases.write_folder(place / "data")
    tables = releases.write_tables(place / "onet", releases.TITLES)
    import_release("onet", tables, place / "data", version="29.0")
    (place / "national_M2024_dl.csv").write_text(releases.WAGES, encoding="utf-8")
    import_release("oews", place / "national_M2024_dl.csv", place / "data")
    return rolegraph.load(place / "data")


def test_occupations_of_releases_stand_side_by_side(occupied: rolegraph.Architecture) -> None:
    book = Book(occupied)
    codes = [profile.code for profile in book.taxonomy.profiles]
    check_parity(book, [*permutations(codes, 2), *permutations(codes, 3), *draw_choices(book, Random(3), 20)])
    told = compare_here(start_engine(), [releases.BREAD, releases.PLANT])
    assert "Most different skills" in {row["row"] for row in told}
    assert "Most different skills" not in {
        row["row"] for row in compare_here(start_engine(), [releases.BREAD, releases.CAKE])
    }


def test_levels_that_an_edition_does_not_compare_say_why() -> None:
    levels = [make_level("P1", (0, 2)), make_level("P2"), make_level("M1", (3, 6)), make_level("M2", (4, 7))]
    book = make_book(make_taxonomy({"A.X": ["P1", "P2"], "A.Y": ["M1", "M2"]}, levels=levels))
    check_parity(book, list(permutations(["A.X.P1", "A.X.P2", "A.Y.M1", "A.Y.M2"], 3)))


def test_an_edition_that_is_not_there_says_so() -> None:
    whole = make_taxonomy({"A.X": ["P1", "P2"]})
    without = whole.replace_parts(editions=tuple(e for e in whole.editions if e.code != "experience@1"))
    check_parity(make_book(without), [("A.X.P1", "A.X.P2")])
    check_parity(make_book(whole.replace_parts(editions=())), [("A.X.P2", "A.X.P1")])


def test_a_descriptor_that_the_dataset_wrote_is_noted_beside_one_of_the_source() -> None:
    levels = [
        make_level("P1", (0, 2), summary="One."),
        make_level("P2", (1, 3), summary="Two.", assigned=("descriptor", "years")),  # type: ignore[arg-type]
        make_level("P3"),
    ]
    book = make_book(make_taxonomy({"A.X": ["P1", "P2", "P3"]}, levels=levels))
    check_parity(book, list(permutations(["A.X.P1", "A.X.P2", "A.X.P3"], 2)))
    told = compare_here(load_data(book), ["A.X.P1", "A.X.P2", "A.X.P3"])
    [row] = [row for row in told if row["row"] == "Descriptor"]
    assert row["values"][0] == "stated by the source"
    assert row["values"][2] is None


def test_rows_of_skills_name_the_page_of_the_skill() -> None:
    book = make_book(
        make_taxonomy({"A.X": ["P1"], "A.Y": ["P1"]}, skills={"A.X": ["con", "maps"], "A.Y": ["con"]})
    )
    rows = json.loads(load_data(book).call("compare", ["A.X.P1", "A.Y.P1"]))
    pages = {row["row"]: f"skill/{row['skill']}.html" for row in rows if "skill" in row}
    named = {skill.label: book.addresses.page("skill", skill.code) for skill in book.taxonomy.skills}
    assert pages == named
    assert book.addresses.name("skill", "con") != "con"


def test_of_two_uses_of_one_skill_the_first_counts() -> None:
    whole = add_mappings(
        make_taxonomy({"A.X": ["P1"], "B.Y": ["P1"]}, skills={"A.X": ["alpha", "gamma"], "B.Y": ["gamma"]}),
        skills={"alpha": ["esco/skill/s1"], "gamma": ["esco/skill/s1"]},
    )
    steps = (Proficiency(code="able", rank=1, label="Able"), Proficiency(code="deft", rank=2, label="Deft"))
    uses = tuple(
        SkillUse(skill=skill, proficiency=(Requirement(level="P1", proficiency=step),))
        for skill, step in (("alpha", "able"), ("gamma", "deft"))
    )
    first, second = whole.focuses
    book = make_book(
        whole.replace_parts(
            proficiencies=steps,
            focuses=(first.model_copy(update={"skills": uses}), second),
        )
    )
    check_parity(book, [("A.X.P1", "B.Y.P1"), ("B.Y.P1", "A.X.P1")])
    told = compare_here(start_engine(), ["A.X.P1", "B.Y.P1"])
    assert [row["values"] for row in told if row["section"] == "Skills shared by all"] == [
        ["yes, at Able", "yes"]
    ]


def test_skills_are_sorted_as_the_command_sorts_them() -> None:
    labels = {
        "s0": "ß-scale",
        "s1": "Ssb",
        "s2": "\U0001f9c1 cakes",
        "s3": "\uffee end",
        "s4": "İce",
        "s5": "ice",
    }
    whole = make_taxonomy({"A.X": ["P1"], "A.Y": ["P1"]}, skills={"A.X": list(labels), "A.Y": ["s1", "s4"]})
    named = tuple(skill.model_copy(update={"label": labels[skill.code]}) for skill in whole.skills)
    check_parity(make_book(whole.replace_parts(skills=named)), [("A.X.P1", "A.Y.P1")])


def test_a_retired_role_is_refused_as_by_the_command() -> None:
    book = make_book(
        make_taxonomy({"A.X": ["P1", "P2"], "A.Y": ["P1"]}, retired={"A.X.P2": "A.X.P1", "A.Y": None})
    )
    load_data(book)
    for code in ("A.X.P2", "A.Y.P1"):
        with pytest.raises(RequestError) as refused:
            compare_profiles(book.taxonomy, book.roster, ["A.X.P1", code])
        told = start_engine().eval(f"files['sides/{code[:3]}'].rungs.{code[4:]}.retired")
        assert told == str(refused.value)


def test_a_focus_whose_code_is_no_file_name_has_its_data_all_the_same() -> None:
    book = make_book(make_taxonomy({"CON.X": ["P1", "P2"], "A.X": ["P1"]}))
    assert book.addresses.name("focus", "CON.X") != "CON.X"
    check_parity(book, [("CON.X.P1", "A.X.P1", "CON.X.P2")])


def test_what_is_no_focus_has_no_file() -> None:
    book = make_book(read_shipped())
    for path in ("data/sides/none.js", "data/sides/A.B", "data/sides/.js", "data/sides/sides.js"):
        assert make_file(book, path) is None


def test_what_the_profiles_of_a_focus_share_stands_in_its_file_once() -> None:
    book = make_book(read_shipped())
    for focus in book.taxonomy.focuses:
        made = make_file(book, f"data/sides/{focus.code}.js")
        assert made is not None
        assert made.decode().count(json.dumps(focus.definition)) == 1
        assert len(made) < 5_000 * len(focus.profiles)
        assert made == make_file(book, f"data/sides/{focus.code}.js")


@settings(max_examples=40, deadline=None)
@given(architectures(), st.integers(0, 2**16))
def test_random_ladders_are_compared_alike(taxonomy: Taxonomy, seed: int) -> None:
    book = make_book(taxonomy)
    check_parity(book, draw_choices(book, Random(seed), 12))


@settings(max_examples=40, deadline=None)
@given(taxonomies(min_focuses=1), st.integers(0, 2**16))
def test_random_records_are_compared_alike(taxonomy: Taxonomy, seed: int) -> None:
    book = make_book(taxonomy)
    check_parity(book, draw_choices(book, Random(seed), 12))
