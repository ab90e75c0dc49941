"""Terms as N-Triples strings: read, compared and told apart as rdflib and pySHACL do."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl.rdfutil.compare import compare_literal

from rolegraph.rdf.vocab import XSD
from rolegraph.validate import terms, triples
from rolegraph.validate.triples import Triples


def write(lexical: str, datatype: str) -> str:
    return f'"{lexical}"^^<{XSD[datatype]}>'


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_of_a_literal_is_read_back(text: str) -> None:
    assert terms.read_text(str(pyoxigraph.Literal(text))) == text
    assert terms.read_text(str(pyoxigraph.Literal(text, language="en"))) == text


@pytest.mark.parametrize(
    ("term", "language", "datatype"),
    [
        ('"a"', "", XSD.string),
        ('"a \\" @de"', "", XSD.string),
        ('"a"@de-at', "de-at", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
        ('"a^^<urn:b>"', "", XSD.string),
        (write("1", "integer"), "", XSD.integer),
        ("<urn:a>", "", ""),
        ("_:a", "", ""),
    ],
)
def test_language_and_datatype(term: str, language: str, datatype: str) -> None:
    assert terms.read_language(term) == language
    assert terms.read_datatype(term) == datatype


@pytest.mark.parametrize(
    ("lexical", "datatype", "proper"),
    [
        ("1", "integer", True), ("-1", "integer", True), ("1.0", "integer", False), ("one", "integer", False),
        ("1.0", "decimal", True), ("1", "decimal", True), (".5", "decimal", True), ("x", "decimal", False),
        ("2026-02-28T00:00:00Z", "dateTime", True), ("2026-02-30T00:00:00Z", "dateTime", False),
        ("2026-02-28T10:20:30.5+02:00", "dateTime", True), ("today", "dateTime", False),
        ("true", "boolean", True), ("x", "string", True),
    ],
)  # fmt: skip
def test_well_formed_literals(lexical: str, datatype: str, proper: bool) -> None:
    term = f'"{lexical}"' if datatype == "string" else write(lexical, datatype)
    assert terms.matches_datatype(term, XSD[datatype]) is proper


def test_literal_of_another_datatype_does_not_match() -> None:
    assert not terms.matches_datatype(write("1", "integer"), XSD.decimal)
    assert not terms.matches_datatype('"1"', XSD.integer)
    assert not terms.matches_datatype("<urn:a>", XSD.string)
    assert not terms.matches_datatype('"a"@en', XSD.string)


numbers = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda n: write(f"{n:f}", "decimal")),
    st.integers().map(lambda n: write(str(n), "integer")),
)


@given(numbers, numbers)
def test_numbers_compare_as_pyshacl_compares_them(first: str, second: str) -> None:
    expected = compare_literal(terms.read_literal(first), terms.read_literal(second))  # type: ignore[no-untyped-call]
    assert terms.compare_to_bound(first, second) == expected
    assert terms.is_in_order(first, second, strict=True) == (expected < 0)
    assert terms.is_in_order(first, second, strict=False) == (expected <= 0)


@pytest.mark.parametrize("term", ['"x"', "<urn:a>", "_:a", write("much", "decimal"), '"x"@en'])
def test_what_is_no_number_is_in_no_order_with_one(term: str) -> None:
    assert terms.compare_to_bound(term, write("1.0", "decimal")) not in (0, 1)


def test_texts_and_nodes_are_ordered_by_their_letters() -> None:
    assert terms.is_in_order('"a"', '"b"', strict=True)
    assert not terms.is_in_order('"b"', '"a"', strict=False)
    assert terms.is_in_order("<urn:a>", "<urn:a>", strict=False)
    assert not terms.is_in_order("_:a", "_:a", strict=False)


def test_lines_come_whole_however_the_pieces_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f'<urn:s{n}> <urn:p> "{"x" * n} .\\n é" .\n' for n in range(40))
    expected = [line.removesuffix(" .") for line in text.splitlines()]
    for piece in (1, 7, 64, 1000, 1 << 20):
        monkeypatch.setattr(triples, "_PIECE", piece)
        found = list(Triples.from_ntriples(text.encode()).lines())
        assert found == expected
