"""The commands that make data folders: exit status, streams, forms, and that nothing is written that should not be."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import rolegraph
from rolegraph.cli.main import run
from rolegraph.errors import InputError, OutputError, RequestError
from rolegraph.incoming import import_table, ingest_pages, make_folder
from rolegraph.records import load_folder

HERE = Path(__file__).parent
PAGES = HERE / "fixtures" / "pages"
GOOD = [str(PAGES / "bakery_m2.txt"), str(PAGES / "harbour_p2.md")]
UK = HERE.parents[1] / "shared" / "data" / "uk-ddat" / "roles.csv"

SHEET = """\
Family,Job,Level,Title,Code,Skills,Median
Bakery,Bread,Junior,Baker,B-1,Kneading;Ovens,31000
Bakery,Bread,Senior,Senior baker,B-2,Kneading;Ovens;Hiring,39000
"""
MAP = """\
sheets:
  roles:
    columns: {function: Family, focus: Job, level: Level, title: Title, job_code: Code, skill: Skills, pay_median: Median}
    split: {skill: ";"}
    constants: {currency: EUR}
levels:
  map: {Junior: P1, Senior: P2, Master: P3}
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ROLEGRAPH_DATA", raising=False)
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    (tmp_path / "roles.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    return tmp_path


def list_files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".rolegraph.lock"
    }


def test_pages_become_a_folder_that_every_command_works_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", *GOOD, "-o", "made", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["folder", "applied", "read", "refused", "written", "changes", "notes"]
    assert (answer["read"], answer["applied"], answer["refused"]) == (2, True, [])
    assert run(["--data", "made", "build", "-o", "out"]) == 0
    assert run(["--data", "made", "adjacent", "BAKERY.SOURDOUG7C21.M2"]) == 0
    assert run(["--data", "made", "path", "BAKERY.SOURDOUG7C21.M1", "BAKERY.SOURDOUG7C21.M3"]) == 0
    placeholders = [
        finding
        for finding in rolegraph.load("made").validate().findings
        if finding.rule == "dataset-placeholder"
    ]
    assert {finding.file for finding in placeholders} == {"made/dataset.yaml"}
    assert len({finding.line for finding in placeholders}) == 7


