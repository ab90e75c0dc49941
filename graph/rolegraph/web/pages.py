"""The plain HTML of the server: start, query form, a node with its properties and links, the vocabulary.

Whatever comes from the data is escaped; a page loads nothing and runs nothing. Links lead to paths of this server.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from rolegraph.store.forms import shorten
from rolegraph.store.wire import decode_term
from rolegraph.web.site import VOCABULARY, Site

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1d2430;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-top:1px solid #d7dce3;overflow-wrap:anywhere}"
    "th{width:16rem;font-weight:600}ul{margin:0;padding-left:1.1rem}a{color:#0b5394}code,textarea{font:14px/1.45 ui-monospace,monospace}"
    "textarea{width:100%;box-sizing:border-box}.quiet{color:#59636f}"
)
_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_SHOWN = 200
"""The values of one property that a page shows."""
_VISIBLE = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {127: 0x2421}
_EXAMPLE = """SELECT ?code ?title
WHERE {
  ?profile a rg:Profile ;
    skos:notation ?code ;
    skos:prefLabel ?title .
}
ORDER BY ?code
LIMIT 20"""


def answer_page(request: Request, page: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page with the policy that lets it have its own style and nothing else."""
    said = {"Content-Security-Policy": _POLICY, "Vary": "Accept", **(headers or {})}
    return Response(page, headers=said, media_type="text/html")


def show(text: str) -> str:
    """A text for HTML: escaped, its control characters visible, its direction kept to itself."""
    return f"<bdi>{escape(text.translate(_VISIBLE))}</bdi>"


def make_page(title: str, body: str) -> str:
    """A whole page."""
    name = escape(title.translate(_VISIBLE))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def make_start_page(site: Site) -> str:
    """The page at ``/``."""
    links = [
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
        f'<li><a href="{escape(path)}">{name}</a> <span class="quiet">{what}</span></li>'
        for path, name, what in links
    )
    return make_page(
        "rolegraph",
        f"<h1>rolegraph</h1><p>A job architecture as a knowledge graph: {site.pool.triples:,} triples.</p><ul>{''.join(rows)}</ul>",
    )


def make_endpoint_page(site: Site) -> str:
    """The page of the endpoint, with a form for a query."""
    types = (
        ("application/sparql-results+json", "JSON"), ("text/csv", "CSV"), ("text/tab-separated-values", "TSV"),
        ("application/sparql-results+xml", "XML"), ("text/turtle", "Turtle, for CONSTRUCT and DESCRIBE"),
    )  # fmt: skip
    options = "".join(f'<option value="{value}">{name}</option>' for value, name in types)
    graphs = "".join(f"<li><code>{show(name)}</code></li>" for name in site.pool.graphs)
    return make_page(
        "SPARQL endpoint",
        '<h1>SPARQL endpoint</h1><form action="/sparql" method="get"><p><label for="query">Query</label></p>'
        f'<textarea id="query" name="query" rows="14" spellcheck="false">{escape(_EXAMPLE)}</textarea>'
        f'<p><label>Answer as <select name="accept">{options}</select></label> <button>Ask</button></p></form>'
        f"<p>{site.pool.triples:,} triples in the default graph. What is asked is only read, and a query may take"
        f" {site.pool.limits.timeout:g} seconds.</p>"
        + (f"<p>Named graphs:</p><ul>{graphs}</ul>" if graphs else "")
        + '<p><a href="/">Start</a></p>',
    )


def make_node_page(site: Site, iri: str, told: Mapping[str, Any], forms: Sequence[tuple[str, str]]) -> str:
    """The page of a node: its properties, its parts and what links to it; ``forms`` are links to other forms."""
    triples = [ox.Triple(*map(decode_term, terms)) for terms in told["triples"]]
    labels = {name: decode_term(term).value for name, term in told["labels"].items()}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and _is_label(triple.predicate.value):
            labels.setdefault(triple.subject.value, _read_value(triple.object))
    title = labels.get(iri, iri)
    parts = [f"<h1>{show(title)}</h1><p><code>{show(iri)}</code></p>"]
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        if subject.value != iri:
            label = labels.get(subject.value)
            name = subject.value.removeprefix(iri)
            fragment = escape(name.removeprefix("#"))
            parts.append(f'<h2 id="{fragment}">{show(label or name)}</h2>')
        parts.append(_make_table(site, group, labels))
    incoming = [(decode_term(subject), decode_term(predicate)) for subject, predicate in told["incoming"]]
    if incoming:
        rows = (f"<li>{_link(site, s, labels)} {_link(site, p, labels)}</li>" for s, p in incoming)
        more = '<p class="quiet">There are more; ask with SPARQL.</p>' if told["more"] else ""
        parts.append(f"<h2>Linked from</h2><ul>{''.join(rows)}</ul>{more}")
    links = " · ".join(f'<a href="{escape(path)}">{name}</a>' for path, name in forms)
    parts.append(f'<p>{links} · <a href="/">Start</a></p>')
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
    body = f'<h1>Vocabulary</h1><p><code>{show(iri)}</code></p><table>{rows}</table><p>{links} · <a href="/">Start</a></p>'
    return make_page("Vocabulary", body)


def _make_table(site: Site, triples: Iterable[ox.Triple], labels: Mapping[str, str]) -> str:
    rows = []
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        values = [triple.object for triple in group]
        shown = [_link(site, value, labels) for value in values[:_SHOWN]]
        if len(values) > _SHOWN:
            shown.append(f'<span class="quiet">and {len(values) - _SHOWN:,} more; ask for Turtle</span>')
        cell = shown[0] if len(shown) == 1 else f"<ul>{''.join(f'<li>{value}</li>' for value in shown)}</ul>"
        rows.append(f"<tr><th>{_link(site, predicate, labels)}</th><td>{cell}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _link(site: Site, term: Any, labels: Mapping[str, str]) -> str:
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
