"""Two job architectures compared: what changed is told once, as what it is, and nothing else is."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
import rdflib
from click import unstyle
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from architectures import read_shipped
from rolegraph.answers import DataChange, DataDiff
from rolegraph.careers.roster import Roster
from rolegraph.changes.answer import compare_architectures
from rolegraph.changes.compare import compare_taxonomies
from rolegraph.changes.patch import write_patch
from rolegraph.changes.words import compare_words
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Retirement
from rolegraph.model.reference import Skill
from rolegraph.model.roles import Focus, Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.plain import to_json
from rolegraph.rdf.decode import from_turtle
from rolegraph.rdf.write import write_ntriples, write_turtle
from rolegraph.report.changes import describe_changes
from rolegraph.report.changes_markdown import write_changes, write_words
from rolegraph.report.tables import to_csv, to_rows
from rolegraph.schemas import make_adapter
from strategies import taxonomies

BIO, UP = "MANUFA.BIOPROCE4427", "PROCES.UPSTREAMDF5B"
M3 = f"{BIO}.M3"


def change_focus(taxonomy: Taxonomy, code: str, edit: Callable[[Focus], Focus]) -> Taxonomy:
    """The records with another version of one focus, checked as if they were read."""
    focuses = tuple(edit(focus) if focus.code == code else focus for focus in taxonomy.focuses)
    return rebuild(taxonomy, focuses=focuses)


def change_profile(taxonomy: Taxonomy, code: str, **update: Any) -> Taxonomy:
    """The records with other fields of one profile."""

    def edit(focus: Focus) -> Focus:
        profiles = tuple(p.model_copy(update=update) if p.code == code else p for p in focus.profiles)
        return focus.model_copy(update={"profiles": profiles})

    return change_focus(taxonomy, code.rpartition(".")[0], edit)


def rebuild(taxonomy: Taxonomy, **parts: Any) -> Taxonomy:
    fields = {name: getattr(taxonomy, name) for name in Taxonomy.model_fields}
    return Taxonomy(**fields | parts)


def list_changes(old: Taxonomy, new: Taxonomy) -> list[DataChange]:
    return list(compare_taxonomies(old, new)[0])


def tell(change: DataChange) -> tuple[Any, ...]:
    return change.kind, change.code, change.action, change.field, change.item, change.old, change.new


class Held:
    """A job architecture in memory, as a diff wants it."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.foreign = ()
        self.roster = Roster.from_taxonomy(taxonomy)


def compare(old: Taxonomy, new: Taxonomy, *, consequences: bool = True) -> DataDiff:
    return compare_architectures(
        Held(old), Held(new), ("old", "new"), consequences=consequences, tell=lambda step: None
    )


def export(taxonomy: Taxonomy) -> bytes:
    sink = io.BytesIO()
    write_turtle(taxonomy, sink)
    return sink.getvalue()


# Laws


@settings(max_examples=20)
@given(taxonomies(), taxonomies(), st.randoms())
def test_what_is_the_same_has_no_change_and_what_is_not_has_one(
    one: Taxonomy, other: Taxonomy, random: Random
) -> None:
    assert list_changes(one, one) == []
    assert list_changes(one, from_turtle(export(one)).taxonomy) == []
    shuffled = {}
    for name in Taxonomy.model_fields:
        part = getattr(one, name)
        shuffled[name] = tuple(random.sample(part, len(part))) if isinstance(part, tuple) else part
    assert list_changes(one, Taxonomy(**shuffled)) == []
    assert (list_changes(one, other) == []) == (one == other)


@settings(max_examples=15)
@given(taxonomies(max_focuses=2), taxonomies(max_focuses=2))
def test_every_answer_can_be_shown_in_every_form(one: Taxonomy, other: Taxonomy) -> None:
    changes, _ = compare_taxonomies(one, other)
    answer = DataDiff("a", "b", not changes, (), changes)
    assert describe_changes(answer)
    assert write_changes(answer)
    assert len(to_rows(answer)[1]) == len(changes)
    assert to_csv(to_rows(answer))
    make_adapter("diff").validate_json(to_json(answer), strict=False)


