"""Writes docs/ontology.md from the vocabulary: python tests/ontology_docs.py"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph

from context_file import list_names
from rolegraph.rdf.vocab import DCTERMS, NAMESPACES, OWL, RDF, RDFS, RG, SCHEMA, SKOS, VANN
from rolegraph.report.markdown import (
    escape,
    join_blocks,
    write_code,
    write_heading,
    write_items,
    write_paragraph,
    write_table,
)

FOLDER = Path(__file__).parents[1] / "ontology"
PAGE = FOLDER.parent / "docs" / "ontology.md"

Facts = dict[str, dict[str, list[str]]]
"""Values by subject and predicate."""

KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property: a link to a node",
    OWL.DatatypeProperty: "property: a number, code or day",
    OWL.AnnotationProperty: "property: a text or a note on a node",
}
LINKS = """[How the terms are used together](../ontology/MODEL.md), [the vocabulary as Turtle](../ontology/rolegraph.ttl),
[the JSON-LD context](../ontology/context.jsonld). This page is written by `python tests/ontology_docs.py`."""
_HEADING = re.compile(r"^# (\S.*)$")
_SUBJECT = re.compile(r"^(?:rg:|<https://w3id\.org/rolegraph/ns#)([^\s>]+?)>?(?:\s|$)")


def read_facts(texts: Iterable[str]) -> Facts:
    """What Turtle files say; each value once, in the order of the file."""
    facts: Facts = {}
    for text in texts:
        for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            values = facts.setdefault(str(quad.subject.value), {}).setdefault(quad.predicate.value, [])
            if quad.object.value not in values:
                values.append(quad.object.value)
    return facts


def group_terms(text: str, facts: Facts) -> dict[str, list[str]]:
    """The terms of ours under the comments that head them in the file; those that no line begins come last."""
    groups: dict[str, list[str]] = {}
    heading, placed = "", set()
    for line in text.splitlines():
        if found := _HEADING.match(line):
            heading = found[1]
        elif (found := _SUBJECT.match(line)) and (iri := RG.iri + found[1]) in facts and iri not in placed:
            groups.setdefault(heading or "Terms", []).append(iri)
            placed.add(iri)
    left = sorted(iri for iri in facts if iri.startswith(RG.iri) and iri not in placed)
    return {**groups, **({"Further terms": left} if left else {})}


class Page:
    """The page of one vocabulary."""

    def __init__(self, ours: str, borrowed: str, names: Mapping[str, str]) -> None:
        self.facts = read_facts([ours, borrowed])
        self.groups = group_terms(ours, self.facts)
        self.names = names
        self.terms = [iri for group in self.groups.values() for iri in group]

    def get(self, iri: str, predicate: str) -> list[str]:
        return self.facts.get(iri, {}).get(predicate, [])

    def tell_kind(self, iri: str) -> str:
        types = self.get(iri, RDF.type)
        kind = next((KINDS[t] for t in types if t in KINDS), None)
        if kind is not None:
            return kind
        classes = [t for t in types if t != OWL.NamedIndividual]
        return f"value of {', '.join(map(self.link, classes))}" if classes else "individual"

    def anchor(self, iri: str) -> str:
        """The name of a place in the page: classes and properties may differ in the case of one letter alone."""
        types = self.get(iri, RDF.type)
        kind = "class" if OWL.Class in types else "property" if set(types) & KINDS.keys() else "value"
        name = re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", iri.removeprefix(RG.iri))
        return f"{kind}-{name}"

    def link(self, iri: str) -> str:
        """A term by its prefixed name, linked where it is explained."""
        short = next((f"{s.prefix}:{iri[len(s.iri) :]}" for s in NAMESPACES if iri.startswith(s.iri)), iri)
        return f"[{write_code(short)}](#{self.anchor(iri)})" if iri in self.terms else write_code(short)

    def render(self) -> str:
        parts = [*self.write_head(), *self.write_contents()]
        for heading, terms in self.groups.items():
            parts.append(write_heading(2, heading))
            for iri in terms:
                parts.extend(self.write_term(iri))
        parts.extend(self.write_borrowed())
        return join_blocks(parts)

    def write_head(self) -> list[str]:
        ontology = RG.iri.removesuffix("#")
        facts = [
            ("IRI", write_code(ontology)),
            ("Prefix", " ".join(map(write_code, self.get(ontology, VANN.preferredNamespacePrefix)))),
            ("Namespace", " ".join(map(write_code, self.get(ontology, VANN.preferredNamespaceUri)))),
            ("Version", " ".join(map(escape, self.get(ontology, OWL.versionInfo)))),
            ("Version IRI", " ".join(map(write_code, self.get(ontology, OWL.versionIRI)))),
            ("Licence", " ".join(f"<{iri}>" for iri in self.get(ontology, DCTERMS.license))),
            (
                "Changed",
                " ".join(escape(day.partition("T")[0]) for day in self.get(ontology, DCTERMS.modified)),
            ),
        ]
        return [
            write_heading(1, "The vocabulary"),
            *map(write_paragraph, self.get(ontology, DCTERMS.description)),
            write_items(f"{name}: {value}" for name, value in facts if value),
            LINKS,
        ]

    def write_contents(self) -> list[str]:
        return [
            f"**{escape(heading)}**: {', '.join(map(self.link, terms))}"
            for heading, terms in self.groups.items()
        ]

    def write_term(self, iri: str) -> list[str]:
        labels = self.get(iri, RDFS.label) or [iri.removeprefix(RG.iri)]
        deprecated = "true" in self.get(iri, OWL.deprecated)
        lines = [
            f"{write_code(iri)}, {self.tell_kind(iri)}",
            *self._list("used on", self.get(iri, SCHEMA.domainIncludes)),
            *self._list("holds", self.get(iri, SCHEMA.rangeIncludes)),
            *self._list("its properties", self._find(SCHEMA.domainIncludes, iri)),
            *self._list("held by", self._find(SCHEMA.rangeIncludes, iri)),
            *self._list("its values", self._find(RDF.type, iri)),
            *([f"in JSON-LD: {write_code(self.names[iri])}"] if iri in self.names else []),
            *self._list("replaced by", self.get(iri, DCTERMS.isReplacedBy)),
        ]
        return [
            f'<a id="{self.anchor(iri)}"></a>',
            write_heading(3, labels[0] + (" (deprecated)" if deprecated else "")),
            *map(write_paragraph, self.get(iri, SKOS.definition)),
            write_items(lines),
        ]

    def _list(self, name: str, iris: list[str]) -> list[str]:
        return [f"{name}: {', '.join(map(self.link, iris))}"] if iris else []

    def _find(self, predicate: str, iri: str) -> list[str]:
        return [term for term in self.terms if iri in self.get(term, predicate)]

    def write_borrowed(self) -> list[str]:
        """The terms of other vocabularies, of which only the kind is ours to say."""
        rows = []
        for iri in sorted(self.facts):
            kinds = [KINDS[t] for t in self.get(iri, RDF.type) if t in KINDS]
            if kinds and not iri.startswith(RG.iri):
                name = write_code(self.names[iri]) if iri in self.names else ""
                rows.append((self.link(iri), kinds[0], name))
        return [
            write_heading(2, "Terms of other vocabularies"),
            write_table(("term", "kind", "in JSON-LD"), rows),
        ]


def render_page() -> str:
    ours, borrowed = (
        (FOLDER / name).read_text(encoding="utf-8") for name in ("rolegraph.ttl", "external.ttl")
    )
    return Page(ours, borrowed, list_names()).render()


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
