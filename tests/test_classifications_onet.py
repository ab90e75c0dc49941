"""O*NET text releases, read into rows: small ones in the forms of 25.0, 29.0 and 30.0."""

from __future__ import annotations

import shutil
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.classifications import onet
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.onet_technology import slug_technology
from rolegraph.classifications.package import open_package
from rolegraph.errors import InputError
from rolegraph.releases.kinds import CONCEPTS, LABELS, LINKS
from rolegraph.releases.rows import Concept, Label, Link, Row

FIXTURES = Path(__file__).parent / "fixtures" / "classifications"
IN_29, IN_25, IN_30 = (FIXTURES / f"onet-{version}" for version in ("29.0", "25.0", "30.0"))
REAL = Path(__file__).parents[1].parent / "shared" / "data" / "onet-29.0"

MANAGER, BAKER, WELDER, OTHER = (
    f"onet-soc-2019/{code}" for code in ("11-3051.00", "51-3011.00", "51-4121.00", "15-1299.00")
)
READING, LISTENING = "onet-element/2.A.1.a", "onet-element/2.A.1.b"


def read(path: Path) -> tuple[list[Row], Ledger]:
    ledger = Ledger()
    with open_package(path) as package:
        rows = list(onet.read(package, ledger, lambda table: None))
    check(rows, ledger)
    return rows, ledger


def check(rows: Iterable[Row], ledger: Ledger) -> None:
    """What holds of every release: each row of a table taken or skipped, each concept and link once, no loose end."""
    for tally in ledger.tallies.values():
        assert tally.rows == tally.taken + sum(tally.skipped.values()), tally
    concepts: set[str] = set()
    links: set[tuple[str, str, str]] = set()
    labels: set[Label] = set()
    for row in rows:
        if isinstance(row, Concept):
            assert row.kind in CONCEPTS
            assert row.label
            assert row.key not in concepts
            concepts.add(row.key)
        elif isinstance(row, Label):
            assert row.kind in LABELS
            assert row.text
            assert row not in labels
            labels.add(row)
        else:
            kind = LINKS[row.kind]
            assert len(row.figures) == len(kind.figures)
            assert list(row.flags) == [flag for flag in kind.flags if flag in row.flags]
            assert row[:3] not in links
            links.add(row[:3])
    assert {label.key for label in labels} <= concepts
    assert {key for key, _, _ in links} <= concepts
    assert {other for _, kind, other in links if kind != "broad-match"} <= concepts


def links(rows: Iterable[Row], kind: str) -> list[Link]:
    return [row for row in rows if isinstance(row, Link) and row.kind == kind]


def concepts(rows: Iterable[Row], kind: str) -> dict[str, str]:
    return {row.key: row.label for row in rows if isinstance(row, Concept) and row.kind == kind}


def texts(rows: Iterable[Row], kind: str) -> list[tuple[str, str]]:
    return [(row.key, row.text) for row in rows if isinstance(row, Label) and row.kind == kind]


@pytest.fixture(scope="module")
def release() -> tuple[list[Row], Ledger]:
    return read(IN_29)


# -- what a release is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("folder", "version"), [(IN_29, "29.0"), (IN_25, "25.0"), (IN_30, "30.0")])
def test_a_release_says_its_version_in_its_read_me_or_its_name(folder: Path, version: str) -> None:
    with open_package(folder) as package:
        assert onet.recognize(package)
        assert onet.find_version(package) == version


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("db_28_3_text", "28.3"),
        ("onet-25.1", "25.1"),
        ("onet", None),
        ("db_2024_05", None),
        ("abc-29.0", None),
    ],
)
def test_the_name_tells_the_version_where_nothing_else_does(
    tmp_path: Path, name: str, version: str | None
) -> None:
    shutil.copytree(IN_25, tmp_path / name)
    with open_package(tmp_path / name) as package:
        assert onet.find_version(package) == version


def test_another_release_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "occupations_en.csv").write_text("conceptType\n")
    with open_package(tmp_path) as package:
        assert not onet.recognize(package)
        assert onet.find_version(package) is None


