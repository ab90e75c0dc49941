"""What pages and tables state meets a folder: filled, added, kept and noted, changed, retired, restored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

from intakes import BREAD, duties, focus, intake, pay, place_cells, profile, start, uses
from rolegraph.answers import Change, Intaken
from rolegraph.errors import InputError, Place
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Retirement, YearRange
from rolegraph.model.reference import (
    FunctionGroup,
    JobFunction,
    Level,
    Proficiency,
    Skill,
    SkillDescriptor,
    Track,
)
from rolegraph.model.roles import (
    Confidence,
    Focus,
    Guideline,
    Profile,
    Requirement,
    Responsibility,
    Score,
    SkillUse,
    Source,
)
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.cells import Cells
from rolegraph.records.intake import Intake
from rolegraph.records.merging.merge import Merged, merge_intake, to_findings
from rolegraph.report.intake import describe_intake
from rolegraph.validate.judge import validate_taxonomy
from strategies import taxonomies

FULL = profile(
    "P2",
    title="Baker",
    definition="Bakes bread.",
    job_code="B-2",
    pay=pay(median=30000),
    responsibilities=duties("Mixes the dough.", "Watches the oven."),
    guideline=Guideline(knowledge="Knows the flours."),
    review=(Score(dimension="depth", value=Decimal(4)),),
    sources=(Source(id="s1", text="Guild handbook"),),
    aliases=("Bread baker",),
)


def meet(before: Taxonomy | Merged, source: Intake, **options: Any) -> Merged:
    taxonomy = before.taxonomy if isinstance(before, Merged) else before
    return merge_intake(taxonomy, None, source, **options)


def import_table(
    before: Taxonomy | Merged, source: Intake, owned: Cells | None = None
) -> tuple[Merged, Cells]:
    """An import of a table, and the cells that it owns from then on."""
    placed = place_cells(source)
    merged = meet(before, placed, owned=owned or Cells({}))
    return merged, Cells.from_intake(placed, merged.translate)


def get_profile(merged: Merged, level: str = "P2") -> Profile:
    return merged.taxonomy.profile_by_code[f"{BREAD}.{level}"]


def change_profile(merged: Merged, level: str = "P2", **fields: Any) -> Taxonomy:
    """The taxonomy with a profile changed by hand."""
    changed = Profile(**{**dict(get_profile(merged, level)), **fields})
    old = merged.taxonomy.focus_by_code[BREAD]
    profiles = tuple(changed if p.code == changed.code else p for p in old.profiles)
    return change_focus(merged, profiles=profiles)


def change_focus(merged: Merged, **fields: Any) -> Taxonomy:
    old = merged.taxonomy.focus_by_code[BREAD]
    return change_parts(merged, focuses=(Focus(**{**dict(old), **fields}),))


def change_parts(merged: Merged | Taxonomy, **parts: Any) -> Taxonomy:
    taxonomy = merged.taxonomy if isinstance(merged, Merged) else merged
    return Taxonomy(**{**{name: getattr(taxonomy, name) for name in Taxonomy.model_fields}, **parts})


# New things


def test_what_a_folder_lacks_is_added_whole() -> None:
    stated = focus(FULL, skills=uses("Kneading"), definition="All bread.", exclusions=("No cake.",))
    merged = meet(start(), intake(stated, skills=("Kneading",)))
    assert merged.taxonomy.focuses == (stated,)
    assert merged.notes == ()
    assert [(c.action, c.kind, c.code, c.label) for c in merged.changes] == [
        ("added", "function", "BAKERY", "Bakery"),
        ("added", "skill", "kneading", "Kneading"),
        ("added", "focus", BREAD, "Bread"),
        ("added", "profile", f"{BREAD}.P2", "Baker"),
    ]


@pytest.mark.parametrize("table", [False, True])
def test_the_same_source_again_changes_nothing(table: bool) -> None:
    source = place_cells(intake(focus(FULL, skills=uses("Kneading")), skills=("Kneading",)))
    first = meet(start(), source, owned=Cells({}) if table else None)
    cells = Cells.from_intake(source, first.translate) if table else None
    again = meet(first, source, owned=cells)
    assert (again.taxonomy, again.changes, again.notes) == (first.taxonomy, (), ())


# Functions, ladder, scale, skills


def test_a_function_is_filled_and_what_differs_is_kept_and_noted_with_both_places() -> None:
    class Places:
        def find(self, *key: str) -> Place:
            return Place("data/functions.yaml", 4)

    base = change_parts(start(), functions=(JobFunction(code="BAKERY", label="The bakery"),))
    source = place_cells(
        intake(
            functions=(JobFunction(code="BAKERY", label="Bakery", definition="Bakes.", group="making"),),
            groups=(FunctionGroup(code="making", label="Making"),),
        ),
        "page.html",
    )
    merged = merge_intake(base, Places(), source)  # type: ignore[arg-type]
    assert merged.taxonomy.functions == (
        JobFunction(code="BAKERY", label="The bakery", definition="Bakes.", group="making"),
    )
    [note] = merged.notes
    assert (note.rule, note.where, note.place) == (
        "statement-differs", "BAKERY label", Place("page.html", 3, "Jobs!C3"),
    )  # fmt: skip
    assert note.message == (
        "data/functions.yaml:4 has 'The bakery', this says 'Bakery'; the folder's is kept"
    )
    assert [c.details for c in merged.changes if c.kind == "function"] == [
        ("definition: + Bakes.", "group: + making")
    ]


def test_a_level_gives_way_where_it_is_as_it_was_lent_and_is_kept_where_it_is_the_folders_own() -> None:
    lent = start().level_by_code
    assert lent["M4"].assigned == ("descriptor",)
    stated = Level(
        code="M4", name="Head baker", scope="All ovens", years=YearRange(min=Decimal(9), max=Decimal(14))
    )
    first = meet(start(), intake(levels=(stated,)))
    level = first.taxonomy.level_by_code["M4"]
    assert (level.name, level.scope, level.years) == ("Head baker", "All ovens", stated.years)
    assert (level.autonomy, level.assigned) == (None, ()), "nothing of a lent text stays beside a stated one"
    assert first.notes == ()
    other = Level(code="M4", name="Chief baker")
    second = meet(first, intake(levels=(other,)))
    assert second.taxonomy.level_by_code["M4"] == level
    assert [note.where for note in second.notes] == ["M4 name"]


def test_the_mark_of_a_descriptor_goes_when_the_source_states_all_of_it() -> None:
    texts = {name: f"Stated {name}" for name in ("summary", *Level.DESCRIPTOR)}
    merged = meet(start(), intake(levels=(Level(code="M4", **texts),)))  # type: ignore[arg-type]
    assert merged.taxonomy.level_by_code["M4"].assigned == ()


def test_a_stage_that_the_source_only_assigns_gives_way_to_a_stated_one() -> None:
    def state(stage: int, *assigned: str) -> Intake:
        level = Level(code="B1", stage=Decimal(stage), assigned=assigned)
        return intake(tracks=(Track(code="B", label="Bench"),), levels=(level,))

    stated = meet(start(), state(3))
    kept = meet(stated, state(4, "stage"))
    assert (kept.changes, kept.notes) == ((), ())
    told = meet(stated, state(4))
    assert [note.where for note in told.notes] == ["B1 stage"]
    confirmed = meet(meet(start(), state(3, "stage")), state(3))
    assert confirmed.taxonomy.level_by_code["B1"].assigned == ()


def test_a_track_and_a_level_that_the_ladder_lacks_are_added() -> None:
    track, level = Track(code="B", label="Bench"), Level(code="B1", name="Helper")
    merged = meet(start(), intake(focus(profile("B1")), tracks=(track,), levels=(level,)))
    assert merged.taxonomy.track_by_code["B"] == track
    assert merged.taxonomy.level_by_code["B1"] == level


def test_a_source_with_a_ladder_of_its_own_leaves_the_lent_one() -> None:
    own = Level(code="P1", name="Helper", stage=Decimal(1), assigned=("stage",))
    stated = intake(focus(profile("P1")), tracks=(Track(code="P", label="Bench"),), levels=(own,))
    merged = meet(start(), stated)
    assert merged.taxonomy.levels == (own,)
    assert merged.taxonomy.tracks == (Track(code="P", label="Bench"),)
    assert [(c.action, c.kind, c.code) for c in merged.changes if c.kind in ("track", "level")] == [
        ("added", "track", "P"), ("added", "level", "P1"),
    ]  # fmt: skip


def test_a_lent_level_that_a_role_stands_on_stays_beside_a_ladder_of_its_own() -> None:
    held = meet(start(), intake(focus(profile("M3"))))
    own = Level(code="B1", name="Helper")
    merged = meet(
        held,
        intake(focus(profile("M3"), profile("B1")), tracks=(Track(code="B", label="Bench"),), levels=(own,)),
    )
    assert [level.code for level in merged.taxonomy.levels] == ["B1", "M3"]


def test_likely_skills_are_proposed_and_merged_on_request() -> None:
    base = meet(start(), intake(focus(FULL, skills=uses("Oven control")), skills=("Oven control",)))
    source = place_cells(
        intake(
            focus(profile("P1", focus="BAKERY.CAKE"), code="BAKERY.CAKE", skills=uses("Oven Control (OC)")),
            skills=("Oven Control (OC)",),
        )
    )
    apart = meet(base, source)
    assert [(n.rule, n.where) for n in apart.notes] == [("skill-likely", "oven-control-oc label")]
    assert apart.notes[0].place is not None
    assert [f.severity for f in to_findings(apart.notes)] == ["info"]
    merged = meet(base, source, merge_skills=True)
    assert [n.rule for n in merged.notes] == ["skill-merged"]
    assert merged.taxonomy.focus_by_code["BAKERY.CAKE"].skills == (
        SkillUse(skill="oven-control", label="Oven Control (OC)"),
    )
    assert merged.translate(("focus", "BAKERY.CAKE", "skills", "oven-control-oc", "label")) == (
        "focus", "BAKERY.CAKE", "skills", "oven-control", "label",
    )  # fmt: skip
    again = meet(merged, source)
    assert (again.changes, again.notes) == ((), ())


def test_two_wordings_of_one_skill_in_one_focus_become_one_use_with_a_note() -> None:
    source = Intake(
        functions=(JobFunction(code="BAKERY"),),
        skills=(Skill(code="a", label="Oven control"), Skill(code="b", label="Oven Control")),
        focuses=(focus(FULL, skills=(SkillUse(skill="a"), SkillUse(skill="b", description="Hot."))),),
    )
    merged = meet(start(), source, merge_skills=True)
    [use] = merged.taxonomy.focus_by_code[BREAD].skills
    assert use == SkillUse(skill="b", label="Oven control", description="Hot.")
    assert sorted(note.rule for note in merged.notes) == ["skill-merged", "skill-twice"]


# Pages


def test_pages_fill_what_is_empty_and_add_parts() -> None:
    base = meet(start(), intake(focus(profile("P2", basis="implied", pay=pay(median=30000)))))
    more = Profile(
        **{
            **dict(FULL),
            "pay": pay(low=28000, median=30000, high=33000),
            "confidence": Confidence(value=Decimal(1)),
        }
    )
    merged = meet(base, intake(focus(more, profile("P3"), skills=uses("Kneading")), skills=("Kneading",)))
    assert get_profile(merged) == more
    assert [p.level for p in merged.taxonomy.focus_by_code[BREAD].profiles] == ["P2", "P3"]
    assert merged.notes == ()


DIFFERING: list[tuple[dict[str, Any], list[str]]] = [
    ({"title": "Master baker"}, ["title"]),
    ({"definition": "Bakes rolls."}, ["definition"]),
    ({"pay": pay(low=1000, median=31000)}, ["pay.median"]),
    ({"pay": pay(currency="CHF", median=30000)}, ["pay.currency"]),
    ({"guideline": Guideline(knowledge="Knows the grains.")}, ["guideline.knowledge"]),
    ({"review": (Score(dimension="depth", value=Decimal(5)),)}, ["review.depth"]),
    ({"responsibilities": duties("Mixes the dough.", "Sweeps.", "Sings.")}, ["responsibilities"]),
]


@pytest.mark.parametrize(("fields", "where"), DIFFERING)
def test_pages_that_differ_are_noted_and_the_folders_is_kept(
    fields: dict[str, Any], where: list[str]
) -> None:
    base = meet(start(), intake(focus(FULL)))
    source = intake(focus(Profile(**{**dict(FULL), **fields})))
    merged = meet(base, source)
    assert merged.taxonomy == base.taxonomy
    assert [note.where for note in merged.notes] == [f"{BREAD}.P2 {path}" for path in where]
    replaced = meet(base, source, replace=True)
    for name, value in fields.items():
        held = getattr(get_profile(replaced), name)
        if name == "responsibilities":
            assert [duty.text for duty in held] == [duty.text for duty in value]
        else:
            assert held == value
    assert replaced.notes == ()
    assert [(c.action, c.kind) for c in replaced.changes] == [("changed", "profile")]


def test_a_corrected_responsibility_keeps_its_id() -> None:
    base = meet(start(), intake(focus(FULL)))
    old = {duty.text: duty.id for duty in FULL.responsibilities}
    stated = duties("Watches the ovens.", "Mixes the dough.", "Cleans up.")
    merged = meet(base, intake(focus(Profile(**{**dict(FULL), "responsibilities": stated}))), replace=True)
    assert get_profile(merged).responsibilities == (
        Responsibility(id=old["Watches the oven."], text="Watches the ovens."),
        Responsibility(id=old["Mixes the dough."], text="Mixes the dough."),
        stated[2],
    )
    key = ("focus", BREAD, "levels", "P2", "responsibilities", stated[0].id)
    assert merged.translate(key)[-1] == old["Watches the oven."]
    [change] = merged.changes
    assert change.details == (
        "responsibilities: + Cleans up.",
        "responsibilities: Watches the oven. -> Watches the ovens.",
    )


def test_pages_add_a_responsibility_where_they_repeat_all_others() -> None:
    base = meet(start(), intake(focus(FULL)))
    stated = duties("Mixes the dough.", "Cleans up.", "Watches the oven.")
    merged = meet(base, intake(focus(Profile(**{**dict(FULL), "responsibilities": stated}))))
    assert get_profile(merged).responsibilities == stated


def test_documented_wins_over_implied() -> None:
    base = meet(start(), intake(focus(profile("P2", basis="documented"))))
    assert get_profile(meet(base, intake(focus(profile("P2", basis="implied"))))).basis == "documented"


def test_what_a_person_decided_stays_where_the_source_only_assigns() -> None:
    def mapping(predicate: str, **fields: Any) -> tuple[Mapping, ...]:
        return (
            Mapping(
                scheme="soc-2018", code="51-3011", predicate=predicate,  # type: ignore[arg-type]
                justification="ManualMappingCuration", **fields,
            ),
        )  # fmt: skip

    base = meet(start(), intake(focus(profile("P2", mappings=mapping("exactMatch")))))
    weak = mapping("closeMatch", assigned=("predicate",))
    merged = meet(base, intake(focus(profile("P2", mappings=weak))), replace=True)
    assert (merged.changes, merged.notes) == ((), ())
    strong = meet(base, intake(focus(profile("P2", mappings=mapping("closeMatch")))))
    assert [note.where for note in strong.notes] == [f"{BREAD}.P2 mappings.soc-2018/51-3011.predicate"]


def test_pages_add_skills_after_those_of_the_folder() -> None:
    base = meet(start(), intake(focus(FULL, skills=uses("Kneading")), skills=("Kneading",)))
    source = intake(
        focus(FULL, skills=uses("Icing", "Kneading", description="By hand.")), skills=("Icing", "Kneading")
    )
    merged = meet(base, source)
    assert [(u.skill, u.description) for u in merged.taxonomy.focus_by_code[BREAD].skills] == [
        ("kneading", "By hand."), ("icing", "By hand."),
    ]  # fmt: skip
    assert [c.details for c in merged.changes if c.kind == "focus"] == [
        ("skills: + Icing", "skills.kneading.description: + By hand.")
    ]


def test_levels_of_a_skill_that_pages_limit_otherwise_are_noted() -> None:
    def state(*levels: str) -> Intake:
        stated = focus(profile("P1"), profile("P2"), skills=uses("Kneading", levels=levels))
        return intake(stated, skills=("Kneading",))

    base = meet(start(), state("P1"))
    assert meet(base, state()).notes == ()
    told = meet(base, state("P2"))
    assert (told.changes, [note.where for note in told.notes]) == ((), [f"{BREAD} skills.kneading.levels"])
    replaced = meet(base, state("P2"), replace=True)
    assert replaced.taxonomy.focus_by_code[BREAD].skills[0].levels == ("P2",)


def test_a_wording_that_the_folder_spells_out_stays_spelled_out() -> None:
    base = meet(start(), intake(focus(FULL, skills=uses("Kneading")), skills=("Kneading",)))
    spelled = change_focus(base, skills=(SkillUse(skill="kneading", label="Kneading"),))
    stated = intake(focus(FULL, skills=(SkillUse(skill="kneading", label="Kneading"),)), skills=("Kneading",))
    assert meet(spelled, stated).changes == ()
    other = change_focus(base, skills=(SkillUse(skill="kneading", label="Working dough"),))
    merged = meet(other, stated)
    assert [note.where for note in merged.notes] == [f"{BREAD} skills.kneading.label"]
    replaced = meet(other, stated, replace=True)
    assert replaced.taxonomy.focus_by_code[BREAD].skills == (SkillUse(skill="kneading"),)


# Tables


def test_a_table_changes_what_it_stated_and_takes_back_what_it_states_no_more() -> None:
    first, cells = import_table(
        start(), intake(focus(FULL, skills=uses("Dough", "Icing")), skills=("Dough", "Icing"))
    )
    edited = profile(
        "P2", title="Master baker", job_code="B-2", pay=pay(median=31000), responsibilities=duties("Mixes the dough!"),
    )  # fmt: skip
    second, _ = import_table(first, intake(focus(edited, skills=uses("Dough")), skills=("Dough",)), cells)
    held = get_profile(second)
    assert (held.title, held.definition, held.pay) == ("Master baker", None, pay(median=31000))
    assert held.aliases == ()
    assert held.responsibilities == (Responsibility(id=FULL.responsibilities[0].id, text="Mixes the dough!"),)
    assert [(c.action, c.code) for c in second.changes] == [("changed", BREAD), ("changed", f"{BREAD}.P2")]
    assert second.changes[0].details == ("skills: - Icing",)
    assert second.changes[1].details[:2] == ("title: Baker -> Master baker", "pay.median: 30000 -> 31000")
    assert "icing" in second.taxonomy.skill_by_code, "a skill stays, though nothing uses it"


def test_what_was_added_by_hand_stays_through_an_import() -> None:
    plain = profile("P2", title="Baker", pay=pay(median=30000))
    source = intake(focus(plain, skills=uses("Dough")), skills=("Dough",))
    first, cells = import_table(start(), source)
    by_hand = {
        "definition": "Bakes.",
        "aliases": ("Bread baker",),
        "pay": pay(median=30000, high=39000, source="A survey"),
        "responsibilities": duties("Sings."),
        "mappings": (
            Mapping(
                scheme="soc-2018", code="51-3011", predicate="exactMatch", justification="ManualMappingCuration"
            ),
        ),
    }  # fmt: skip
    edited = change_profile(first, **by_hand)
    changed = intake(
        focus(profile("P2", title="Baker", pay=pay(median=32000)), skills=uses("Dough")), skills=("Dough",)
    )
    merged, _ = import_table(edited, changed, cells)
    held = get_profile(merged)
    assert held.pay == pay(median=32000, high=39000, source="A survey")
    for name in ("definition", "aliases", "responsibilities", "mappings"):
        assert getattr(held, name) == by_hand[name]


def test_items_added_to_a_list_of_the_table_stay_and_its_own_are_taken_back() -> None:
    def state(*aliases: str) -> Intake:
        return intake(focus(profile("P2", aliases=aliases)))

    first, cells = import_table(start(), state("Head baker", "Miller"))
    by_hand = change_profile(first, aliases=("Head baker", "Loafer", "Miller"))
    second, cells = import_table(by_hand, state("Head baker", "Oven lead"), cells)
    assert get_profile(second).aliases == ("Head baker", "Loafer", "Oven lead")
    third, _ = import_table(second, state(), cells)
    assert get_profile(third).aliases == ("Loafer",)


def test_what_was_declined_is_not_owned() -> None:
    base = change_parts(start(), functions=(JobFunction(code="BAKERY", label="The bakery"),))
    first, cells = import_table(base, intake(focus(FULL)))
    assert [note.where for note in first.notes] == ["BAKERY label"]
    assert not cells.states("function", "BAKERY", "label")
    second, _ = import_table(first, intake(focus(FULL)), cells)
    assert second.taxonomy.function_by_code["BAKERY"].label == "The bakery"
    assert [note.where for note in second.notes] == ["BAKERY label"]


def test_a_vanished_row_is_retired_with_its_cell_and_comes_back_restored() -> None:
    both = intake(focus(profile("P1", title="Helper"), FULL))
    first, cells = import_table(start(), both)
    second, left = import_table(first, intake(focus(FULL)), cells)
    note = "no longer in jobs.xlsx (it stood at Jobs!A4)"
    assert get_profile(second, "P1") == profile("P1", title="Helper", retired=Retirement(note=note))
    assert second.changes == (
        Change("retired", "profile", f"{BREAD}.P1", "Helper", (f"retired.note: + {note}",)),
    )
    third, _ = import_table(second, intake(focus(FULL)), left)
    assert third.changes == ()
    back, _ = import_table(third, both, left)
    assert back.taxonomy == first.taxonomy
    assert [(c.action, c.code) for c in back.changes] == [("restored", f"{BREAD}.P1")]


def test_a_role_whose_job_code_moves_is_replaced_by_the_one_that_has_it() -> None:
    first, cells = import_table(start(), intake(focus(profile("P1", job_code="B-1"))))
    second, cells = import_table(first, intake(focus(profile("P2", job_code="B-1"))), cells)
    retired = get_profile(second, "P1").retired
    assert retired is not None
    assert retired.replaced_by == f"{BREAD}.P2"
    third, _ = import_table(second, intake(focus(profile("P1", job_code="B-1"))), cells)
    assert get_profile(third, "P1").retired is None


def test_a_vanished_focus_is_retired_with_its_profiles() -> None:
    cake = focus(profile("P1", focus="BAKERY.CAKE"), code="BAKERY.CAKE", label="Cake")
    first, cells = import_table(start(), intake(focus(FULL), cake))
    second, _ = import_table(first, intake(focus(FULL)), cells)
    held = second.taxonomy.focus_by_code["BAKERY.CAKE"]
    assert held.retired is not None
    assert [p.retired is not None for p in held.profiles] == [True]
    assert [(c.action, c.code) for c in second.changes] == [
        ("retired", "BAKERY.CAKE"), ("retired", "BAKERY.CAKE.P1"),
    ]  # fmt: skip
    back, _ = import_table(second, intake(focus(FULL), cake), cells)
    assert back.taxonomy == first.taxonomy


def test_what_another_source_stated_is_not_retired() -> None:
    pages = meet(start(), intake(focus(profile("P1"), profile("P3"))))
    first, cells = import_table(pages, intake(focus(FULL)))
    second, _ = import_table(first, intake(), cells)
    focus_then = second.taxonomy.focus_by_code[BREAD]
    assert focus_then.retired is None
    assert [p.level for p in focus_then.profiles if p.retired] == ["P2"]


def test_what_a_person_retired_stays_retired_and_is_noted() -> None:
    first, cells = import_table(start(), intake(focus(FULL)))
    by_hand = change_profile(first, retired=Retirement(note="Merged with pastry."))
    merged, _ = import_table(by_hand, intake(focus(FULL)), cells)
    assert get_profile(merged).retired == Retirement(note="Merged with pastry.")
    assert [note.rule for note in merged.notes] == ["retired-stated"]


def test_a_retired_role_keeps_its_skills_and_their_proficiency() -> None:
    scale = (
        Proficiency(code="basic", rank=1, label="Basic"),
        Proficiency(code="expert", rank=2, label="Expert"),
    )

    def state(*levels: str, step: str = "basic") -> Intake:
        use = SkillUse(
            skill="dough",
            levels=levels,
            proficiency=tuple(Requirement(level=x, proficiency=step) for x in levels),
        )
        return intake(focus(*map(profile, levels), skills=(use,)), skills=("Dough",), proficiencies=scale)

    first, cells = import_table(start(), state("P1", "P2"))
    second, _ = import_table(first, state("P2", step="expert"), cells)
    [use] = second.taxonomy.focus_by_code[BREAD].skills
    assert use.levels == ("P1", "P2")
    assert [(r.level, r.proficiency) for r in use.proficiency] == [("P1", "basic"), ("P2", "expert")]
    third, _ = import_table(first, intake(focus(profile("P2")), proficiencies=scale), cells)
    [use] = third.taxonomy.focus_by_code[BREAD].skills
    assert (use.levels, [r.level for r in use.proficiency]) == (("P1",), ["P1"])


def test_a_table_owns_its_function_labels_and_skill_definitions() -> None:
    def state(label: str, definition: str | None, text: str | None) -> Intake:
        descriptors = (SkillDescriptor(proficiency="basic", text=text),) if text else ()
        skill = Skill(code="dough", label="Dough", definition=definition, descriptors=descriptors)
        return Intake(
            functions=(JobFunction(code="BAKERY", label=label),), skills=(skill,), focuses=(focus(FULL),),
            proficiencies=(Proficiency(code="basic", rank=1, label="Basic"),),
        )  # fmt: skip

    first, cells = import_table(start(), state("Bakery", "Of flour.", "Sees it."))
    stated = Cells.from_places({("skill", "dough", "descriptors", "basic"): Place("jobs.xlsx", 2, "Jobs!H2")})
    owned = Cells.read(cells.render() + stated.render().partition(b"\n")[2], "cells.csv")
    second, _ = import_table(first, state("Bakeries", "Of flour and water.", "Feels it."), owned)
    assert second.taxonomy.function_by_code["BAKERY"].label == "Bakeries"
    skill = second.taxonomy.skill_by_code["dough"]
    assert (skill.definition, skill.descriptors[0].text) == ("Of flour and water.", "Feels it.")
    assert second.notes == ()
    third, _ = import_table(second, state("Bakeries", None, None), owned)
    skill = third.taxonomy.skill_by_code["dough"]
    assert (skill.definition, skill.descriptors) == (None, ())


def test_likely_skills_that_are_both_in_the_folder_are_united_on_request() -> None:
    other = focus(
        profile("P1", focus="BAKERY.CAKE"), code="BAKERY.CAKE", label="Cake", skills=uses("Oven Control")
    )
    stated = intake(focus(FULL, skills=uses("Oven control")), other, skills=("Oven control", "Oven Control"))
    stated = replace(
        stated,
        skills=tuple(skill.model_copy(update={"code": f"s{at}"}) for at, skill in enumerate(stated.skills)),
        focuses=tuple(
            each.model_copy(update={"skills": (each.skills[0].model_copy(update={"skill": f"s{at}"}),)})
            for at, each in enumerate(stated.focuses)
        ),
    )
    first = meet(start(), stated)
    assert len(first.taxonomy.skills) == 2
    second = meet(first, stated, merge_skills=True)
    kept, retired = second.taxonomy.skills
    assert [use.skill for each in second.taxonomy.focuses for use in each.skills] == [kept.code, kept.code]
    assert [a.reason for a in kept.alternatives] == ["The same words in other letter case."]
    assert retired.retired is not None
    assert retired.retired.replaced_by == kept.code
    labels = [use.label or kept.label for each in second.taxonomy.focuses for use in each.skills]
    assert sorted(labels) == ["Oven Control", "Oven control"], "each focus keeps its own wording"
    assert [note.rule for note in second.notes] == ["skill-merged"]
    third = meet(second, stated, merge_skills=True)
    assert (third.changes, third.notes) == ((), ())
    found = validate_taxonomy(second.taxonomy).findings
    assert [finding.rule for finding in found if finding.rule.startswith("skill-")] == []


def test_a_skill_that_pages_no_longer_list_stays_and_is_told() -> None:
    first = meet(start(), intake(focus(FULL, skills=uses("Dough", "Icing")), skills=("Dough", "Icing")))
    second = meet(first, intake(focus(FULL, skills=uses("Icing")), skills=("Icing",)), replace=True)
    assert [use.skill for use in second.taxonomy.focus_by_code[BREAD].skills] == ["dough", "icing"]
    assert [note.rule for note in second.notes] == ["skill-unstated"]


def test_details_of_long_texts_begin_shortly_before_they_part() -> None:
    words = "Bakes all the bread that the shop sells on a day and sees to it that none is left over at night"
    first, cells = import_table(start(), intake(focus(profile("P2", definition=words))))
    changed = words.replace("none is left", "little is left")
    second, _ = import_table(first, intake(focus(profile("P2", definition=changed))), cells)
    [change] = second.changes
    assert change.details == (f"definition: {words} -> {changed}",)
    answer = Intaken("made", True, 1, (), (), second.changes, ())
    assert (
        "definition: …sees to it that none is left over at night -> …sees to it that little is"
        in " ".join(unstyle(describe_intake(answer, "row")).split())
    )


def test_another_order_of_skills_is_told() -> None:
    skills = ("Dough", "Icing")
    first, cells = import_table(start(), intake(focus(FULL, skills=uses("Dough", "Icing")), skills=skills))
    second, _ = import_table(first, intake(focus(FULL, skills=uses("Icing", "Dough")), skills=skills), cells)
    assert [use.skill for use in second.taxonomy.focus_by_code[BREAD].skills] == ["icing", "dough"]
    assert [change.details for change in second.changes] == [("skills: in another order",)]


def test_skills_that_hold_for_a_retired_role_alone_keep_their_place() -> None:
    skills = ("Dough", "Icing", "Ovens", "Sales")
    levels = {"Dough": ("P1", "P2"), "Icing": ("P1",), "Ovens": ("P2",)}
    both = tuple(use for label, at in levels.items() for use in uses(label, levels=at))
    first, cells = import_table(start(), intake(focus(profile("P1"), FULL, skills=both), skills=skills))
    left = (*uses("Dough", levels=("P2",)), *uses("Ovens", "Sales", levels=("P2",)))
    second, _ = import_table(first, intake(focus(FULL, skills=left), skills=skills), cells)
    merged = second.taxonomy.focus_by_code[BREAD]
    assert [use.skill for use in merged.skills] == ["dough", "icing", "ovens", "sales"]
    assert merged.profiles[0].retired is not None
    assert "in another order" not in str([change.details for change in second.changes])
    third, _ = import_table(second, intake(focus(FULL, skills=left), skills=skills), cells)
    assert third.taxonomy.focus_by_code[BREAD] == merged


# What does not fit


def test_one_job_code_for_two_roles_is_refused_naming_both() -> None:
    base = meet(start(), intake(focus(FULL)))
    source = place_cells(intake(focus(profile("P3", job_code="B-2"))))
    with pytest.raises(InputError) as caught:
        meet(base, source)
    [problem] = caught.value.problems
    assert problem.rule == "job-code-taken"
    assert f"{BREAD}.P3" in problem.message
    assert f"{BREAD}.P2" in problem.message
    assert problem.place is not None
    assert problem.place.cell == "Jobs!F4"
    retired = change_profile(base, retired=Retirement(note="Gone."))
    assert get_profile(meet(retired, source), "P3").job_code == "B-2"


def test_one_source_may_give_a_job_code_to_several_roles() -> None:
    source = intake(focus(profile("P1", job_code="B"), profile("P2", job_code="B")))
    first, cells = import_table(start(), source)
    assert [p.job_code for p in first.taxonomy.profiles] == ["B", "B"]
    assert import_table(first, source, cells)[0].changes == ()


def test_flaws_are_told_all_at_once_at_their_cells() -> None:
    source = place_cells(intake(focus(profile("Q7"), skills=uses("Lost")), functions=()))
    with pytest.raises(InputError) as caught:
        meet(start(), source)
    found = {(p.rule, p.place.cell if p.place else None) for p in caught.value.problems}
    assert found == {
        ("function-unknown", "Jobs!A2"), ("level-unknown", "Jobs!A3"), ("skill-unknown", "Jobs!S4"),
    }  # fmt: skip


def test_values_that_do_not_fit_what_was_added_by_hand_are_told_with_their_cell() -> None:
    first, cells = import_table(start(), intake(focus(profile("P2", pay=pay(median=30000)))))
    by_hand = change_profile(first, pay=pay(low=29000, median=30000))
    source = place_cells(intake(focus(profile("P2", pay=pay(median=20000)))))
    with pytest.raises(InputError) as caught:
        meet(by_hand, source, owned=cells)
    [problem] = caught.value.problems
    assert (problem.rule, problem.where) == ("pay-order", f"{BREAD}.P2 pay")
    assert problem.place is not None
    assert problem.place.file == "jobs.xlsx"


# Everything


def to_intake(taxonomy: Taxonomy) -> Intake:
    """What a source that stated all of this, less occupations, would give; skill codes are its own."""
    own = {skill.code: f"p-{skill.code}" for skill in taxonomy.skills}
    known: dict[str, str] = {}
    for skill in taxonomy.skills:  # A source tells skills apart by their wordings.
        for label in (skill.label, *(a.label for a in skill.alternatives)):
            known.setdefault(label, skill.code)
    skills = tuple(
        Skill(code=own[skill.code], label=skill.label, definition=skill.definition)
        for skill in taxonomy.skills
        if known[skill.label] == skill.code
    )
    kept = {skill.code for skill in skills}
    focuses = []
    jobs: set[str | None] = {None}
    for each in taxonomy.focuses:
        profiles = []
        for one in each.profiles:
            job = None if one.job_code in jobs else one.job_code
            jobs.add(job)
            profiles.append(Profile(**{**dict(one), "mappings": (), "job_code": job, "retired": None}))
        used = tuple(
            SkillUse(**{**dict(use), "skill": own[use.skill]})
            for use in each.skills
            if own[use.skill] in kept
        )
        fields = {**dict(each), "profiles": tuple(profiles), "skills": used, "retired": None}
        focuses.append(Focus(**fields))
    return Intake(
        groups=taxonomy.groups, functions=taxonomy.functions, tracks=taxonomy.tracks, levels=taxonomy.levels,
        proficiencies=taxonomy.proficiencies, skills=skills, focuses=tuple(focuses),
    )  # fmt: skip


def refuse_unexpected(error: InputError) -> None:
    """What two sources that know nothing of each other may well disagree on; anything else is a mistake."""
    expected = {"job-code-taken", "rank-repeated", "pay-order"}
    assert {problem.rule for problem in error.problems} <= expected


@given(taxonomies(max_focuses=1), taxonomies(max_focuses=1), st.booleans(), st.booleans())
def test_pages_that_are_read_again_change_nothing_and_take_nothing_away(
    before: Taxonomy, other: Taxonomy, merge_skills: bool, replace: bool
) -> None:
    source = to_intake(other)
    options = {"merge_skills": merge_skills, "replace": replace}
    try:
        merged = meet(before, source, **options)
    except InputError as error:
        refuse_unexpected(error)
        return
    again = meet(merged, source, **options)
    assert again.changes == ()
    assert again.taxonomy == merged.taxonomy
    for old in before.profiles:
        new = merged.taxonomy.profile_by_code[old.code]
        for name in Profile.model_fields:
            held, left = getattr(old, name), getattr(new, name)
            if held not in (None, ()):
                assert left not in (None, ()), f"{name} was lost"
            if not replace and name in ("title", "definition", "version", "source_count"):
                assert held in (None, left)
        assert {part.id for part in old.sources} <= {part.id for part in new.sources}
        assert {score.dimension for score in old.review} <= {score.dimension for score in new.review}
    assert {s.code for s in before.skills} <= {s.code for s in merged.taxonomy.skills}


@given(taxonomies(max_focuses=1), taxonomies(max_focuses=1), taxonomies(max_focuses=1))
def test_a_table_that_is_imported_again_changes_nothing_and_has_its_way(
    before: Taxonomy, one: Taxonomy, other: Taxonomy
) -> None:
    first, second = to_intake(one), to_intake(other)
    held, cells, last = before, Cells({}), None
    for source in (first, first, second, second, first):
        try:
            merged, stated = import_table(held, source, cells)
        except InputError as error:
            refuse_unexpected(error)
            return
        if source is last:
            assert merged.changes == ()
        for focus_stated in source.focuses:
            for one_stated in focus_stated.profiles:
                found = merged.taxonomy.profile_by_code[one_stated.code]
                for name in ("title", "definition", "grade", "version", "region"):
                    assert getattr(one_stated, name) in (None, getattr(found, name))
                texts = [duty.text for duty in one_stated.responsibilities]
                assert [duty.text for duty in found.responsibilities][: len(texts)] == texts
        held, cells, last = merged.taxonomy, stated, source