@settings(max_examples=15)
@given(taxonomies(max_focuses=2), taxonomies(max_focuses=2))
def test_a_patch_turns_the_older_triples_into_the_newer(one: Taxonomy, other: Taxonomy) -> None:
    sides = []
    for taxonomy in (one, other):
        sink = io.BytesIO()
        write_ntriples(taxonomy, sink)
        sides.append(read_lines(sink.getvalue().decode()))
    sink = io.BytesIO()
    write_patch((one, ()), (other, ()), sink)
    assert apply_patch(sides[0], sink.getvalue().decode()) == sides[1]


def read_lines(text: str) -> set[str]:
    """The lines of N-Triples, which end in line feeds alone."""
    return set(filter(None, text.split("\n")))


def apply_patch(lines: set[str], patch: str) -> set[str]:
    """The lines of N-Triples after a patch, which must not delete what is not there or add what is."""
    head, *changes = [line for line in patch.split("\n") if line]
    assert head.startswith("H id <urn:uuid:")
    assert (changes[0], changes[-1]) == ("TX .", "TC .")
    held = set(lines)
    for line in changes[1:-1]:
        action, triple = line.split(" ", 1)
        if action == "D":
            held.remove(triple)
        else:
            assert action == "A"
            assert triple not in held
            held.add(triple)
    for action in "DA":
        own = [line for line in changes[1:-1] if line.startswith(action)]
        assert own == sorted(own)
    return held


@settings(max_examples=50)
@given(st.text(), st.text())
def test_runs_of_words_make_up_both_texts(old: str, new: str) -> None:
    runs = compare_words(old, new)
    assert "".join(text for op, text in runs if op != "added") == old
    assert "".join(text for op, text in runs if op != "removed") == new
    assert all(text for _, text in runs)


def test_words_between_two_changes_are_kept_and_blanks_are_not() -> None:
    assert compare_words("a small red box", "a large blue box") == (
        ("same", "a "), ("removed", "small red"), ("added", "large blue"), ("same", " box"),
    )  # fmt: skip
    assert compare_words("one two three", "one 2 three") == (
        ("same", "one "), ("removed", "two"), ("added", "2"), ("same", " three"),
    )  # fmt: skip


# Records


def test_a_new_wording_is_told_word_by_word_and_once() -> None:
    old = read_shipped()
    first, *rest = old.profile_by_code[M3].responsibilities
    text = first.text.replace(first.text.split()[1], "certainly", 1)
    new = change_profile(old, M3, responsibilities=(first.model_copy(update={"text": text}), *rest))
    (change,) = list_changes(old, new)
    assert tell(change)[:5] == ("profile", M3, "reworded", "responsibilities.text", first.id)
    assert [op for op, _ in change.words] == ["same", "removed", "added", "same"]
    assert ("removed", first.text.split()[1]) in change.words
    # The same wording under another id, as where ids are made from texts.
    renewed = first.model_copy(update={"id": "deadbeef", "text": text})
    (change,) = list_changes(old, change_profile(old, M3, responsibilities=(renewed, *rest)))
    assert tell(change)[2:5] == ("reworded", "responsibilities.text", "deadbeef")
    assert change.evidence == f"its id was {first.id}; the wording is alike"


def test_a_statement_that_only_moved_is_told_as_moved() -> None:
    old = read_shipped()
    first, *rest = old.profile_by_code[M3].responsibilities
    (change,) = list_changes(old, change_profile(old, M3, responsibilities=(*rest, first)))
    assert tell(change)[2:] == ("reordered", "responsibilities", first.id, "1", str(len(rest) + 1))
    # One that is put in front moves no other.
    fresh = first.model_copy(update={"id": "00000000", "text": "Something that nobody did before."})
    (change,) = list_changes(old, change_profile(old, M3, responsibilities=(fresh, first, *rest)))
    assert (change.action, change.item) == ("added", "00000000")


