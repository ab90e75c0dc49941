"""O*NET: further titles of occupations, and the job zones that say how much preparation they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rolegraph.classifications.onet_tables import (
    ALTERNATES,
    NO_ID,
    NO_NAME,
    NULL,
    OCCUPATION_ZONES,
    REPEATED,
    REPORTED,
    ZONES,
    Source,
)
from rolegraph.releases.rows import Concept, Label, Link, Row

LANGUAGE: Final = "en"
_ZONE: Final = re.compile(r"[0-9]{1,2}")


def read(source: Source) -> Iterator[Row]:
    """Job zones and the occupations in them; alternate, short and reported titles."""
    zones: set[str] = set()
    yield from _read_zones(source, zones)
    yield from _read_occupation_zones(source, zones)
    yield from _read_alternates(source)
    yield from _read_reported(source)


def _read_zones(source: Source, zones: set[str]) -> Iterator[Row]:
    tally, rows = source.open(ZONES)
    for zone, name, *texts in rows:
        if not _ZONE.fullmatch(zone):
            tally.skip(NO_ID)
        elif not name:
            tally.skip(NO_NAME)
        elif zone in zones:
            tally.skip(REPEATED)
        else:
            tally.taken += 1
            zones.add(zone)
            yield Concept(_key(zone), "job-zone", name)
            for column, text in zip(ZONES.optional, texts, strict=True):
                if text not in (NULL, ""):
                    yield Label(_key(zone), "note", f"{column}: {text}", LANGUAGE)


def _read_occupation_zones(source: Source, zones: set[str]) -> Iterator[Row]:
    tally, rows = source.open_occupational(OCCUPATION_ZONES)
    placed: dict[str, str] = {}
    for code, zone in rows:
        if zone in (NULL, ""):
            tally.skip("no job zone is stated")
        elif not _ZONE.fullmatch(zone):
            tally.skip(NO_ID)
        elif code in placed:
            tally.skip(REPEATED if placed[code] == zone else "repeated with another job zone")
        else:
            tally.taken += 1
            placed[code] = zone
            if zone not in zones:
                zones.add(zone)
                tally.mark("the job zone is not in Job Zone Reference")
                yield Concept(_key(zone), "job-zone", f"Job Zone {zone}")
            yield Link(source.key(code), "job-zone", _key(zone))


def _read_alternates(source: Source) -> Iterator[Row]:
    """A row says a title and, maybe, a short one; rows repeat titles with another short one, or without."""
    tally, rows = source.open_occupational(ALTERNATES)
    read: set[tuple[str, str, str]] = set()
    given: set[tuple[str, str, str]] = set()
    for code, title, short in rows:
        if not title:
            tally.skip(NO_NAME)
            continue
        short = "" if short == NULL else short
        if (code, title, short) in read:
            tally.skip(REPEATED)
            continue
        read.add((code, title, short))
        tally.taken += 1
        for kind, text in (("alternate", title), ("short", short)):
            if not text:
                continue
            # A name is preferred or alternate, not both (SKOS S13).
            if kind == "alternate" and text == source.occupations[code]:
                tally.mark("its title is that of the occupation")
            elif (code, kind, text) in given:
                tally.mark(f"its {kind} title is that of another row")
            else:
                given.add((code, kind, text))
                yield Label(source.key(code), kind, text, LANGUAGE)


def _read_reported(source: Source) -> Iterator[Row]:
    tally, rows = source.open_occupational(REPORTED)
    given: set[tuple[str, str]] = set()
    for code, title in rows:
        if not title:
            tally.skip(NO_NAME)
        elif (code, title) in given:
            tally.skip(REPEATED)
        else:
            tally.taken += 1
            given.add((code, title))
            yield Label(source.key(code), "reported", title, LANGUAGE)


def _key(zone: str) -> str:
    return f"onet-job-zone/{zone}"
