"""The plain HTML of the server: start, query form, a node with its properties and links, the vocabulary.

Whatever comes from the data is escaped; a page loads the styles of the site and runs nothing. Links lead to paths of
this server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from http import HTTPStatus
from itertools import groupby
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from rolegraph.store.forms import shorten
from rolegraph.store.wire import decode_term
from rolegraph.web.caching import answer_kept
from rolegraph.web.negotiation import PAGE, name_content
from rolegraph.web.settings import PAGES, START, VOCABULARY
from rolegraph.web.site import Site

_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
ENDPOINTS = "/endpoint"
"""The path of the page that lists what the server answers."""
_STYLES = ("site.css", "endpoint.css")
_SHOWN = 200
_PATH = re.compile(r"(?<![^\s(])/[A-Za-z0-9][A-Za-z0-9/._~%#@:+-]*")
"""A path in a message; nothing in it needs escaping."""
"""The values of one property that a page shows."""
_VISIBLE = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {127: 0x2421}
ANSWERS = {
    "text/html": "a table to read",
    "text/csv, text/turtle;q=0.1": "CSV",
    "application/sparql-results+json, application/ld+json;q=0.1": "JSON",
    "text/tab-separated-values, application/n-triples;q=0.1": "TSV",
    "application/sparql-results+xml, application/rdf+xml;q=0.1": "XML",
    "text/turtle, text/csv;q=0.1": "Turtle, for CONSTRUCT and DESCRIBE",
}
"""What the form offers: for tables, and the form that a graph gets then."""
_EXAMPLE = """SELECT ?code ?title
WHERE {
  ?profile a rg:Profile ;
    skos:notation ?code ;
    skos:prefLabel ?title .
}
ORDER BY ?code
LIMIT 20"""


def answer_page(request: Request, page: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page with the policy that lets it have the styles of the site and nothing else."""
    said = {"Content-Security-Policy": _POLICY, "Vary": "Accept", **(headers or {})}
    return answer_kept(request, page.encode("utf-8"), name_content(PAGE), said)


def show(text: str) -> str:
    """A text for HTML: escaped, its control characters visible, its direction kept to itself."""
    return f"<bdi>{escape(text.translate(_VISIBLE))}</bdi>"


def make_page(title: str, body: str) -> str:
    """A whole page, in the look of the pages of the site."""
    name = escape(title.translate(_VISIBLE))
    styles = "".join(f'<link rel="stylesheet" href="{PAGES}assets/{style}">' for style in _STYLES)
    ways = ((START, "Pages"), ("/sparql", "SPARQL"), (ENDPOINTS, "All endpoints"))
    links = "".join(f'<li><a href="{path}">{way}</a></li>' for path, way in ways)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="{PAGES}assets/icon.svg">{styles}</head>\n<body><header class="top"><a class="brand" href="/">rolegraph</a>'
        f'<nav aria-label="Server"><ul>{links}</ul></nav></header>\n<main>\n{body}\n</main></body></html>\n'
    )


def make_start_page(site: Site, *, has_pages: bool) -> str:
    """The page of everything that the server answers; data that are no architecture have no pages and no questions."""
    links = [
        (START, "Pages", "roles, ladders, skills, comparison and paths, for people"),
        ("/api/", "JSON API", "the questions of the command line, with its answers"),
    ]
    links = [
        *(links if has_pages else ()),
        ("/sparql", "SPARQL endpoint", "ask the graph; SPARQL 1.1, read only"),
        (VOCABULARY, "Vocabulary", "the terms that the graph is written in"),
        ("/.well-known/void", "Description of the data", "VoID"),
        ("/health", "Health", "whether the server answers"),
    ]
    if site.pool.base is not None:
        nodes = [
            (site.find_path(site.pool.base + name), name)
            for name in ("dataset", "architecture", "levels", "skills")
        ]
        links += [(path, name.capitalize(), "Linked Data") for path, name in nodes]
    rows = (
        f'<li><a href="{escape(path)}">{name}</a> <span class="muted">{what}</span></li>'
        for path, name, what in links
    )
    return make_page(
        "Endpoints",
        f"<h1>Endpoints</h1><p>A job architecture as a knowledge graph: {site.pool.triples:,} triples.</p>"
        f"<ul>{''.join(rows)}</ul>",
    )


