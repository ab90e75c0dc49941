"""The short names (CURIEs) by which a mapping set names what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rolegraph.rdf.iris import Iris
from rolegraph.rdf.vocab import OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM, XSD

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy

BUILT_IN: Final[Mapping[str, str]] = {
    **{space.prefix: space.iri for space in (OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM, XSD)},
    "linkml": "https://w3id.org/linkml/",
}
"""The prefixes that SSSOM itself gives a meaning; a mapping set need not declare them."""


class Names:
    """The prefixes of the records of one dataset and of its classifications.

    ``prefixes`` are what they stand for: ``profile``, ``skill``, ``jobs`` (what the dataset describes besides), and each
    classification by its code without hyphens (``soc2018``).
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        base = taxonomy.dataset.base
        self.iris = Iris(base, taxonomy.namespaces)
        self.prefixes = {"jobs": base, "profile": f"{base}profile/", "skill": f"{base}skill/"}
        self._schemes: dict[str, str] = {}
        for scheme in taxonomy.schemes:
            compact = scheme.code.replace("-", "")
            choices = (
                compact,
                f"x{compact}",
                scheme.code.replace("-", "_"),
                f"x_{scheme.code.replace('-', '_')}",
            )
            prefix = next(
                (name for name in choices if name[0].isalpha() and not self._is_taken(name)),
                f"scheme{len(self._schemes) + 1}",
            )
            self._schemes[scheme.code] = prefix
            self.prefixes[prefix] = self.iris.occupation(scheme.code, "")

    def _is_taken(self, name: str) -> bool:
        return name in self.prefixes or name in BUILT_IN

    def of_entry(self, scheme: str, code: str) -> str:
        """The name of an entry of a classification."""
        prefix = self._schemes[scheme]
        return f"{prefix}:{self.iris.occupation(scheme, code)[len(self.prefixes[prefix]) :]}"

    def shorten(self, iri: str) -> str:
        """The name of a record of the dataset, by its IRI."""
        for prefix in ("profile", "skill", "jobs"):
            start = self.prefixes[prefix]
            if iri.startswith(start):
                return f"{prefix}:{iri[len(start) :]}"
        raise ValueError(f"{iri} is no node of this dataset")
