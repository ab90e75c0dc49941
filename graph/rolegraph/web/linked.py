"""Linked Data: the path of each IRI answers with what is said of it, in the form that the client likes."""

from __future__ import annotations

import json
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from rolegraph.store.describing import AbsentError
from rolegraph.web.caching import answer_kept
from rolegraph.web.negotiation import GRAPH_TYPES, PAGE, PAGE_TYPES, SUFFIXES, choose_type, name_content
from rolegraph.web.pages import answer_page, make_node_page
from rolegraph.web.paths import ABSOLUTE, read_raw_path
from rolegraph.web.problems import ProblemError
from rolegraph.web.site import Site, find_site

_NAMES = {".ttl": "Turtle", ".nt": "N-Triples", ".rdf": "RDF/XML", ".jsonld": "JSON-LD", ".html": "HTML"}


async def answer_path(request: Request) -> Response:
    """What is said of the node whose IRI has the path of the request, or that path without a suffix of a form."""
    site = find_site(request)
    path = read_raw_path(request)
    origin = site.origin
    if origin is None or path is None:
        raise ProblemError(404, "there is nothing at this path")
    whole = origin + path
    suffix = next((suffix for suffix in SUFFIXES if path.endswith(suffix)), None)
    closest = None
    if suffix is not None:
        bare = path.removesuffix(suffix)
        try:
            return await _answer_node(request, site, origin + bare, bare, SUFFIXES[suffix])
        except AbsentError as error:
            closest = str(error)
    chosen = choose_type(request.headers.get("accept"), PAGE_TYPES)
    try:
        return await _answer_node(
            request, site, whole, path, chosen, negotiated=True, closest=closest is None
        )
    except AbsentError as error:
        raise ProblemError(404, _tell_absent(site, path, closest or str(error))) from None


async def answer_resource(request: Request) -> Response:
    """What is said of the IRI that the parameter ``iri`` names, wherever it comes from."""
    site = find_site(request)
    iris = request.query_params.getlist("iri")
    if len(iris) != 1 or not ABSOLUTE.fullmatch(iris[0]):
        raise ProblemError(400, "name one absolute IRI: /resource?iri=https://...")
    chosen = choose_type(request.query_params.get("accept") or request.headers.get("accept"), PAGE_TYPES)
    path = f"/resource?iri={quote(iris[0], safe='')}"
    try:
        return await _answer_node(request, site, iris[0], path, chosen)
    except AbsentError as error:
        raise ProblemError(404, _tell_absent(site, iris[0], str(error))) from None


def list_forms(path: str) -> list[tuple[str, str]]:
    """The path and the name of every form of what stands at ``path``."""
    if "?" in path:
        types = {suffix: quote(media_type, safe="") for suffix, media_type in SUFFIXES.items()}
        return [(f"{path}&accept={types[suffix]}", name) for suffix, name in _NAMES.items()]
    return [(path + suffix, name) for suffix, name in _NAMES.items()]


async def _answer_node(
    request: Request,
    site: Site,
    iri: str,
    path: str,
    chosen: str | None,
    *,
    negotiated: bool = False,
    closest: bool = True,
) -> Response:
    try:
        ox.NamedNode(iri)
    except ValueError:
        raise ProblemError(404, "there is nothing at this path") from None
    if chosen is None:
        raise ProblemError(406, f"there are {', '.join([PAGE, *list(GRAPH_TYPES)[:4]])}")
    answer = await site.pool.describe(iri, PAGE_TYPES[chosen], closest=closest)
    forms = list_forms(path)
    links = [
        f'<{place}>; rel="alternate"; type="{t}"'
        for (place, _), t in zip(forms, SUFFIXES.values(), strict=True)
    ]
    headers = {"Vary": "Accept", "Link": ", ".join([*links, f'<{_encode(iri)}>; rel="describes"'])}
    if negotiated:
        suffix = next((s for s, t in SUFFIXES.items() if PAGE_TYPES[t] == PAGE_TYPES[chosen]), "")
        headers["Content-Location"] = path + suffix
    if chosen == PAGE:
        shown = await site.pages.find_page(iri)
        return answer_page(request, make_node_page(site, iri, json.loads(answer.data), forms, shown), headers)
    return answer_kept(request, answer.data, name_content(chosen), headers)


def _encode(iri: str) -> str:
    """An IRI for a header: a URI in ASCII."""
    return quote(iri, safe="/%#:?@!$&'()*+,;=~-._[]")


def _tell_absent(site: Site, wanted: str, closest: str) -> str:
    origin = site.origin
    paths = [
        iri.removeprefix(origin) if origin is not None and not wanted.startswith(origin) else iri
        for iri in closest.splitlines()
    ]
    hint = f"; did you mean {' or '.join(paths)}?" if paths else ""
    return f"there is nothing at {wanted[:200]}{hint}"
