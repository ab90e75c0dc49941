"""The SPARQL 1.1 Graph Store HTTP Protocol: putting, deleting and reading one graph of a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from rolegraph.remote.client import Answer, Client, RemoteError, Request

_READ = {"Accept": "application/n-triples, text/turtle;q=0.9"}
_PEEK = 4096
ADDRESSES = (
    "the address of a Graph Store is, for example, http://HOST:7878/store (Oxigraph), http://HOST:3030/NAME/data "
    "(Fuseki), http://HOST/repositories/NAME/rdf-graphs/service (RDF4J, GraphDB)"
)


class GraphStore:
    """The graphs of a store, each by its IRI; None is the default graph. Methods raise RemoteError."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def put(self, graph: str | None, body: Path | bytes, media_type: str) -> None:
        """Replace a graph by what ``body`` holds, all at once."""
        self._send(Request("PUT", self._name(graph), {"Content-Type": media_type}, body))

    def delete(self, graph: str | None) -> None:
        """Delete a graph, if it is there."""
        self._send(Request("DELETE", self._name(graph)), also=frozenset({404}))

    def read(self, graph: str) -> tuple[ox.Triple, ...]:
        """The triples of a small graph; none where it is not there."""
        answer = self._send(Request("GET", self._name(graph), _READ), also=frozenset({404}))
        if answer.status in {204, 404}:
            return ()
        try:
            return tuple(quad.triple for quad in self._parse(answer.body, answer.media_type))
        except SyntaxError as error:
            raise RemoteError(
                f"{self._client.address.shown} answered with a graph that is broken: {self._client.clean(str(error))[:200]}"
            ) from None

    def exists(self, graph: str) -> bool:
        """Whether a named graph is there; a store that does not answer HEAD is believed to have it."""
        answer = self._send(Request("HEAD", self._name(graph), _READ), also=frozenset({404, 405, 501}))
        return answer.status != 404

    def is_default_empty(self) -> bool:
        """Whether the default graph holds nothing; a little of it is read."""
        request = Request("GET", self._name(None), _READ, most=_PEEK)
        answer = self._send(request, also=frozenset({404}))
        if answer.status in {204, 404}:
            return True
        try:
            return next(self._parse(answer.body, answer.media_type), None) is None
        except SyntaxError:
            # Cut off in the middle of its first statement: there is one.
            return False

    def _name(self, graph: str | None) -> str:
        return self._client.address.add("default" if graph is None else f"graph={quote(graph, safe='')}")

    def _send(self, request: Request, also: frozenset[int] = frozenset()) -> Answer:
        try:
            return self._client.send(request, also=also)
        except RemoteError as error:
            if error.status in {400, 404, 405, 501}:
                raise RemoteError(f"{error}; {ADDRESSES}", error.status) from None
            raise

    def _parse(self, body: bytes, media_type: str) -> Iterator[ox.Quad]:
        form = ox.RdfFormat.from_media_type(media_type)
        if form is None:
            told = media_type.encode("ascii", "replace").decode()[:60] or "no media type"
            raise RemoteError(
                f"{self._client.address.shown} answered with {told}, which is no graph; {ADDRESSES}"
            )
        return ox.parse(body, format=form)
