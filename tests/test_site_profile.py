"""The page of a profile holds every fact of its sheet, in the order of the seed pages, and is told as text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5rdf
import pytest

from bakery import write_bakery
from browser import PHONE, Site, Visits, run_site
from hostile import LONG, RIGHT, SCRIPT, TURNED, write_hostile
from rolegraph import Architecture
from rolegraph.answers import Entry
from rolegraph.entries import ASSIGNED, INHERITED
from rolegraph.occupational.base import RELATED
from rolegraph.occupational.naming import FULL
from rolegraph.rdf.vocab import SEMAPV
from rolegraph.site.book import Book
from rolegraph.site.chapters.profile import CHAPTER
from rolegraph.site.mapped import tell_note

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
M3 = "MANUFA.BIOPROCE4427.M3"
PLACES = {
    "Profile": ("", "facts"),
    "Definition": ("definition", "focus"),
    "Responsibilities by level": ("responsibilities",),
    "Level guidelines": ("guidelines",),
    "Skills": ("skills",),
    "Provenance": ("provenance",),
    "Title aliases": ("aliases",),
    "Classification mappings": ("mappings",),
}
"""Where on the page the sections of a sheet are told; the empty name is the head of the page."""

NASTY = """\
focus: BAKE.NASTY
label: Nasty
definition: |
  Bakes what nobody wants.

  Every day:
  - bakes
  - ices

  And cleans.
skills:
  icing: {description: "Ices:\\n• cakes\\n• buns"}
levels:
  P1: {basis: documented, guideline: {knowledge: "Knows:\\n- flour"}, responsibilities: [{text: "Bakes:\\n- rolls"}]}
  P3: {basis: documented, retired: {note: Nobody does it.}}
  P4: {basis: documented}
  M1: {basis: implied}
"""
"""A focus with texts of several lines, a rung that is missing, one that is retired, and a second track."""


@dataclass(frozen=True)
class Read:
    """A page as a parser reads it: its tree, and its texts by section."""

    tree: Any
    texts: dict[str, str]

    def find(self, path: str) -> list[Any]:
        """Elements by an XPath."""
        return list(self.tree.iterfind(path))


def read_page(content: bytes) -> Read:
    tree = html5rdf.parse(content, transport_encoding="utf-8", namespaceHTMLElements=False)
    texts = {part.get("id"): squeeze(part) for part in tree.iter("section")}
    return Read(tree, texts | {"": squeeze(next(tree.iter("header"))) + squeeze(tree.find(".//main/header"))})


def squeeze(text: Any) -> str:
    return " ".join((text if isinstance(text, str) else "".join(text.itertext())).split())


def make_page(book: Book, code: str) -> bytes:
    made = CHAPTER.make(book, f"{book.addresses.name('profile', code)}.html")
    assert made is not None
    return made


@cache
def open_shipped() -> Book:
    return Book(Architecture())


def list_told(heading: str, label: str, text: str, note: str) -> Iterator[str]:
    """What of an entry of a sheet must stand on the page, in its words or in words of the page's own."""
    if heading == "Definition" and label == "Focus":
        # Sentences that set the focus apart stand in a place of their own.
        yield from re.split(r"(?<=\.) ", text)
    elif heading == "Definition" and label == "Differential":
        yield text.removesuffix(" differential against the function's baseline").removeprefix("material ")
    elif label == "How they were divided":
        yield text.partition(" ")[0].removesuffix("d")
    elif label == "Source":
        yield text
    elif label == "Sources":
        yield f"{text} source"
    elif heading == "Provenance":
        yield from (label, f"{text} of 5")
    else:
        yield text
    if heading == "Profile":
        yield from (part for part in note.split("; ") if part != INHERITED)
    elif heading == "Classification mappings":
        yield from (part for part in note.split("; ") if ASSIGNED not in part and "its title" not in part)


