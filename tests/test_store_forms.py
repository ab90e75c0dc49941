"""Answers as JSON, CSV, TSV, Turtle and tables, held against pyoxigraph's own serializers."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.errors import RequestError
from rolegraph.store.forms import Table, shorten, to_csv, to_json, to_table, to_tsv, to_turtle
from rolegraph.store.result import Result, Row, sort_triples
from rolegraph.store.wire import decode_term, encode_term

XSD = "http://www.w3.org/2001/XMLSchema#"
IRI = ox.NamedNode("https://example.org/a,b")


def typed(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


def select(*rows: Row) -> Result:
    return Result("select", tuple("abcdefgh"[: len(rows[0])]), rows)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
TERMS = st.one_of(
    st.none(),
    st.just(ox.NamedNode("https://example.org/a")),
    st.builds(ox.BlankNode, st.sampled_from(["b1", "x"])),
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda text: ox.Literal(text, language="en-gb"), TEXTS),
    st.sampled_from(
        [typed("-5", "integer"), typed("1.50", "decimal"), typed(".5", "decimal"), typed("1e6", "double")]
    ),
    st.sampled_from(
        [typed("8.", "decimal"), typed("x", "integer"), typed("NaN", "double"), typed("true", "boolean")]
    ),
    st.just(typed("2026-01-01T00:00:00Z", "dateTime")),
)
ROWS = st.integers(1, 3).flatmap(lambda size: st.lists(st.tuples(*[TERMS] * size), min_size=1, max_size=4))


@given(ROWS)
def test_json_is_what_the_engine_reads_back(rows: list[Row]) -> None:
    result = select(*rows)
    parsed = ox.parse_query_results(to_json(result), format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [v.value for v in parsed.variables] == list(result.variables)
    assert [tuple(solution) for solution in parsed] == rows


@given(ROWS)
def test_csv_is_what_the_engine_writes(rows: list[Row]) -> None:
    result = select(*rows)
    parsed = ox.parse_query_results(to_json(result), format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    expected = parsed.serialize(format=ox.QueryResultsFormat.CSV)
    assert expected is not None
    assert list(csv.reader(io.StringIO(to_csv(result), newline=""))) == list(
        csv.reader(io.StringIO(expected.decode(), newline=""))
    )


@given(ROWS)
def test_tsv_is_read_back_as_the_same_terms(rows: list[Row]) -> None:
    result = select(*rows)
    parsed = ox.parse_query_results(to_tsv(result), format=ox.QueryResultsFormat.TSV)
    assert isinstance(parsed, ox.QuerySolutions)
    # The engine renames blank nodes as it reads them.
    hidden = [tuple("_" if isinstance(t, ox.BlankNode) else t for t in row) for row in rows]
    assert [tuple("_" if isinstance(t, ox.BlankNode) else t for t in row) for row in parsed] == hidden


@given(TERMS)
def test_terms_travel_unchanged(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> None:
    assert decode_term(json.loads(json.dumps(encode_term(term)))) == term


def test_triple_terms_and_directions_travel_unchanged() -> None:
    word = ox.Literal("x", language="ar", direction=ox.BaseDirection("rtl"))
    triple = ox.Triple(IRI, IRI, ox.Triple(ox.BlankNode("a"), IRI, word))
    assert decode_term(json.loads(json.dumps(encode_term(triple)))) == triple


def test_json_has_the_form_of_the_recommendation() -> None:
    text = to_json(
        select((IRI, ox.Literal("é", language="fr"), None), (typed("1", "integer"), ox.BlankNode("b"), None))
    )
    assert json.loads(text) == {
        "head": {"vars": ["a", "b", "c"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "https://example.org/a,b"},
                    "b": {"type": "literal", "value": "é", "xml:lang": "fr"},
                },
                {
                    "a": {"type": "literal", "value": "1", "datatype": XSD + "integer"},
                    "b": {"type": "bnode", "value": "b"},
                },
            ]
        },
    }


def test_csv_and_tsv_have_the_form_of_the_recommendation() -> None:
    result = select((IRI, ox.Literal('say "a"\tb'), typed("1.5", "decimal")), (None, ox.BlankNode("b"), None))
    assert to_csv(result) == 'a,b,c\r\n"https://example.org/a,b","say ""a""\tb",1.5\r\n,_:b,\r\n'
    assert to_tsv(result) == '?a\t?b\t?c\n<https://example.org/a,b>\t"say \\"a\\"\\tb"\t1.5\n\t_:b\t\n'


def test_csv_cells_can_be_rewritten_for_a_spreadsheet() -> None:
    result = select((ox.Literal("=1+1"),))
    assert to_csv(result, lambda cell: f"'{cell}") == "a\r\n'=1+1\r\n"


def test_no_columns_and_no_rows() -> None:
    assert to_csv(Result("select", ("a", "b"))) == "a,b\r\n"
    assert to_tsv(Result("select", ("a", "b"))) == "?a\t?b\n"
    assert to_table(Result("select", ("a",))) == Table(("a",), ())
    assert to_csv(select((None,))) == "a\r\n\r\n"


@pytest.mark.parametrize(("boolean", "word"), [(True, "true"), (False, "false")])
def test_ask_in_every_form(boolean: bool, word: str) -> None:
    result = Result("ask", boolean=boolean)
    assert json.loads(to_json(result)) == {"head": {}, "boolean": boolean}
    assert to_csv(result) == f"{word}\r\n"
    assert to_tsv(result) == f"{word}\n"
    assert to_table(result) == Table(("answer",), ((word,),))
    with pytest.raises(RequestError, match="Turtle is for CONSTRUCT"):
        to_turtle(result)


def test_table_shortens_what_has_a_prefix() -> None:
    broad = ox.NamedNode("http://www.w3.org/2004/02/skos/core#broadMatch")
    assert to_table(select((broad, IRI, typed("1", "integer"), None))).rows == (
        ("skos:broadMatch", "https://example.org/a,b", "1", ""),
    )
    assert shorten("https://schema.org/a b") == "https://schema.org/a b"


def test_triples_as_turtle_are_sorted_and_name_the_prefixes_they_use() -> None:
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    concept = ox.NamedNode("http://www.w3.org/2004/02/skos/core#Concept")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    triples = {ox.Triple(ox.NamedNode(f"https://example.org/{n}"), kind, concept) for n in "cab"}
    triples.add(
        ox.Triple(ox.NamedNode("https://example.org/b"), label, ox.Literal("two\nlines", language="en"))
    )
    assert to_turtle(Result("construct", triples=sort_triples(triples))) == (
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://example.org/a> a skos:Concept .\n"
        "<https://example.org/b> a skos:Concept ;\n"
        '\tskos:prefLabel "two\\nlines"@en .\n'
        "<https://example.org/c> a skos:Concept .\n"
    )


def test_triples_as_rows() -> None:
    result = Result("construct", triples=(ox.Triple(IRI, IRI, ox.Literal("x")),))
    assert to_csv(result).splitlines() == [
        "subject,predicate,object",
        '"https://example.org/a,b","https://example.org/a,b",x',
    ]
    assert to_table(result).columns == ("subject", "predicate", "object")
    assert json.loads(to_json(result))["head"] == {"vars": ["subject", "predicate", "object"]}
