"""Suggestions of mappings: what is found, by what evidence, and where nothing is near."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapping_releases import (
    HandLibrary,
    claim,
    list_crosswalk,
    list_esco,
    list_onet,
    list_soc,
    open_shelf,
    write_pottery,
)
from rolegraph import Architecture
from rolegraph.answers import MappingEvidence, MappingSuggestion, MappingSuggestions
from rolegraph.cli.main import run
from rolegraph.errors import RequestError, UnknownError
from rolegraph.importing import import_release
from rolegraph.mappings.offer import offer_mappings
from rolegraph.mappings.rank import combine, rank_occupations, rate_text
from rolegraph.mappings.shelf import Shelf
from rolegraph.mappings.stems import list_stems
from rolegraph.mappings.subject import _is_named_after, find_skill, find_subject
from rolegraph.mappings.suggest import suggest_mappings
from rolegraph.mappings.texts import TextHit, TextIndex
from rolegraph.mappings.titles import NameIndex
from rolegraph.mappings.weights import read_weights
from rolegraph.plain import to_plain
from rolegraph.releases.rows import Row
from rolegraph.report.mappings import describe_suggestions
from rolegraph.report.tables import to_rows
from rolegraph.schemas import make_adapter

ONET = {"onet-29.0": list_onet()}
REAL = Path(__file__).parents[2] / "shared" / "data" / "onet-29.0"
DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path_factory.getbasetemp() / "mapping-indexes"))


def open_pottery(
    folder: Path, releases: dict[str, list[Row]] = ONET, more: dict[str, str] | None = None
) -> Shelf:
    return open_shelf(write_pottery(folder / "pottery", {"P1": [claim("51-9195")]}, more), releases)[0]


def list_evidence(suggestion: MappingSuggestion) -> dict[str, str]:
    return {part.kind: part.text for part in suggestion.evidence}


def test_role_gets_the_occupation_that_its_names_tools_and_tasks_tell(tmp_path: Path) -> None:
    answer = suggest_mappings(open_pottery(tmp_path), "CLAY.POTS.P1")
    best = answer.suggestions[0]
    assert (best.scheme, best.code, best.title) == ("soc-2018", "51-9195", "Potters, Manufacturing")
    assert (best.band, best.mapped, answer.reason) == ("confident", True, None)
    evidence = list_evidence(best)
    assert evidence["alternate"] == "Potter ~ Potter"
    assert evidence["skills"] == "Wheel throwing"
    assert "clay" in evidence["tasks"]
    assert list(answer.releases) == ["onet-29.0"]
    totals = [suggestion.total for suggestion in answer.suggestions]
    assert totals == sorted(totals, reverse=True)
    assert all(suggestion.band != "no-match" for suggestion in answer.suggestions)


def test_what_the_focus_is_distinct_from_is_no_evidence(tmp_path: Path) -> None:
    taxonomy = open_pottery(tmp_path).taxonomy
    assert not any("packed" in text for text in find_subject(taxonomy, "CLAY.POTS.P1").texts)


def test_occupation_of_another_level_comes_behind(tmp_path: Path) -> None:
    shelf = open_pottery(tmp_path)
    assert suggest_mappings(shelf, "CLAY.POTS.M3").suggestions[0].code == "11-3051"
    corpus, subject = shelf.open_corpus("soc-2018"), find_subject(shelf.taxonomy, "CLAY.POTS.M3")
    assert corpus is not None
    free = {one.key: one.total for one in rank_occupations(corpus, subject, by_level=False)}
    share = read_weights().constants["misfit-warning"]
    for one in rank_occupations(corpus, subject):
        fits = one.key.startswith("onet-soc-2019/11-")
        assert one.total == pytest.approx(free[one.key] * (1 if fits else share), abs=1e-6)
        assert [e.text[:3] for e in one.evidence if e.kind == "level"] == ([] if fits else ["M3:"])


def test_cited_occupation_is_evidence_and_so_is_the_successor_of_a_retired_one(tmp_path: Path) -> None:
    cited = {
        "P2": "sources: [{text: Furnaces, occupation: 51-9051.00}, {text: Jugs, occupation: 51-9196.01}]"
    }
    releases = {"crosswalk-2010-2019": list_crosswalk(), **ONET}
    shelf = open_pottery(tmp_path, releases, cited)
    found = {s.code: s for s in suggest_mappings(shelf, "CLAY.POTS.P2").suggestions}
    assert list_evidence(found["51-9051"])["cited"] == "Furnaces"
    assert list_evidence(found["51-9195"])["cited"] == "Jugs"
    # Another level of the focus profits from it by half.
    (part,) = [
        e for s in suggest_mappings(shelf, "CLAY.POTS.P1").suggestions for e in s.evidence if e.text == "Jugs"
    ]
    assert part.score == read_weights().constants["elsewhere"]


def test_part_of_a_soc_occupation_stands_for_it_and_is_named(tmp_path: Path) -> None:
    shelf = open_pottery(tmp_path, more={"M1": "title: Kiln Manager"})
    best = next(s for s in suggest_mappings(shelf, "CLAY.POTS.M1").suggestions if s.code == "11-3051")
    assert best.title == "Industrial Production Managers"
    assert "(11-3051.01 Kiln Plant Managers)" in list_evidence(best)["alternate"]
    answer = suggest_mappings(shelf, "CLAY.POTS.M1", scheme="onet-soc-2019")
    assert answer.suggestions[0].code == "11-3051.01"


def test_focus_is_looked_at_with_all_its_levels(tmp_path: Path) -> None:
    answer = suggest_mappings(open_pottery(tmp_path), "CLAY.POTS", k=1)
    assert (answer.kind, len(answer.suggestions)) == ("focus", 1)
    level = next(e for e in answer.suggestions[0].evidence if e.kind == "level")
    assert level.score == 0.8  # Two of four levels do not fit, and each leaves 0.6.


def test_soc_alone_tells_by_titles(tmp_path: Path) -> None:
    answer = suggest_mappings(open_pottery(tmp_path, {"soc-2018": list_soc()}), "CLAY.POTS.P1", k=1)
    assert [(s.code, [e.kind for e in s.evidence]) for s in answer.suggestions] == [("51-9195", ["title"])]


def test_esco_occupations_are_found_by_their_names_texts_and_skills(tmp_path: Path) -> None:
    answer = suggest_mappings(open_pottery(tmp_path, {"esco-1.2.0": list_esco()}), "CLAY.POTS.P1")
    best = answer.suggestions[0]
    assert (answer.scheme, best.code, best.title) == ("esco", "occupation/p", "ceramic thrower")
    assert list_evidence(best)["alternate"] == "Potter ~ potter"
    assert list_evidence(best)["skills"] == "Wheel throwing ~ wheel throwing"


def test_skill_gets_tools_elements_and_esco_skills(tmp_path: Path) -> None:
    shelf = open_pottery(tmp_path, {"esco-1.2.0": list_esco(), **ONET})
    answer = suggest_mappings(shelf, "throwing")
    assert {(s.scheme, s.code) for s in answer.suggestions} == {
        ("onet-technology", "wheel-throwing-software"), ("esco", "skill/t"),
    }  # fmt: skip
    esco = next(s for s in answer.suggestions if s.scheme == "esco")
    assert list_evidence(esco) == {
        "name": "Wheel throwing ~ wheel throwing",
        "definition": list_evidence(esco)["definition"],
    }
    assert [s.scheme for s in suggest_mappings(shelf, "throwing", scheme="esco").suggestions] == ["esco"]


def test_nothing_near_is_said(tmp_path: Path) -> None:
    answer = suggest_mappings(open_pottery(tmp_path), "sculpting")
    assert answer.suggestions == ()
    assert answer.reason == "Nothing in ONET 29.0 shares names, skills or texts with it."
    weak = suggest_mappings(open_pottery(tmp_path / "b", {"soc-2018": list_soc()}), "CLAY.POTS.M3", k=1)
    assert weak.suggestions or "near enough" in str(weak.reason)
    assert answer.reason in describe_suggestions(answer)
    assert to_rows(answer)[1][0][-1] == answer.reason


def test_words_that_any_text_has_are_no_evidence() -> None:
    art = "You support artists. You can identify what your programme needs."
    units = {f"u{n}": [f"Keep machine {n} running with pumps and valves."] for n in range(30)}
    hits = TextIndex({"art": [art], "kiln": ["Fire kilns."], **units}).match(
        ["You can identify what your role needs, and support kilns with pumps and valves."]
    )
    assert "art" not in hits
    assert hits["kiln"].words == ("kilns",)
    # "pumps" and "valves" stand in nearly all of the texts.
    assert hits["u3"].shared == 0
    assert rate_text(hits["u3"]) == 0.0


def test_few_words_are_not_enough_for_a_review() -> None:
    weights = read_weights()
    ten = tuple("abcdefghij")
    for kind in ("tasks", "definition"):
        few = MappingEvidence(kind, rate_text(TextHit(1.0, ten[:4], 4)), "")
        assert weights.name_band(combine([few])) == "no-match"
        assert rate_text(TextHit(1.0, ten, 10)) == 1.0


def test_what_cannot_be_suggested_is_refused(tmp_path: Path) -> None:
    shelf = open_pottery(tmp_path, {})
    with pytest.raises(RequestError, match="rolegraph import onet SRC"):
        suggest_mappings(shelf, "CLAY.POTS.P1")
    with pytest.raises(RequestError, match="nothing can be suggested of unspsc"):
        suggest_mappings(shelf, "throwing", scheme="unspsc")
    with pytest.raises(UnknownError):
        suggest_mappings(shelf, "CLAY.POTS.P9")


def test_nothing_is_suggested_of_a_release_that_was_cut(tmp_path: Path) -> None:
    shelf, _ = open_shelf(write_pottery(tmp_path / "pottery", {}), {**ONET, "esco-1.2.0": []}, "mapped")
    for code in ("CLAY.POTS.P1", "throwing"):
        with pytest.raises(
            RequestError, match="import it again, without --only mapped: rolegraph import onet"
        ):
            suggest_mappings(shelf, code)
    # Nothing was mapped when it was imported, so it is empty, and yet loaded.
    with pytest.raises(RequestError, match=r"ESCO 1\.2\.0 was imported with --only mapped"):
        suggest_mappings(shelf, "CLAY.POTS.P1", scheme="esco")


def test_whole_release_answers_beside_a_cut_one_and_that_is_told(tmp_path: Path) -> None:
    releases = {"onet-28.3": list_onet(), **ONET, "esco-1.2.0": list_esco()}
    shelf, _ = open_shelf(write_pottery(tmp_path / "pottery", {}), releases, cut=["onet-29.0"])
    answer = suggest_mappings(shelf, "CLAY.POTS.P1")
    assert answer.releases == ("onet-28.3",)
    assert "without --only mapped: rolegraph import onet SRC -o DIR" in answer.notes[0]
    assert suggest_mappings(shelf, "CLAY.POTS.P1", scheme="esco").notes == ()


def test_forms_of_suggestions(tmp_path: Path) -> None:
    answer = suggest_mappings(open_pottery(tmp_path), "CLAY.POTS.P1")
    make_adapter("mappings").validate_python(to_plain(answer))
    header, rows = to_rows(answer)
    assert len(rows) == sum(len(s.evidence) for s in answer.suggestions)
    assert all(len(row) == len(header) for row in rows)
    assert "mapped already" in describe_suggestions(answer)


def test_suggestions_become_mappings_to_review(tmp_path: Path) -> None:
    shelf = open_pottery(tmp_path, {"esco-1.2.0": list_esco(), **ONET})
    answer = suggest_mappings(shelf, "CLAY.POTS.P1")
    offered = offer_mappings(shelf.taxonomy, [answer]).mappings
    assert [(owner.code, m.code, m.predicate) for owner, m in offered if m.code == "51-9195"] == [
        ("CLAY.POTS.P1", "51-9195", "broadMatch")
    ]
    assert len(offered) == len(answer.suggestions)
    assert all((m.tool, m.author) == ("rolegraph", None) for _, m in offered)
    skill = offer_mappings(shelf.taxonomy, [suggest_mappings(shelf, "throwing", scheme="onet-technology")])
    ((owner, mapping),) = skill.mappings
    assert (owner.code, mapping.predicate) == ("throwing", "closeMatch")
    assert mapping.justification == "LexicalSimilarityThresholdMatching"
    with pytest.raises(RequestError, match="a focus is not mapped"):
        offer_mappings(shelf.taxonomy, [suggest_mappings(shelf, "CLAY.POTS")])


def test_skill_is_found_by_its_label(tmp_path: Path) -> None:
    taxonomy = open_pottery(tmp_path).taxonomy
    for name in ("THROWING", "wheel throwing"):
        skill = find_skill(taxonomy, name)
        assert skill is not None
        assert skill.code == "throwing"
    assert find_skill(taxonomy, "glazing") is None


def test_answers_are_the_same_every_time(tmp_path: Path) -> None:
    answers = {suggest_mappings(open_pottery(tmp_path / str(n)), "CLAY.POTS.P1") for n in range(2)}
    assert len(answers) == 1


def test_weights_have_reasons_and_are_shares() -> None:
    weights = read_weights()
    assert all(0 < weight < 1 for weight in weights.kinds.values())
    assert weights.name_band(weights.bands["confident"]) == "confident"
    assert weights.name_band(0) == "no-match"


def test_words_come_to_one_stem() -> None:
    for words in ("managers management managing manage", "engineer engineering engineers"):
        assert len({stem for word in words.split() for stem in list_stems(word)}) == 1
    assert list_stems("Töpfer of the C++ and C#") == ["topf", "c++", "c#"]
    assert list_stems("process") != list_stems("proceed")


def test_names_match_by_rare_words() -> None:
    index = NameIndex(
        [("a", "Clay Thrower"), ("b", "Clay Miner"), ("c", "Throwers of clay"), ("d", "Packer")]
    )
    found = index.match("clay throwers")
    assert found["a"] == found["c"]
    assert (round(found["a"].score, 9), found["a"].owners, found["a"].alone) == (1, 2, False)
    assert found["b"].alone
    assert "d" not in found
    assert index.match("") == {}


def test_texts_match_by_shared_words() -> None:
    index = TextIndex({"a": ["Throw clay on a wheel."], "b": ["Pack goods into boxes."], "c": [""]})
    found = index.match(["Clay is thrown; wheels turn, throw clay."])
    assert set(found) == {"a"}
    assert found["a"].words[0] == "clay"
    assert index.match(["unheard"]) == {}


@pytest.mark.skipif(not REAL.is_dir(), reason="no O*NET release is here (../shared/data/onet-29.0)")
def test_real_roles_get_the_occupations_that_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    for name in ("dataset.yaml", "functions.yaml", "skills.yaml"):
        (tmp_path / "data" / name).write_bytes((DATA / name).read_bytes())
    (tmp_path / "data" / "focuses").mkdir()
    for file in (DATA / "focuses").iterdir():
        (tmp_path / "data" / "focuses" / file.name).write_bytes(file.read_bytes())
    import_release("onet", REAL, tmp_path / "data")
    jobs = Architecture(tmp_path / "data")

    def suggest(code: str) -> MappingSuggestions:
        return jobs.suggest_mappings(code)

    for code in ("MANUFA.MANUFACTF950.M1", "MANUFA.MANUFACTF950.M3", "MANUFA3.MANUFACT13A2.M3"):
        assert suggest(code).suggestions[0].code == "11-3051", code
    assert [s.code for s in suggest("PROCES.UPSTREAMDF5B.P1").suggestions] == [
        "17-2031",
        "17-2041",
        "19-1021",
    ]
    assert suggest("production-scheduling").suggestions[0].code == "production-scheduling-software"
    assert suggest("hplc").suggestions == ()
    found = {(f.rule, f.subject) for f in jobs.check_mappings().findings}
    assert {
        ("mapping-skills", "MANUFA.BIOPROCE4427.M3"),
        ("mapping-skills", "PROCES.UPSTREAMDF5B.P1"),
        ("source-retired", "PROCES.UPSTREAMDF5B.P1"),
    } <= found
    arguments = ["mappings", "suggest", "--data", str(tmp_path / "data"), "--format", "csv"]
    assert run([*arguments, "MANUFA.MANUFACTF950.M3"]) == 0
    assert "11-3051" in capsys.readouterr().out
    assert run([*arguments, "hplc"]) == 1
    review = tmp_path / "review.tsv"
    made = ["--format", "sssom", "-o", str(review)]
    assert (
        run(["mappings", "suggest", "--data", str(tmp_path / "data"), "PROCES.UPSTREAMDF5B.P2", *made]) == 0
    )
    assert run(["mappings", "import", str(review), "-o", str(tmp_path / "data")]) == 0
    mapped = Architecture(tmp_path / "data").taxonomy.profile_by_code["PROCES.UPSTREAMDF5B.P2"].mappings
    assert "17-2031" in {mapping.code for mapping in mapped}


def test_several_are_asked_for_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pottery(tmp_path / "pottery", {"P1": [claim("51-9195")]})
    monkeypatch.setattr(
        Architecture, "library", property(lambda jobs: HandLibrary(jobs.taxonomy, ONET)), raising=True
    )
    jobs = Architecture(folder)
    answer = jobs.suggest_all_mappings(["throwing", "CLAY.POTS.P1", "throwing"], 2)
    assert [one.subject for one in answer.answers] == ["throwing", "CLAY.POTS.P1"]
    assert answer.answers[1] == jobs.suggest_mappings("CLAY.POTS.P1", 2)
    make_adapter("mappings").validate_python(to_plain(answer))
    header, rows = to_rows(answer)
    assert len(rows) == sum(len(one.suggestions) or 1 for one in answer.answers)
    assert all(len(row) == len(header) for row in rows)
    with pytest.raises(UnknownError, match=r"(?s)NONE\.A.*NONE\.B"):
        jobs.suggest_all_mappings(["NONE.A", "throwing", "NONE.B"])

    unmapped = jobs.suggest_all_mappings()
    assert [one.subject for one in unmapped.answers] == ["CLAY.POTS.M1", "CLAY.POTS.M3", "CLAY.POTS.P2"]
    arguments = ["--data", str(folder), "mappings", "suggest", "--unmapped", "--format"]
    assert run([*arguments, "sssom"]) == 0
    table = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("#")]
    assert len(table) == 1 + sum(len(one.suggestions) for one in unmapped.answers)
    assert run([*arguments, "text"]) == 0
    assert "of 3." in capsys.readouterr().out
    assert run([*arguments[:-2], "--unmapped", "CLAY.POTS.P1"]) == 2
    assert run(arguments[:-2]) == 2


@pytest.mark.parametrize(
    ("titles", "focus", "named"),
    [
        ([], "Theatre", True),
        (["Theatre — M1"], "Theatre", True),
        (["Theatre nurse"], "Theatre", False),
        (["Healthcare assistant"], "Ward nursing", False),
        (["Lead data scientist"], "Data scientist", True),
        (["Data analyst"], "Data", False),
        (["Nurse in charge", "Ward nursing"], "Ward nursing", True),
    ],
)
def test_focus_names_a_role_only_where_its_titles_do_not_say_more(
    titles: list[str], focus: str, named: bool
) -> None:
    assert _is_named_after(titles, focus) is named