def test_a_zip_file_as_it_is_downloaded_gives_the_rows_of_its_folder(
    tmp_path: Path, release: tuple[list[Row], Ledger]
) -> None:
    packed = tmp_path / "db_29_0_text.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(IN_29.iterdir()):
            archive.write(path, f"db_29_0_text/{path.name}")
    assert read(packed)[0] == release[0]


@pytest.mark.parametrize(
    ("name", "year", "told"),
    [
        ("onet-25.0", 2010, ""),
        ("onet-25.1", 2019, ""),
        ("onet-24.3", 2010, "24.3 is none of those that were tried"),
        ("onet-31.0", 2019, "31.0 is none of those that were tried"),
        ("tables", 2019, "does not say its version"),
    ],
)
def test_releases_to_25_0_follow_the_taxonomy_of_2010(
    tmp_path: Path, name: str, year: int, told: str
) -> None:
    shutil.copytree(IN_25, tmp_path / name)
    rows, ledger = read(tmp_path / name)
    soc = {2010: "soc-2010", 2019: "soc-2018"}[year]
    assert Link(f"onet-soc-{year}/15-1131.00", "broad-match", f"{soc}/15-1131") in rows
    assert any(told in note for note in ledger.notes)
    assert bool(told) == any("tried" in note or "version" in note for note in ledger.notes)


# -- what its tables say ----------------------------------------------------------------------------------------------


def test_occupations_stand_under_their_soc_code(release: tuple[list[Row], Ledger]) -> None:
    rows, ledger = release
    assert concepts(rows, "occupation") == {
        MANAGER: "Industrial Production Managers",
        BAKER: "Bakers",
        WELDER: "Welders, Cutters, Solderers, and Brazers",
        OTHER: "Computer Occupations, All Other",
    }
    assert Concept(BAKER, "occupation", "Bakers", 'Bake bread, and 12" cakes, by hand.') in rows
    assert Link(WELDER, "broad-match", "soc-2018/51-4121") in rows
    assert ledger.tallies["Occupation Data.txt"].skipped == {
        "repeated": 1,
        "there is no name": 1,
        "blank row": 1,
        "the code is not of the form NN-NNNN.NN": 1,
        "fewer cells than the header has": 1,
        "more cells than the header has": 1,
    }


def test_an_occupation_may_have_no_more_than_title_and_description(tmp_path: Path) -> None:
    shutil.copytree(IN_29, tmp_path / "onet-29.0")
    tables = tmp_path / "onet-29.0"
    with (tables / "Occupation Data.txt").open("a") as stream:
        stream.write("55-9999.00\tSoldiers\tServe.\n")
    of_it = [row for row in read(tables)[0] if row.key.endswith("/55-9999.00")]
    assert [type(row) for row in of_it] == [Concept, Link]


def test_elements_stand_under_the_nearest_of_which_the_reference_knows(
    release: tuple[list[Row], Ledger],
) -> None:
    rows, ledger = release
    above = {link.key: link.other for link in links(rows, "broader") if link.key.startswith("onet-element/")}
    assert above == {
        READING: "onet-element/2.A.1",
        LISTENING: "onet-element/2.A.1",
        "onet-element/2.A.1": "onet-element/2.A",
        "onet-element/2.A": "onet-element/2",
        "onet-element/2.C.9.z": "onet-element/2",
        "onet-element/4.A.1.a.1.I01": "onet-element/4.A.1.a.1",
        "onet-element/4.A.1.a.1.I01.D01": "onet-element/4.A.1.a.1.I01",
        "onet-element/4.A.1.a.1.I77.D01": "onet-element/4.A.1.a.1",
    }
    assert concepts(rows, "element")[LISTENING] == "Active Listening", "named by its ratings alone"
    assert concepts(rows, "activity")["onet-element/4.A.1.a.1.I01.D01"] == "Read a baking plan."
    assert ledger.tallies["IWA Reference.txt"].marked == {"what it is under is not in the reference": 1}


