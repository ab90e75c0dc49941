"""adjacent, distance and editions on the command line: every edition, filters, exit status, every form."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from architectures import YEARS, make_level, make_taxonomy
from rolegraph.cli.main import run
from rolegraph.rdf.write import write_turtle
from test_yardsticks import make_pay, pay

ROLE, GOAL = "MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M3"
EDITIONS = ("content@1", "experience@1", "pay@1", "structural@1")
ROWS = ("csv", "md", "xlsx")
Rolegraph = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def rolegraph(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: Path
) -> Rolegraph:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(cache))
    monkeypatch.delenv("ROLEGRAPH_DATA", raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(list(arguments))
        out, err = capfd.readouterr()
        return status, out, err

    return call


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three functions with the same work in two of them, pay for most roles."""
    taxonomy = make_taxonomy(
        {"A.X": ("P1", "P2", "M2"), "B.X": ("P1", "P2"), "C.X": ("P1",)},
        skills={"A.X": list("abcd"), "B.X": list("abcde")},
        levels=[make_level(code, YEARS[code]) for code in ("P1", "P2", "M1", "M2")],
    )
    paid = pay(
        taxonomy,
        {
            "A.X.P1": make_pay(50_000),
            "A.X.P2": make_pay(59_000),
            "B.X.P1": make_pay(52_000, inherited=True),
            "B.X.P2": make_pay(60_000, "USD"),
        },
    )
    path = tmp_path_factory.mktemp("graph") / "roles.ttl"
    with path.open("wb") as file:
        write_turtle(paid, file)
    return str(path)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("form", ["text", "json", *ROWS, "svg", "png", "mermaid", "dot"])
def test_every_edition_has_every_form(rolegraph: Rolegraph, graph: str, edition: str, form: str) -> None:
    status, _, err = rolegraph(
        "--graph", graph, "adjacent", "A.X.P1", "--edition", edition, "--format", form, "-o", "answer"
    )
    assert (status, "Traceback" in err) == (0, False), err
    assert Path("answer").stat().st_size > 50


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_explained_arithmetic_ends_in_the_printed_figure(
    rolegraph: Rolegraph, graph: str, edition: str
) -> None:
    for arguments in (("A.X.P1",), ("--all",)):
        _, out, _ = rolegraph("--graph", graph, "adjacent", *arguments, "--explain", "--edition", edition)
        rows = re.findall(
            r"\b([01]\.[0-9]{4})\b[^=\n]*\n +[^\n]*= ([0-9.]+)(?:, cut off at (1.0000))?\n", out
        )
        assert len(rows) >= 2
        assert all(shown == (cut or summed) for shown, summed, cut in rows)


