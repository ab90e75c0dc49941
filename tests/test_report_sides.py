"""Roles side by side and gaps in every form: they fit the terminal, nothing is cut off, nothing breaks the form."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

import rolegraph
from architectures import read_roster, read_shipped
from bakery import write_bakery
from rolegraph.answers import ComparedRow, Comparison, Expectation, Gap, Gaps, GapSkill
from rolegraph.cli.main import run
from rolegraph.comparison import compare_profiles
from rolegraph.gaps import describe_gap, rank_gaps
from rolegraph.plain import to_json
from rolegraph.report import gaps as gap_text
from rolegraph.report import sides
from rolegraph.report.documents import to_document
from rolegraph.report.grid import Grid, fold
from rolegraph.report.layout import display_width
from rolegraph.report.markdown import write_cell, write_paragraph
from rolegraph.report.sides_page import write_comparison
from rolegraph.report.tables import to_csv, to_markdown, to_rows

SHIPPED = (
    "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3", "MANUFA.MANUFACTF950.M3", "MANUFA3.MANUFACT13A2.M2",
)  # fmt: skip
HOSTILE = '"><script>alert(1)</script>|<b>\n=1+1'
FORMULA = '=HYPERLINK("https://example.org")'


def make_comparison(text: str = "One", *, same: bool = False) -> Comparison:
    rows = (
        ComparedRow("Title", (text, "Two"), False, "Profile"),
        ComparedRow(text, (text, text if same else None), same, "Profile"),
        ComparedRow("Responsibilities", (text, None), False, "Responsibilities"),
    )
    return Comparison(("A.X.M1", "A.X.M2"), rows, (text, "Two"))


def make_gap(text: str = "One") -> Gap:
    skill = GapSkill("s", text, "level", text, asked=text, shown=text, deepen=True)
    return Gap(
        "A.X.M1", "A.X.M2", "level", (skill,), (skill,), (skill,), (Expectation(text, text, None, text),),
        (text,), 0.5, "structural@1", 0.111111, "confident", text, text,
    )  # fmt: skip


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)


def widest(text: str) -> int:
    return max(display_width(line) for line in unstyle(text).splitlines())


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("number", [2, 3, 4])
def test_side_by_side_fits_eighty_columns_and_cuts_nothing_off(number: int) -> None:
    answer = compare_profiles(read_shipped(), read_roster(), SHIPPED[:number])
    shown = unstyle(sides.describe_comparison(answer))
    assert widest(shown) <= 80
    assert "…" not in shown
    for row in answer.rows:
        for value in () if row.section.startswith("Skills") else row.values:
            for word in (value or "not recorded").split():
                # A word that is wider than its cell goes on in the next line.
                assert word in shown or len(word) > 14, word
    assert not re.search(r" +$", shown, flags=re.MULTILINE)


@pytest.mark.usefixtures("narrow")
def test_gaps_fit_eighty_columns() -> None:
    for origin in SHIPPED:
        for destination in SHIPPED:
            assert (
                widest(
                    gap_text.describe_gap(describe_gap(read_shipped(), read_roster(), origin, destination))
                )
                <= 80
            )
    ranked = rank_gaps(read_shipped(), read_roster(), SHIPPED[0], SHIPPED[1:])
    assert widest(gap_text.describe_gaps(ranked, "Upstream Process Development — P1")) <= 80


@given(
    st.integers(1, 4),
    st.integers(60, 160),
    st.lists(st.text("ab/.-é漢 \n", max_size=80), min_size=4, max_size=4),
)
def test_cells_of_any_text_stay_inside_the_terminal(number: int, width: int, texts: list[str]) -> None:
    grid = Grid(number, width)
    values = texts[:number]
    for lines in (
        grid.lay("Label", values),
        grid.head(values, values),
        grid.lay("Label", values[:1], same=True),
    ):
        assert all(display_width(unstyle(line)) <= width for line in lines)


@given(st.text("ab/.-é漢 ", max_size=120), st.integers(2, 40))
def test_folding_keeps_every_character(text: str, width: int) -> None:
    lines = fold(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= width for line in lines)


def test_what_is_the_same_stands_once_and_what_is_not_recorded_says_so() -> None:
    lines = Grid(2, 80).lay("Basis", ["implied", "implied"], same=True)
    assert unstyle(lines[0]) == "  Basis                 = implied"
    assert unstyle(Grid(2, 80).lay("Status", [None, None], same=True)[0]).endswith("= not recorded")
    assert unstyle(Grid(2, 80).lay("Status", ["done", None])[0]) == (
        "  Status                done                         not recorded"
    )


def test_four_roles_stand_under_their_labels_in_eighty_columns_and_beside_them_in_more() -> None:
    values = ["one", "two", "three", None]
    assert [unstyle(line) for line in Grid(4, 80).lay("Scope", values)] == [
        "  Scope", "    one                two                three              not recorded",
    ]  # fmt: skip
    [line] = Grid(4, 160).lay("Scope", values)
    assert unstyle(line).split() == ["Scope", "one", "two", "three", "not", "recorded"]


def test_text_lists_shared_skills_once_and_others_under_their_role() -> None:
    answer = compare_profiles(read_shipped(), read_roster(), SHIPPED[:2])
    shown = unstyle(sides.describe_comparison(answer))
    assert "= Aseptic technique; Design of experiments (DoE); Technology transfer and scale-up" in " ".join(
        shown.split()
    )
    assert "• Bioreactor operation" in shown
    assert "• Protein purification" in shown


def test_hidden_rows_are_counted() -> None:
    answer = compare_profiles(read_shipped(), read_roster(), SHIPPED[:2], differences=True)
    shown = unstyle(sides.describe_comparison(answer))
    assert f"{answer.hidden} rows without a difference are left out." in shown
    assert "= " not in shown.replace("= marks", "")
    nothing = Comparison(("A.X.M1", "A.X.M2"), (), ("One", "Two"), 9)
    assert "Nothing that is recorded tells these roles apart." in sides.describe_comparison(nothing)
    assert "Nothing that is recorded tells these roles apart." in write_comparison(nothing)


def test_the_gap_inside_a_focus_says_that_it_is_unknown() -> None:
    gap = describe_gap(read_shipped(), read_roster(), SHIPPED[0], "PROCES.UPSTREAMDF5B.P6")
    shown = " ".join(unstyle(gap_text.describe_gap(gap)).split())
    assert "Skills: 15 unknown of 15" in shown
    assert "recorded for the whole focus, not per level" in shown
    assert "nothing to gain" not in shown
    assert "Several fields, or one" in shown


def test_text_of_a_gap_tells_proficiency_and_evidence(tmp_path: Path) -> None:
    jobs = rolegraph.load(write_bakery(tmp_path / "data"))
    shown = unstyle(gap_text.describe_gap(jobs.gap("CAKE-1", "CAKE-2")))
    assert "↑ Icing: Able -> Deft" in shown
    assert "= Dough" in shown
    assert "Skills: 0 to gain, 1 to deepen, 1 kept of 2 (0% to gain)" in shown
    shown = unstyle(gap_text.describe_gap(jobs.gap("BAKE.BREAD.P1", "CAKE-1")))
    assert "+ Icing at Able" in shown
    assert "as “Sourdough and dough”" in shown


def test_json_is_the_contract() -> None:
    answer = json.loads(to_json(compare_profiles(read_shipped(), read_roster(), SHIPPED[:2])))
    assert list(answer) == ["profiles", "rows", "titles", "hidden"]
    assert list(answer["rows"][0]) == ["row", "values", "same", "section"]
    gap = json.loads(to_json(describe_gap(read_shipped(), read_roster(), *SHIPPED[:2])))
    assert list(gap)[:7] == ["origin", "destination", "scope", "keep", "gain", "unknown", "expectations"]
    assert list(gap["keep"][0]) == ["code", "label", "scope", "evidence", "asked", "shown", "deepen"]
    assert list(gap["expectations"][0])[:3] == ["row", "origin", "destination"]
    assert list(json.loads(to_json(Gaps("A.X.M1", "share", (make_gap(),))))) == [
        "origin",
        "order",
        "gaps",
        "notes",
    ]


def test_tables_say_what_is_not_recorded() -> None:
    header, rows = to_rows(compare_profiles(read_shipped(), read_roster(), SHIPPED[:2]))
    assert header == ("section", "row", *SHIPPED[:2], "same")
    assert ("Profile", "Status", "not recorded", "approved", "no") in rows
    assert all(cell not in {None, ""} for row in rows for cell in row)
    _, rows = to_rows(describe_gap(read_shipped(), read_roster(), *SHIPPED[:2]))
    assert {row[2] for row in rows} >= {"to gain", "kept"}
    assert all(cell not in {None, ""} for row in rows if row[2] in {"to gain", "kept"} for cell in row)


def test_several_gaps_tell_what_is_to_gain_and_to_deepen_with_proficiency(tmp_path: Path) -> None:
    jobs = rolegraph.load(write_bakery(tmp_path / "data"))
    shown = unstyle(gap_text.describe_gaps(jobs.gap("CAKE-1", "CAKE-2", "BAKE.BREAD.P1"), "Icing hand"))
    assert "     to gain  skills  deepen  distance" in shown
    first = shown.splitlines()[4].split()
    assert first[:7] == ["1", "0%", "0", "of", "2", "1", "0.1111"]
    assert "   ↑ Icing: Able -> Deft" in shown
    shown = unstyle(gap_text.describe_gaps(jobs.gap("BAKE.BREAD.P1", "CAKE-1", "CAKE-2"), "Baker"))
    assert "   + Icing at Able" in shown
    assert "   + Icing at Deft" in shown
    _, rows = to_rows(jobs.gap("CAKE-1", "CAKE-2", "BAKE.BREAD.P1"))
    assert rows[0][5:8] == ("", "Icing (Able -> Deft)", "Dough")


def test_the_origin_among_the_destinations_is_left_out_with_a_note() -> None:
    answer = rank_gaps(read_shipped(), read_roster(), SHIPPED[0], SHIPPED)
    assert [gap.destination for gap in answer.gaps].count(SHIPPED[0]) == 0
    assert len(answer.gaps) == len(SHIPPED) - 1
    shown = " ".join(unstyle(gap_text.describe_gaps(answer, "One")).split())
    assert f"{SHIPPED[0]} is the origin: there is no gap to it, and it is left out." in shown
    assert rank_gaps(read_shipped(), read_roster(), SHIPPED[0], SHIPPED[1:]).notes == ()


def test_what_holds_for_every_destination_stands_once() -> None:
    answer = rank_gaps(read_shipped(), read_roster(), SHIPPED[0], ["PROCES.UPSTREAMDF5B.P6", SHIPPED[3]])
    shown = " ".join(unstyle(gap_text.describe_gaps(answer, "One")).split())
    told = "Differs, whichever the destination: level descriptor, level guidelines, responsibilities."
    assert shown.count("level descriptor") == shown.count(told) == 1
    assert (
        "Level: P1 — Entry-Level Professional -> P6 — Principal Professional; 0–2 years -> 12–18 years"
        in shown
    )
    lone = rank_gaps(read_shipped(), read_roster(), SHIPPED[0], SHIPPED[:2])
    shown = " ".join(unstyle(gap_text.describe_gaps(lone, "One")).split())
    assert "Differs: level descriptor, level guidelines, responsibilities." in shown


def test_equal_and_not_recorded_are_told_apart(tmp_path: Path) -> None:
    jobs = rolegraph.load(write_bakery(tmp_path / "data"))
    gap = jobs.gap("BAKE.BREAD.P1", "SHOP.GEN.P1")
    assert (gap.expectations, gap.equal) == ((), ("level descriptor",))
    assert gap.unrecorded == ("level guidelines", "responsibilities")
    assert " ".join(unstyle(gap_text.describe_gap(gap)).split()).endswith(
        "The same at both ends: level descriptor. Recorded at neither end: level guidelines, responsibilities."
    )
    gap = jobs.gap("CAKE-1", "CAKE-2")
    assert gap.unrecorded == ()
    assert {row.section for row in gap.expectations} == {"Level", "Level guidelines", "Responsibilities"}


def test_texts_of_several_lines_keep_their_paragraphs_and_bullets() -> None:
    text = "A baker bakes.\n\n\nYou will:\n- bake bread every day of the week\n* ice\n"
    lines = [unstyle(line)[24:] for line in Grid(2, 80).lay("Role", [text, None])]
    assert [line[:27].rstrip() for line in lines] == [
        "A baker bakes.", "", "You will:", "• bake bread every day of", "  the week", "• ice",
    ]  # fmt: skip
    whole = [unstyle(line).strip() for line in Grid(2, 80).lay("Role", [text, text], same=True)]
    assert whole[-2:] == ["• bake bread every day of the week", "• ice"]
    assert not any(line.endswith(" ") for line in Grid(4, 80).lay("Role", [text] * 4, same=True))
    listed = [unstyle(line)[24:] for line in Grid(2, 80).lay("", ["One\nTwo", "One"], listed=True)]
    assert [line[:5] for line in listed] == ["• One", "• Two"]
    answer = Comparison(
        ("A.X.M1", "A.X.M2"), (ComparedRow("Role", (text, text), True, "Definition"),), ("One", "Two")
    )
    assert "You will:<ul><li>bake bread every day of the week</li><li>ice</li></ul>" in write_comparison(
        answer
    )


@pytest.mark.parametrize(
    "answer", [make_comparison(HOSTILE), make_gap(HOSTILE), Gaps("A.X.M1", HOSTILE, (make_gap(HOSTILE),))]
)
def test_markdown_rows_stay_whole(answer: object) -> None:
    document = to_document(answer, str)
    assert document is not None
    for made in (to_markdown(to_rows(answer)), document):
        assert "<script" not in made
        assert "<b>" not in made
        assert not any(line.startswith((">", "=1")) for line in made.splitlines())
        for table in re.findall(r"(?:^\|.*\n)+", made, flags=re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_markdown_of_a_comparison_is_for_people() -> None:
    answer = compare_profiles(read_shipped(), read_roster(), SHIPPED[:2])
    made = to_document(answer, str)
    assert made is not None
    assert made.startswith(f"# Side by side: {' · '.join(answer.titles)}\n")
    head = f"|  | {answer.titles[0]}<br>`{SHIPPED[0]}` | {answer.titles[1]}<br>`{SHIPPED[1]}` |"
    assert f"## Profile\n\n{head}\n| --- | --- | --- |\n" in made
    assert "| Basis | = documented | = |\n" in made
    assert "| Status | *not recorded* | approved |\n" in made
    assert "\n= Aseptic technique; Design of experiments (DoE); Technology transfer and scale-up\n" in made
    assert "• Bioreactor operation<br>•" in made
    assert "marks what is the same for all" in made
    assert "| yes |" not in made
    hidden = to_document(compare_profiles(read_shipped(), read_roster(), SHIPPED[:2], differences=True), str)
    assert hidden is not None
    assert "without a difference are left out." in hidden


def test_markdown_of_gaps_is_for_people(tmp_path: Path) -> None:
    jobs = rolegraph.load(write_bakery(tmp_path / "data"))
    one = to_document(jobs.gap("CAKE-1", "CAKE-2"), str)
    assert one is not None
    assert one.startswith("# Gap: Icing hand → Cakes — P2\n\n`BAKE.CAKES.P1` → `BAKE.CAKES.P2`\n")
    assert (
        "- Skills: 0 to gain, 1 to deepen, 1 kept of 2 (0% to gain)\n- Distance: 0.1111 near · confident"
        in one
    )
    assert (
        "## To deepen (1)\n\n| Skill | at the origin (P1) | at the destination (P2) |\n| --- | --- | --- |\n"
        "| Icing<br>`icing` | Able | Deft |\n" in one
    )
    assert "### Level guidelines\n\n|  | at the origin<br>`P1` | at the destination<br>`P2` |" in one
    assert "| Complexity & Problem Solving | *not recorded* | Mends what fails. |" in one
    assert "|  | Ices what is baked. | • Ices what is baked.<br>• Trains icing hands. |" in one
    several = to_document(jobs.gap("CAKE-1", "CAKE-2", "CAKE-1", "BAKE.BREAD.P1"), lambda code: "Icing hand")
    assert several is not None
    assert several.startswith("# Gaps from Icing hand\n")
    assert "| 1 | 0% | 0 of 2 | 1 | 0.1111 | near · confident | Cakes — P2<br>`BAKE.CAKES.P2` |" in several
    assert "- To deepen: Icing: Able -> Deft\n" in several
    assert "- BAKE.CAKES.P1 is the origin: there is no gap to it, and it is left out.\n" in several


@given(st.text("ab|\\<*_`[]&;#>+-=1. \n", max_size=40))
def test_no_text_breaks_a_table_of_markdown(text: str) -> None:
    cell = write_cell(text)
    assert "\n" not in cell
    assert not re.search(r"(?<!\\)(?:\\\\)*\|", cell)
    assert not re.search(r"<(?!br>)", cell)
    assert not re.match(r"[#>+=~-].|\d+[.)]", write_paragraph(text))


@pytest.mark.parametrize(
    "answer", [make_comparison(FORMULA), make_gap(FORMULA), Gaps("A.X.M1", FORMULA, (make_gap(FORMULA),))]
)
def test_csv_cells_are_no_formulas(answer: object) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(to_rows(answer)), newline="")))
    assert any(cell == f"'{FORMULA}" for row in rows for cell in row)
    assert not any(cell.startswith("=") for row in rows for cell in row)


class Reader(HTMLParser):
    """The tags of a page, and whether each is closed in its turn."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("same", [True, False])
