"""ESCO releases: what is read of them in the form of 1.1 and of 1.2, what is left out and why, and what stops an import."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rolegraph.classifications import esco
from rolegraph.classifications.esco_concepts import find_key
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import open_package
from rolegraph.errors import InputError
from rolegraph.releases.kinds import CONCEPTS, LABELS, LINKS
from rolegraph.releases.rows import Concept, Label, Link, Row

HERE = Path(__file__).parent
OLD = HERE / "fixtures" / "classifications" / "esco-1.1.1"
NEW = HERE / "fixtures" / "classifications" / "esco-1.2.0"


def occ(number: int) -> str:
    return f"esco/occupation/00000000-0000-4000-8000-{number:012}"


def skill(number: int) -> str:
    return f"esco/skill/00000000-0000-4000-8000-{number:012}"


def load(path: Path, *languages: str) -> tuple[list[Row], Ledger]:
    ledger = Ledger()
    with open_package(path) as package:
        return list(esco.read(package, ledger, lambda _: None, languages)), ledger


def links(rows: list[Row], *kinds: str) -> list[tuple[str, str, str]]:
    return [(row.key, row.kind, row.other) for row in rows if isinstance(row, Link) and row.kind in kinds]


def labels(rows: list[Row], key: str, language: str = "en") -> list[tuple[str, str]]:
    return [
        (r.kind, r.text) for r in rows if isinstance(r, Label) and r.key == key and r.language == language
    ]


def fail(path: Path, *languages: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(path, *languages)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def old() -> tuple[list[Row], Ledger]:
    return load(OLD)


@pytest.fixture(scope="module")
def new() -> tuple[list[Row], Ledger]:
    return load(NEW)


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    return lambda source: Path(shutil.copytree(source, tmp_path / source.name))


def test_concepts_have_kind_name_definition_and_code(old: tuple[list[Row], Ledger]) -> None:
    found = {row.key: row[1:] for row in old[0] if isinstance(row, Concept)}
    assert found == {
        "esco/isco/C0": ("isco-group", "Armed forces occupations", "", "0"),
        "esco/isco/C01": ("isco-group", "Commissioned armed forces officers", "", "01"),
        # Its code column says 110.
        "esco/isco/C0110": ("isco-group", "Commissioned officers, last of their branch", "", "0110"),
        "esco/isco/C7": ("isco-group", "Craft workers", "They make things by hand.", "7"),
        "esco/isco/C7512": ("isco-group", "Bakers and confectioners", "They bake.", "7512"),
        occ(1): ("occupation", "baker", "Bakers bake bread.\nThey rise early.", "7512.1"),
        occ(2): ("occupation", "pastry baker", "Bakes cakes.", "7512.1.1"),
        occ(3): ("occupation", "oven tender", 'Tends ovens, "hot" ones.', "7512.2"),
        occ(4): ("occupation", "field bakery officer", "", "0110.1"),
        occ(5): ("occupation", "baker of a group that is not there", "", "9999.1"),
        occ(13): ("occupation", "baker with a comma at the end", "", "7512.8"),
        skill(900): ("skill-group", "skills", "", "S"),
        skill(901): ("skill-group", "making dough", "Mixing and kneading.", "S1"),
        "esco/isced-f/07": ("skill-group", "engineering, manufacturing and construction", "", ""),
        "esco/isced-f/0721": ("skill-group", "food processing", "", ""),
        skill(101): ("skill", "knead dough", "Work dough by hand.", ""),
        skill(102): ("knowledge", "food hygiene", "", ""),
        skill(103): ("skill", "plan a bake", "Order of doughs.", ""),
        skill(104): ("skill", "shape loaves", "", ""),
    }


def test_labels_stand_once_and_clean(old: tuple[list[Row], Ledger]) -> None:
    rows, ledger = old
    assert labels(rows, occ(1)) == [
        ("alternate", "bread baker"),
        ("alternate", "oven hand"),
        ("alternate", "Baker"),
        ("hidden", "bakr"),
        ("scope", "Excludes cooks.\nExcludes\nmillers."),
    ]
    assert labels(rows, occ(2)) == [("alternate", "confectioner"), ("alternate", "cake baker")]
    assert labels(rows, skill(901)) == [
        ("alternate", "doughs"),
        ("hidden", "doh"),
        ("scope", "Excludes:\n- batter"),
    ]
    repeated = [note for note in ledger.notes if "hidden labels" in note]
    assert repeated == [
        "occupations_en.csv: alternate or hidden labels that repeat another of their concept, not taken: 2",
        "occupations_en.csv: alternate or hidden labels that repeat the name of their concept, not taken: 1",
        "skills_en.csv: alternate or hidden labels that repeat the name of their concept, not taken: 1",
    ]


def test_concepts_that_cannot_be_used_are_counted_by_reason(old: tuple[list[Row], Ledger]) -> None:
    tallies = old[1].tallies
    assert tallies["ISCOGroups_en.csv"].skipped == {"repeated": 1}
    assert tallies["occupations_en.csv"].skipped == {
        "its URI is none of ESCO": 2,
        "its status is obsolete": 1,
        "its status is not known": 1,
        "it has no name": 1,
        "repeated": 1,
        "repeated with another name": 1,
        "fewer cells than the header has": 1,
        "more cells than the header has": 1,
        "blank row": 1,
    }
    assert tallies["occupations_en.csv"].marked == {"the definition beside its description is not taken": 1}
    assert tallies["skills_en.csv"].skipped == {"its status is obsolete": 1}


def test_every_row_is_accounted_for(old: tuple[list[Row], Ledger], new: tuple[list[Row], Ledger]) -> None:
    for _, ledger in (old, new):
        for tally in ledger.tallies.values():
            assert tally.rows == tally.taken + sum(tally.skipped.values()), tally
    assert old[1].tallies["occupations_en.csv"].rows == 16


def test_rows_are_of_known_kinds_and_name_concepts_that_stand_before_them(
    old: tuple[list[Row], Ledger], new: tuple[list[Row], Ledger]
) -> None:
    for rows, _ in (old, new):
        known: set[str] = set()
        for row in rows:
            if isinstance(row, Concept):
                assert row.kind in CONCEPTS
                known.add(row.key)
            elif isinstance(row, Label):
                assert row.kind in LABELS
                assert row.key in known
            else:
                assert row.kind in LINKS
                assert {row.key, row.other} <= known
        assert len(rows) == len(set(rows))


def test_occupations_stand_under_occupations_and_isco_groups(old: tuple[list[Row], Ledger]) -> None:
    rows, ledger = old
    assert [link for link in links(rows, "broader") if "skill" not in link[0] and "isced" not in link[0]] == [
        ("esco/isco/C01", "broader", "esco/isco/C0"),
        ("esco/isco/C0110", "broader", "esco/isco/C01"),
        ("esco/isco/C7512", "broader", "esco/isco/C7"),
        (occ(1), "broader", "esco/isco/C7512"),
        (occ(2), "broader", occ(1)),
        (occ(2), "broader", "esco/isco/C7512"),
        # By the column iscoGroup: no relation, or none that can be used, puts these under anything.
        (occ(3), "broader", "esco/isco/C7512"),
        (occ(4), "broader", "esco/isco/C0110"),
        (occ(13), "broader", "esco/isco/C7512"),
    ]
    assert ledger.tallies["broaderRelationsOccPillar.csv"].skipped == {
        "repeated": 1,
        "it is of an occupation or ISCO group that is not in the release": 1,
        "it points to an occupation or ISCO group that is not in the release": 1,
        "it is of an occupation or ISCO group that is not released": 1,
        "it points to a concept that is not an occupation or ISCO group": 1,
        "it closes a circle of concepts under one another": 1,
        "it puts a concept under itself": 1,
        "a URI in it is none of ESCO": 1,
        "blank row": 1,
    }
    assert "occupations under their ISCO group by the column iscoGroup alone: 3" in ledger.notes
    assert "occupations under nothing, since their ISCO group is not in the release: 1" in ledger.notes


def test_skills_have_several_parents_and_no_circle(old: tuple[list[Row], Ledger]) -> None:
    rows, ledger = old
    assert [link[::2] for link in links(rows, "broader") if "skill" in link[0] or "isced" in link[0]] == [
        (skill(901), skill(900)),
        ("esco/isced-f/0721", "esco/isced-f/07"),
        (skill(101), skill(901)),
        (skill(104), skill(901)),
        (skill(104), skill(101)),
        (skill(102), "esco/isced-f/0721"),
        (skill(102), skill(901)),
    ]
    assert ledger.tallies["broaderRelationsSkillPillar.csv"].skipped == {
        "it points to a skill or skill group that is not in the release": 1,
        "it is of a skill or skill group that is not released": 1,
        "it closes a circle of concepts under one another": 1,
    }
    told = "line 11 puts 'skills' under 'shape loaves', which is under it"
    assert f"broaderRelationsSkillPillar.csv: not taken: {told}" in ledger.notes


def test_what_is_essential_and_optional_is_essential(old: tuple[list[Row], Ledger]) -> None:
    rows, ledger = old
    assert links(rows, "essential", "optional") == [
        (occ(1), "essential", skill(101)),
        (occ(1), "optional", skill(102)),
        (occ(2), "essential", skill(101)),
        (occ(3), "essential", skill(103)),
        (skill(101), "optional", skill(102)),
        (skill(104), "essential", skill(101)),
    ]
    assert ledger.tallies["occupationSkillRelations.csv"].skipped == {
        "stated as essential too": 2,
        "repeated": 1,
        "it is of an occupation that is not in the release": 1,
        "it points to a skill that is not in the release": 1,
        "it points to a skill that is not released": 1,
        "it is of an occupation that is not released": 1,
        "it is neither essential nor optional": 1,
        "it points to a concept that is not a skill": 1,
        "a URI in it is none of ESCO": 1,
        "fewer cells than the header has": 1,
    }
    assert ledger.tallies["skillSkillRelations.csv"].skipped == {
        "it relates a skill to itself": 1,
        "it points to a skill that is not in the release": 1,
        "it is of a skill that is not in the release": 1,
    }


def test_names_come_in_every_language_of_the_folder(new: tuple[list[Row], Ledger]) -> None:
    rows, ledger = new
    assert labels(rows, occ(1), "de") == [
        ("preferred", "Bäcker/Bäckerin"),
        ("alternate", "Bäcker"),
        ("alternate", "Bäckerin"),
        ("hidden", "Baecker"),
        ("scope", "Ohne Köche."),
    ]
    assert labels(rows, occ(2), "de") == [("alternate", "Konditor")]
    assert labels(rows, skill(101), "fr") == [("preferred", "pétrir la pâte")]
    assert next(row for row in rows if row.key == occ(1)) == Concept(
        occ(1), "occupation", "baker", "Bakes.", "7512.1"
    )
    assert labels(rows, occ(1)) == [("alternate", "bread baker")]
    assert ledger.tallies["occupations_de.csv"].skipped == {
        "it has no name in de": 1,
        "not taken from occupations_en.csv": 1,
        "repeated": 1,
        "its status is obsolete": 1,
        "its URI is none of ESCO": 1,
    }
    assert ledger.tallies["occupations_de.csv"].marked == {"no preferred name in de": 1}
    assert [note for note in ledger.notes if "occupations_de.csv" in note] == [
        "occupations_de.csv: alternate or hidden labels that repeat another of their concept, not taken: 1"
    ]
    assert "definitions are in en only" in ledger.notes


def test_relations_are_read_in_one_language(new: tuple[list[Row], Ledger]) -> None:
    rows, ledger = new
    assert links(rows, "essential", "optional") == [
        (occ(1), "essential", skill(101)),
        (occ(1), "optional", skill(102)),
        (skill(101), "optional", skill(102)),
    ]
    assert len(links(rows, "broader")) == 4
    same = "states the same as occupationSkillRelations_en.csv"
    assert ledger.unread["occupationSkillRelations_de.csv"] == same


def test_files_and_columns_that_are_not_used_are_told(
    old: tuple[list[Row], Ledger], new: tuple[list[Row], Ledger]
) -> None:
    assert old[1].unread == {"conceptSchemes_en.csv": "not used", "skillsHierarchy_en.csv": "not used"}
    assert {name: reason for name, reason in new[1].unread.items() if "same" not in reason} == {
        "dictionary_en.csv": "not used",
        "greenShareOcc_en.csv": "not used",
        "greenSkillsCollection_en.csv": "not used",
        "notes.txt": "not a known table of an ESCO release",
    }
    assert "occupations_en.csv: columns that are not known, not read: 'nutsCode'" in new[1].notes
    assert new[1].missing == {
        "ISCOGroups_de.csv": "names of ISCO groups in de",
        "ISCOGroups_fr.csv": "names of ISCO groups in fr",
        "occupations_fr.csv": "names of occupations in fr",
        "skillGroups_fr.csv": "names of skill groups in fr",
    }
    with open_package(NEW) as package:
        every = set(package.names)
    assert every == {*new[1].tallies, *new[1].unread}


def test_languages_can_be_chosen() -> None:
    rows, ledger = load(NEW, "DE", "en")
    assert {row.language for row in rows if isinstance(row, Label)} == {"en", "de"}
    assert ledger.unread["skills_fr.csv"] == "language not asked for"
    assert fail(NEW, "en", "it", "sv") == [
        (
            "esco-1.2.0: the release has no names in 'it', 'sv' (it has en, de, fr); download it in that language too, "
            "and put its files into the same folder [language-missing]"
        )
    ]


def test_without_english_the_first_language_is_the_main_one(copy: Callable[[Path], Path]) -> None:
    folder = copy(NEW)
    for file in folder.glob("*_en.csv"):
        file.unlink()
    (folder / "broaderRelationsOccPillar_fr.csv").write_bytes(
        (folder / "broaderRelationsOccPillar_de.csv").read_bytes()
    )
    rows, ledger = load(folder)
    with open_package(folder) as package:
        assert esco.find_languages(package) == ("de", "fr")
    assert next(row for row in rows if row.key == skill(101)) == Concept(skill(101), "skill", "Teig kneten")
    assert labels(rows, skill(101), "fr") == [("preferred", "pétrir la pâte")]
    assert links(rows, "essential") == [(occ(1), "essential", skill(101))]
    assert ledger.unread["broaderRelationsOccPillar_fr.csv"] == (
        "states the same as broaderRelationsOccPillar_de.csv"
    )
    # One without a name in the main language is not taken.
    assert ledger.tallies["occupations_de.csv"].skipped["it has no name"] == 2


def test_tables_that_are_not_there_are_told(copy: Callable[[Path], Path]) -> None:
    folder = copy(OLD)
    for name in ("ISCOGroups_en", "broaderRelationsOccPillar", "skillSkillRelations"):
        (folder / f"{name}.csv").unlink()
    rows, ledger = load(folder)
    assert ledger.missing == {
        "ISCOGroups_en.csv": "ISCO groups",
        "broaderRelationsOccPillar.csv": "which occupation or ISCO group is under which",
        "skillSkillRelations.csv": "which skills build on which",
    }
    assert len(links(rows, "essential")) == 3
    assert "occupations under nothing, since their ISCO group is not in the release: 6" in ledger.notes

    (folder / "skills_en.csv").unlink()
    rows, ledger = load(folder)
    assert ledger.missing["skills_en.csv"] == "skills"
    assert ledger.unread["occupationSkillRelations.csv"] == "skills_en.csv is not there"
    assert {row.kind for row in rows if isinstance(row, Concept)} == {"occupation", "skill-group"}


def test_isco_groups_of_the_column_place_occupations_where_no_relations_are(
    copy: Callable[[Path], Path],
) -> None:
    folder = copy(NEW)
    for name in ("en", "de"):
        (folder / f"broaderRelationsOccPillar_{name}.csv").unlink()
    rows, _ = load(folder)
    assert [row for row in links(rows, "broader") if "occupation" in row[0]] == [
        (occ(number), "broader", "esco/isco/C7512") for number in (1, 2, 3)
    ]


def test_columns_that_are_not_there_are_told(copy: Callable[[Path], Path]) -> None:
    folder = copy(NEW)
    (folder / "skills_en.csv").write_text(
        f"conceptUri,preferredLabel\nhttp://data.europa.eu/{skill(101)},knead\n"
    )
    rows, ledger = load(folder)
    assert next(row for row in rows if row.key == skill(101)) == Concept(skill(101), "skill", "knead")
    lacking = "skillType, altLabels, hiddenLabels, scopeNote, definition, description"
    assert f"skills_en.csv: columns that are not there: {lacking}" in ledger.notes


def test_no_occupations_no_import(copy: Callable[[Path], Path]) -> None:
    folder = copy(OLD)
    table = folder / "occupations_en.csv"
    header = table.read_text(encoding="utf-8").splitlines()[0]
    table.write_text(header + "\n")
    assert fail(folder) == ["esco-1.1.1/occupations_en.csv: it has no rows; download it again [table-empty]"]
    table.write_text(f"{header}\n{'x,' * 13}x\n")
    assert fail(folder) == [
        (
            "esco-1.1.1/occupations_en.csv: none of its 1 rows can be used (1 its URI is none of ESCO); "
            "download it again [table-empty]"
        )
    ]
    table.unlink()
    assert fail(folder) == [
        (
            "esco-1.1.1: there is no table of occupations (occupations_en.csv, or that of another language); name the "
            "folder or zip file of an ESCO release in CSV, as it is downloaded [table-missing]"
        )
    ]


def test_headers_are_judged_together_before_the_first_row(copy: Callable[[Path], Path]) -> None:
    folder = copy(OLD)
    (folder / "skills_en.csv").write_text("conceptUri,title\n")
    (folder / "skillGroups_en.csv").write_bytes(b"")
    (folder / "occupationSkillRelations.csv").write_text("occupationUri,skillUri\n")
    with open_package(folder) as package, pytest.raises(InputError) as caught:
        next(esco.read(package, Ledger(), lambda _: None))
    assert [(p.rule, p.place.file if p.place else "") for p in caught.value.problems] == [
        ("table-empty", "esco-1.1.1/skillGroups_en.csv"),
        ("table-header", "esco-1.1.1/skills_en.csv"),
        ("table-header", "esco-1.1.1/occupationSkillRelations.csv"),
    ]


def test_a_table_in_latin_1_is_refused_with_its_line(copy: Callable[[Path], Path]) -> None:
    folder = copy(NEW)
    table = folder / "skills_de.csv"
    table.write_bytes(table.read_text(encoding="utf-8-sig").replace("Teig", "Kürbis").encode("latin-1"))
    (problem,) = fail(folder)
    assert "skills_de.csv" in problem
    assert "[text-encoding]" in problem


def test_deep_and_wide_hierarchies_and_long_circles_come_to_an_end(copy: Callable[[Path], Path]) -> None:
    folder, size = copy(NEW), 3_000
    uri = "http://data.europa.eu/esco/skill/s{}".format
    (folder / "skills_en.csv").write_text(
        "conceptUri,preferredLabel\n" + "".join(f"{uri(n)},skill {n}\n" for n in range(size))
    )
    chain = "".join(f"{uri(n)},{uri((n + 1) % size)}\n" for n in range(size))
    (folder / "broaderRelationsSkillPillar_en.csv").write_text("conceptUri,broaderUri\n" + chain)
    rows, ledger = load(folder, "en")
    tally = ledger.tallies["broaderRelationsSkillPillar_en.csv"]
    assert (tally.taken, dict(tally.skipped)) == (
        size - 1,
        {"it closes a circle of concepts under one another": 1},
    )
    assert len([link for link in links(rows, "broader") if "skill" in link[0]]) == size - 1


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("ESCO dataset - v1.1.1 - classification - en - csv", "1.1.1"),
        ("ESCO dataset - v1.2 - classification - de - csv (1)", "1.2"),
        ("esco-1.1.1", "1.1.1"),
        ("ESCO_v1.2.0_en", "1.2.0"),
        ("v1.2.1", "1.2.1"),
        ("esco", None),
        ("esco 15.05.2024", None),
        ("release 1.2", None),
        ("esco-2024", None),
    ],
)
def test_the_version_is_that_of_the_name(tmp_path: Path, name: str, version: str | None) -> None:
    shutil.copytree(NEW, tmp_path / name)
    with open_package(tmp_path / name) as package:
        assert esco.find_version(package) == version


def test_a_zip_file_gives_what_its_folder_gives(tmp_path: Path, old: tuple[list[Row], Ledger]) -> None:
    path = tmp_path / "ESCO dataset - v1.1.1 - classification - en - csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in OLD.iterdir():
            archive.write(file, f"{path.stem}/{file.name}")
    with open_package(path) as package:
        assert esco.recognize(package)
        assert esco.find_version(package) == "1.1.1"
    assert load(path)[0] == old[0]


def test_recognized_by_its_occupations(copy: Callable[[Path], Path], tmp_path: Path) -> None:
    folder = copy(NEW)
    with open_package(folder) as package:
        assert esco.recognize(package)
    for name in ("occupations_en.csv", "occupations_de.csv"):
        (folder / name).write_text("ID,TITLE\n1,baker\n")
    with open_package(folder) as package:
        assert not esco.recognize(package)
    (folder / "occupations_en.csv").write_text("")
    with open_package(folder) as package:
        assert esco.recognize(package)
    with open_package(HERE / "fixtures" / "onet") as package:
        assert not esco.recognize(package)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "http://data.europa.eu/esco/",
        "https://data.europa.eu/esco/skill/1",
        "http://data.europa.eu/esco/skill/1>",
        "http://data.europa.eu/esco/skill//1",
        "http://data.europa.eu/esco/skill/ 1",
        "http://data.europa.eu/esc/skill/1",
    ],
)
def test_other_uris_have_no_key(uri: str) -> None:
    assert find_key(uri) is None


def test_progress_names_each_table() -> None:
    told: list[str] = []
    with open_package(OLD) as package:
        list(esco.read(package, Ledger(), told.append))
    assert told[0] == "reading ISCOGroups_en.csv"
    assert len(told) == 8