def test_pay_leads_with_the_plain_figure(rolegraph: Rolegraph, graph: str) -> None:
    status, out, _ = rolegraph("--graph", graph, "distance", "A.X.P1", "A.X.P2", "--edition", "pay@1")
    assert status == 0
    assert out.splitlines()[0].startswith("median +18 %, EUR 50,000 to 59,000 a year  0.1194  pay@1")
    _, out, _ = rolegraph("--graph", graph, "adjacent", "A.X.P1", "--edition", "pay@1")
    assert "The pay of B.X.P1 is inherited" in " ".join(out.split())
    assert "3 roles are left out" in out
    assert "no match bands" in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("adjacent", "C.X.P1", "--edition", "content@1"), "C.X.P1 has no content"),
        (("adjacent", "C.X.P1", "--edition", "pay@1"), "no recorded median pay"),
        (("adjacent", "C.X.P1", "--hidden"), "C.X.P1 has no content"),
        (("distance", "A.X.P1", "C.X.P1", "--edition", "content@1"), "C.X.P1 has no content"),
        (("distance", "A.X.P1", "B.X.P2", "--edition", "pay@1"), "does not convert"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", *ROWS])
def test_what_an_edition_cannot_place_has_a_reason_and_status_1(
    rolegraph: Rolegraph, graph: str, arguments: tuple[str, ...], reason: str, form: str
) -> None:
    status, _, err = rolegraph("--graph", graph, *arguments, "--format", form, "-o", "answer")
    assert status == 1
    told = Path("answer").read_bytes().decode("utf-8", "replace")
    if form == "xlsx":
        assert told.startswith("PK")
    elif form in {"text", "json"} or arguments[0] == "distance":
        assert reason in " ".join(told.split())
    if form in ROWS and arguments[0] == "adjacent":
        assert reason in err
    if form == "json":
        answer = json.loads(told)
        assert answer["reason"]
        assert answer.get("distance") is None


def test_hidden_roles_are_told_with_both_distances(rolegraph: Rolegraph, graph: str) -> None:
    status, out, _ = rolegraph("--graph", graph, "adjacent", "A.X.P1", "--hidden")
    assert status == 0
    assert re.search(r"content +0\.2000  near · confident", out)
    assert re.search(r"structure +0\.6667  far · no-match", out)
    assert "to gain: Skill e" in out
    _, out, err = rolegraph("--graph", graph, "adjacent", "A.X.P1", "--hidden", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["code"] for row in rows] == ["B.X.P1", "B.X.P2"]
    assert rows[0]["structural_band"] == "no-match"
    assert "1 role is left out" in err
    assert rolegraph("adjacent", ROLE, "--hidden")[0] == 1


@pytest.mark.parametrize("form", ["text", "json", *ROWS])
def test_a_person_s_skills_are_told_in_every_form(rolegraph: Rolegraph, graph: str, form: str) -> None:
    Path("mine.txt").write_text("Skill a\nskill B\nSkill c\nSkill cc\n", encoding="utf-8")
    status, _, _ = rolegraph(
        "--graph", graph, "adjacent", "--skills", "mine.txt", "--format", form, "-o", "answer", "--explain"
    )
    assert status == 0
    told = Path("answer").read_bytes().decode("utf-8", "replace")
    if form != "xlsx":
        assert told.index("A.X.P1") < told.index("B.X.P1")
    if form == "text":
        assert "did you mean Skill c" in told
        assert "1 - shared 3 / together 4 = 0.2500" in told


def test_too_few_recognised_skills_are_status_1(rolegraph: Rolegraph, graph: str) -> None:
    Path("mine.txt").write_text("Skill a\nSkill x\n", encoding="utf-8")
    status, out, _ = rolegraph("--graph", graph, "adjacent", "--skills", "mine.txt")
    assert status == 1
    assert "1 of the 2 skills given is recognised" in out


def test_filters_narrow_the_answer(rolegraph: Rolegraph) -> None:
    def ask(*filters: str) -> list[str]:
        _, out, _ = rolegraph("adjacent", ROLE, "-k", "100", "--format", "json", *filters)
        return [near["code"] for near in json.loads(out)["adjacent"]]

    everything = ask()
    assert len(everything) == 18
    assert ask("--level", "M1..M2") == [code for code in everything if code[-2:] in {"M1", "M2"}]
    assert ask("--level", "M2", "--track", "m") == [code for code in everything if code.endswith("M2")]
    assert ask("--track", "P") == [code for code in everything if code[-2] == "P"]
    assert ask("--function", "manufa3", "--function", "PROCES") == [
        code for code in everything if not code.startswith("MANUFA.")
    ]
    assert ask("--group", "technical-operations") == everything
    assert ask("--within", "0.188889") == everything[:3]
    assert ask("--band", "confident") == everything[: len(ask("--band", "confident"))]
    assert len(ask("--band", "confident")) < len(ask("--band", "needs-review")) < 18


def test_nothing_within_what_was_asked_for_is_status_1(rolegraph: Rolegraph) -> None:
    assert rolegraph("adjacent", ROLE, "--within", "0.05")[0] == 1
    assert rolegraph("adjacent", ROLE, "--within", "0")[0] == 1
    assert rolegraph("adjacent", ROLE, "--all")[0] == 2
    assert rolegraph("adjacent", "--all", "--within", "0.0")[0] == 1
    assert rolegraph("adjacent", "--all", "--track", "M", "-k", "1")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("adjacent", ROLE, "-k", "0"), "k is 0; ask for at least 1"),
        (("adjacent", "--all", "-k", "-3"), "k is -3"),
        (("adjacent", ROLE, "--edition", "structural@9"), "did you mean structural@1?"),
        (("distance", ROLE, GOAL, "--edition", "structural"), "did you mean structural@1?"),
        (
            ("adjacent", ROLE, "--edition", "far"),
            "there is no edition 'far'; there are content@1, experience@1, pay@1",
        ),
        (
            ("path", ROLE, GOAL, "--edition", "far"),
            "there is no edition 'far'; there are content@1, experience@1, pay@1",
        ),
        (("editions", "far"), "there is no edition 'far'; there are content@1, effort@1"),
        (("adjacent", ROLE, "--hidden", "--edition", "structural@1"), "structural@1 does not compare skills"),
        (("adjacent", ROLE, "--hidden", "--edition", "experience@1"), "experience@1 does not compare skills"),
        (("adjacent", "--all", "--require-band", "confident"), "narrow by --band"),
        (("adjacent", ROLE, "--within", "near"), "'near' is no number"),
        (("adjacent", ROLE, "--within", "nan"), "'nan' is no number"),
        (("adjacent", ROLE, "--edition", "effort@1"), "defines the cost of a move"),
        (("distance", ROLE, GOAL, "--edition", "effort@1"), "content@1, experience@1, pay@1, structural@1"),
        (("adjacent", ROLE, "--edition", "pay@1", "--band", "confident"), "no match bands"),
        (("adjacent", ROLE, "--edition", "pay@1", "--require-band", "confident"), "no match bands"),
        (("adjacent", ROLE, "--within", "2"), "from 0 to 1"),
        (("adjacent", ROLE, "--level", "P3..M4"), "one track to another"),
        (("adjacent", "--all", "--hidden"), "--hidden starts from one ROLE"),
        (("adjacent", ROLE, "--skills", "x.txt"), "Give a ROLE or --skills"),
        (("adjacent",), "Name a ROLE"),
        (("adjacent", "--skills", "missing.txt"), "skills-unreadable"),
        (("editions", "contant@1"), "did you mean content@1"),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(
    rolegraph: Rolegraph, arguments: tuple[str, ...], message: str
) -> None:
    status, out, err = rolegraph(*arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_as_many_as_there_are_can_be_asked_for(rolegraph: Rolegraph) -> None:
    status, out, _ = rolegraph("adjacent", ROLE, "-k", "1000000", "--format", "json")
    assert (status, len(json.loads(out)["adjacent"])) == (0, 18)


# --- editions ----------------------------------------------------------------------------------------------------


def test_editions_are_listed(rolegraph: Rolegraph) -> None:
    status, out, _ = rolegraph("editions")
    assert status == 0
    for code in (*EDITIONS, "effort@1"):
        assert code in out
    answer = json.loads(rolegraph("editions", "--format", "json")[1])["editions"]
    assert [entry["code"] for entry in answer] == sorted((*EDITIONS, "effort@1"))
    assert {entry["code"]: entry["measures"] for entry in answer} == {
        **dict.fromkeys(EDITIONS, "distance"), "effort@1": "cost",
    }  # fmt: skip


def test_one_edition_is_told_in_full(rolegraph: Rolegraph) -> None:
    _, out, _ = rolegraph("editions", "Content@1")
    told = " ".join(out.split())
    [entry] = json.loads(rolegraph("editions", "content@1", "--format", "json")[1])["editions"]
    assert [constant["name"] for constant in entry["constants"]] == [
        "own-skill", "base-skill-from", "base-skill-full", "base-knowledge-from", "base-knowledge-full", "base-activity",
        "base-essential", "least-skills", "band-confident", "band-needs-review",
    ]  # fmt: skip
    for text in (
        entry["definition"],
        entry["limits"],
        *(constant["reason"] for constant in entry["constants"]),
    ):
        assert text in told
    for constant in entry["constants"]:
        assert f"{constant['name']} {constant['value']:g}" in told
    rows = list(csv.DictReader(io.StringIO(rolegraph("editions", "--format", "csv")[1])))
    assert {row["edition"] for row in rows} == {*EDITIONS, "effort@1"}
    for form in ("md", "xlsx"):
        assert rolegraph("editions", "--format", form, "-o", "answer")[0] == 0
        assert Path("answer").stat().st_size > 500


# --- the graph ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_build_states_the_neighbours_of_any_edition(rolegraph: Rolegraph, graph: str, edition: str) -> None:
    assert rolegraph("--graph", graph, "build", "--edition", edition, "-o", "out")[0] == 0
    written = Path("out/adjacency.ttl").read_text(encoding="utf-8")
    assert f'rg:form "{edition.partition("@")[0]}"' in written
    assert f"edition/{edition.replace('@', '%40')}" in written
    assert ("rg:band rg:band-" in written) is (edition != "pay@1")
    status, out, _ = rolegraph("validate", "out/adjacency.ttl", "--format", "json")
    assert (status, json.loads(out)["conforms"]) == (0, True)
    # The files of one build are read together.
    status, out, _ = rolegraph(
        "--graph", "out/rolegraph.ttl", "query", "neighbours", "--param", "profile=A.X.P1", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["edition"] for row in rows} == {edition}
    assert ({row["band"] for row in rows} == {"none"}) is (edition == "pay@1")


def test_an_adjacency_of_an_edition_with_bands_needs_one(rolegraph: Rolegraph, graph: str) -> None:
    rolegraph("--graph", graph, "build", "--edition", "content@1", "-o", "out")
    written = Path("out/adjacency.ttl").read_text(encoding="utf-8")
    Path("damaged.ttl").write_text(
        re.sub(r" *rg:band rg:band-[a-z-]+ ;\n", "", written, count=1), encoding="utf-8"
    )
    status, out, _ = rolegraph("validate", "damaged.ttl", "--format", "json")
    assert status == 1
    assert [finding["rule"] for finding in json.loads(out)["findings"]] == ["adjacency-band"]


# --- what is told, and how wide -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two functions whose focuses have long codes and labels, with skills and pay."""
    codes = ("MANUFACTURING.BIOPROCESS-MANUFACT4427", "PROCESSES.UPSTREAM-DEVELOPMENT-F5B")
    taxonomy = make_taxonomy(
        {codes[0]: ("P1", "P2", "M2"), codes[1]: ("P1", "P2")},
        skills={codes[0]: list("abcd"), codes[1]: list("abcde")},
        levels=[make_level(code, YEARS[code]) for code in ("P1", "P2", "M1", "M2")],
    )
    labels = (
        "Bioprocess manufacturing of large and small volumes (upstream and downstream)",
        "Upstream process development, characterisation and transfer to manufacturing",
    )
    focuses = tuple(
        focus.model_copy(update={"label": labels[codes.index(focus.code)]}) for focus in taxonomy.focuses
    )
    medians = {p.code: make_pay(50_000 + 1_000 * n) for n, p in enumerate(taxonomy.profiles)}
    path = tmp_path_factory.mktemp("long") / "roles.ttl"
    with path.open("wb") as file:
        write_turtle(pay(taxonomy.model_copy(update={"focuses": focuses}), medians), file)
    return str(path)


LONG = "MANUFACTURING.BIOPROCESS-MANUFACT4427.P1"


@pytest.mark.parametrize(
    "arguments",
    [
        *(("adjacent", LONG, "--explain", "--edition", edition) for edition in EDITIONS),
        *(("adjacent", "--all", "--explain", "--edition", edition) for edition in EDITIONS),
        *(
            ("distance", LONG, "PROCESSES.UPSTREAM-DEVELOPMENT-F5B.P2", "--edition", edition)
            for edition in EDITIONS
        ),
        ("adjacent", LONG, "--hidden"),
        ("adjacent", "--skills", "mine.txt", "--explain"),
        ("editions",),
        ("editions", "effort@1"),
        *(("list", kind) for kind in ("profiles", "focuses", "functions", "levels", "skills")),
    ],
    ids=" ".join,
)
def test_answers_keep_to_the_width_that_is_asked_for(
    rolegraph: Rolegraph, long_graph: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    Path("mine.txt").write_text(
        f"Skill a; Skill b\nskill a\nSkill c\n{'Astronomy of ' * 9}\n", encoding="utf-8"
    )
    status, out, err = rolegraph("--graph", long_graph, *arguments)
    assert status == 0, err
    assert max(map(len, out.splitlines())) <= 80
    assert "…" not in out
    if arguments[0] == "adjacent":
        title = "Upstream process development, characterisation and transfer to manufacturing — P2"
        assert set(title.split()) <= set(out.split())
        assert "PROCESSES.UPSTREAM-DEVELOPMENT-F5B.P2" in out


def test_the_text_of_every_role_tells_titles_beside_codes(rolegraph: Rolegraph, graph: str) -> None:
    lines = rolegraph("--graph", graph, "adjacent", "--all", "-k", "1")[1].splitlines()
    assert lines[2:4] == [
        "Focus A.X — M2  A.X.M2",
        "    0.0778  near · confident      Focus A.X — P2  A.X.P2",
    ]


def test_a_person_s_doubles_are_counted_and_rungs_stand_together(rolegraph: Rolegraph, graph: str) -> None:
    Path("mine.txt").write_text("# mine\nSkill a; Skill b\nskill a\nSkill c\n", encoding="utf-8")
    status, out, _ = rolegraph("--graph", graph, "adjacent", "--skills", "mine.txt")
    assert status == 0
    assert "4 of 4 skills recognised, 3 different · content@1" in out
    assert out.count("to gain: Skill d; Skill e") == out.count("to gain: Skill d\n") == 1
    assert all(f"A.X.{level}" in out for level in ("M2", "P1", "P2"))
    assert "a person's skills and a role have in common" in " ".join(out.split())


@pytest.mark.parametrize("start", [("A.X.P1",), ("--all",), ("--skills", "mine.txt")])
def test_the_limit_of_skills_stands_beside_the_answer(
    rolegraph: Rolegraph, graph: str, start: tuple[str, ...]
) -> None:
    Path("mine.txt").write_text("Skill a\nSkill b\nSkill c\n", encoding="utf-8")
    arguments = ("--graph", graph, "adjacent", *start, "--edition", "content@1")
    told = "recorded for whole focuses, not per level: they cannot tell the levels of one focus apart"
    assert told in " ".join(rolegraph(*arguments)[1].split())
    answer = json.loads(rolegraph(*arguments, "--format", "json")[1])
    assert any(told in note for note in answer["notes"])
    assert told in rolegraph(*arguments, "--format", "csv")[2]


@pytest.mark.parametrize("form", ["text", "json", *ROWS])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("start", ["A.X.P1", "--all"])
def test_an_answer_without_roles_is_status_1(
    rolegraph: Rolegraph, graph: str, start: str, edition: str, form: str
) -> None:
    arguments = ("adjacent", start, "--edition", edition, "--level", "M1", "--format", form, "-o", "answer")
    status, _, err = rolegraph("--graph", graph, *arguments)
    assert status == 1
    told = "No other role lies within what was asked for."
    if form == "text":
        assert told in Path("answer").read_text(encoding="utf-8")
    elif form == "json":
        assert told[1:-1] in json.loads(Path("answer").read_text(encoding="utf-8"))["reason"]
    else:
        assert told in err


def test_medians_have_columns_of_their_own(rolegraph: Rolegraph, graph: str) -> None:
    for arguments in (("adjacent", "A.X.P1"), ("distance", "A.X.P1", "A.X.P2")):
        out = rolegraph("--graph", graph, *arguments, "--edition", "pay@1", "--format", "csv")[1]
        header, *rows = csv.reader(io.StringIO(out))
        assert len(set(header)) == len(header)
        last = dict(zip(header, rows[-1], strict=True))
        assert (last["origin"], last["origin_median"], last["destination_median"]) == (
            "A.X.P1",
            "50000.0",
            "59000.0",
        )
        assert last["plain"] == "median +18 %, EUR 50,000 to 59,000 a year"


def test_a_limit_takes_what_is_shown_so(rolegraph: Rolegraph) -> None:
    def count(within: str) -> int:
        return len(
            json.loads(rolegraph("adjacent", ROLE, "--within", within, "--format", "json")[1])["adjacent"]
        )

    assert [count(within) for within in ("0.1111", "0.111", "0.1110", "0.11111", "0.2")] == [2, 0, 0, 2, 3]


def test_levels_without_years_are_named_where_they_are_in_use(rolegraph: Rolegraph, tmp_path: Path) -> None:
    taxonomy = make_taxonomy(
        {"A.X": ("P1", "S2")},
        levels=[
            make_level("P1", YEARS["P1"]),
            make_level("S1", None),
            make_level("S2", None),
            make_level("S4", None),
        ],
    )
    with Path("roles.ttl").open("wb") as file:
        write_turtle(taxonomy, file)
    status, out, _ = rolegraph("--graph", "roles.ttl", "adjacent", "A.X.S2", "--edition", "experience@1")
    assert status == 1
    assert "S2 lacks the years" in " ".join(out.split())
    assert "S4" not in out