def test_nothing_is_written_unless_all_pages_are_good(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    (place / "bad.txt").write_bytes(b"")
    (place / "worse.txt").write_bytes(b"\x00\x01")
    assert run(["ingest", *GOOD, "bad.txt", "worse.txt", "gone.txt", "-o", "made"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    for name in ("bad.txt", "worse.txt", "gone.txt"):
        assert name in told.err
    assert not (place / "made").exists()


def test_good_pages_are_taken_and_the_others_told(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    (place / "bad.txt").write_bytes(b"")
    assert run(["ingest", *GOOD, "bad.txt", "-o", "made", "--keep-going"]) == 1
    told = capsys.readouterr()
    assert "bad.txt" in told.err
    assert "2 pages read, 1 file refused" in told.out
    assert len(list((place / "made" / "focuses").glob("*.yaml"))) == 2
    assert run(["ingest", "bad.txt", "-o", "none", "--keep-going"]) == 2
    assert not (place / "none").exists()


def test_a_folder_of_pages_may_be_named(place: Path) -> None:
    (place / "pages").mkdir()
    with pytest.raises(RequestError, match="holds no page"):
        ingest_pages(["pages"], "made")
    for page in GOOD:
        (place / "pages" / Path(page).name).write_bytes(Path(page).read_bytes())
    assert ingest_pages("pages", "made").read == 2
    with pytest.raises(RequestError, match="no page is named"):
        ingest_pages([], "none")


def test_the_order_of_pages_and_the_way_they_are_named_change_no_byte(place: Path) -> None:
    ingest_pages(GOOD, "one")
    ingest_pages(list(reversed(GOOD)), "two")
    assert list_files(place / "one") == list_files(place / "two")


@pytest.mark.parametrize("after", range(14))
def test_an_import_that_is_killed_is_known_and_finished_by_the_next(after: int, place: Path) -> None:
    """Killed before the n-th file is put in its place: no command takes a part for the whole."""
    script = f"""
import os, pathlib
from rolegraph.incoming import import_table
left = [{after}]
real = pathlib.Path.replace
def replace(self, target):
    if left[0] == 0:
        os._exit(9)
    left[0] -= 1
    return real(self, target)
pathlib.Path.replace = replace
import_table("roles.csv", "map.yaml", "made")
"""
    import_table("roles.csv", "map.yaml", "whole")
    files = len(list_files(place / "whole"))
    killed = subprocess.run([sys.executable, "-c", script], cwd=place, check=False)
    assert killed.returncode == (9 if after < files else 0)
    if killed.returncode:
        with pytest.raises(InputError, match="folder-unfinished"):
            rolegraph.load("made")
        import_table("roles.csv", "map.yaml", "made")
    assert list_files(place / "made") == list_files(place / "whole")
    assert rolegraph.load("made").taxonomy == rolegraph.load("whole").taxonomy


def kill_a_large_import(after: int) -> None:
    """An import of so many roles that they go to JSON Lines, killed before the n-th file is put in its place."""
    sheet = "Family,Job,Level,Title\n" + "".join(f"Bakery,Job {n},Junior,Baker {n}\n" for n in range(501))
    Path("large.csv").write_text(sheet, encoding="utf-8")
    columns = "{function: Family, focus: Job, level: Level, title: Title}"
    text = f"sheets: {{large: {{columns: {columns}}}}}\nlevels: {{map: {{Junior: P1}}}}\n"
    Path("large.yaml").write_text(text, encoding="utf-8")
    script = f"""
import os, pathlib
from rolegraph.incoming import import_table
left = [{after}]
real = pathlib.Path.replace
def replace(self, target):
    if left[0] == 0:
        os._exit(9)
    left[0] -= 1
    return real(self, target)
pathlib.Path.replace = replace
import_table("large.csv", "large.yaml", "made")
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9


@pytest.mark.parametrize("after", [10, 11, 12])
def test_a_large_import_that_is_killed_leaves_no_role_twice(after: int, place: Path) -> None:
    kill_a_large_import(after)
    assert (place / "made" / "focuses" / "roles.jsonl").exists() == (after > 10)
    import_table("large.csv", "large.yaml", "made")
    import_table("large.csv", "large.yaml", "whole")
    assert list_files(place / "made") == list_files(place / "whole")
    assert len(rolegraph.load("made").taxonomy.focuses) == 501


def test_what_a_person_put_beside_an_import_that_was_killed_is_not_lost(place: Path) -> None:
    kill_a_large_import(11)
    own = place / "made" / "focuses" / "BAKERY.OWN.yaml"
    own.write_text("focus: BAKERY.OWN\nlabel: Own\nlevels: {P1: {basis: documented}}\n", encoding="utf-8")
    left = list_files(place / "made")
    with pytest.raises(OutputError, match=r"focuses/BAKERY.OWN.yaml.*cut off.*move that out"):
        import_table("large.csv", "large.yaml", "made")
    assert list_files(place / "made") == left
    own.rename(place / "own.yaml")
    import_table("large.csv", "large.yaml", "made")
    assert len(rolegraph.load("made").taxonomy.focuses) == 501


def test_a_mark_that_names_files_elsewhere_removes_none_of_them(place: Path) -> None:
    (place / "made").mkdir()
    names = "fresh\n../roles.csv\n/etc/hostname\nREADME.md\n"
    (place / "made" / ".rolegraph.unfinished").write_text(names, encoding="utf-8")
    (place / "made" / "README.md").write_text("Ours.\n", encoding="utf-8")
    import_table("roles.csv", "map.yaml", "made")
    assert (place / "roles.csv").read_text(encoding="utf-8") == SHEET
    assert (place / "made" / "README.md").read_text(encoding="utf-8") == "Ours.\n"


def test_changes_that_are_killed_are_known_and_made_by_the_next(place: Path) -> None:
    import_table("roles.csv", "map.yaml", "made")
    (place / "made" / ".rolegraph.unfinished").write_text("changes\n", encoding="utf-8")
    assert run(["--data", "made", "path", "B-1", "B-2"]) == 2
    import_table("roles.csv", "map.yaml", "made")
    with pytest.raises(InputError, match="folder-unfinished"):
        rolegraph.load("made")
    import_table("roles.csv", "map.yaml", "made", apply=True)
    assert rolegraph.load("made").find_profile("B-2")


def test_comments_that_a_person_wrote_stay(place: Path) -> None:
    ingest_pages(GOOD[:1], "made")
    skills = place / "made" / "skills.yaml"
    skills.write_text(skills.read_text(encoding="utf-8") + "  # ours, to be looked at\n", encoding="utf-8")
    ingest_pages(GOOD[1:], "made")
    assert "# ours, to be looked at" in skills.read_text(encoding="utf-8")


@pytest.mark.parametrize("counts", ["4,x", "", "4;5", "٣"])
def test_counts_that_are_none_are_refused(counts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", GOOD[0], "-o", "made", "--responsibilities", counts]) == 2
    assert "whole numbers" in capsys.readouterr().err


def test_a_table_is_imported_at_once_and_changed_on_request(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    command = ["import", "table", "roles.csv", "--map", "map.yaml", "-o", "made"]
    assert run(command) == 0
    assert "added 1 function, 3 skills, 1 focus, 2 profiles" in capsys.readouterr().out
    before = list_files(place / "made")
    changed = SHEET.replace("39000", "41000").replace("Senior baker", "Master baker") + (
        "Bakery,Cakes,Junior,Confectioner,C-1,Icing,33000\n"
    )
    (place / "roles.csv").write_text(changed, encoding="utf-8")
    assert run(command) == 0
    shown = capsys.readouterr().out
    assert "say --apply" in shown
    assert "title: Senior baker -> Master baker" in shown
    assert "pay.median: 39000 -> 41000" in shown
    assert list_files(place / "made") == before
    assert run([*command, "--apply"]) == 0
    jobs = rolegraph.load("made")
    assert jobs.show("b-2").label == "Master baker"
    assert jobs.find_profile("C-1").startswith("BAKERY.CAKES")
    (place / "roles.csv").write_text(
        SHEET.splitlines()[0] + "\n" + SHEET.splitlines()[1] + "\n", encoding="utf-8"
    )
    assert run([*command, "--apply"]) == 0
    assert "retired 1 focus, 2 profiles" in capsys.readouterr().out
    with pytest.raises(RequestError, match=r"it stood at D3\)"):
        rolegraph.load("made").find_profile("B-2")


def test_a_renamed_file_takes_the_place_of_the_one_it_was(place: Path) -> None:
    import_table("roles.csv", "map.yaml", "made")
    (place / "roles.csv").rename(place / "roles v2.csv")
    answer = import_table("roles v2.csv", "map.yaml", "made", known_as="roles.csv")
    assert (answer.changes, answer.applied) == ((), False)
    (place / "roles v2.csv").write_text(SHEET.replace("Senior baker", "Master baker"), encoding="utf-8")
    unknown = import_table("roles v2.csv", "map.yaml", "made")
    assert not unknown.applied, "roles that are there are not changed without being asked"


def test_a_name_that_was_never_imported_is_refused_with_those_that_were(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    with pytest.raises(RequestError, match="no table was imported into this folder yet; leave out --as"):
        import_table("roles.csv", "map.yaml", "made", known_as="roles.csv")
    assert not (place / "made").exists()
    import_table("roles.csv", "map.yaml", "made")
    (place / "others.csv").write_text("Family,Job,Level,Title\nPort,Berths,Junior,Hand\n", encoding="utf-8")
    columns = "{function: Family, focus: Job, level: Level, title: Title}"
    (place / "others.yaml").write_text(
        f"sheets: {{roles: {{columns: {columns}}}}}\nlevels: {{map: {{Junior: P1}}}}\n", encoding="utf-8"
    )
    import_table("others.csv", "others.yaml", "made")
    before = list_files(place / "made")
    command = ["import", "table", "roles.csv", "--map", "map.yaml", "-o", "made", "--apply", "--as"]
    assert run([*command, "Other.csv"]) == 2
    assert "those that were: others.csv, roles.csv" in capsys.readouterr().err
    assert run([*command, "role.csv"]) == 2
    assert "those that were: roles.csv, others.csv" in capsys.readouterr().err
    assert list_files(place / "made") == before


def test_a_table_that_states_the_roles_of_another_is_asked_about(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    import_table("roles.csv", "map.yaml", "made")
    before = list_files(place / "made")
    added = SHEET + "Bakery,Cakes,Junior,Confectioner,C-1,Icing,33000\n"
    (place / "v2.csv").write_text(added, encoding="utf-8")
    answer = import_table("v2.csv", "map.yaml", "made")
    [note] = [note for note in answer.notes if note.rule == "table-renamed"]
    assert (note.severity, note.file) == ("warning", "v2.csv")
    assert note.message == "2 of the 3 roles of v2.csv were imported from roles.csv"
    assert "say --as roles.csv" in note.remedy
    assert not answer.applied
    assert list_files(place / "made") == before
    few = SHEET.splitlines()[0] + "".join(
        f"\nBakery,Cakes,{level},Confectioner {level},,Icing,33000" for level in ("Junior", "Senior")
    )
    (place / "few.csv").write_text(few + "\n" + SHEET.splitlines()[1] + "\n", encoding="utf-8")
    rules = {note.rule for note in import_table("few.csv", "map.yaml", "made").notes}
    assert "table-renamed" not in rules, "one of three roles is not most of them"
    assert import_table("v2.csv", "map.yaml", "made", apply=True).applied
    assert "table-renamed" not in {note.rule for note in import_table("v2.csv", "map.yaml", "made").notes}


def test_a_job_code_that_a_renamed_table_takes_is_told_with_the_way_out(place: Path) -> None:
    text = SHEET + "Bakery,Bread,Master,Head baker,B-3,Kneading,50000\n"
    (place / "roles.csv").write_text(text, encoding="utf-8")
    import_table("roles.csv", "map.yaml", "made")
    # The senior baker has gone, and the head baker has got that job code.
    lines = text.splitlines()
    (place / "v2.csv").write_text(
        "\n".join([lines[0], lines[1], lines[3].replace("B-3", "B-2")]) + "\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        import_table("v2.csv", "map.yaml", "made")
    [problem] = caught.value.problems
    assert problem.rule == "job-code-taken"
    assert problem.remedy.startswith("if v2.csv takes the place of roles.csv, say --as roles.csv; else give")
    assert import_table("v2.csv", "map.yaml", "made", known_as="roles.csv", apply=True).applied


def read_hashes(folder: Path) -> list[str]:
    return (folder / "tables.csv").read_text(encoding="utf-8").splitlines()


def test_the_bytes_of_a_table_are_kept_and_refreshed_on_request(place: Path) -> None:
    assert "tables.csv" in import_table("roles.csv", "map.yaml", "made").written
    first = hashlib.sha256(SHEET.encode()).hexdigest()
    assert read_hashes(place / "made") == ["file,sha256", f"roles.csv,{first}"]
    assert import_table("roles.csv", "map.yaml", "made").notes == ()
    # The rows have changed places, and what they say is the same.
    lines = SHEET.splitlines()
    moved = "\n".join([lines[0], lines[2], lines[1]]) + "\n"
    (place / "roles.csv").write_text(moved, encoding="utf-8")
    before = list_files(place / "made")
    answer = import_table("roles.csv", "map.yaml", "made")
    assert (answer.changes, answer.applied, answer.written) == ((), False, ())
    assert [note.rule for note in answer.notes] == ["table-changed"]
    assert list_files(place / "made") == before
    answer = import_table("roles.csv", "map.yaml", "made", apply=True)
    assert (answer.changes, answer.notes) == ((), ())
    assert answer.written[-2:] == ("cells.csv", "tables.csv")
    second = hashlib.sha256(moved.encode()).hexdigest()
    assert read_hashes(place / "made") == ["file,sha256", f"roles.csv,{second}"]
    after = list_files(place / "made")
    assert {name for name in after if after[name] != before[name]} == {"cells.csv", "tables.csv"}
    assert import_table("roles.csv", "map.yaml", "made", apply=True).written == ()


def test_a_file_that_takes_the_place_of_another_is_kept_under_its_name(place: Path) -> None:
    import_table("roles.csv", "map.yaml", "made")
    (place / "v2.csv").write_text(SHEET + "\n", encoding="utf-8")
    import_table("v2.csv", "map.yaml", "made", known_as="roles.csv", apply=True)
    assert read_hashes(place / "made")[1:] == [
        f"roles.csv,{hashlib.sha256((SHEET + chr(10)).encode()).hexdigest()}"
    ]


def test_hashes_that_are_none_are_told(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    import_table("roles.csv", "map.yaml", "made")
    (place / "made" / "tables.csv").write_text("file,sha256\nroles.csv,12\n", encoding="utf-8")
    assert run(["import", "table", "roles.csv", "--map", "map.yaml", "-o", "made", "--apply"]) == 2
    assert "tables.csv:2" in capsys.readouterr().err


def test_a_retired_role_keeps_its_job_code_and_is_not_found_for_it(place: Path) -> None:
    import_table("roles.csv", "map.yaml", "made")
    # The junior's row is gone; its job code has gone to the senior.
    lines = SHEET.splitlines()
    (place / "roles.csv").write_text(f"{lines[0]}\n{lines[2].replace('B-2', 'B-1')}\n", encoding="utf-8")
    import_table("roles.csv", "map.yaml", "made", apply=True)
    jobs = rolegraph.load("made")
    retired = [p for p in jobs.taxonomy.profiles if p.retired is not None]
    assert [p.job_code for p in retired] == ["B-1"]
    assert "job-code-unique" not in {finding.rule for finding in jobs.validate().findings}
    places = load_folder(place / "made").places
    assert places.find_cell("focus", retired[0].focus, "levels", retired[0].level, "job_code") is None


def test_findings_name_the_cells_they_come_from(place: Path) -> None:
    (place / "roles.csv").write_text(SHEET.replace("B-2", "B-1"), encoding="utf-8")
    import_table("roles.csv", "map.yaml", "made")
    found = [f for f in rolegraph.load("made").validate().findings if f.rule == "job-code-unique"]
    assert {finding.cell for finding in found} == {"roles.csv E2", "roles.csv E3"}


def test_problems_of_a_table_are_told_at_once_with_their_cells(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    text = SHEET.replace("Senior,Senior", "Seniour,Senior").replace("31000", "lots")
    (place / "roles.csv").write_text(text, encoding="utf-8")
    assert run(["import", "table", "roles.csv", "--map", "map.yaml", "-o", "made"]) == 2
    told = capsys.readouterr().err
    assert "roles.csv C3" in told
    assert "Senior" in told
    assert "roles.csv G2" in told
    assert not (place / "made").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["roles.csv"], "--suggest"),
        (["roles.csv", "--map", "map.yaml"], "-o"),
        (["roles.csv", "--suggest", "--map", "map.yaml"], "leave out --map"),
        (["gone.csv", "--map", "map.yaml", "-o", "made"], "gone.csv"),
        (["roles.csv", "--map", "gone.yaml", "-o", "made"], "gone.yaml"),
        (["roles.csv", "--map", "uk-dat", "-o", "made"], "uk-ddat"),
    ],
)
def test_requests_that_cannot_be_used_are_told(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "table", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_proposal_can_be_imported(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    assert run(["import", "table", "roles.csv", "--suggest"]) == 0
    guess = capsys.readouterr().out
    (place / "guess.yaml").write_text(guess, encoding="utf-8")
    command = ["import", "table", "roles.csv", "--map", "guess.yaml", "-o", "made"]
    assert run(command) == 2, "what it could not guess is to be set"
    assert "currency: '?'" in capsys.readouterr().err
    known = guess.replace('focus: "?"', "focus: Job").replace('currency: "?"', "currency: EUR")
    (place / "guess.yaml").write_text(known, encoding="utf-8")
    assert run(command) == 0
    assert rolegraph.load("made").find_profile("B-1")


def test_a_folder_is_made_and_never_made_again(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    command = ["init", "made", "--title", "Jobs of a bakery", "--language", "en", "--format", "json"]
    assert run(command) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["unset"] == ["publisher", "version", "base", "currency", "access_rights"]
    assert "focuses/EXAMPLE.GEN.yaml.example" in answer["written"]
    dataset = rolegraph.load("made").taxonomy.dataset
    assert (dataset.title, dataset.language, dataset.issued) == ("Jobs of a bakery", "en", "2026-01-01")
    assert dataset.licence is None
    before = list_files(place / "made")
    assert run(command) == 2
    assert "holds data already" in capsys.readouterr().err
    assert list_files(place / "made") == before


def test_what_cannot_be_used_for_a_folder_is_told_together(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    bad = ["--base", "jobs", "--language", "English", "--currency", "euro", "--date", "2026-02-30"]
    assert run(["init", "made", *bad]) == 2
    told = capsys.readouterr().err
    for field in ("base", "language", "currency", "issued"):
        assert f"dataset.yaml {field}" in told
    assert not (place / "made").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo terminals")
def test_a_person_at_a_terminal_is_asked(place: Path) -> None:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "rolegraph", "init", "made", "--currency", "EUR"]
    process = subprocess.Popen(
        command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=place
    )
    os.close(terminal)
    os.write(controller, b"Jobs of a port\n\n\n\neuropean\nen\n\nPort staff only\n")
    _, errors = process.communicate(timeout=60)
    os.close(controller)
    assert process.returncode == 0, errors
    assert b"'european' is not a language tag" in errors, "a typing error is told at once, and asked again"
    dataset = rolegraph.load(place / "made").taxonomy.dataset
    assert (dataset.title, dataset.language, dataset.currency) == ("Jobs of a port", "en", "EUR")
    assert dataset.access_rights == "Port staff only"
    assert dataset.publisher.startswith("TO BE SET")


def test_an_epoch_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(RequestError, match="SOURCE_DATE_EPOCH is 'soon'"):
        make_folder("made")


@pytest.mark.skipif(not UK.is_file(), reason="the UK Digital and Data framework is not there")
def test_the_uk_framework_is_imported_and_answers_sensibly() -> None:
    answer = import_table(UK, "uk-ddat", "made")
    added = [change.kind for change in answer.changes if change.action == "added"]
    assert [added.count(kind) for kind in ("function", "focus", "profile", "skill", "proficiency")] == [
        7, 48, 201, 166, 4,
    ]  # fmt: skip
    jobs = rolegraph.load("made")
    assert jobs.validate().conforms
    titles = [near.title for near in jobs.adjacent("Senior data engineer", k=3).adjacent]
    assert titles == ["Data engineer", "Lead data engineer", "Senior analytics engineer"]
    (path,) = jobs.path("Junior content designer", "Head of content design").paths
    assert [move.destination_title for move in path.moves] == [
        "Content designer", "Senior content designer", "Lead content designer", "Head of content design",
    ]  # fmt: skip
    assert path.moves[0].deepen
    role = "DATA.DATAANAL545F.P3"
    assert jobs.find_end("Data analyst") == role, "a role is often called as its focus is"
    assert jobs.find_focus("Data analyst") == "DATA.DATAANAL545F"
    lonely = [
        focus.code
        for focus in jobs.taxonomy.focuses
        for track in jobs.ladder(focus.code).tracks
        if any(rung.code is None for rung in track.rungs)
    ]
    assert lonely == [], "a ladder with a hole stops promotions"
    assert import_table(UK, "uk-ddat", "made").changes == ()
