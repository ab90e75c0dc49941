"""Says, for each record, which predicate of its node holds which field, and how the predicate is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Record, Retirement, YearRange
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
from rolegraph.model.roles import (
    Confidence,
    Focus,
    Pay,
    Profile,
    Requirement,
    Responsibility,
    Score,
    SkillUse,
    Source,
)
from rolegraph.rdf.fields import DESCRIPTOR, FIGURES
from rolegraph.rdf.iris import decode_code
from rolegraph.rdf.nodes import Reader
from rolegraph.rdf.vocab import (
    ADMS,
    DCTERMS,
    DQV,
    OWL,
    RDFS,
    RG,
    SCHEMA,
    SEMAPV,
    SKOS,
    SSSOM,
    VANN,
    VOID,
    XKOS,
)

Read = Callable[[Reader, str, str], Any]


def _code(family: str) -> Read:
    return lambda reader, node, predicate: reader.read_code(node, predicate, family)


def _value(word: str) -> Read:
    return lambda reader, node, predicate: reader.read_value(node, predicate, word)


def _name(start: str, wanted: str) -> Read:
    return lambda reader, node, predicate: reader.read_name(node, predicate, start, wanted)


def _own_title(reader: Reader, node: str, predicate: str) -> str | None:
    """The title of a profile, unless it is one made up of a focus and the level, also of a focus as it was called."""
    title = reader.read_text(node, predicate)
    if title is None or "label" not in reader.read_plains(node, RG.derived):
        return title
    level = reader.read_code(node, RG.atLevel, "level")
    return None if level is None or title.endswith(f" — {level}") else title


def _own_name(reader: Reader, node: str, predicate: str) -> str | None:
    """The label of a function, unless it is the code in place of one."""
    label = reader.read_text(node, predicate)
    made_up = "label" in reader.read_plains(node, RG.derived)
    return None if made_up and label == decode_code(node.rpartition("/")[2]) else label


def _own_label(reader: Reader, node: str, predicate: str) -> str | None:
    """A label, unless the node says that it was made up."""
    derived = "label" in reader.read_plains(node, RG.derived)
    return None if derived else reader.read_text(node, predicate)


_TEXT, _TEXTS, _PLAIN, _PLAINS = Reader.read_text, Reader.read_texts, Reader.read_plain, Reader.read_plains
_DECIMAL, _INTEGER, _DAY, _IRI = Reader.read_decimal, Reader.read_integer, Reader.read_day, Reader.read_iri

FIELDS: dict[type[Record], dict[str, tuple[Read, str]]] = {
    Dataset: {
        "title": (_TEXT, DCTERMS.title),
        "description": (_TEXT, DCTERMS.description),
        "version": (_PLAIN, OWL.versionInfo),
        "language": (_PLAIN, DCTERMS.language),
        "currency": (_PLAIN, RG.currency),
        "issued": (_DAY, DCTERMS.issued),
        "modified": (_DAY, DCTERMS.modified),
        "licence": (_IRI, DCTERMS.license),
        "access_rights": (_TEXT, DCTERMS.rights),
    },
    FunctionGroup: {"label": (_TEXT, SKOS.prefLabel), "definition": (_TEXT, SKOS.definition)},
    JobFunction: {
        "label": (_own_name, SKOS.prefLabel),
        "definition": (_TEXT, SKOS.definition),
        "group": (_code("function-group"), RG.inFunctionGroup),
        "assigned": (_PLAINS, RG.assigned),
    },
    Track: {"label": (_TEXT, SKOS.prefLabel), "definition": (_TEXT, SKOS.definition)},
    Level: {
        "name": (_TEXT, RG.levelName),
        "summary": (_TEXT, SKOS.definition),
        **{field: (_TEXT, predicate) for field, predicate in DESCRIPTOR.items()},
        "stage": (_DECIMAL, RG.stage),
        "assigned": (_PLAINS, RG.assigned),
    },
    YearRange: {"min": (_DECIMAL, RG.minYears), "max": (_DECIMAL, RG.maxYears)},
    Skill: {"label": (_TEXT, SKOS.prefLabel), "definition": (_TEXT, SKOS.definition)},
    SkillDescriptor: {
        "proficiency": (_code("proficiency"), RG.proficiency),
        "text": (_TEXT, SCHEMA.description),
    },
    Proficiency: {
        "rank": (_INTEGER, RG.rank),
        "label": (_TEXT, SKOS.prefLabel),
        "definition": (_TEXT, SKOS.definition),
    },
    Alternative: {"label": (_TEXT, RDFS.label), "reason": (_TEXT, RG.reason)},
    Retirement: {"note": (_TEXT, SKOS.historyNote)},
    Edition: {
        "form": (_PLAIN, RG.form),
        "label": (_TEXT, RDFS.label),
        "definition": (_TEXT, SKOS.definition),
        "limits": (_TEXT, RG.limits),
    },
    Constant: {
        "name": (_PLAIN, DCTERMS.identifier),
        "value": (_DECIMAL, RG.value),
        "reason": (_TEXT, RG.reason),
    },
    Scheme: {
        "title": (_TEXT, SKOS.prefLabel),
        "version": (_PLAIN, OWL.versionInfo),
        "source": (_IRI, DCTERMS.source),
        "licence": (_TEXT, DCTERMS.rights),
        "pattern": (_PLAIN, RG.codePattern),
        "namespace": (_PLAIN, VANN.preferredNamespaceUri),
    },
    Release: {
        "family": (_PLAIN, RG.family),
        "title": (_TEXT, DCTERMS.title),
        "version": (_PLAIN, OWL.versionInfo),
        "source": (_IRI, DCTERMS.source),
        "licence": (_TEXT, DCTERMS.rights),
        "attribution": (_TEXT, RG.attribution),
        "language": (_PLAIN, DCTERMS.language),
        "currency": (_PLAIN, SCHEMA.currency),
        "period": (_PLAIN, RG.period),
        "coverage": (_PLAIN, RG.coverage),
        "schemes": (_PLAINS, RG.describesScheme),
        "base": (_PLAIN, VOID.uriSpace),
        "triples": (_INTEGER, VOID.triples),
        "sha256": (_PLAIN, RG.sha256),
    },
    ReleaseFile: {"name": (_PLAIN, DCTERMS.identifier), "sha256": (_PLAIN, RG.sha256)},
    Occupation: {"title": (_TEXT, SKOS.prefLabel)},
    Focus: {
        "label": (_TEXT, SKOS.prefLabel),
        "definition": (_TEXT, SKOS.definition),
        "exclusions": (_TEXTS, XKOS.exclusionNote),
        "differential": (lambda r, node, p: r.read_values(node, p, "differential"), RG.differential),
        "split": (_value("split"), RG.responsibilitySplit),
    },
    SkillUse: {
        "skill": (_code("skill"), RG.skill),
        "label": (_own_label, RDFS.label),
        "description": (_TEXT, SCHEMA.description),
        "levels": (lambda r, node, p: r.read_codes(node, p, "level"), RG.atLevel),
    },
    Requirement: {
        "level": (_code("level"), RG.atLevel),
        "proficiency": (_code("proficiency"), RG.proficiency),
    },
    Profile: {
        "title": (_own_title, SKOS.prefLabel),
        "definition": (_TEXT, SKOS.definition),
        "basis": (_value("basis"), RG.basis),
        "job_code": (_PLAIN, DCTERMS.identifier),
        "grade": (_PLAIN, RG.grade),
        "status": (_code("status"), ADMS.status),
        "version": (_PLAIN, OWL.versionInfo),
        "region": (_code("region"), DCTERMS.spatial),
        "source_count": (_INTEGER, RG.sourceCount),
        "aliases": (_TEXTS, SKOS.altLabel),
    },
    Confidence: {"value": (_DECIMAL, RG.confidence), "label": (_PLAIN, RG.confidenceLabel)},
    Pay: {
        "currency": (_PLAIN, SCHEMA.currency),
        "duration": (_PLAIN, SCHEMA.duration),
        **{field: (_DECIMAL, predicate) for field, predicate in FIGURES.items()},
        "effective": (_DAY, SCHEMA.validFrom),
        "source": (_TEXT, DCTERMS.source),
        "region": (_code("region"), DCTERMS.spatial),
        "assigned": (_PLAINS, RG.assigned),
    },
    Responsibility: {"id": (_PLAIN, DCTERMS.identifier), "text": (_TEXT, SCHEMA.description)},
    Score: {"dimension": (_code("review"), DQV.isMeasurementOf), "value": (_DECIMAL, DQV.value)},
    Source: {
        "id": (_PLAIN, DCTERMS.identifier),
        "text": (_TEXT, DCTERMS.title),
        "occupation": (_PLAIN, RG.citesOccupation),
    },
    Mapping: {
        "predicate": (_name(SKOS.iri, "a SKOS mapping property"), RG.mappingPredicate),
        "justification": (_name(SEMAPV.iri, "a term of semapv"), SSSOM.mapping_justification),
        "tool": (_PLAIN, SSSOM.mapping_tool),
        "confidence": (_DECIMAL, SSSOM.confidence),
        "author": (_PLAIN, SSSOM.author_label),
        "day": (_DAY, SSSOM.mapping_date),
        "comment": (_TEXT, SSSOM.comment),
        "assigned": (_PLAINS, RG.assigned),
    },
}
"""For each record, the fields that one predicate of its node holds, and how the predicate is read."""
