"""The roster: a faithful view of a taxonomy, whatever the order of its records, and whole after packing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architectures import architectures, make_roster, make_taxonomy, read_roster, read_shipped
from rolegraph.careers.columns import DamagedError, Texts, number_column, pack_columns, unpack_columns
from rolegraph.careers.compile import compile_columns
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError, UnknownError
from rolegraph.model.taxonomy import Taxonomy
from strategies import taxonomies


def dump(roster: Roster) -> dict[str, list[object]]:
    return {name: list(column) for name, column in roster.columns.items()}


@given(st.one_of(taxonomies(), architectures()))
def test_a_roster_says_what_the_taxonomy_says(taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    assert (roster.title, roster.version) == (taxonomy.dataset.title, taxonomy.dataset.version)
    assert roster.list_codes() == sorted(taxonomy.profile_by_code)
    for profile in taxonomy.profiles:
        at = roster.find_profile(profile.code)
        assert at is not None
        assert roster.code_of(at) == profile.code
        assert roster.title_at(at) == roster.title_of(profile.code) == taxonomy.title_of(profile)
        assert roster.basis_of(at) == profile.basis
        assert roster.is_retired(at) == taxonomy.is_retired(profile)
        assert roster.job_codes[at] == (profile.job_code or "")
        assert roster.function_codes[roster.function_of(at)] == profile.function
        pay = profile.pay
        if pay is None or pay.median is None:
            assert (roster.pay_median[at], roster.pay_kind[at], roster.pay_inherited[at]) == (-1, -1, 0)
        else:
            kind = roster.pay_kind[at]
            assert roster.pay_median[at] == round(pay.median * 100)
            assert (roster.pay_currencies[kind], roster.pay_durations[kind]) == (pay.currency, pay.duration)
            assert bool(roster.pay_inherited[at]) is pay.inherited
        shown = roster.profile_set[at]
        skills = [] if shown < 0 else [roster.skill_codes[skill] for skill in roster.set_skills[shown]]
        uses = () if taxonomy.is_retired(profile) else taxonomy.skill_uses_of(profile)
        assert skills == sorted({taxonomy.same_skill(use.skill) for use in uses})
    for at, skill in enumerate(taxonomy.skills):
        assert roster.skill_others[at] == "\n".join(other.label for other in skill.alternatives)
    for focus in taxonomy.focuses:
        at = roster.find_focus(focus.code)
        assert at is not None
        assert roster.focus_labels[at] == focus.label
        rungs = {roster.level_codes[level]: roster.code_of(p) for level, p in roster.rungs_of(at).items()}
        assert rungs == {p.level: p.code for p in focus.profiles if not taxonomy.is_retired(p)}
    for position, level in enumerate(taxonomy.levels):
        assert roster.level_label(position) == level.label


@given(architectures(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(taxonomy: Taxonomy, order: random.Random) -> None:
    def shuffle(records: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(order.sample(records, len(records)))

    focuses = [f.model_copy(update={"profiles": shuffle(f.profiles)}) for f in shuffle(taxonomy.focuses)]
    fields = {name: getattr(taxonomy, name) for name in type(taxonomy).model_fields}
    shuffled = {name: shuffle(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    again = Taxonomy(**{**shuffled, "focuses": tuple(focuses)})
    assert dump(Roster.from_taxonomy(again)) == dump(Roster.from_taxonomy(taxonomy))


@given(st.one_of(taxonomies(), architectures()))
def test_packed_columns_come_back_as_they_were(taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    data = pack_columns(roster.columns, "key")
    assert data == pack_columns(compile_columns(taxonomy), "key")
    assert dump(Roster(unpack_columns(data, "key"))) == dump(roster)


@pytest.fixture(scope="module")
def packed() -> bytes:
    return pack_columns({"texts": Texts.of(["a", "", "日本"]), "numbers": number_column(range(50))}, "key")


def test_a_file_of_another_key_is_refused(packed: bytes) -> None:
    with pytest.raises(DamagedError):
        unpack_columns(packed, "other")


def test_every_cut_is_noticed(packed: bytes) -> None:
    for length in range(len(packed)):
        with pytest.raises(DamagedError):
            unpack_columns(packed[:length], "key")
    with pytest.raises(DamagedError):
        unpack_columns(packed + b"\0", "key")


def test_every_changed_byte_is_noticed(packed: bytes) -> None:
    for at in range(len(packed)):
        changed = bytearray(packed)
        changed[at] ^= 0x10
        with pytest.raises(DamagedError):
            unpack_columns(bytes(changed), "key")


def test_codes_of_which_one_begins_like_another_are_found() -> None:
    codes = [f"{f}.{x}.P1" for f in ("A", "A-B", "A1", "AB") for x in ("X", "X-1", "X1")]
    roster = make_roster({code.removesuffix(".P1"): ("P1",) for code in codes})
    assert roster.list_codes() == sorted(codes)
    for code in codes:
        assert roster.code_of(roster.locate_profile(code)) == code
        assert roster.focus_codes[roster.locate_focus(code.removesuffix(".P1"))] == code.removesuffix(".P1")
    for unknown in ("A", "A.", "A.X.", "A.X.P2", "A.X.P1.P1", "", "A.X0.P1", "Z.Z.P1"):
        assert roster.find_profile(unknown) is None
        assert roster.find_focus(unknown) is None


def test_titles_of_codes_that_are_not_there() -> None:
    for code in ("A.B", "A.B.P1", "nonsense"):
        with pytest.raises(UnknownError, match=code):
            read_roster().title_of(code)


def test_a_retired_focus_names_its_successor_or_says_that_it_has_none() -> None:
    roster = make_roster(
        {"A.X": ("P1",), "A.Y": ("P1",), "A.Z": ("P1",)}, retired={"A.X": "A.Y", "A.Z": None}
    )
    with pytest.raises(RequestError, match=r"focus A\.X is retired \(Gone\.\); ask for its successor A\.Y"):
        roster.locate_focus("A.X")
    with pytest.raises(RequestError, match="it has no successor"):
        roster.locate_focus("A.Z")


def test_equal_skills_of_two_focuses_are_sets_of_their_own() -> None:
    taxonomy = make_taxonomy({"A.X": ("P1", "P2"), "A.Y": ("P1",)}, skills={"A.X": ["a"], "A.Y": ["a"]})
    roster = Roster.from_taxonomy(taxonomy)
    assert list(roster.profile_set) == [0, 0, 1]


def test_the_shipped_data_is_all_there() -> None:
    assert len(read_roster()) == len(read_shipped().profiles) == 19