def test_pay_mappings_reviews_sources_and_badges() -> None:
    old = read_shipped()
    profile = old.profile_by_code[M3]
    assert profile.pay is not None
    assert profile.mappings
    kept = profile.mappings[0]
    new = change_profile(
        old,
        M3,
        pay=profile.pay.model_copy(
            update={"median": Decimal("121000"), "inherited": True, "duration": "P1M"}
        ),
        mappings=(
            kept.model_copy(update={"predicate": "relatedMatch", "confidence": Decimal("0.5")}),
            Mapping(
                scheme="soc-2018",
                code="11-3051",
                predicate="broadMatch",
                justification="ManualMappingCuration",
            ),
        ),
        status="draft",
        version="9.9",
        region="emea",
        basis="implied",
        review=profile.review[1:],
        sources=(),
        source_count=3,
    )
    found = {(c.field, c.item): (c.action, c.old, c.new) for c in list_changes(old, new)}
    assert found["pay.median", None] == ("changed", "118000", "121000")
    assert found["pay.inherited", None] == ("changed", "no", "yes")
    assert found["pay.duration", None] == ("changed", "P1Y", "P1M")
    assert found["mappings.predicate", kept.key][2] == "relatedMatch"
    assert found["mappings.confidence", kept.key][2] == "0.5"
    assert found["mappings", "soc-2018/11-3051"] == ("added", None, "broadMatch")
    assert found["status", None][2] == "draft"
    assert found["basis", None] == ("changed", "documented", "implied")
    assert found["review", profile.review[0].dimension][0] == "removed"
    text = describe_changes(compare(old, new, consequences=False))
    assert "pay, median (USD): 118,000 -> 121,000" in text
    assert "1 role changed." in text


def test_skills_of_a_focus_and_skills_themselves() -> None:
    old = read_shipped()
    uses = old.focus_by_code[BIO].skills
    new = change_focus(
        old, BIO, lambda focus: focus.model_copy(update={"skills": (uses[1], uses[0], *uses[3:])})
    )
    found = {(c.action, c.field, c.item): c for c in list_changes(old, new)}
    assert set(found) == {
        ("removed", "skills", uses[2].skill),
        ("reordered", "skills", uses[0].skill),
    } or set(found) == {("removed", "skills", uses[2].skill), ("reordered", "skills", uses[1].skill)}
    label = old.skill_by_code[uses[2].skill].label
    assert found["removed", "skills", uses[2].skill].item_label == label
    # A skill with another code and the same label is the same skill, here and where it is used.
    code = uses[0].skill
    skills = tuple(s.model_copy(update={"code": "moved-here"}) if s.code == code else s for s in old.skills)
    focuses = tuple(
        f.model_copy(
            update={"skills": tuple(u.model_copy(update={"skill": "moved-here"}) if u.skill == code else u for u in f.skills)}
        )
        for f in old.focuses
    )  # fmt: skip
    (change,) = list_changes(old, rebuild(old, skills=skills, focuses=focuses))
    assert tell(change) == ("skill", "moved-here", "moved", None, None, code, "moved-here")
    assert change.evidence == "the same content"


def test_constants_levels_and_terms_of_the_dataset() -> None:
    old = read_shipped()
    edition = old.edition_by_code["structural@1"]
    first = edition.constants[0].model_copy(update={"value": Decimal("0.123")})
    changed = edition.model_copy(update={"constants": (first, *edition.constants[1:])})
    editions = tuple(changed if e.code == edition.code else e for e in old.editions)
    level = old.level_by_code["M3"]
    levels = tuple(
        record if record.code != "M3" else level.model_copy(update={"name": "Head", "summary": "Heads it."})
        for record in old.levels
    )
    dataset = old.dataset.model_copy(update={"version": "77", "publisher": "Another"})
    found = {
        (c.kind, c.field, c.item): c
        for c in list_changes(old, rebuild(old, editions=editions, levels=levels, dataset=dataset))
    }
    assert found["edition", "constants.value", first.name].new == "0.123"
    assert (found["level", "name", None].action, found["level", "name", None].new) == ("renamed", "M3 — Head")
    assert found["level", "summary", None].field == "summary"
    assert found["dataset", "publisher", None].new == "Another"
    assert len(found) == 5


# Records under another code


def move_profile(taxonomy: Taxonomy, code: str, to: str, **update: Any) -> Taxonomy:
    profile = taxonomy.profile_by_code[code].model_copy(update={"code": to, **update})
    focuses = []
    for focus in taxonomy.focuses:
        profiles = [p for p in focus.profiles if p.code != code]
        if focus.code == to.rpartition(".")[0]:
            profiles.append(profile)
        focuses.append(focus.model_copy(update={"profiles": tuple(profiles)}))
    return rebuild(
        taxonomy, focuses=tuple(Focus(**{n: getattr(f, n) for n in Focus.model_fields}) for f in focuses)
    )


