"""Terms are closed, IRIs follow from codes and come apart again, predicates name their fields."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import Counter
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.model import codes
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.declare import read_declarations
from rolegraph.rdf.encode import encode
from rolegraph.rdf.fields import locate_field
from rolegraph.rdf.form import NTriples
from rolegraph.rdf.iris import Iris, decode_code, encode_code, format_decimal, locate_node
from rolegraph.rdf.properties import FIELDS
from rolegraph.rdf.vocab import (
    DCTERMS,
    NAMESPACES,
    OWL,
    PROV,
    RDF,
    RDFS,
    RG,
    SCHEMA,
    SKOS,
    SSSOM,
    VANN,
    XSD,
    shorten_iri,
)
from strategies import taxonomies

BASE = "https://w3id.org/rolegraph/id/"
IRIS = Iris(BASE)
FOCUS = "MANUFA.BIOPROCE4427"
PROFILE = f"{FOCUS}.M3"

EXAMPLES = {
    "function/MANUFA": (IRIS.node("function", "MANUFA"), ("function", "MANUFA", ())),
    "function-group/technical-operations": (
        IRIS.node("function-group", "technical-operations"),
        ("function-group", "technical-operations", ()),
    ),
    "focus/MANUFA.BIOPROCE4427": (IRIS.focus(FOCUS), ("focus", FOCUS, ())),
    "profile/MANUFA.BIOPROCE4427.M3": (IRIS.profile(PROFILE), ("focus", FOCUS, ("levels", "M3"))),
    "track/M": (IRIS.node("track", "M"), ("track", "M", ())),
    "level/M3": (IRIS.node("level", "M3"), ("level", "M3", ())),
    "skill/aseptic-technique": (
        IRIS.node("skill", "aseptic-technique"),
        ("skill", "aseptic-technique", ()),
    ),
    "soc-2018": (IRIS.scheme("soc-2018"), ("scheme", "soc-2018", ())),
    "soc-2018#publisher": (IRIS.scheme_publisher("soc-2018"), ("scheme", "soc-2018", ("publisher",))),
    "soc-2018#kind-broad": (IRIS.kind("soc-2018", "broad"), ("scheme", "soc-2018", ("levels", "broad"))),
    "soc-2018/51-1011": (IRIS.occupation("soc-2018", "51-1011"), ("occupation", "soc-2018/51-1011", ())),
    "esco/M%C3%A9tier%2F2": (IRIS.occupation("esco", "Métier/2"), ("occupation", "esco/Métier/2", ())),
    "esco/%F0%9F%98%80": (IRIS.occupation("esco", "😀"), ("occupation", "esco/😀", ())),
    "edition/structural%401": (IRIS.edition("structural@1"), ("edition", "structural@1", ())),
    "edition/structural%401#constant-track": (
        IRIS.constant("structural@1", "track"),
        ("edition", "structural@1", ("constants", "track")),
    ),
    "edition/structural%401#adjacency": (IRIS.activity("structural@1"), ("edition", "structural@1", ())),
    "focus/MANUFA.BIOPROCE4427#M3-resp-5c1d2f60": (
        IRIS.responsibility(FOCUS, "M3", "5c1d2f60"),
        ("focus", FOCUS, ("levels", "M3", "responsibilities", "5c1d2f60")),
    ),
    "focus/MANUFA.BIOPROCE4427#M3-guideline-experience": (
        IRIS.guideline_cell(FOCUS, "M3", "experience"),
        ("focus", FOCUS, ("levels", "M3", "guideline", "experience")),
    ),
    "focus/MANUFA.BIOPROCE4427#M3-guideline-experience-years-5-7.5": (
        IRIS.years_reading(IRIS.guideline_cell(FOCUS, "M3", "experience"), Decimal("5"), Decimal("7.5")),
        ("focus", FOCUS, ("levels", "M3", "guideline", "experience")),
    ),
    "focus/MANUFA.BIOPROCE4427#M3-guideline-experience-years-8-open": (
        IRIS.years_reading(IRIS.guideline_cell(FOCUS, "M3", "experience"), Decimal("8"), None),
        ("focus", FOCUS, ("levels", "M3", "guideline", "experience")),
    ),
    "focus/MANUFA.BIOPROCE4427#skill-aseptic-technique": (
        IRIS.skill_use(FOCUS, "aseptic-technique"),
        ("focus", FOCUS, ("skills", "aseptic-technique")),
    ),
    "profile/MANUFA.BIOPROCE4427.M3#pay": (IRIS.pay(PROFILE), ("focus", FOCUS, ("levels", "M3", "pay"))),
    "profile/MANUFA.BIOPROCE4427.M3#review-level-differentiation": (
        IRIS.score(PROFILE, "level-differentiation"),
        ("focus", FOCUS, ("levels", "M3", "review", "level-differentiation")),
    ),
    "profile/MANUFA.BIOPROCE4427.M3#source-1a2b3c4d": (
        IRIS.source(PROFILE, "1a2b3c4d"),
        ("focus", FOCUS, ("levels", "M3", "sources", "1a2b3c4d")),
    ),
    "profile/MANUFA.BIOPROCE4427.M3#mapping-soc-2018/51-1011": (
        IRIS.mapping(PROFILE, "soc-2018", "51-1011"),
        ("focus", FOCUS, ("levels", "M3", "mappings", "soc-2018/51-1011")),
    ),
    "profile/MANUFA.BIOPROCE4427.M3#mapping-esco/a%2Fb%20c": (
        IRIS.mapping(PROFILE, "esco", "a/b c"),
        ("focus", FOCUS, ("levels", "M3", "mappings", "esco/a/b c")),
    ),
    "skill/aseptic-technique#mapping-esco/skill%2Fa1": (
        IRIS.skill_mapping("aseptic-technique", "esco", "skill/a1"),
        ("skill", "aseptic-technique", ("mappings", "esco/skill/a1")),
    ),
    "profile/MANUFA.BIOPROCE4427.M3#adjacent-structural%401-MANUFA.BIOPROCE4427.M2": (
        IRIS.adjacency(PROFILE, "structural@1", f"{FOCUS}.M2"),
        ("focus", FOCUS, ("levels", "M3")),
    ),
    "dataset": (IRIS.name("dataset"), ("dataset", "", ())),
    "dataset/0.1.0": (IRIS.dataset_version("0.1.0"), ("dataset", "", ())),
    "dataset#publisher": (IRIS.publisher(), ("dataset", "", ("publisher",))),
}


@pytest.mark.parametrize("ending", EXAMPLES)
def test_iris_are_minted_and_come_apart(ending: str) -> None:
    iri, located = EXAMPLES[ending]
    assert iri == BASE + ending
    assert locate_node(iri, BASE) == located


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/focus/A.B",
        BASE + "architecture",
        BASE + "levels",
        BASE + "status/approved",
        BASE + "review/clarity",
        BASE + "focus/not a focus",
        BASE + "focus/A",
        BASE + "profile/A.B",
        BASE + "level/3M",
        BASE + "skill/Not-A-Slug",
        BASE + "edition/",
        BASE + "soc-2018/a/b",
        BASE + "soc-2018/%zz",
        BASE + "soc-2018/%c3%a9",
        BASE + "soc-2018/%FF",
        BASE,
    ],
)
def test_what_is_no_record_is_not_located(iri: str) -> None:
    assert locate_node(iri, BASE) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_codes_survive_percent_encoding(code: str) -> None:
    normal = unicodedata.normalize("NFC", code)
    segment = encode_code(code)
    assert decode_code(segment) == normal
    assert not set(segment) & set("/#?%25 ") - {"%", "2", "5"}
    assert set(segment) != {"."}
    pyoxigraph.NamedNode(BASE + segment)


def test_decomposed_letters_are_composed_first() -> None:
    assert encode_code("e\u0301") == encode_code("é") == "%C3%A9"


ESCO = Iris(BASE, {"esco": "http://data.europa.eu/esco/"})


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("occupation/0d5f9f5e-aaaa", "occupation/0d5f9f5e-aaaa"),
        ("isco/C2654", "isco/C2654"),
        ("isced-f/00", "isced-f/00"),
        ("../a b", "%2E%2E/a%20b"),
        ("/", "/"),
        ("métier//x", "m%C3%A9tier//x"),
    ],
)
def test_entries_have_the_iris_of_their_publisher(code: str, ending: str) -> None:
    iri = ESCO.occupation("esco", code)
    assert iri == f"http://data.europa.eu/esco/{ending}"
    assert ESCO.locate(iri) == ("occupation", f"esco/{code}", ())
    assert locate_node(iri, BASE) is None
    assert locate_node(iri, BASE, ESCO.namespaces) == ("occupation", f"esco/{code}", ())


@pytest.mark.parametrize("ending", ["", "a/%zz", "a/%c3%a9", "a b"])
def test_what_is_no_entry_of_a_namespace_is_not_located(ending: str) -> None:
    assert ESCO.locate(f"http://data.europa.eu/esco/{ending}") is None


def test_entries_with_a_namespace_are_not_below_the_base() -> None:
    assert ESCO.locate(f"{BASE}esco/x") is None
    assert ESCO.locate(f"{BASE}esco") == ("scheme", "esco", ())
    assert ESCO.locate(f"{BASE}soc-2018/11-1011") == ("occupation", "soc-2018/11-1011", ())


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_codes_survive_as_the_end_of_an_iri(code: str) -> None:
    iri = ESCO.occupation("esco", code)
    pyoxigraph.NamedNode(iri)
    assert ESCO.locate(iri) == ("occupation", f"esco/{unicodedata.normalize('NFC', code)}", ())


@given(taxonomies())
def test_no_two_records_or_parts_share_an_iri(taxonomy: Taxonomy) -> None:
    subjects = Counter(block.subject for block in encode(taxonomy, NTriples(taxonomy.dataset.base)))
    assert [subject for subject, count in subjects.items() if count > 1] == []


def test_a_scheme_and_code_that_read_alike_stay_apart() -> None:
    assert IRIS.mapping(PROFILE, "soc", "2018-1") != IRIS.mapping(PROFILE, "soc-2018", "1")


@pytest.mark.parametrize("name", sorted(codes.RESERVED_SCHEMES))
def test_reserved_names_are_no_classification(name: str) -> None:
    located = locate_node(BASE + name, BASE)
    assert located is None or located[0] != "scheme"


@pytest.mark.parametrize(
    ("value", "lexical"),
    [
        ("8", "8.0"), ("0.90", "0.90"), ("93000", "93000.0"), ("1E+3", "1000.0"), ("1E-7", "0.0000001"),
        ("-3", "-3.0"), ("0", "0.0"), ("5.0", "5.0"),
    ],
)  # fmt: skip
def test_decimals_keep_their_digits(value: str, lexical: str) -> None:
    assert format_decimal(Decimal(value)) == lexical
    assert Decimal(lexical) == Decimal(value)


def test_a_mistyped_term_raises() -> None:
    with pytest.raises(AttributeError, match="skos:prefLable is not a term"):
        _ = SKOS.prefLable
    with pytest.raises(KeyError, match="rg:basis-guessed is not a term"):
        _ = RG["basis-guessed"]


def test_namespaces_hold_what_the_ontology_declares() -> None:
    builtin = {*OWL, *RDF, *RDFS, *XSD}
    named = {iri for namespace in NAMESPACES for iri in namespace} - builtin
    assert named == set(read_declarations())


def test_terms_have_prefixed_names() -> None:
    assert shorten_iri(DCTERMS.title) == "dcterms:title"
    assert shorten_iri("http://purl.org/dc/terms/unheard-of") is None


@pytest.mark.parametrize(
    ("predicate", "ending", "field"),
    [
        (RG.confidence, f"profile/{PROFILE}", "confidence"),
        (RG.sourceCount, f"profile/{PROFILE}", "source_count"),
        (SKOS.prefLabel, f"profile/{PROFILE}", "title"),
        (SKOS.prefLabel, f"focus/{FOCUS}", "label"),
        (SKOS.prefLabel, "level/M3", "name"),
        (SKOS.prefLabel, "soc-2018/51-1011", "title"),
        (DCTERMS.identifier, f"profile/{PROFILE}", "job_code"),
        (DCTERMS.identifier, f"focus/{FOCUS}#M3-resp-5c1d2f60", "id"),
        (SCHEMA.median, f"profile/{PROFILE}#pay", "median"),
        (RG.payLow, f"profile/{PROFILE}#pay", "low"),
        (RG.minYears, "level/M3", "years"),
        (SCHEMA.description, f"focus/{FOCUS}#skill-hplc", "description"),
        (SCHEMA.description, f"focus/{FOCUS}#M3-resp-5c1d2f60", "text"),
        (SKOS.broadMatch, f"profile/{PROFILE}", "mappings"),
        (PROV.wasDerivedFrom, f"profile/{PROFILE}", "sources"),
        (DCTERMS.rights, "soc-2018", "licence"),
        (DCTERMS.rights, "dataset", "access_rights"),
        (SKOS.altLabel, "skill/hplc", "alternatives"),
        (SKOS.altLabel, f"profile/{PROFILE}", "aliases"),
        (SKOS.exactMatch, "skill/hplc", "mappings"),
        (SSSOM.mapping_date, f"profile/{PROFILE}#mapping-soc-2018/51-1011", "day"),
        (SSSOM.author_label, "skill/hplc#mapping-esco/skill%2Fa1", "author"),
        (SSSOM.comment, "skill/hplc#mapping-esco/skill%2Fa1", "comment"),
        (VANN.preferredNamespaceUri, "esco", "namespace"),
        (RG.inFocus, f"profile/{PROFILE}", None),
        (XSD.decimal, f"profile/{PROFILE}", None),
    ],
)
def test_a_predicate_names_its_field(predicate: str, ending: str, field: str | None) -> None:
    assert locate_field(predicate, locate_node(BASE + ending, BASE)) == field


def test_every_field_that_is_named_is_one_of_a_record() -> None:
    fields = {name for record in FIELDS for name in record.model_fields}
    predicates = {iri for namespace in NAMESPACES for iri in namespace}
    nodes = [located for _, located in EXAMPLES.values()]
    named = {locate_field(predicate, node) for predicate in predicates for node in (None, *nodes)}
    assert len(named) > 50
    assert named - {None} <= fields


def test_minting_needs_no_heavy_library() -> None:
    script = (
        "import sys, rolegraph.rdf, rolegraph.rdf.iris, rolegraph.rdf.fields, rolegraph.rdf.vocab\n"
        "print([n for n in ('rdflib', 'pyoxigraph', 'pydantic') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_writing_needs_no_rdflib() -> None:
    script = (
        "import sys, rolegraph.rdf.write, rolegraph.rdf.decode, rolegraph.rdf.adjacency\n"
        "print('rdflib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
