"""Texts of several lines: paragraphs stay paragraphs, items become items, and no word is lost."""

from __future__ import annotations

from itertools import pairwise

from click import unstyle
from hypothesis import example, given
from hypothesis import strategies as st

from rolegraph.answers import Entry, Section, Sheet
from rolegraph.report.markdown import write_cell, write_paragraph
from rolegraph.report.prose import Piece, split_prose
from rolegraph.report.sheets import describe_sheet

TEXT = "A baker bakes.\n\n\nYou will:\n- bake\n* ice cakes"


def test_lines_with_a_mark_are_items_and_empty_lines_are_gaps() -> None:
    assert split_prose(TEXT) == [
        Piece("A baker bakes."), Piece(""), Piece("You will:"), Piece("bake", True), Piece("ice cakes", True),
    ]  # fmt: skip
    assert split_prose("- a remark") == [Piece("- a remark")]
    assert split_prose(" \n ") == []
    assert split_prose("One\n-5 degrees\n-") == [Piece("One"), Piece("-5 degrees"), Piece("-")]


@given(st.text("ab-*• \n", max_size=60))
def test_no_word_is_lost_and_no_gap_is_doubled(text: str) -> None:
    pieces = split_prose(text)
    marks = "-*•"
    words = [word for word in text.split() if word.strip(marks)]
    kept = [word for piece in pieces for word in piece.text.split() if word.strip(marks)]
    assert kept == words
    assert all(one.text or other.text for one, other in pairwise(pieces))
    assert not pieces or (pieces[0].text and pieces[-1].text)


def test_sheets_show_paragraphs_and_items_with_the_note_at_the_end() -> None:
    entries = (Entry("Role", TEXT, "bakers"), Entry("Focus", "Bread."))
    shown = unstyle(describe_sheet(Sheet("profile", "A.X.M1", "Baker", (Section("Definition", entries),))))
    assert shown.splitlines()[4:] == [
        "  Role   A baker bakes.", "", "         You will:", "         • bake", "         • ice cakes (bakers)",
        "  Focus  Bread.",
    ]  # fmt: skip
    assert not any(line != line.rstrip() for line in shown.splitlines())


def test_cells_of_markdown_hold_paragraphs_and_items() -> None:
    assert write_cell(TEXT) == "A baker bakes.<br><br>You will:<br>• bake<br>• ice cakes"
    assert write_cell("Bakes.\nIces.", listed=True) == "• Bakes.<br>• Ices."
    assert write_cell("Bakes.", listed=True) == "Bakes."


@given(st.text("1.)#>+=~- ab", max_size=12))
@example("1. a")
@example("# a")
def test_a_paragraph_of_markdown_begins_no_list_heading_or_quotation(text: str) -> None:
    made = write_paragraph(text)
    assert not made[1:] or made[0] not in "#>+=~-"
    assert made.replace("\\", "") == " ".join(text.split())
    digits = made[: len(made) - len(made.lstrip("0123456789"))]
    assert not digits or made[len(digits) : len(digits) + 1] not in {".", ")"}
