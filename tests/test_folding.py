"""Folded texts: what makes no difference to a search, and what does."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.folding import fold, split_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Führungskraft", "fuhrungskraft"),
        ("Straße", "strasse"),
        ("Scale-up / scale\u2013up", "scale up scale up"),
        ("P&L", "p and l"),
        ("Driver's, O\u2019Neil", "drivers oneil"),
        ("C++, C# and .NET", "c++ c# and net"),
        ("Node + React #1", "node react 1"),
        ("Ørsted Łódź ﬁne", "orsted lodz fine"),
        ("11-1011.00", "11 1011 00"),
        ("हिन्दी", "हिनदी"),
        ("SAP\u2122 R\u00b43", "sap r3"),
        ("…—", ""),
    ],
)
def test_what_makes_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert split_words(text) == tuple(folded.split())


@given(st.text())
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(alphabet=st.characters(codec="latin-1")), st.sampled_from(["NFC", "NFD"]))
def test_forms_of_unicode_and_letter_case_make_no_difference(text: str, form: str) -> None:
    assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(text.lower()) == fold(text)


@given(st.text(alphabet="abcXYZ'&+-_ ./"))
def test_plain_texts_fold_as_all_others_do(text: str) -> None:
    assert fold(f"{text} é").split()[:-1] == fold(text).split()


@given(
    st.lists(st.text(alphabet="abcdäöü", min_size=1), min_size=1),
    st.sampled_from([" ", "-", "\u2013", "/", "  ", ", "]),
)
def test_dashes_and_signs_stand_for_blanks(words: list[str], sign: str) -> None:
    assert fold(sign.join(words)) == fold(" ".join(words))