def find_moved(old: Taxonomy, new: Taxonomy) -> list[tuple[str | None, str | None, str | None]]:
    return [(c.old, c.new, c.evidence) for c in list_changes(old, new) if c.action == "moved"]


def test_a_role_is_known_again_by_its_job_code_whatever_else_changed() -> None:
    old = change_profile(read_shipped(), M3, job_code="J-1")
    new = move_profile(old, M3, f"{BIO}.M6", title="Head of it all", responsibilities=())
    assert find_moved(old, new) == [(M3, f"{BIO}.M6", "the same job code")]
    actions = [c.action for c in list_changes(old, new) if c.code in {M3, f"{BIO}.M6"}]
    assert "added" not in [c.action for c in list_changes(old, new) if c.field is None]
    assert "renamed" in actions
    text = " ".join(unstyle(describe_changes(compare(old, new, consequences=False))).split())
    assert f"(was {M3}, level M3 -> M6; evidence: the same job code)" in text


def test_a_role_is_known_again_by_equal_content_and_never_by_less() -> None:
    old = read_shipped()
    assert find_moved(old, move_profile(old, M3, f"{BIO}.M6")) == [(M3, f"{BIO}.M6", "the same content")]
    changed = move_profile(old, M3, f"{BIO}.M6", status="another")
    assert find_moved(old, changed) == []
    actions = {c.code: c.action for c in list_changes(old, changed) if c.field is None}
    assert actions == {M3: "removed", f"{BIO}.M6": "added"}


def test_what_could_be_one_of_two_is_neither() -> None:
    old = change_profile(read_shipped(), M3, job_code="J-1")
    shared = change_profile(old, f"{BIO}.M2", job_code="J-1")
    new = move_profile(shared, M3, f"{BIO}.M6", title="Another")
    assert find_moved(shared, new) == []
    # Of two that say the same, none is known again by what it says.
    twin = old.profile_by_code[M3].model_dump(exclude={"code", "job_code"})
    both = change_profile(old, f"{BIO}.M2", **{n: getattr(old.profile_by_code[M3], n) for n in twin})
    moved = move_profile(move_profile(both, M3, f"{BIO}.M6", job_code=None), f"{BIO}.M2", f"{BIO}.P1")
    assert find_moved(change_profile(both, M3, job_code=None), moved) == []


def test_a_retired_code_that_names_a_new_one_is_a_move_and_one_that_names_an_old_one_is_not() -> None:
    old = read_shipped()
    gone = Retirement(note="Now a rung higher.", replaced_by=f"{BIO}.M6")
    with_new = move_profile(old, M3, f"{BIO}.M6", status="another")
    profile = old.profile_by_code[M3].model_copy(update={"retired": gone})
    new = change_focus(with_new, BIO, lambda f: Focus(**{n: getattr(f, n) for n in Focus.model_fields} | {"profiles": (*f.profiles, profile)}))  # fmt: skip
    assert find_moved(old, new) == [(M3, f"{BIO}.M6", "the retired code names it in its place")]
    assert "retired" not in {c.action for c in list_changes(old, new)}
    merged = change_profile(old, M3, retired=Retirement(note="One role with M4.", replaced_by=f"{BIO}.M4"))
    (change,) = list_changes(old, merged)
    assert tell(change) == ("profile", M3, "retired", None, f"{BIO}.M4", None, "One role with M4.")
    (change,) = list_changes(merged, old)
    assert change.action == "restored"


def test_a_focus_that_moved_takes_its_roles_along() -> None:
    old = read_shipped()
    focus = old.focus_by_code[BIO]
    moved = Focus(
        **{n: getattr(focus, n) for n in Focus.model_fields}
        | {
            "code": "PROCES.BIOPROCE4427",
            "profiles": tuple(
                Profile(**{n: getattr(p, n) for n in Profile.model_fields} | {"code": f"PROCES.BIOPROCE4427.{p.level}", "status": "x"})
                for p in focus.profiles
            ),
        }
    )  # fmt: skip
    new = rebuild(old, focuses=(*(f for f in old.focuses if f.code != BIO), moved))
    found = find_moved(old, new)
    assert (BIO, "PROCES.BIOPROCE4427", "the same content") in found
    assert (M3, "PROCES.BIOPROCE4427.M3", "its focus moved to PROCES.BIOPROCE4427") in found
    assert {c.action for c in list_changes(old, new)} == {"moved", "changed", "added"} - (
        {"added"} if all(p.status for p in focus.profiles) else set()
    )


