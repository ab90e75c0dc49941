"""A small architecture for the tests of ontology formats: hostile texts, retired records, every kind of mapping."""

from __future__ import annotations

import itertools
from decimal import Decimal

from export_sources import BASE, HOSTILE, make_hostile, make_source
from rolegraph.export.source import Source
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Retirement
from rolegraph.model.reference import FunctionGroup, JobFunction, Occupation, Proficiency, Skill
from rolegraph.model.roles import Focus, Profile
from rolegraph.model.taxonomy import Taxonomy

BESIDE = f"""
@prefix e: <http://example.com/x#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rg: <https://w3id.org/rolegraph/ns#> .
@base <{BASE}> .
<focus/CREW.DECK> skos:prefLabel "Pont"@fr, "甲板"@ja ; skos:hiddenLabel "deck" ; skos:note "<b>&"@fr ;
    skos:exactMatch <http://example.com/deck> ; e:owner "Ann & \\"Bo\\""@en ; e:count 5 ; rdfs:seeAlso <http://example.com/> ;
    skos:broader _:one, <skill/mooring> ; e:parts ( 1 ) ; e:size "1.0"^^xsd:double, "x"^^e:kind, "five"^^xsd:integer ;
    rdfs:subClassOf _:one ; e:boss <profile/CREW.DECK.P2> ; rg:atLevel <level/P1> ; a e:Extra, owl:Class .
<skill/mooring> skos:altLabel "Festmachen"@de ; skos:related <skill/first-aid> .
e:owner a owl:AnnotationProperty ; rdfs:label "owner"@en ; e:kept "yes" .
e:boss a owl:ObjectProperty . e:elsewhere e:owner "no class" .
"""
"""What an editor may have added: labels, notes, links; and what no class may have in the profiles of OWL."""


def make_ontology() -> Taxonomy:
    """Two focuses, one without a definition and retired; entries that are loaded, nested, and only mapped to."""
    matches = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
    taxonomy = make_hostile()
    (focus,) = taxonomy.focuses
    hand, sailor = focus.profiles
    claims = tuple(
        Mapping(
            scheme="soc-2018", code=f"métier {at}/é <&>", predicate=predicate, justification="LexicalMatching",
            tool=HOSTILE, comment=f"{HOSTILE}\nline", author=HOSTILE, confidence=Decimal("0.50"), day="2025-07-30",
            assigned=("justification", "predicate"),
        )
        for at, predicate in enumerate(matches)
    )  # fmt: skip
    sailor = sailor.model_copy(update={"aliases": (f"{HOSTILE} {HOSTILE}", 'Matelot \\ "1"')})
    hand = hand.model_copy(
        update={"mappings": claims, "retired": Retirement(note=HOSTILE, replaced_by=sailor.code)}
    )
    old = Focus(
        code="OLD.BOARD", label="Ausguck — Größe", retired=Retirement(note="Gone."),
        profiles=(Profile(code="OLD.BOARD.P2", basis="implied", retired=Retirement(note="Gone.")),),
    )  # fmt: skip
    mooring = next(skill for skill in taxonomy.skills if skill.code == "mooring")
    return taxonomy.replace_parts(
        groups=(FunctionGroup(code="ships", label=HOSTILE, definition=f"{HOSTILE}\nline"),),
        functions=(JobFunction(code="CREW", group="ships"), JobFunction(code="OLD", label="Old")),
        focuses=(focus.model_copy(update={"profiles": (hand, sailor)}), old),
        proficiencies=(Proficiency(code="able", rank=1, label="Able"),),
        skills=(
            *(skill for skill in taxonomy.skills if skill.code != "mooring"),
            mooring.model_copy(update={"mappings": (*mooring.mappings, *claims[1:2]), "definition": HOSTILE}),
            Skill(code="ropes", label="Ropes", retired=Retirement(note="Gone.", replaced_by="mooring")),
        ),
        occupations=(
            *taxonomy.occupations,
            Occupation(scheme="soc-2018", code="métier 0/é <&>", title=HOSTILE, kind="detailed", broader="53-5011"),
        ),
    )  # fmt: skip


def make_ontology_source(beside: str = "") -> Source:
    """A source of it."""
    return make_source(make_ontology(), beside)


def describe_tree(taxonomy: Taxonomy) -> dict[str, str | None]:
    """What every class of the taxonomy stands under, by their IRIs, worked out from the records alone."""
    base = taxonomy.dataset.base
    tree: dict[str, str | None] = {f"{base}{name}": None for name in ("architecture", "levels", "skills")}
    for group in taxonomy.groups:
        tree[f"{base}function-group/{group.code}"] = f"{base}architecture"
    for function in taxonomy.functions:
        above = "architecture" if function.group is None else f"function-group/{function.group}"
        tree[f"{base}function/{function.code}"] = f"{base}{above}"
    for focus in taxonomy.focuses:
        tree[f"{base}focus/{focus.code}"] = f"{base}function/{focus.function}"
        for profile in focus.profiles:
            tree[f"{base}profile/{profile.code}"] = f"{base}focus/{focus.code}"
    for track in taxonomy.tracks:
        tree[f"{base}track/{track.code}"] = f"{base}levels"
    for level in taxonomy.levels:
        tree[f"{base}level/{level.code}"] = f"{base}track/{level.track}"
    for skill in taxonomy.skills:
        tree[f"{base}skill/{skill.code}"] = f"{base}skills"
    for scheme in taxonomy.schemes:
        tree[f"{base}{scheme.code}"] = None
    entries = {(o.scheme, o.code): o.broader for o in taxonomy.occupations}
    mapped = {(mapping.scheme, mapping.code): None for _, mapping in taxonomy.mappings}
    for (scheme_code, code), broader in itertools.chain(
        entries.items(), ((k, v) for k, v in mapped.items() if k not in entries)
    ):
        above = name_entry(taxonomy, scheme_code, broader) if broader else f"{base}{scheme_code}"
        tree[name_entry(taxonomy, scheme_code, code)] = above
    return tree


def name_entry(taxonomy: Taxonomy, scheme: str, code: str) -> str:
    """The IRI of an entry of a classification."""
    from rolegraph.rdf.iris import Iris

    return Iris(taxonomy.dataset.base, taxonomy.namespaces).occupation(scheme, code)