@pytest.mark.parametrize("code", [p.code for p in open_shipped().taxonomy.profiles])
def test_every_fact_of_the_sheet_stands_on_the_page(code: str) -> None:
    book = open_shipped()
    page = read_page(make_page(book, code))
    sheet = book.architecture.show(code)
    assert squeeze(page.tree.find(".//h1")) == sheet.label
    assert code in page.texts[""]
    for section in sheet.sections:
        places = PLACES.get(
            section.heading, ("descriptor",) if section.heading.startswith("Level") else ("base",)
        )
        told = " ".join(page.texts[place] for place in places)
        for entry in section.entries:
            for part in list_told(section.heading, entry.label, entry.text, entry.note):
                assert squeeze(part) in told, (section.heading, entry.label)


def test_sections_stand_in_the_order_of_the_seed_pages() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the seed pages are not beside the project")
    page = read_page(make_page(open_shipped(), M3))
    headings = [squeeze(heading) for heading in page.tree.iter("h2")]
    names = (
        "Responsibilities by level", "Level guidelines", "Skills", "Provenance", "Adjacent roles", "Title aliases",
        "Classification mappings",
    )  # fmt: skip
    stems = [next(h for h in headings if h.startswith(name)) for name in names]
    assert sorted(stems, key=headings.index) == stems
    for seed in SEEDS.glob("*.txt"):
        lines = seed.read_text(encoding="utf-8").splitlines()
        found = [next(n for n, line in enumerate(lines) if line.startswith(name)) for name in names]
        assert found == sorted(found)
        level = next(n for n, line in enumerate(lines) if line.startswith("Level — "))
        assert found[3] < level < found[4]
    sections = [section.get("id") for section in page.tree.iter("section")]
    assert sections.index("provenance") < sections.index("descriptor") < sections.index("adjacent")
    contents = [link.get("href") for link in page.find(".//nav[@class='side contents no-print']//a")]
    assert contents == [f"#{section}" for section in sections]


def test_this_level_is_open_and_highlighted_and_other_rungs_lead_to_their_pages() -> None:
    page = read_page(make_page(open_shipped(), M3))
    rungs = page.find(".//details[@id]")
    assert [rung.get("id") for rung in rungs] == [f"rung-M{rank}" for rank in range(1, 6)]
    assert [rung.get("id") for rung in rungs if rung.get("open") is not None] == ["rung-M3"]
    links = [link.get("href") for rung in rungs for link in rung.iter("a")]
    assert links == [f"../profile/MANUFA.BIOPROCE4427.M{rank}.html" for rank in (1, 2, 4, 5)]
    (row,) = page.find(".//tr[@class='here']")
    assert squeeze(row.find("th")).startswith("M3")


def test_adjacent_roles_have_the_numbers_of_the_command() -> None:
    book = open_shipped()
    page = read_page(make_page(book, M3))
    items = page.find(".//ol[@class='near']/li")
    found = book.architecture.adjacent(M3).adjacent
    assert len(items) == len(found) == 10
    explain = book.architecture.explain()
    drawn = squeeze(page.tree.find(".//figure"))
    for item, neighbour in zip(items, found, strict=True):
        text = squeeze(item)
        assert f"{neighbour.distance:.4f}" in text
        assert f"{neighbour.distance:.4f}" in drawn
        assert neighbour.title in text
        assert str(neighbour.band) in text
        assert explain(neighbour.components) in text
        links = [link.get("href") for link in item.iter("a")]
        assert links == [
            f"../profile/{neighbour.code}.html",
            f"../compare.html?keys={M3},{neighbour.code}",
            f"../path.html?from={M3}&to={neighbour.code}",
        ]
    assert "1 rung down · same track · same focus" in squeeze(items[0])
    assert "does not say whether a person qualifies" in page.texts["adjacent"]


def test_skills_that_other_focuses_use_are_marked_and_counted() -> None:
    page = read_page(make_page(open_shipped(), M3))
    shared = {squeeze(item.find("p")): squeeze(item) for item in page.find(".//ul[@class='skills']/li")}
    assert "shared with 2 other focuses" in shared["Aseptic technique"]
    assert "shared" not in shared["Process modeling"]
    assert "4 of 10 are shared" in page.texts["skills"]


def test_a_cited_occupation_is_linked() -> None:
    page = read_page(make_page(open_shipped(), "MANUFA.MANUFACTF950.M3"))
    linked = page.find(".//ol[@class='sources']//a")
    assert [squeeze(link) for link in linked] == ["O*NET 11-3051.00 Industrial Production Managers"]