def answer_problem_page(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """The answer to a request that went wrong, as a page; paths in its message are links."""
    title = HTTPStatus(status).phrase
    told = _PATH.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', escape(message))
    said = {**headers, "Content-Security-Policy": _POLICY, "Vary": "Accept"}
    return Response(make_page(title, f"<h1>{title}</h1><p>{told}</p>"), status, said, media_type=PAGE)


def make_query_form(query: str) -> str:
    """A form to ask a query, with a first one in it."""
    options = "".join(f'<option value="{value}">{name}</option>' for value, name in ANSWERS.items())
    return (
        '<form action="/sparql" method="get"><p><label for="query">Query</label></p>'
        f'<textarea id="query" name="query" rows="14" spellcheck="false">\n{escape(query)}</textarea>'
        '<p class="actions"><label for="accept">Answer as</label>'
        f'<select id="accept" name="accept">{options}</select> <button>Ask</button></p></form>'
    )


def make_endpoint_page(site: Site) -> str:
    """The page of the endpoint, with a form for a query."""
    graphs = "".join(f"<li><code>{show(name)}</code></li>" for name in site.pool.graphs)
    return make_page(
        "SPARQL endpoint",
        f"<h1>SPARQL endpoint</h1>{make_query_form(_EXAMPLE)}"
        f"<p>{site.pool.triples:,} triples in the default graph. What is asked is only read, and a query may take"
        f" {site.pool.limits.timeout:g} seconds.</p>"
        + (f"<p>Named graphs:</p><ul>{graphs}</ul>" if graphs else ""),
    )


def make_node_page(
    site: Site, iri: str, told: Mapping[str, Any], forms: Sequence[tuple[str, str]], shown: str | None = None
) -> str:
    """The page of a node: its properties, its parts and what links to it.

    ``forms`` are links to other forms, ``shown`` is the path of its page for people, where it has one.
    """
    triples = [ox.Triple(*map(decode_term, terms)) for terms in told["triples"]]
    labels = {name: decode_term(term).value for name, term in told["labels"].items()}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and _is_label(triple.predicate.value):
            labels.setdefault(triple.subject.value, _read_value(triple.object))
    title = labels.get(iri, iri)
    parts = [f"<h1>{show(title)}</h1><p><code>{show(iri)}</code></p>"]
    if shown is not None:
        parts.append(
            f'<p class="actions"><a class="button" href="{escape(shown)}">Its page for people</a></p>'
        )
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        if subject.value != iri:
            label = labels.get(subject.value)
            name = subject.value.removeprefix(iri)
            fragment = escape(name.removeprefix("#"))
            parts.append(f'<h2 id="{fragment}">{show(label or name)}</h2>')
        parts.append(_make_table(site, group, labels))
    incoming = [(decode_term(subject), decode_term(predicate)) for subject, predicate in told["incoming"]]
    if incoming:
        rows = (f"<li>{link(site, s, labels)} {link(site, p, labels)}</li>" for s, p in incoming)
        more = '<p class="muted">There are more; ask with SPARQL.</p>' if told["more"] else ""
        parts.append(f"<h2>Linked from</h2><ul>{''.join(rows)}</ul>{more}")
    links = " · ".join(f'<a href="{escape(path)}">{name}</a>' for path, name in forms)
    parts.append(f"<p>{links}</p>")
    return make_page(title, "\n".join(parts))


def make_vocabulary_page(
    iri: str, terms: Iterable[tuple[str, str, str]], forms: Sequence[tuple[str, str]]
) -> str:
    """The page of the vocabulary: the name, label and meaning of each term."""
    rows = "".join(
        f'<tr id="{escape(name)}"><th><code>{show(name)}</code></th><td>{show(label)}</td><td>{show(meaning)}</td></tr>'
        for name, label, meaning in terms
    )
    links = " · ".join(f'<a href="{escape(path)}">{name}</a>' for path, name in forms)
    body = f'<h1>Vocabulary</h1><p><code>{show(iri)}</code></p><div class="table"><table>{rows}</table></div><p>{links}</p>'
    return make_page("Vocabulary", body)


def _make_table(site: Site, triples: Iterable[ox.Triple], labels: Mapping[str, str]) -> str:
    rows = []
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        values = [triple.object for triple in group]
        linked = [link(site, value, labels) for value in values[:_SHOWN]]
        if len(values) > _SHOWN:
            linked.append(f'<span class="muted">and {len(values) - _SHOWN:,} more; ask for Turtle</span>')
        cell = (
            linked[0] if len(linked) == 1 else f"<ul>{''.join(f'<li>{value}</li>' for value in linked)}</ul>"
        )
        rows.append(f'<tr><th scope="row">{link(site, predicate, labels)}</th><td>{cell}</td></tr>')
    return f'<div class="table"><table class="node">{"".join(rows)}</table></div>'


def link(site: Site, term: Any, labels: Mapping[str, str]) -> str:
    """A term for people: a node by its label, with a link to what is said of it; a text with its language."""
    if isinstance(term, ox.NamedNode):
        name = labels.get(term.value) or shorten(term.value)
        return f'<a href="{escape(site.find_path(term.value))}" title="{escape(term.value)}">{show(name)}</a>'
    if isinstance(term, ox.Literal):
        language = f' lang="{escape(term.language)}"' if term.language else ""
        return f"<span{language}>{show(term.value)}</span>"
    return f"<code>{show(str(term))}</code>"


def _is_label(iri: str) -> bool:
    return shorten(iri) in {"skos:prefLabel", "rdfs:label", "dcterms:title"}


def _read_value(term: object) -> str:
    return term.value if isinstance(term, ox.Literal) else str(term)