def test_ratings_keep_their_scales_and_what_makes_them_doubtful(release: tuple[list[Row], Ledger]) -> None:
    rows, ledger = release
    assert {(link.key, link.other): (link.figures, link.flags) for link in links(rows, "rating")} == {
        (MANAGER, READING): (("4.12", "4.50"), ()),
        (BAKER, READING): (("1.88", "1.00"), ("level-suppressed", "not-relevant")),
        (WELDER, READING): (("2.00", ""), ("importance-suppressed",)),
        (MANAGER, LISTENING): (("3.5", ""), ()),
        (BAKER, LISTENING): (("", ""), ("not-relevant",)),
        (OTHER, LISTENING): (("3.00", ""), ()),
        (BAKER, "onet-element/2.C.9.z"): (("5.00", "0.00"), ()),
        (BAKER, "onet-element/1.C.1.a"): (("4.00", ""), ()),
    }
    skills = ledger.tallies["Skills.txt"]
    assert (skills.rows, skills.taken) == (21, 8)
    assert skills.marked == {"suppressed": 2, "not relevant": 2, "a flag that is neither Y nor N": 1}
    assert skills.skipped == {
        "repeated": 1,
        "repeated with another value": 1,
        "no value is stated": 2,
        "the value is not a number": 1,
        "the importance is not within 1 to 5": 1,
        "the level is not within 0 to 7": 1,
        "scale XX is not used": 1,
        "there is no scale": 1,
        "the element is in no reference and has no name": 1,
        "the id is not of the form that such ids have": 1,
        "the occupation is not in Occupation Data": 1,
        "the code is not of the form NN-NNNN.NN": 1,
    }
    assert ledger.tallies["Knowledge.txt"].skipped == {"the element is rated in another table": 1}
    assert ledger.unread["Abilities.txt"] == "its values are by category"


def test_rows_of_a_rating_need_not_stand_together(tmp_path: Path, release: tuple[list[Row], Ledger]) -> None:
    tables = tmp_path / "onet-29.0"
    shutil.copytree(IN_29, tables)
    path = tables / "Knowledge.txt"
    header, *rest = path.read_text().splitlines()
    path.write_text("\n".join([header, *reversed(rest)]) + "\n")
    assert set(links(read(tables)[0], "rating")) == set(links(release[0], "rating"))


def test_technologies_are_told_apart_and_stand_under_commodities(release: tuple[list[Row], Ledger]) -> None:
    rows, ledger = release
    named = {label: key for key, label in concepts(rows, "technology").items()}
    assert list(named) == ["Adobe Acrobat", "C", "C++", "C#", "Oxygen/acetylene planner"]
    acrobat = named["Adobe Acrobat"]
    assert acrobat == "onet-technology/adobe-acrobat"
    assert (acrobat, "Adobe acrobat") in texts(rows, "alternate")
    assert {(link.key, link.other): link.flags for link in links(rows, "technology")} == {
        (MANAGER, acrobat): ("hot",),
        (BAKER, acrobat): ("hot", "in-demand"),
        (WELDER, acrobat): (),
        (OTHER, named["C"]): ("in-demand",),
        (OTHER, named["C++"]): ("hot", "in-demand"),
        (OTHER, named["C#"]): ("hot",),
        (WELDER, named["Oxygen/acetylene planner"]): (),
    }
    above = {(link.key, link.other) for link in links(rows, "broader")}
    assert {other for key, other in above if key == named["C"]} == {"unspsc/43232402", "unspsc/43231513"}
    assert ("unspsc/43232402", "unspsc/43232400") in above
    assert ("unspsc/43232400", "unspsc/43230000") in above
    assert ("unspsc/43230000", "unspsc/43000000") in above
    assert concepts(rows, "commodity")["unspsc/43231513"] == "Office suite software"
    tally = ledger.tallies["Technology Skills.txt"]
    assert tally.marked == {"no commodity": 1, "a flag that is neither Y nor N": 1}
    assert tally.skipped == {
        "repeated": 1,
        "there is no name": 1,
        "the occupation is not in Occupation Data": 1,
    }