def test_forms_stand_beside_the_page() -> None:
    page = read_page(make_page(open_shipped(), M3))
    links = [link.get("href") for link in page.find(".//footer//a")]
    assert links == [f"{M3}.ttl", f"{M3}.jsonld", f"{M3}.csv"]


def test_what_is_not_recorded_says_so(tmp_path: Path) -> None:
    book = Book(Architecture(write_bakery(tmp_path / "data")))
    page = read_page(make_page(book, "SHOP.GEN.P1"))
    for section in ("definition", "responsibilities", "guidelines", "skills", "aliases", "mappings", "base"):
        assert page.tree.find(f".//section[@id='{section}']//*[@class='unrecorded']") is not None, section
    assert "Market pay not recorded" in page.texts["facts"]
    assert "Function groupnot recorded" in page.texts["facts"]
    assert "Not recordedstatus, region, version, confidence" in page.texts["facts"]
    assert "No review score is recorded. " in page.texts["provenance"]
    assert "No source is recorded." in page.texts["provenance"]


def test_proficiency_and_inherited_pay_are_told(tmp_path: Path) -> None:
    focus = "label: Cakes\n"
    book = Book(Architecture(write_bakery(tmp_path / "data", cakes=(focus, focus))))
    page = read_page(make_page(book, "BAKE.CAKES.P1"))
    assert "asked for at Able" in page.texts["skills"]
    assert "Ovens" not in page.texts["skills"]
    pay = book.taxonomy.profile_by_code["BAKE.CAKES.P1"].pay
    assert pay is not None
    assert ("inherited from the function" in page.texts["facts"]) == pay.inherited


def test_a_retired_role_names_its_successor_and_has_no_nearest(tmp_path: Path) -> None:
    retired = "    retired: {note: Bread is baked by all, replaced_by: BAKE.BREAD.P3}\n"
    level = "  P1: {basis: implied}\n  P3"
    changed = f"  P1:\n    basis: implied\n{retired}  P3"
    book = Book(Architecture(write_bakery(tmp_path / "data", bread=(level, changed))))
    page = read_page(make_page(book, "BAKE.BREAD.P1"))
    assert "Retired" in page.texts[""]
    assert "Bread is baked by all" in page.texts[""]
    assert page.find(".//main/header//a[@href='../profile/BAKE.BREAD.P3.html']")
    assert not page.find(".//div[@class='actions']/a")
    assert "this one is retired" in page.texts["adjacent"]
    assert "Retired" in squeeze(read_page(make_page(book, "BAKE.BREAD.P3")).tree.find(".//*[@id='rung-P1']"))


def write_nasty(folder: Path) -> Path:
    write_bakery(folder)
    (folder / "focuses" / "BAKE.NASTY.yaml").write_text(NASTY, encoding="utf-8")
    return folder


def test_texts_of_several_lines_are_paragraphs_and_lists(tmp_path: Path) -> None:
    book = Book(Architecture(write_nasty(tmp_path / "data")))
    page = read_page(make_page(book, "BAKE.NASTY.P1"))
    (definition,) = page.find(".//section[@id='definition']")
    assert [(part.tag, squeeze(part)) for part in definition][1:] == [
        ("p", "Bakes what nobody wants."), ("p", "Every day:"), ("ul", "bakes ices"), ("p", "And cleans."),
    ]  # fmt: skip
    for place, items in {
        ".//section[@id='skills']//li/div/ul/li": ["cakes", "buns"],
        ".//tr[@class='here']/td/ul/li": ["flour"],
        ".//details[@id='rung-P1']//li/ul/li": ["rolls"],
    }.items():
        assert [squeeze(item) for item in page.find(place)] == items, place