# Consequences


def test_consequences_tell_who_enters_and_leaves_and_which_moves_come_and_go() -> None:
    old = read_shipped()
    code = f"{BIO}.M4"
    new = change_profile(old, code, retired=Retirement(note="No longer asked for."))
    follows = compare(old, new).consequences
    assert follows is not None
    structural = follows.neighbours[0]
    assert (structural.edition, structural.k, structural.compared) == (
        "structural@1",
        5,
        len(old.profiles) - 1,
    )
    assert code not in {role.code for role in structural.roles}
    before = {n.code for n in nearest(old, M3)}
    after = {n.code for n in nearest(new, M3)}
    role = next(role for role in structural.roles if role.code == M3)
    assert {n.code for n in role.entered} == after - before
    assert {n.code for n in role.left} == before - after
    assert follows.moves is not None
    # The retired role's own moves are not between roles that both hold.
    assert all(code not in {move.origin, move.destination} for move in follows.moves.moves)


def nearest(taxonomy: Taxonomy, code: str) -> tuple[Any, ...]:
    from rolegraph.careers.adjacency import rank_adjacent

    return rank_adjacent(Roster.from_taxonomy(taxonomy), code, k=5).adjacent


def test_a_moved_role_is_the_same_neighbour() -> None:
    old = read_shipped()
    new = move_profile(old, f"{BIO}.M5", f"{BIO}.M6")
    follows = compare(old, new).consequences
    assert follows is not None
    for shifts in follows.neighbours:
        for role in shifts.roles:
            entered = {n.code for n in role.entered}
            assert not (entered & {n.code for n in role.left})
            assert f"{BIO}.M5" not in entered | {n.code for n in (*role.left, *role.shifted)}


def test_a_skill_less_changes_content_and_cost_and_a_wording_changes_neither() -> None:
    old = read_shipped()
    new = change_focus(old, BIO, lambda focus: focus.model_copy(update={"skills": focus.skills[:3]}))
    follows = compare(old, new).consequences
    assert follows is not None
    assert [shifts.edition for shifts in follows.neighbours] == ["structural@1", "content@1"]
    assert follows.neighbours[0].changed == 0
    assert follows.neighbours[1].changed > 0
    assert follows.moves is not None
    assert follows.moves.cost > 0
    assert all(m.old != m.new for m in follows.moves.moves if m.action == "costs" and m.kind != "promotion")
    worded = compare(old, change_profile(old, M3, definition="Other words.")).consequences
    assert worded is not None
    assert worded.notes == ("nothing changed that nearest roles or moves depend on, so they are the same",)
    assert compare(old, new, consequences=False).consequences is None
    assert compare(old, old).consequences is None


@settings(max_examples=5)
@given(taxonomies(min_focuses=1), taxonomies(min_focuses=1))
def test_what_is_said_to_have_no_consequence_has_none(one: Taxonomy, other: Taxonomy) -> None:
    """What the list of uncounted fields says: the shipped roles with the texts of others stay where they are."""
    from rolegraph.changes.consequences import find_consequences, may_follow

    old = read_shipped()
    texts = [p for taxonomy in (one, other) for p in taxonomy.profiles]
    new = old
    for at, profile in enumerate(old.profiles[:3]):
        donor = texts[at % len(texts)]
        update = {
            name: getattr(donor, name)
            for name in ("title", "definition", "job_code", "grade", "status", "version", "region", "confidence", "pay", "responsibilities", "review", "source_count", "aliases")
        }  # fmt: skip
        new = change_profile(new, profile.code, **update)
    changes, _ = compare_taxonomies(old, new)
    assert not may_follow(changes)
    follows = find_consequences(Roster.from_taxonomy(old), Roster.from_taxonomy(new), {})
    assert all(not shifts.changed for shifts in follows.neighbours)
    assert follows.moves is not None
    assert not follows.moves.moves