@given(st.lists(st.text(st.sampled_from("Cc+#-. 1é\u0301/"), min_size=1, max_size=6), min_size=2, max_size=2))
def test_a_technology_s_code_follows_from_its_name_and_tells_it(names: list[str]) -> None:
    one, two = (unicodedata.normalize("NFC", " ".join(name.split())).casefold() for name in names)
    codes = [slug_technology(name) for name in names]
    assert (codes[0] == codes[1]) == (one == two)
    assert all(set(code) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for code in codes)


def test_tasks_have_occupations_and_activities(release: tuple[list[Row], Ledger]) -> None:
    rows, ledger = release
    assert concepts(rows, "task")["onet-task/102"] == 'Say "ready" when bread is done.'
    assert [(link.key, link.other, link.flags) for link in links(rows, "task")] == [
        (BAKER, "onet-task/101", ("core",)),
        (BAKER, "onet-task/102", ("supplemental",)),
        (WELDER, "onet-task/103", ()),
        (WELDER, "onet-task/104", ()),
        (MANAGER, "onet-task/102", ("core",)),
    ]
    assert [(link.key, link.other) for link in links(rows, "activity")] == [
        ("onet-task/101", "onet-element/4.A.1.a.1.I01.D01"),
        ("onet-task/102", "onet-element/4.A.1.a.1.I01.D01"),
    ]
    assert ledger.tallies["Task Statements.txt"].marked == {"the type of the task is not known": 1}
    assert ledger.tallies["Task Statements.txt"].skipped == {
        "repeated": 1,
        "repeated with another text": 1,
        "the id is that of a task with another text": 1,
        "the id is not of the form that such ids have": 1,
        "there is no name": 1,
    }
    assert ledger.tallies["Tasks to DWAs.txt"].skipped == {
        "repeated": 1,
        "the task is not one of the occupation's in Task Statements": 2,
        "the activity is not in DWA Reference": 1,
    }


def test_job_zones_say_what_they_ask_for(release: tuple[list[Row], Ledger]) -> None:
    rows, ledger = release
    assert concepts(rows, "job-zone") == {
        "onet-job-zone/2": "Job Zone Two: Some Preparation Needed",
        "onet-job-zone/3": "Job Zone 3",
    }
    assert texts(rows, "note") == [
        ("onet-job-zone/2", "Experience: Some helps."),
        ("onet-job-zone/2", "Education: School."),
        ("onet-job-zone/2", "SVP Range: (4.0 to < 6.0)"),
    ]
    assert [link[:3] for link in links(rows, "job-zone")] == [
        (BAKER, "job-zone", "onet-job-zone/2"),
        (WELDER, "job-zone", "onet-job-zone/3"),
    ]
    assert ledger.tallies["Job Zones.txt"].skipped == {
        "no job zone is stated": 1,
        "repeated": 1,
        "repeated with another job zone": 1,
        "the id is not of the form that such ids have": 1,
    }


def test_titles_are_kept_as_they_are_called(release: tuple[list[Row], Ledger]) -> None:
    rows, ledger = release
    assert [text for key, text in texts(rows, "alternate") if key == BAKER] == [
        "Bread Baker",
        "Master Baker (MB)",
        "Mistress Baker (MB)",
    ]
    assert texts(rows, "short") == [(BAKER, "MB")]
    assert texts(rows, "reported") == [(BAKER, "Baker")]
    welder = [text for key, text in texts(rows, "alternate") if key == WELDER]
    assert welder == ["Oxygen/acetylene Welder", "n/a", "P\u00e2tissier"]
    tally = ledger.tallies["Alternate Titles.txt"]
    assert (tally.rows, tally.taken) == (10, 7)
    assert tally.skipped == {
        "repeated": 1,
        "there is no name": 1,
        "the occupation is not in Occupation Data": 1,
    }


