"""The files of the site over HTTP: those that the client has are not sent again, and what is not there is told by a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from rolegraph.errors import InputError
from rolegraph.site.book import POLICY
from rolegraph.web.caching import is_known
from rolegraph.web.folder import Pages
from rolegraph.web.negotiation import PAGE, choose_type
from rolegraph.web.paths import read_raw_path
from rolegraph.web.problems import ProblemError
from rolegraph.web.settings import PAGES, START
from rolegraph.web.site import find_site

_RANGE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-\d{1,18})")
_POLICY: Final = f"{POLICY}; frame-ancestors 'none'"


async def answer_site(request: Request) -> Response:
    """A file of the site; 304 where the client has it, and where there is none a page that says so."""
    pages = find_site(request).pages
    path = request.path_params.get("path", "")
    if not path:
        return RedirectResponse(START, 307)
    try:
        file = await pages.find(path)
        if file is None:
            return await _tell_absent(request, pages)
    except InputError as error:
        raise ProblemError(
            404, f"the data are not read as a job architecture, so they have no pages: {error}"
        ) from None
    headers = {"ETag": file.tag, "Cache-Control": "no-cache", "Content-Type": file.media_type}
    if file.media_type.startswith(PAGE):
        headers["Content-Security-Policy"] = _POLICY
    if is_known(request, file.tag):
        return Response(status_code=304, headers=headers)
    if isinstance(file.content, Path):
        _drop_wrong_range(request)
        return FileResponse(file.content, headers=headers)
    return Response(file.content, headers=headers)


def _drop_wrong_range(request: Request) -> None:
    """A range that cannot be read is as none (RFC 9110, section 14.2)."""
    match = _RANGE.fullmatch(request.headers.get("range", "bytes=0-"))
    if match is None or (match[1] and match[2] and int(match[1]) > int(match[2])):
        headers = request.scope["headers"]
        request.scope["headers"] = [(name, value) for name, value in headers if name != b"range"]


def likes_pages(request: Request) -> bool:
    """Whether a client asks for HTML by its name, as browsers do, and not for anything at all."""
    return choose_type(request.headers.get("accept"), {"application/octet-stream": "", PAGE: ""}) == PAGE


async def _tell_absent(request: Request, pages: Pages) -> Response:
    if not likes_pages(request):
        raise ProblemError(404, "there is no such file of the site; /site/index.html is its first page")
    raw = (read_raw_path(request) or PAGES).removeprefix(PAGES)
    page = await pages.make_absent(raw.count("/"))
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept"}
    return Response(page, 404, headers, media_type=PAGE)
