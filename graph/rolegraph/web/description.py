"""What the endpoint and the data say of themselves: SPARQL 1.1 Service Description, and VoID."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from rolegraph.errors import QueryError
from rolegraph.rdf.iris import Iris
from rolegraph.store.answering import serialize_triples
from rolegraph.store.prefixes import PREFIXES
from rolegraph.web.negotiation import GRAPH_TYPES, PAGE, PAGE_TYPES, choose_type, name_content
from rolegraph.web.pages import answer_page, make_endpoint_page
from rolegraph.web.problems import ProblemError
from rolegraph.web.site import Site, find_site

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = PREFIXES["void"]
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_LARGEST = 16 << 20


def describe_service(request: Request) -> Response:
    """The service description; a page with a form for queries where a person asks."""
    site = find_site(request)
    chosen = choose_type(request.headers.get("accept"), PAGE_TYPES)
    if chosen == PAGE:
        return answer_page(request, make_endpoint_page(site))
    return answer_graph(chosen, _describe_service(find_address(request, "/sparql"), site))


async def answer_void(request: Request) -> Response:
    """What the dataset says of itself, and where it can be asked (https://www.w3.org/TR/void/)."""
    site = find_site(request)
    chosen = choose_type(request.headers.get("accept"), GRAPH_TYPES)
    said: list[ox.Triple] = []
    if site.pool.base is not None:
        dataset = ox.NamedNode(Iris(site.pool.base).name("dataset"))
        try:
            described = await site.pool.describe(dataset.value, "ntriples", closest=False)
        except QueryError:
            described = None
        if described is not None:
            said = [quad.triple for quad in ox.parse(described.data, format=ox.RdfFormat.N_TRIPLES)]
        endpoint = ox.NamedNode(find_address(request, "/sparql"))
        said += [
            ox.Triple(dataset, _TYPE, ox.NamedNode(_VOID + "Dataset")),
            ox.Triple(dataset, ox.NamedNode(_VOID + "sparqlEndpoint"), endpoint),
            ox.Triple(dataset, ox.NamedNode(_VOID + "uriSpace"), ox.Literal(site.pool.base)),
        ]
        size = ox.NamedNode(_VOID + "triples")
        if not any(triple.predicate == size for triple in said):
            said.append(ox.Triple(dataset, size, ox.Literal(site.pool.triples)))
    return answer_graph(chosen, said)


def answer_graph(media_type: str | None, triples: list[ox.Triple] | Iterator[ox.Triple]) -> Response:
    """Triples in the form that was chosen, 406 where none was."""
    if media_type is None:
        raise ProblemError(406, f"there are {', '.join(list(GRAPH_TYPES)[:4])}")
    prefixes = {**PREFIXES, "sd": _SD, "formats": _FORMATS}
    data = serialize_triples(triples, GRAPH_TYPES[media_type], _LARGEST, prefixes)
    return Response(data, headers={"Content-Type": name_content(media_type), "Vary": "Accept"})


def find_address(request: Request, path: str) -> str:
    """The address of a path of this server as the client calls it; 400 where it calls it by no name."""
    address = f"{request.url.scheme}://{request.url.netloc}{path}"
    try:
        ox.NamedNode(address)
    except ValueError:
        raise ProblemError(400, "the Host of the request is not the name of a server") from None
    return address


def _describe_service(endpoint: str, site: Site) -> Iterator[ox.Triple]:
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default-graph")

    def say(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(_SD + name), value)

    def name_type(subject: ox.NamedNode, name: str) -> ox.Triple:
        return ox.Triple(subject, _TYPE, ox.NamedNode(_SD + name))

    yield name_type(service, "Service")
    yield say(service, "endpoint", service)
    yield say(service, "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query"))
    for form in _RESULT_FORMATS:
        yield say(service, "resultFormat", ox.NamedNode(_FORMATS + form))
    yield say(service, "defaultDataset", dataset)
    yield name_type(dataset, "Dataset")
    yield say(dataset, "defaultGraph", default)
    yield name_type(default, "Graph")
    yield ox.Triple(default, ox.NamedNode(_VOID + "triples"), ox.Literal(site.pool.triples))
    for number, name in enumerate(site.pool.graphs, 1):
        graph = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield say(dataset, "namedGraph", graph)
        yield name_type(graph, "NamedGraph")
        yield say(graph, "name", ox.NamedNode(name))
