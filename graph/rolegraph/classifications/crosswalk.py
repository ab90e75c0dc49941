"""Published crosswalks: which codes of an edition took the place of those of the one before it, as workbook or CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import TITLES, find_dialect, has_columns, read_rows
from rolegraph.errors import InputError, Place, Problem
from rolegraph.releases.rows import Concept, Link, Row

FAMILY: Final = "crosswalk"


@dataclass(frozen=True, slots=True)
class _Form:
    """A crosswalk: its columns (old code and title, new code and title), schemes, years and kind of concept."""

    columns: tuple[str, str, str, str]
    old: str
    new: str
    version: str
    kind: str
    code: re.Pattern[str]


_FORMS: Final = (
    _Form(
        ("O*NET-SOC 2010 Code", "O*NET-SOC 2010 Title", "O*NET-SOC 2019 Code", "O*NET-SOC 2019 Title"),
        *("onet-soc-2010", "onet-soc-2019", "2010-2019", "occupation"),
        re.compile(r"\d\d-\d{4}\.\d\d"),
    ),
    _Form(
        ("2010 SOC Code", "2010 SOC Title", "2018 SOC Code", "2018 SOC Title"),
        *("soc-2010", "soc-2018", "2010-2018", "detailed"),
        re.compile(r"\d\d-\d{4}"),
    ),
)
_NOTHING: Final = ("", "NA", "n/a")


def recognize(package: Package) -> bool:
    """Whether a file has the columns of a crosswalk."""
    return _find_table(package) is not None


def find_version(package: Package) -> str | None:
    """The years of both editions, ``2010-2019`` or ``2010-2018``, by the names of the columns."""
    found = _find_table(package)
    return None if found is None else found[1].version


def read(package: Package, ledger: Ledger, tell: Callable[[str], None]) -> Iterator[Row]:
    """Every code of the older edition with its title, and a link to each code that takes its place, itself or another.

    A code that nothing takes the place of has no link and is marked. Raises InputError where no table has the columns.
    """
    found = _find_table(package)
    if found is None:
        raise InputError(
            [
                Problem(
                    "release-kind", "no table has the columns of a crosswalk", Place(package.name), "",
                    "; or ".join(f"one has {', '.join(form.columns)}" for form in _FORMS),
                )
            ]
        )  # fmt: skip
    name, form = found
    ledger.unread |= {other: "not used" for other in package.names if other != name}
    tell(f"reading {package.show(name)}")
    yield from _read_pairs(package, name, form, ledger.open(name))


def _find_table(package: Package) -> tuple[str, _Form] | None:
    for name in package.names:
        for form in _FORMS:
            if has_columns(package, name, form.columns, above=TITLES):
                return name, form
    return None


def _read_pairs(package: Package, name: str, form: _Form, tally: Tally) -> Iterator[Row]:
    titles: dict[str, str] = {}
    successors: dict[str, set[str]] = {}
    unfollowed: set[str] = set()
    dialect = find_dialect(name) or "csv"
    for _, cells in read_rows(package, name, form.columns, tally, dialect=dialect, above=TITLES):
        old, old_title, new, _ = cells
        if reason := _judge(form, old, old_title, new):
            tally.skip(reason)
            continue
        known = successors.get(old)
        if known is not None and (new in known or (new in _NOTHING and (known or old in unfollowed))):
            tally.skip("repeated row")
            continue
        tally.taken += 1
        if known is None:
            known = successors[old] = set()
            titles[old] = old_title
            yield Concept(f"{form.old}/{old}", form.kind, old_title)
        elif titles[old] != old_title:
            tally.mark("another title of the same code, which is not kept")
        if new in _NOTHING:
            unfollowed.add(old)
            tally.mark("nothing takes its place")
        else:
            known.add(new)
            if new != old:
                tally.mark("another code takes its place")
            yield Link(f"{form.old}/{old}", "successor", f"{form.new}/{new}")


def _judge(form: _Form, old: str, title: str, new: str) -> str:
    """Why a row cannot be used, "" where it can."""
    if old in _NOTHING and form.code.fullmatch(new):
        return "a new code, which takes the place of none"
    if not form.code.fullmatch(old) or not (new in _NOTHING or form.code.fullmatch(new)):
        return "no code"
    return "" if title else "no title"
