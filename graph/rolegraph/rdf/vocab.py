"""The terms that rolegraph writes and reads, as closed namespaces: a mistyped term raises, it does not mint.

The names repeat what ``ontology/*.ttl`` declares (a test compares them), so that writing needs no parser.
"""

from __future__ import annotations

from collections.abc import Iterator


class Namespace:
    """A closed namespace. ``RG.Focus`` and ``RG["pay-own"]`` are IRIs; an unknown name raises.

    >>> RG.Focus
    'https://w3id.org/rolegraph/ns#Focus'
    >>> SKOS["prefLable"]
    Traceback (most recent call last):
        ...
    KeyError: 'skos:prefLable is not a term that rolegraph uses'
    """

    __slots__ = ("_names", "iri", "prefix")

    def __init__(self, prefix: str, iri: str, names: str) -> None:
        self.prefix = prefix
        self.iri = iri
        self._names = {name: iri + name for name in names.split()}

    def __getitem__(self, name: str) -> str:
        try:
            return self._names[name]
        except KeyError:
            raise KeyError(f"{self.prefix}:{name} is not a term that rolegraph uses") from None

    def __getattr__(self, name: str) -> str:
        try:
            return self._names[name]
        except KeyError:
            raise AttributeError(f"{self.prefix}:{name} is not a term that rolegraph uses") from None

    def __iter__(self) -> Iterator[str]:
        """The IRIs of all terms."""
        return iter(self._names.values())

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and iri.startswith(self.iri) and iri[len(self.iri) :] in self._names


RG = Namespace(
    "rg",
    "https://w3id.org/rolegraph/ns#",
    """
    Adjacency Alternative ArchitectureScheme Area Basis Classification Constant Criterion Differential Edition
    Element Focus Function FunctionGroup GuidelineCell JobZone Level LevelScheme LinkNote Mapping MatchBand Occupation
    PayBasis Proficiency ProficiencyScheme Profile Rating Region RegionScheme Relation Release ReleaseFile
    Responsibility ResponsibilitySplit Skill SkillDescriptor SkillRequirement SkillScheme SkillUse Source Status
    StatusScheme Task TaskUse Technology TechnologyUse Track Wage YearsReading
    alternative annualWage assigned atLevel attribution autonomy band basis citesOccupation classificationLevel codePattern complexity
    confidence confidenceLabel constant coverage criterion currency decisionRights derived describesScheme destination differential
    distance edition employment essentialSkill family form grade guidelineCell hourlyWage impact importance inFocus inFunction inFunctionGroup jobZone leadership levelName
    limits linkNote linkedConcept mapping mappingObject mappingPredicate mappingSubject maxYears mean minYears
    ofClassification ofFocus onTrack optionalSkill origin payBasis payHigh payLow period position preparation
    proficiency rank rating reason relatedOccupation releaseFile reportedTitle requiredLevel requirement
    responsibility responsibilitySplit scope sha256 shortTitle skill skillDescriptor skillUse sourceCount stage
    taskActivity taskUse technologyUse toolVersion value yearsReading
    band-confident band-needs-review band-no-match basis-documented basis-implied criterion-collaboration
    criterion-complexity criterion-experience criterion-knowledge differential-pay differential-skill
    note-core note-hot note-importance-suppressed note-in-demand note-level-suppressed note-missing-employment
    note-missing-mean note-missing-median note-missing-percentile10 note-missing-percentile25
    note-missing-percentile75 note-missing-percentile90 note-not-relevant note-primary-long note-primary-short
    note-supplemental note-top-coded-mean note-top-coded-median note-top-coded-percentile10
    note-top-coded-percentile25 note-top-coded-percentile75 note-top-coded-percentile90
    pay-inherited pay-own split-even split-given split-stated
    """,
)
"""Our own vocabulary; its definitions stand in ``ontology/rolegraph.ttl``."""

ADMS = Namespace("adms", "http://www.w3.org/ns/adms#", "status")
DCAT = Namespace("dcat", "http://www.w3.org/ns/dcat#", "Dataset")
DCTERMS = Namespace(
    "dcterms",
    "http://purl.org/dc/terms/",
    """
    created creator description identifier isPartOf isReplacedBy issued language license modified publisher
    rights source spatial title
    """,
)
DQV = Namespace(
    "dqv",
    "http://www.w3.org/ns/dqv#",
    "Metric QualityMeasurement computedOn hasQualityMeasurement isMeasurementOf value",
)
FOAF = Namespace("foaf", "http://xmlns.com/foaf/0.1/", "Agent name")
OWL = Namespace(
    "owl",
    "http://www.w3.org/2002/07/owl#",
    """
    AnnotationProperty Class DatatypeProperty NamedIndividual ObjectProperty Ontology deprecated versionIRI
    versionInfo
    """,
)
PROV = Namespace("prov", "http://www.w3.org/ns/prov#", "Activity used wasDerivedFrom wasGeneratedBy")
RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "langString type")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#", "isDefinedBy label")
SCHEMA = Namespace(
    "schema",
    "https://schema.org/",
    """
    MonetaryAmountDistribution currency description domainIncludes duration estimatedSalary median percentile10
    percentile25 percentile75 percentile90 rangeIncludes skills validFrom
    """,
)
SEMAPV = Namespace(
    "semapv",
    "https://w3id.org/semapv/vocab/",
    """
    BackgroundKnowledgeBasedMatching CompositeMatching InstanceBasedMatching LexicalMatching
    LexicalSimilarityThresholdMatching LogicalReasoning ManualMappingCuration MappingChaining MappingInversion
    MappingReview SemanticSimilarityThresholdMatching StructuralMatching UnspecifiedMatching
    """,
)
SKOS = Namespace(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    """
    Concept ConceptScheme altLabel broadMatch broader closeMatch definition exactMatch hasTopConcept hiddenLabel
    historyNote inScheme narrowMatch narrower notation prefLabel relatedMatch scopeNote topConceptOf
    """,
)
SSSOM = Namespace(
    "sssom",
    "https://w3id.org/sssom/",
    "author_label comment confidence mapping_date mapping_justification mapping_tool",
)
VANN = Namespace("vann", "http://purl.org/vocab/vann/", "preferredNamespacePrefix preferredNamespaceUri")
VOID = Namespace("void", "http://rdfs.org/ns/void#", "Dataset triples uriSpace")
XKOS = Namespace(
    "xkos",
    "http://rdf-vocabulary.ddialliance.org/xkos#",
    "ClassificationLevel depth exclusionNote next numberOfLevels previous",
)
XSD = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#", "boolean dateTime decimal integer string")

NAMESPACES = (
    ADMS, DCAT, DCTERMS, DQV, FOAF, OWL, PROV, RDF, RDFS, RG, SCHEMA, SEMAPV, SKOS, SSSOM, VANN, VOID, XKOS, XSD,
)  # fmt: skip
"""Every namespace that the exports use, by prefix."""


def shorten_iri(iri: str) -> str | None:
    """The prefixed name of a term; None where the IRI is no term of these namespaces.

    >>> shorten_iri("http://www.w3.org/2004/02/skos/core#prefLabel")
    'skos:prefLabel'
    """
    for namespace in NAMESPACES:
        if iri in namespace:
            return f"{namespace.prefix}:{iri[len(namespace.iri) :]}"
    return None
