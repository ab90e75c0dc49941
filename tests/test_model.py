"""The records and the Taxonomy: what is refused at construction, and how equal content compares."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from rolegraph.errors import InputError
from rolegraph.model import codes, fields
from rolegraph.model.checks import find_flaws, suggest
from rolegraph.model.mapping import Mapping
from rolegraph.model.parts import Parts
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
    Scheme,
    Skill,
    Track,
)
from rolegraph.model.roles import (
    Focus,
    Guideline,
    Pay,
    Profile,
    Responsibility,
    Score,
    SkillUse,
    Source,
)
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.model.years import read_years
from strategies import taxonomies

DATASET: dict[str, Any] = {
    "title": "T", "publisher": "P", "version": "1", "base": "https://example.org/id/", "language": "en",
    "currency": "EUR", "issued": "2024-01-01", "modified": "2024-01-01", "access_rights": "For us.",
}  # fmt: skip
SCHEME: dict[str, Any] = {
    "code": "soc-2018", "title": "S", "publisher": "P", "version": "1", "source": "https://example.org/",
    "licence": "free", "pattern": "[0-9]{2}-[0-9]{4}", "levels": ("major", "detailed"),
}  # fmt: skip


def make_profile(code: str = "A.B.M1", **given: Any) -> Profile:
    return Profile(code=code, basis="documented", **given)


def make_focus(code: str = "A.B", *levels: str, **given: Any) -> Focus:
    profiles = tuple(make_profile(f"{code}.{level}") for level in levels or ("M1",))
    return Focus(**{"code": code, "label": "x", "profiles": profiles, **given})


def make_taxonomy(**given: Any) -> Taxonomy:
    parts: dict[str, Any] = {
        "dataset": Dataset(**DATASET),
        "functions": (JobFunction(code="A"),),
        "tracks": (Track(code="M", label="Management"),),
        "levels": (Level(code="M1"), Level(code="M2")),
    }
    return Taxonomy(**{**parts, **given})


def list_rules(record: type[Record], **given: Any) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        record(**given)
    return [error["type"] for error in raised.value.errors()]


@pytest.mark.parametrize(
    ("record", "given", "rule"),
    [
        (YearRange, {"min": Decimal(3), "max": Decimal(2)}, "years-order"),
        (YearRange, {"min": Decimal(-1)}, "greater_than_equal"),
        (YearRange, {"min": Decimal("NaN")}, "finite_number"),
        (YearRange, {"min": "3"}, "is_instance_of"),
        (Dataset, {**DATASET, "licence": "https://example.org/"}, "dataset-terms"),
        (Dataset, {**DATASET, "access_rights": None}, "dataset-terms"),
        (Dataset, {**DATASET, "base": "https://example.org"}, "base-form"),
        (Dataset, {**DATASET, "base": "https://example.org/#"}, "base-form"),
        (Dataset, {**DATASET, "base": "https://example.org/?a=/"}, "base-form"),
        (Dataset, {**DATASET, "base": "example.org/"}, "value-wrong"),
        (Dataset, {**DATASET, "issued": "2023-02-29"}, "value-wrong"),
        (Dataset, {**DATASET, "issued": "0000-01-01"}, "value-wrong"),
        (Dataset, {**DATASET, "language": "EN"}, "string_pattern_mismatch"),
        (Dataset, {**DATASET, "language": "en-12"}, "string_pattern_mismatch"),
        (Dataset, {**DATASET, "colour": "red"}, "extra_forbidden"),
        (JobFunction, {"code": "manufa"}, "string_pattern_mismatch"),
        (JobFunction, {"code": "A\n"}, "string_pattern_mismatch"),
        (JobFunction, {"code": "A", "assigned": ("group",)}, "assigned-absent"),
        (JobFunction, {"code": "A", "assigned": ("code",)}, "assigned-unknown"),
        (JobFunction, {"code": "A", "label": "A", "assigned": ("label",)}, "label-code"),
        (Level, {"code": "M0"}, "string_pattern_mismatch"),
        (Level, {"code": "M1", "assigned": ("descriptor",)}, "assigned-absent"),
        (Skill, {"code": "a", "label": "x", "alternatives": (Alternative(label="x", reason="y"),)}, "value-repeated"),
        (Skill, {"code": "a--b", "label": "x"}, "string_pattern_mismatch"),
        (Scheme, {**SCHEME, "pattern": "[0-9"}, "scheme-pattern"),
        (Scheme, {**SCHEME, "levels": ("a", "a")}, "value-repeated"),
        (Scheme, {**SCHEME, "code": "profile"}, "scheme-reserved"),
        (Pay, {"currency": "EUR"}, "pay-empty"),
        (Pay, {"currency": "EUR", "low": Decimal(2), "median": Decimal(1)}, "pay-order"),
        (Pay, {"currency": "EUR", "low": Decimal(2), "high": Decimal(1)}, "pay-order"),
        (Pay, {"currency": "EUR", "percentile25": Decimal(2), "median": Decimal(1)}, "pay-order"),
        (Pay, {"currency": "EUR", "percentile10": Decimal(2), "percentile90": Decimal(1)}, "pay-order"),
        (Score, {"dimension": "a", "value": Decimal("5.1")}, "less_than_equal"),
        (Source, {"id": "a", "text": "x", "occupation": "17-2031"}, "string_pattern_mismatch"),
        (Guideline, {}, "guideline-empty"),
        (Focus, {"code": "A.B", "label": "x", "profiles": (make_profile("A.C.M1"),)}, "profile-strange"),
        (Focus, {"code": "A.B", "label": "x", "profiles": (make_profile(), make_profile())}, "value-repeated"),
        (Focus, {"code": "A.B", "label": "x", "profiles": (), "skills": (SkillUse(skill="a"),) * 2}, "value-repeated"),
        (Profile, {"code": "A.B.M1", "basis": "guessed"}, "literal_error"),
        (Profile, {"code": "A.B", "basis": "implied"}, "string_pattern_mismatch"),
        (Profile, {"code": "A.B.M1", "basis": "implied", "aliases": ("x", "x")}, "value-repeated"),
        (Profile, {"code": "A.B.M1", "basis": "implied", "aliases": ["x"]}, "tuple_type"),
        (Profile, {"code": "A.B.M1", "basis": "implied",
                   "responsibilities": (Responsibility(id="a", text="x"),) * 2}, "value-repeated"),
        (Profile, {"code": "A.B.M1", "basis": "implied", "sources": (Source(id="a", text="x"),) * 2}, "value-repeated"),
        (Edition, {"code": "a@1", "form": "a", "label": "a", "definition": "a", "limits": "a",
                   "constants": (Constant(name="a", value=Decimal(1), reason="x"),) * 2}, "value-repeated"),
        (FunctionGroup, {"code": "a", "label": ""}, "value-empty"),
        (FunctionGroup, {"code": "a", "label": " x"}, "text-padded"),
        (FunctionGroup, {"code": "a", "label": "x\u00a0"}, "text-padded"),
        (FunctionGroup, {"code": "a", "label": "x\ty"}, "text-control"),
        (FunctionGroup, {"code": "a", "label": "x\ufffey"}, "text-control"),
        (FunctionGroup, {"code": "a", "label": "e\u0301"}, "text-form"),
        (FunctionGroup, {"code": "a", "label": "x\ny"}, "label-lines"),
        (FunctionGroup, {"code": "a", "label": "x\u2028y"}, "label-lines"),
        (FunctionGroup, {"code": "a", "label": "x", "definition": "x\ry"}, "text-control"),
    ],
)  # fmt: skip
def test_a_record_that_does_not_hold_is_refused(
    record: type[Record], given: dict[str, Any], rule: str
) -> None:
    assert list_rules(record, **given) == [rule]


def test_records_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make_profile().title = "x"  # type: ignore[misc]


def test_order_that_means_nothing_is_not_compared() -> None:
    first, second = (
        Mapping(scheme="s", code=code, predicate="exactMatch", justification="Manual") for code in ("1", "2")
    )
    assert make_profile(mappings=(second, first)) == make_profile(mappings=(first, second))
    assert make_profile(aliases=("b", "a")) == make_profile(aliases=("a", "b"))
    assert make_focus("A.B", "M2", "M1") == make_focus("A.B", "M1", "M2")
    assert make_taxonomy(levels=(Level(code="M10"), Level(code="M2"))).levels[0].code == "M2"
    assert make_taxonomy(focuses=(make_focus("A.C"), make_focus("A.B"))) == make_taxonomy(
        focuses=(make_focus("A.B"), make_focus("A.C"))
    )


def test_order_that_means_something_is_kept() -> None:
    items = tuple(Responsibility(id=i, text="x") for i in ("b", "a"))
    assert make_profile(responsibilities=items).responsibilities == items
    uses = (SkillUse(skill="b"), SkillUse(skill="a"))
    assert make_focus(skills=uses).skills == uses


@pytest.mark.parametrize(
    ("given", "flaw"),
    [
        ({"functions": (JobFunction(code="A", group="x"),)},
         "function.A.group: there is no function group x; add it, or correct the code [group-unknown]"),
        ({"levels": (Level(code="P1"),)}, "level.P1: there is no track P; add it, or correct the code [track-unknown]"),
        ({"focuses": (make_focus("B.C"),)},
         "focus.B.C: there is no function B; add it, or correct the code [function-unknown]"),
        ({"focuses": (make_focus("A.B", "M7"),)},
         "focus.A.B.levels.M7: track M has no level 7 (M1..M2); did you mean M2? [level-unknown]"),
        ({"focuses": (make_focus("A.B", "X1"),)},
         "focus.A.B.levels.X1: there is no track X; the tracks are M [level-unknown]"),
        ({"tracks": (Track(code="M", label="x"), Track(code="Z", label="x")), "focuses": (make_focus("A.B", "Z1"),)},
         "focus.A.B.levels.Z1: track Z has no levels; add them [level-unknown]"),
        ({"focuses": (make_focus(skills=(SkillUse(skill="welding"),)),), "skills": (Skill(code="weldings", label="x"),)},
         "focus.A.B.skills.welding: there is no skill welding; did you mean weldings? [skill-unknown]"),
        ({"focuses": (make_focus(skills=(SkillUse(skill="a", levels=("M2",)),)),), "skills": (Skill(code="a", label="x"),)},
         "focus.A.B.skills.a.levels: A.B has no level M2; its levels are M1 [level-unknown]"),
        ({"schemes": (Scheme(**SCHEME),), "occupations": (
            Occupation(scheme="soc-2018", code="11", title="x", kind="major"),)},
         ("occupation.soc-2018/11: 11 does not look like a code of S ([0-9]{2}-[0-9]{4}); correct the code "
         "[occupation-code]")),
        ({"schemes": (Scheme(**SCHEME),), "occupations": (
            Occupation(scheme="soc-2018", code="11-0000", title="x", kind="minor"),)},
         ("occupation.soc-2018/11-0000.kind: minor is not a kind of entry of soc-2018; use one of major, detailed "
         "[occupation-kind]")),
        ({"schemes": (Scheme(**SCHEME),), "occupations": (
            Occupation(scheme="soc-2018", code="11-0000", title="x", kind="major", broader="11-0001"),
            Occupation(scheme="soc-2018", code="11-0001", title="x", kind="detailed"))},
         ("occupation.soc-2018/11-0000.broader: 11-0001 (detailed) is not wider than 11-0000 (major); "
         "the kinds of soc-2018 run major, detailed, widest first [occupation-order]")),
        ({"occupations": (Occupation(scheme="x", code="1", title="x", kind="y"),)},
         "occupation.x/1: there is no classification x; add it, or correct the code [scheme-unknown]"),
        ({"levels": (Level(code="M1"), Level(code="M1"))},
         "level.M1: level M1 is given 2 times; keep one entry, merging what the others add [duplicate]"),
        ({"focuses": (make_focus(retired=Retirement(note="x", replaced_by="A.C")),)},
         "focus.A.B.retired.replaced_by: there is no focus A.C; did you mean A.B? [successor-unknown]"),
        ({"skills": (Skill(code="a", label="x", retired=Retirement(note="x", replaced_by="a")),)},
         "skill.a.retired.replaced_by: the successors run in a circle: a -> a; break the circle [successor-circle]"),
    ],
)  # fmt: skip
def test_records_that_do_not_fit_together_are_refused(given: dict[str, Any], flaw: str) -> None:
    with pytest.raises(InputError) as raised:
        make_taxonomy(**given)
    assert [str(problem) for problem in raised.value.problems] == [flaw]


def test_all_flaws_are_reported_together() -> None:
    with pytest.raises(InputError) as raised:
        make_taxonomy(focuses=(make_focus("B.C", "M9"), make_focus("D.E", "X1")))
    assert [p.rule for p in raised.value.problems] == [
        "function-unknown", "level-unknown", "function-unknown", "level-unknown",
    ]  # fmt: skip


def test_of_equally_close_codes_the_first_is_suggested() -> None:
    known = ["welding-c", "welding-b", "welding-d", "brazing"]
    assert suggest("welding-x", known) == suggest("welding-x", known[::-1]) == "did you mean welding-b?"


def test_each_circle_of_successors_is_reported_once() -> None:
    def replace(code: str, by: str | None) -> Skill:
        return Skill(code=code, label="x", retired=Retirement(note="x", replaced_by=by))

    parts = Parts(
        skills=(replace("a", "b"), replace("b", "c"), replace("c", "b"), replace("d", "e"), replace("e", None),
                replace("z", "y"), replace("y", "z"))
    )  # fmt: skip
    assert [flaw.message for flaw in find_flaws(parts)] == [
        "the successors run in a circle: b -> c -> b", "the successors run in a circle: y -> z -> y",
    ]  # fmt: skip


def test_a_long_line_of_successors_is_followed_once() -> None:
    count = 20_000
    parts = Parts(skills=tuple(
        Skill(code=f"s{i}", label="x", retired=Retirement(note="x", replaced_by=f"s{i + 1}" if i + 1 < count else None))
        for i in range(count)
    ))  # fmt: skip
    assert find_flaws(parts) == ()


@given(taxonomies(min_focuses=1))
def test_indexes_answer_for_every_record(taxonomy: Taxonomy) -> None:
    for profile in taxonomy.profiles:
        assert taxonomy.profile_by_code[profile.code] is profile
        focus = taxonomy.focus_by_code[profile.focus]
        assert taxonomy.level_by_code[profile.level].track == codes.split_level(profile.level)[0]
        assert taxonomy.function_by_code[profile.function].code == focus.function
        assert taxonomy.title_of(profile) == (profile.title or f"{focus.label} — {profile.level}")
        uses = taxonomy.skill_uses_of(profile)
        assert all(not use.levels or profile.level in use.levels for use in uses)
        assert {use.skill for use in uses} <= set(taxonomy.skill_by_code)
        assert taxonomy.is_retired(profile) == (profile.retired is not None or focus.retired is not None)
    assert Taxonomy(**{name: getattr(taxonomy, name) for name in Taxonomy.model_fields}) == taxonomy


def test_limited_skills_hold_for_their_levels_alone() -> None:
    taxonomy = make_taxonomy(
        skills=(Skill(code="a", label="A"), Skill(code="b", label="B")),
        focuses=(
            make_focus("A.B", "M1", "M2", skills=(SkillUse(skill="a", levels=("M2",)), SkillUse(skill="b"))),
        ),
    )
    held = {p.level: [use.skill for use in taxonomy.skill_uses_of(p)] for p in taxonomy.profiles}
    assert held == {"M1": ["b"], "M2": ["a", "b"]}


@given(st.from_regex(fields._IRI, fullmatch=True))
def test_an_iri_that_is_accepted_is_one_for_the_store_too(iri: str) -> None:
    try:
        TypeAdapter(fields.Iri).validate_python(iri)
    except ValidationError:
        return
    assert pyoxigraph.NamedNode(iri).value == iri


@pytest.mark.parametrize(
    "iri", ["http://[/", "http://a:b/", "http://a/%zz", "http://a/#b#c", "http://a/[", "http:// a", "a/b", "", "http://",
            "http://a/\ue000", "http://a b/", 'http://a/"', "http://a/<b>", "http://a/{b}", "http://a/\\b", "urn:a b"],
)  # fmt: skip
def test_what_the_store_refuses_is_no_iri(iri: str) -> None:
    with pytest.raises(ValidationError, match="not an absolute IRI"):
        TypeAdapter(fields.Iri).validate_python(iri)


@given(st.from_regex(codes.LANGUAGE_PATTERN, fullmatch=True))
def test_a_language_that_is_accepted_is_one_for_the_store_too(language: str) -> None:
    assert pyoxigraph.Literal("a", language=language).language == language.lower()


@given(st.from_regex(codes.PROFILE_PATTERN, fullmatch=True))
def test_profile_codes_come_apart_and_together(code: str) -> None:
    function, focus, level = codes.split_profile(code)
    assert codes.compose_profile(focus, level) == code
    assert focus.startswith(f"{function}.")
    track, rank = codes.split_level(level)
    assert f"{track}{rank}" == level


@pytest.mark.parametrize(
    "code", ["A.B", "A.B.M", "A.B.M0", "a.B.M1", "A.B.M1 ", "A.B.M1\n", "A..M1", "A.B.C.M1", "A.B.M100"]
)
def test_what_is_no_profile_code_does_not_come_apart(code: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(code))):
        codes.split_profile(code)


def test_the_id_of_a_text_does_not_depend_on_its_normal_form() -> None:
    assert codes.text_id("é") == codes.text_id("e\u0301")
    assert codes.text_id("a") == "ca978112"


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("0–1 years", [("0", "1")]), ("5–7+ years", [("5", "7")]), ("8+ years", [("8", None)]), ("3 yrs", [("3", "3")]),
        ("5+ years (BA), 3 years (MA), 5+ years", [("5", None), ("3", "3")]), ("1.5-2 years", [("1.5", "2")]),
        ("7–5 years", []), ("some years", []), ("in 2024, years later", []), ("v3.5 years", []), ("", []),
    ],
)  # fmt: skip
def test_years_are_read_from_a_sentence(text: str, ranges: list[tuple[str, str | None]]) -> None:
    assert [(str(r.min), None if r.max is None else str(r.max)) for r in read_years(text)] == ranges
