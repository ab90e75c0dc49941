"""The wages of occupations in words: figures as published, with what is top-coded and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Entry
from rolegraph.catalogue import format_number
from rolegraph.occupational.naming import FULL, name_concept
from rolegraph.releases.keys import SHORT, split_key

if TYPE_CHECKING:
    from rolegraph.releases.base import Base, Wage

LABEL: Final = "Wages of the occupation"
_TOP_CODED: Final = "above the highest figure that is published (top-coded)"
_NATION: Final = "oews-area/99"
_AREAS: Final = 2
"""How many wages are told where not all are: those a year and an hour of one area."""
_FIGURES: Final = {
    "median": "median",
    "mean": "mean",
    "percentile10": "10th percentile",
    "percentile25": "25th percentile",
    "percentile75": "75th percentile",
    "percentile90": "90th percentile",
}


def list_wages(base: Base) -> list[Wage]:
    """The wages of an occupation, those of the whole nation first."""
    return sorted(base.list_wages(), key=lambda wage: wage.area.key != _NATION)


def list_wage_entries(base: Base, wages: list[Wage], *, full: bool) -> Iterator[Entry]:
    """An entry for the wages of each area and period; without ``full`` those of the first area."""
    shown = wages if full else wages[:_AREAS]
    paid = {(wage.area.key, wage.hourly) for wage in wages}
    for wage in shown:
        figures = [*_tell_figures(wage)]
        if (wage.area.key, not wage.hourly) not in paid:
            figures.append(f"no {'annual' if wage.hourly else 'hourly'} wage is published")
        yield Entry(LABEL, "; ".join(figures), tell_circumstances(base, wage))
    if len(shown) < len(wages):
        yield Entry(LABEL, f"{len(shown)} of {len(wages)} shown", FULL)
    newest = base.library.newest("oews")
    if not wages and newest is not None and base.find_soc() is not None:
        yield Entry(LABEL, "none published", newest.title)


def tell_median(base: Base, wage: Wage) -> str:
    """The median with its area and period."""
    return f"{_tell_figure(wage, 'median')} ({tell_circumstances(base, wage)})"


def tell_circumstances(base: Base, wage: Wage) -> str:
    """Where and when a wage was paid, and whose it is where it is not the occupation's own."""
    notes = [", ".join((wage.area.label, wage.release.period or wage.release.version))]
    code = split_key(base.mapped)[1]
    if wage.broad is not None:
        notes.append(f"of the broad occupation {name_concept(wage.broad)}, as {code[:SHORT]} has none")
    elif len(code) > SHORT and not code.endswith(".00"):
        notes.append(f"of all of {code[:SHORT]}, under which {code} stands")
    return "; ".join(notes)


def _tell_figures(wage: Wage) -> Iterator[str]:
    unpublished = []
    unit = f" {_tell_unit(wage)}"
    for name, label in _FIGURES.items():
        if name in wage.figures:
            yield f"{label} {_format(wage.figures[name], wage.hourly)}{unit}"
            # The others are in the same.
            unit = ""
        elif f"top-coded-{name}" in wage.flags:
            yield f"{label} {_TOP_CODED}"
        elif f"missing-{name}" in wage.flags:
            unpublished.append(label)
    if unpublished:
        yield f"not published: {', '.join(unpublished)}"
    if "employment" in wage.figures:
        yield f"{format_number(wage.figures['employment'])} employed"
    elif "missing-employment" in wage.flags:
        yield "employment not published"


def _tell_figure(wage: Wage, name: str) -> str:
    """One figure with its unit, such as ``71,190 USD a year``, or why there is none."""
    value = wage.figures.get(name)
    if value is not None:
        return f"{_format(value, wage.hourly)} {_tell_unit(wage)}"
    return _TOP_CODED if f"top-coded-{name}" in wage.flags else "not published"


def _tell_unit(wage: Wage) -> str:
    period = "an hour" if wage.hourly else "a year"
    return " ".join(filter(None, (wage.release.currency, period)))


def _format(value: Decimal, hourly: bool) -> str:
    # An hour is paid in cents, also where they are 0 or 50.
    return f"{value:,.2f}" if hourly else format_number(value)
