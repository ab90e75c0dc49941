"""Assembles the records of a dataset from their nodes.

A record that lacks a part or holds a wrong value becomes a problem that names node and predicate; the others are
still read, so that one reading reports all. A part that no record links to is a problem as well, because it would
be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pyoxigraph import Literal

from rolegraph.errors import InputError
from rolegraph.model.record import YearRange
from rolegraph.model.reference import (
    Alternative,
    Constant,
    Dataset,
    Edition,
    FunctionGroup,
    JobFunction,
    Level,
    Occupation,
    Proficiency,
    Scheme,
    Skill,
    SkillDescriptor,
    Track,
)
from rolegraph.model.release import Release, ReleaseFile
from rolegraph.rdf.assemble_focus import FocusAssembler
from rolegraph.rdf.concepts import ENTRIES
from rolegraph.rdf.maker import LINKS, Maker
from rolegraph.rdf.nodes import Nodes, Reader
from rolegraph.rdf.properties import FIELDS
from rolegraph.rdf.vocab import DCAT, DCTERMS, DQV, FOAF, OWL, PROV, RDF, RG, SCHEMA, SKOS, VANN, XKOS

PARTS = (
    RG.Alternative, RG.Constant, RG.GuidelineCell, RG.Mapping, RG.ReleaseFile, RG.Responsibility, RG.SkillDescriptor,
    RG.SkillRequirement, RG.SkillUse, RG.Source,
    SCHEMA.MonetaryAmountDistribution, DQV.QualityMeasurement, XKOS.ClassificationLevel,
)  # fmt: skip
"""The classes of nodes that are parts of a record."""

CLASSES = (
    *PARTS, DCAT.Dataset, RG.FunctionGroup, RG.Function, RG.Focus, RG.Profile, RG.Track, RG.Level,
    RG.Proficiency, RG.Skill,
    RG.Classification, *ENTRIES, RG.Edition, RG.Release,
)  # fmt: skip
"""The classes whose nodes are read."""

PREDICATES = frozenset(
    {
        RDF.type, FOAF.name, OWL.deprecated, VANN.preferredNamespaceUri, XKOS.depth, RG.derived, RG.position,
        RG.alternative, RG.constant, RG.criterion, RG.guidelineCell, RG.mapping, RG.ofClassification,
        RG.releaseFile, RG.requirement, RG.responsibility, RG.skillDescriptor, RG.skillUse, SCHEMA.estimatedSalary, SKOS.broader, DQV.hasQualityMeasurement,
        PROV.wasDerivedFrom,
        *LINKS.values(), *(predicate for fields in FIELDS.values() for _, predicate in fields.values()),
    }
)  # fmt: skip
"""The predicates that are read."""


class Assembler:
    """Assembles the records of one graph; ``reader.problems`` holds what was wrong."""

    def __init__(self, nodes: Nodes, name: str) -> None:
        self.nodes = nodes
        self.reader = Reader(nodes, name)
        self.maker = Maker(nodes, self.reader)

    def assemble(self) -> dict[str, Any]:
        """The fields of a taxonomy, as far as they could be made; complete only where there are no problems."""
        dataset = self._read_dataset()
        self.maker.iris.namespaces = self._find_namespaces()
        fields = {
            "dataset": dataset,
            "groups": self.maker.make_all(FunctionGroup, RG.FunctionGroup, "function-group"),
            "functions": self.maker.make_all(JobFunction, RG.Function, "function"),
            "tracks": self.maker.make_all(Track, RG.Track, "track"),
            "levels": tuple(self._read_levels()),
            "proficiencies": self.maker.make_all(Proficiency, RG.Proficiency, "proficiency"),
            "skills": tuple(self._read_skills()),
            "schemes": tuple(self._read_schemes()),
            "occupations": tuple(self._read_occupations()),
            "releases": tuple(self._read_releases()),
            "editions": tuple(self._read_editions()),
            "focuses": tuple(FocusAssembler(self.maker).assemble()),
        }
        self._find_unlinked()
        return fields

    def _find_unlinked(self) -> None:
        """Parts that no record links to would be lost; those of other datasets are not ours."""
        for kind in PARTS:
            for node in self.nodes.list_class(kind):
                if node not in self.maker.linked and node.startswith(self.reader.base):
                    self.reader.refuse(
                        node,
                        RDF.type,
                        "node-unlinked",
                        "no record links to this part",
                        "link to it, or remove it",
                    )

    def _read_dataset(self) -> Dataset | None:
        reader = self.reader
        found = [
            n for n in self.nodes.list_class(DCAT.Dataset) if self.nodes.get(n, VANN.preferredNamespaceUri)
        ]
        if len(found) != 1:
            names = " and ".join(f"<{node}>" for node in found)
            reader.refuse(
                found[0] if found else "dataset", VANN.preferredNamespaceUri,
                "dataset-repeated" if found else "dataset-missing",
                f"the graph describes several datasets: {names}" if found else "the graph describes no dataset",
                "give one dataset, as rolegraph.ttl has it",
            )  # fmt: skip
            raise InputError(reader.problems)
        node = found[0]
        base = reader.read_plain(node, VANN.preferredNamespaceUri)
        if base is None or node != f"{base}dataset":
            reader.refuse(
                node, VANN.preferredNamespaceUri, "iri-wrong", "the dataset is not named after its base",
                "name it by the base and the word dataset",
            )  # fmt: skip
            raise InputError(reader.problems)
        reader.base = self.maker.iris.base = base
        language = reader.read_plain(node, DCTERMS.language)
        reader.language = language and language.lower()
        return self.maker.make(Dataset, node, base=base, publisher=self._read_publisher(node))

    def _read_publisher(self, node: str) -> str | None:
        publisher = self.reader.read_iri(node, DCTERMS.publisher)
        return None if publisher is None else self.reader.read_plain(publisher, FOAF.name)

    def _find_namespaces(self) -> dict[str, str]:
        """The namespaces of classifications, by their codes; whether they hold is judged with the classification."""
        start = self.reader.base
        return {
            node.removeprefix(start): found[0].value
            for node in self.nodes.list_class(RG.Classification)
            if len(found := self.nodes.get(node, VANN.preferredNamespaceUri)) == 1
            and isinstance(found[0], Literal)
            and node.startswith(start)
        }

    def _read_levels(self) -> Iterator[Level]:
        for node, code in self.maker.list_records(RG.Level, "level"):
            stated = self.nodes.get(node, RG.minYears) or self.nodes.get(node, RG.maxYears)
            level = self.maker.make(
                Level, node, code=code, years=self.maker.make(YearRange, node) if stated else None
            )
            if level is not None:
                yield level

    def _read_skills(self) -> Iterator[Skill]:
        for node, code in self.maker.list_records(RG.Skill, "skill"):
            alternatives = []
            for part in self.maker.link_ordered(node, RG.alternative, RG.Alternative):
                alternative = self.maker.make(Alternative, part)
                if alternative is not None:
                    self.maker.check_iri(part, self.maker.iris.alternative(code, alternative.label))
                    alternatives.append(alternative)
            descriptors = []
            for part in self.maker.link_parts(node, RG.skillDescriptor, RG.SkillDescriptor):
                descriptor = self.maker.make(SkillDescriptor, part)
                if descriptor is not None:
                    expected = self.maker.iris.skill_descriptor(code, descriptor.proficiency)
                    self.maker.check_iri(part, expected)
                    descriptors.append(descriptor)
            skill = self.maker.make(
                Skill, node, code=code, alternatives=tuple(alternatives), descriptors=tuple(descriptors),
                mappings=self.maker.read_mappings(node, partial(self.maker.iris.skill_mapping, code)),
                retired=self.maker.read_retirement(node, "skill"),
            )  # fmt: skip
            if skill is not None:
                yield skill

    def _read_schemes(self) -> Iterator[Scheme]:
        kinds: dict[str, dict[int, str]] = {}
        for part in self.nodes.list_class(XKOS.ClassificationLevel):
            owner = self.reader.read_iri(part, RG.ofClassification)
            located = self.maker.iris.locate(part)
            if owner is None or located is None or located[2][:1] != ("levels",):
                continue
            depth = self.reader.read_integer(part, XKOS.depth)
            if depth is None or depth in kinds.get(owner, {}):
                self.reader.refuse(
                    part,
                    XKOS.depth,
                    "position-repeated",
                    "the depth is missing or another kind's",
                    "renumber",
                )
                continue
            self.maker.linked.add(part)
            self.maker.check_iri(
                part, self.maker.iris.kind(owner.removeprefix(self.reader.base), located[2][1])
            )
            kinds.setdefault(owner, {})[depth] = located[2][1]
        for node in self.nodes.list_class(RG.Classification):
            located = self.maker.iris.locate(node)
            if located is None or located[0] != "scheme" or located[2]:
                self.reader.refuse(
                    node, RDF.type, "iri-wrong", "is not an IRI of this dataset's classifications",
                    f"name it {self.reader.base} and its code",
                )  # fmt: skip
                continue
            levels = tuple(kind for _, kind in sorted(kinds.get(node, {}).items()))
            publisher = self._read_publisher(node)
            scheme = self.maker.make(Scheme, node, code=located[1], publisher=publisher, levels=levels)
            if scheme is not None:
                yield scheme

    def _read_occupations(self) -> Iterator[Occupation]:
        for node in sorted({node for kind in ENTRIES for node in self.nodes.list_class(kind)}):
            located = self.maker.iris.locate(node)
            if located is None or located[0] != "occupation":
                self.reader.refuse(
                    node, RDF.type, "iri-wrong", "is not an IRI of this dataset's occupations",
                    f"name it {self.reader.base}, its classification, / and its code",
                )  # fmt: skip
                continue
            scheme, _, code = located[1].partition("/")
            kind = self.reader.read_iri(node, RG.classificationLevel)
            if kind is None and self.nodes.get(node, RG.derived):
                continue  # mapped to, but not part of the dataset
            start = self.maker.iris.kind(scheme, "")
            occupation = self.maker.make(
                Occupation, node, scheme=scheme, code=code,
                kind=None if kind is None else kind.removeprefix(start),
                broader=self._read_broader(node, scheme),
            )  # fmt: skip
            if occupation is not None:
                yield occupation

    def _read_broader(self, node: str, scheme: str) -> str | None:
        """The code of the wider entry, which is one of the same classification."""
        iri = self.reader.read_iri(node, SKOS.broader)
        located = self.maker.iris.locate(iri) if iri is not None else None
        start = f"{scheme}/"
        if located is not None and located[0] == "occupation" and located[1].startswith(start):
            return located[1].removeprefix(start)
        if iri is not None:
            self.reader.refuse(
                node, SKOS.broader, "value-wrong", f"<{iri}> is no {scheme} of this dataset",
                f"link to a node whose IRI begins with {self.maker.iris.occupation(scheme, '')}",
            )  # fmt: skip
        return None

    def _read_releases(self) -> Iterator[Release]:
        iris = self.maker.iris
        for node, code in self.maker.list_records(RG.Release, "release"):
            files = []
            for part in self.maker.link_parts(node, RG.releaseFile, RG.ReleaseFile):
                file = self.maker.make(ReleaseFile, part)
                if file is not None:
                    self.maker.check_iri(part, iris.release_file(code, file.name))
                    files.append(file)
            release = self.maker.make(
                Release, node, code=code, publisher=self._read_publisher(node), files=tuple(files)
            )
            if release is not None:
                yield release

    def _read_editions(self) -> Iterator[Edition]:
        for node, code in self.maker.list_records(RG.Edition, "edition"):
            constants = []
            for part in self.maker.link_ordered(node, RG.constant, RG.Constant):
                constant = self.maker.make(Constant, part)
                if constant is not None:
                    self.maker.check_iri(part, self.maker.iris.constant(code, constant.name))
                    constants.append(constant)
            edition = self.maker.make(Edition, node, code=code, constants=tuple(constants))
            if edition is not None:
                yield edition