def test_missing_and_retired_rungs_are_marked_with_a_word(tmp_path: Path) -> None:
    book = Book(Architecture(write_nasty(tmp_path / "data")))
    page = read_page(make_page(book, "BAKE.NASTY.P1"))
    stairs = [squeeze(stair) for stair in page.find(".//nav[@class='stairs']//li")]
    assert stairs == ["P1 this role", "P2 missing", "P3 retired", "P4", "M1"]
    rungs = [squeeze(rung) for rung in page.tree.iter() if "rung" in (rung.get("class") or "").split()]
    assert len(rungs) == 5
    assert "missing The focus has roles below and above" in rungs[1]
    assert "Retired" in rungs[2]
    rows = [squeeze(row) for row in page.find(".//table[@class='guidelines']/tbody/tr")]
    assert rows[1] == "P2 missing"
    # The role that is retired stands where it stood.
    page = read_page(make_page(book, "BAKE.NASTY.P3"))
    assert [squeeze(stair) for stair in page.find(".//nav[@class='stairs']//li")][2] == "P3 retired this role"


def test_codes_of_mappings_have_words() -> None:
    page = read_page(make_page(open_shipped(), M3))
    assert "broader broadMatch" in page.texts["mappings"]
    assert "how it was made is not recorded UnspecifiedMatching" in page.texts["mappings"]
    # Every justification that other tools know has words.
    known = {term.removeprefix(SEMAPV.iri) for term in map(str, SEMAPV)}
    assert {term for term in known if not open_shipped().wording.has(f"mapping.how-{term}")} == set()
    # Where another occupation stands is told so, too; other notes stay.
    wording = open_shipped().wording
    for label, note, told in (
        (RELATED, "primary-short, 1", "nearest tier, place 1 (primary-short, 1)"),
        (RELATED, "7", "place 7 (7)"),
        (RELATED, FULL, FULL),
        ("Technology", "hot", "hot"),
    ):
        assert tell_note(wording, Entry(label, "Bakers", note)) == told


@pytest.mark.parametrize(("language", "declared"), [("de", "de"), ("en", None), ("und", None)])
def test_texts_of_the_data_have_their_language(language: str, declared: str | None, tmp_path: Path) -> None:
    folder = write_nasty(tmp_path / "data")
    file = folder / "dataset.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("language: en", f"language: {language}"), encoding="utf-8"
    )
    page = read_page(make_page(Book(Architecture(folder)), "BAKE.NASTY.P1"))
    assert page.tree.get("lang") == "en"
    for place in (
        ".//h1",
        ".//header/a",
        ".//section[@id='definition']/ul/li",
        ".//tr[@class='here']/td",
        ".//section[@id='skills']//a/bdi",
        ".//section[@id='descriptor']//dd",
    ):
        found = page.find(place)
        assert found
        assert {element.get("lang") for element in found} == {declared}, place
    # Words of the page stay words of the page.
    told = page.find(".//ol[@class='near']//p[@class='small why']/bdi")
    assert {element.get("lang") for element in told} == {"en"}
    assert page.tree.find(".//h2").get("lang") is None


def test_texts_made_to_break_pages_are_text(tmp_path: Path) -> None:
    write_hostile(tmp_path / "data")
    book = Book(Architecture(tmp_path / "data"))
    for code in list(book.taxonomy.profile_by_code)[::5]:
        page = read_page(make_page(book, code))
        assert all(script.get("src") and not script.text for script in page.tree.iter("script"))
        assert not page.find(".//img")
        for element in page.tree.iter():
            if isinstance(element.tag, str):
                assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
                assert not (element.get("href") or "").lower().startswith("javascript")
        told = page.texts["responsibilities"]
        assert SCRIPT in told
        assert LONG in told
        assert RIGHT in told
        assert TURNED not in told
        assert "\\u202efdp.exe" in told


def test_the_same_data_give_the_same_bytes() -> None:
    one, other = Book(Architecture()), Book(Architecture())
    for code in one.addresses.list_codes("profile"):
        assert make_page(one, code) == make_page(other, code)


