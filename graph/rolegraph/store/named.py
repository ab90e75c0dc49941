"""The named queries: those that ship in ``queries/``, found, bound and run in this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rolegraph.errors import InputError, Problem, QueryError, UnknownError
from rolegraph.resources import read_resources
from rolegraph.store.header import NamedQuery, parse_query
from rolegraph.store.parameters import bind_parameters, check_codes

if TYPE_CHECKING:
    from rolegraph.store.result import Result, Term
    from rolegraph.store.store import Store


def list_queries() -> tuple[NamedQuery, ...]:
    """Every named query, by name. Raises InputError with the problems of all headers."""
    problems: list[Problem] = []
    queries: list[NamedQuery] = []
    for file, text in read_resources("queries", ".rq").items():
        try:
            queries.append(parse_query(file.removesuffix(".rq"), text))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(queries)


def find_query(name: str) -> NamedQuery:
    """The query of that name, in any letter case. Raises UnknownError naming the closest ones."""
    texts = read_resources("queries", ".rq")
    text = texts.get(f"{name.lower()}.rq")
    if text is None:
        from rapidfuzz import process

        known = [file.removesuffix(".rq") for file in texts]
        close = [match[0] for match in process.extract(name.lower(), known, limit=3, score_cutoff=60)]
        raise UnknownError(f"there is no named query {name}", close)
    return parse_query(name.lower(), text)


def run_named(store: Store, name: str, given: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> Result:
    """The answer of the named query ``name``, its parameters ``given`` as text.

    Raises UnknownError for a query or code that is not there, RequestError for a parameter that is unknown,
    repeated, missing or of the wrong kind.
    """
    query = find_query(name)
    bound = bind_parameters(query.name, query.parameters, given)
    check_codes(store, query.parameters, bound)
    return run_trusted(store, query.text, bound)


def run_trusted(store: Store, text: str, bindings: Mapping[str, Term]) -> Result:
    """The answer to a query that the package itself brings; in this process, without a limit.

    A user's own text belongs into :func:`rolegraph.store.sandbox.run_text`. A SELECT must show every variable
    that is bound. Raises QueryError where the engine cannot run it.
    """
    import pyoxigraph as ox

    from rolegraph.store.result import Result, sort_triples

    variables = {ox.Variable(variable): term for variable, term in bindings.items()}
    try:
        answer = store.engine.query(text, substitutions=variables or None)
        match answer:
            case ox.QueryBoolean():
                return Result("ask", boolean=bool(answer))
            case ox.QueryTriples():
                return Result("construct", triples=sort_triples(set(answer)))
            case ox.QuerySolutions():
                names = tuple(variable.value for variable in answer.variables)
                return Result("select", names, tuple(tuple(solution) for solution in answer))
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error
    raise AssertionError(f"an answer of an unknown kind: {answer!r}")
