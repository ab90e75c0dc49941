"""Mapping sets: what is written is SSSOM that sssom-py takes, and comes back; what others write is taken or refused by row."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given

import rolegraph
from bakery import write_bakery
from rdf_samples import make_taxonomy
from rolegraph.answers import Change, Intaken
from rolegraph.cli.main import run
from rolegraph.errors import InputError, RequestError
from rolegraph.incoming import import_mappings
from rolegraph.mappings.curies import Names
from rolegraph.mappings.entry_names import EntryNames
from rolegraph.mappings.merge import merge_mappings
from rolegraph.mappings.sssom import write_sssom
from rolegraph.mappings.sssom_read import SetReading, read_sssom, split_bars
from rolegraph.model.mapping import Mapping
from rolegraph.model.reference import Scheme
from rolegraph.model.release import Release
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import load_folder
from rolegraph.releases.library import Library
from rolegraph.releases.rows import Concept
from rolegraph.report.intake import describe_intake
from strategies import taxonomies

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "mappings" / "crew.sssom.tsv"
HEAD = """\
#curie_map:
#  job: https://example.org/id/profile/
#  ability: https://example.org/id/skill/
#  occ: https://example.org/id/soc-2018/
#  eu: http://data.europa.eu/esco/
"""
COLUMNS = ("subject_id", "predicate_id", "object_id", "mapping_justification")
GOOD = ("job:CREW.DECK.P2", "skos:closeMatch", "occ:53-5021", "semapv:MappingReview")


def write(taxonomy: Taxonomy, **more: Any) -> str:
    sink = io.BytesIO()
    write_sssom(taxonomy, sink, **more)
    return sink.getvalue().decode()


def make_set(*rows: tuple[str, ...], more: tuple[str, ...] = (), head: str = HEAD) -> bytes:
    lines = ["\t".join(row) for row in ((*COLUMNS, *more), *rows)]
    return (head + "\n".join(lines) + "\n").encode()


def read(data: bytes | str, taxonomy: Taxonomy | None = None, **more: Any) -> SetReading:
    given = data.encode() if isinstance(data, str) else data
    return read_sssom(taxonomy or make_taxonomy(), given, "set.tsv", **more)


def refuse(data: bytes | str, **more: Any) -> list[str]:
    with pytest.raises(InputError) as raised:
        read(data, **more)
    return [str(problem) for problem in raised.value.problems]


def strip_mappings(taxonomy: Taxonomy) -> Taxonomy:
    focuses = tuple(
        focus.model_copy(
            update={"profiles": tuple(p.model_copy(update={"mappings": ()}) for p in focus.profiles)}
        )
        for focus in taxonomy.focuses
    )
    skills = tuple(skill.model_copy(update={"mappings": ()}) for skill in taxonomy.skills)
    return taxonomy.replace_parts(focuses=focuses, skills=skills)


# What is written


def test_a_set_is_written_as_computed_by_hand() -> None:
    assert write(make_taxonomy()) == GOLDEN.read_text(encoding="utf-8")


def test_titles_that_the_records_lack_are_asked_for() -> None:
    asked = []

    def tell(scheme: str, code: str) -> str | None:
        asked.append((scheme, code))
        return "mooring of ships"

    assert "\tmooring of ships\t" in write(make_taxonomy(), label_of=tell)
    assert asked == [("esco", "skill/2e1f-77")]


def test_prefixes_are_told_apart() -> None:
    fields = {
        "title": "T",
        "publisher": "P",
        "version": "1",
        "source": "https://example.org/",
        "licence": "L",
    }
    codes = ("a-b", "ab", "a-b-2", "ab-2", "skos", "2nd", "jobs")
    schemes = tuple(
        Scheme(code=code, pattern=".+", levels=("a",), **fields)  # type: ignore[arg-type]
        for code in codes
    )
    prefixes = Names(make_taxonomy().replace_parts(schemes=schemes)).prefixes
    assert len(prefixes) == len(set(prefixes.values())) == 3 + len(codes)
    assert {prefixes["ab"], prefixes["xskos"], prefixes["x2nd"]} == {
        f"https://example.org/id/{code}/" for code in ("a-b", "skos", "2nd")
    }


@given(taxonomies(min_focuses=1))
def test_what_is_written_comes_back(taxonomy: Taxonomy) -> None:
    text = write(taxonomy)
    assert write(taxonomy) == text
    reading = read(text, taxonomy)
    assert (reading.rows, reading.notes) == (len(taxonomy.mappings), ())
    after, changed = merge_mappings(taxonomy, reading)
    assert (after, changed) == (taxonomy, False)
    bare = strip_mappings(taxonomy)
    assert merge_mappings(bare, reading) == (taxonomy, False)


# sssom-py


def ask_sssom(path: Path) -> dict[str, Any]:
    pytest.importorskip("sssom", reason="sssom-py is not installed; install the extra dev")
    command = [sys.executable, "-W", "ignore", str(HERE / "sssom_tool.py"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_sssom_py_finds_nothing_wrong_and_reads_the_same(tmp_path: Path) -> None:
    focus = make_taxonomy().focuses[0]
    (profile,) = focus.profiles
    odd = Mapping(
        scheme="esco", code="occupation/a b", predicate="narrowMatch", justification="LexicalMatching",
        author="Ada | Bob", comment='Two lines\nand "quotes", and a # sign', tool="#tool",
    )  # fmt: skip
    profile = profile.model_copy(update={"mappings": (odd, *profile.mappings)})
    taxonomy = make_taxonomy(focus.model_copy(update={"profiles": (profile,)}))
    path = tmp_path / "crew.sssom.tsv"
    path.write_text(write(taxonomy), encoding="utf-8")
    told = ask_sssom(path)
    assert (told["problems"], told["heard"]) == ([], [])
    rows = {row["object_id"]: row for row in told["rows"]}
    assert set(rows) == {"esco:occupation/a%20b", "soc2018:53-5011", "esco:skill/2e1f-77"}
    assert rows["esco:occupation/a%20b"]["comment"] == odd.comment
    assert rows["soc2018:53-5011"]["other"] == "assigned=predicate"
    assert rows["soc2018:53-5011"]["mapping_date"] == "2025-07-30"
    assert rows["esco:skill/2e1f-77"]["subject_label"] == "Mooring"
    assert float(rows["soc2018:53-5011"]["confidence"]) == 0.8


def test_the_shipped_mappings_pass_sssom_py(tmp_path: Path) -> None:
    path = tmp_path / "shipped.sssom.tsv"
    path.write_text(rolegraph.Architecture().export_mappings(), encoding="utf-8")
    told = ask_sssom(path)
    assert (told["problems"], told["heard"], len(told["rows"])) == ([], [], 4)


# What is read


def test_a_set_of_another_tool_is_taken() -> None:
    data = make_set(
        ("job:CREW.DECK.P2", "skos:closeMatch", "eu:occupation/aa-11", "semapv:MappingReview",
         "Ada|Bob \\| Co", "2026-02-03", "SSSOM tool", "2.1", "1", "yes"),
        ("https://example.org/id/skill/first-aid", "skos:exactMatch", "<http://data.europa.eu/esco/skill/b>",
         "semapv:LexicalMatching", "", "", "", "", ".5", ""),
        more=("author_label", "mapping_date", "mapping_tool", "mapping_tool_version", "confidence", "curation_rule"),
    )  # fmt: skip
    reading = read(data.replace(b"\n", b"\r\n"))
    first, second = reading.stated
    assert (first.line, first.kind, first.code) == (7, "profile", "CREW.DECK.P2")
    assert (first.mapping.key, first.mapping.predicate) == ("esco/occupation/aa-11", "closeMatch")
    assert (first.mapping.author, first.mapping.tool) == ("Ada, Bob | Co", "SSSOM tool 2.1")
    assert (first.mapping.day, str(first.mapping.confidence)) == ("2026-02-03", "1")
    assert (second.kind, second.code, second.mapping.key) == ("skill", "first-aid", "esco/skill/b")
    assert str(second.mapping.confidence) == "0.5"
    (note,) = map(str, reading.notes)
    assert note == (
        "set.tsv: columns that the records have no field for: curation_rule (1 rows); nothing is to be done, unless "
        "they are needed [columns-unread]"
    )


def test_a_set_speaks_for_rows_only_where_none_speaks_for_itself() -> None:
    head = HEAD + "#mapping_tool: matcher\n#mapping_date: 2026-01-02\n"
    data = make_set((*GOOD, ""), ("ability:mooring", *GOOD[1:], "own"), more=("mapping_tool",), head=head)
    assert [(s.mapping.tool, s.mapping.day) for s in read(data).stated] == [
        (None, "2026-01-02"), ("own", "2026-01-02"),
    ]  # fmt: skip
    assert [s.mapping.tool for s in read(make_set(GOOD, head=head)).stated] == ["matcher"]


def test_metadata_may_stand_in_a_file_of_their_own() -> None:
    outer = HEAD.replace("#", "").encode()
    assert len(read(make_set(GOOD, head=""), metadata=outer, metadata_name="set.yml").stated) == 1
    wrong = outer.replace(b"soc-2018", b"soc-2019")
    assert len(read(make_set(GOOD), metadata=wrong, metadata_name="set.yml").stated) == 1
    (problem,) = refuse(make_set(GOOD, head=""), metadata=b"curie_map: [", metadata_name="set.yml")
    assert problem.startswith("set.yml:1: the metadata is no YAML")


def test_what_does_not_hold_and_what_was_not_found_is_passed_over() -> None:
    data = make_set(
        (*GOOD, "Not"), (*GOOD[:2], "sssom:NoTermFound", GOOD[3], ""), ("sssom:NoTermFound", *GOOD[1:], ""),
        ("nobody:x", "also:y", "nothing:z", "", "Not"), more=("predicate_modifier",),
    )  # fmt: skip
    reading = read(data)
    assert (reading.rows, reading.stated) == (4, ())
    assert [(note.rule, note.place.line if note.place else 0) for note in reading.notes] == [
        ("row-negative", 7), ("row-nothing-found", 8), ("row-nothing-found", 9), ("row-negative", 10),
    ]  # fmt: skip


def test_every_row_that_cannot_be_used_is_told_with_its_line() -> None:
    more = ("confidence", "mapping_date", "other", "predicate_modifier")
    data = make_set(
        ("job:CREW.DECK.P3", *GOOD[1:]),
        ("ability:moring", *GOOD[1:]),
        ("occ:53-5021", *GOOD[1:]),
        (GOOD[0], "owl:sameAs", *GOOD[2:]),
        (*GOOD[:2], "https://example.org/other/1", GOOD[3]),
        (*GOOD[:2], "https://example.org/id/soc-2020/1", GOOD[3]),
        (*GOOD[:2], "occ:5x", GOOD[3]),
        (*GOOD[:3], "semapv:Dreamt"),
        (*GOOD, "1.01"),
        (*GOOD, "high"),
        (*GOOD, "", "2026-02-30"),
        (*GOOD, "", "", "assigned=tool"),
        (*GOOD, "", "", "", "Maybe"),
        ("", "skos:closeMatch", "zz:1", ""),
        more=more,
    )
    assert [problem.split(" ", 1)[0] + " " + problem.rsplit(" ", 1)[1] for problem in refuse(data)] == [
        "set.tsv:7 [subject-unknown]", "set.tsv:8 [subject-unknown]", "set.tsv:9 [subject-unknown]",
        "set.tsv:10 [predicate-unknown]", "set.tsv:11 [scheme-unknown]", "set.tsv:12 [scheme-unknown]",
        "set.tsv:13 [occupation-code]", "set.tsv:14 [justification-unknown]", "set.tsv:15 [confidence-range]",
        "set.tsv:16 [confidence-range]", "set.tsv:17 [value-wrong]", "set.tsv:18 [value-wrong]",
        "set.tsv:19 [modifier-unknown]", "set.tsv:20 [cell-empty]", "set.tsv:20 [prefix-unknown]",
        "set.tsv:20 [cell-empty]",
    ]  # fmt: skip
    told = "\n".join(refuse(data))
    for words in (
        "subject_id: there is no profile CREW.DECK.P3; did you mean CREW.DECK.P2?",
        "subject_id: there is no skill moring; did you mean mooring?",
        "use one of skos:broadMatch, skos:closeMatch",
        "there is no classification soc-2020; did you mean soc-2018?",
        "mapping_date: the calendar has no day 2026-02-30",
        "other: assigned names tool; it may name justification, predicate",
        "the prefix zz: is not declared (one cell); add #  zz: IRI under #curie_map:, or use one that is known here: esco",
    ):
        assert words in told


def test_one_mapping_is_stated_once() -> None:
    twice = read(make_set(GOOD, GOOD))
    assert len(twice.stated) == 1
    assert [note.rule for note in twice.notes] == ["mapping-repeated"]
    (problem,) = refuse(make_set(GOOD, (GOOD[0], "skos:exactMatch", *GOOD[2:])))
    assert problem.startswith("set.tsv:8 object_id: line 7 maps CREW.DECK.P2 to soc-2018/53-5021 otherwise")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "column-missing"),
        (b"a,b\n1,2\n", "column-missing"),
        (make_set(GOOD, more=("subject_id",)), "column-repeated"),
        (make_set((*GOOD, "x", "y")), "row-ragged"),
        (make_set((*GOOD[:3], '"x"y')), "table-broken"),
        (make_set(GOOD, head="#curie_map: [a]\n"), "metadata-wrong"),
        (make_set(GOOD, head="#a: &x [1]\n#b: *x\n"), "metadata-wrong"),
        (make_set(GOOD, head="#a: [\n"), "metadata-wrong"),
        (make_set(GOOD, head="#- a\n"), "metadata-wrong"),
        (make_set(GOOD, head="#a: !!python/object:os.system {}\n"), "metadata-wrong"),
        (make_set(GOOD).decode().encode("utf-16"), "not-utf8"),
        (b"\xe4" + make_set(GOOD), "not-utf8"),
        (b"PK\x03\x04" + bytes(20), "file-binary"),
        (b"\x1f\x8b" + bytes(20), "file-binary"),
    ],
)
def test_what_is_no_mapping_set_is_refused(data: bytes, rule: str) -> None:
    (problem,) = refuse(data)
    assert problem.startswith("set.tsv")
    assert problem.endswith(f"[{rule}]")


def test_what_the_file_is_instead_is_told() -> None:
    (problem,) = refuse(b"PK\x03\x04" + bytes(20))
    assert problem == (
        "set.tsv: the file is a ZIP archive or an office document; a mapping set is a table as text (SSSOM/TSV); save it "
        "as tab-separated text in UTF-8 [file-binary]"
    )
    (problem,) = refuse(make_set(GOOD), metadata=b"PK\x03\x04", metadata_name="set.zip")
    assert problem.startswith(
        "set.zip: the file is a ZIP archive or an office document; metadata are text (YAML)"
    )
    (problem,) = refuse(make_set(GOOD), metadata=make_set(GOOD, head=""), metadata_name="other.tsv")
    assert problem.startswith("other.tsv:")
    assert "metadata are text (YAML); name such a file" in problem


def test_prefixes_that_are_written_here_need_no_declaration() -> None:
    row = ("profile:CREW.DECK.P2", "skos:closeMatch", "soc2018:53-5021", "semapv:MappingReview")
    (stated,) = read(make_set(row, ("#profile:gone", *row[1:]), head="")).stated
    assert (stated.code, stated.mapping.key) == ("CREW.DECK.P2", "soc-2018/53-5021")
    own = "#curie_map:\n#  profile: https://other.example/\n"
    (problem,) = refuse(make_set(row, head=own))
    assert "profile:CREW.DECK.P2 (https://other.example/CREW.DECK.P2) is no profile or skill" in problem


def test_an_unknown_prefix_is_told_once_with_all_else_that_is_wrong() -> None:
    row = ("profile:NOPE.X.P1", "zz:closeMatch", "zz:53-5021", "review")
    assert [problem.split(";")[0] for problem in refuse(make_set(row, row, head=""))] == [
        "set.tsv:2 subject_id: there is no profile NOPE.X.P1",
        "set.tsv:2 predicate_id: the prefix zz: is not declared (4 cells)",
        "set.tsv:2 mapping_justification: review is no IRI, nor one in short",
        "set.tsv:3 subject_id: there is no profile NOPE.X.P1",
        "set.tsv:3 mapping_justification: review is no IRI, nor one in short",
    ]


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_set_that_a_spreadsheet_saved_is_taken(mark: str, end: str) -> None:
    taxonomy = make_taxonomy()
    held = (
        taxonomy.profiles[0].mappings[0].model_copy(update={"comment": 'One; a, "comma"\nand a cr\u00eape'})
    )
    focus = taxonomy.focuses[0]
    profile = focus.profiles[0].model_copy(update={"mappings": (held,)})
    taxonomy = make_taxonomy(focus.model_copy(update={"profiles": (profile,)}))
    # Every line of the file is a row of cells to it, and rows are filled up.
    rows = list(csv.reader(io.StringIO(write(taxonomy)), delimiter="\t"))
    width = max(map(len, rows))
    block = [row for row in rows if row[0].startswith("#")]
    rows = [*block, [], *rows[len(block) :], ["# mine"], [], rows[-1]]
    saved = io.StringIO()
    csv.writer(saved, delimiter=mark, lineterminator=end).writerows(
        row + [""] * (width - len(row)) for row in rows
    )
    text = saved.getvalue().replace("One; a", "One;\ta").replace("\u00ea", "e\u0302")
    reading = read(b"\xef\xbb\xbf" + text.encode(), taxonomy)
    assert [note.rule for note in reading.notes] == ["row-remark", "mapping-repeated"]
    assert merge_mappings(taxonomy, reading) == (taxonomy, False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("a|b", ["a", "b"]), (r"a\|b", ["a|b"]), (r"a\\|b", ["a\\", "b"]), ("", []), ("|a|", ["a"]), ("a\\", ["a\\"])],
)  # fmt: skip
def test_bars_part_texts(text: str, parts: list[str]) -> None:
    assert split_bars(text) == parts


# What is merged


def test_a_known_mapping_takes_what_the_set_says_and_keeps_what_it_does_not_speak_of() -> None:
    taxonomy = make_taxonomy()
    row = ("job:CREW.DECK.P2", "skos:closeMatch", "occ:53-5011", "semapv:MappingReview", "", "Eve")
    after, changed = merge_mappings(taxonomy, read(make_set(row, more=("mapping_tool", "author_label"))))
    (mapping,) = after.profiles[0].mappings
    assert changed
    assert (mapping.predicate, mapping.justification) == ("closeMatch", "MappingReview")
    assert (mapping.tool, mapping.author) == (None, "Eve")
    assert (str(mapping.confidence), mapping.day, mapping.comment) == (
        "0.8", "2025-07-30", "Seen with the masters.",
    )  # fmt: skip
    assert mapping.assigned == ()
    assert after.skills == taxonomy.skills


@pytest.mark.parametrize(
    ("predicate", "justification", "other", "assigned"),
    [
        ("broadMatch", "UnspecifiedMatching", "assigned=predicate|assigned=justification", ("justification", "predicate")),
        ("broadMatch", "ManualMappingCuration", "assigned=justification|assigned=predicate", ("predicate",)),
        ("closeMatch", "ManualMappingCuration", "assigned=justification|assigned=predicate", ()),
        ("closeMatch", "ManualMappingCuration", "assigned=predicate", ("predicate",)),
        ("broadMatch", "UnspecifiedMatching", "", ()),
        ("broadMatch", "ManualMappingCuration", None, ("predicate",)),
    ],
)  # fmt: skip
def test_what_a_reviewer_changes_is_no_longer_assigned(
    predicate: str, justification: str, other: str | None, assigned: tuple[str, ...]
) -> None:
    held = Mapping(
        scheme="soc-2018", code="53-5011", predicate="broadMatch", justification="UnspecifiedMatching",
        assigned=("predicate", "justification"),
    )  # fmt: skip
    focus = make_taxonomy().focuses[0]
    profile = focus.profiles[0].model_copy(update={"mappings": (held,)})
    taxonomy = make_taxonomy(focus.model_copy(update={"profiles": (profile,)}))
    row = (GOOD[0], f"skos:{predicate}", "occ:53-5011", f"semapv:{justification}")
    data = make_set(row) if other is None else make_set((*row, other), more=("other",))
    after, _ = merge_mappings(taxonomy, read(data, taxonomy))
    (mapping,) = after.profiles[0].mappings
    assert (mapping.predicate, mapping.justification, mapping.assigned) == (
        predicate,
        justification,
        assigned,
    )
    # The same file once more changes nothing.
    again, changed = merge_mappings(after, read(data, after))
    assert (again, changed) == (after, False)


# In a data folder


def make_jobs(tmp_path: Path) -> Path:
    folder = write_bakery(
        tmp_path / "jobs",
        cakes=("    job_code: CAKE-2\n", """\
    job_code: CAKE-2
    mappings:  # by hand
      - scheme: soc-2018   # the standard
        code: 51-3011
        predicate: broadMatch
        justification: ManualMappingCuration
