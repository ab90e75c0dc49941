"""Names the field of a record that a predicate holds, so that a result about a triple finds its line."""

from __future__ import annotations

from rolegraph.rdf.iris import Located
from rolegraph.rdf.vocab import (
    ADMS,
    DCTERMS,
    DQV,
    FOAF,
    OWL,
    PROV,
    RDFS,
    RG,
    SCHEMA,
    SKOS,
    SSSOM,
    VANN,
    VOID,
    XKOS,
)

DESCRIPTOR = {
    "scope": RG.scope,
    "autonomy": RG.autonomy,
    "complexity": RG.complexity,
    "impact": RG.impact,
    "decision_rights": RG.decisionRights,
    "leadership": RG.leadership,
}
"""The fields of a level's descriptor and the properties that hold them."""

FIGURES = {
    "low": RG.payLow,
    "median": SCHEMA.median,
    "high": RG.payHigh,
    "percentile10": SCHEMA.percentile10,
    "percentile25": SCHEMA.percentile25,
    "percentile75": SCHEMA.percentile75,
    "percentile90": SCHEMA.percentile90,
}
"""The figures of pay and the properties that hold them."""

MATCHES = {
    match: SKOS[match] for match in ("broadMatch", "closeMatch", "exactMatch", "narrowMatch", "relatedMatch")
}
"""The predicates that a mapping may have, by the name that records use."""

_FIELDS = {
    **{iri: field for field, iri in (DESCRIPTOR | FIGURES).items()},
    **dict.fromkeys(MATCHES.values(), "mappings"),
    ADMS.status: "status",
    DCTERMS.description: "description",
    DCTERMS.isReplacedBy: "retired",
    DCTERMS.issued: "issued",
    DCTERMS.language: "language",
    DCTERMS.license: "licence",
    DCTERMS.modified: "modified",
    DCTERMS.publisher: "publisher",
    DCTERMS.rights: "access_rights",
    DCTERMS.spatial: "region",
    DCTERMS.title: "title",
    DQV.hasQualityMeasurement: "review",
    DQV.isMeasurementOf: "dimension",
    DQV.value: "value",
    FOAF.name: "publisher",
    OWL.deprecated: "retired",
    OWL.versionInfo: "version",
    PROV.wasDerivedFrom: "sources",
    RDFS.label: "label",
    RG.alternative: "alternatives",
    RG.assigned: "assigned",
    RG.attribution: "attribution",
    RG.atLevel: "levels",
    RG.basis: "basis",
    RG.citesOccupation: "occupation",
    RG.classificationLevel: "kind",
    RG.codePattern: "pattern",
    RG.confidence: "confidence",
    RG.confidenceLabel: "confidence",
    RG.constant: "constants",
    RG.coverage: "coverage",
    RG.currency: "currency",
    RG.describesScheme: "schemes",
    RG.differential: "differential",
    RG.family: "family",
    RG.form: "form",
    RG.guidelineCell: "guideline",
    RG.inFunctionGroup: "group",
    RG.levelName: "name",
    RG.limits: "limits",
    RG.mapping: "mappings",
    RG.mappingObject: "code",
    RG.mappingPredicate: "predicate",
    RG.maxYears: "years",
    RG.minYears: "years",
    RG.payBasis: "inherited",
    RG.period: "period",
    RG.reason: "reason",
    RG.grade: "grade",
    RG.proficiency: "proficiency",
    RG.rank: "rank",
    RG.releaseFile: "files",
    RG.requirement: "proficiency",
    RG.responsibility: "responsibilities",
    RG.skillDescriptor: "descriptors",
    RG.responsibilitySplit: "split",
    RG.sha256: "sha256",
    RG.skill: "skill",
    RG.skillUse: "skills",
    RG.sourceCount: "source_count",
    RG.stage: "stage",
    RG.value: "value",
    SCHEMA.currency: "currency",
    SCHEMA.description: "text",
    SCHEMA.duration: "duration",
    SCHEMA.estimatedSalary: "pay",
    SCHEMA.skills: "skills",
    SCHEMA.validFrom: "effective",
    SKOS.altLabel: "aliases",
    SKOS.broader: "broader",
    SKOS.definition: "definition",
    SKOS.historyNote: "retired",
    SKOS.notation: "code",
    SKOS.prefLabel: "label",
    SSSOM.author_label: "author",
    SSSOM.comment: "comment",
    SSSOM.confidence: "confidence",
    SSSOM.mapping_date: "day",
    SSSOM.mapping_justification: "justification",
    SSSOM.mapping_tool: "tool",
    VANN.preferredNamespaceUri: "base",
    VOID.triples: "triples",
    VOID.uriSpace: "base",
    XKOS.exclusionNote: "exclusions",
    XKOS.numberOfLevels: "levels",
}

_EXCEPTIONS = {
    ("constants", DCTERMS.identifier): "name",
    ("function", SKOS.broader): "group",
    ("level", SKOS.definition): "summary",
    ("level", SKOS.prefLabel): "name",
    ("occupation", SKOS.prefLabel): "title",
    ("pay", DCTERMS.source): "source",
    ("profile", DCTERMS.identifier): "job_code",
    ("profile", DCTERMS.source): "sources",
    ("profile", SKOS.prefLabel): "title",
    ("responsibilities", DCTERMS.identifier): "id",
    ("release", DCTERMS.rights): "licence",
    ("release", DCTERMS.source): "source",
    ("scheme", DCTERMS.rights): "licence",
    ("scheme", DCTERMS.source): "source",
    ("scheme", SKOS.prefLabel): "title",
    ("scheme", VANN.preferredNamespaceUri): "namespace",
    ("skill", SKOS.altLabel): "alternatives",
    ("skills", SCHEMA.description): "description",
    ("sources", DCTERMS.identifier): "id",
    ("sources", DCTERMS.title): "text",
}


def locate_field(predicate: str, node: Located | None = None) -> str | None:
    """The field of a record that holds what ``predicate`` says; None where no field does.

    ``node`` is what :func:`rolegraph.rdf.iris.locate_node` says of the subject: the same predicate may stand
    for another field of another record.

    >>> locate_field(RG.sourceCount)
    'source_count'
    >>> locate_field(SKOS.prefLabel), locate_field(SKOS.prefLabel, ("focus", "A.B", ("levels", "M3")))
    ('label', 'title')
    """
    if node is not None and (field := _EXCEPTIONS.get((_name_part(node), predicate))) is not None:
        return field
    return _FIELDS.get(predicate)


def _name_part(node: Located) -> str:
    """What a node is: the kind of its record, or the field that holds it as a part."""
    kind, _, path = node
    if not path:
        return kind
    if kind == "focus" and path[0] == "levels":
        return path[2] if len(path) > 2 else "profile"
    return path[0]