def test_a_page_with_ten_long_rungs_is_below_its_limit(tmp_path: Path) -> None:
    folder = write_bakery(tmp_path / "data")
    line = "Plans, mixes, proves and bakes what the shops of the town have asked for the day before. " * 4
    rungs = []
    for level in ("S1", "S2", "P1", "P2", "P3", "P4", "M1", "M2", "M3", "M4"):
        duties = "\n".join(f"      - {{id: r{n}, text: {line.strip()!r}}}" for n in range(6))
        cells = "\n".join(
            f"      {name}: {line.strip()!r}"
            for name in ("knowledge", "complexity", "collaboration", "experience")
        )
        rungs.append(
            f"  {level}:\n    basis: documented\n    responsibilities:\n{duties}\n    guideline:\n{cells}"
        )
    text = "focus: BAKE.LONG\nlabel: Long\nlevels:\n" + "\n".join(rungs) + "\n"
    (folder / "focuses" / "BAKE.LONG.yaml").write_text(text, encoding="utf-8")
    page = make_page(Book(Architecture(folder)), "BAKE.LONG.P3")
    assert page.count(line.strip().encode()) == 100
    assert len(page) < 100_000


def test_no_page_for_what_is_not_there() -> None:
    book = open_shipped()
    assert CHAPTER.make(book, "NO.SUCH.M1.html") is None
    assert CHAPTER.make(book, f"{M3}.pdf") is None


def list_open(page: Page) -> list[str]:
    found: list[str] = page.evaluate("() => [...document.querySelectorAll('.rung[open]')].map((r) => r.id)")
    return found


def test_the_ladder_is_stepped_through(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"profile/{M3}.html")
    page.get_by_role("button", name="One rung up").click()
    assert list_open(page) == ["rung-M4"]
    assert "Director" in page.locator("[data-told]").inner_text()
    page.keyboard.press("ArrowRight")
    assert list_open(page) == ["rung-M5"]
    assert page.get_by_role("button", name="One rung up").is_disabled()
    page.locator(".stairs a", has_text="M5").focus()
    page.keyboard.press("Home")
    assert list_open(page) == ["rung-M1"]
    assert page.evaluate("() => document.activeElement.textContent") == "M1"
    page.locator(".stairs a", has_text="M2").click()
    assert list_open(page) == ["rung-M2"]
    assert page.url.endswith("#rung-M2")
    page.goto(in_folder.find(f"profile/{M3}.html#rung-M5"))
    page.reload()
    assert list_open(page) == ["rung-M5"]


def test_without_scripts_every_rung_can_be_read(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"profile/{M3}.html", scripts=False, window=PHONE)
    assert page.locator(".rung[open]").count() == 1
    page.locator("#rung-M1 summary").click()
    assert page.locator("#rung-M1 li").first.is_visible()
    assert not page.locator("[data-step]").first.is_visible()
    assert not page.locator("[data-print]").is_visible()


@pytest.mark.parametrize("code", [M3, "MANUFA3.MANUFACT13A2.M2"])
def test_a_profile_prints_on_two_pages(code: str, in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"profile/{code}.html")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.locator(".rung:visible").count() == 1
    assert not page.locator(".actions").first.is_visible()


@pytest.fixture(scope="module")
def nasty_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    place = tmp_path_factory.mktemp("nasty")
    run_site("-o", place / "site", "--data", write_nasty(place / "data"))
    return Site("nasty", (place / "site").as_uri() + "/", place / "site")


def test_stepping_over_a_missing_rung_says_so(nasty_site: Site, visit: Visits) -> None:
    page = visit(nasty_site, "profile/BAKE.NASTY.P1.html")
    page.get_by_role("button", name="One rung up").click()
    assert list_open(page) == ["rung-P3"]
    told = page.locator("[data-told]")
    assert told.inner_text().startswith("P2: missing, stepped over. P3")
    assert told.bounding_box()["height"] > 10  # type: ignore[index]
    page.keyboard.press("ArrowRight")
    assert list_open(page) == ["rung-P4"]
    assert "missing" not in told.inner_text()
    page.keyboard.press("Home")
    assert "missing" not in told.inner_text()


def test_the_neighbourhood_is_drawn_where_there_is_room(nasty_site: Site, visit: Visits) -> None:
    page = visit(nasty_site, "profile/BAKE.NASTY.P1.html")
    assert page.locator(".neighbourhood").is_visible()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert not page.locator(".neighbourhood").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".track:visible").all_inner_texts() == ["Professional"]
