"""Content on the occupational base: the weights as worked out by hand, the laws of a metric, and what is told."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architectures import draw_architecture, make_taxonomy, read_shipped
from ground import ELEMENT, ONET, Shelf, add_mappings, make_elements, make_esco, make_onet, map_to
from rolegraph.careers.adjacency import count_unplaced, measure_distance, rank_adjacent, rank_all
from rolegraph.careers.by_content import ByContent
from rolegraph.careers.content import Contents
from rolegraph.careers.distance import read_distance
from rolegraph.careers.footing import Footing
from rolegraph.careers.forms import ACTIVITY, ESSENTIAL, KNOWLEDGE, SKILL
from rolegraph.careers.hidden import find_hidden
from rolegraph.careers.layers import Layers
from rolegraph.careers.person import rank_for_person
from rolegraph.careers.roster import Roster
from rolegraph.careers.selection import select
from rolegraph.careers.snapshot import open_roster
from rolegraph.errors import InputError
from rolegraph.importing import import_release
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.folder import load_folder
from rolegraph.releases.library import Library
from rolegraph.releases.rows import Link
from rolegraph.resources import find_resource

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.evaluate.content import CONTENT as RECIPE
from bench.evaluate.content import UNIT, Held, Rated, weigh_items
from bench.evaluate.readers import ACTIVITIES, SKILLS, find_release, read_release
from bench.evaluate.readers import KNOWLEDGE as KNOWLEDGE_TABLE

CONTENT = "content@1"
FIXTURES = Path(__file__).parent / "fixtures" / "classifications"

ELEMENTS = ("2.A.1.a", "2.A.1.b", "2.B.1.a", "2.B.1.b", "2.C.1", "2.C.2", "1.A.1", "4.A.1.I01", "4.A.1.I02")
MANAGER = make_onet(
    "11-1011.00",
    {
        "2.A.1.a": "4.00",
        "2.A.1.b": "3.00",
        "2.B.1.a": ("5.00", "importance-suppressed"),
        "2.B.1.b": ("5.00", "not-relevant"),
        "2.C.1": "3.50",
        "1.A.1": "5.00",
    },
    ["4.A.1.I01"],
)
WELDER = make_onet(
    "51-4121.00", {"2.A.1.a": "5.00", "2.C.1": "2.60", "2.C.2": "5"}, ["4.A.1.I01", "4.A.1.I02"]
)
RELEASE = [*make_elements(*ELEMENTS), *MANAGER, *WELDER]
SHELVES = {"onet-29.0": RELEASE}
LADDERS = {"A.X": ["P1", "P2"], "B.Y": ["P1"], "C.Z": ["P1"], "D.W": ["P1"], "E.V": ["P1"]}
OWN = {"A.X": ["weld", "solder"], "B.Y": ["weld", "glaze"]}
MAPPED = {
    "A.X.P1": [f"{ONET}11-1011.00"],
    "B.Y.P1": [f"{ONET}51-4121.00"],
    "C.Z.P1": [f"{ONET}11-1011.00"],
    "D.W.P1": [f"{ONET}51-4121.00"],
}


def stand(
    profiles: Mapping[str, Sequence[object]] = MAPPED,
    skills: Mapping[str, Sequence[object]] | None = None,
    shelves: Mapping[str, Sequence[object]] = SHELVES,
) -> Roster:
    taxonomy = add_mappings(make_taxonomy(LADDERS, skills=OWN), profiles, skills)  # type: ignore[arg-type]
    return Roster.from_taxonomy(taxonomy, Shelf(taxonomy, shelves))  # type: ignore[arg-type]


def measure(roster: Roster, a: str, b: str) -> Fraction:
    yardstick = ByContent(roster, CONTENT)
    return Fraction(*yardstick.measure(roster.locate_profile(a), roster.locate_profile(b)))


def test_the_weights_of_items_are_those_of_the_constants() -> None:
    roster = stand()
    _, constants, _ = read_distance(roster, CONTENT)
    footing = Footing(roster, constants)
    assert [footing.weigh(SKILL, importance) for importance in (100, 300, 301, 400, 500)] == [
        0,
        0,
        3,
        300,
        600,
    ]
    assert [footing.weigh(KNOWLEDGE, importance) for importance in (200, 201, 350, 500)] == [0, 2, 300, 600]
    assert [footing.weigh(kind, 0) for kind in (ACTIVITY, ESSENTIAL)] == [150, 600]


def test_distances_are_as_worked_out_by_hand() -> None:
    roster = stand()
    # Manager 1/2 + 1/2 + 1/4; welder 1 + 1/5 + 1 + 1/4 + 1/4. Shared 1/2 + 1/5 + 1/4, together 1 + 1/2 + 1 + 1/4 + 1/4.
    shared, together = Fraction(95, 100), Fraction(3)
    assert measure(roster, "C.Z.P1", "D.W.P1") == 1 - shared / together
    # With own skills: one of three is shared.
    assert measure(roster, "A.X.P1", "B.Y.P1") == 1 - (shared + 1) / (together + 3)
    # The same occupation: own skills of one of them are not held against the other, of which none are recorded.
    assert measure(roster, "A.X.P1", "C.Z.P1") == 0
    # The same own skills: the occupation of one of them is not held against the other.
    assert measure(roster, "A.X.P1", "A.X.P2") == 0
    # Own skills alone here, an occupation alone there.
    reason = measure_distance(roster, "A.X.P2", "C.Z.P1", CONTENT).reason
    assert reason == (
        "nothing of one kind is recorded of both: of A.X.P2 own skills, of C.Z.P1 skills and knowledge of an O*NET "
        "occupation and work activities of an O*NET occupation, so that content@1 cannot compare them"
    )
    found = measure_distance(roster, "A.X.P1", "B.Y.P1", CONTENT)
    assert (found.distance, found.band) == (0.675, "no-match")
    assert found.components == {"shared": 1.95, "together": 6.0}
    assert found.plain == "1 of 3 skills shared; 3 of 5 items of their occupations shared"
    assert ByContent(roster, CONTENT).explain(found.components) == "1 - shared 1.95 / together 6 = 0.6750"


def test_a_profile_that_is_mapped_has_content_without_own_skills() -> None:
    roster = stand()
    assert count_unplaced(roster, CONTENT)[0] == 1
    near = rank_adjacent(roster, "C.Z.P1", edition=CONTENT)
    assert [n.code for n in near.adjacent] == ["A.X.P1", "B.Y.P1", "D.W.P1"]
    alone = "own skills are recorded for one of them only, and not counted"
    assert [n.plain for n in near.adjacent] == [
        f"{alone}; both are mapped to the same occupation",
        f"{alone}; 3 of 5 items of their occupations shared",
        "3 of 5 items of their occupations shared",
    ]
    told = "no skills are recorded, and no occupation with content is mapped"
    assert told in str(measure_distance(roster, "C.Z.P1", "E.V.P1", CONTENT).reason)
    # A.X.P2 has own skills alone.
    assert f"2 roles are left out: {told}, or nothing of a kind that is recorded of both" in near.notes


def test_notes_tell_what_content_stands_on_and_who_has_no_ground() -> None:
    roster = stand()
    title, bare = measure_distance(roster, "A.X.P1", "A.X.P2", CONTENT).notes[:2]
    assert title == (
        "content stands on ONET 29.0 too: skills, knowledge and work activities of the occupations that roles are "
        "mapped to"
    )
    assert bare.startswith("A.X.P2 is mapped to no occupation that a release here describes")
    notes = measure_distance(roster, "C.Z.P1", "D.W.P1", CONTENT).notes
    assert notes == (title,)
    # Where no release is at hand, nothing is said of occupations.
    alone = stand(shelves={})
    assert "occupation" not in " ".join(measure_distance(alone, "A.X.P1", "B.Y.P1", CONTENT).notes)
    assert measure_distance(alone, "A.X.P1", "B.Y.P1", CONTENT).components == {"shared": 1, "together": 3}
    assert str(measure_distance(alone, "A.X.P1", "C.Z.P1", CONTENT).reason).startswith(
        "C.Z.P1 has no content: no skills are recorded, so"
    )


@pytest.mark.parametrize("full", [3, 2])
def test_a_weight_that_does_not_rise_is_refused(full: int) -> None:
    taxonomy = make_taxonomy(LADDERS, constants={"content@1 base-skill-full": full})
    with pytest.raises(InputError, match=rf"base-skill-from \(3\) is not below base-skill-full \({full}\)"):
        Roster.from_taxonomy(taxonomy)


def test_an_occupation_whose_items_weigh_nothing_gives_no_content() -> None:
    taxonomy = add_mappings(
        make_taxonomy(
            LADDERS,
            skills=OWN,
            constants={
                "content@1 base-skill-from": "4.5",
                "content@1 base-knowledge-from": 4,
                "content@1 base-activity": 0,
            },
        ),
        MAPPED,
    )
    roster = Roster.from_taxonomy(taxonomy, Shelf(taxonomy, SHELVES))
    assert "C.Z.P1 has no content" in str(measure_distance(roster, "C.Z.P1", "A.X.P1", CONTENT).reason)
    # Of the welder only what is most important is left, and both stand on it.
    assert measure(roster, "D.W.P1", "B.Y.P1") == 0
    assert measure(roster, "A.X.P1", "B.Y.P1") == 1 - Fraction(1, 3)
    assert count_unplaced(roster, CONTENT)[0] == 2


def test_a_base_has_a_name_and_its_release() -> None:
    roster = stand()
    names = {roster.base_names[base] for base in roster.profile_base if base >= 0}
    assert names == {"11-1011.00 Work 11-1011.00 (ONET 29.0)", "51-4121.00 Work 51-4121.00 (ONET 29.0)"}
    assert [*roster.release_titles] == ["ONET 29.0"]


@pytest.mark.parametrize(
    ("mappings", "weights"),
    [
        ([map_to(f"{ONET}11-1011.00", "relatedMatch")], []),
        ([f"{ONET}99-9999.00"], []),
        ([map_to(f"{ONET}11-1011.00", "broadMatch")], [150, 300, 300]),
        ([map_to(f"{ONET}11-1011.00", "narrowMatch")], [150, 300, 300]),
        # A SOC code stands on the O*NET occupation that stands for the whole of it.
        ([map_to("soc-2018/11-1011", "closeMatch")], [150, 300, 300]),
        (["soc-2018/11-1011", f"{ONET}11-1011.00"], [150, 300, 300]),
        # Of two occupations each item counts once, with what it weighs more.
        ([f"{ONET}11-1011.00", f"{ONET}51-4121.00"], [150, 150, 300, 600, 600]),
    ],
)
def test_a_base_is_what_the_mapped_occupations_ask_for_together(
    mappings: list[object], weights: list[int]
) -> None:
    roster = stand({"C.Z.P1": mappings})
    base = roster.profile_base[roster.locate_profile("C.Z.P1")]
    _, constants, _ = read_distance(roster, CONTENT)
    found = Footing(roster, constants).list_weights()[base] if base >= 0 else {}
    assert sorted(found.values()) == weights


def test_an_occupation_mapped_in_two_ways_is_one_base() -> None:
    roster = stand({"C.Z.P1": ["soc-2018/11-1011"], "D.W.P1": [f"{ONET}11-1011.00", "soc-2018/11-1011"]})
    assert measure(roster, "C.Z.P1", "D.W.P1") == 0
    assert len(roster.base_names) == 1


def test_an_item_that_is_an_own_skill_is_that_skill_and_the_larger_weight_counts() -> None:
    roster = stand(skills={"weld": [f"{ELEMENT}2.A.1.a"]})
    # A.X: weld 1 (not 1/2), solder 1, 1/2, 1/4. B.Y: weld 1 (as its rating), glaze 1, 1/5, 1, 1/4, 1/4.
    assert measure(roster, "A.X.P1", "B.Y.P1") == 1 - Fraction(145, 100) / (
        1 + 1 + 1 + Fraction(1, 2) + 1 + Fraction(1, 2)
    )
    # A match that is not exact unites nothing.
    apart = stand(skills={"weld": [map_to(f"{ELEMENT}2.A.1.a", "closeMatch")]})
    assert measure(apart, "A.X.P1", "B.Y.P1") == measure(stand(), "A.X.P1", "B.Y.P1")


def test_occupations_of_different_classifications_are_not_compared() -> None:
    esco = make_esco("7", ["s1", "s2"], ["s3"])
    shelves = {**SHELVES, "esco-1.2.0": esco}
    profiles = {**MAPPED, "D.W.P1": ["esco/occupation/7"]}
    roster = stand(profiles, shelves=shelves)
    reason = str(measure_distance(roster, "C.Z.P1", "D.W.P1", CONTENT).reason)
    assert (
        "work activities of an O*NET occupation, of D.W.P1 essential skills of an ESCO occupation" in reason
    )
    both = stand({**MAPPED, "B.Y.P1": ["esco/occupation/7"]}, shelves=shelves)
    assert measure(both, "A.X.P1", "B.Y.P1") == 1 - Fraction(1, 3)
    told = measure_distance(both, "A.X.P1", "B.Y.P1", CONTENT)
    assert told.plain == (
        "1 of 3 skills shared; what is recorded of their occupations cannot be compared, and is not counted"
    )
    assert (
        "ESCO 1.2.0 and ONET 29.0 too: skills, knowledge, work activities and essential skills"
        in told.notes[0]
    )
    assert told.notes[1].startswith("not the same is recorded of the occupations of these roles")
    [name] = {n for n in roster.base_names if "ESCO" in n}
    assert name == "1.7 Work 7 (ESCO 1.2.0)"


def test_levels_without_own_skills_on_one_occupation_cannot_be_told_apart() -> None:
    ladders = {"A.X": ["P1", "P2"], "B.Y": ["P1", "P2"]}
    key = f"{ONET}11-1011.00"
    taxonomy = add_mappings(
        make_taxonomy(ladders, skills={"B.Y": ["weld"]}),
        {"A.X.P1": [key], "A.X.P2": [key], "B.Y.P1": [key], "B.Y.P2": [f"{ONET}51-4121.00"]},
    )
    roster = Roster.from_taxonomy(taxonomy, Shelf(taxonomy, SHELVES))
    notes = measure_distance(roster, "A.X.P1", "A.X.P2", CONTENT).notes
    assert notes[-1].startswith("no own skills are recorded for A.X: levels mapped to one occupation cannot")
    # The levels of B.Y have the same skills, and their occupations tell them apart.
    assert len(measure_distance(roster, "B.Y.P1", "B.Y.P2", CONTENT).notes) == 1


def test_a_person_is_compared_with_own_skills_alone() -> None:
    taxonomy = make_taxonomy({"A.X": ["P1"], "B.Y": ["P1"]}, skills={"A.X": ["a", "b", "c"]})
    taxonomy = add_mappings(
        taxonomy,
        {"A.X.P1": [f"{ONET}11-1011.00"], "B.Y.P1": [f"{ONET}11-1011.00"]},
        {"a": [f"{ELEMENT}2.A.1.a"]},
    )
    roster = Roster.from_taxonomy(taxonomy, Shelf(taxonomy, SHELVES))
    answer = rank_for_person(roster, ["Skill a", "Skill b", "Skill c"])
    [found] = answer.adjacent
    assert (found.code, found.distance, answer.left_out) == ("A.X.P1", 0.0, 1)
    assert "a person's skills are compared with the own skills of roles" in answer.notes[1]
    assert answer.notes[0] == "1 role is left out: no skills are recorded"


def test_hidden_roles_are_found_by_their_occupations_and_told_by_own_skills() -> None:
    profiles = {
        "C.Z.P1": [f"{ONET}11-1011.00"],
        "E.V.P1": ["soc-2018/11-1011"],
        "B.Y.P1": [f"{ONET}51-4121.00"],
    }
    roster = stand(profiles)
    answer = find_hidden(roster, "C.Z.P1")
    [role] = answer.hidden
    assert (role.code, role.distance, role.shared, role.missing) == ("E.V.P1", 0.0, (), ())
    assert "ONET 29.0" in " ".join(answer.notes)


# --- against what is worked out the long way -----------------------------------------------------------------------


def draw_ground(random: Random) -> tuple[Taxonomy, dict[str, list[object]]]:
    """A random architecture, mapped to some of a few random occupations, some skills being some of their items."""
    taxonomy = draw_architecture(random, most=6)
    elements = [f"2.{part}.{number}" for part in "ABC" for number in range(3)]
    shelves: dict[str, list[object]] = {"onet-29.0": [*make_elements(*elements, "4.A.I01", "4.A.I02")]}
    occupations = [f"11-101{number}.00" for number in range(random.randint(1, 4))]
    for code in occupations:
        ratings = {
            element: str(random.randint(100, 500) / 100)
            for element in random.sample(elements, random.randint(0, 5))
        }
        shelves["onet-29.0"] += make_onet(
            code, ratings, random.sample(["4.A.I01", "4.A.I02"], random.randint(0, 2))
        )
    shelves["esco-1.0"] = make_esco("7", random.sample(["s1", "s2", "s3"], 2))
    keys = [*(f"{ONET}{code}" for code in occupations), "esco/occupation/7"]
    items = [*(f"{ELEMENT}{element}" for element in elements), "esco/skill/s1"]
    profiles = {
        p.code: random.sample(keys, random.choice((0, 1, 1, min(2, len(keys))))) for p in taxonomy.profiles
    }
    skills = {s.code: random.sample(items, random.choice((0, 0, 1, 2))) for s in taxonomy.skills}
    return add_mappings(taxonomy, profiles, skills), shelves


Layered = dict[str, dict[str, Fraction]]


def compare_layers(one: Layered, other: Layered) -> Fraction | None:
    """The distance on the layers in which both have something; None where there is none."""
    common = {layer for layer in one if one[layer] and other[layer]}
    if not common:
        return None
    first, second = (join({layer: part[layer] for layer in common}) for part in (one, other))
    pairs = [
        (first.get(item, Fraction(0)), second.get(item, Fraction(0))) for item in first.keys() | second.keys()
    ]
    return 1 - sum(map(min, pairs), Fraction(0)) / sum(map(max, pairs), Fraction(0))


def join(layers: Layered) -> dict[str, Fraction]:
    """All items, with the largest weight that a layer gives them."""
    items = {item for part in layers.values() for item in part}
    return {item: max(part.get(item, Fraction(0)) for part in layers.values()) for item in items}


def list_content(taxonomy: Taxonomy, shelves: Mapping[str, Sequence[object]]) -> dict[str, Layered]:
    """The items of each profile in use by layer, worked out from the rows themselves."""
    links = [row for rows in shelves.values() for row in rows if type(row) is Link]
    activity = {link.key: link.other.rpartition(".")[0] for link in links if link.kind == "activity"}
    name = {to.key: taxonomy.same_skill(s.code) for s in taxonomy.skills for to in s.mappings}
    content: dict[str, Layered] = {}
    for profile in taxonomy.profiles:
        if taxonomy.is_retired(profile):
            continue
        own = {taxonomy.same_skill(use.skill): Fraction(1) for use in taxonomy.skill_uses_of(profile)}
        layers: Layered = {"own": own, "rated": {}, "done": {}, "listed": {}}
        layer_of = {"rating": "rated", "task": "done", "essential": "listed"}
        for link in links:
            if link.key not in {to.key for to in profile.mappings}:
                continue
            weight, key = Fraction(0), link.other
            if link.kind == "rating":
                start = 2 if "/2.C" in key else 3
                weight = max(Fraction(0), (Fraction(link.figures[0]) - start) / (5 - start))
            elif link.kind == "task":
                weight, key = Fraction(1, 4), activity[key]
            elif link.kind == "essential":
                weight = Fraction(1)
            item = name.get(key, key)
            if weight:
                items = layers[layer_of[link.kind]]
                items[item] = max(weight, items.get(item, Fraction(0)))
        content[profile.code] = layers
    return content


@given(seed=st.integers(0, 2**32 - 1))
def test_every_distance_and_ranking_is_that_of_the_weighted_items(seed: int) -> None:
    random = Random(seed)
    taxonomy, shelves = draw_ground(random)
    roster = Roster.from_taxonomy(taxonomy, Shelf(taxonomy, shelves))  # type: ignore[arg-type]
    content = list_content(taxonomy, shelves)
    filters = random.choice(({}, {"tracks": ["P"]}))
    yardstick = ByContent(roster, CONTENT, select(roster, filters))  # type: ignore[arg-type]
    exact: dict[tuple[str, str], Fraction] = {}
    for a, b in product(content, repeat=2):
        first, second = roster.locate_profile(a), roster.locate_profile(b)
        wanted_distance = compare_layers(content[a], content[b])
        assert (yardstick.find_reason(first, second) is None) is (wanted_distance is not None)
        if wanted_distance is None:
            continue
        exact[a, b] = wanted_distance
        assert Fraction(*yardstick.measure(first, second)) == exact[a, b]
    assert all(distance == exact[b, a] for (a, b), distance in exact.items())
    # Among profiles with the same layers it is a metric.
    kinds = {a: tuple(layer for layer, items in content[a].items() if items) for a, _ in exact}
    for a, b, c in product(kinds, repeat=3):
        if kinds[a] == kinds[b] == kinds[c]:
            assert (exact[a, b] == 0) is (join(content[a]) == join(content[b]))
            assert exact[a, c] <= exact[a, b] + exact[b, c]
    rankings = {roster.code_of(at): found for at, found in yardstick.find_all(4)}
    for a in sorted({a for a, _ in exact}):
        found = [
            (Fraction(*key), roster.code_of(at))
            for key, at in yardstick.find_nearest(roster.locate_profile(a), 99)
        ]
        wanted = sorted(
            (distance, b)
            for (one, b), distance in exact.items()
            if one == a and b != a and yardstick.is_selected(roster.locate_profile(b))
        )
        assert found == wanted
        assert [(Fraction(*key), roster.code_of(at)) for key, at in rankings[a]] == wanted[:4]
        assert yardstick.count_left_out(roster.locate_profile(a)) == sum(
            compare_layers(content[a], content[b]) is None
            for b in content
            if yardstick.is_selected(roster.locate_profile(b))
        )
    assert sum(
        not any(layers.values())
        for code, layers in content.items()
        if yardstick.is_selected(roster.locate_profile(code))
    ) == (yardstick.count_left_out())


@given(seed=st.integers(0, 2**32 - 1))
def test_two_layers_are_as_one(seed: int) -> None:
    random = Random(seed)

    def draw(items: str) -> list[list[tuple[str, int]]]:
        return [
            [(item, random.randint(0, 9)) for item in random.sample(items, random.randint(0, 4))]
            for _ in range(random.randint(1, 5))
        ]

    above, below = draw("abcd"), draw("uvwxyz")
    points = [
        (random.randint(-1, len(above) - 1), random.randint(-1, len(below) - 1))
        for _ in range(random.randint(1, 25))
    ]
    layers = Layers(Contents(above), Contents(below), points)
    whole = Contents(
        [*(above[a] if a >= 0 else ()), *(below[b] if b >= 0 else ())] for a, b in points
    )  # fmt: skip
    assert layers.totals == whole.totals
    for a in range(len(points)):
        assert [layers.measure(a, b) for b in range(len(points))] == [
            whole.measure(a, b) for b in range(len(points))
        ]
        ranked = list(layers.rank(a))
        assert sorted(ranked) == sorted(whole.rank(a))
        distances = [Fraction(near.different, near.together) for near in ranked]
        assert distances == sorted(distances)


# --- releases in a folder ------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "cache"))
    shipped = find_resource("data")
    assert isinstance(shipped, Path)
    return Path(shutil.copytree(shipped, tmp_path / "data"))


MAPPED_ROLE = "MANUFA.MANUFACTF950.M3"
"""It ships mapped to 11-3051, which the fixture rates."""


def test_another_release_is_seen_at_once(folder: Path, tmp_path: Path) -> None:
    before = open_roster(folder)
    assert len(before.base_names) == 0
    source = Path(shutil.copytree(FIXTURES / "onet-29.0", tmp_path / "onet-29.0"))
    import_release("onet", source, folder)
    first = open_roster(folder)
    assert first.profile_base[first.locate_profile(MAPPED_ROLE)] >= 0
    assert open_roster(folder).key == first.key != before.key
    skills = source / "Skills.txt"
    text = skills.read_text(encoding="utf-8")
    assert "Active Listening\tIM\t3.5\t" in text
    skills.write_text(
        text.replace("Active Listening\tIM\t3.5\t", "Active Listening\tIM\t4.5\t", 1), encoding="utf-8"
    )
    import_release("onet", source, folder)
    second = open_roster(folder)
    assert second.key != first.key
    assert [*second.base_items.numbers] != [*first.base_items.numbers]


def test_a_release_that_was_changed_is_refused(folder: Path) -> None:
    import_release("onet", FIXTURES / "onet-29.0", folder)
    shutil.rmtree(folder.parent / "cache")
    (folder / "releases" / "onet-29.0" / "release.nt").write_bytes(b"")
    with pytest.raises(InputError, match="not the graph"):
        open_roster(folder)


# --- agreement with what was judged --------------------------------------------------------------------------------


def test_real_occupations_are_as_far_apart_as_where_content_was_judged(folder: Path, tmp_path: Path) -> None:
    world = find_release()
    if world is None:
        pytest.skip("no O*NET release beside the project (../shared/data/onet-*)")
    codes = ("11-3051.00", "51-1011.00", "19-1042.00", "29-1141.00")
    source = cut_release(world, tmp_path / world.name, codes)
    judged = weigh_items(RECIPE, read_release(source))
    contents = Contents(judged[code].items() for code in codes)
    import_release("onet", source, folder, version=world.name.removeprefix("onet-"))
    ladders = {f"A.{code[:2]}": ["P1"] for code in codes}
    profiles = {f"A.{code[:2]}.P1": [f"{ONET}{code}"] for code in codes}
    held = load_folder(folder).taxonomy
    taxonomy = add_mappings(make_taxonomy(ladders), profiles).replace_parts(
        dataset=held.dataset, releases=held.releases
    )
    roster = Roster.from_taxonomy(taxonomy, Library(folder, taxonomy))
    for a, b in combinations(range(len(codes)), 2):
        found = contents.measure(a, b)
        assert found is not None
        assert 0 < Fraction(*found) < 1
        assert measure(roster, *(f"A.{codes[at][:2]}.P1" for at in (a, b))) == Fraction(*found)
    assert [len(answer.adjacent) for answer in rank_all(roster, 5, CONTENT)] == [len(codes) - 1] * len(codes)


def test_the_recipe_that_was_judged_is_what_the_constants_say() -> None:
    constants = {c.name: c.value for c in read_shipped().edition_by_code[CONTENT].constants}
    skills, knowledge, activities = RECIPE.parts
    assert [part.table for part in RECIPE.parts] == [SKILLS, KNOWLEDGE_TABLE, ACTIVITIES]
    for part, name in ((skills, "base-skill"), (knowledge, "base-knowledge")):
        assert isinstance(part, Rated)
        assert (part.base, part.top) == (constants[f"{name}-from"] * 100, constants[f"{name}-full"] * 100)
    assert isinstance(activities, Held)
    assert Fraction(activities.weight, UNIT) == Fraction(constants["base-activity"])
    assert not RECIPE.every


def cut_release(world: Path, place: Path, codes: Sequence[str]) -> Path:
    """A release with the rows of some occupations, and all of its reference tables."""
    place.mkdir()
    for table in (
        "Occupation Data", "Skills", "Knowledge", "Task Statements", "Tasks to DWAs", "Related Occupations",
        "Content Model Reference", "IWA Reference", "DWA Reference", "Read Me",
    ):  # fmt: skip
        lines = (world / f"{table}.txt").read_text(encoding="utf-8").splitlines(keepends=True)
        if "O*NET-SOC Code" in lines[0]:
            lines = [lines[0], *(line for line in lines[1:] if line.startswith(tuple(codes)))]
        (place / f"{table}.txt").write_text("".join(lines), encoding="utf-8")
    return place
