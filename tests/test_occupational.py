"""What public releases say of the occupations of roles: on sheets, side by side, and as sheets of their own."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click import unstyle

import rolegraph
from bakery import write_bakery
from rolegraph.answers import Sheet
from rolegraph.cli.main import run
from rolegraph.errors import RequestError, UnknownError
from rolegraph.importing import import_release
from rolegraph.occupational.rows import SECTION
from rolegraph.report.sheets import describe_listing, describe_sheet
from rolegraph.report.sides import describe_comparison
from rolegraph.report.tables import to_markdown, to_rows

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
GOLDEN = Path(__file__).parent / "golden" / "occupational"
REGENERATE = "ROLEGRAPH_GOLDEN=write python -m pytest tests/test_occupational.py -k golden"
CROSSWALK = Path(__file__).parent / "fixtures" / "classifications" / "crosswalk"
ESCO = Path(__file__).parent / "fixtures" / "classifications" / "esco-1.2.0"
MAPPED = "{basis: implied, mappings: [%s]}"
CLAIM = "{scheme: %s, code: %s, predicate: %s, justification: ManualMappingCuration}"
FOCUSES = {
    "focuses/BAKE.BREAD.yaml": ("Bread", {
        "P1": [("soc-2018", "51-3011", "exactMatch")],
        "P3": [("soc-2018", "11-3051", "closeMatch")],
        "M1": [("soc-2018", "13-1021", "closeMatch")],
    }),
    "focuses/BAKE.CAKES.yaml": ("Cakes", {
        "P1": [("onet-soc-2019", "51-3011.00", "exactMatch"), ("soc-2018", "51-3011", "broadMatch")],
        "P2": [],
    }),
    "focuses/SHOP.GEN.yaml": ("Shop", {"P1": [("soc-2018", "41-2031", "exactMatch")]}),
}  # fmt: skip
RATING = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound"
    "\tUpper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source"
)
BASE = "Occupational base: {} (the occupation's, not the role's own)"
BREAD, PLANT, FARM, CAKE, SHOP = (
    "BAKE.BREAD.P1",
    "BAKE.BREAD.P3",
    "BAKE.BREAD.M1",
    "BAKE.CAKES.P1",
    "SHOP.GEN.P1",
)


def rate(
    code: str,
    element: str,
    name: str,
    importance: str,
    level: str,
    suppress: str = "N",
    relevant: str = "n/a",
) -> Iterator[str]:
    """The rows of importance and level of an element."""
    for scale, value in (("IM", importance), ("LV", level)):
        flags = f"{suppress if scale == 'IM' else 'N'}\t{relevant if scale == 'LV' else 'n/a'}"
        yield f"{code}\t{element}\t{name}\t{scale}\t{value}\t8\t0.1\tn/a\tn/a\t{flags}\t08/2023\tAnalyst"


def write_tables(folder: Path, titles: dict[str, str], *, content: bool = True) -> Path:
    """A tiny O*NET of our own, in the form of 29.0."""
    folder.mkdir(parents=True)
    baker, plant = "51-3011.00", "11-3051.00"
    tables = {
        "Occupation Data": ["O*NET-SOC Code\tTitle\tDescription"]
        + [f"{code}\t{title}\tDoes the work of {title.lower()}." for code, title in titles.items()]
    }
    if content:
        tables["Skills"] = [RATING]
        for number in range(12):
            value = f"{4.5 - number / 4:.2f}"
            tables["Skills"] += rate(baker, f"2.A.1.{chr(97 + number)}", f"Skill {number:02}", value, "2.50")
        tables["Skills"] += rate(baker, "2.B.1.a", "Doubtful skill", "5.00", "6.00", suppress="Y")
        tables["Skills"] += rate(baker, "2.B.1.b", "Needless skill", "1.25", "0.00", relevant="Y")
        tables["Skills"] += rate(plant, "2.A.1.a", "Skill 00", "1.50", "2.00")
        tables["Skills"] += rate(plant, "2.A.1.b", "Skill 01", "4.00", "2.00")
        tables["Knowledge"] = [RATING, *rate(baker, "2.C.4.a", "Food", "4.12", "4.50")]
        tables["Technology Skills"] = [
            "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand",
            *(
                f"{baker}\t{name}\t43232202\tOven software\t{hot}\t{wanted}"
                for name, hot, wanted in (("A oven", "N", "N"), ("B oven", "Y", "N"), ("C oven", "Y", "Y"))
            ),
        ]
        tables["Task Statements"] = [
            "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source",
            f"{baker}\t101\tKnead dough.\tCore\t20\t08/2023\tIncumbent",
            f"{baker}\t2\tSweep floors.\tSupplemental\t20\t08/2023\tIncumbent",
        ]
        tables["Alternate Titles"] = [
            "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)",
            *(f"{baker}\tBaker {number}\tn/a\t08" for number in range(1, 10)),
        ]
        tables["Sample of Reported Titles"] = [
            "O*NET-SOC Code\tReported Job Title\tShown in My Next Move",
            f"{baker}\tBaker 9\tY",
        ]
        tables["Related Occupations"] = [
            "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex",
            f"{baker}\t51-3011.01\tPrimary-Short\t1",
            f"{baker}\t{plant}\tSupplemental\t11",
        ]
        tables["Job Zone Reference"] = [
            "Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range",
            "2\tJob Zone Two\tSome helps.\tSchool.\tA year.\tBakers.\t(4.0 to < 6.0)",
        ]
        tables["Job Zones"] = [
            "O*NET-SOC Code\tJob Zone\tDate\tDomain Source",
            f"{baker}\t2\t08/2023\tAnalyst",
        ]
    for name, lines in tables.items():
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


TITLES = {
    "51-3011.00": "Bakers", "51-3011.01": "Cake Decorators", "11-3051.00": "Production Managers",
    "13-1021.00": "Farm Buyers",
}  # fmt: skip
WAGES = """\
AREA,AREA_TITLE,AREA_TYPE,NAICS,I_GROUP,OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,H_MEAN,A_MEAN,H_PCT10,H_PCT25,H_MEDIAN,\
H_PCT75,H_PCT90,A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90
01,Alabama,2,000000,cross-industry,51-3011,Bakers,detailed,10,1.00,"1,000",1,1,1,1,1,"1,000","1,000","1,000","1,000","1,000"
99,U.S.,1,000000,cross-industry,51-3011,Bakers,detailed,"1,500",20.5,"42,000",12,15,19.50,#,#,"25,000","31,000","40,000",#,#
99,U.S.,1,000000,cross-industry,11-3051,Managers,detailed,**,*,"99,000",*,*,*,*,*,"50,000",*,"90,000",*,*
99,U.S.,1,000000,cross-industry,13-1020,Buyers,broad,"900",30,"60,000",12,15,29,40,50,"25,000","31,000","58,000","70,000","80,000"
"""


def write_folder(folder: Path) -> Path:
    """A bakery whose roles are mapped, without a release."""
    write_bakery(folder)
    for name, (label, levels) in FOCUSES.items():
        lines = [f"focus: {Path(name).stem}", f"label: {label}", "levels:"]
        for level, claims in levels.items():
            lines.append(f"  {level}: {MAPPED % ', '.join(CLAIM % claim for claim in claims)}")
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("occupational")
    write_folder(place / "data")
    import_release("onet", write_tables(place / "onet", TITLES), place / "data", version="29.0")
    (place / "national_M2024_dl.csv").write_text(WAGES, encoding="utf-8")
    import_release("oews", place / "national_M2024_dl.csv", place / "data")
    import_release("esco", ESCO, place / "data", languages=["en", "de"])
    return place / "data"


@pytest.fixture(scope="module")
def jobs(folder: Path) -> rolegraph.Architecture:
    return rolegraph.load(folder)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> rolegraph.Architecture:
    return rolegraph.load(write_folder(tmp_path_factory.mktemp("bare") / "data"))


def read(sheet: Sheet, heading: str) -> list[tuple[str, str, str]]:
    """The entries of the section that is called so, or whose heading begins so."""
    exact = [section for section in sheet.sections if section.heading == heading]
    [section] = exact or [section for section in sheet.sections if section.heading.startswith(heading)]
    return [(entry.label, entry.text, entry.note) for entry in section.entries]


def find(sheet: Sheet, heading: str, label: str) -> list[tuple[str, str]]:
    return [(text, note) for known, text, note in read(sheet, heading) if known == label]


def head(jobs: rolegraph.Architecture, name: str) -> tuple[str, str, str]:
    sheet = jobs.show(name)
    return sheet.kind, sheet.code, sheet.label


def test_base_stands_under_its_mapping_and_says_whose_it_is(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show(BREAD)
    assert [s.heading for s in sheet.sections][-2:] == ["Classification mappings", BASE.format("51-3011")]
    assert read(sheet, "Occupational base")[:7] == [
        ("Occupation", "51-3011.00 Bakers", "O*NET 29.0 Database"),
        ("Also under this code", "51-3011.01 Cake Decorators", ""),
        ("Definition", "Does the work of bakers.", ""),
        ("Job zone", "Job Zone Two", ""),
        ("Job zone: education", "School.", ""),
        ("Job zone: experience", "Some helps.", ""),
        ("Job zone: job training", "A year.", ""),
    ]


def test_suppressed_ratings_are_last_and_marked_and_irrelevant_ones_left_out(
    jobs: rolegraph.Architecture,
) -> None:
    skills = find(jobs.show(BREAD), "Occupational base", "Skills")
    assert skills[0] == ("Skill 00", "importance 4.5 of 5, level 2.5 of 7")
    assert [text for text, _ in skills[:10]] == [f"Skill {number:02}" for number in range(10)]
    assert skills[10:] == [("10 of 13 shown", "all with --full")]
    every = find(jobs.show(BREAD, full=True), "Occupational base", "Skills")
    assert len(every) == 13
    unreliable = "importance 5 of 5, unreliable (suppressed by the source), level 6 of 7"
    assert every[-1] == ("Doubtful skill", unreliable)
    assert "Needless skill" not in {text for text, _ in every}


def test_technology_tasks_titles_and_related_are_chosen(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show(BREAD)
    base = "Occupational base"
    assert find(sheet, base, "Technology") == [
        ("C oven", "hot, in demand"),
        ("B oven", "hot"),
        ("A oven", ""),
    ]
    left = "1 not core is left out"
    assert find(sheet, base, "Tasks") == [("Knead dough.", "core"), (left, "all with --full")]
    [(names, note)] = find(sheet, base, "Alternate titles")
    assert names.startswith("9: Baker 9; Baker 1; Baker 2; ")
    assert note == "all with --full"
    assert find(sheet, base, "Related occupations") == [
        ("51-3011.01 Cake Decorators", "primary-short, 1"),
        ("1 less near is left out", "all with --full"),
    ]
    full = jobs.show(BREAD, full=True)
    assert find(full, base, "Tasks") == [("Knead dough.", "core"), ("Sweep floors.", "supplemental")]
    assert len(find(full, base, "Alternate titles")) == 9
    assert ("11-3051.00 Production Managers", "supplemental, 11") in find(full, base, "Related occupations")
    assert not [entry for entry in read(full, base) if "--full" in entry[2]]


def test_wages_keep_what_is_top_coded_or_missing(jobs: rolegraph.Architecture) -> None:
    annual, hourly, more = find(jobs.show(BREAD), "Occupational base", "Wages of the occupation")
    top = "above the highest figure that is published (top-coded)"
    assert annual[0] == (
        "median 40,000 USD a year; mean 42,000; 10th percentile 25,000; 25th percentile 31,000;"
        f" 75th percentile {top}; 90th percentile {top}; 1,500 employed"
    )
    assert hourly[0] == (
        "median 19.50 USD an hour; mean 20.50; 10th percentile 12.00; 25th percentile 15.00;"
        f" 75th percentile {top}; 90th percentile {top}; 1,500 employed"
    )
    assert annual[1] == hourly[1] == "U.S., May 2024"
    assert more == ("2 of 4 shown", "all with --full")
    assert len(find(jobs.show(BREAD, full=True), "Occupational base", "Wages of the occupation")) == 4
    annual, *_ = find(jobs.show(PLANT), "Occupational base", "Wages of the occupation")
    assert annual[0] == (
        "median 90,000 USD a year; mean 99,000; 10th percentile 50,000;"
        " not published: 25th percentile, 75th percentile, 90th percentile; employment not published;"
        " no hourly wage is published"
    )


def test_wages_of_the_broad_occupation_say_so(jobs: rolegraph.Architecture) -> None:
    [annual, hourly] = find(jobs.show(FARM), "Occupational base", "Wages of the occupation")
    assert annual[1] == "U.S., May 2024; of the broad occupation 13-1020, as 13-1021 has none"
    assert hourly[0].startswith("median 29.00 USD an hour; ")


def test_wages_of_all_of_a_soc_code_say_so_under_a_part_of_it(jobs: rolegraph.Architecture) -> None:
    told = find(jobs.show("51-3011.01"), "Occupational base", "Wages of the occupation")
    assert told[0][1] == "U.S., May 2024; of all of 51-3011, under which 51-3011.01 stands"


def test_base_ends_with_its_sources(jobs: rolegraph.Architecture) -> None:
    *_, onet, oews = read(jobs.show(BREAD), "Occupational base")
    assert onet[0] == oews[0] == "Source"
    assert onet[1].startswith(
        "O*NET 29.0 Database. This data includes information from the O*NET 29.0 Database"
    )
    assert onet[2] == "Creative Commons Attribution 4.0 International (CC BY 4.0)"
    assert "May 2024, U.S. Bureau of Labor Statistics." in oews[1]
    assert oews[2] == "Public domain"


def test_occupation_that_two_mappings_lead_to_stands_once(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show(CAKE)
    assert find(sheet, BASE.format("51-3011.00 Bakers"), "Job zone") == [("Job Zone Two", "")]
    assert read(sheet, BASE.format("51-3011")) == [
        ("Occupation", "the same as that of 51-3011.00, above", "")
    ]


def test_occupation_that_no_release_holds_names_the_command(
    jobs: rolegraph.Architecture, bare: rolegraph.Architecture
) -> None:
    first = read(jobs.show(SHOP), "Occupational base")[0]
    assert first == ("Not loaded", "the O*NET 29.0 Database holds nothing that stands under 41-2031", "")
    assert read(bare.show(BREAD), BASE.format("51-3011")) == [
        (
            "Not loaded", "no release that holds what stands under 51-3011 is here",
            "rolegraph import onet SRC -o DIR brings it",
        )
    ]  # fmt: skip
    assert not [s for s in bare.show("BAKE.CAKES.P2").sections if s.heading.startswith("Occupational")]


def test_release_that_was_cut_says_that_it_may_lack_an_occupation(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    tables = write_tables(tmp_path / "onet", TITLES)
    import_release("onet", tables, tmp_path / "data", version="29.0", coverage="mapped")
    [entry] = read(rolegraph.load(tmp_path / "data").show(SHOP), "Occupational base")
    assert entry[2] == "it was cut to what was mapped; rolegraph import onet SRC -o DIR brings it"


def test_forms_of_a_sheet_hold_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = {}
    for form in ("text", "json", "csv", "md"):
        assert run(["show", BREAD, "--data", str(folder), "--format", form]) == 0
        told[form] = capsys.readouterr().out
    sections = json.loads(told["json"])["sections"]
    assert sections[-1]["heading"] == BASE.format("51-3011")
    rows = [row for row in csv.reader(told["csv"].splitlines()) if row[1] == sections[-1]["heading"]]
    assert [row[2:] for row in rows] == [list(entry.values()) for entry in sections[-1]["entries"]]
    assert "Skill 00" in told["md"]
    assert "Skills                   • Skill 00 (importance 4.5 of 5, level 2.5 of 7)" in told["text"]
    assert "10 of 13 shown (all with --full)" in told["text"]
    assert run(["show", BREAD, "--data", str(folder), "--full"]) == 0
    assert "Doubtful skill" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "kind", "code", "label"),
    [
        ("51-3011.00", "occupation", "51-3011.00", "Bakers"),
        ("onet-soc-2019/51-3011.00", "occupation", "51-3011.00", "Bakers"),
        ("https://w3id.org/rolegraph/id/onet-soc-2019/51-3011.00", "occupation", "51-3011.00", "Bakers"),
        ("cake decorators", "occupation", "51-3011.01", "Cake Decorators"),
        ("51-3011", "occupation", "51-3011", "51-3011"),
        ("soc-2018/51-3011", "occupation", "51-3011", "51-3011"),
        ("2.A.1.a", "element", "2.A.1.a", "Skill 00"),
        ("c oven", "technology", "c-oven", "C oven"),
        ("onet-task/101", "task", "101", "Knead dough."),
        ("onet-job-zone/2", "job-zone", "2", "Job Zone Two"),
    ],
)
def test_whatever_a_release_holds_is_shown(
    jobs: rolegraph.Architecture, name: str, kind: str, code: str, label: str
) -> None:
    base = jobs.taxonomy.dataset.base
    assert head(jobs, name.replace("https://w3id.org/rolegraph/id/", base)) == (kind, code, label)
    assert describe_sheet(jobs.show(name.replace("https://w3id.org/rolegraph/id/", base)))


def test_entries_of_esco_are_found_by_code_iri_and_curie(jobs: rolegraph.Architecture) -> None:
    release = next(release for release in jobs.library.releases if release.family == "esco")
    index = jobs.library.open(release)
    concepts = [
        c for c in index.iterate_concepts("occupation", "isco-group", "skill", "knowledge") if c.label
    ]
    for concept in concepts:
        code = concept.key.removeprefix("esco/")
        sheet = jobs.show(concept.key)
        assert sheet.label == concept.label
        assert jobs.show(f"http://data.europa.eu/{concept.key}") == sheet
        assert jobs.show(f"<http://data.europa.eu/{concept.key}>") == sheet
        assert jobs.show(f"esco:{code}") == sheet
        if concept.notation and len(index.find_notation(concept.notation)) == 1:
            assert jobs.show(concept.notation) == sheet
    assert any(concept.notation for concept in concepts)


def test_sheet_of_an_occupation_names_its_place_and_the_roles_mapped_to_it(
    jobs: rolegraph.Architecture,
) -> None:
    soc = jobs.show("51-3011")
    assert ("occupation", "Bakers", "51-3011.00") in read(soc, "Holds")
    assert read(soc, "Profiles") == [
        ("exactMatch", "Bread — P1", BREAD),
        ("broadMatch", "Cakes — P1", CAKE),
        ("exactMatch", "Cakes — P1", f"{CAKE}; mapped to onet-soc-2019/51-3011.00"),
    ]
    whole = jobs.show("51-3011.00")
    assert ("detailed", "51-3011", "51-3011") in read(whole, "Within")
    assert read(whole, "Profiles") == [
        ("exactMatch", "Cakes — P1", CAKE),
        ("exactMatch", "Bread — P1", f"{BREAD}; mapped to soc-2018/51-3011"),
        ("broadMatch", "Cakes — P1", f"{CAKE}; mapped to soc-2018/51-3011"),
    ]
    # A definition is told once.
    texts = [entry.text for section in whole.sections for entry in section.entries]
    assert texts.count("Does the work of bakers.") == 1
    assert find(soc, "Occupation", "Not loaded")[0][1] == "rolegraph import soc SRC -o DIR brings it"


def test_sheet_of_an_element_names_the_occupations_that_rate_it(jobs: rolegraph.Architecture) -> None:
    assert read(jobs.show("2.A.1.b"), "Occupations that rate it highest") == [
        ("", "Bakers", "51-3011.00, importance 4.25, level 2.5"),
        ("", "Production Managers", "11-3051.00, importance 4, level 2"),
    ]
    # What no occupation rates reliably has no such section.
    assert not [s for s in jobs.show("2.B.1.a").sections if s.heading.startswith("Occupations that")]
    assert read(jobs.show("C oven"), "Occupations that use it") == [
        ("", "Bakers", "51-3011.00, hot, in demand")
    ]


def test_group_of_occupations_has_its_wages(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show("13-1020")
    assert find(sheet, "Occupational", "Wages of the occupation")[0][0].startswith("median 58,000 USD a year")


def test_two_releases_stand_side_by_side(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    for version, title in (("28.0", "Bread Bakers"), ("29.0", "Bakers")):
        tables = write_tables(tmp_path / version, {**TITLES, "51-3011.00": title})
        import_release("onet", tables, tmp_path / "data", version=version)
    jobs = rolegraph.load(tmp_path / "data")
    sheet = jobs.show("51-3011.00")
    assert sheet.label == "Bakers"
    terms = "Creative Commons Attribution 4.0 International (CC BY 4.0)"
    assert find(sheet, "Occupation", "Release") == [
        ("O*NET 29.0 Database", terms),
        ("O*NET 28.0 Database", f"{terms}; named Bread Bakers there"),
    ]
    assert jobs.show("bread bakers") == sheet
    assert find(jobs.show(BREAD), "Occupational base", "Occupation") == [
        ("51-3011.00 Bakers", "O*NET 29.0 Database")
    ]
    assert [item.code for item in jobs.list("releases").items] == ["onet-28.0", "onet-29.0"]


def test_unknown_codes_name_the_closest_or_the_command(
    jobs: rolegraph.Architecture, bare: rolegraph.Architecture
) -> None:
    with pytest.raises(UnknownError, match=r"nothing has the code 51-3011\.07; did you mean 51-3011\.0"):
        jobs.show("51-3011.07")
    with pytest.raises(
        UnknownError, match=r"17-2031 \(if it is a code of soc-2018, rolegraph import soc SRC"
    ):
        bare.show("17-2031")
    with pytest.raises(UnknownError, match="there is no profile or focus 'nowhere at all'"):
        jobs.show("nowhere at all")


@pytest.mark.parametrize("name", ["99-9999", "99-9999.00", "51-9999.99"])
def test_codes_of_occupations_are_near_to_none_of_another_kind_or_group(
    jobs: rolegraph.Architecture, name: str
) -> None:
    with pytest.raises(UnknownError) as caught:
        jobs.show(name)
    assert f"has the code {name}" in str(caught.value)
    assert all(code[:3] == name[:3] for code in caught.value.closest)


def test_entry_that_a_newer_release_no_longer_has_says_so(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    fewer = {code: title for code, title in TITLES.items() if code != "51-3011.01"}
    for version, titles in (("28.0", TITLES), ("29.0", fewer)):
        tables = write_tables(tmp_path / version, titles, content=False)
        import_release("onet", tables, tmp_path / "data", version=version)
    jobs = rolegraph.load(tmp_path / "data")
    gone = jobs.show("51-3011.01")
    assert find(gone, "Occupation", "Not in") == [("O*NET 29.0 Database", "no longer there")]
    assert find(gone, "Occupational base", "Occupation") == [
        ("51-3011.01 Cake Decorators", "O*NET 28.0 Database; the O*NET 29.0 Database no longer has it")
    ]
    assert find(jobs.show("51-3011.00"), "Occupation", "Not in") == []


def test_only_occupations_hold_occupations(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    tables = write_tables(tmp_path / "onet", TITLES)
    tasks = tables / "Task Statements.txt"
    tasks.write_text(tasks.read_text(encoding="utf-8").replace("\t101\t", "\t7512\t"), encoding="utf-8")
    import_release("onet", tables, tmp_path / "data", version="29.0")
    import_release("esco", ESCO, tmp_path / "data", languages=["en"])
    jobs = rolegraph.load(tmp_path / "data")
    with pytest.raises(RequestError, match="names 2 entries"):
        jobs.show("7512")
    assert {item.within for item in jobs.list("occupations", "7512").items} == {"esco"}


def test_entry_of_esco_is_headed_by_the_code_that_people_know(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show("7512.1")
    key = "esco/occupation/00000000-0000-4000-8000-000000000001"
    assert (sheet.kind, sheet.code) == ("occupation", "7512.1")
    assert find(sheet, "Occupation", "Key") == [(key, f"http://data.europa.eu/{key}")]
    # The wage statistics know no codes of ESCO, so they say nothing of it, not even that there is nothing.
    assert find(sheet, "Occupational base", "Wages of the occupation") == []


def test_graph_file_tells_that_releases_stand_beside_a_data_folder(folder: Path, tmp_path: Path) -> None:
    rolegraph.Architecture(folder).build(tmp_path / "out")
    sheet = rolegraph.Architecture(graph=tmp_path / "out" / "rolegraph.ttl").show(BREAD)
    notes = [note for label, _, note in read(sheet, "Occupational base") if label == "Not loaded"]
    assert notes == ["a graph file has no releases beside it; name its data folder with --data"]


def test_full_lists_activities_and_short_titles(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    fixture = Path(__file__).parent / "fixtures" / "classifications" / "onet-29.0"
    import_release("onet", fixture, tmp_path / "data")
    jobs = rolegraph.load(tmp_path / "data")
    index = jobs.library.open(jobs.library.releases[0])
    short = next(index.iterate_labels("short"))
    sheet = jobs.show(short.key, full=True)
    assert short.text in [text for text, _ in find(sheet, "Occupational base", "Short titles")]
    counted = [
        (code, *entry)
        for code in [concept.key for concept in index.iterate_concepts("occupation")]
        for entry in find(jobs.show(code), "Occupational base", "Work activities")
    ]
    assert counted
    for code, text, note in counted:
        assert note == "all with --full"
        listed = find(jobs.show(code, full=True), "Occupational base", "Work activities")
        assert text == f"{len(listed)} intermediate activities"


def test_label_of_several_entries_is_refused_with_their_keys(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    tables = write_tables(tmp_path / "onet", {**TITLES, "51-3011.01": "Bakers"}, content=False)
    import_release("onet", tables, tmp_path / "data", version="29.0")
    with pytest.raises(
        RequestError, match=r"names 2 entries .*onet-soc-2019/51-3011\.00 \(Bakers\); onet-soc-2019/51"
    ):
        rolegraph.load(tmp_path / "data").show("Bakers")


def test_name_of_a_role_is_the_roles(jobs: rolegraph.Architecture) -> None:
    assert head(jobs, "Bread — P1")[0] == "profile"
    assert head(jobs, "Cakes")[0] == "focus"


def compare(jobs: rolegraph.Architecture, *roles: str) -> dict[str, Sequence[str | None]]:
    return {row.row: row.values for row in jobs.compare(*roles).rows if row.section == SECTION}


def test_bases_stand_side_by_side(jobs: rolegraph.Architecture) -> None:
    rows = compare(jobs, BREAD, PLANT, FARM, "BAKE.CAKES.P2")
    assert list(rows) == [
        "Occupation", "Release", "Job zone", "Skills (most important)", "Knowledge (most important)",
        "Technology in demand", "Median wage", "Most different skills", "Licence", "Attribution",
    ]  # fmt: skip
    assert rows["Occupation"] == (
        "51-3011.00 Bakers", "11-3051.00 Production Managers", "13-1021.00 Farm Buyers", None,
    )  # fmt: skip
    assert rows["Job zone"] == ("Job Zone Two", None, None, None)
    skills = "Skill 00 4.5; Skill 01 4.25; Skill 02 4; Skill 03 3.75; Skill 04 3.5"
    assert rows["Skills (most important)"] == (skills, "Skill 01 4; Skill 00 1.5", None, None)
    assert rows["Technology in demand"] == ("C oven", None, None, None)
    assert rows["Median wage"] == (
        "40,000 USD a year (U.S., May 2024)",
        "90,000 USD a year (U.S., May 2024)",
        "58,000 USD a year (U.S., May 2024; of the broad occupation 13-1020, as 13-1021 has none)",
        None,
    )
    assert rows["Most different skills"] == (
        "Skill 00 4.5; Skill 01 4.25", "Skill 00 1.5; Skill 01 4", None, None,
    )  # fmt: skip
    assert rows["Licence"][3] is None
    assert "Public domain" in str(rows["Licence"][0])


def test_comparison_without_a_base_has_no_section(
    jobs: rolegraph.Architecture, bare: rolegraph.Architecture
) -> None:
    assert not compare(bare, BREAD, PLANT)
    assert not compare(jobs, "BAKE.CAKES.P2", SHOP)
    assert len(compare(jobs, CAKE, SHOP)) == 9


def test_equal_bases_are_left_out_with_differences(jobs: rolegraph.Architecture) -> None:
    rows = [r for r in jobs.compare(BREAD, CAKE, differences=True).rows if r.section == SECTION]
    assert not rows
    assert "Most different skills" not in compare(jobs, BREAD, CAKE)


def test_listings_tell_what_releases_hold(jobs: rolegraph.Architecture, bare: rolegraph.Architecture) -> None:
    own = {item.code for item in bare.list("occupations").items}
    listing = jobs.list("occupations")
    assert own <= {item.code for item in listing.items}
    onet = "O*NET 29.0 Database holds 4 occupations and groups (--in CODE lists those under a code)."
    assert onet in listing.notes
    assert onet in describe_listing(listing).replace("\n", " ")
    assert not bare.list("occupations").notes
    under = [(item.code, item.within) for item in jobs.list("occupations", "51-3011").items]
    assert under == [("51-3011.00", "onet-soc-2019"), ("51-3011.01", "onet-soc-2019")]
    scheme = {item.code for item in jobs.list("occupations", "onet-soc-2019").items}
    assert scheme == set(TITLES)
    with pytest.raises(UnknownError):
        jobs.list("occupations", "99-9999")


def test_releases_are_listed(jobs: rolegraph.Architecture, bare: rolegraph.Architecture) -> None:
    items = {item.code: item for item in jobs.list("releases").items}
    assert set(items) == {"esco-1.2.0", "oews-2024-05", "onet-29.0"}
    assert items["onet-29.0"].label == "O*NET 29.0 Database"
    assert items["onet-29.0"].note == "all; Creative Commons Attribution 4.0 International (CC BY 4.0)"
    assert [item.code for item in jobs.list("releases", "ONET").items] == ["onet-29.0"]
    assert not bare.list("releases").items
    with pytest.raises(UnknownError):
        jobs.list("releases", "nowhere")


def test_texts_are_the_golden_ones(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show(BREAD)
    base = Sheet(sheet.kind, sheet.code, sheet.label, sheet.sections[-2:])
    rows = tuple(row for row in jobs.compare(BREAD, PLANT).rows if row.section == SECTION)
    told = {
        "sheet": describe_sheet(base),
        "concept": describe_sheet(jobs.show("2.A.1.b")),
        "compare": describe_comparison(replace(jobs.compare(BREAD, PLANT), rows=rows)),
        "compare-md": to_markdown(to_rows(replace(jobs.compare(BREAD, PLANT), rows=rows))),
        "list": describe_listing(jobs.list("occupations", "51-3011")),
    }
    for name, text in told.items():
        file = GOLDEN / f"{name}.txt"
        if os.environ.get("ROLEGRAPH_GOLDEN") == "write":
            file.parent.mkdir(exist_ok=True)
            file.write_text(unstyle(text), encoding="utf-8")
        assert unstyle(text) == file.read_text(encoding="utf-8"), f"if this is meant: {REGENERATE}"


def test_code_of_several_entries_is_refused_with_their_keys(jobs: rolegraph.Architecture) -> None:
    with pytest.raises(RequestError, match=r"'2' names [0-9] entries .*onet-job-zone/2 \(Job Zone Two\)"):
        jobs.show("2")


def test_mapping_whose_title_is_not_loaded_names_the_command(jobs: rolegraph.Architecture) -> None:
    (text, note), *_ = [(t, n) for _, t, n in read(jobs.show(BREAD), "Classification mappings")]
    assert text == "51-3011"
    assert note.endswith("its title is not loaded: rolegraph import soc SRC -o DIR names it")


def test_skill_that_is_mapped_stands_on_the_sheet_of_its_element(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    skills = tmp_path / "data" / "skills.yaml"
    claim = CLAIM % ("onet-element", "2.A.1.a", "closeMatch")
    text = skills.read_text(encoding="utf-8").replace(
        "{label: Dough}", f"{{label: Dough, mappings: [{claim}]}}"
    )
    skills.write_text(text, encoding="utf-8")
    import_release("onet", write_tables(tmp_path / "onet", TITLES), tmp_path / "data", version="29.0")
    jobs = rolegraph.load(tmp_path / "data")
    sheet = jobs.show("2.A.1.a")
    assert (sheet.kind, sheet.label) == ("element", "Skill 00")
    assert read(sheet, "Skills mapped to it") == [("closeMatch", "Dough", "dough")]
    assert read(jobs.show("dough"), "Mappings")[0][1] == "2.A.1.a Skill 00"


def test_code_that_is_no_longer_in_use_names_what_took_its_place(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    import_release("crosswalk", CROSSWALK, tmp_path / "data")
    jobs = rolegraph.load(tmp_path / "data")
    index = jobs.library.open(jobs.library.releases[0])
    links = list(index.iterate_links("successor"))
    assert links
    for link in links:
        told = [text for text, _ in find(jobs.show(link.key), "Occupation", "Replaced by")]
        assert any(link.other.partition("/")[2] in text for text in told)


def test_every_form_of_a_comparison_has_the_bases(folder: Path, tmp_path: Path) -> None:
    for ending in ("txt", "json", "csv", "md", "xlsx", "html"):
        file = tmp_path / f"sides.{ending}"
        assert run(["compare", BREAD, PLANT, "--data", str(folder), "-o", str(file)]) == 0
        if ending != "xlsx":
            assert "Production Managers" in file.read_text(encoding="utf-8")


def test_nothing_of_releases_is_loaded_where_there_are_none(bare: rolegraph.Architecture) -> None:
    jobs = rolegraph.Architecture(bare.data)
    jobs.compare(BREAD, PLANT)
    jobs.show(BREAD)
    # The keys of releases take reading the shipped data.
    assert "keys" not in vars(jobs.library)


@pytest.mark.skipif(
    not (SHARED / "onet-29.0").is_dir(), reason="no O*NET release is here (../shared/data/onet-29.0)"
)
def test_real_releases_stand_under_the_shipped_roles(tmp_path: Path) -> None:
    import shutil

    data = Path(__file__).parents[1] / "data"
    shutil.copytree(data, tmp_path / "data")
    import_release("onet", SHARED / "onet-29.0", tmp_path / "data", coverage="mapped")
    import_release("oews", SHARED / "oews-may-2024", tmp_path / "data", coverage="mapped")
    jobs = rolegraph.load(tmp_path / "data")
    for profile in jobs.taxonomy.profiles:
        if not profile.mappings:
            continue
        sheet = jobs.show(profile.code)
        assert find(sheet, "Occupational base", "Occupation")[0][1] == "O*NET 29.0 Database"
        assert len(find(sheet, "Occupational base", "Skills")) == 11
        assert " employed" in find(sheet, "Occupational base", "Wages of the occupation")[0][0]
    skills = find(jobs.show("51-1011"), "Occupational base", "Skills")
    assert skills[0] == ("Active Listening", "importance 3.88 of 5, level 4 of 7")
    rows = compare(jobs, "MANUFA.BIOPROCE4427.M3", "PROCES.UPSTREAMDF5B.P1")
    assert rows["Median wage"] == (
        "71,190 USD a year (U.S., May 2024)",
        "100,590 USD a year (U.S., May 2024)",
    )
