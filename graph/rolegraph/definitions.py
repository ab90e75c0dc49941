"""What distances and costs are defined by: the editions of the data, as an answer."""

from __future__ import annotations

from typing import Literal

from rolegraph.answers import EditionConstant, EditionEntry, Editions
from rolegraph.careers.closest import refuse_edition
from rolegraph.careers.forms import FORMS
from rolegraph.model.reference import Edition
from rolegraph.model.taxonomy import Taxonomy


def describe_editions(taxonomy: Taxonomy, code: str | None = None) -> Editions:
    """Every edition of the data by code, or the one of a code in any letter case.

    Raises UnknownError for a code that is not there, naming the closest or all that there are.
    """
    editions = sorted(taxonomy.editions, key=lambda edition: edition.code)
    if code is not None:
        wanted = code.strip().lower()
        known = [edition.code for edition in editions]
        editions = [edition for edition in editions if edition.code == wanted]
        if not editions:
            raise refuse_edition(code, known)
    return Editions(tuple(map(_describe, editions)))


def _describe(edition: Edition) -> EditionEntry:
    return EditionEntry(
        edition.code,
        edition.form,
        edition.label,
        _tell_measured(edition.form),
        edition.definition,
        edition.limits,
        tuple(EditionConstant(c.name, float(c.value), c.reason) for c in edition.constants),
    )


def _tell_measured(form: str) -> Literal["distance", "cost", "unknown"]:
    if form not in FORMS:
        return "unknown"
    return "distance" if FORMS[form].measure else "cost"
