"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): queries by GET, by form and by direct POST."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Literal
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from rolegraph.store.answering import ROWS, FormError
from rolegraph.store.guard import MAX_LENGTH
from rolegraph.store.pool import Answer, Chosen
from rolegraph.web.description import describe_service, find_address
from rolegraph.web.envelope import QUERY
from rolegraph.web.negotiation import GRAPH_TYPES, PAGE, ROW_TYPES, choose_type, name_content
from rolegraph.web.pages import answer_page
from rolegraph.web.problems import ProblemError
from rolegraph.web.site import find_site
from rolegraph.web.tables import make_answer_page

METHODS = ("GET", "HEAD", "POST")
FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
LARGEST = 4 << 20
"""The bytes of a request that are read; a query of the longest length fits, however it is encoded."""
_FIELDS = 1_000
# A page is made of the answer in a form that programs read.
_ROWS = {**ROW_TYPES, PAGE: "json"}
_GRAPHS = {**GRAPH_TYPES, PAGE: "ntriples"}
_CLOSE = {"Connection": "close"}
_UPDATE = "an update is refused: the graph is only read"

Pairs = list[tuple[str, str]]


async def answer_sparql(request: Request) -> Response:
    """A query, or the description of the service where there is none."""
    if request.method not in METHODS:
        raise ProblemError(
            405,
            f"{request.method} is not answered here; use GET or POST",
            {"Allow": "GET, HEAD, POST, OPTIONS"},
        )
    pairs = _read_pairs(request.scope["query_string"])
    text = await _read_post(request, pairs) if request.method == "POST" else None
    if any(name == "update" for name, _ in pairs):
        raise ProblemError(403, _UPDATE)
    queries = [value for name, value in pairs if name == "query"]
    if text is not None:
        queries.append(text)
    if not queries and request.method != "POST":
        return describe_service(request)
    if len(queries) != 1:
        many = (
            f"there are {len(queries)} queries in the request"
            if queries
            else "there is no query in the request"
        )
        raise ProblemError(400, f"{many}; send one")
    text = queries[0].removeprefix("\ufeff")
    request.scope[QUERY] = text
    if len(text) > MAX_LENGTH:
        raise ProblemError(
            413, f"the query is {len(text):,} characters long; at most {MAX_LENGTH:,} are read"
        )
    return await _answer_query(request, text, _find_chosen(pairs), _find_accept(request, pairs))


async def _answer_query(request: Request, text: str, chosen: Chosen | None, accept: str | None) -> Response:
    rows, graph = choose_type(accept, _ROWS), choose_type(accept, _GRAPHS)
    if rows is None and graph is None:
        raise ProblemError(406, _say_offered())
    site = find_site(request)
    asked = site.pool.ask(
        text,
        rows=rows and _ROWS[rows],
        graph=graph and _GRAPHS[graph],
        chosen=chosen,
        base=find_address(request, "/sparql"),
    )
    try:
        answer = await wait_for(request, asked)
    except FormError as error:
        raise ProblemError(406, f"{error}; {_say_offered()}") from None
    media_type = rows if answer.form in ROWS else graph
    assert media_type is not None
    if media_type == PAGE:
        page = await run_in_threadpool(make_answer_page, site, text, answer)
        return answer_page(request, page)
    return Response(answer.data, headers={"Content-Type": name_content(media_type), "Vary": "Accept"})


async def wait_for(request: Request, work: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer that a worker gives; a client that goes away leaves no query behind that runs for nobody."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=1.0)
        if not done:
            gone = asyncio.ensure_future(_wait_until_gone(request))
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            gone.cancel()
        if task.done():
            return task.result()
        raise ProblemError(400, "the client went away")
    finally:
        if not task.done():
            task.cancel()


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _read_post(request: Request, pairs: Pairs) -> str | None:
    """The query that a POST carries directly; what a form holds is added to ``pairs``."""
    media_type, charset = _read_content_type(request.headers.get("content-type", ""))
    if media_type == UPDATE:
        raise ProblemError(403, _UPDATE)
    if media_type not in {FORM, DIRECT}:
        said = f"a body of the type {media_type} is" if media_type else "a body without a type is"
        accepted = {"Accept-Post": f"{FORM}, {DIRECT}"}
        raise ProblemError(415, f"{said} not read; send {DIRECT} or {FORM}", accepted)
    if charset not in {None, "utf-8", "utf8"}:
        raise ProblemError(415, "a query is UTF-8; other character sets are not read")
    body = await _read_body(request)
    if media_type == FORM:
        pairs += _read_pairs(body)
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, f"the query is not UTF-8 at byte {error.start + 1}") from None


async def _read_body(request: Request) -> bytes:
    """The body, which may take as long to come as a query may to be answered."""
    body = bytearray()
    seconds = find_site(request).settings.limits.timeout
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise ProblemError(413, f"the request is larger than {LARGEST:,} bytes", _CLOSE)
    except TimeoutError:
        raise ProblemError(408, f"the request did not come within {seconds:g} seconds", _CLOSE) from None
    return bytes(body)


def _read_content_type(value: str) -> tuple[str, str | None]:
    """The media type, and the charset where it is said, both in lower case."""
    media_type, *parameters = value.split(";")
    for parameter in parameters:
        name, _, charset = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.strip().lower(), charset.strip().strip('"').lower()
    return media_type.strip().lower(), None


def _read_pairs(encoded: bytes) -> Pairs:
    """Names and values of a query string or a form."""
    try:
        return parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_FIELDS,
        )
    except UnicodeDecodeError:
        raise ProblemError(400, "a parameter of the request is not UTF-8, percent-encoded") from None
    except ValueError:
        raise ProblemError(400, f"the request has more than {_FIELDS:,} parameters") from None


def _find_chosen(pairs: Pairs) -> Chosen | None:
    """The graphs that the request chooses; None where it chooses none, and gets all."""
    default = _find_iris(pairs, "default-graph-uri")
    named = _find_iris(pairs, "named-graph-uri")
    return Chosen(default, named) if default or named else None


def _find_iris(pairs: Pairs, name: Literal["default-graph-uri", "named-graph-uri"]) -> tuple[str, ...]:
    iris = tuple(value for key, value in pairs if key == name)
    for iri in iris:
        try:
            ox.NamedNode(iri)
        except ValueError:
            raise ProblemError(400, f"{name} is not an absolute IRI: {iri[:200]!r}") from None
    return iris


def _find_accept(request: Request, pairs: Pairs) -> str | None:
    """What the client accepts; the parameter ``accept`` is for those that cannot say it in a header, such as a form."""
    return next((value for name, value in pairs if name == "accept" and value), request.headers.get("accept"))


def _say_offered() -> str:
    tables, graphs = (", ".join(list(types)[:4]) for types in (ROW_TYPES, GRAPH_TYPES))
    return f"there are {tables} for tables and truth values, {graphs} for graphs"
