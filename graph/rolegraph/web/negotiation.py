"""Which form a client gets, by its ``Accept`` (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

ROW_TYPES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of tables and truth values, the preferred first, and the form of ``store.answering`` behind each."""

GRAPH_TYPES: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/x-turtle": "turtle",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
    "application/json": "jsonld",
    "text/plain": "ntriples",
}
"""Media types of graphs."""

PAGE = "text/html"
PAGE_TYPES: Mapping[str, str] = {"text/turtle": "turtle", PAGE: "page", **GRAPH_TYPES}
"""Media types of what has a page for people too."""

SUFFIXES: Mapping[str, str] = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".html": PAGE,
}
"""The ending of a path that asks for one form."""

_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)/([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(;.*)?", re.DOTALL)
_QUALITY = re.compile(r";\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*(?=;|$)", re.IGNORECASE)
_LONGEST = 4_000


def choose_type(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """The media type of those offered that the client likes best, the first offered among equals; None for none.

    >>> choose_type("text/csv;q=0.5, application/sparql-results+xml", ROW_TYPES)
    'application/sparql-results+xml'
    >>> choose_type("*/*", GRAPH_TYPES), choose_type("image/png", GRAPH_TYPES)
    ('text/turtle', None)
    """
    if accept is None or not accept.strip():
        return next(iter(offered))
    ranges = _read_ranges(accept[:_LONGEST])
    best, liking = None, 0.0
    for media_type in offered:
        quality = _find_quality(media_type, ranges)
        if quality > liking:
            best, liking = media_type, quality
    return best


def _read_ranges(accept: str) -> dict[str, float]:
    """The quality of each media range; a range that cannot be read is left out."""
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        quality = 1.0
        if match[3] and re.search(r";\s*q\s*=", match[3], re.IGNORECASE):
            found = _QUALITY.search(match[3])
            if found is None:
                continue
            quality = float(found[1])
        name = f"{match[1]}/{match[2]}".lower()
        ranges[name] = max(quality, ranges.get(name, 0.0))
    return ranges


def _find_quality(media_type: str, ranges: Mapping[str, float]) -> float:
    """By the most specific range that a media type falls into."""
    for name in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def name_content(media_type: str) -> str:
    """The value of ``Content-Type``: texts say that they are UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
