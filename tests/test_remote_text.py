"""Values in queries for an engine elsewhere: the rows that the embedded engine gives, and never anything but values."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery

from rolegraph.errors import QueryError, RequestError
from rolegraph.remote.text import find_form, write_query, write_term
from rolegraph.remote.tokens import list_tokens
from rolegraph.store.documents import Documents
from rolegraph.store.header import NamedQuery, read_example
from rolegraph.store.named import list_queries, run_trusted
from rolegraph.store.parameters import CODE_KINDS, Parameter, bind_parameters
from rolegraph.store.store import Store, load_store
from shipped import load_shipped

SMALL = Path(__file__).parent / "fixtures" / "queries.ttl"
QUERIES = list_queries()
WITH_PARAMETERS = [query for query in QUERIES if query.parameters]
X = {"x": ox.Literal("v")}
DATA = b"""
@prefix : <https://a.example/> . :a :p "v" , "w" ; :q :b . :b :p "v" ; :q "{ ?x }" . :c :p "v" ; :q 1 .
"""


@cache
def load_small() -> Store:
    return load_store(Documents(files=(SMALL,)))


@cache
def load_letters() -> Store:
    return load_store(Documents(texts=(DATA,)))


def list_values(parameter: Parameter) -> list[str | None]:
    """Values of a parameter that the small graph has, and none where it may be left out."""
    left_out: list[str | None] = [] if parameter.required else [None]
    if parameter.choices:
        return [*left_out, *parameter.choices]
    if parameter.kind not in CODE_KINDS:
        return [*left_out, "10"]
    text = f"SELECT DISTINCT ?c {{ ?s a rg:{CODE_KINDS[parameter.kind].type_name} ; skos:notation ?c }} ORDER BY ?c"
    rows = run_trusted(load_small(), write_query(text, {}), {}).rows
    return [*left_out, *(term.value for (term,) in rows if isinstance(term, ox.Literal))][:3]


@pytest.mark.parametrize("query", WITH_PARAMETERS, ids=lambda query: query.name)
def test_values_in_the_text_give_the_rows_of_values_beside_it(query: NamedQuery) -> None:
    answered = 0
    example = read_example(query.name, query.parameters, query.example)
    cases = [(load_shipped(), example)]
    for values in product(*map(list_values, query.parameters)):
        pairs = zip(query.parameters, values, strict=True)
        cases.append((load_small(), {p.name: value for p, value in pairs if value is not None}))
    for store, values_given in cases:
        bound = bind_parameters(query.name, query.parameters, values_given)
        text = write_query(query.text, bound)
        parseQuery(text)
        found, expected = run_trusted(store, text, {}), run_trusted(store, query.text, bound)
        assert found == expected
        answered += bool(found.rows or found.triples or found.boolean)
    # Of public releases there is none here; the tests of stores ask them.
    assert answered or query.name == "occupation-ratings"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?x { ?s <https://a.example/p> ?x }",
        "SELECT * { ?s <https://a.example/p> ?x }",
        "SELECT $x (COUNT(?s) AS ?n) { ?s <https://a.example/p> ?x } GROUP BY ?x",
        "SELECT ?x (EXISTS { ?x ?p ?o } AS ?y) WHERE { ?s ?p ?x }",
        "SELECT ?x { { SELECT DISTINCT ?x { ?s <https://a.example/p> ?x } } }",
        "SELECT ?x { SELECT ?x { ?s <https://a.example/p> ?x } # }\n }",
        "SELECT ?x # {\n { ?s <https://a.example/p> ?x } ORDER BY ?s",
        "SELECT ?x ?s { ?s ?p ?x FILTER (STR(?s) != '{ ?x') { ?s ?q ?r } UNION { ?s ?p ?x } }",
        "PREFIX x: <https://a.example/> BASE <https://a.example/x> SELECT ?x { ?s x:p ?x ; <q> ?o }",
        "ASK { <https://a.example/c> ?p ?x }",
        "CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?x }",
        "CONSTRUCT WHERE { ?s ?p ?x # }\n}",
        "SELECT ?x ?s { ?s ?p ?x MINUS { ?s <https://a.example/q> 1 } }",
        "SELECT ?x ?s { ?s <https://a.example/p> ?x OPTIONAL { ?s <https://a.example/q> ?o } } ORDER BY ?s LIMIT 2",
        'SELECT ?x { ?s ?p ?x VALUES ?x { "v" "w" } }',
        "select?x{?s ?p ?x}",
    ],
)
def test_a_value_is_given_wherever_the_pattern_of_a_query_begins(text: str) -> None:
    parseQuery(write_query(text, X))
    bound: dict[str, Any] = X
    found, expected = (
        run_trusted(load_letters(), write_query(text, X), {}),
        run_trusted(load_letters(), text, bound),
    )
    assert sorted(found.rows, key=str) == sorted(expected.rows, key=str)
    assert (found.triples, found.boolean) == (expected.triples, expected.boolean)
    assert found.rows or found.triples or found.boolean


def test_a_description_takes_a_value_with_and_without_a_pattern() -> None:
    for text in ("DESCRIBE ?x", "DESCRIBE ?x { ?s <https://a.example/q> ?x }"):
        written = write_query(text, {"x": ox.NamedNode("https://a.example/b")})
        parseQuery(written)
        found = run_trusted(load_letters(), written, {})
        assert {str(triple.object) for triple in found.triples} == {'"v"', '"{ ?x }"'}


PAYLOADS = [
    '" } UNION { ?s ?p ?o } #', '"@en', "M3 . ?s ?p ?o", "?level", "<https://example.org/>", "*", "' OR '1' = '1",
    "\n} SELECT * { ?s ?p ?o } #", '\\" } #', "\\", "\\\\", "\r\n\t\x08\x0c\x01", "} # {", '"""', "\u202e\u2028\ufeff",
]  # fmt: skip