"""),
    )  # fmt: skip
    base = load_folder(folder).taxonomy.dataset.base
    rows = [
        ("profile:BAKE.CAKES.P2", "skos:broadMatch", "soc2018:51-3011", "semapv:ManualMappingCuration"),
        ("profile:BAKE.CAKES.P1", "skos:closeMatch", "esco:occupation/a1", "semapv:MappingReview"),
        ("skill:icing", "skos:relatedMatch", "onetelement:2.A.1.a", "semapv:MappingReview"),
    ]
    head = f"#curie_map:\n#  profile: {base}profile/\n#  skill: {base}skill/\n#  soc2018: {base}soc-2018/\n"
    head += f"#  esco: http://data.europa.eu/esco/\n#  onetelement: {base}onet-element/\n"
    (tmp_path / "new.tsv").write_bytes(make_set(*rows, head=head))
    changed = (rows[0][0], "skos:exactMatch", *rows[0][2:])
    (tmp_path / "changed.tsv").write_bytes(make_set(changed, *rows[1:], head=head))
    return folder


def test_additions_are_written_at_once_and_comments_stay(tmp_path: Path) -> None:
    folder = make_jobs(tmp_path)
    answer = import_mappings(tmp_path / "new.tsv", folder)
    assert (answer.applied, answer.read) == (True, 3)
    assert set(answer.written) == {"focuses/BAKE.CAKES.yaml", "skills.yaml"}
    assert [(c.action, c.code, c.details) for c in answer.changes] == [
        ("changed", "icing", ("mappings: + onet-element/2.A.1.a",)),
        ("changed", "BAKE.CAKES.P1", ("mappings: + esco/occupation/a1",)),
    ]
    text = (folder / "focuses" / "BAKE.CAKES.yaml").read_text(encoding="utf-8")
    assert "mappings:  # by hand" in text
    taxonomy = load_folder(folder).taxonomy
    assert [mapping.key for _, mapping in taxonomy.mappings] == [
        "esco/occupation/a1", "soc-2018/51-3011", "onet-element/2.A.1.a",
    ]  # fmt: skip
    again = import_mappings(tmp_path / "new.tsv", folder)
    assert (again.applied, again.written, again.changes) == (True, (), ())


def test_changes_are_shown_first_and_written_on_request(tmp_path: Path) -> None:
    folder = make_jobs(tmp_path)
    before = load_folder(folder).taxonomy
    answer = import_mappings(tmp_path / "changed.tsv", folder)
    assert (answer.applied, answer.written) == (False, ())
    assert ("mappings.soc-2018/51-3011.predicate: broadMatch -> exactMatch",) in [
        change.details for change in answer.changes
    ]
    assert load_folder(folder).taxonomy == before
    applied = import_mappings(tmp_path / "changed.tsv", folder, apply=True)
    assert (applied.applied, applied.changes) == (True, answer.changes)
    text = (folder / "focuses" / "BAKE.CAKES.yaml").read_text(encoding="utf-8")
    assert "predicate: exactMatch" in text


def test_a_review_changes_the_lines_that_it_is_about(tmp_path: Path) -> None:
    folder = make_jobs(tmp_path)
    file = folder / "focuses" / "BAKE.CAKES.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "        justification: ManualMappingCuration\n",
        "        justification: UnspecifiedMatching\n        assigned: [predicate, justification]  # by rule\n"
        "      - scheme: esco\n        code: occupation/a1\n        predicate: closeMatch\n"
        "        justification: UnspecifiedMatching\n        assigned: [predicate, justification]\n",
    )
    file.write_text(text, encoding="utf-8")
    exported = rolegraph.Architecture(folder).export_mappings()
    reviewed = tmp_path / "reviewed.tsv"
    reviewed.write_text(exported, encoding="utf-8")
    assert import_mappings(reviewed, folder, apply=True).written == ()
    lines = [
        line.replace("semapv:UnspecifiedMatching", "semapv:MappingReview") if "51-3011" in line else line
        for line in exported.splitlines(keepends=True)
    ]
    reviewed.write_text("".join(lines), encoding="utf-8")
    answer = import_mappings(reviewed, folder, apply=True)
    assert [change.details for change in answer.changes] == [
        (
            "mappings.soc-2018/51-3011.justification: UnspecifiedMatching -> MappingReview",
            "mappings.soc-2018/51-3011.assigned: - justification",
        )
    ]
    assert file.read_text(encoding="utf-8") == text.replace(
        "        justification: UnspecifiedMatching\n        assigned: [predicate, justification]  # by rule\n",
        "        justification: MappingReview\n        assigned: [predicate]  # by rule\n",
    )


def test_entries_are_named_by_what_is_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        Concept(
            "esco/occupation/2a778aeb-0000-4000-8000-000000000001", "occupation", "cake baker", "", "7512.1"
        ),
        Concept("esco/skill/2a778aeb-0000-4000-8000-000000000002", "skill", "ice cakes"),
    ]
    folder = make_jobs(tmp_path)
    release = Release(
        code="esco-1.1.1", family="esco", title="ESCO", version="1.1.1", publisher="P", source="https://e.org/", licence="L", attribution="A",
        language="en", coverage="all", schemes=("esco",), base="https://e.org/id/", triples=1, sha256="0" * 64, files=(),
    )  # fmt: skip
    taxonomy = load_folder(folder).taxonomy.replace_parts(releases=(release,))
    library = Library(folder, taxonomy)
    monkeypatch.setattr(library, "open", lambda _: SimpleNamespace(find={row.key: row for row in rows}.get))
    names = EntryNames(taxonomy, library)
    assert names.name(rows[0].key) == "cake baker (esco/occupation/7512.1)"
    assert names.name(rows[1].key) == "ice cakes (esco/skill)"
    assert names.name("esco/skill/none") == "esco/skill/none"
    # A graph that is not there is no reason not to take a mapping set.
    assert EntryNames(taxonomy, Library(folder, taxonomy)).name(rows[0].key) == rows[0].key


def test_the_preview_counts_what_it_does_not_show() -> None:
    details = (
        f"mappings: {', '.join(f'+ entry {n} of many things, and more (esco/skill)' for n in range(9))}",
    )
    change = Change("changed", "skill", "icing", "Icing", details)
    told = " ".join(describe_intake(Intaken("d", True, 9, (), (), (change,), ()), "row").split())
    assert "+ entry 4 of many things, and more (esco/skill), and 4 more" in told


def test_nothing_is_written_where_one_row_is_wrong(tmp_path: Path) -> None:
    folder = make_jobs(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    data = (tmp_path / "new.tsv").read_bytes().replace(b"skill:icing", b"skill:icings")
    (tmp_path / "wrong.tsv").write_bytes(data)
    with pytest.raises(InputError, match="there is no skill icings"):
        import_mappings(tmp_path / "wrong.tsv", folder, apply=True)
    assert before.items() <= {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}.items()


def test_a_folder_without_a_job_architecture_and_a_missing_file_are_told(tmp_path: Path) -> None:
    folder = make_jobs(tmp_path)
    with pytest.raises(RequestError, match="holds no job architecture"):
        import_mappings(tmp_path / "new.tsv", tmp_path / "none")
    with pytest.raises(InputError, match="cannot be read"):
        import_mappings(tmp_path / "none.tsv", folder)


def test_the_command_line_exports_and_imports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_jobs(tmp_path)
    assert run(["--data", str(folder), "mappings", "export"]) == 0
    printed = capsys.readouterr().out
    file = tmp_path / "out.sssom.tsv"
    assert run(["mappings", "export", "--data", str(folder), "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == printed == rolegraph.Architecture(folder).export_mappings()
    assert "is written" in capsys.readouterr().err
    assert run(["mappings", "import", str(tmp_path / "changed.tsv"), "-o", str(folder)]) == 0
    assert "say --apply to write these changes" in capsys.readouterr().out
    assert run(
        ["mappings", "import", str(tmp_path / "changed.tsv"), "-o", str(folder), "--apply", "--format", "json"]
    ) == 0  # fmt: skip
    assert json.loads(capsys.readouterr().out)["applied"] is True
    assert run(["mappings", "import", str(tmp_path / "none.tsv"), "-o", str(folder)]) == 2
