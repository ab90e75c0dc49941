"""Encodes what a public release says of itself: in the graph of the architecture, and in the release's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rolegraph.rdf.draft import Pen
from rolegraph.rdf.form import Block
from rolegraph.rdf.header import encode_agent
from rolegraph.rdf.vocab import DCTERMS, OWL, RG, SCHEMA, VOID

if TYPE_CHECKING:
    from rolegraph.model.release import Release


def encode_release(release: Release, pen: Pen, *, within: bool = False) -> Iterator[Block]:
    """The release, its publisher and its files; ``within`` the release's own graph its size is left out."""
    iris = pen.form.iris
    files = [(iris.release_file(release.code, file.name), file) for file in release.files]
    draft = pen.begin(iris.node("release", release.code), RG.Release, VOID.Dataset)
    draft.add_plain(DCTERMS.identifier, release.code)
    draft.add_plain(RG.family, release.family)
    draft.add_text(DCTERMS.title, release.title)
    draft.add_plain(OWL.versionInfo, release.version)
    draft.add_node(DCTERMS.publisher, iris.release_publisher(release.code))
    draft.add_node(DCTERMS.source, release.source)
    draft.add_text(DCTERMS.rights, release.licence)
    draft.add_text(RG.attribution, release.attribution)
    draft.add_plain(DCTERMS.language, release.language)
    draft.add_plain(SCHEMA.currency, release.currency)
    draft.add_plain(RG.period, release.period)
    draft.add_plain(RG.coverage, release.coverage)
    draft.add_plain(RG.describesScheme, *release.schemes)
    draft.add_node(RG.releaseFile, *(iri for iri, _ in files))
    if not within:
        draft.add_plain(VOID.uriSpace, release.base)
        draft.add_integer(VOID.triples, release.triples)
        draft.add_plain(RG.sha256, release.sha256)
    yield draft.end()
    yield encode_agent(iris.release_publisher(release.code), release.publisher, pen)
    for iri, file in files:
        part = pen.begin(iri, RG.ReleaseFile)
        part.add_plain(DCTERMS.identifier, file.name)
        part.add_plain(RG.sha256, file.sha256)
        yield part.end()