@pytest.mark.parametrize("query", WITH_PARAMETERS, ids=lambda query: query.name)
def test_a_value_is_never_read_as_sparql(query: NamedQuery) -> None:
    example = read_example(query.name, query.parameters, query.example)
    for payload in PAYLOADS:
        for parameter in query.parameters:
            bound: dict[str, Any] = {name: ox.Literal(value) for name, value in example.items()}
            text = write_query(query.text, bound | {parameter.name: ox.Literal(payload)})
            result = run_trusted(load_shipped(), text, {})
            assert (result.rows, result.triples, bool(result.boolean)) == ((), (), False)


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_that_is_sent_is_the_same_text_there(text: str) -> None:
    try:
        written = write_term(ox.Literal(text))
    except RequestError:
        assert "\\u" in text.lower() or "\x00" in text
        return
    (row,) = run_trusted(load_letters(), f"SELECT ({written} AS ?x) {{}}", {}).rows
    assert row == (ox.Literal(text),)
    assert [token.text for token in list_tokens(written)] == [written]


def test_terms_of_every_kind_are_written() -> None:
    terms = [
        ox.NamedNode("https://a.example/%20é"), ox.Literal("a", language="en"), ox.Literal(5),
        ox.Literal("x", datatype=ox.NamedNode("https://a.example/t")),
    ]  # fmt: skip
    for term in terms:
        (row,) = run_trusted(load_letters(), f"SELECT ?x {{ VALUES ?x {{ {write_term(term)} }} }}", {}).rows
        assert row == (term,)


def test_what_engines_could_read_in_different_ways_is_refused() -> None:
    for value in ("\\u0022 } #", "a\\U00000022", "a\x00"):
        with pytest.raises(RequestError, match="cannot be sent"):
            write_query("SELECT ?x { ?s ?p ?x }", {"x": ox.Literal(value)})
    for text in ("SELECT ?x { ?s ?p ?x , '\\u0027' }", "SELECT ?x { \\u007B ?s ?p ?x }"):
        with pytest.raises(RequestError, match="escapes"):
            write_query(text, X)
    with pytest.raises(RequestError, match="only IRIs and literals"):
        write_query("SELECT ?x { ?s ?p ?x }", {"x": ox.BlankNode("b")})
    with pytest.raises(RequestError, match=r"no variable \?y"):
        write_query("SELECT ?x { ?s ?p ?x , '?y' }", {"y": ox.Literal("v")})


def test_prefixes_are_declared_where_they_are_used_and_on_the_first_line() -> None:
    text = "# skosxl:\nPREFIX rg: <https://a.example/>\nSELECT * { ?s a rg:X ; skos:notation 'owl:x' ; mine:y <void:z> }"
    written = write_query(text, {}, "https://b.example/")
    assert written.removesuffix(text) == (
        "BASE <https://b.example/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    )


def test_the_form_is_told_by_the_grammar_and_not_by_words() -> None:
    assert find_form("# SELECT\nPREFIX ask: <CONSTRUCT> base <describe>\nconstruct { } { }") == "CONSTRUCT"
    assert find_form("PREFIX select: <https://a.example/>\nASK { }") == "ASK"
    for text in ("", "# ASK {}", "INSERT DATA { }", "'ASK'", "PREFIX"):
        with pytest.raises(QueryError, match="is not a SELECT"):
            find_form(text)
