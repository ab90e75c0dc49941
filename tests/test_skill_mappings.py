"""Skills are mapped to classifications of skills: read, checked, judged, shown, kept and saved as profiles' are."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import rolegraph
from bakery import write_bakery
from intakes import focus, intake, profile, start, uses
from rdf_samples import make_taxonomy, parse, to_ntriples, to_turtle
from rolegraph.errors import InputError
from rolegraph.model.mapping import Mapping
from rolegraph.model.reference import Scheme, Skill
from rolegraph.rdf.decode import from_turtle
from rolegraph.records import load_folder
from rolegraph.records.merging.merge import merge_intake
from rolegraph.records.saving.save import save_folder
from rolegraph.validate.judge import judge_graph, validate_taxonomy

ESCO = "skill/0005c151-5b5a-4a66-8aac-60e734beb1ab"
MAPPED = f"""\
  dough:
    label: Dough
    mappings:
      # seen by two bakers
      - {{scheme: esco, code: {ESCO}, predicate: closeMatch, justification: ManualMappingCuration, author: The bakers,
         day: 2026-01-31, comment: Both speak of dough., confidence: 0.9}}
      - scheme: onet-element
        code: 2.A.1.a
        predicate: relatedMatch
        justification: UnspecifiedMatching
"""


def write_mapped(folder: Path, mapped: str = MAPPED) -> Path:
    return write_bakery(folder, skills=("  dough: {label: Dough}\n", mapped))


def test_mappings_of_skills_are_read_and_shown(tmp_path: Path) -> None:
    jobs = rolegraph.Architecture(write_mapped(tmp_path / "jobs"))
    first, second = jobs.taxonomy.skill_by_code["dough"].mappings
    assert (first.key, first.author, first.day) == (f"esco/{ESCO}", "The bakers", "2026-01-31")
    assert (second.key, second.comment) == ("onet-element/2.A.1.a", None)
    (section,) = [s for s in jobs.show("dough").sections if s.heading == "Mappings"]
    assert [(entry.label, entry.text, entry.note) for entry in section.entries] == [
        ("esco", ESCO, ("closeMatch; ManualMappingCuration; confidence 0.9; by The bakers; 2026-01-31; "
                       "Both speak of dough.; its title is not loaded: rolegraph import esco SRC -o DIR names it")),
        ("onet-element", "2.A.1.a", ("relatedMatch; UnspecifiedMatching; its title is not loaded: rolegraph import onet "
                                     "SRC -o DIR names it")),
    ]  # fmt: skip


def test_flaws_of_a_skills_mapping_are_told_at_its_line(tmp_path: Path) -> None:
    wrong = MAPPED.replace("scheme: onet-element", "scheme: onet-elements").replace(ESCO, "2654.1")
    with pytest.raises(InputError) as raised:
        load_folder(write_mapped(tmp_path / "jobs", wrong), "jobs")
    (code, scheme) = map(str, raised.value.problems)
    assert code.startswith(
        "jobs/skills.yaml:9 skills.dough.mappings.esco/2654.1.code: 2654.1 does not look like a code of "
    )
    assert scheme == (
        "jobs/skills.yaml:11 skills.dough.mappings.onet-elements/2.A.1.a.scheme: there is no classification "
        "onet-elements; did you mean onet-element? [scheme-unknown]"
    )


def test_a_skill_is_mapped_to_an_entry_once() -> None:
    once = Mapping(scheme="esco", code="x", predicate="exactMatch", justification="MappingReview")
    other = once.model_copy(update={"scheme": "atlas"})
    assert Skill(code="a", label="A", mappings=(once, other)).mappings == (other, once)
    with pytest.raises(ValueError, match="mapping given more than once: esco/x"):
        Skill(code="a", label="A", mappings=(once, once))


def test_the_shapes_look_at_skills_mappings_too(tmp_path: Path) -> None:
    loaded = load_folder(write_mapped(tmp_path / "jobs"), "jobs")
    found = [f for f in validate_taxonomy(loaded.taxonomy, loaded.places).findings if "mapping" in f.rule]
    assert [(f.rule, f.severity, f.file, f.line) for f in found if f.subject == "dough"] == [
        ("mapping-unloaded", "info", "jobs/skills.yaml", 9),
        ("mapping-unloaded", "info", "jobs/skills.yaml", 12),
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("    skos:exactMatch <http://data.europa.eu/esco/skill/2e1f-77>", "    rdfs:label 'x'", "mapping-stated"),
        ("rg:mappingSubject <skill/mooring>", "rg:mappingSubject <level/P1>", "mapping-subject"),
        ("    rg:mapping <skill/mooring#mapping-esco/skill%2F2e1f-77> ;\n", "", "mapping-evidence"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_a_skills_mapping_that_hangs_in_the_air_is_found(old: str, new: str, rule: str, engine: str) -> None:
    text = to_turtle(make_taxonomy())
    assert text.count(old) == 1

    def judge(turtle: str) -> set[str]:
        graph = rdflib.Graph().parse(data=turtle, format="turtle")
        findings = judge_graph(graph, engine=engine).validation.findings  # type: ignore[arg-type]
        return {f.rule for f in findings if f.rule.startswith("mapping-")}

    assert judge(text) == {"mapping-unloaded"}
    assert rule in judge(text.replace(old, new))


def test_esco_entries_survive_both_ways() -> None:
    taxonomy = make_taxonomy()
    assert from_turtle(to_turtle(taxonomy)).taxonomy == taxonomy
    decoded = from_turtle(to_ntriples(taxonomy))
    assert (decoded.taxonomy, decoded.foreign) == (taxonomy, ())
    subjects = {str(triple.subject) for triple in parse(to_turtle(taxonomy))}
    assert "<http://data.europa.eu/esco/skill/2e1f-77>" in subjects


def test_what_changes_beside_them_leaves_mappings_and_their_comments(tmp_path: Path) -> None:
    folder = write_mapped(tmp_path / "jobs")
    before = load_folder(folder).taxonomy
    skills = tuple(
        skill.model_copy(update={"definition": "Mixing and kneading."}) if skill.code == "dough" else skill
        for skill in before.skills
    )
    after = before.replace_parts(skills=skills)
    assert save_folder(folder, before, after) == ("skills.yaml",)
    assert load_folder(folder).taxonomy == after
    assert "# seen by two bakers" in (folder / "skills.yaml").read_text(encoding="utf-8")


def test_pages_that_use_a_skill_keep_its_mappings() -> None:
    before = merge_intake(
        start(), None, intake(focus(profile("P2"), skills=uses("Kneading")), skills=("Kneading",))
    ).taxonomy
    (skill,) = before.skills
    mapping = Mapping(
        scheme="onet-soc-2019", code="51-3011.00", predicate="relatedMatch", justification="MappingReview"
    )
    known = before.replace_parts(skills=(skill.model_copy(update={"mappings": (mapping,)}),))
    again = intake(focus(profile("P3"), skills=uses("Kneading")), skills=("Kneading",))
    assert [skill.mappings for skill in merge_intake(known, None, again).taxonomy.skills] == [(mapping,)]


FIELDS = {
    "title": "T", "publisher": "P", "version": "1", "source": "https://example.org/", "licence": "L",
    "pattern": ".+", "levels": ("a",),
}  # fmt: skip


def test_a_namespace_ends_where_the_codes_begin() -> None:
    with pytest.raises(ValueError, match="namespace must end in / or #"):
        Scheme(code="a", namespace="https://example.org/a", **FIELDS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("namespaces", "codes"),
    [
        (("https://one.example/", "https://two.example/"), []),
        (("https://one.example/", "https://one.example/"), ["b"]),
        (("https://one.example/", "https://one.example/x#"), ["b"]),
        (("https://example.org/", None), ["a"]),
        (("https://example.org/id/a/", None), ["a"]),
    ],
)
def test_namespaces_that_cannot_be_told_apart_are_refused(
    namespaces: tuple[str, str | None], codes: list[str]
) -> None:
    schemes = tuple(
        Scheme(code=code, namespace=namespace, **FIELDS)  # type: ignore[arg-type]
        for code, namespace in zip("ab", namespaces, strict=True)
    )
    taxonomy = make_taxonomy()
    fields = {name: getattr(taxonomy, name) for name in type(taxonomy).model_fields}
    fields |= {"schemes": (*taxonomy.schemes, *schemes)}
    if not codes:
        assert type(taxonomy)(**fields).namespaces["a"] == "https://one.example/"
        return
    with pytest.raises(InputError) as raised:
        type(taxonomy)(**fields)
    assert [(p.rule, p.where) for p in raised.value.problems] == [
        ("namespace-shared", f"scheme.{code}.namespace") for code in codes
    ]