def test_related_occupations_have_tier_and_place(release: tuple[list[Row], Ledger]) -> None:
    rows, ledger = release
    assert [(link.key, link.other, link.figures, link.flags) for link in links(rows, "related")] == [
        (BAKER, WELDER, ("1",), ("primary-short",)),
        (BAKER, MANAGER, ("6",), ("primary-long",)),
        (MANAGER, BAKER, ("11",), ("supplemental",)),
        (MANAGER, WELDER, ("",), ()),
    ]
    tally = ledger.tallies["Related Occupations.txt"]
    assert tally.marked == {"no index": 1, "the tier is not known": 1}
    assert tally.skipped == {
        "related to itself": 1,
        "repeated": 1,
        "repeated with another tier or index": 1,
        "the occupation is not in Occupation Data": 2,
        "the code is not of the form NN-NNNN.NN": 1,
    }
    assert ledger.unread["Career Changers Matrix.txt"] == "Related Occupations.txt is read instead"
    assert ledger.unread["Interests.txt"] == "not used"
    assert list(ledger.missing) == ["Work Activities.txt"]


def test_a_release_of_the_form_of_25_0(tmp_path: Path) -> None:
    rows, ledger = read(IN_25)
    tester, programmer = "onet-soc-2010/15-1199.01", "onet-soc-2010/15-1131.00"
    assert [link[1:] for link in links(rows, "related") if link.key == programmer] == [
        ("related", tester, ("1",), ())
    ]
    assert ledger.tallies["Career Changers Matrix.txt"].skipped == {
        "the occupation is not in Occupation Data": 1
    }
    assert any("Career Changers Matrix.txt, without tiers" in note for note in ledger.notes)
    assert "Technology Skills.txt: columns that are not there: 'In Demand'" in ledger.notes
    assert links(rows, "technology") == [
        Link(programmer, "technology", "onet-technology/python", (), ("hot",))
    ]
    assert "commodities stand under no class" in ledger.missing["UNSPSC Reference.txt"]
    assert not any("\r" in cell for row in rows for cell in row if isinstance(cell, str))


def test_a_release_that_relates_nothing_says_so(tmp_path: Path) -> None:
    _, ledger = read(IN_30)
    assert ledger.missing["Related Occupations.txt"] == "which occupations are related is not known"


def test_work_styles_of_the_form_of_30_0_are_left_with_their_scales_named() -> None:
    rows, ledger = read(IN_30)
    tally = ledger.tallies["Work Styles.txt"]
    assert tally.skipped == {"scale WI is not used": 2, "scale DR is not used": 1}
    assert [link[2:] for link in links(rows, "rating")] == [("onet-element/1.D.1.c", ("3.25", ""), ())]
    assert concepts(rows, "element") == {
        "onet-element/1.D": "Work Styles",
        "onet-element/1.D.1.c": "Initiative",
    }
    assert "Occupation Data.txt: columns that are not known: 'Updated'" in ledger.notes


# -- what cannot be read ----------------------------------------------------------------------------------------------


def copy(tmp_path: Path, **tables: bytes | None) -> Path:
    """The release of the form of 29.0 with some tables in other bytes, or without them."""
    folder = tmp_path / "onet-29.0"
    shutil.copytree(IN_29, folder)
    for name, content in tables.items():
        path = folder / f"{name.replace('_', ' ')}.txt"
        path.unlink() if content is None else path.write_bytes(content)
    return folder


def refuse(folder: Path) -> str:
    with open_package(folder) as package, pytest.raises(InputError) as refused:
        list(onet.read(package, Ledger(), lambda table: None))
    return str(refused.value)


def test_every_wrong_header_is_told_before_any_row(tmp_path: Path) -> None:
    folder = copy(tmp_path, Skills=b"Code\tValue\n", Job_Zones=b"", Occupation_Data=b"O*NET-SOC Code\tName\n")
    with open_package(folder) as package, pytest.raises(InputError) as refused:
        next(onet.read(package, Ledger(), lambda table: None))
    told = str(refused.value)
    assert len(refused.value.problems) == 3
    assert "onet-29.0/Skills.txt:1" in told
    assert "'O*NET-SOC Code', 'Element ID', 'Scale ID', 'Data Value' are not there" in told
    assert "onet-29.0/Job Zones.txt" in told
    assert "the column 'Title' is not there" in told


