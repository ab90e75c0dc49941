"""The badges of form A, which are run together: ``M3M3 — Senior Managerhigh0.90approvedglobalv1``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from rolegraph.model import codes
from rolegraph.model.roles import Confidence
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.slugs import make_slug

STATUSES: Final = (
    "draft", "proposed", "in-review", "in review", "under-review", "under review", "review", "reviewed", "approved",
    "published", "active", "deprecated", "retired", "archived",
)  # fmt: skip
"""The words for a status that are known; others cannot be told from the region behind them."""

REGIONS: Final = frozenset(
    {
        "africa", "americas", "amer", "anz", "apac", "apj", "asia", "asia-pacific", "australia", "brazil", "canada",
        "china", "dach", "emea", "eu", "europe", "france", "germany", "global", "india", "ireland", "italy", "japan",
        "latam", "mea", "mena", "mexico", "na", "nordics", "north-america", "oceania", "singapore", "spain",
        "switzerland", "uk", "us", "usa", "worldwide",
    }
)  # fmt: skip
"""Words for regions that are certain wherever they stand alone."""

_SEPARATOR: Final = re.compile(r"\s+[·|]\s+|\s+")
_SURE: Final = re.compile(
    r"(?P<label>(?:[^\W\d_]+(?:[ -][^\W\d_]+)*)?)[\s·|]*(?P<value>[01](?:\.\d+)?)(?!\d)[\s·|]*(?P<tail>.*)"
)
_MOST: Final = 120
"""The characters that status, region and version have together at most."""

_VERSION: Final = re.compile(r"v\d+(?:\.\d+)*(?:-[a-z0-9]+)?", re.IGNORECASE)
_ANY: Final = re.compile(rf"({codes.TRACK}{codes.RANK})\s*\1\s*[—–-]\s")
_REGION: Final = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_REMEDY: Final = "put blanks between the badges: level, name, confidence, status, region and version"


class Reading(NamedTuple):
    """One way to read the badges behind the confidence; what is empty is not there."""

    status: str
    region: str
    version: str


def is_badges(text: str, level: str) -> bool:
    """Whether a line is the badges of a profile at this level."""
    return bool(level) and re.match(rf"{level}\s*{level}\s*[—–-]\s", text) is not None


def find_badges_level(text: str) -> str | None:
    """The level whose badges a line is; None where it is none."""
    found = _ANY.match(text)
    return found[1] if found else None


def read_badges(line: Line, draft: Draft) -> None:
    """Reads name of the level, confidence, status, region and version, where there is one way to part them."""
    said = re.sub(rf"^{draft.level}\s*{draft.level}\s*[—–-]\s+", "", line.text)
    known = draft.facts.level_name
    if known is None or not said.startswith(known.value):
        draft.refuse(
            "page-badges",
            f"the badges {shorten(line.text)} do not begin with the name that the page gives its level elsewhere",
            line.number, _REMEDY,
        )  # fmt: skip
        return
    rest = said[len(known.value) :].strip(" ·|")
    match, tail = None, rest
    readings = part_badges(rest)
    if not readings and (match := _SURE.fullmatch(rest)) is not None:
        tail = match["tail"]
        readings = part_badges(tail)
    if len(readings) != 1:
        ways = " or ".join("/".join(filter(None, reading)) for reading in readings)
        found = f"can be parted in several ways ({ways})" if readings else "cannot be parted"
        draft.refuse(
            "page-badges", f"status, region and version {shorten(tail)} {found}", line.number, _REMEDY
        )
        return
    if match:
        label = match["label"].strip() or None
        made = draft.make(Confidence, line.number, value=Decimal(match["value"]), label=label)
        draft.facts.confidence = Said(made, line.number) if made else None
    status, region, version = readings[0]
    facts, number = draft.facts, line.number
    facts.status = Said(make_slug(status), number) if status else None
    facts.region = Said(make_slug(region), number) if region else None
    facts.version = Said(version, number) if version else None


def part_badges(tail: str) -> list[Reading]:
    """The ways to part status, region and version, which are run together or have blanks between them.

    Ways with a region that is known leave those without one out.

    >>> part_badges("approvedglobalv1")
    [Reading(status='approved', region='global', version='v1')]
    """
    if not tail:
        return [Reading("", "", "")]
    if len(tail) > _MOST:
        return []
    parts = _SEPARATOR.split(tail)
    if (
        len(parts) == 3
        and _REGION.fullmatch(parts[0])
        and _REGION.fullmatch(parts[1])
        and _VERSION.fullmatch(parts[2])
    ):
        return [Reading(*parts)]
    readings = list(dict.fromkeys(_part(tail)))
    return [reading for reading in readings if make_slug(reading.region) in REGIONS] or readings


def _part(tail: str) -> Iterator[Reading]:
    lowered = tail.lower()
    for status in ("", *STATUSES):
        if not lowered.startswith(status):
            continue
        rest = tail[len(status) :].strip(" ·|")
        for version in ("", *(rest[at:] for at in range(len(rest)) if _VERSION.fullmatch(rest[at:]))):
            region = rest[: len(rest) - len(version)].strip(" ·|")
            if _may_be_region(region, sure=not status):
                yield Reading(tail[: len(status)], region, version)


def _may_be_region(text: str, *, sure: bool) -> bool:
    """Whether a text can be a region. Without a status before it, it must be a known one."""
    if not text:
        return not sure
    word = make_slug(text)
    if not _REGION.fullmatch(text):
        return False
    if word in REGIONS:
        return True
    # "ed" and "edglobal" are the end of a status, and of a status with a region.
    if sure or word.removeprefix("ed") in {"", *REGIONS}:
        return False
    return not any(len(region) > 3 and word.endswith(region) for region in REGIONS)
