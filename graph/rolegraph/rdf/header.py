"""Encodes what a file says of itself: its dataset, publisher, terms of use, dates and the tool that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from typing import TYPE_CHECKING

from rolegraph.rdf.draft import Draft, Pen
from rolegraph.rdf.form import Block
from rolegraph.rdf.vocab import DCAT, DCTERMS, FOAF, OWL, RG, VANN, VOID

if TYPE_CHECKING:
    from rolegraph.model.reference import Dataset


def find_tool_version() -> str | None:
    """The version of the installed package; None where it runs without being installed."""
    try:
        return metadata.version("rolegraph")
    except metadata.PackageNotFoundError:
        return None


def encode_header(dataset: Dataset, pen: Pen) -> Iterator[Block]:
    """The dataset and its publisher; the first block lacks the number of triples."""
    iris = pen.form.iris
    draft = pen.begin(iris.name("dataset"), DCAT.Dataset, VOID.Dataset, OWL.Ontology)
    draft.add_text(DCTERMS.title, dataset.title)
    draft.add_text(DCTERMS.description, dataset.description)
    draft.add_node(DCTERMS.publisher, iris.publisher())
    draft.add_plain(OWL.versionInfo, dataset.version)
    draft.add_node(OWL.versionIRI, iris.dataset_version(dataset.version))
    draft.add_plain(DCTERMS.language, dataset.language)
    draft.add_plain(RG.currency, dataset.currency)
    add_terms(draft, dataset)
    draft.add_plain(VANN.preferredNamespaceUri, dataset.base)
    draft.add_plain(RG.toolVersion, find_tool_version())
    yield draft.end()
    yield encode_agent(iris.publisher(), dataset.publisher, pen)


def encode_agent(iri: str, name: str, pen: Pen) -> Block:
    """A publisher."""
    draft = pen.begin(iri, FOAF.Agent)
    draft.add_plain(FOAF.name, name)
    return draft.end()


def add_terms(draft: Draft, dataset: Dataset) -> None:
    """Who may use the dataset, and its dates."""
    draft.add_node(DCTERMS.license, dataset.licence)
    draft.add_text(DCTERMS.rights, dataset.access_rights)
    draft.add_day(DCTERMS.issued, dataset.issued)
    draft.add_day(DCTERMS.modified, dataset.modified)
