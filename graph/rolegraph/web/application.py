"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rolegraph.architecture import Architecture
from rolegraph.errors import RolegraphError
from rolegraph.store.pool import open_pool
from rolegraph.web.api.answering import list_routes
from rolegraph.web.description import answer_void
from rolegraph.web.desk import SEARCH, Desk
from rolegraph.web.envelope import Envelope
from rolegraph.web.files import answer_site, likes_pages
from rolegraph.web.folder import Pages
from rolegraph.web.linked import answer_path, answer_resource
from rolegraph.web.ontology import answer_ontology
from rolegraph.web.pages import ENDPOINTS, answer_page, answer_problem_page, make_start_page
from rolegraph.web.problems import API, ProblemError, describe_problem, tell_problem
from rolegraph.web.settings import PAGES, START, VOCABULARY, Settings
from rolegraph.web.site import Site, find_site
from rolegraph.web.sparql import answer_sparql


def make_application(
    architecture: Architecture, settings: Settings | None = None, routes: Sequence[BaseRoute] = ()
) -> Starlette:
    """An ASGI application that answers from one job architecture.

    The data are read when it starts (its lifespan); ``app.state.site`` holds them then. ``routes`` come before its own;
    the last of its own takes every path, as any may be that of an IRI.
    """
    chosen = settings or Settings()

    @asynccontextmanager
    async def open_site(app: Starlette) -> AsyncIterator[None]:
        desk = Desk(search=min(chosen.limits.timeout, SEARCH))
        documents = await desk.run(partial(architecture.documents, chosen.edition, query="GRAPH ?any"))
        pool = await open_pool(documents, chosen.workers, chosen.limits)
        # What is held twice is the larger part of the memory of a large architecture.
        del documents
        pages = Pages(architecture, chosen, desk)
        app.state.site = Site(architecture, chosen, pool, pages, desk)
        try:
            yield
        finally:
            desk.close()
            await pool.close()
            pages.close()

    reading = ("GET",)
    return Starlette(
        routes=[
            *routes,
            # The protocol tells itself which methods it has.
            *(Route(path, answer_sparql, methods=_METHODS) for path in ("/sparql", "/sparql/")),
            Route("/", _answer_start, methods=reading),
            Route(ENDPOINTS, _answer_endpoints, methods=reading),
            *(
                Route(path, answer_site, methods=reading)
                for path in (PAGES.rstrip("/"), PAGES + "{path:path}")
            ),
            *list_routes(),
            Route("/health", _answer_health, methods=reading),
            Route("/.well-known/void", answer_void, methods=reading),
            Route("/resource", answer_resource, methods=reading),
            *(Route(VOCABULARY + suffix, answer_ontology, methods=reading) for suffix in _ONTOLOGY_SUFFIXES),
            Route("/{path:path}", answer_path, methods=reading),
        ],
        lifespan=open_site,
        middleware=[Middleware(Envelope, quiet=chosen.quiet, log_queries=chosen.log_queries)],
        exception_handlers=dict.fromkeys((ProblemError, HTTPException, RolegraphError), _handle_problem),
    )


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE")
_ONTOLOGY_SUFFIXES = ("", ".ttl", ".nt", ".rdf", ".jsonld", ".html")


async def _handle_problem(request: Request, error: Exception) -> Response:
    """A problem in the form that the client likes: a page for browsers, but not below ``/api/``, where programs ask."""
    told = describe_problem(request, error)
    if request.url.path.startswith(API) or not likes_pages(request):
        return tell_problem(request, *told)
    return answer_problem_page(*told)


async def _answer_start(request: Request) -> Response:
    """The pages for people, what the server answers for everybody else."""
    if likes_pages(request) and await find_site(request).pages.has_pages():
        return RedirectResponse(START, 307, {"Vary": "Accept"})
    return await _answer_endpoints(request)


async def _answer_endpoints(request: Request) -> Response:
    site = find_site(request)
    return answer_page(request, make_start_page(site, has_pages=await site.pages.has_pages()))


async def _answer_health(request: Request) -> Response:
    pool = find_site(request).pool
    if not pool.is_well:
        return JSONResponse({"status": "lost"}, 503)
    return JSONResponse({"status": "ok", "version": version("rolegraph"), "triples": pool.triples})
