"""Asking a SPARQL 1.1 endpoint: the queries that ship with the package, and the user's own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from rolegraph.errors import QueryError
from rolegraph.rdf.vocab import DCAT, VANN
from rolegraph.remote.address import read_address
from rolegraph.remote.client import Answer, Client, RemoteError, Request
from rolegraph.remote.credentials import find_credentials
from rolegraph.remote.dataset import COLUMNS, QUERY, Place, find_place
from rolegraph.remote.text import find_form, write_query
from rolegraph.store.parameters import CODE_KINDS, Parameter, bind_parameters, refuse_unknown
from rolegraph.store.prefixes import PREFIXES
from rolegraph.store.result import Result, sort_triples

if TYPE_CHECKING:
    from rolegraph.store.result import Term

TIMEOUT = 30.0
LIMIT = 100_000
_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_GRAPHS = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"


class Endpoint:
    """A SPARQL endpoint. Methods raise QueryError where it does not answer, or answers with something else.

    ``dataset`` is the IRI of one of several architectures that it holds. Use it as a context.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        limit: int = LIMIT,
        dataset: str | None = None,
        insecure: bool = False,
        tell: Callable[[str], None] = lambda step: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        address = read_address(url)
        credentials = find_credentials(address, insecure=insecure)
        self._client = Client(address, credentials, timeout=timeout, tell=tell, sleep=sleep)
        self._timeout, self._limit, self._dataset = timeout, limit, dataset

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, *details: object) -> None:
        self._client.__exit__(*details)

    @cached_property
    def place(self) -> Place:
        """Where the graphs of ours stand; one small query. Raises RequestError where there are several and none is chosen."""
        return find_place(self._select(QUERY, Place(None), COLUMNS), self._dataset)

    def ask_named(self, name: str, given: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> Result:
        """The answer of a named query, its parameters ``given`` as text; errors as those of ``store.named.run_named``."""
        from rolegraph.store.named import find_query

        query = find_query(name)
        bound = bind_parameters(query.name, query.parameters, given)
        if self.place.base is None:
            raise QueryError(
                f"{self._client.address.shown} holds no architecture that a named query could be asked of; publish one "
                "with rolegraph publish"
            )
        self._check_codes(query.parameters, bound)
        return self._send(write_query(query.text, bound), self.place)

    def ask_text(self, text: str, bindings: Mapping[str, Term] | None = None) -> Result:
        """The answer to a query of the user's own, which is judged here before it is sent.

        ``bindings`` gives values to variables. Raises QueryError where it is refused: the same is refused as by the
        embedded engine. At most ``limit`` rows are kept.
        """
        from rolegraph.store.documents import Documents
        from rolegraph.store.sandbox import run_text

        text = text.removeprefix("\ufeff")
        # Over an empty graph: what the guard and the engine refuse is refused in a process that may die of it.
        run_text(Documents(texts=(_NOTHING,)), text, bindings=bindings, timeout=self._timeout)
        return self._send(write_query(text, bindings or {}, self.place.base), self.place)

    def _check_codes(self, parameters: tuple[Parameter, ...], bound: Mapping[str, Term]) -> None:
        """Raise UnknownError, naming the closest, for a code that nothing of its kind has; one small query each."""
        for parameter in parameters:
            code = bound.get(parameter.name)
            kind = CODE_KINDS.get(parameter.kind)
            if kind is None or not isinstance(code, ox.Literal):
                continue
            owner = ox.NamedNode(PREFIXES["rg"] + kind.type_name)
            if not self._list_codes(owner, code):
                raise refuse_unknown(parameter.kind, code.value, self._list_codes(owner))

    def _list_codes(self, kind: ox.NamedNode, code: ox.Literal | None = None) -> list[str]:
        """The codes of what is of a kind, or the one that is asked for."""
        bindings: dict[str, Term] = {"kind": kind}
        if code is not None:
            bindings["code"] = code
        text = "SELECT DISTINCT ?kind ?code { ?node skos:notation ?code ; a ?kind }"
        rows = self._select(write_query(text, bindings), self.place, ("code",)).rows
        return sorted(code.value for (code,) in rows if isinstance(code, ox.Literal))

    def _select(self, text: str, place: Place, columns: tuple[str, ...]) -> Result:
        """The answer to a query of ours, of these columns in this order: an endpoint may answer with anything."""
        answer = self._send(text, place)
        missing = [f"?{name}" for name in columns if name not in answer.variables]
        if missing:
            raise QueryError(
                f"{self._client.address.shown} answered with results that are broken: they have no {', '.join(missing)}"
            )
        order = [answer.variables.index(name) for name in columns]
        return Result(
            "select", columns, tuple(tuple(row[at] for at in order) for row in answer.rows), cut=answer.cut
        )

    def _send(self, text: str, place: Place) -> Result:
        graph = find_form(text) in {"CONSTRUCT", "DESCRIBE"}
        fields = [
            ("query", text),
            *(("default-graph-uri", iri) for iri in place.defaults),
            *(("named-graph-uri", iri) for iri in place.named),
        ]
        try:
            body = urlencode(fields).encode()
        except UnicodeEncodeError:
            raise QueryError("the query is not Unicode text") from None
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": _GRAPHS if graph else _RESULTS,
        }
        request = Request("POST", self._client.address.url, headers, body)
        try:
            answer = self._client.send(request, whole=self._timeout)
        except RemoteError as error:
            raise QueryError(str(error)) from None
        return self._read_triples(answer) if graph else self._read_rows(answer)

    def _read_rows(self, answer: Answer) -> Result:
        form = ox.QueryResultsFormat.from_media_type(answer.media_type)
        if answer.media_type == "application/json":
            form = ox.QueryResultsFormat.JSON
        if form is None:
            raise self._refuse(answer, "no results of SPARQL")
        try:
            found = ox.parse_query_results(answer.body, format=form)
            if isinstance(found, ox.QueryBoolean):
                return Result("ask", boolean=bool(found))
            rows: list[tuple[Term | None, ...]] = []
            cut = None
            for solution in found:
                if len(rows) == self._limit:
                    cut = f"only the first {self._limit:,} rows: more were not asked for"
                    break
                rows.append(tuple(solution))
        except (SyntaxError, ValueError) as error:
            raise QueryError(
                f"{self._client.address.shown} answered with results that are broken: {self._client.clean(str(error))[:200]}"
            ) from None
        return Result("select", tuple(variable.value for variable in found.variables), tuple(rows), cut=cut)

    def _read_triples(self, answer: Answer) -> Result:
        form = ox.RdfFormat.from_media_type(answer.media_type)
        if form is None:
            raise self._refuse(answer, "no graph")
        try:
            parsed = ox.parse(answer.body, format=form, base_iri=self._client.address.url)
            triples = {quad.triple for quad in parsed}
        except (SyntaxError, ValueError) as error:
            raise QueryError(
                f"{self._client.address.shown} answered with a graph that is broken: {self._client.clean(str(error))[:200]}"
            ) from None
        kept = sort_triples(triples)
        cut = (
            f"only the first {self._limit:,} triples: more were not asked for"
            if len(kept) > self._limit
            else None
        )
        return Result("construct", triples=kept[: self._limit], cut=cut)

    def _refuse(self, answer: Answer, what: str) -> QueryError:
        told = answer.media_type.encode("ascii", "replace").decode()[:60] or "no media type"
        page = " (a page to log in at, perhaps)" if "html" in told else ""
        return QueryError(
            f"{self._client.address.shown} answered with {told}{page}, which is {what}; check that it is the address of "
            "a SPARQL endpoint, such as http://HOST:7878/query (Oxigraph) or http://HOST:3030/NAME/query (Fuseki)"
        )


_NOTHING = f'<a:> a <{DCAT.Dataset}> ; <{VANN.preferredNamespaceUri}> "https://example.org/" .'.encode()
"""A graph that holds a base alone, so that relative IRIs can be read."""