def test_the_page_escapes_what_it_shows(same: bool) -> None:
    reader = Reader(write_comparison(make_comparison(HOSTILE, same=same)))
    assert not {"script", "b", "img", "link", "a"} & set(reader.tags)
    assert reader.open == []
    assert not {"src", "href", "onclick"} & set(reader.attributes)


def test_the_page_of_shipped_roles_is_whole_and_reaches_for_nothing() -> None:
    answer = compare_profiles(read_shipped(), read_roster(), SHIPPED)
    page = write_comparison(answer)
    assert Reader(page).open == []
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page
    assert page.count('<span class="unrecorded">not recorded</span>') > 10
    assert page == write_comparison(answer)
    for row in answer.rows:
        if row.row != "Title":
            assert row.row.replace("&", "&amp;") in page


# The commands


@pytest.mark.parametrize("form", ["text", "json", "csv", "md", "html"])
def test_compare_answers_in_every_form(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *SHIPPED, "--format", form]) == 0
    told = capsys.readouterr()
    assert SHIPPED[1].split(".")[1] in told.out
    assert told.err == ""


@pytest.mark.parametrize("form", ["text", "json", "csv", "md"])
@pytest.mark.parametrize("number", [2, 4])
def test_gap_answers_in_every_form(form: str, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gap", *SHIPPED[:number], "--format", form]) == 0
    assert "Process modeling" in " ".join(capsys.readouterr().out.split())


def test_answers_go_to_workbooks_and_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import load_workbook

    for name, command in (
        ("compare", ["compare", *SHIPPED]),
        ("gap", ["gap", *SHIPPED[:2]]),
        ("gaps", ["gap", *SHIPPED]),
    ):
        file = tmp_path / f"{name}.xlsx"
        assert run([*command, "--format", "xlsx", "-o", str(file)]) == 0
        assert load_workbook(file).active.max_row > 3
    page = tmp_path / "sides.html"
    assert run(["compare", *SHIPPED, "--format", "html", "-o", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["compare", SHIPPED[0]], "two to four roles stand side by side, not 1 role"),
        (["compare", *SHIPPED, "PROCES.UPSTREAMDF5B.P2"], "not 5 roles"),
        (["compare", SHIPPED[0], SHIPPED[0].lower()], "is named more than once"),
        (["compare", SHIPPED[0], "PROCES.UPSTREAMDF5B.P8"], "did you mean PROCES.UPSTREAMDF5B.P"),
        (["gap", "Upstream Process Development - P9", SHIPPED[0]], "did you mean"),
        (["gap", SHIPPED[0]], "Missing argument"),
        (["compare"], "Missing argument"),
        (["gap", *SHIPPED[:2], "--edition", "effort@1"], "effort@1"),
    ],
)
def test_requests_that_cannot_be_answered_say_why(
    command: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 2
    answer = capsys.readouterr()
    assert told in answer.err
    assert answer.out == ""
