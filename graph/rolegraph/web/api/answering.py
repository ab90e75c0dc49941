"""How a question of the API is answered: with the bytes that the command line prints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rolegraph.errors import InputError
from rolegraph.plain import to_json
from rolegraph.web.api.description import list_endpoints, make_api_page, make_openapi
from rolegraph.web.api.endpoints import ENDPOINTS, Endpoint
from rolegraph.web.api.parameters import read_parameters
from rolegraph.web.caching import answer_kept
from rolegraph.web.negotiation import PAGE, choose_type
from rolegraph.web.pages import answer_page
from rolegraph.web.problems import API, ProblemError
from rolegraph.web.site import Site, find_site

JSON: Final = "application/json"


def list_routes() -> list[Route]:
    """The routes of the API."""
    return [
        Route(API.rstrip("/"), _answer_list, methods=["GET"]),
        Route(API, _answer_list, methods=["GET"]),
        Route(f"{API}openapi.json", _answer_openapi, methods=["GET"]),
        *(
            Route(API + endpoint.path.replace("{code}", "{code:path}"), _make_handler(endpoint), methods=["GET"])
            for endpoint in ENDPOINTS
        ),
        Route(API + "{path:path}", _answer_absent, methods=["GET"]),
    ]  # fmt: skip


def _make_handler(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        part = None if endpoint.code is None else (endpoint.code, request.path_params["code"])
        given = read_parameters(request.scope["query_string"], endpoint.parameters, part)
        site = find_site(request)

        def ask() -> bytes:
            return _ask(endpoint, site, given)

        return answer_kept(request, await site.desk.run(ask), JSON)

    return answer


def _ask(endpoint: Endpoint, site: Site, given: dict[str, object]) -> bytes:
    try:
        site.pages.read_records()
    except InputError as error:
        raise ProblemError(404, f"the data are not read as a job architecture: {error}") from None
    try:
        answer = endpoint.ask(site.architecture, **given)
    except InputError as error:
        # A release beside the records is damaged: nothing is wrong with the question.
        raise ProblemError(503, f"the data cannot be read: {error}") from None
    return to_json(answer).encode("utf-8")


async def _answer_list(request: Request) -> Response:
    """What can be asked; a page where a person looks."""
    if choose_type(request.headers.get("accept"), {JSON: "", PAGE: ""}) == PAGE:
        return answer_page(request, make_api_page())
    return JSONResponse(list_endpoints(), headers={"Vary": "Accept"})


async def _answer_openapi(request: Request) -> Response:
    content = await find_site(request).desk.run(lambda: to_json(make_openapi()).encode("utf-8"))
    return answer_kept(request, content, JSON)


async def _answer_absent(request: Request) -> Response:
    known = ", ".join(endpoint.path for endpoint in ENDPOINTS)
    raise ProblemError(404, f"error: there is no such question; below {API} there are {known}")
