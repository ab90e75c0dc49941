"""What a user's query may be, judged by how it is read and never by the words in it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolegraph.errors import QueryError
from rolegraph.store.guard import MAX_LENGTH, check_query

SERVICE = "SERVICE <https://example.org/sparql> { ?s ?p ?o }"

ALLOWED = [
    "SELECT * { ?s ?p ?o }",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p [] } WHERE { ?s ?p ?o }",
    "DESCRIBE <https://example.org/>",
    "DESCRIBE ?s WHERE { ?s a rg:Profile }",
    "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 3 } } HAVING (COUNT(*) > 1)",
    'SELECT ?s { ?s ?p "SERVICE <https://example.org/> { } FROM <https://example.org/>" }',
    "SELECT ?s { ?s ?p '''FROM\nSERVICE''' }",
    "# SERVICE <https://example.org/> FROM <https://example.org/>\nSELECT * { ?s ?p ?o } # FROM\r\n",
    "SELECT ?service ?FROM { ?service ?SERVICE ?FROM }",
    "PREFIX service: <https://example.org/s/> PREFIX from: <from/> SELECT * { service:SERVICE from:from ?x }",
    "SELECT * { <https://example.org/FROM/SERVICE> ?p ?o }",
    "BASE <https://example.org/> SELECT * { <service> a <from> }",
    "SELECT * { <profile/X> ?p ?o }",
    "SELECT * { ?s a rg:Profile ; skos:broader/skos:notation ?code }",
    "PREFIX x: <https://example.org/> SELECT * { GRAPH ?g { ?s x:p ?o } }",
    'SELECT * { ?s ?p ?o FILTER(REGEX(?o, "\\\\bSERVICE\\\\b", "i")) VALUES ?s { UNDEF } }',
    'SELECT * { ?s ?p "caf\\u00e9" }',
]  # fmt: skip


@pytest.mark.parametrize("text", ALLOWED)
def test_reading_is_allowed_whatever_the_words(text: str) -> None:
    check_query(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"SELECT * {{\n  {SERVICE} }}", "line 2, column 3: SERVICE is refused"),
        (f"SELECT * {{ ?s ?p ?o OPTIONAL {{ {SERVICE} }} }}", "line 1, column 32: SERVICE is refused"),
        (f"SELECT * {{ {{ SELECT ?s {{ {SERVICE} }} }} }}", "SERVICE is refused"),
        (f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {SERVICE} }} }}", "SERVICE is refused"),
        (f"SELECT * {{ ?s ?p ?o FILTER(1 = 2 || EXISTS {{ {SERVICE} }}) }}", "SERVICE is refused"),
        (f"SELECT (EXISTS {{ {SERVICE} }} AS ?x) {{ }}", "SERVICE is refused"),
        (f"SELECT * {{ ?s ?p ?o }} ORDER BY (EXISTS {{ {SERVICE} }})", "SERVICE is refused"),
        (f"SELECT * {{ BIND(IF(EXISTS {{ {SERVICE} }}, 1, 2) AS ?x) }}", "SERVICE is refused"),
        (f"SELECT * {{ ?s ?p ?o MINUS {{ {SERVICE} }} }}", "SERVICE is refused"),
        (f"ASK {{ {{ ?s ?p ?o }} UNION {{ {SERVICE} }} }}", "SERVICE is refused"),
        (f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ {SERVICE} }} }}", "SERVICE is refused"),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "line 1, column 12: SERVICE is refused"),
        ('SELECT * { ?s ?p "SERVICE" # SERVICE\n . SERVICE ?x { } }', "line 2, column 4: SERVICE is refused"),
        ("SELECT * FROM <https://example.org/> { ?s ?p ?o }", "line 1, column 10: FROM is refused"),
        ("ASK\nFROM NAMED <https://example.org/> { ?s ?p ?o }", "line 2, column 1: FROM is refused"),
        ("CONSTRUCT { ?s ?p ?o } FROM <https://example.org/> WHERE { ?s ?p ?o }", "FROM is refused"),
        ("CONSTRUCT FROM <https://example.org/> WHERE { ?s ?p ?o }", "FROM is refused"),
        ("DESCRIBE ?s FROM <https://example.org/> { ?s ?p ?o }", "FROM is refused"),
        ("INSERT DATA { <https://example.org/> a <https://example.org/> }", "an update is refused"),
        ("PREFIX a: <https://example.org/>\nDELETE WHERE { ?s ?p ?o }", "an update is refused"),
        ("DROP ALL", "an update is refused"),
        ("LOAD <https://example.org/>", "an update is refused"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", "line 1, column 23: cannot be read .*: ; DROP ALL"),
        ("", "line 1, column 1: cannot be read .*: the end of the text"),
        ("SELECT * {\r\n  ?s ?p\r\n  FILTER( }", "line 2, column 3: cannot be read"),
        ("SELECT * { ?s ?p ?o LATERAL { ?s ?q ?r } }", "line 1, column 21: cannot be read"),
        ("SELECT * {\n?s nope:p ?o }", r"line 2, column 4: the prefix nope: is not declared; add PREFIX nope:"),
        ("SELECT * { ?s :p ?o }", r"line 1, column 15: the prefix : is not declared"),
        ("SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o }", "column .*: a variable that is shown must be grouped by"),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?s) }", "line 1, column .*: the query engine cannot read on"),
        ("SELECT (<https://example.org/f>(1) AS ?x) { }", "custom function <https://example.org/f>"),
        (f"SELECT * {{ ?s ?p '{'x' * MAX_LENGTH}' }}", "characters long; at most 100,000"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        check_query(text)


def test_graphs_chosen_beside_the_text_leave_from_nothing_to_choose() -> None:
    check_query("ASK FROM <https://example.org/> { ?s ?p ?o }", chosen=True)
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check_query(f"ASK FROM <https://example.org/> {{ {SERVICE} }}", chosen=True)


@pytest.mark.parametrize(
    "text",
    [
        # The one parser takes the escape for the end of the string and the rest for a comment.
        f'SELECT * {{ ?s ?p "\\u0022 # " . {SERVICE}\n}}',
        f"SELECT * {{ ?s ?p '\\u0027 # ' . {SERVICE}\n}}",
        f'SELECT * {{ ?s ?p "\\U00000022 # " . {SERVICE}\n}}',
        # The one parser ends a comment at a line feed alone.
        f"SELECT * {{ ?s ?p ?o # a comment\r{SERVICE}\n}}",
    ],
)
def test_two_readings_of_one_text_do_not_let_it_through(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check_query(text)


WRAPPINGS = st.sampled_from(
    [
        "{{ {} }}",
        "OPTIONAL {{ {} }}",
        "?s ?p ?o FILTER EXISTS {{ {} }}",
        "?s ?p ?o FILTER (!(NOT EXISTS {{ {} }}))",
        "{{ ?a ?b ?c }} UNION {{ {} }}",
        "MINUS {{ {} }}",
        "{{ SELECT * {{ {} }} }}",
        "{{ SELECT ?s {{ {} }} GROUP BY ?s }}",
        "GRAPH <https://example.org/> {{ {} }}",
        '?s ?p "SERVICE" . # SERVICE \n {}',
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WRAPPINGS, max_size=6), st.sampled_from(["SERVICE", "service", "Service", "SERVICE SILENT"]))
def test_service_is_found_however_deep_it_stands(wrappings: list[str], keyword: str) -> None:
    hidden, harmless = f"{keyword} ?where {{ ?s ?p ?o }}", '?s ?p "SERVICE ?where { }"'
    for wrapping in wrappings:
        hidden, harmless = wrapping.format(hidden), wrapping.format(harmless)
    check_query(f"SELECT * {{ {harmless} }}")
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check_query(f"SELECT * {{ {hidden} }}")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_text_is_allowed_or_refused_in_words(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*ALLOWED, f"SELECT * {{ {SERVICE} }}"]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 5)))
    put = data.draw(st.text(st.sampled_from("{}()<>?\"'\\#;,.:@^|!/*+- \n\r\tSERVICEFROM1\x00é"), max_size=4))
    with contextlib.suppress(QueryError):
        check_query(text[:start] + put + text[end:])
