"""The named queries: on the shipped data against golden rows, and on a small graph for what it does not show."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from rolegraph.errors import QueryError, RequestError, UnknownError
from rolegraph.rdf.vocab import NAMESPACES
from rolegraph.store.documents import Documents
from rolegraph.store.forms import to_csv
from rolegraph.store.guard import check_query
from rolegraph.store.header import NamedQuery, read_example
from rolegraph.store.named import find_query, list_queries, run_named, run_trusted
from rolegraph.store.parameters import CODE_KINDS, Parameter
from rolegraph.store.result import Result
from rolegraph.store.store import Store, load_store
from shipped import load_shipped

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "queries"
REGENERATE = "ROLEGRAPH_GOLDEN=write python -m pytest tests/test_queries.py -k golden"
QUERIES = list_queries()
RELEASES = ("occupation-ratings", "releases")
"""Those that ask public releases, of which the shipped data has none: ``test_releases.py`` asks them."""
SHIPPED = [query for query in QUERIES if query.name not in RELEASES]
TABLES = [query for query in SHIPPED if query.name != "profile-graph"]
"""All but the one that answers with a graph, which is compared with the export triple by triple."""
SELECTS = [query for query in SHIPPED if "\nSELECT " in query.text]

every_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
shipped_query = pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)


@cache
def load_small() -> Store:
    return load_store(Documents(files=(HERE / "fixtures" / "queries.ttl",)))


def ask(name: str, **given: str) -> list[list[str]]:
    """The rows of a named query on the small graph, empty strings for what has no value."""
    result = run_named(load_small(), name, given)
    return [
        ["" if term is None else str(getattr(term, "value", term)) for term in row] for row in result.rows
    ]


def pick(name: str, *columns: str, **given: str) -> list[tuple[str, ...]]:
    """Some columns of the rows of a named query on the small graph."""
    variables = run_named(load_small(), name, given).variables
    return [tuple(row[variables.index(column)] for column in columns) for row in ask(name, **given)]


def run_example(query: NamedQuery) -> Result:
    return run_named(load_shipped(), query.name, read_example(query.name, query.parameters, query.example))


def test_there_are_the_queries_that_people_ask() -> None:
    assert [query.name for query in QUERIES] == [
        "coverage", "focuses-of-function", "ladder-guideline", "ladder-responsibilities", "mappings", "neighbours",
        "occupation-ratings", "pay-by-level", "pay-summary", "profile-graph", "profile-has-skill", "profiles-by-level",
        "profiles-by-occupation", "profiles-by-skill", "profiles-without-description", "profiles-without-mapping",
        "profiles-without-pay", "releases", "shared-skills", "skills-of-profile", "sources",
    ]  # fmt: skip
    assert all(query.title and query.purpose.endswith(".") for query in QUERIES)


# On the shipped data


@shipped_query
def test_the_example_is_answered_on_the_shipped_data(query: NamedQuery) -> None:
    result = run_example(query)
    assert result.rows or result.triples or result.boolean


@pytest.mark.parametrize("query", TABLES, ids=lambda query: query.name)
def test_answers_are_the_golden_ones(query: NamedQuery) -> None:
    # The line ends of CSV would be lost in a checkout that converts them.
    found = to_csv(run_example(query)).replace("\r\n", "\n")
    path = GOLDEN / f"{query.name}.csv"
    if os.environ.get("ROLEGRAPH_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found.encode())
    assert path.exists(), f"there is no {path}; write it with: {REGENERATE}"
    assert path.read_bytes().decode() == found, f"if the change is meant, write it anew with: {REGENERATE}"


def test_there_is_no_golden_answer_without_its_query() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {query.name for query in TABLES}


def test_the_graph_of_a_profile_is_its_triples_and_those_of_its_parts() -> None:
    engine = load_shipped().engine
    base = "https://w3id.org/rolegraph/id/"
    profile = ox.NamedNode(f"{base}profile/MANUFA.BIOPROCE4427.M3")
    own = [quad.triple for quad in engine.quads_for_pattern(profile, None, None)]
    fragments = (f"{profile.value}#", f"{base}focus/MANUFA.BIOPROCE4427#")
    parts = {
        t.object for t in own if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(fragments)
    }
    # The years that are read out of a guideline cell hang on the cell.
    cells = f"{base}focus/MANUFA.BIOPROCE4427#M3-guideline-experience-years-"
    parts |= {quad.subject for quad in engine if str(quad.subject)[1:].startswith(cells)}
    expected = {quad.triple for part in parts for quad in engine.quads_for_pattern(part, None, None)} | set(
        own
    )
    kinds = {str(t.object).rpartition("#")[2][:-1] for t in expected if t.predicate.value.endswith("#type")}
    assert {
        "Responsibility",
        "GuidelineCell",
        "SkillUse",
        "Mapping",
        "YearsReading",
        "QualityMeasurement",
    } <= kinds
    found = run_named(load_shipped(), "profile-graph", {"profile": "MANUFA.BIOPROCE4427.M3"})
    assert set(found.triples) == expected
    assert list(found.triples) == sorted(expected, key=str)


# How the queries are written


def find_iris(text: str) -> Iterator[str]:
    """Every IRI that a query uses, from its parse tree."""
    prologue, tree = parseQuery(text)
    namespaces = {str(d["prefix"]) if "prefix" in d else "": str(d["iri"]) for d in prologue}
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            if node.name == "pname":
                yield namespaces[str(node["prefix"])] + str(node["localname"])
            else:
                waiting.extend(node.values())
        elif isinstance(node, URIRef):
            yield str(node)
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            waiting.extend(node)


def find_strangers(text: str) -> list[str]:
    return sorted({iri for iri in find_iris(text) if not any(iri in names for names in NAMESPACES)})


@every_query
def test_only_declared_terms_are_used(query: NamedQuery) -> None:
    assert find_strangers(query.text) == []
    assert list(find_iris(query.text))


@pytest.mark.parametrize(
    ("term", "misspelt"),
    [
        ("rg:atLevel", "rg:level"),
        ("rg:basis-documented", "rg:basis-document"),
        ("skos:prefLabel", "skos:label"),
        ("owl:deprecated", "owl:Deprecated"),
        ("rg: <https://w3id.org/rolegraph/ns#>", "rg: <https://w3id.org/rolegraph/ns/>"),
    ],
)
def test_a_misspelt_term_would_be_noticed(term: str, misspelt: str) -> None:
    text = find_query("profiles-by-level").text
    assert term in text
    assert find_strangers(text.replace(term, misspelt))


@every_query
def test_every_query_would_pass_as_a_users_own(query: NamedQuery) -> None:
    check_query(query.text)


@pytest.mark.parametrize("query", SELECTS, ids=lambda query: query.name)
def test_rows_are_ordered(query: NamedQuery) -> None:
    assert "\nORDER BY " in query.text


@every_query
def test_examples_are_readable_commands(query: NamedQuery) -> None:
    assert query.example.startswith(f"rolegraph query {query.name}")
    required = {parameter.name for parameter in query.parameters if parameter.required}
    assert required <= read_example(query.name, query.parameters, query.example).keys()


# Parameters


def list_values(parameter: Parameter) -> list[str]:
    """Every value that a parameter can have on the small graph."""
    if parameter.choices:
        return list(parameter.choices)
    found = run_trusted(
        load_small(),
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rg: <https://w3id.org/rolegraph/ns#> "
        f"SELECT DISTINCT ?code {{ ?s a rg:{CODE_KINDS[parameter.kind].type_name} ; skos:notation ?code }}",
        {},
    )
    return [term.value for (term,) in found.rows if isinstance(term, ox.Literal)]


OPTIONAL = [
    (query, parameter) for query in SELECTS for parameter in query.parameters if not parameter.required
]


@pytest.mark.parametrize(("query", "parameter"), OPTIONAL, ids=lambda part: getattr(part, "name", None))
def test_an_optional_parameter_keeps_the_rows_that_have_its_value(
    query: NamedQuery, parameter: Parameter
) -> None:
    required = [(p.name, list_values(p)) for p in query.parameters if p.required]
    assert len(required) <= 1
    matched = 0
    for given in [{name: value} for name, values in required for value in values] or [{}]:
        everything = run_named(load_small(), query.name, given)
        column = everything.variables.index(parameter.name)
        for value in list_values(parameter):
            kept = run_named(load_small(), query.name, given | {parameter.name: value})
            assert kept.variables == everything.variables
            assert kept.rows == tuple(row for row in everything.rows if row[column] == ox.Literal(value))
            matched += len(kept.rows)
    assert matched


@shipped_query
def test_required_parameters_bind_their_columns(query: NamedQuery) -> None:
    given = read_example(query.name, query.parameters, query.example)
    result = run_example(query)
    for name, value in given.items():
        if result.kind == "select":
            column = result.variables.index(name)
            assert {row[column] for row in result.rows} == {ox.Literal(value)}


PAYLOADS = [
    '" } UNION { ?s ?p ?o } #',
    '"@en',
    "M3 . ?s ?p ?o",
    "?level",
    "<https://example.org/>",
    "\\u0022 . ?s ?p ?o . #",
    "*",
    "' OR '1' = '1",
    "\n} SELECT * { ?s ?p ?o } #",
]


@shipped_query
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_parameter_is_never_read_as_sparql(query: NamedQuery, payload: str) -> None:
    given = read_example(query.name, query.parameters, query.example)
    for parameter in query.parameters:
        with pytest.raises(RequestError):
            run_named(load_shipped(), query.name, given | {parameter.name: payload})
        # Even past the checks the value is a term that nothing equals.
        bound: dict[str, Any] = {name: ox.Literal(value) for name, value in given.items()}
        result = run_trusted(load_shipped(), query.text, bound | {parameter.name: ox.Literal(payload)})
        assert (result.rows, result.triples, bool(result.boolean)) == ((), (), False)


@shipped_query
def test_parameters_are_matched_as_plain_strings_alone(query: NamedQuery) -> None:
    given = read_example(query.name, query.parameters, query.example)
    for name, value in given.items():
        bound: dict[str, Any] = {n: ox.Literal(v) for n, v in given.items()}
        bound[name] = ox.Literal(value, language="en")
        result = run_trusted(load_shipped(), query.text, bound)
        assert (result.rows, result.triples, bool(result.boolean)) == ((), (), False)


def test_unknown_codes_and_queries_name_the_closest() -> None:
    store = load_shipped()
    with pytest.raises(
        UnknownError, match=r"no profile MANUFA\.BIOPROCE4427\.M9 in the graph; did you mean"
    ) as caught:
        run_named(store, "skills-of-profile", {"profile": "manufa.bioproce4427.m9"})
    assert "MANUFA.BIOPROCE4427.M3" in caught.value.closest or caught.value.closest[0].startswith(
        "MANUFA.BIOPROCE4427."
    )
    with pytest.raises(UnknownError, match="no level M9 in the graph: it has E1, E2, E3, M1, "):
        run_named(store, "profiles-by-level", {"level": "M9"})
    with pytest.raises(
        UnknownError, match=r"no named query profiles-by-levl; did you mean profiles-by-level"
    ):
        run_named(store, "profiles-by-levl")
    # A code of another kind is not a code of this one.
    with pytest.raises(UnknownError, match="no focus"):
        run_named(store, "ladder-responsibilities", {"focus": "MANUFA.NOPE"})
    with pytest.raises(UnknownError, match="no skill soc-2018"):
        run_named(store, "profiles-by-skill", {"skill": "soc-2018"})
    with pytest.raises(UnknownError, match="holds none at all"):
        run_named(load_store(Documents(texts=(b"<a:a> a <a:b> .",))), "profiles-by-level", {"level": "M3"})


def test_parameters_are_checked_before_anything_runs() -> None:
    with pytest.raises(RequestError, match="needs the parameter level"):
        run_named(load_shipped(), "profiles-by-level")
    with pytest.raises(RequestError, match="level is given more than once"):
        run_named(load_shipped(), "profiles-by-level", [("level", "M3"), ("level", "M2")])
    with pytest.raises(RequestError, match="no parameter 'rung'; it takes level, function"):
        run_named(load_shipped(), "profiles-by-level", {"rung": "M3"})


def test_codes_may_be_given_in_any_letter_case() -> None:
    assert run_named(load_small(), "Profiles-By-Level", {"level": "p1"}).rows
    assert pick("profiles-by-skill", "profile", skill="COUNT") == [("LAB.CELL.P2",)]


def test_a_select_must_show_what_it_binds() -> None:
    with pytest.raises(QueryError, match=r"variable \?o"):
        run_trusted(load_small(), "SELECT ?s { ?s ?p ?o }", {"o": ox.Literal("x")})


# On the small graph


def test_profiles_by_occupation_find_group_members_and_tell_classifications_apart() -> None:
    columns = ("classification", "occupation", "mapped", "profile")
    assert pick("profiles-by-occupation", *columns, occupation="10") == [
        ("a", "10", "10", "LAB.CELL.P2"),
        ("b", "10", "10", "LAB.CELL.P2"),
    ]
    assert pick("profiles-by-occupation", *columns, occupation="10", classification="b") == [
        ("b", "10", "10", "LAB.CELL.P2")
    ]
    assert pick("profiles-by-occupation", *columns, occupation="1") == [
        ("a", "1", "10", "LAB.CELL.P2"),
        ("a", "1", "11", "QA.TEST.P1"),
    ]


def test_retired_profiles_are_left_out_of_lists() -> None:
    assert pick("profiles-by-level", "profile", level="P1") == [("LAB.CELL.P1",), ("QA.TEST.P1",)]
    assert pick("profiles-by-level", "profile", level="P10") == []
    assert pick("profiles-by-skill", "profile", skill="care") == [
        ("LAB.CELL.P1",),
        ("LAB.CELL.P2",),
        ("QA.TEST.P1",),
    ]
    assert pick("profiles-without-pay", "profile") == [("LAB.CELL.P1",)]
    assert pick("profiles-without-mapping", "profile", "basis") == [("LAB.CELL.P1", "implied")]
    assert pick("profiles-without-description", "profile", "focus_described") == [
        ("LAB.CELL.P1", "true"),
        ("QA.TEST.P1", "false"),
    ]
    assert pick("focuses-of-function", "focus", "profiles", "documented", function="LAB") == [
        ("LAB.CELL", "2", "1")
    ]


def test_what_is_asked_of_one_thing_is_told_even_when_it_is_retired() -> None:
    assert pick("skills-of-profile", "skill", profile="LAB.CELL.P10") == [("care",)]
    assert pick("ladder-responsibilities", "level", "position", "responsibility", focus="LAB.CELL") == [
        ("P1", "1", "Grows."),
        ("P1", "2", "Feeds."),
        ("P10", "1", "Leads."),
    ]


def test_a_skill_of_one_level_holds_there_alone() -> None:
    assert pick(
        "skills-of-profile", "position", "skill", "wording", "description", profile="LAB.CELL.P2"
    ) == [
        ("1", "care", "Care of cells", ""),
        ("2", "count", "Cell counts", "Counts."),
    ]
    assert pick("skills-of-profile", "skill", profile="LAB.CELL.P1") == [("care",)]
    for profile, skill, holds in (
        ("LAB.CELL.P2", "count", True),
        ("LAB.CELL.P1", "count", False),
        ("LAB.CELL.P1", "care", True),
    ):
        answer = run_named(load_small(), "profile-has-skill", {"profile": profile, "skill": skill})
        assert answer.boolean is holds


def test_shared_skills_show_both_wordings() -> None:
    assert ask("shared-skills", first="QA.TEST", second="LAB.CELL") == [
        ["QA.TEST", "LAB.CELL", "care", "Care", "Care in tests", "Care of cells"]
    ]
    assert ask("shared-skills", first="LAB.OLD", second="LAB.CELL") == []


def test_guideline_rows_stand_in_their_order_and_ranks_are_numbers() -> None:
    assert pick("ladder-guideline", "criterion", "level", "guideline", focus="LAB.CELL") == [
        ("knowledge", "P1", "Some."),
        ("knowledge", "P10", "All."),
        ("experience", "P1", "1 year."),
    ]


def test_pay_keeps_what_is_known_and_whose_it_is() -> None:
    columns = ("level", "profile", "currency", "low", "median", "high", "percentile25", "pay_basis")
    assert pick("pay-by-level", *columns) == [
        ("P1", "QA.TEST.P1", "USD", "10.5", "", "20.5", "", "own"),
        ("P2", "LAB.CELL.P2", "EUR", "", "50000", "", "45000", "inherited"),
    ]
    assert ask("pay-summary") == [["LAB", "P2", "EUR", "P1Y", "1", "50000", "50000", "50000"]]


def test_mappings_show_their_evidence() -> None:
    assert pick("mappings", "predicate", "justification") == [
        ("broadMatch", "ManualMappingCuration"),
        ("closeMatch", "UnspecifiedMatching"),
        ("exactMatch", "UnspecifiedMatching"),
    ]
    columns = ("profile", "classification", "occupation", "tool", "confidence", "predicate_assigned",
               "justification_assigned", "sources_listed", "cited")  # fmt: skip
    assert pick("mappings", *columns) == [
        ("LAB.CELL.P2", "a", "10", "", "0.8", "false", "true", "true", "true"),
        ("LAB.CELL.P2", "b", "10", "a tool", "", "false", "false", "true", "true"),
        ("QA.TEST.P1", "a", "11", "", "", "true", "true", "false", "false"),
    ]


def test_sources_show_what_is_claimed() -> None:
    assert ask("sources", profile="LAB.CELL.P2") == [["LAB.CELL.P2", "1", "O*NET 10.00", "10.00", "3"]]
    assert ask("sources", profile="LAB.CELL.P1") == []


def test_neighbours_stand_in_the_order_of_their_edition() -> None:
    columns = ("edition", "position", "neighbour", "distance", "band")
    rows = [
        ("other@1", "1", "QA.TEST.P1", "0.9", "no-match"),
        ("structural@1", "1", "LAB.CELL.P2", "0.083333", "confident"),
        ("structural@1", "2", "QA.TEST.P1", "0.5", "needs-review"),
    ]
    assert pick("neighbours", *columns, profile="LAB.CELL.P1") == rows
    assert pick("neighbours", *columns, profile="LAB.CELL.P1", edition="structural@1") == rows[1:]
    assert pick("neighbours", *columns, profile="LAB.CELL.P1", band="needs-review") == rows[2:]


def test_coverage_counts_what_is_not_there_too() -> None:
    counts = dict(pick("coverage", "kind", "count"))
    assert (counts["profile"], counts["documented profile"], counts["implied profile"]) == ("5", "2", "3")
    assert (counts["function group"], counts["guideline cell"], counts["adjacency"]) == ("0", "3", "3")


def test_a_label_that_looks_like_sparql_is_a_label() -> None:
    assert pick("profiles-by-level", "focus_label", level="P2") == [('Cell "} SELECT * {?s ?p ?o} #',)]
