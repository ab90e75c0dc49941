"""A query is asked once for all focus nodes only where that is sure to give the same rows."""

from __future__ import annotations

import pytest

from rolegraph.validate.queries import check_query
from rolegraph.validate.unknown import Unknown

PREFIXES = {"ex": "urn:ex#"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this ex:a ?b . FILTER ( ?b > 1 ) }",
        "SELECT DISTINCT $this (ex:a AS ?path) ?value WHERE { $this ex:a ?value . FILTER NOT EXISTS { $this ex:b ?value } }",
        "SELECT $this WHERE { { $this ex:a ?b } UNION { $this ex:c ?b } }",
        "SELECT $this WHERE { $this ex:a ?b . OPTIONAL { ?c ex:d $this } FILTER ( !BOUND(?c) ) }",
        "SELECT $this ?n WHERE { $this ex:a ?b . { SELECT $this (COUNT(?c) AS ?n) WHERE { $this ex:d ?c } GROUP BY $this } }",
        "SELECT $this WHERE { { SELECT DISTINCT $this ?k WHERE { $this ex:a ?k } } { ?v ex:b ?k } }",
        "SELECT $this WHERE { $this ex:a+ $this } # { VALUES",
    ],
)
def test_query_that_binds_this_first_is_taken(query: str) -> None:
    assert check_query(query, PREFIXES)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { $this ex:a ?b }",
        "SELECT ?b WHERE { $this ex:a ?b }",
        "SELECT * WHERE { $this ex:a ?b }",
        "SELECT $this WHERE { ?b ex:a $this }",
        "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:a ?b } }",
        "SELECT $this WHERE { BIND ( $this AS ?c ) }",
        "SELECT $this WHERE { $this ex:a ?b . { ?c ex:d ?e . FILTER ( ?e = $this ) } }",
        "SELECT $this WHERE { $this ex:a ?b . FILTER EXISTS { ?c ex:d ?e . BIND ( $this AS ?f ) } }",
        "SELECT $this WHERE { { $this ex:a ?b } UNION { ?c ex:d $this } }",
        "SELECT $this (COUNT(?b) AS ?n) WHERE { $this ex:a ?b }",
        "SELECT $this WHERE { $this ex:a ?b } LIMIT 1",
        "SELECT $this WHERE { $this ex:a ?b } GROUP BY $this",
        "SELECT $this WHERE { $this ex:a ?b . MINUS { $this ex:c ?b } }",
        "SELECT $this WHERE { $this ex:a ?b . VALUES ?b { 1 } }",
        "SELECT $this WHERE { $this ex:a ?b . { SELECT ?c WHERE { ?c ex:d ?e } } }",
        "SELECT $this WHERE { $this ex:a ?b . { SELECT $this (COUNT(?c) AS ?n) WHERE { $this ex:d ?c } } }",
        "SELECT $this WHERE { $this $PATH ?b }",
        "SELECT $this WHERE { $this ex:a ?b . ?b ex:c $currentShape }",
        "SELECT $this WHERE { $this other:a ?b }",
        "SELECT $this WHERE { $this ex:a ?b ",
        "",
    ],
)
def test_other_query_is_left_to_the_reference(query: str) -> None:
    with pytest.raises(Unknown):
        check_query(query, PREFIXES)


def test_named_terms_are_known_and_an_open_predicate_asks_for_all() -> None:
    named = check_query("SELECT $this WHERE { $this a ex:A ; ex:b/ex:c <urn:d> }", PREFIXES)
    type_iri = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert named == {type_iri, "<urn:ex#A>", "<urn:ex#b>", "<urn:ex#c>", "<urn:d>"}
    assert check_query("SELECT $this WHERE { $this ex:a ?b . ?b ?p ?o }", PREFIXES) is None
    assert check_query("SELECT $this WHERE { $this ex:a ?b ; ?p ?o }", PREFIXES) is None
    assert check_query("SELECT $this WHERE { $this ex:a ?b . FILTER REGEX(?b, 'x') ?b ex:c ?d }", PREFIXES)
    assert check_query("SELECT $this WHERE { $this a ?class }", PREFIXES) is None
    assert check_query("SELECT $this WHERE { $this a/ex:b* ex:A }", PREFIXES) is None
