"""Every edition of distance obeys the same laws, and its index finds what measuring every profile finds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architectures import (
    architectures,
    draw_architecture,
    make_roster,
    make_taxonomy,
    read_roster,
    read_shipped,
)
from rolegraph.careers.adjacency import measure_distance, rank_adjacent, rank_all, rank_rows
from rolegraph.careers.distance import list_distances
from rolegraph.careers.roster import Roster
from rolegraph.careers.selection import Filters, select
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.errors import InputError, RequestError, UnknownError
from rolegraph.model.reference import Proficiency, Skill
from rolegraph.model.roles import Pay, Requirement, SkillUse
from rolegraph.model.taxonomy import Taxonomy

EDITIONS = list_distances(read_roster())
BANDS = ("confident", "needs-review", "no-match")
MEDIANS = (0, 30_000, 30_000, 31_000, 45_000, "45000.5", 90_000, 120_000, 180_000)

every_edition = pytest.mark.parametrize("edition", EDITIONS)


def pay(taxonomy: Taxonomy, medians: dict[str, Pay | None]) -> Taxonomy:
    """The taxonomy with the pay given by the codes of profiles."""
    focuses = tuple(
        focus.model_copy(
            update={
                "profiles": tuple(p.model_copy(update={"pay": medians.get(p.code)}) for p in focus.profiles)
            }
        )
        for focus in taxonomy.focuses
    )
    return taxonomy.model_copy(update={"focuses": focuses})


def make_pay(median: object, currency: str = "EUR", duration: str = "P1Y", *, inherited: bool = False) -> Pay:
    return Pay(currency=currency, duration=duration, median=Decimal(str(median)), inherited=inherited)


@st.composite
def paid_architectures(draw: st.DrawFn, most: int = 8) -> Taxonomy:
    """Random architectures with pay for most profiles, mostly of one kind."""
    random = Random(draw(st.integers(0, 2**32 - 1)))
    taxonomy = draw_architecture(random, most=draw(st.integers(1, most)))
    return pay(
        taxonomy,
        {
            p.code: make_pay(random.choice(MEDIANS), random.choice(("EUR",) * 5 + ("USD",)))
            for p in taxonomy.profiles
            if random.random() < 0.8
        },
    )


def to_exact(key: Any) -> Fraction:
    """A distance as the form counts it, as one number that compares exactly."""
    return Fraction(*key) if isinstance(key, tuple) else Fraction(key)


def test_the_editions_of_distance_are_those_that_ship() -> None:
    assert EDITIONS == ["content@1", "experience@1", "pay@1", "structural@1"]


@every_edition
@given(data=st.data(), taxonomy=paid_architectures())
def test_a_distance_is_a_metric(edition: str, taxonomy: Taxonomy, data: st.DataObject) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    yardstick = open_yardstick(roster, edition)
    placed = [at for at in roster.active_profiles() if yardstick.find_reason(at, at) is None]
    if not placed:
        return
    some = data.draw(st.lists(st.sampled_from(placed), min_size=1, max_size=5))
    pairs = [pair for pair in product(some, repeat=2) if yardstick.find_reason(*pair) is None]
    exact = {pair: to_exact(yardstick.measure(*pair)) for pair in pairs}
    told = {pair: yardstick.compare(*pair) for pair in pairs}
    for (a, b), distance in exact.items():
        assert distance == exact[b, a]
        assert 0 <= told[a, b].distance <= 1  # type: ignore[operator]
        assert (told[a, b].distance, told[a, b].band) == (told[b, a].distance, told[b, a].band)
        assert (a, a) in exact
        assert exact[a, a] == 0
        same = {
            "content": lambda a, b: (
                roster.set_skills[roster.profile_set[a]] == roster.set_skills[roster.profile_set[b]]
            ),
            "pay": lambda a, b: roster.pay_median[a] == roster.pay_median[b],
        }.get(edition.partition("@")[0])
        if same:
            assert (distance == 0) is same(a, b)
    for a, b, c in product(some, repeat=3):
        if {(a, b), (b, c), (a, c)} <= exact.keys():
            # A logarithm is rounded to a trillionth, so that a sum of two may be short of one.
            slack = 1 if edition == "pay@1" else 0
            assert exact[a, c] <= exact[a, b] + exact[b, c] + slack
    in_order = sorted(pairs, key=exact.__getitem__)
    distances = [told[pair].distance for pair in in_order]
    assert distances == sorted(distances)  # type: ignore[type-var]
    bands = [told[pair].band for pair in in_order]
    if yardstick.banded:
        places = [BANDS.index(str(band)) for band in bands]
        assert places == sorted(places)
    else:
        assert set(bands) <= {None}


def draw_filters(draw: st.DataObject, roster: Roster) -> Filters:
    """Filters that name what there is, most of the time one or two of them."""
    some: dict[str, st.SearchStrategy[Any]] = {
        "within": st.sampled_from((0.0, 0.2, 0.3, 0.5, 1.0)),
        "band": st.sampled_from(("confident", "needs-review")),
        "tracks": st.sampled_from((("P",), ("M", "s"))),
        "levels": st.sampled_from((("P2..P5",), ("M2", "P3.."), ("..P3", "M1..M6"))),
        "functions": st.lists(st.sampled_from(list(roster.function_codes)), min_size=1, max_size=2),
    }
    if len(roster.group_codes):
        some["groups"] = st.lists(st.sampled_from(list(roster.group_codes)), min_size=1, max_size=2)
    names = draw.draw(st.lists(st.sampled_from(sorted(some)), max_size=3, unique=True))
    return {name: draw.draw(some[name]) for name in names}  # type: ignore[return-value]


def rank_slowly(
    taxonomy: Taxonomy, roster: Roster, edition: str, origin: str, k: int, filters: Filters
) -> tuple[list[tuple[str, float, str | None]], int]:
    """The definition: measure every profile that passes the filters, sort, cut."""
    yardstick = open_yardstick(roster, edition)
    start = roster.locate_profile(origin)
    functions = {text.upper() for text in filters.get("functions", ())}
    groups, group = filters.get("groups", ()), {f.code: f.group for f in taxonomy.functions}
    tracks = {text.upper() for text in filters.get("tracks", ())}
    measured, left_out = [], 0
    for at in roster.active_profiles():
        code = roster.code_of(at)
        function, _, level = code.split(".")
        if (
            (functions and function not in functions)
            or (groups and group[function] not in groups)
            or (tracks and level[0] not in tracks)
            or (filters.get("levels") and not any(is_in(level, text) for text in filters["levels"]))
        ):
            continue
        if yardstick.find_reason(start, at) is not None:
            left_out += 1
        elif at != start:
            measured.append((to_exact(yardstick.measure(start, at)), code, yardstick.compare(start, at)))
    found = sorted(measured, key=lambda entry: entry[:2])[:k]
    worst = BANDS.index(filters["band"]) if filters.get("band") else len(BANDS)
    kept = [
        (code, compared.distance, compared.band)
        for _, code, compared in found
        if compared.distance <= filters.get("within", 1)
        if compared.band is None or BANDS.index(compared.band) <= worst
    ]
    return kept, left_out


def is_in(level: str, text: str) -> bool:
    first, dots, last = text.partition("..")
    if not dots:
        return level == text
    track = (first or last)[0]
    return level[0] == track and int((first or "X0")[1:]) <= int(level[1:]) <= int((last or "X9")[1:])


@every_edition
@given(taxonomy=paid_architectures(), k=st.sampled_from((1, 2, 5, 1000)), data=st.data())
def test_the_index_finds_what_measuring_every_profile_finds(
    edition: str, taxonomy: Taxonomy, k: int, data: st.DataObject
) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    active = [roster.code_of(at) for at in roster.active_profiles()]
    if not active:
        return
    filters = draw_filters(data, roster)
    if edition == "pay@1":
        filters = {name: value for name, value in filters.items() if name != "band"}  # type: ignore[assignment]
    try:
        select(roster, filters)
    except RequestError:
        # They leave nothing together.
        return
    origin = data.draw(st.sampled_from(active))
    answer = rank_adjacent(roster, origin, k, edition, filters)
    everyone = {part.origin: part for part in rank_all(roster, k, edition, filters)}
    assert (answer.reason is None) is bool(answer.adjacent)
    if origin not in everyone:
        assert "lies within" not in str(answer.reason)
        return
    kept, left_out = rank_slowly(taxonomy, roster, edition, origin, k, filters)
    assert [(n.code, n.distance, n.band) for n in answer.adjacent] == kept
    assert answer.left_out == left_out
    assert everyone[origin] == answer
    if not filters:
        rows = dict(rank_rows(roster, k, edition))
        assert rows[origin] == [(n.code, f"{n.distance:.6f}", n.band) for n in answer.adjacent]


@every_edition
@given(taxonomy=paid_architectures(), order=st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(edition: str, taxonomy: Taxonomy, order: Random) -> None:
    def shuffle(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(order.sample(records, len(records)))

    focuses = [
        f.model_copy(update={"profiles": shuffle(f.profiles), "skills": shuffle(f.skills)})
        for f in shuffle(taxonomy.focuses)
    ]
    fields = {name: getattr(taxonomy, name) for name in type(taxonomy).model_fields}
    shuffled = {name: shuffle(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    again = Taxonomy(**{**shuffled, "focuses": tuple(focuses)})
    first, second = Roster.from_taxonomy(taxonomy), Roster.from_taxonomy(again)
    assert list(rank_all(first, 4, edition)) == list(rank_all(second, 4, edition))


@every_edition
def test_the_arithmetic_ends_in_the_distance_that_is_shown(edition: str) -> None:
    roster = Roster.from_taxonomy(
        pay(
            read_shipped(),
            {p.code: make_pay(m) for p, m in zip(read_shipped().profiles, MEDIANS[1:] * 3, strict=False)},
        )
    )
    yardstick, told = open_yardstick(roster, edition), 0
    for a, b in product(roster.active_profiles(), repeat=2):
        found = yardstick.compare(a, b)
        if found.distance is not None:
            shown = yardstick.explain(found.components)
            assert shown.endswith((f"= {found.distance:.4f}", f"cut off at {found.distance:.4f}")), shown
            told += 1
    assert told == len(roster) ** 2


def test_the_arithmetic_is_told_in_one_line_each() -> None:
    roster = make_roster({"A.X": ("P1",), "B.X": ("P6",)}, skills={"A.X": ("a", "b"), "B.X": ("b", "c")})
    parts = measure_distance(roster, "A.X.P1", "B.X.P6").components
    assert open_yardstick(roster, "structural@1").explain(parts) == (
        "level 5 + track 0 + taxonomy 6 = 11 level steps, cut off at 9; 9 / 9 = 1.0000"
    )
    parts = measure_distance(roster, "A.X.P1", "B.X.P6", "content@1").components
    assert open_yardstick(roster, "content@1").explain(parts) == "1 - shared 1 / together 3 = 0.6667"
    explain = open_yardstick(roster, "pay@1").explain
    assert explain({"origin": 100.0, "destination": 200.0}) == "|log(200 / 100)| / log 4 = 0.5000"
    assert explain({"origin": 100.0, "destination": 1000.5}) == (
        "|log(1,000.5 / 100)| / log 4 = 1.6613, cut off at 1.0000"
    )


# --- content -----------------------------------------------------------------------------------------------------


def test_bands_of_content_include_their_limits() -> None:
    # 6 of 10, 4 of 10, and one less of each
    skills = {
        "A.X": list("abcdefgh"), "A.Y": list("abcdefij"),
        "B.X": ["a", "b", "c", "d", "e", "f", "g"],
    }  # fmt: skip
    roster = make_roster(dict.fromkeys(skills, ("P1",)), skills=skills)
    found = measure_distance(roster, "A.X.P1", "A.Y.P1", "content@1")
    assert (found.distance, found.band, found.plain) == (0.4, "confident", "6 of 10 skills shared")
    assert found.components == {"shared": 6, "together": 10}
    found = measure_distance(roster, "A.X.P1", "B.X.P1", "content@1")
    assert (found.distance, found.band) == (0.125, "confident")
    judge = open_yardstick(roster, "content@1").judge
    assert [judge(key)[1] for key in ((401, 1000), (3, 5), (601, 1000))] == [
        "needs-review", "needs-review", "no-match",
    ]  # fmt: skip


def test_a_profile_without_skills_has_no_content() -> None:
    roster = make_roster(
        {"A.X": ("P1", "P2"), "A.Y": ("P1",), "A.Z": ("P1",)}, skills={"A.X": ("a",), "A.Z": ("b",)}
    )
    found = measure_distance(roster, "A.X.P1", "A.Y.P1", "content@1")
    assert (found.distance, found.band, found.components) == (None, None, {})
    assert "A.Y.P1 has no content" in str(found.reason)
    assert rank_adjacent(roster, "A.Y.P1", edition="content@1").adjacent == ()
    near = rank_adjacent(roster, "A.X.P1", edition="content@1")
    assert [(n.code, n.distance) for n in near.adjacent] == [("A.X.P2", 0.0), ("A.Z.P1", 1.0)]
    assert near.left_out == 1
    assert near.notes[0] == "1 role is left out: no skills are recorded"


def test_levels_that_skills_cannot_tell_apart_are_named() -> None:
    skills = dict.fromkeys(("A.V", "A.W", "A.X", "A.Y", "A.Z"), ("a", "b"))
    roster = make_roster(
        dict.fromkeys(skills, ("P1", "P2")) | {"B.X": ("P1",)}, skills=skills | {"B.X": ("a",)}
    )
    told = (
        "the skills of A.V are recorded for the whole focus, not per level: they cannot tell its levels apart"
    )
    assert measure_distance(roster, "A.V.P1", "A.V.P2", "content@1").notes == (told,)
    assert measure_distance(roster, "A.V.P1", "B.X.P1", "content@1").notes == (told,)
    # The one rung of B.X is not mixed up with another.
    assert measure_distance(roster, "B.X.P1", "B.X.P1", "content@1").notes == ()
    [note] = rank_adjacent(roster, "A.V.P1", 3, "content@1").notes
    assert note.startswith("the skills of A.V and A.W are recorded for whole focuses, not per level")
    assert note.endswith("its rungs stand in the order of their codes")
    [note] = rank_adjacent(roster, "A.V.P1", 9, "content@1").notes
    assert note.startswith("the skills of 5 focuses are recorded")
    assert rank_adjacent(roster, "A.V.P1", 9, "structural@1").notes == ()


def test_that_proficiency_is_not_counted_is_told_where_it_differs() -> None:
    taxonomy = make_taxonomy({"A.X": ("P1", "P4"), "B.X": ("P1",), "C.X": ("P1",)})
    steps = (
        Proficiency(code="working", rank=1, label="Working"),
        Proficiency(code="expert", rank=2, label="Expert"),
    )

    def use(skill: str, **asked: str) -> SkillUse:
        pairs = tuple(Requirement(level=level, proficiency=step) for level, step in asked.items())
        return SkillUse(skill=skill, proficiency=pairs)

    uses = {
        "A.X": (use("s", P1="working", P4="expert"),), "B.X": (use("s", P1="working"),), "C.X": (use("s"),),
    }  # fmt: skip
    focuses = tuple(f.model_copy(update={"skills": uses[f.code]}) for f in taxonomy.focuses)
    skills = (Skill(code="s", label="Kneading"),)
    roster = Roster.from_taxonomy(
        taxonomy.model_copy(update={"focuses": focuses, "skills": skills, "proficiencies": steps})
    )
    told = "how well a skill is asked for is not counted by content@1; it is recorded here and differs"
    found = measure_distance(roster, "A.X.P1", "A.X.P4", "content@1")
    assert (found.distance, found.notes) == (0.0, (told,))
    assert measure_distance(roster, "A.X.P1", "B.X.P1", "content@1").notes == ()
    assert measure_distance(roster, "A.X.P1", "C.X.P1", "content@1").notes == ()
    assert told in rank_adjacent(roster, "A.X.P1", 5, "content@1").notes
    assert rank_adjacent(roster, "C.X.P1", 5, "content@1").notes == ()


@pytest.mark.parametrize(
    ("within", "included"),
    [("0.1111", True), (0.1111, True), ("0.11111", True), ("0.1110", False), ("0.111", False), ("0.11", False),
     ("0.111111", True), ("0.111110", False), ("0.2", True)],
)  # fmt: skip
def test_a_limit_includes_what_is_shown_so(within: object, included: bool) -> None:
    roster = make_roster({"A.X": ("P1", "P2")})
    limit = within if isinstance(within, float) else Decimal(str(within))
    found = rank_adjacent(roster, "A.X.P1", filters={"within": limit}).adjacent  # type: ignore[typeddict-item]
    assert [n.distance for n in found] == ([0.111111] if included else [])


def test_a_few_digits_do_not_widen_a_limit() -> None:
    roster = make_roster({"A.X": ("P1", "P4")})
    assert rank_adjacent(roster, "A.X.P1", filters={"within": Decimal("0.3")}).adjacent == ()


@every_edition
def test_an_answer_without_roles_says_why(edition: str) -> None:
    taxonomy = make_taxonomy({"A.X": ("P1", "P2")}, skills={"A.X": ("a",)})
    one = make_taxonomy({"A.X": ("P1",)}, skills={"A.X": ("a",)})
    medians = {"A.X.P1": make_pay(5), "A.X.P2": make_pay(50)}
    alone = rank_adjacent(Roster.from_taxonomy(pay(one, medians)), "A.X.P1", edition=edition)
    assert alone.reason == "there is no other role: it is the only one in use"
    roster = Roster.from_taxonomy(pay(taxonomy, medians))
    narrow = rank_adjacent(roster, "A.X.P1", edition=edition, filters={"levels": ["P1"]})
    assert narrow.reason == "no other role lies within what was asked for"
    assert rank_adjacent(roster, "A.X.P1", edition=edition).reason is None


def test_roles_that_do_not_compare_are_no_answer_either() -> None:
    roster = make_paid(P1=make_pay(100), P2=make_pay(100, "USD"))
    answer = rank_adjacent(roster, "A.X.P1", edition="pay@1")
    assert (answer.adjacent, answer.reason) == ((), "no other role can be compared with it by pay@1")


# --- pay ---------------------------------------------------------------------------------------------------------


def make_paid(**medians: Pay | None) -> Roster:
    taxonomy = make_taxonomy({"A.X": tuple(medians)})
    return Roster.from_taxonomy(pay(taxonomy, {f"A.X.{level}": given for level, given in medians.items()}))


@pytest.mark.parametrize(
    ("median", "distance", "plain"),
    [
        # log(1.18) / log 4, log(1.0001) / log 4 and so on, worked out by hand
        (118_000, 0.119393, "median +18 %, EUR 100,000 to 118,000 a year"),
        (100_500, 0.003598, "median +0.5 %, EUR 100,000 to 100,500 a year"),
        (50_000, 0.5, "median -50 %, EUR 100,000 to 50,000 a year"),
        (400_000, 1.0, "median +300 %, EUR 100,000 to 400,000 a year"),
        (500_000, 1.0, "median +400 %, EUR 100,000 to 500,000 a year"),
        (100_000, 0.0, "median same, EUR 100,000 to 100,000 a year"),
    ],
)
def test_pay_is_told_as_a_plain_figure_and_a_distance(median: object, distance: float, plain: str) -> None:
    roster = make_paid(P1=make_pay(100_000), P2=make_pay(median))
    found = measure_distance(roster, "A.X.P1", "A.X.P2", "pay@1")
    assert (found.distance, found.band, found.plain, found.notes) == (distance, None, plain, ())


def test_equal_ratios_of_pay_up_and_down_are_ordered_by_code() -> None:
    roster = make_paid(P1=make_pay(60_000), P2=make_pay(90_000), P3=make_pay(40_000), P4=make_pay(90_000))
    found = rank_adjacent(roster, "A.X.P1", k=3, edition="pay@1").adjacent
    assert [n.code for n in found] == ["A.X.P2", "A.X.P3", "A.X.P4"]
    assert len({n.distance for n in found}) == 1


def test_inherited_pay_is_flagged() -> None:
    roster = make_paid(P1=make_pay(100), P2=make_pay(200, inherited=True))
    [note] = measure_distance(roster, "A.X.P1", "A.X.P2", "pay@1").notes
    assert note.startswith("the pay of A.X.P2 is inherited")
    assert rank_adjacent(roster, "A.X.P1", edition="pay@1").adjacent[0].notes == (note,)


def test_pay_compares_within_one_currency_and_period_only() -> None:
    roster = make_paid(
        P1=make_pay(100), P2=make_pay(100, "USD"), P3=make_pay(100, duration="P1M"), P4=None, P5=make_pay(0),
        P6=make_pay(110),
    )  # fmt: skip
    reasons = {
        level: measure_distance(roster, "A.X.P1", f"A.X.{level}", "pay@1").reason
        for level in ("P2", "P3", "P4", "P5")
    }
    assert "in EUR a year and that of A.X.P2 in USD a year" in str(reasons["P2"])
    assert "EUR a month" in str(reasons["P3"])
    assert "A.X.P4 has no recorded median pay" in str(reasons["P4"])
    assert "A.X.P5 has no recorded median pay" in str(reasons["P5"])
    near = rank_adjacent(roster, "A.X.P1", edition="pay@1")
    assert [n.code for n in near.adjacent] == ["A.X.P6"]
    assert near.left_out == 4


def test_pay_that_is_too_large_is_refused_with_its_role() -> None:
    with pytest.raises(InputError, match=r"A\.X\.P2: the median 1E\+400 is too large to be pay"):
        make_paid(P1=make_pay(10**15), P2=make_pay("1e400"))


def test_match_bands_cannot_be_asked_of_pay() -> None:
    with pytest.raises(RequestError, match=r"pay@1 has no match bands; use --within"):
        rank_adjacent(read_roster(), "MANUFA.BIOPROCE4427.M3", edition="pay@1", filters={"band": "confident"})


# --- what is asked for -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"tracks": ("Q",)}, "no track 'Q'; there are E, M, P, S"),
        ({"levels": ("P33",)}, r"no level 'P33'; track P runs from P1 to P7; did you mean P7\?"),
        ({"levels": ("P9..",)}, "did you mean P7"),
        ({"levels": ("X1",)}, "track E runs from E1 to E3, M runs from M1 to M6"),
        ({"levels": ("P3..M2",)}, "from one track to another"),
        ({"levels": ("P5..P3",)}, r"write P3\.\.P5"),
        ({"levels": ("..",)}, "is no range"),
        ({"functions": ("MANUFAC",)}, "no function 'MANUFAC'; did you mean MANUFA"),
        ({"groups": ("technical",)}, "no function group 'technical'"),
        ({"tracks": ("M",), "levels": ("P3",)}, "nothing in common"),
        ({"within": 1.5}, "distances run from 0 to 1"),
        ({"within": float("nan")}, "distances run from 0 to 1"),
        ({"within": -0.1}, "distances run from 0 to 1"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(filters: Filters, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        select(read_roster(), filters)


def test_the_closest_name_is_offered() -> None:
    with pytest.raises(UnknownError) as error:
        select(read_roster(), {"groups": ("technical-operation",)})
    assert error.value.closest == ("technical-operations",)


@every_edition
@given(taxonomy=architectures(most=1))
def test_small_architectures_have_answers(edition: str, taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    for at in roster.active_profiles():
        answer = rank_adjacent(roster, roster.code_of(at), 10**6, edition)
        assert answer.reason is None or not answer.adjacent
