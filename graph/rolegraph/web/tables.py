"""The answer to a query as a page: a table to read, with links to what is said of each node, and the query to go on from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from rolegraph.store.answering import ROWS
from rolegraph.store.pool import Answer
from rolegraph.web.pages import ANSWERS, link, make_page, make_query_form, show
from rolegraph.web.site import Site

_SHOWN: Final = 1_000
"""The rows that a page shows."""
_LONGEST: Final = 4_000
"""The characters of a query that fits into the address of a link."""


def make_answer_page(site: Site, query: str, answer: Answer) -> str:
    """The page of an answer, made of its JSON, or of the N-Triples of a graph."""
    body = (
        _show_rows(site, json.loads(answer.data)) if answer.form in ROWS else _show_graph(site, answer.data)
    )
    links = ""
    if len(query) <= _LONGEST:
        asked = quote(query, safe="")
        offered = list(ANSWERS.items())[1:]
        ways = (
            f'<a href="/sparql?query={asked}&amp;accept={quote(value, safe="")}">{name}</a>'
            for value, name in offered
        )
        links = f"<p>The same as {' · '.join(ways)}</p>"
    return make_page("Answer", f"<h1>Answer</h1>{body}{links}<h2>Ask again</h2>{make_query_form(query)}")


def _show_rows(site: Site, told: dict[str, Any]) -> str:
    if "boolean" in told:
        return f'<p class="lead">{"Yes" if told["boolean"] else "No"}</p>'
    names: list[str] = told["head"]["vars"]
    bindings: list[dict[str, Any]] = told["results"]["bindings"]
    rows = ([_read_term(row.get(name)) for name in names] for row in bindings[:_SHOWN])
    return _make_table(site, names, rows, len(bindings), "row", "rows")


def _show_graph(site: Site, lines: bytes) -> str:
    triples = [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
    rows = ([triple.subject, triple.predicate, triple.object] for triple in triples[:_SHOWN])
    return _make_table(site, ("subject", "predicate", "object"), rows, len(triples), "triple", "triples")


def _make_table(
    site: Site, names: Sequence[str], rows: Iterable[Sequence[Any]], number: int, one: str, many: str
) -> str:
    head = "".join(f'<th scope="col">{show(name)}</th>' for name in names)
    body = "".join(
        f"<tr>{''.join(f'<td>{_show_term(site, term)}</td>' for term in row)}</tr>" for row in rows
    )
    count = f"{number:,} {one if number == 1 else many}"
    more = f"; the first {_SHOWN:,} are shown" if number > _SHOWN else ""
    table = f'<div class="table" role="group" tabindex="0" aria-label="Answer"><table><thead><tr>{head}</tr></thead>'
    return f"<p>{count}{more}</p>{table}<tbody>{body}</tbody></table></div>" if number else f"<p>{count}</p>"


def _show_term(site: Site, term: Any) -> str:
    return "" if term is None else link(site, term, {})


def _read_term(told: dict[str, Any] | None) -> Any:
    """A term of the JSON form (https://www.w3.org/TR/sparql11-results-json/); a statement stays text."""
    if told is None:
        return None
    match told["type"]:
        case "uri":
            return ox.NamedNode(told["value"])
        case "bnode":
            return ox.BlankNode(told["value"])
        case "literal" | "typed-literal":
            return ox.Literal(told["value"], language=told.get("xml:lang"))
    return ox.Literal(json.dumps(told["value"], ensure_ascii=False))
