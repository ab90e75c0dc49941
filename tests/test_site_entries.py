"""Pages of functions, focuses, levels, skills and occupations, and the first page, tell what the answers tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import html5rdf
import pytest

import test_occupational as releases
from architectures import draw_architecture, make_level, make_taxonomy
from browser import PHONE, Site, Visits
from rolegraph import Architecture
from rolegraph.careers.ladders import describe_ladder
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError
from rolegraph.importing import import_release
from rolegraph.model.mapping import Mapping
from rolegraph.model.reference import Proficiency, Scheme, Skill
from rolegraph.model.roles import Requirement, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.occupational.concepts import describe_concept
from rolegraph.rdf.write import write_turtle
from rolegraph.releases.library import Library
from rolegraph.site.book import Book
from rolegraph.site.chapters import matrix
from rolegraph.site.chapters.skills import Asked, group_by_letter, list_asked
from rolegraph.site.contents import make_file
from rolegraph.site.rungs import find_cells
from rolegraph.stats import count_records

SMALL = Path(__file__).parent / "fixtures" / "small"
SVG = "{http://www.w3.org/2000/svg}"


def make_book(taxonomy: Taxonomy) -> Book:
    library = Library(None, taxonomy)
    roster = Roster.from_taxonomy(taxonomy, library)
    return Book(SimpleNamespace(taxonomy=taxonomy, roster=roster, library=library))  # type: ignore[arg-type]


@cache
def open_small() -> Book:
    return Book(Architecture(SMALL))


def read(book: Book, path: str) -> Any:
    """The main part of a page, parsed."""
    made = make_file(book, path)
    assert made is not None, path
    tree = html5rdf.parse(made, transport_encoding="utf-8", namespaceHTMLElements=False)
    return tree.find(".//main")


def tell(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def find_section(page: Any, heading: str) -> Any:
    return next(s for s in page.iter("section") if s.get("aria-labelledby") == heading)


def list_links(element: Any, kind: str) -> list[str]:
    """The names of the pages of a kind that an element links to, in order."""
    found = (link.get("href").rpartition("/") for link in element.iter("a"))
    return [name.removesuffix(".html") for folder, _, name in found if folder.rpartition("/")[2] == kind]


def find_fact(page: Any, label: str) -> str:
    """What a page tells of a label."""
    return next(
        tell(div.find("dd"))
        for div in page.iter("div")
        if div.find("dt") is not None and tell(div.find("dt")) == label
    )


def read_matrix(page: Any) -> dict[str, dict[str, str]]:
    """By focus, what stands in the cells of the matrix, by level."""
    rows = {}
    for row in page.iter("tr"):
        if row.get("data-row") is not None:
            cells = [tell(cell).partition(", ") for cell in row.iter("td") if tell(cell)]
            rows[list_links(row, "focus")[0]] = {level: word for level, _, word in cells}
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_cells_are_the_rungs_of_the_ladder(seed: int) -> None:
    taxonomy = draw_architecture(Random(seed))
    roster = Roster.from_taxonomy(taxonomy)
    for focus in taxonomy.focuses:
        cells = find_cells(taxonomy, focus)
        found = {level: cell.standing for level, cell in cells.items() if cell.standing != "retired"}
        retired = {level for level, cell in cells.items() if cell.standing == "retired"}
        try:
            ladder = describe_ladder(roster, focus.code)
        except RequestError:
            assert found == {}
            continue
        rungs = {rung.level: rung.basis or "missing" for track in ladder.tracks for rung in track.rungs}
        assert found == {level: basis for level, basis in rungs.items() if level not in retired}
        assert all(rungs[level] == "missing" for level in retired if level in rungs)


def test_the_first_page_tells_what_is_documented_implied_missing_and_retired() -> None:
    page = read(open_small(), "index.html")
    assert read_matrix(page) == {
        "BUILD1.FRAMES01": {
            "P1": "implied", "P2": "documented", "P3": "documented", "M1": "retired", "M2": "documented",
        },
        "BUILD1.RIVETS": {"P2": "retired"},
        "SALES.GEN": {"P1": "implied", "P2": "documented", "P3": "missing", "P4": "implied"},
    }  # fmt: skip
    legend = next(ul for ul in page.iter("ul") if ul.get("class") == "legend")
    assert [tell(li.find(".//strong")) for li in legend] == ["documented", "implied", "missing", "retired"]
    assert set(list_links(page, "function")) == {"BUILD1", "SALES"}
    heads = page.find(".//thead")
    assert list_links(heads, "level") == ["M1", "M2", "P1", "P2", "P3", "P4"]
    counts = tell(next(ul for ul in page.iter("ul") if ul.get("class") == "counts"))
    assert counts == "7 role profiles 2 retired profiles 3 focuses 2 functions 6 levels 4 skills"


def test_above_a_number_of_focuses_the_first_page_counts_by_function() -> None:
    most = matrix.MOST_FOCUSES
    ladders = {f"{'AB'[number % 2]}.F{number}": ("P1", "P2") for number in range(most + 1)}
    small = make_book(make_taxonomy(dict(list(ladders.items())[:most])))
    assert len(read_matrix(read(small, "index.html"))) == most
    book = make_book(make_taxonomy(ladders, retired={"A.F0": None, "B.F1.P1": None}))
    page = read(book, "index.html")
    assert list_links(page, "focus") == []
    rows = [[tell(cell) for cell in row] for row in page.findall(".//tbody/tr")]
    assert rows == [["A A", "75", "75", "75"], ["B B", "75", "74", "75"]]
    assert len(read_matrix(read(book, "function/A.html"))) == 76


def test_a_function_tells_its_group_and_counts() -> None:
    page = read(open_small(), "function/BUILD1.html")
    assert tell(page.find(".//h1")) == "Building"
    assert find_fact(page, "Definition") == "Builds and repairs bicycles."
    group = find_fact(page, "Function group")
    assert group.startswith("Workshop assigned by the dataset Everything that happens")
    assert find_fact(page, "Holds") == (
        "2 focuses (1 of them retired); 4 roles in use (3 documented, 1 implied); 0 rungs missing; 3 skills used"
    )
    unnamed = read(open_small(), "function/SALES.html")
    assert tell(unnamed.find(".//h1")) == "SALES"
    assert find_fact(unnamed, "Definition") == "not recorded"
    assert "1 rung missing" in find_fact(unnamed, "Holds")


def test_a_focus_tells_its_ladder_with_every_change() -> None:
    book = Book(Architecture())
    for focus in book.taxonomy.focuses:
        page = read(book, book.addresses.page("focus", focus.code))
        ladder = describe_ladder(book.roster, focus.code)
        told = tell(find_section(page, "ladder"))
        for track in ladder.tracks:
            rungs = find_section(page, f"track-{track.track}").findall(".//li")
            assert [tell(rung.find(".//span")) for rung in rungs] == [rung.level for rung in track.rungs]
            for rung, item in zip(track.rungs, rungs, strict=True):
                assert list_links(item, "profile") == [rung.code]
                for change in rung.differences:
                    assert all(text in tell(item) for text in (change.below, change.here) if text)
            ends = track.rungs[0].code, track.rungs[-1].code
            addresses = [link.get("href") for link in page.iter("a")]
            assert f"../path.html?from={ends[0]}&to={ends[1]}" in addresses
            assert f"../compare.html?keys={ends[0]}%2C{ends[1]}" in addresses
        assert list_links(find_section(page, "skills"), "skill") == [use.skill for use in focus.skills]
        for profile in focus.profiles:
            assert all(one.text in told or one.text in tell(page) for one in profile.responsibilities)
            assert profile.guideline is None or (profile.guideline.experience or "") in tell(page)
        letters = [tell(text) for text in page.iter(SVG + "text") if text.get("class") == "level"]
        assert sorted(letters) == sorted(rung.level for track in ladder.tracks for rung in track.rungs)


def test_a_missing_rung_is_shown_as_missing() -> None:
    page = read(open_small(), "focus/SALES.GEN.html")
    missing = find_section(page, "track-P").findall(".//li")[2]
    assert tell(missing).startswith("P3 Master mechanic missing")
    assert list_links(missing, "profile") == []
    assert list_links(missing, "level") == ["P3"]
    assert [group.get("class") for group in page.iter(SVG + "g")] == [
        "implied", "documented", "missing", "implied",
    ]  # fmt: skip
    assert "P3 Master mechanic (missing)" in tell(page.find(f".//{SVG}title"))
    assert tell(find_section(page, "guideline")).endswith("not recorded")


def test_what_is_retired_names_its_successor() -> None:
    page = read(open_small(), "focus/BUILD1.RIVETS.html")
    note = next(p for p in page.iter("p") if "note-warn" in (p.get("class") or ""))
    assert tell(note) == "Retired: Nobody rides them any more. Replaced by BUILD1.FRAMES01"
    assert list_links(note, "focus") == ["BUILD1.FRAMES01"]
    assert page.find(f".//{SVG}svg") is None
    assert list_links(find_section(page, "retired"), "profile") == ["BUILD1.RIVETS.P2"]
    frames = find_section(read(open_small(), "focus/BUILD1.FRAMES01.html"), "retired")
    assert list_links(frames, "profile") == ["BUILD1.FRAMES01.M1", "BUILD1.FRAMES01.M2"]
    skill = read(open_small(), "skill/riveting.html")
    assert "No frame has been riveted since 2010. Replaced by brazing" in tell(skill)
    assert "No focus uses this skill." in tell(skill)


def test_a_level_tells_what_it_asks_and_who_is_at_it() -> None:
    book = open_small()
    for level in book.taxonomy.levels:
        page = read(book, f"level/{level.code}.html")
        at = {profile.code for profile in book.taxonomy.profiles if profile.level == level.code}
        assert set(list_links(find_section(page, "profiles"), "profile")) == at
    page = read(book, "level/P3.html")
    assert find_fact(page, "Typical experience") == "3 years or more assigned by the dataset"
    assert find_fact(page, "Stage") == "3.870 level steps assigned by the dataset"
    assert find_fact(page, "Level above") == "P4"
    assert find_fact(page, "Level below") == "P2 — Mechanic"
    assert tell(find_section(page, "descriptor")).endswith("not recorded")
    assert "assigned by the dataset" in tell(
        find_section(read(book, "level/P1.html"), "descriptor").find("h2")
    )
    assert find_fact(read(book, "level/P4.html"), "Level above") == "none: it is the highest of its track"
    rows = [[tell(cell) for cell in row] for row in read(book, "levels.html").findall(".//tbody/tr")]
    assert ["P2", "Mechanic", "2", "1.5–3 years", "not recorded", "3"] in rows
    assert ["M2", "Workshop manager assigned by the dataset", "2", "5–8 years", "not recorded", "1"] in rows


def test_a_skill_tells_who_uses_it_in_which_words() -> None:
    page = read(open_small(), "skill/customer-advice.html")
    users = find_section(page, "users")
    assert list_links(users, "focus") == ["BUILD1.FRAMES01", "SALES.GEN"]
    assert find_fact(users, "Frames and wheels") == "in the skill's own words"
    assert find_fact(users, "Sales, general") == "Advising riders"
    brazing = read(open_small(), "skill/brazing.html")
    assert "At P2, P3 only" in tell(find_section(brazing, "users"))
    wheels = read(open_small(), "skill/wheel-building.html")
    assert find_fact(find_section(wheels, "wordings"), "Wheelbuilding") == "The same words written as one."
    for heading in ("proficiency", "mappings"):
        assert tell(find_section(wheels, heading)).endswith("not recorded")
    everywhere = read(open_small(), "skills.html")
    assert list_links(everywhere, "skill") == ["brazing", "customer-advice", "riveting", "wheel-building"]


def test_a_skill_is_told_by_levels_only_where_some_differ() -> None:
    taxonomy = make_taxonomy({"A.X": ("P1", "P2", "P3")}, skills={"A.X": ["s1"]}).replace_parts(
        proficiencies=(
            Proficiency(code="low", rank=1, label="Low"),
            Proficiency(code="high", rank=2, label="High"),
        )
    )
    focus = taxonomy.focuses[0]

    def ask(levels: tuple[str, ...], steps: dict[str, str]) -> Asked:
        proficiency = tuple(Requirement(level=level, proficiency=step) for level, step in steps.items())
        return list_asked(taxonomy, focus, SkillUse(skill="s1", levels=levels, proficiency=proficiency))

    assert ask((), {}) == ((), [])
    assert ask(("P1", "P2", "P3"), {}) == ((), [])
    assert ask(("P1", "P3"), {}).levels == ("P1", "P3")
    steps = {"P1": "high", "P2": "low", "P3": "high"}
    assert ask((), steps).steps == [("Low", ["P2"]), ("High", ["P1", "P3"])]


def test_a_focus_tells_texts_by_their_lines_and_nothing_twice() -> None:
    taxonomy = make_taxonomy({"A.X": ("P1",)}, skills={"A.X": ["s1"]})
    focus = taxonomy.focuses[0].model_copy(
        update={
            "definition": "Bakes. It is no kitchen.\n- bread\n- cake",
            "exclusions": ("It is no kitchen.",),
        }
    )
    skill = taxonomy.skills[0].model_copy(update={"definition": "Kneading by hand."})
    page = read(make_book(taxonomy.replace_parts(focuses=(focus,), skills=(skill,))), "focus/A.X.html")
    assert tell(page).count("It is no kitchen.") == 1
    definition = next(d for d in page.iter("dd") if tell(d).startswith("Bakes."))
    assert [tell(item) for item in definition.iter("li")] == ["bread", "cake"]
    skills = tell(find_section(page, "skills"))
    assert "Kneading by hand." in skills
    assert "all focuses share" in skills


def test_tracks_that_cannot_be_aligned_are_said_to_stand_apart() -> None:
    levels = [make_level(code) for code in ("M1", "P1", "P2")]
    taxonomy = make_taxonomy({"A.X": ("M1", "P1", "P2")}, levels=levels)
    endless = "A track with a name that is much longer than any column of a drawing can ever be made"
    tracks = tuple(track.model_copy(update={"label": endless}) for track in taxonomy.tracks)
    page = read(make_book(taxonomy.replace_parts(tracks=tracks)), "focus/A.X.html")
    assert "The tracks are not aligned" in tell(find_section(page, "ladder"))
    lines = [tell(text) for text in page.iter(SVG + "text") if text.get("class") == "heading"]
    assert " ".join(lines[: len(lines) // 2]) == endless


def make_mapped(namespace: str | None) -> Taxonomy:
    """Two skills that are one, and a third that is mapped loosely, all to an entry of one classification."""
    to = Mapping(scheme="house", code="a/b", predicate="exactMatch", justification="ManualMappingCuration")
    near = to.model_copy(update={"predicate": "closeMatch", "comment": "Looked at twice."})
    taxonomy = make_taxonomy({"A.X": ("P1",)}, skills={"A.X": ["s1"]})
    skills = [Skill(code=f"s{n}", label=f"Skill {n}", mappings=(near if n == 3 else to,)) for n in (1, 2, 3)]
    scheme = Scheme(
        code="house", title="House titles", publisher="Us", version="1", source="https://example.org/titles",
        licence="Ours.", pattern=".*", levels=("title",), namespace=namespace,
    )  # fmt: skip
    return taxonomy.replace_parts(skills=tuple(skills), schemes=(scheme,))


def test_same_skills_are_named_with_their_mappings() -> None:
    book = make_book(make_mapped("https://example.org/titles/"))
    page = read(book, "skill/s1.html")
    assert find_fact(page, "Same skill").startswith("Skill 2 ")
    assert find_fact(read(book, "skill/s3.html"), "Same skill") == "no other is recorded as the same"
    row = find_section(page, "mappings").find(".//tbody/tr")
    assert [tell(cell) for cell in row] == [
        "a/b house/a/b Its title is not loaded.", "exact exactMatch", "set by a person ManualMappingCuration",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("namespace", "outside"),
    [("https://example.org/titles/", "https://example.org/titles/a/b"), (None, None), ("javascript:/", None)],
)
def test_an_occupation_tells_what_maps_to_it_and_where_it_stands(
    namespace: str | None, outside: str | None
) -> None:
    book = make_book(make_mapped(namespace))
    page = read(book, book.addresses.page("occupation", "house/a/b"))
    assert list_links(find_section(page, "skills"), "skill") == ["s1", "s2", "s3"]
    assert "closeMatch" in tell(find_section(page, "skills"))
    assert "Looked at twice." in tell(find_section(page, "skills"))
    external = [link.get("href") for link in page.iter("a") if "external" in (link.get("rel") or "")]
    assert external == ["https://example.org/titles", *([outside] if outside else [])]
    assert not any((link.get("href") or "").startswith("javascript") for link in page.iter("a"))


def test_an_occupation_of_a_known_classification_says_what_brings_its_base() -> None:
    book = open_small()
    page = read(book, book.addresses.page("occupation", "soc-2018/41-2031"))
    assert tell(page.find(".//h1")) == "Retail Salespersons"
    assert list_links(find_section(page, "profiles"), "profile") == ["BUILD1.FRAMES01.P2", "SALES.GEN.P2"]
    assert "rolegraph import onet SRC -o DIR" in tell(page)
    wider = [name for name in list_links(page, "occupation") if name.startswith("soc-2018-41")]
    assert len(wider) == 3
    rows = [[tell(cell) for cell in row] for row in read(book, "occupations.html").findall(".//tbody/tr")]
    assert ["49-3091", "Bicycle Repairers", "detailed", "1", ""] in rows


def test_an_occupation_of_a_release_tells_all_that_the_release_says(tmp_path: Path) -> None:
    releases.write_folder(tmp_path / "data")
    tables = releases.write_tables(tmp_path / "onet", releases.TITLES)
    import_release("onet", tables, tmp_path / "data", version="29.0")
    book = Book(Architecture(tmp_path / "data"))
    library = book.architecture.library
    for key in book.addresses.list_codes("occupation"):
        page = read(book, book.addresses.page("occupation", key))
        told = tell(page)
        for section in describe_concept(book.taxonomy, library, key, full=True).sections:
            for entry in section.entries:
                assert " ".join(entry.text.split()) in told, (key, section.heading)
                # The page tells the classification, and to what profiles are mapped, in words of its own.
                if section.heading not in {"Occupation", "Profiles mapped to it"}:
                    assert entry.note in told
        mapped = [p.code for p in book.taxonomy.profiles if any(m.key == key for m in p.mappings)]
        assert list_links(find_section(page, "profiles"), "profile")[: len(mapped)] == mapped
    about = tell(find_section(read(book, "about.html"), "releases"))
    assert all(release.attribution in about for release in book.taxonomy.releases)


def test_about_the_data_counts_what_there_is_and_leads_to_every_download() -> None:
    book = open_small()
    page = read(book, "about.html")
    assert find_fact(page, "Who may use it") == "For the tests of this project."
    counts = tell(next(ul for ul in page.iter("ul") if ul.get("class") == "counts"))
    for what, number in count_records(book.taxonomy).items():
        assert f"{number} {what if number != 1 else what.removesuffix('s')}" in counts
    downloads = [link.get("href") for link in find_section(page, "downloads").iter("a")]
    assert downloads
    assert all(make_file(book, path) for path in downloads)
    editions = tell(find_section(page, "editions"))
    for edition in book.taxonomy.editions:
        assert edition.limits in editions
        assert all(constant.reason in editions for constant in edition.constants)
    assert "No release is imported." in tell(find_section(page, "releases"))


def test_foreign_texts_are_text() -> None:
    hostile = '"><script>alert(1)</script>'
    taxonomy = make_mapped(None)
    focus = taxonomy.focuses[0].model_copy(update={"label": hostile})
    book = make_book(
        taxonomy.replace_parts(
            focuses=(focus,), skills=tuple(s.model_copy(update={"label": hostile}) for s in taxonomy.skills)
        )
    )
    for path in (
        "index.html",
        "function/A.html",
        "focus/A.X.html",
        "level/P1.html",
        "skill/s1.html",
        "skills.html",
    ):
        made = make_file(book, path)
        assert made is not None
        assert b"<script>alert" not in made
        assert b"&lt;script&gt;alert" in made


def test_the_same_data_give_the_same_pages() -> None:
    one, other = Book(Architecture(SMALL)), Book(Architecture(SMALL))
    paths = [f"{kind}.html" for kind in ("index", "levels", "skills", "occupations", "about")]
    paths += [
        one.addresses.page(kind, code)
        for kind in ("function", "focus", "level", "skill", "occupation")
        for code in one.addresses.list_codes(kind)
    ]  # type: ignore[arg-type]
    assert all(make_file(one, path) == make_file(other, path) for path in paths)


def test_skills_stand_under_the_letter_that_they_begin_with() -> None:
    labels = ("Émail", "energy", "3D printing", "Zeal")
    skills = [Skill(code=f"s{number}", label=label) for number, label in enumerate(labels)]
    found = [(letter, [skill.label for skill in part]) for letter, part in group_by_letter(skills)]
    assert found == [("#", ["3D printing"]), ("E", ["Émail", "energy"]), ("Z", ["Zeal"])]


def test_what_is_not_there_is_not_made() -> None:
    for path in (
        "function/NONE.html",
        "focus/BUILD1.html",
        "level/X9.html",
        "skill/none.html",
        "focus/BUILD1.RIVETS",
    ):
        assert make_file(open_small(), path) is None


def test_the_matrix_hides_no_row_and_on_a_phone_no_mark(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder)
    assert page.locator("form.filter output").inner_text() == "4 of 4 shown"
    box = page.locator(".matrix")
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    places = [mark.bounding_box() for mark in page.locator(".matrix .rung").all()]
    assert places
    assert all(place and place["x"] >= 0 and place["x"] + place["width"] <= PHONE[0] for place in places)
    page.goto(in_folder.find("findings.html"))
    remedy = page.locator("#all .findings td[data-of]").first.bounding_box()
    assert remedy is not None
    assert remedy["x"] + remedy["width"] <= PHONE[0]


def test_numbers_are_shown_alike_from_a_folder_and_from_a_graph(tmp_path: Path) -> None:
    folder = Book(Architecture())
    with (tmp_path / "graph.ttl").open("wb") as sink:
        write_turtle(folder.taxonomy, sink)
    graph = Book(Architecture(graph=tmp_path / "graph.ttl"))
    for path in ("about.html", "coordinates.html"):
        assert make_file(graph, path) == make_file(folder, path)
