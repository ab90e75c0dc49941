"""What is wrong with pages: read where the meaning is certain, refused with the line where it is not."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from page_checks import BAKERY, FIXTURES, HARBOUR, find_problems, list_notes, read, refuse
from pages import cut_before, find_line, replace_line
from rolegraph.records.page import MAX_BYTES

# Files that are no pages


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refuse(data) == [("page-empty", None)]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"GIF89a",
        b"{\\rtf1\\ansi Skills}",
        b"Skills\n\x00\x01\x02",
    ],
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    assert {rule for rule, _ in refuse(data)} == {"page-binary"}


def test_the_line_of_a_zero_byte_is_told() -> None:
    assert refuse(b"Skills\r\nDough\r\n\x00") == [("page-binary", 3)]


def test_a_web_archive_is_refused() -> None:
    assert refuse(b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?Role?=\r\n") == [("page-archive", 1)]


def test_a_page_of_20_mb_is_refused_and_one_below_is_read() -> None:
    page = HARBOUR.encode()
    assert refuse(page + b"\n" * (MAX_BYTES - len(page))) == [("page-too-large", None)]
    assert read(page + b"\n" * (MAX_BYTES - len(page) - 1)).focuses == read(page).focuses


def test_a_text_that_is_no_profile_page_is_refused() -> None:
    assert refuse("\nMinutes of the meeting\nSkills\n") == [("page-form-unknown", 2)]


# Encodings


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    latin = BAKERY.replace("→", "->").encode("cp1252", "replace")
    (problem,) = find_problems(latin)
    first = next(i for i, line in enumerate(latin.split(b"\n"), 1) if any(byte > 127 for byte in line))
    assert (problem.rule, problem.place and problem.place.line) == ("page-encoding", first)
    assert problem.remedy == "save the page as UTF-8 (it may be in Windows-1252)"
    assert problem.message == f"the byte 0x{next(byte for byte in latin if byte > 127):02X} is not UTF-8"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_recognised(encoding: str) -> None:
    assert read(BAKERY.encode(encoding)).focuses == read(BAKERY).focuses


def test_utf16_that_breaks_off_is_refused() -> None:
    assert refuse("Skills\nDough".encode("utf-16")[:-1]) == [("page-encoding", 2)]


def test_letters_of_a_wrong_encoding_are_refused() -> None:
    garbled = HARBOUR.encode().decode("cp1252", "ignore")
    assert refuse(garbled)[0] == ("page-encoding", 1)
    assert refuse(HARBOUR.replace("draught", "dra\ufffdght", 1)) == [("page-encoding", 3)]


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1252">',
        '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">',
    ],
)
def test_the_encoding_that_html_states_is_honoured(meta: str) -> None:
    page = (FIXTURES / "harbour_p2.html").read_text(encoding="utf-8")
    other = page.replace('<meta charset="utf-8">', meta).replace("draughts", "dräughts")
    (focus,) = read(other.encode("cp1252")).focuses
    assert "dräughts" in focus.profiles[0].responsibilities[0].text


def test_an_unknown_encoding_of_html_is_refused() -> None:
    assert refuse(b'<html><head><meta charset="utf-7"></head>') == [("page-encoding", 1)]


def test_a_control_character_is_refused_with_its_line() -> None:
    assert refuse(HARBOUR.replace("Finds another", "Finds\x08 another")) == [
        ("page-control", find_line(HARBOUR, "- Finds"))
    ]
    page = (
        (FIXTURES / "harbour_p2.html")
        .read_text(encoding="utf-8")
        .replace("Finds another", "Finds&#x81; another")
    )
    assert refuse(page) == [("page-control", find_line(page, "<li>Finds"))]


# Line ends, blanks, Unicode forms


@pytest.mark.parametrize("page", [BAKERY, HARBOUR])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\u202f"),
        lambda text: text.replace(" ", "\u2009"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\u200b\n"),
        lambda text: text.replace("dough", "do\u00adugh").replace("crane", "cra\u2060ne"),
        lambda text: text.replace("\n", "  \t\n"),
        lambda text: text.replace("\n  • ", "\n\t•\t").replace("\n- ", "\n\t-\t"),
        lambda text: text.replace("\n- ", "\n* ").replace("  • ", "- "),
        lambda text: "\n\n" + text + "\n\n\n",
        lambda text: text.replace("\n", "\u2028\n"),
    ],
)  # fmt: skip
def test_line_ends_blanks_and_unicode_forms_change_nothing(page: str, change: Callable[[str], str]) -> None:
    changed = change(page)
    assert changed != page
    intake = read(changed)
    assert (intake.focuses, intake.levels, intake.functions) == (
        read(page).focuses, read(page).levels, read(page).functions,
    )  # fmt: skip
    assert intake.notes == ()


def test_tabs_inside_a_text_are_blanks() -> None:
    page = replace_line(HARBOUR, "- Keeping the chart", "- Keeping the chart of\tships")
    # A tab inside a line of words: its parts stay one text.
    assert read(page).focuses[0].skills[1].description == "Keeping the chart of ships"


def test_lines_are_those_of_the_file_whatever_its_line_ends() -> None:
    for end in ("\r\n", "\r", "\n"):
        page = HARBOUR.replace("- Berth charting (PORTIS)\n", "").replace("\n", end)
        (problem,) = find_problems(page)
        assert (problem.rule, problem.place and problem.place.line) == (
            "page-skills", find_line(HARBOUR, "- Keeping the chart") - 1,
        )  # fmt: skip


# Markup


def test_tags_that_were_left_in_are_taken_out_and_noted() -> None:
    page = HARBOUR.replace("- Enters arrivals", "- <b>Enters</b> <span class='x'>arrivals</span>")
    page = page.replace("tides, cranes", "tides &amp; cranes").replace("Skills\n", "<h2>Skills</h2>\n")
    plain = HARBOUR.replace("tides, cranes", "tides & cranes")
    intake = read(page)
    assert intake.focuses == read(plain).focuses
    assert list_notes(intake) == [("page-markup", find_line(page, "- <b>"))]


def test_a_line_of_list_items_and_breaks_is_parted() -> None:
    bullets = [line for line in HARBOUR.split("\n") if line.startswith("- ")][:2]
    items = "".join(f"<li>{line[2:]}</li>" for line in bullets)
    page = HARBOUR.replace("\n".join(bullets), f"<ul>{items}</ul>")
    page = page.replace("Skills\nFocus-", "Skills<br>Focus-")
    assert read(page).focuses == read(HARBOUR).focuses


@pytest.mark.parametrize(
    "text", ["below <5 m", "a < b and c > d", "R&D; more", "<unheard> words", "a <b and c> d", "2 * 3 ** 4"]
)
def test_what_may_be_no_markup_stays(text: str) -> None:
    intake = read(HARBOUR.replace("Knows the quays and the chart.", f"Knows {text}."))
    guideline = intake.focuses[0].profiles[0].guideline
    assert guideline is not None
    assert guideline.knowledge == f"Knows {text}."
    assert intake.notes == ()


def test_markdown_is_read_as_what_it_shows() -> None:
    page = HARBOUR.replace("Skills\n", "## Skills ##\n").replace("- Tide reckoning", "- **Tide reckoning**")
    page = page.replace("\nLevel guidelines", "\n---\n\n### **Level guidelines**").replace(
        "Berth Planning and Vessel Traffic — P2\n", "# Berth Planning and Vessel Traffic — P2\n"
    )
    page = page.replace("| P1 | Knows the quays", "| **P1** | Knows the [quays](https://example.org/quays)")
    intake = read(page)
    assert intake.focuses == read(HARBOUR).focuses
    assert intake.notes == ()


def test_a_part_of_an_html_page_is_read_as_html() -> None:
    page = (FIXTURES / "harbour_p2.html").read_text(encoding="utf-8")
    part = page[page.index("<main>") : page.index("</main>")]
    assert read(part).focuses == read(page).focuses


def test_a_script_or_menu_of_html_is_no_part_of_the_page() -> None:
    page = (FIXTURES / "harbour_p2.html").read_text(encoding="utf-8")
    assert all("Home" not in note.message and "navy" not in note.message for note in read(page).notes)


def test_badges_and_facts_may_stand_on_lines_or_in_tables_of_their_own() -> None:
    page = BAKERY.replace(
        "M2M2 — Shift Bakermedium0.75in-reviewemeav2.1",
        "M2\nM2 — Shift Baker\nmedium\n0.75\nin-review\nemea\nv2.1",
    )
    page = page.replace("Level\nM2 · M2", "| Level | M2 · M2").replace(
        "4–6 yrs\nFunction · Focus\n", "4–6 yrs |\n| Function · Focus | "
    )
    page = page.replace("(Dough/Oven)\nMarket pay", "(Dough/Oven) |\nMarket pay")
    assert page.count("|") == 6
    intake = read(page)
    assert intake.focuses == read(BAKERY).focuses
    assert intake.notes == ()


def test_skills_may_stand_in_a_table_of_two_columns() -> None:
    skills = HARBOUR[HARBOUR.index("- Tide reckoning") : HARBOUR.index("Provenance")]
    names = [line[2:] for line in skills.split("\n") if line]
    rows = [f"| {a} | {b} |" for a, b in zip(names[::2], names[1::2], strict=True)]
    table = "\n".join(["| Skill | Description |", "|---|---|", *rows]) + "\n"
    assert read(HARBOUR.replace(skills, table)).focuses == read(HARBOUR).focuses
    wide = table.replace("| Tide reckoning |", "| Tide reckoning | 3 |")
    assert [rule for rule, _ in refuse(HARBOUR.replace(skills, wide))] == ["page-table"]


def test_a_table_where_none_is_expected_is_refused() -> None:
    page = replace_line(HARBOUR, "- Enters arrivals", "| P1 | Enters arrivals |")
    assert ("page-table", find_line(page, "| P1 | Enters")) in refuse(page)


def test_a_page_whose_level_has_no_rung_is_noted() -> None:
    page = HARBOUR.replace("FE.P2", "FE.P5").replace("— P2", "— P5")
    intake = read(page)
    assert list_notes(intake) == [("page-level-absent", 2)]
    assert [p.level for p in intake.focuses[0].profiles if p.basis == "documented"] == ["P5"]


# Pages that break off


@pytest.mark.parametrize(
    ("page", "before", "lacks"),
    [
        (BAKERY, "Level guidelines", "Level guidelines, Skills, Provenance, the level"),
        (BAKERY, "M2Knows", "Skills, Provenance, the level"),
        (HARBOUR, "Focus — ", "the focus, Responsibilities by level"),
        (HARBOUR, "| P3 |", "Skills, Provenance, the level"),
        (HARBOUR, "Level — P2", "the level"),
        (HARBOUR, "- Typical experience", "the end of the level, with its typical experience"),
        (BAKERY, "Works to a weekly plan", "the text of 'Autonomy'"),
        (HARBOUR, "- 1–3 yrs", "the text of 'Typical experience'"),
        (HARBOUR, "No title aliases", "what stands under 'Title aliasesshow ▾'"),
        (HARBOUR, "O*NET / SOC", "what stands under 'Classification mappingsshow ▾'"),
        (HARBOUR, "- code=", "the codes under 'O*NET / SOC'"),
        (HARBOUR, "Nearest roles", "what stands under 'Adjacent roles'"),
    ],
)
def test_a_page_that_breaks_off_is_refused_where_it_ends(page: str, before: str, lacks: str) -> None:
    part = cut_before(page, before)
    (problem,) = find_problems(part)
    end = max(i for i, line in enumerate(part.split("\n"), 1) if line.strip())
    assert (problem.rule, problem.place and problem.place.line) == ("page-truncated", end)
    assert lacks in problem.message


@pytest.mark.parametrize(
    ("page", "at", "lacks"),
    [
        (BAKERY, "Weighs causes that", "the rest of the guideline"),
        (HARBOUR, "Knows the traffic", "the rest of the guideline"),
        (HARBOUR, "6051source", "the end of 'code=53-'"),
        (HARBOUR, "aliases recorded", "the end of 'No title'"),
        (BAKERY, "Judging trial", "the description of the skill 'R&D tasting'"),
        (HARBOUR, "3 yrs\nAdj", "the end of the years of experience"),
    ],
)
def test_a_page_that_breaks_off_inside_a_line_is_refused(page: str, at: str, lacks: str) -> None:
    problems = find_problems(page[: page.index(at)])
    assert [problem.rule for problem in problems] == ["page-truncated"]
    assert lacks in problems[0].message


@pytest.mark.parametrize("before", ["Adjacent roles", "Title aliases"])
def test_a_page_without_its_last_sections_is_refused_and_taken_as_the_remedy_says(before: str) -> None:
    part = cut_before(HARBOUR, before)
    (problem,) = find_problems(part)
    assert problem.rule == "page-truncated"
    assert "missing: Title aliases, Classification mappings" in problem.message.replace(
        "Adjacent roles, ", ""
    )
    heading, sentence = problem.remedy.split("'")[1::2]
    (focus,) = read(f"{part}\n{heading}\n{sentence}\n").focuses
    assert focus.profiles[1].mappings == ()


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        (lambda text: text.replace("Berth Planning and Vessel Traffic — P2\n", ""), "its title"),
        (lambda text: "\n".join(line for line in text.split("\n") if not line.startswith("Plans which")), "its definition"),
        (lambda text: text[: text.index("Level — P2")] + text[text.index("Adjacent roles") :], "its level"),
        (lambda text: text[: text.index("Responsibilities")] + text[text.index("Skills\n") :], "its responsibilities"),
    ],
)  # fmt: skip
def test_a_page_that_lacks_what_a_record_needs_is_refused(change: Callable[[str], str], lacks: str) -> None:
    problems = find_problems(change(HARBOUR))
    assert [problem.rule for problem in problems] == ["page-incomplete"]
    assert lacks in problems[0].message


# Responsibilities


def test_bullets_that_do_not_divide_are_refused_with_both_counts() -> None:
    page = HARBOUR.replace("- Speaks for the port in the round of the neighbouring ports\n", "")
    (problem,) = find_problems(page)
    assert (problem.rule, problem.place and problem.place.line) == (
        "page-responsibilities", find_line(page, "- Enters"),
    )  # fmt: skip
    assert "5 responsibilities" in problem.message
    assert "3 levels" in problem.message
    assert "--responsibilities 1,2,2" in problem.remedy


@pytest.mark.parametrize("counts", [(2, 2), (2, 2, 2), (5, 1, -1), (5,)])
def test_counts_that_do_not_fit_are_refused(counts: tuple[int, ...]) -> None:
    page = HARBOUR.replace("- Speaks for the port in the round of the neighbouring ports\n", "")
    (problem,) = find_problems(page, counts)
    assert problem.rule == "page-responsibilities"
    assert f"the counts given, {','.join(map(str, counts))}," in problem.message


def test_counts_that_fit_are_taken_and_no_bullet_is_lost() -> None:
    page = HARBOUR.replace("- Speaks for the port in the round of the neighbouring ports\n", "")
    (focus,) = read(page, (1, 4, 0)).focuses
    assert (focus.split, [len(p.responsibilities) for p in focus.profiles]) == ("given", [1, 4, 0])


def test_bullets_without_levels_and_guideline_are_refused() -> None:
    page = HARBOUR[: HARBOUR.index("Level guidelines")] + HARBOUR[HARBOUR.index("Skills\n") :]
    assert refuse(page) == [("page-responsibilities", find_line(page, "- Enters"))]


def test_a_line_that_is_no_bullet_is_refused() -> None:
    page = HARBOUR.replace("as agents report them", "as agents\nreport them")
    assert refuse(page) == [("page-bullet", find_line(page, "report them"))]


def test_the_same_bullet_twice_is_kept_twice() -> None:
    page = replace_line(
        HARBOUR,
        "- Checks the tide",
        "- Enters arrivals and draughts in the berth chart as agents report them",
    )
    (focus,) = read(page).focuses
    first, second = focus.profiles[0].responsibilities
    assert (first.text, second.id) == (second.text, f"{first.id}-2")


# The guideline


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("by the book.Talks", "by the book. Talks", 3),
        ("by the book.Talks", "by the bookTalks", 3),
        ("(dough and oven)Solves", "(dough and oven) Solves", 3),
        ("Talks with the shift", "Talks.With the shift", 5),
    ],
)
def test_a_glued_row_that_does_not_give_four_cells_is_refused(old: str, new: str, cells: int) -> None:
    page = BAKERY.replace(old, new)
    (problem,) = find_problems(page)
    line = next(i for i, line in enumerate(page.split("\n"), 1) if new in line)
    assert (problem.rule, problem.place and problem.place.line) == ("page-guideline-row", line)
    assert f"{cells} cells" in problem.message
    assert problem.remedy == "put the cells apart with | or tabs"


@pytest.mark.parametrize("mark", ["|", " | ", "\t"])
def test_the_remedy_for_a_glued_row_works(mark: str) -> None:
    page = BAKERY.replace(
        "by the recipe card, e.g. the rye card.Settles",
        f"by the recipe card, e.g. the rye card.{mark}Settles",
    )
    page = page.replace("by the book.Talks", f"by the book.{mark}Talks").replace(
        "every day.1–2", f"every day.{mark}1–2"
    )
    assert read(page).focuses == read(BAKERY).focuses


def test_a_row_of_a_table_that_lacks_a_cell_is_refused() -> None:
    page = HARBOUR.replace("| Weighs delays against fees. ", "")
    assert refuse(page) == [("page-guideline-row", find_line(page, "| P2 |"))]


def test_a_table_with_other_columns_is_refused() -> None:
    page = HARBOUR.replace("| Typical Degree & Years |", "| Years |")
    assert refuse(page) == [("page-guideline", find_line(page, "| Level |"))]


def test_a_second_row_for_a_level_is_refused() -> None:
    page = HARBOUR.replace("| P3 | Knows the traffic", "| P2 | Knows the traffic")
    assert ("page-level-repeated", find_line(page, "| P2 | Knows the traffic")) in refuse(page)


def test_bars_inside_cells_stay() -> None:
    page = HARBOUR.replace("Weighs delays against fees.", r"Weighs delays \| fees.")
    guideline = read(page).focuses[0].profiles[1].guideline
    assert guideline is not None
    assert guideline.complexity == "Weighs delays | fees."


# What the page says twice, or does not say right


def test_a_repeat_of_the_definition_that_differs_is_noted() -> None:
    page = BAKERY[::-1].replace("Runs the making"[::-1], "Leads the making"[::-1], 1)[::-1]
    intake = read(page)
    assert intake.focuses[0].definition is not None
    assert intake.focuses[0].definition.startswith("Runs the making")
    (note,) = intake.notes
    assert (note.rule, note.place and note.place.line) == (
        "page-definition-differs", find_line(page, "Leads the making"),
    )  # fmt: skip
    assert f"line {find_line(page, 'Runs the making')}," in note.message


def test_a_definition_of_two_paragraphs_stays_whole() -> None:
    line = next(line for line in HARBOUR.split("\n") if line.startswith("Plans which"))
    page = HARBOUR.replace(line, f"{line}\nIt works in three shifts on every day of the year.")
    intake = read(page)
    assert intake.focuses[0].definition == f"{line}\nIt works in three shifts on every day of the year."
    assert intake.notes == ()


def test_two_codes_on_a_page_are_refused() -> None:
    page = BAKERY.replace("\n\nBAKERY.SOURDOUG7C21.M2", "\n\nBAKERY.SOURDOUG7C21.M4")
    assert refuse(page) == [("page-code", find_line(page, "BAKERY.SOURDOUG7C21.M4"))]


def test_a_level_that_is_not_that_of_the_code_is_refused() -> None:
    page = HARBOUR.replace("Level — P2 — Planner", "Level — P3 — Planner")
    assert refuse(page) == [("page-code", find_line(page, "Level — P3"))]


def test_a_level_named_in_two_ways_is_noted() -> None:
    page = BAKERY.replace("M2 · M2 — Shift Baker · 4–6 yrs", "M2 · M2 — Shift Baker · 5–6 yrs")
    intake = read(page)
    assert list_notes(intake) == [("page-differs", find_line(page, "M2 · M2"))]
    assert intake.levels[0].years is not None
    assert str(intake.levels[0].years.min) == "4"


@pytest.mark.parametrize("name", ["- Tide reckoning", "- Telling from tables"])
def test_a_skill_without_its_name_or_description_is_refused(name: str) -> None:
    lines = [line for line in HARBOUR.split("\n") if not line.startswith(name)]
    assert [rule for rule, _ in refuse("\n".join(lines))] == ["page-skills"]


def test_skills_that_are_shifted_by_two_lost_lines_are_refused() -> None:
    page = HARBOUR.replace("- Telling from tables", "- Gauge reading\n- Telling from tables")
    page = page.replace("- Berth charting (PORTIS)\n", "- Berth charting (PORTIS)\n- Keeping it.\n", 1)
    assert refuse(page) == [("page-skills", find_line(page, "- Telling from tables"))]


def test_a_skill_may_be_called_like_its_section() -> None:
    intake = read(BAKERY.replace("\nStarter care\n", "\nSkills\n"))
    assert intake.focuses[0].skills[0].label == "Skills"


def test_a_mapping_twice_is_noted_if_it_says_the_same_and_refused_otherwise() -> None:
    intake = read(f"{HARBOUR}- code=53-6051source=quay-map.resolve\n")
    assert [m.code for m in intake.focuses[0].profiles[1].mappings] == ["53-6051"]
    assert [rule for rule, _ in list_notes(intake)] == ["page-mapping-repeated"]
    other = f"{HARBOUR}- code=53-6051source=other-map\n"
    assert refuse(other) == [("page-mapping-repeated", find_line(other, "- code=", 1))]


def test_an_alias_twice_is_taken_once_and_noted() -> None:
    page = BAKERY.replace("Night Baker\n", "Night Baker\nNight Baker\n")
    intake = read(page)
    assert intake.focuses == read(BAKERY).focuses
    assert list_notes(intake) == [("page-alias-repeated", find_line(page, "Night Baker", 1))]


def test_characters_written_by_number_are_put_together() -> None:
    page = HARBOUR.replace("Enters arrivals", "Enters arrive&#769;s")
    html = (
        (FIXTURES / "harbour_p2.html")
        .read_text(encoding="utf-8")
        .replace("Enters arrivals", "Enters arrive&#769;s")
    )
    for one in (page, html):
        assert read(one).focuses[0].profiles[0].responsibilities[0].text.startswith("Enters arrivés")


def test_the_same_skill_twice_is_noted_if_it_says_the_same_and_refused_otherwise() -> None:
    name, text = (
        "- Tide reckoning",
        "- Telling from tables and gauges how deep the water is at a quay in three days.",
    )
    page = HARBOUR.replace("- Berth charting", f"{name}\n{text}\n- Berth charting")
    intake = read(page)
    assert intake.focuses == read(HARBOUR).focuses
    assert list_notes(intake) == [("page-skill-repeated", find_line(page, name, 1))]
    other = HARBOUR.replace("- Berth charting (PORTIS)", name)
    assert refuse(other) == [("page-skill-repeated", find_line(other, name, 1))]


def test_sources_that_are_not_as_many_as_counted_are_noted() -> None:
    page = HARBOUR.replace("3 sources", "4 sources")
    intake = read(page)
    assert list_notes(intake) == [("page-sources-differ", find_line(page, "4 sources"))]
    assert (intake.focuses[0].profiles[1].source_count, len(intake.focuses[0].profiles[1].sources)) == (4, 3)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("- 1–3 yrs", "- some years", "page-years"),
        ("- 1–3 yrs", "- 5–3 yrs", "years-order"),
        ("code=53-6051source", "code=536051source", "page-mapping"),
        ("Material SKILL differential", "Material SCOPE differential", "page-differential"),
        ("- One terminal\n", "", "page-level-field"),
    ],
)
def test_a_value_that_is_not_understood_is_refused_with_its_line(old: str, new: str, rule: str) -> None:
    page = HARBOUR.replace(old, new)
    first = next(
        i for i, (a, b) in enumerate(zip(HARBOUR.split("\n"), page.split("\n"), strict=False), 1) if a != b
    )
    line = first - 1 if not new else first
    assert refuse(page) == [(rule, line)]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("$52.5k ($44k$61k)", "$52.5k ($61k$44k)", "pay-order"),
        ("$52.5k ($44k$61k)", "about 50", "page-pay"),
        ("M2M2 — Shift Baker", "M2M2 — Night Baker", "page-badges"),
        ("in-reviewemeav2.1", "certifiedemeav2.1", "page-badges"),
        ("medium0.75", "medium1.75", "value-wrong"),
        ("Real-world coverage5", "Real-world coverage6", "value-wrong"),
        ("Focus specificity4.5", "Level differentiation4.5", "page-scores"),
    ],
)
def test_a_glued_value_that_is_not_certain_is_refused_with_its_line(old: str, new: str, rule: str) -> None:
    page = BAKERY.replace(old, new)
    line = next(i for i, line in enumerate(page.split("\n"), 1) if new in line)
    assert refuse(page) == [(rule, line)]


def test_a_line_that_nothing_accounts_for_is_noted() -> None:
    page = BAKERY.replace("Function · Focus", "Function · Focus").replace(
        "Provenance\n", "Provenance\n\nUpdated in spring\n"
    )
    page = page.replace("Adjacent roles\n", "Adjacent roles\n\nPastry Shift Lead, 0.21\n")
    intake = read(page)
    assert intake.focuses == read(BAKERY).focuses
    assert list_notes(intake) == [
        ("page-line-unknown", find_line(page, "Updated")),
        ("page-adjacent-skipped", find_line(page, "Pastry Shift")),
    ]  # fmt: skip


def test_all_problems_of_a_page_are_told_at_once() -> None:
    page = BAKERY.replace("$52.5k", "a lot").replace("by the book.Talks", "by the book, talks")
    page = page.replace("code=51-3011", "code=oven")
    assert [rule for rule, _ in refuse(page)] == ["page-pay", "page-guideline-row", "page-mapping"]
