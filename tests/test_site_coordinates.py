"""The page that explains coordinates: its numbers are those of the command, worked out by Python and by its script alike."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rolegraph
from architectures import architectures, make_level, make_taxonomy, read_roster, read_shipped
from rolegraph.careers.distance import Measure
from rolegraph.careers.roster import Roster
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.cli.main import run
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.site.book import Book
from rolegraph.site.contents import make_file
from rolegraph.site.data.roles import make_roles
from rolegraph.site.explaining import Worked, work_out
from rolegraph.site.pairs import choose_pair
from rolegraph.site.wording import read_wording
from script_engine import open_engine

if TYPE_CHECKING:
    from browser import Site, Visits

EDITIONS = ("structural@1", "experience@1")
ENGINE = ("roles-engine.js", "distance-engine.js", "explain-engine.js")
TAKE = "var files = {}, rolegraph = {take: function (name, data) { files[name] = data; }};"


def make_book(taxonomy: Taxonomy, roster: Roster | None = None) -> Book:
    roster = Roster.from_taxonomy(taxonomy) if roster is None else roster
    return Book(SimpleNamespace(taxonomy=taxonomy, roster=roster))  # type: ignore[arg-type]


def read_page(taxonomy: Taxonomy) -> str:
    made = make_file(make_book(taxonomy), "coordinates.html")
    assert made is not None
    return made.decode()


@cache
def start_engine() -> Any:
    return open_engine(ENGINE, before=TAKE)


def to_lists(worked: Worked) -> dict[str, Any]:
    """As the script gives it."""
    return {
        "edition": worked.edition, "reason": worked.reason, "distance": worked.distance, "band": worked.band,
        "line": worked.line, "steps": [[step.key, dict(step.values)] for step in worked.steps],
        "parts": [list(part) for part in worked.parts], "limits": [list(limit) for limit in worked.limits],
    }  # fmt: skip


def check_parity(book: Book, pairs: Sequence[tuple[int, int]]) -> None:
    engine = start_engine()
    engine.eval(make_roles(book).decode("ascii"))
    engine.eval("var roles = rolegraph.openRoles(files.roles);")
    wording = read_wording()
    asked = [(edition, a, b) for edition in EDITIONS for a, b in pairs]
    told = json.loads(
        engine.eval(f"JSON.stringify({json.dumps(asked)}.map((one) => rolegraph.workOut(roles, ...one)))")
    )
    for one, found in zip(asked, told, strict=True):
        worked = work_out(book.roster, *one)
        assert found == to_lists(worked), one
        for step in worked.steps:
            assert "{" not in wording(f"script-coordinates.{step.key}", **step.values)


def test_every_pair_is_worked_out_as_by_the_command() -> None:
    roster = read_roster()
    book = make_book(read_shipped(), roster)
    check_parity(book, list(product(range(len(roster)), repeat=2)))
    yardsticks = {edition: open_yardstick(roster, edition) for edition in EDITIONS}
    for edition, a, b in product(EDITIONS, range(len(roster)), range(len(roster))):
        yardstick = yardsticks[edition]
        found, worked = yardstick.compare(a, b), work_out(roster, edition, a, b)
        assert (worked.distance, worked.band) == (f"{found.distance:.4f}", found.band)
        assert worked.line == yardstick.explain(found.components)


def test_the_steps_add_up() -> None:
    roster = read_roster()
    for edition, a, b in product(EDITIONS, (0, 5, 11), range(len(roster))):
        steps = dict(work_out(roster, edition, a, b).steps)
        terms = steps["sum"]["sum"].split(" + ")
        assert sum(map(float, terms)) == pytest.approx(float(steps["sum"]["total"]))
        assert (
            f"{float(steps['divide']['total']) / float(steps['divide']['cut']):.4f}"
            == steps["divide"]["distance"]
        )


def test_the_page_shows_what_the_command_answers(capsys: pytest.CaptureFixture[str]) -> None:
    page = read_page(read_shipped())
    pair = re.findall(r"rolegraph distance (\S+) (\S+)</code>", page)[0]
    assert pair == choose_pair(read_roster(), "structural@1")
    for edition in EDITIONS:
        assert run(["distance", *pair, "--edition", edition, "--format", "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert f'<span class="result">{answer["distance"]:.4f}</span>' in page
        assert run(["distance", *pair, "--edition", edition]) == 0
        lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
        assert any(f"<code>{line}</code>" in page for line in lines if "level steps" in line)


def test_the_pair_is_of_two_focuses_and_two_levels() -> None:
    assert choose_pair(Roster.from_taxonomy(make_taxonomy({"A.X": ["P1", "P2"], "A.Y": ["P1", "P3"]})), "structural@1") == (
        "A.X.P1", "A.Y.P3",
    )  # fmt: skip
    assert choose_pair(Roster.from_taxonomy(make_taxonomy({"A.X": ["P1", "P2"], "B.Y": ["P1"]})), "structural@1") == (
        "A.X.P1", "B.Y.P1",
    )  # fmt: skip
    assert choose_pair(Roster.from_taxonomy(make_taxonomy({"A.X": ["P1", "P3"]})), "structural@1") == (
        "A.X.P1",
        "A.X.P3",
    )
    assert choose_pair(Roster.from_taxonomy(make_taxonomy({"A.X": ["P1"]})), "structural@1") is None


def test_every_constant_stands_with_its_value_and_reason() -> None:
    page = read_page(read_shipped())
    for edition in read_shipped().editions:
        assert edition.code in page
        for constant in edition.constants:
            row = re.search(
                rf'<tr><th scope="row">{constant.name}</th><td class="number">{float(constant.value):g}</td>',
                page,
            )
            assert row is not None, (edition.code, constant.name)
    bands = page.partition('id="bands"')[2].partition("</table>")[0]
    assert "up to 0.3000, which is 2.7 level steps" in bands
    assert "up to 0.6000" in bands


def test_the_years_of_levels_stand_with_their_stages() -> None:
    rows = read_page(read_shipped()).partition('id="years"')[2].partition("</table>")[0]
    cells = {
        code: (years, stage)
        for code, years, stage in re.findall(r">(\w\d)\b[^<]*</a></th>.*?\n<td>(.*?)</td>\n<td class=\"number\">(.*?)</td>", rows)
    }  # fmt: skip
    assert cells["M1"] == ("3–6 years", "4.099")
    assert cells["P3"] == ("3–5 years", "3.87")


def test_the_table_of_years_in_the_docs_is_that_of_the_ladder() -> None:
    docs = (Path(__file__).parents[1] / "docs" / "coordinates.md").read_text(encoding="utf-8")
    roster = read_roster()
    stages = Measure(roster, "experience@1").stages
    rows = []
    for at, code in enumerate(roster.level_codes):
        low, high = roster.years_min[at] / 1e6, roster.years_max[at] / 1e6
        if min(low, high) >= 0:
            rows.append(f"| {code} | {low:g}–{high:g} | {(low + high) / 2:g} | {stages[at] / 1000:.3f} |")
    assert re.findall(r"^\| [SPME]\d \| .*\|$", docs, re.MULTILINE) == rows


@pytest.mark.parametrize(
    ("kept", "told", "absent"),
    [
        ((), "This data defines no edition", "Match bands"),
        (("structural@1",), "does not define experience@1, content@1, pay@1, effort@1", "Stage by"),
        (("pay@1",), "No edition of this data measures places", 'id="works"'),
        (("effort@1",), "No edition of this data measures places", "Match bands"),
    ],
)
def test_data_with_other_editions_or_none_says_so(kept: tuple[str, ...], told: str, absent: str) -> None:
    whole = make_taxonomy({"A.X": ["P1", "P2"], "A.Y": ["P1"]})
    page = read_page(whole.replace_parts(editions=tuple(e for e in whole.editions if e.code in kept)))
    assert told in page
    assert absent not in page


def test_an_edition_of_the_data_itself_is_told_and_worked_out() -> None:
    whole = make_taxonomy({"A.X": ["P1", "P2"], "A.Y": ["P1", "P2"]})
    [structural] = [edition for edition in whole.editions if edition.code == "structural@1"]
    own = structural.model_copy(update={"code": "ours@3"})
    page = read_page(whole.replace_parts(editions=(own,)))
    assert "beside or instead of those that come with rolegraph: ours@3" in page
    assert re.search(r'<h3 id="worked-1">ours@3 <span class="result">0\.3000</span>', page)


def test_data_without_two_roles_has_no_pair() -> None:
    assert "no two roles in use" in read_page(make_taxonomy({"A.X": ["P1"]}))
    assert "No role stands at any level" in read_page(make_taxonomy({}))


def test_a_level_without_years_and_stage_has_no_stage() -> None:
    levels = [make_level("M1"), make_level("P1"), make_level("P2")]
    page = read_page(make_taxonomy({"A.X": ["P1", "P2"], "A.Y": ["M1"]}, levels=levels))
    table = page.partition('id="years"')[2].partition("</table>")[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in table.split("<tr>")[2:]]
    assert len(rows) == 3
    assert all("not recorded" in cell for row in rows for cell in row[2:])


def test_levels_that_are_not_compared_say_why() -> None:
    levels = [make_level("P1", (0, 2)), make_level("P2"), make_level("M1", (3, 6))]
    whole = make_taxonomy({"A.X": ["P1", "P2"], "A.Y": ["M1"]}, levels=levels)
    assert "No distance: experience@1 needs typical years" in read_page(whole)
    check_parity(make_book(whole), list(product(range(3), repeat=2)))


def test_stages_that_the_data_gives_are_told_so() -> None:
    levels = [make_level("P1", stage="1.5"), make_level("P2", stage="2.25")]
    book = make_book(make_taxonomy({"A.X": ["P1", "P2"]}, levels=levels))
    check_parity(book, [(0, 1)])
    assert [step.key for step in work_out(book.roster, "experience@1", 0, 1).steps][:2] == ["stage-given"] * 2


@settings(max_examples=20)
@given(architectures(), st.integers(0, 2**16))
def test_random_ladders_are_worked_out_alike(taxonomy: Taxonomy, seed: int) -> None:
    book, random = make_book(taxonomy), Random(seed)
    active = list(book.roster.active_profiles())
    check_parity(book, [(random.choice(active), random.choice(active)) for _ in range(12 if active else 0)])


def test_constants_of_another_size_fill_the_picture_alike() -> None:
    changes = {
        "structural@1 truncation": "3.3", "structural@1 elsewhere": "3.2", "structural@1 band-needs-review": "3.1",
        "structural@1 track": "0.333",
    }  # fmt: skip
    taxonomy = make_taxonomy({"A.X": ["P1", "P6"], "B.Y": ["M1", "M6"]}, constants=changes)
    check_parity(make_book(taxonomy), list(product(range(4), repeat=2)))


def test_another_pair_is_worked_out_in_the_page(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "coordinates.html")
    first = page.locator("#works").inner_text()
    for field, words in (("#from", "PROCES.UPSTREAMDF5B.P3"), ("#to", "MANUFA.BIOPROCE4427.M3")):
        page.fill(field, words)
        page.get_by_role("option").first.wait_for()
        page.press(field, "ArrowDown")
        page.press(field, "Enter")
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    jobs = rolegraph.Architecture()
    pair = ("PROCES.UPSTREAMDF5B.P3", "MANUFA.BIOPROCE4427.M3")
    page.wait_for_function(f"() => location.search === '?from={pair[0]}&to={pair[1]}'")
    for edition in EDITIONS:
        answer = jobs.distance(*pair, edition=edition)
        assert page.locator("#works .line", has_text=jobs.explain(edition)(answer.components)).count() == 1
    assert page.locator("#command").inner_text() == f"rolegraph distance {pair[0]} {pair[1]}"
    assert not page.locator("#others").is_visible()
    page.go_back()
    page.go_back()
    page.wait_for_function("() => location.search === ''")
    assert page.locator("#works").inner_text() == first
    assert page.locator("#others").is_visible()


def test_a_pair_that_is_not_there_is_told_and_the_first_kept(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "coordinates.html?from=NO.SUCH.P1&to=MANUFA.BIOPROCE4427.M3")
    page.wait_for_function("() => document.querySelector('#told').textContent.includes('no role NO.SUCH.P1')")
    assert page.locator("#works .steps").count() == len(EDITIONS)
