"""How a server answers, and the paths that are its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rolegraph.rdf.vocab import RG
from rolegraph.store.pool import Limits

PAGES = "/site/"
"""The path below which the pages of the site stand."""
START = f"{PAGES}index.html"
"""The first of them."""
VOCABULARY = urlsplit(RG.iri).path
"""The path that answers for the terms of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server answers.

    ``workers`` processes answer queries; ``edition`` and ``k`` say which distances, and how many nearest roles of each
    role, the data hold; ``log_queries`` writes the text of queries to the log, ``quiet`` writes no log.
    """

    limits: Limits = field(default_factory=Limits)
    workers: int = 2
    edition: str = "structural@1"
    k: int = 10
    log_queries: bool = False
    quiet: bool = False
