"""Mappings are checked: their codes, their fit, and what they claim."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from mapping_releases import (
    ONET,
    claim,
    list_crosswalk,
    list_esco,
    list_onet,
    list_soc,
    open_shelf,
    write_pottery,
)
from rolegraph import Architecture
from rolegraph.answers import Finding, MappingReview
from rolegraph.cli.main import run
from rolegraph.mappings.check import check_mappings
from rolegraph.mappings.weights import read_levels
from rolegraph.plain import to_plain
from rolegraph.releases.rows import Concept, Link, Row
from rolegraph.report.mappings import describe_review, write_sarif
from rolegraph.report.tables import to_rows
from rolegraph.schemas import make_adapter

ALL = {"onet-29.0": list_onet(), "soc-2018": list_soc()}


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path_factory.getbasetemp() / "mapping-indexes"))


def check(
    folder: Path,
    mappings: dict[str, list[str]],
    releases: dict[str, list[Row]] = ALL,
    more: dict[str, str] | None = None,
    coverage: str = "all",
    cut: Iterable[str] = (),
) -> MappingReview:
    """What is found in a pottery with some mappings."""
    pottery = write_pottery(folder / "pottery", mappings, more)
    return check_mappings(*open_shelf(pottery, releases, coverage, cut))


def pick(review: MappingReview, rule: str) -> list[Finding]:
    return [finding for finding in review.findings if finding.rule == rule]


def test_sound_mappings_have_no_finding(tmp_path: Path) -> None:
    cited = "sources: [{text: O*NET 51-9195.05 Potters, occupation: 51-9195.05}]"
    review = check(
        tmp_path, {"P1": [claim("51-9195")], "M1": [claim("51-1011")], "M3": [claim("11-3051")]}, more={"P1": cited}
    )  # fmt: skip
    assert review == MappingReview(True, 3, ("soc-2018", "onet-29.0"), (), ())
    assert "Nothing is wrong" in describe_review(review)


def test_missing_code_is_a_violation_that_names_near_ones_at_its_line(tmp_path: Path) -> None:
    review = check(tmp_path, {"P1": [claim("51-9194")]})
    (finding,) = pick(review, "mapping-missing")
    assert not review.conforms
    assert finding.severity == "violation"
    assert finding.subject == "CLAY.POTS.P1"
    assert "51-9195 Potters, Manufacturing" in finding.remedy
    assert finding.file is not None
    assert finding.line is not None
    line = Path(finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1]
    assert "51-9194" in line


def test_code_is_not_missing_where_the_release_was_cut(tmp_path: Path) -> None:
    review = check(tmp_path, {"P1": [claim("51-9194")]}, coverage="mapped")
    assert not pick(review, "mapping-missing")
    assert [(u.scheme, u.mappings, u.command) for u in review.unchecked] == [
        ("soc-2018", 1, "rolegraph import onet SRC -o DIR"),
        ("soc-2018", 1, "rolegraph import soc SRC -o DIR"),
    ]


NEW, OLD = "51-9195.09", "51-9195.05"
SIDE = {"onet-28.3": list_onet(), "onet-29.0": list_onet({NEW: "Potters by Hand"}, without=[OLD])}


def test_code_that_the_newest_release_has_is_in_use_though_that_was_cut(tmp_path: Path) -> None:
    cited = {"P1": f"sources: [{{text: Potters, occupation: {NEW}}}]"}
    review = check(tmp_path, {"P1": [claim(NEW, scheme="onet-soc-2019")]}, SIDE, cited, cut=["onet-29.0"])
    assert not {f.rule for f in review.findings} & {"mapping-retired", "mapping-missing", "source-retired"}


def test_what_an_older_release_judged_beside_a_newer_cut_one_is_told(tmp_path: Path) -> None:
    mappings = {
        "P1": [claim(OLD, scheme="onet-soc-2019")],
        "P2": [claim("51-9195.07", scheme="onet-soc-2019")],
    }
    review = check(tmp_path, mappings, SIDE, cut=["onet-29.0"])
    assert not pick(review, "mapping-retired")
    # The newest release may have a code that is not among what was taken of it.
    assert not pick(review, "mapping-missing")
    told = {unchecked.what: unchecked.remedy for unchecked in review.unchecked}
    assert "whether ONET 29.0 has them, which was cut to what is mapped; ONET 28.3 does" in told
    assert set(told.values()) == {"rolegraph import onet SRC -o DIR again, without --only mapped"}
    whole = check(tmp_path / "whole", mappings, SIDE)
    assert [f.message[:10] for f in pick(whole, "mapping-retired")] == [OLD]


def test_zone_and_class_are_those_of_the_newest_release_that_has_the_occupation(tmp_path: Path) -> None:
    rows = [row for row in list_onet() if not (type(row) is Link and row.kind == "job-zone")]
    rows.append(Link("onet-soc-2019/51-9195.05", "job-zone", "onet-job-zone/5"))
    releases = {"onet-28.3": list_onet(), "onet-29.0": rows, "soc-2018": list_soc()}
    (finding,) = pick(
        check(tmp_path, {"P1": [claim("51-9195")]}, releases, cut=["onet-29.0"]), "mapping-level"
    )
    assert "job zone 5" in finding.message


def test_zone_of_a_soc_code_is_that_of_the_occupation_for_the_whole_of_it(tmp_path: Path) -> None:
    rows = [
        *list_onet({"51-9195.00": "Molders"}),
        Link("onet-soc-2019/51-9195.00", "job-zone", "onet-job-zone/5"),
    ]
    review = check(tmp_path, {"P1": [claim("51-9195")]}, {"onet-29.0": rows, "soc-2018": list_soc()})
    (finding,) = pick(review, "mapping-level")
    assert "job zone 5" in finding.message


def test_missing_code_is_told_once_and_never_with_an_unrelated_one(tmp_path: Path) -> None:
    cited = {"P1": "sources: [{text: Kilns, occupation: 51-9051.00}]"}
    review = check(tmp_path, {"P1": [claim("99-9999"), claim("27-1099"), claim("45-9121")]}, more=cited)
    remedies = {finding.message[-8:-1]: finding.remedy for finding in pick(review, "mapping-missing")}
    assert not pick(review, "mapping-uncited")
    assert remedies["99-9999"].startswith("rolegraph mappings suggest CLAY.POTS.P1 names some that fit")
    assert remedies["27-1099"].startswith("Of the same minor group: 27-1012 Craft Artists;")
    # 43-9121 is the nearest by its digits.
    assert "43-9" not in remedies["45-9121"]
    assert all("rolegraph import crosswalk SRC -o DIR" in remedy for remedy in remedies.values())


def test_isco_group_is_of_a_class_by_its_code(tmp_path: Path) -> None:
    esco = [*list_esco(), Concept("esco/isco/C3122", "isco-group", "Manufacturing supervisors")]
    mappings = {"M3": [claim("isco/C3122", scheme="esco")], "P1": [claim("isco/C1321", scheme="esco")],
                "M1": [claim("isco/C31", scheme="esco")]}  # fmt: skip
    review = check(tmp_path, mappings, {"esco-1.2.0": esco})
    assert {(f.subject, f.message.partition(";")[0]) for f in pick(review, "mapping-level")} == {
        ("CLAY.POTS.M3", "isco/C3122 Manufacturing supervisors is one of the first-line supervisors"),
        ("CLAY.POTS.P1", "isco/C1321 Manufacturing managers is one of the managers"),
    }
    assert any(" is an ISCO group, not one occupation." in f.message for f in pick(review, "mapping-detail"))


@pytest.mark.parametrize("text", ["O*NET-SOC 51-9198.00 Potters, Studio", "O*NET 51-9198.00 Potters, Studio"])
def test_occupation_that_the_text_of_a_source_names_is_cited(tmp_path: Path, text: str) -> None:
    cited = {"P1": f"sources: ['{text}']", "P2": "sources: [O*NET 51-9051.00 Operators]"}
    review = check(tmp_path, {"P2": [claim("51-9195")]}, more=cited)
    (finding,) = pick(review, "source-retired")
    assert "27-1012.00 Craft Artists" in finding.remedy
    assert [f.subject for f in pick(review, "mapping-uncited")] == ["CLAY.POTS.P2"]


def test_no_mapping_at_all_is_told_with_what_to_do(tmp_path: Path) -> None:
    text = describe_review(check(tmp_path, {}))
    assert text == "No role or skill is mapped yet: rolegraph mappings suggest ROLE names what fits one.\n"


def test_o_net_shows_that_a_soc_code_is_in_use(tmp_path: Path) -> None:
    onet = {"onet-29.0": list_onet()}
    assert check(tmp_path / "a", {"P1": [claim("51-9195")]}, onet).unchecked == ()
    (unchecked,) = check(tmp_path / "b", {"P1": [claim("51-9194")]}, onet).unchecked
    assert unchecked.command == "rolegraph import soc SRC -o DIR"


@pytest.mark.parametrize("soc", [True, False])
def test_retired_code_names_its_successor(tmp_path: Path, soc: bool) -> None:
    releases = {"crosswalk-2010-2018": list_crosswalk(), **(ALL if soc else {})}
    review = check(tmp_path, {"P1": [claim("51-9196")], "P2": [claim("27-1012")]}, releases)
    (finding,) = pick(review, "mapping-retired")
    assert finding.severity == "warning"
    assert finding.remedy == (
        "In its place stands 51-9195 Potters, Manufacturing." if soc else "In its place stands 51-9195."
    )


def test_retired_code_that_nothing_took_the_place_of(tmp_path: Path) -> None:
    review = check(tmp_path, {"P1": [claim("51-9197")]}, {"crosswalk-2010-2018": list_crosswalk(), **ALL})
    (finding,) = pick(review, "mapping-retired")
    assert "Nothing took its place" in finding.remedy


def test_code_of_an_older_release_alone_is_retired_and_guessed_by_title(tmp_path: Path) -> None:
    releases = {"onet-25.0": list_onet({"51-9195.09": "Potters, Manufacturing by Hand"}), **ALL}
    review = check(tmp_path, {"P1": [claim("51-9195.09", scheme="onet-soc-2019")]}, releases)
    (finding,) = pick(review, "mapping-retired")
    assert "is in ONET 25.0 and not in ONET 29.0" in finding.message
    assert "a guess, 51-9195.05 Potters, Manufacturing is nearest" in finding.remedy


def test_cited_occupations_that_are_retired_are_told(tmp_path: Path) -> None:
    sources = (
        "sources:\n      - {text: 'O*NET 51-9198.00 Potters, Studio (retired)', occupation: 51-9198.00}\n"
        "      - {text: 'O*NET 51-9196.01 Jug Makers', occupation: 51-9196.01}\n"
        "      - {text: 'O*NET 51-9195.05 Potters', occupation: 51-9195.05}"
    )
    releases = {"crosswalk-2010-2019": list_crosswalk(), **ALL}
    guess, known = pick(check(tmp_path / "a", {}, releases, {"P1": sources}), "source-retired")
    assert "guess, 27-1012.00 Craft Artists" in guess.remedy  # "Studio Potter"
    assert known.remedy == "In its place stands 51-9195.05 Potters, Manufacturing."
    assert (guess.severity, known.severity) == ("info", "info")
    review = check(tmp_path / "b", {}, {}, {"P1": sources})
    assert [(u.scheme, u.mappings) for u in review.unchecked] == [("onet-soc-2019", 3)]


@pytest.mark.parametrize("group", ["51-0000", "51-9190"])
def test_group_names_the_detailed_occupations_below(tmp_path: Path, group: str) -> None:
    (finding,) = pick(check(tmp_path, {"P1": [claim(group)]}), "mapping-detail")
    assert finding.severity == "warning"
    assert "51-9195 Potters, Manufacturing" in finding.remedy


def test_mapping_that_no_source_cites_names_the_cited(tmp_path: Path) -> None:
    cited = "sources: [{text: Kilns, occupation: 51-9051.00}, {text: Jugs, occupation: 51-9196.01}]"
    (finding,) = pick(check(tmp_path, {"P1": [claim("51-9195")]}, more={"P1": cited}), "mapping-uncited")
    assert finding.remedy.startswith("They cite 51-9051 Furnace, Kiln, and Oven Operators: map to")


def test_mapping_far_from_what_the_role_does_names_nearer_ones(tmp_path: Path) -> None:
    # Occupations among the first ten are no finding; here a dozen know pots better than packers do.
    potters = {code: f"Potters of Room {n}" for n, code in enumerate(ONET) if code.startswith("43-")}
    releases = {"onet-29.0": list_onet(potters), "soc-2018": list_soc()}
    (finding,) = pick(check(tmp_path / "a", {"P1": [claim("53-7064")]}, releases), "mapping-skills")
    assert not pick(check(tmp_path / "b", {"P1": [claim("53-7064")]}), "mapping-skills")
    assert finding.severity == "warning"
    assert "51-9195 Potters, Manufacturing" in finding.remedy
    assert "alternate: Potter" in finding.remedy


@pytest.mark.parametrize(
    ("level", "code", "severities"),
    [
        ("M1", "51-1011", []),
        ("M1", "11-3051", []),
        ("M3", "11-3051", []),
        ("M3", "51-1011", ["warning"]),
        ("P1", "51-1011", ["warning"]),
        ("P1", "11-3051", ["warning"]),
        ("M3", "51-9195", ["warning"]),
        ("P1", "19-2032", ["info"]),
        ("P2", "19-2032", []),
    ],
)
def test_occupation_fits_the_level(tmp_path: Path, level: str, code: str, severities: list[str]) -> None:
    findings = pick(check(tmp_path, {level: [claim(code)]}), "mapping-level")
    assert [finding.severity for finding in findings] == severities


def test_levels_that_no_table_names_are_not_judged() -> None:
    table = read_levels()
    assert table.find_misfits("X3", "supervisor", 1) == []
    assert [rule.name for rule in table.find_misfits("S2", "individual", 4)] == ["support-high"]
    assert [rule.name for rule in table.find_misfits("P6", "individual", 2)] == ["expert-low"]
    assert all(rule.reason for rule in table.rules)


def test_level_of_an_esco_occupation_is_that_of_its_isco_group(tmp_path: Path) -> None:
    mappings = {"P1": [claim("occupation/m", scheme="esco")], "M1": [claim("occupation/p", scheme="esco")]}
    findings = pick(check(tmp_path, mappings, {"esco-1.2.0": list_esco()}), "mapping-level")
    assert [finding.subject for finding in findings] == ["CLAY.POTS.P1", "CLAY.POTS.M1"]


def test_one_occupation_is_not_the_same_as_several_roles(tmp_path: Path) -> None:
    mappings = {"P1": [claim("51-9195", "exactMatch")], "P2": [claim("51-9195", "closeMatch")]}
    findings = pick(check(tmp_path / "a", mappings), "mapping-predicate-shared")
    assert [(f.severity, f.subject) for f in findings] == [
        ("warning", "CLAY.POTS.P1"),
        ("warning", "CLAY.POTS.P2"),
    ]
    wide = {"P1": [claim("51-9195")], "P2": [claim("51-9195", "exactMatch")]}
    assert not pick(check(tmp_path / "b", wide), "mapping-predicate-shared")


def test_what_mappings_leave_open_is_told_once_for_each_tool(tmp_path: Path) -> None:
    loose = "justification: UnspecifiedMatching, tool: guesser"
    mappings = {"P1": [claim("51-9195", rest=loose)], "P2": [claim("51-9195", rest=loose), claim("27-1012")]}
    review = check(tmp_path, mappings)
    (finding,) = pick(review, "mapping-confidence-missing")
    assert (finding.severity, finding.message) == (
        "info",
        "2 of 2 mappings by guesser do not say how sure they are.",
    )
    assert len(pick(review, "mapping-justification-unspecified")) == 1


def test_justification_that_other_tools_refuse_is_told(tmp_path: Path) -> None:
    mapping = claim("51-9195").replace("ManualMappingCuration", "DreamtMatching")
    assert "DreamtMatching" in mapping
    (finding,) = pick(check(tmp_path, {"P1": [mapping]}), "mapping-justification-unknown")
    assert finding.severity == "warning"
    assert "ManualMappingCuration" in finding.remedy


def test_new_name_of_an_occupation_is_told(tmp_path: Path) -> None:
    releases = {"onet-25.0": list_onet({"51-9195.05": "Pot Throwers"}), **ALL}
    (finding,) = pick(
        check(tmp_path, {"P1": [claim("51-9195.05", scheme="onet-soc-2019")]}, releases), "mapping-renamed"
    )
    assert finding.severity == "info"
    assert "was called Pot Throwers in ONET 25.0" in finding.message


def test_mappings_of_skills_are_checked_too(tmp_path: Path) -> None:
    mappings = {"throwing": [claim("no-such-tool", scheme="onet-technology")]}
    mappings["throwing"] += [claim("wheel-throwing-softwares", scheme="onet-technology")]
    finding, misspelt = pick(check(tmp_path, mappings), "mapping-missing")
    assert finding.remedy == "rolegraph mappings suggest throwing names some that fit."
    assert misspelt.remedy == "Map to wheel-throwing-software Wheel throwing software."
    assert (finding.subject, Path(finding.file or "").name) == ("throwing", "skills.yaml")


def test_forms_of_a_review(tmp_path: Path) -> None:
    review = check(tmp_path, {"P1": [claim("51-9194")], "M3": [claim("51-1011")]}, {"onet-29.0": list_onet()})
    make_adapter("mappings").validate_python(to_plain(review))
    header, rows = to_rows(review)
    assert len(rows) == len(review.findings) + len(review.unchecked)
    assert all(len(row) == len(header) for row in rows)
    assert "mapping-level" in write_sarif(review)
    text = describe_review(review)
    assert "import soc SRC -o DIR" in text
    assert "2 mappings checked by onet-29.0." in text


def test_shipped_data_without_a_release(capsys: pytest.CaptureFixture[str]) -> None:
    review = Architecture().check_mappings()
    assert {(f.rule, f.subject, f.severity) for f in review.findings if f.severity != "info"} == {
        ("mapping-level", "MANUFA.BIOPROCE4427.M3", "warning"),
        ("mapping-uncited", "PROCES.UPSTREAMDF5B.P1", "warning"),
    }
    assert {u.command for u in review.unchecked} == {
        "rolegraph import soc SRC -o DIR",
        "rolegraph import onet SRC -o DIR",
    }
    assert run(["mappings", "check"]) == 0
    assert run(["mappings", "check", "--strict", "--format", "sarif"]) == 1
    assert '"ruleId": "mapping-level"' in capsys.readouterr().out


def test_command_fails_on_violations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_pottery(tmp_path / "pottery", {"P1": [claim("51-9195")]})
    assert run(["mappings", "check", "--data", str(folder), "-o", str(tmp_path / "found.sarif")]) == 0
    assert (tmp_path / "found.sarif").read_text(encoding="utf-8").startswith("{")
    assert capsys.readouterr().out == ""