def test_occupations_are_what_a_release_must_have(tmp_path: Path) -> None:
    assert "there is no Occupation Data.txt" in refuse(copy(tmp_path, Occupation_Data=None))


def test_a_table_of_no_occupation_is_refused(tmp_path: Path) -> None:
    assert "names no occupation" in refuse(
        copy(tmp_path, Occupation_Data=b"O*NET-SOC Code\tTitle\tDescription\n")
    )


def test_a_table_in_latin_1_is_refused(tmp_path: Path) -> None:
    content = "O*NET-SOC Code\tReported Job Title\n51-3011.00\tPâtissier\n".encode("latin-1")
    assert "0xE2 is not UTF-8" in refuse(copy(tmp_path, Sample_of_Reported_Titles=content))


def test_tables_that_are_not_there_leave_what_they_would_say_unknown(tmp_path: Path) -> None:
    folder = tmp_path / "onet-29.0"
    folder.mkdir()
    shutil.copy(IN_29 / "Occupation Data.txt", folder)
    shutil.copy(IN_29 / "Tasks to DWAs.txt", folder)
    rows, ledger = read(folder)
    assert {row.kind for row in rows} == {"occupation", "broad-match"}
    assert len(ledger.missing) == 16
    assert all(ledger.missing.values())
    assert ledger.tallies["Tasks to DWAs.txt"].skipped == {
        "the task is not one of the occupation's in Task Statements": 7
    }


def test_each_table_is_told_as_it_is_begun() -> None:
    told: list[str] = []
    with open_package(IN_25) as package:
        for _ in onet.read(package, Ledger(), told.append):
            pass
    assert told[0] == "Occupation Data.txt"
    assert sorted(told) == sorted(set(told))
    assert "Career Starters Matrix.txt" not in told


# -- the release of August 2024 ---------------------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.is_dir(), reason="no O*NET release is here (../shared/data/onet-29.0)")
def test_every_row_of_the_real_release_is_accounted_for() -> None:
    rows, ledger = read(REAL)
    with open_package(REAL) as package:
        assert onet.find_version(package) == "29.0"
    tallies = ledger.tallies
    assert {name: (tallies[f"{name}.txt"].rows, tallies[f"{name}.txt"].taken) for name in (
        "Occupation Data", "Alternate Titles", "Skills", "Knowledge", "Work Styles", "Related Occupations",
        "Technology Skills", "Task Statements", "Tasks to DWAs", "Job Zones", "Sample of Reported Titles",
    )} == {
        "Occupation Data": (1016, 1016), "Alternate Titles": (55_120, 55_120), "Skills": (61_530, 61_530),
        "Knowledge": (58_014, 58_014), "Work Styles": (14_064, 14_064), "Related Occupations": (18_460, 18_460),
        "Technology Skills": (32_470, 32_470), "Task Statements": (18_796, 18_796),
        "Tasks to DWAs": (23_233, 23_233), "Job Zones": (923, 923), "Sample of Reported Titles": (7_798, 7_798),
    }  # fmt: skip
    assert tallies["Skills.txt"].marked == {"suppressed": 124, "not relevant": 3302}
    assert sum(path.suffix == ".txt" for path in REAL.iterdir()) == len(tallies) + len(ledger.unread) + 1
    assert set(ledger.missing) == {"Abilities.txt", "Work Activities.txt"}
    assert ledger.notes == []
    counted = Counter(row.kind for row in rows)
    assert counted["rating"] == (61_530 + 58_014) // 2 + 14_064
    assert (counted["related"], counted["technology"], counted["task"]) == (
        18_460,
        32_470 + 8_749,
        18_796 * 2,
    )
    occupations = concepts(rows, "occupation")
    told = {row.key for row in rows if isinstance(row, Link) and row.kind != "broad-match"}
    assert len(set(occupations) - told) == 93, "occupations of which nothing but titles is told"
