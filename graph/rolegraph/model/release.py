"""Public releases of classifications that a data folder holds, as they describe themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from rolegraph.model import codes
from rolegraph.model.fields import Count, Currency, Iri, Label, Language, Slug, Text, sort_distinct
from rolegraph.model.record import Record, check_distinct

Coverage = Literal["all", "mapped"]
Digest = Annotated[str, StringConstraints(pattern=codes.DIGEST_PATTERN)]
ReleaseCode = Annotated[str, StringConstraints(pattern=codes.RELEASE_PATTERN)]


class ReleaseFile(Record):
    """One file that the release was read from, and the SHA-256 of its bytes."""

    name: Label
    sha256: Digest


def _sort_files(files: tuple[ReleaseFile, ...]) -> tuple[ReleaseFile, ...]:
    check_distinct("file", tuple(file.name for file in files))
    return tuple(sorted(files, key=lambda file: file.name))


class Release(Record):
    """A release of one or more classifications (``onet-29.0``), a named graph beside the architecture.

    ``family`` says whose it is (``onet``), ``schemes`` which classifications it speaks of. ``coverage`` is ``all``, or
    ``mapped`` where it was cut to what the profiles need. ``period`` is when its figures were taken and ``currency``
    what its wages are paid in. ``base`` is what its IRIs begin with; ``triples`` and ``sha256`` are those of
    ``release.nt`` beside it.
    """

    code: ReleaseCode
    family: Slug
    title: Label
    version: Label
    publisher: Label
    source: Iri
    licence: Text
    attribution: Text
    language: Language
    currency: Currency | None = None
    period: Label | None = None
    coverage: Coverage
    schemes: Annotated[tuple[Slug, ...], Field(min_length=1), AfterValidator(sort_distinct)]
    base: Iri
    triples: Count
    sha256: Digest
    files: Annotated[tuple[ReleaseFile, ...], AfterValidator(_sort_files)]
