"""Makes records of nodes: by the table of properties, with what was wrong collected as problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Record, Retirement
from rolegraph.model.reference import Dataset, Occupation, Scheme
from rolegraph.model.release import Release
from rolegraph.model.roles import Pay
from rolegraph.rdf.iris import Iris, decode_code
from rolegraph.rdf.nodes import Nodes, Reader
from rolegraph.rdf.properties import FIELDS
from rolegraph.rdf.vocab import DCTERMS, OWL, RDF, RG, SKOS

Made = TypeVar("Made", bound=Record)

LINKS: dict[tuple[type[Record], str], str] = {
    (Dataset, "publisher"): DCTERMS.publisher,
    (Mapping, "code"): RG.mappingObject,
    (Mapping, "scheme"): RG.mappingObject,
    (Occupation, "broader"): SKOS.broader,
    (Occupation, "kind"): RG.classificationLevel,
    (Pay, "inherited"): RG.payBasis,
    (Retirement, "replaced_by"): DCTERMS.isReplacedBy,
    (Release, "files"): RG.releaseFile,
    (Release, "publisher"): DCTERMS.publisher,
    (Scheme, "publisher"): DCTERMS.publisher,
}
"""Fields that are read by way of another node, and the predicate to name where they are wrong."""


class Maker:
    """Makes the records of one graph.

    ``reader.problems`` holds what was wrong; ``linked`` the parts that a record links to.
    """

    def __init__(self, nodes: Nodes, reader: Reader) -> None:
        self.nodes = nodes
        self.reader = reader
        self.iris = Iris("")
        self.linked: set[str] = set()

    def make(self, record: type[Made], node: str, **more: Any) -> Made | None:
        """The record of a node: its own fields by the table, and ``more``; None where it does not hold."""
        reader = self.reader
        values: dict[str, Any] = {}
        refused: set[str] = set()
        for field, (read, predicate) in FIELDS[record].items():
            before = len(reader.problems)
            value = read(reader, node, predicate)
            if len(reader.problems) > before:
                refused.add(field)
            elif value is not None:
                values[field] = value
        values |= {field: value for field, value in more.items() if value is not None}
        try:
            return record(**values)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                field = str(item["loc"][0]) if item["loc"] else ""
                if field not in refused:
                    self._explain(record, node, field, dict(item))
            return None

    def _explain(self, record: type[Record], node: str, field: str, item: dict[str, Any]) -> None:
        predicate = FIELDS[record][field][1] if field in FIELDS[record] else LINKS.get((record, field))
        context = item.get("ctx", {})
        if item["type"] == "missing":
            rule, reason, remedy = "part-missing", f"{field} is missing", "state it"
        elif "reason" in context and "remedy" in context:
            rule, reason, remedy = item["type"], context["reason"], context["remedy"]
        else:
            rule, reason, remedy = "value-wrong", f"{item['input']!r}: {item['msg']}", "correct the value"
        self.reader.refuse(node, predicate, rule, reason, remedy)

    def list_records(self, kind: str, family: str) -> Iterator[tuple[str, str]]:
        """The nodes of a class of records with their codes; a node outside the dataset is a problem."""
        start = f"{self.reader.base}{family}/"
        for node in self.nodes.list_class(kind):
            code = decode_code(node[len(start) :]) if node.startswith(start) else None
            if code is None:
                self.reader.refuse(
                    node, RDF.type, "iri-wrong", f"is not an IRI of this dataset's {family} nodes",
                    f"name it {start} and its code",
                )  # fmt: skip
            else:
                yield node, code

    def make_all(self, record: type[Made], kind: str, family: str) -> tuple[Made, ...]:
        """The records of a class whose nodes have no parts."""
        made = (self.make(record, node, code=code) for node, code in self.list_records(kind, family))
        return tuple(item for item in made if item is not None)

    def link_parts(self, node: str, predicate: str, kind: str) -> list[str]:
        """The parts that a node links to; one that is not described is a problem."""
        found = []
        for part in self.reader.read_iris(node, predicate):
            self.linked.add(part)
            if part in self.nodes.by_class[kind]:
                found.append(part)
            else:
                self.reader.refuse(
                    node, predicate, "node-missing", f"<{part}> is not described as a part of this kind",
                    "describe it, or remove the link",
                )  # fmt: skip
        return found

    def link_ordered(self, node: str, predicate: str, kind: str, order: str = RG.position) -> list[str]:
        """The parts that a node links to, by their positions."""
        placed: dict[int, str] = {}
        for part in self.link_parts(node, predicate, kind):
            position = self.reader.read_integer(part, order)
            if position is None:
                self.reader.refuse(part, order, "part-missing", "the position is missing", "state it, from 1")
            elif position in placed:
                self.reader.refuse(
                    part,
                    order,
                    "position-repeated",
                    f"<{placed[position]}> has the same position",
                    "renumber",
                )
            else:
                placed[position] = part
        return [part for _, part in sorted(placed.items())]

    def check_iri(self, node: str, expected: str) -> None:
        """Adds a problem where a part is not named as its codes say; another name would be lost."""
        if node != expected:
            self.reader.refuse(
                node, None, "iri-wrong", "its IRI does not follow from its codes", f"name it {expected}"
            )

    def read_mappings(self, node: str, name: Callable[[str, str], str]) -> tuple[Mapping, ...]:
        """The mappings of a profile or skill; ``name`` mints their IRIs by classification and code."""
        found = []
        for part in self.link_parts(node, RG.mapping, RG.Mapping):
            iri = self.reader.read_iri(part, RG.mappingObject)
            located = self.iris.locate(iri) if iri is not None else None
            if located is None or located[0] != "occupation":
                self.reader.refuse(
                    part, RG.mappingObject, "part-missing", "it names no entry of this dataset's classifications",
                    "link to the IRI of a classification's entry",
                )  # fmt: skip
                continue
            scheme, _, code = located[1].partition("/")
            mapping = self.make(Mapping, part, scheme=scheme, code=code)
            if mapping is not None:
                self.check_iri(part, name(scheme, code))
                found.append(mapping)
        return tuple(found)

    def read_retirement(self, node: str, family: str) -> Retirement | None:
        """That a record is no longer in use, if its node says so."""
        if not self.reader.read_true(node, OWL.deprecated):
            return None
        successor = self.reader.read_code(node, DCTERMS.isReplacedBy, family)
        return self.make(Retirement, node, replaced_by=successor)