# Forms


def test_marks_of_markdown_in_texts_mean_nothing_and_runs_are_set_off() -> None:
    words = (
        ("same", "a "),
        ("removed", "*b* "),
        ("added", "<script> ~~c~~ "),
        ("same", "d [x](javascript:1)"),
    )
    assert write_words(words) == r"a ~~\*b\*~~ **&lt;script> \~\~c\~\~** d \[x](javascript:1)"


def test_the_words_are_those_of_people() -> None:
    old = read_shipped()
    new = change_profile(old, M3, retired=Retirement(note="No longer asked for."))
    new = rebuild(new, skills=(*new.skills, Skill(code="zz-new", label="Something new")))
    answer = compare(old, new)
    text, page = unstyle(describe_changes(answer)), write_changes(answer)
    assert "1 role retired; 1 skill added." in text
    assert "Roles retired (1)\n  - MANUFA.BIOPROCE4427.M3" in text
    assert "### Roles retired (1)\n\n- `MANUFA.BIOPROCE4427.M3`" in page
    assert "(No longer asked for)" in page
    assert "### Skills added (1)\n\n- `zz-new` Something new\n" in page
    plain = json.loads(to_json(answer))
    assert plain["counts"] == [
        {"kind": "profile", "action": "retired", "records": 1},
        {"kind": "skill", "action": "added", "records": 1},
    ]


# Blank nodes


OURS = "https://example.org/note#"
LETTERS = st.sampled_from("abcd")


@settings(max_examples=15)
@given(
    st.lists(st.tuples(LETTERS, LETTERS, LETTERS | st.integers(0, 2)), max_size=7),
    st.lists(st.tuples(LETTERS, LETTERS, LETTERS | st.integers(0, 2)), max_size=7),
)
def test_a_patch_with_blank_nodes_gives_an_isomorphic_graph(one: list[Any], other: list[Any]) -> None:
    taxonomy = read_shipped().replace_parts(focuses=(), occupations=(), editions=(), skills=())
    sides = [from_turtle(export(taxonomy) + write_notes(notes)) for notes in (one, other)]
    texts = []
    for side in sides:
        sink = io.BytesIO()
        write_ntriples(side.taxonomy, sink, side.foreign)
        texts.append(sink.getvalue().decode())
    sink = io.BytesIO()
    write_patch(*((side.taxonomy, side.foreign) for side in sides), sink)
    patched = apply_patch(read_lines(texts[0]), sink.getvalue().decode())
    assert isomorphic(*(parse_notes(lines) for lines in (patched, read_lines(texts[1]))))


def write_notes(notes: list[Any]) -> bytes:
    lines = [
        f"_:{s} <{OURS}{p}> {f'_:{o}' if isinstance(o, str) else o} .\n<{OURS}top> <{OURS}has> _:{s} ."
        for s, p, o in notes
    ]
    return "\n".join(("", *lines, "")).encode()


def parse_notes(lines: Any) -> rdflib.Graph:
    """The notes alone and the number of triples: the rest is compared as lines elsewhere."""
    graph = rdflib.Graph()
    own = [line for line in lines if OURS in line or "void#triples" in line]
    return graph.parse(data="\n".join(own), format="nt")


def test_notes_that_only_have_other_labels_are_no_change() -> None:
    taxonomy = read_shipped().replace_parts(focuses=(), occupations=(), editions=(), skills=())
    one, other = (
        from_turtle(export(taxonomy) + write_notes([(a, "a", b), (b, "c", 1)])) for a, b in ("ab", "ba")
    )
    sink = io.BytesIO()
    assert write_patch((one.taxonomy, one.foreign), (other.taxonomy, other.foreign), sink) == (0, 0)
    assert sink.getvalue().decode().split("\n")[1:] == ["TX .", "TC .", ""]


@pytest.mark.parametrize("kind", ["text", "md"])
def test_foreign_triples_are_counted(kind: str) -> None:
    answer = DataDiff("a", "b", False, (), (), 1, 2)
    told = describe_changes(answer) if kind == "text" else write_changes(answer)
    assert "beside the records 2 triples added and 1 removed" in told
