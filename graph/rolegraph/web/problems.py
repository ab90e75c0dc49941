"""How an error is told over HTTP: in the words of the command line, as text or as JSON (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from rolegraph.errors import QueryError, RolegraphError, UnfinishedError, UnknownError
from rolegraph.store.answering import FormError, SizeError
from rolegraph.store.pool import BusyError, LateError, LostError
from rolegraph.web.negotiation import choose_type

_TEXT, _JSON = "text/plain", "application/problem+json"
_OFFERED = {_TEXT: "text", _JSON: "json", "application/json": "json"}
_OFFERED_BY_API = {_JSON: "json", "application/json": "json", _TEXT: "text"}
API: Final = "/api/"
"""What the paths of the JSON API begin with: who asks there reads JSON, unless text is asked for."""

_STATUS: tuple[tuple[type[RolegraphError], int], ...] = (
    (FormError, 406),
    (UnknownError, 404),
    (UnfinishedError, 503),
    (LateError, 503),
    (BusyError, 503),
    # SPARQL 1.1 Protocol, section 2.1.6: a query that is legal, and that the service does not carry out.
    (SizeError, 500),
    (LostError, 500),
    (RolegraphError, 400),
)


class ProblemError(Exception):
    """A request that gets ``status`` and ``message`` for an answer."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


def describe_problem(request: Request, error: Exception) -> tuple[int, str, Mapping[str, str]]:
    """The status, message and headers of the answer to a request that cannot be answered as asked."""
    match error:
        case ProblemError():
            return error.status, error.message, error.headers
        case HTTPException(status_code=405):
            return 405, f"{request.method} is not answered here; use GET", error.headers or {}
        case HTTPException():
            return error.status_code, str(error.detail), error.headers or {}
        case RolegraphError():
            status = next(status for kind, status in _STATUS if isinstance(error, kind))
            message = f"error: {error}" if not isinstance(error, QueryError) else str(error)
            return status, message, {"Retry-After": "1"} if isinstance(error, BusyError) else {}
    return 500, "something went wrong in the server; its log says what", {}


def tell_problem(request: Request, status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A problem in the form that the client likes, text where it does not say."""
    headers = {**headers, "Vary": "Accept"}
    offered = _OFFERED_BY_API if request.url.path.startswith(API) else _OFFERED
    chosen = offered.get(choose_type(request.headers.get("accept"), offered) or next(iter(offered)))
    if chosen == "json":
        content = {"title": HTTPStatus(status).phrase, "status": status, "detail": message}
        return JSONResponse(content, status, headers, media_type=_JSON)
    return PlainTextResponse(message + "\n", status, headers)
