"""What the requests of one server share."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.requests import Request

from rolegraph.architecture import Architecture
from rolegraph.rdf.vocab import RG
from rolegraph.store.pool import Pool
from rolegraph.web.desk import Desk
from rolegraph.web.folder import Pages
from rolegraph.web.settings import VOCABULARY, Settings


@dataclass(frozen=True, slots=True)
class Site:
    """The data, the workers that answer from them, the settings, the pages, and where they and other answers are computed."""

    architecture: Architecture
    settings: Settings
    pool: Pool
    pages: Pages
    desk: Desk

    @property
    def origin(self) -> str | None:
        """Scheme and host of the IRIs of the dataset, without a slash; None where the data name no base."""
        if self.pool.base is None:
            return None
        parts = urlsplit(self.pool.base)
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} else None

    def find_path(self, iri: str) -> str:
        """The path of this server that answers for an IRI; a path, whatever the IRI is.

        Nodes of the dataset and terms of the vocabulary have their own, any other is asked for at ``/resource``.
        """
        if iri.startswith(RG.iri):
            return f"{VOCABULARY}#{quote(iri[len(RG.iri) :], safe='')}"
        base, origin = self.pool.base, self.origin
        if base is not None and origin is not None and iri.startswith(base):
            path = iri[len(origin) :]
            # Two slashes at the start would name another server.
            if path.startswith("/") and not path.startswith("//"):
                return quote(path, safe="/%#:@!$&'()*+,;=~-._")
        return f"/resource?iri={quote(iri, safe='')}"


def find_site(request: Request) -> Site:
    """The site that a request is for."""
    site: Site = request.app.state.site
    return site
