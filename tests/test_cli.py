"""The command line keeps its contract: forms, exit status, what goes to which stream."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from rolegraph.cli.main import COMMANDS, run

ROLE = "MANUFA.MANUFACTF950.M3"
START, GOAL = "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3"
SMALL = Path(__file__).parent / "fixtures" / "small"


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    def json(self) -> dict:  # type: ignore[type-arg]
        return json.loads(self.out)


class Rolegraph:
    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str) -> Result:
        status = run(list(arguments))
        out, err = self._capture.readouterr()
        return Result(status, out, err)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def rolegraph(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: Path
) -> Rolegraph:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(cache))
    monkeypatch.delenv("ROLEGRAPH_DATA", raising=False)
    return Rolegraph(capsys)


def test_adjacent_json_has_the_agreed_shape(rolegraph: Rolegraph) -> None:
    answer = rolegraph("adjacent", ROLE, "-k", "3", "--format", "json").json()
    assert list(answer) == ["origin", "edition", "adjacent", "reason", "left_out", "notes"]
    assert [n["code"] for n in answer["adjacent"]] == [
        "MANUFA.MANUFACTF950.M2", "MANUFA.MANUFACTF950.M4", "MANUFA.BIOPROCE4427.M3",
    ]  # fmt: skip
    assert list(answer["adjacent"][0]) == [
        "code", "title", "distance", "band", "components", "plain", "notes",
    ]  # fmt: skip
    assert list(answer["adjacent"][0]["components"]) == ["level", "track", "taxonomy"]


def test_distance_json_has_the_agreed_shape(rolegraph: Rolegraph) -> None:
    answer = rolegraph("distance", ROLE, GOAL, "--format", "json").json()
    assert answer == {
        "origin": ROLE, "destination": GOAL, "edition": "structural@1", "distance": 0.188889,
        "band": "confident", "components": {"level": 0.0, "track": 0.0, "taxonomy": 1.7},
        "reason": None, "plain": None, "notes": [],
    }  # fmt: skip


def test_path_json_has_the_agreed_shape(rolegraph: Rolegraph) -> None:
    answer = rolegraph("path", START, GOAL, "--format", "json").json()
    assert list(answer) == [
        "origin", "destination", "by", "edition", "cost_edition", "paths", "reason", "relaxed", "nearest_miss",
    ]  # fmt: skip
    (path,) = answer["paths"]
    assert list(path) == ["cost", "years", "moves", "to_learn", "notes"]
    stops = [path["moves"][0]["origin"], *(move["destination"] for move in path["moves"])]
    assert stops == [
        "PROCES.UPSTREAMDF5B.P1", "PROCES.UPSTREAMDF5B.P2", "PROCES.UPSTREAMDF5B.P3",
        "MANUFA.BIOPROCE4427.M1", "MANUFA.BIOPROCE4427.M2", "MANUFA.BIOPROCE4427.M3",
    ]  # fmt: skip
    assert list(path["moves"][0]) == [
        "origin", "destination", "origin_title", "destination_title", "kind", "direction", "changes", "cost",
        "distance", "band", "gain", "keep", "unknown", "deepen", "evidence",
    ]  # fmt: skip


def test_ladder_json_has_the_agreed_shape(rolegraph: Rolegraph) -> None:
    answer = rolegraph("ladder", "PROCES.UPSTREAMDF5B", "--format", "json").json()
    assert answer["focus"] == "PROCES.UPSTREAMDF5B"
    (track,) = answer["tracks"]
    assert [rung["level"] for rung in track["rungs"]] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert list(track["rungs"][0])[:5] == ["code", "level", "title", "basis", "changes"]
    assert list(track["rungs"][0])[5:] == ["name", "years", "scope", "stage", "differences"]
    assert not track["rungs"][0]["changes"]
    assert track["rungs"][1]["changes"]


def test_validate_json_has_the_agreed_shape(rolegraph: Rolegraph) -> None:
    result = rolegraph("validate", "--format", "json")
    answer = result.json()
    assert result.status == 0
    assert answer["conforms"] is True
    assert sum(f["severity"] == "warning" for f in answer["findings"]) == 5
    assert list(answer["findings"][0]) == [
        "severity",
        "rule",
        "file",
        "line",
        "subject",
        "message",
        "remedy",
        "cell",
    ]
    assert rolegraph("validate", "--strict").status == 1


def test_query_from_standard_input(rolegraph: Rolegraph, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'SELECT ?code { ?p a rg:Profile ; rg:atLevel/skos:notation "M2" ; skos:notation ?code } ORDER BY ?code'
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    answer = rolegraph("query", "-", "--format", "csv")
    assert answer.out.split() == [
        "code",
        "MANUFA.BIOPROCE4427.M2",
        "MANUFA.MANUFACTF950.M2",
        "MANUFA3.MANUFACT13A2.M2",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO(" "))
    assert rolegraph("query", "-").status == 2


def test_query_file_with_a_value_for_a_variable(rolegraph: Rolegraph, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?level ?name { ?l skos:notation ?level ; rg:levelName ?name }")
    answer = rolegraph("query", "mine.rq", "--param", "level=M3", "--format", "csv")
    assert answer.out.split() == ["level,name", "M3,Senior", "Manager"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "FROM"),
        ("DELETE WHERE { ?s ?p ?o }", ""),
        ("SELECT * { ?s ?p }", "line"),
    ],
)
def test_query_that_is_refused_or_wrong_is_told(
    rolegraph: Rolegraph, monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    answer = rolegraph("query", "-")
    assert answer.status == 2
    assert not answer.out
    assert told in answer.err
    assert "Traceback" not in answer.err


def test_query_json_is_the_w3c_form(rolegraph: Rolegraph) -> None:
    answer = rolegraph("query", "profiles-by-level", "--param", "level=M3", "--format", "json")
    assert list(answer.json()) == ["head", "results"]
    assert len(answer.json()["results"]["bindings"]) == 3


@pytest.mark.parametrize(
    "command",
    [
        ("list", "functions"), ("list", "focuses"), ("list", "profiles"), ("list", "levels"), ("list", "skills"),
        ("list", "occupations"), ("search", "aseptic"), ("show", ROLE), ("show", "M3"), ("show", "MANUFA"),
        ("show", "MANUFA.MANUFACTF950"), ("show", "51-1011"), ("adjacent", ROLE), ("adjacent", "--all"),
        ("distance", ROLE, GOAL), ("ladder", "MANUFA.MANUFACTF950"), ("path", START, GOAL), ("stats",), ("validate",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_answer_has_text_json_csv_and_markdown(rolegraph: Rolegraph, command: tuple[str, ...]) -> None:
    text = rolegraph(*command)
    assert text.status == 0
    assert text.out.strip()
    assert not text.err
    assert "\x1b" not in text.out
    assert json.loads(rolegraph(*command, "--format", "json").out)
    table = list(csv.reader(io.StringIO(rolegraph(*command, "--format", "csv").out)))
    assert len(table) > 1
    assert len({len(row) for row in table}) == 1
    made = rolegraph(*command, "--format", "md").out
    assert made.startswith(("| ", "# "))
    assert "\n| --- |" in made


def test_role_is_found_by_code_in_any_case_and_by_title(rolegraph: Rolegraph) -> None:
    by_code = rolegraph("adjacent", ROLE.lower(), "--format", "json").json()
    by_title = rolegraph(
        "adjacent", "manufacturing management / operations leadership — M3", "--format", "json"
    )
    assert by_code["origin"] == by_title.json()["origin"] == ROLE


def test_misspelt_role_names_the_closest(rolegraph: Rolegraph) -> None:
    result = rolegraph("adjacent", "MANUFA.MANUFACTF95.M3")
    assert result.status == 2
    assert not result.out
    assert ROLE in result.err


def test_misspelt_command_names_the_closest(rolegraph: Rolegraph) -> None:
    result = rolegraph("adjecent", ROLE)
    assert result.status == 2
    assert "adjacent" in result.err


def test_unknown_edition_names_those_there_are(rolegraph: Rolegraph) -> None:
    result = rolegraph("adjacent", ROLE, "--edition", "structural@9")
    assert result.status == 2
    assert "structural@1" in result.err


def test_no_path_is_an_honest_no(rolegraph: Rolegraph) -> None:
    result = rolegraph("path", GOAL, START, "--format", "json")
    assert result.status == 1
    answer = result.json()
    assert answer["paths"] == []
    assert answer["reason"]


def test_missing_folder_and_missing_graph_are_told(rolegraph: Rolegraph) -> None:
    for option in ("--data", "--graph"):
        result = rolegraph(option, "nowhere", "list")
        assert result.status == 2
        assert "nowhere" in result.err
    assert rolegraph("--data", "a", "--graph", "b", "list").status == 2


def test_source_may_stand_before_or_after_the_command(rolegraph: Rolegraph) -> None:
    before = rolegraph("--data", str(SMALL), "list", "profiles", "--format", "json")
    after = rolegraph("list", "profiles", "--format", "json", "--data", str(SMALL))
    assert before.status == 0
    assert before.out == after.out


def test_environment_names_the_data_and_an_option_wins(
    rolegraph: Rolegraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLEGRAPH_DATA", str(SMALL))
    by_environment = rolegraph("list", "--format", "json").out
    assert by_environment == rolegraph("--data", str(SMALL), "list", "--format", "json").out
    monkeypatch.setenv("ROLEGRAPH_DATA", "nowhere")
    assert rolegraph("--data", str(SMALL), "list", "--format", "json").out == by_environment


def test_graph_answers_like_the_data_it_was_built_from(rolegraph: Rolegraph) -> None:
    assert rolegraph("build", "-o", "out").status == 0
    for command in (
        ("adjacent", ROLE),
        ("path", START, GOAL),
        ("show", ROLE),
        ("stats",),
        ("list", "skills"),
    ):
        # Only what brings a release that is not there differs: none can stand beside a graph file.
        direct = rolegraph(*command, "--format", "json").out.replace(
            "rolegraph import onet SRC -o DIR brings it",
            "a graph file has no releases beside it; name its data folder with --data",
        )
        assert rolegraph("--graph", "out/rolegraph.ttl", *command, "--format", "json").out == direct
        assert rolegraph("--graph", "out/rolegraph.nt", *command, "--format", "json").out == direct


def test_version_and_help(rolegraph: Rolegraph) -> None:
    assert rolegraph("--version").out.startswith("rolegraph, version 0.")
    shown = rolegraph("--help").out
    for name in COMMANDS:
        assert f"  {name} " in shown


def test_colour_only_on_a_terminal_and_never_with_no_color(tmp_path: Path, cache: Path) -> None:
    script = Path(sys.executable).with_name("rolegraph")
    environment = {**os.environ, "ROLEGRAPH_CACHE": str(cache)}
    environment.pop("NO_COLOR", None)

    def show(**more: str) -> str:
        command = ["script", "-qec", f"{script} adjacent {ROLE} -k 1", "/dev/null"]
        done = subprocess.run(
            command, env={**environment, **more}, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert "\x1b[" in show()
    assert "\x1b[" not in show(NO_COLOR="1")


def test_closed_pipe_is_no_error(tmp_path: Path, cache: Path) -> None:
    script = Path(sys.executable).with_name("rolegraph")
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script} show {ROLE} --format json | head -c 10"],
        env={**os.environ, "ROLEGRAPH_CACHE": str(cache)}, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert not done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_is_given(shell: str) -> None:
    script = Path(sys.executable).with_name("rolegraph")
    environment = {**os.environ, "_ROLEGRAPH_COMPLETE": f"{shell}_source"}
    done = subprocess.run([script], env=environment, capture_output=True, text=True, check=False)
    assert "_ROLEGRAPH_COMPLETE" in done.stdout


def run_process(
    *arguments: str, cache: Path, redirect: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).with_name("rolegraph")
    command = ["bash", "-c", f'"$0" "$@" {redirect}', str(script), *arguments]
    variables = {**os.environ, "ROLEGRAPH_CACHE": str(cache), **environment}
    return subprocess.run(command, env=variables, capture_output=True, check=False, encoding="latin-1")


@pytest.mark.parametrize(
    "arguments", [("list",), ("path", START, GOAL), ("stats", "--format", "json")], ids=" ".join
)
def test_output_that_cannot_be_written_is_told(cache: Path, arguments: tuple[str, ...]) -> None:
    done = run_process(*arguments, cache=cache, redirect="> /dev/full")
    assert done.returncode == 2
    assert "the answer cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_characters_that_the_terminal_lacks_are_spelt_out(cache: Path, encoding: str) -> None:
    done = run_process("path", START, GOAL, cache=cache, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "\\u25cf" in done.stdout


@pytest.mark.parametrize("redirect", [">&-", "<&-"])
def test_closed_streams_are_no_reason_for_a_traceback(cache: Path, redirect: str) -> None:
    for arguments in (("show", "M3"), ("query", "-")):
        done = run_process(*arguments, cache=cache, redirect=redirect)
        assert "Traceback" not in done.stderr


def test_hidden_findings_are_counted(rolegraph: Rolegraph) -> None:
    result = rolegraph("validate", "--severity", "violation", "--strict")
    assert result.status == 1
    assert "5 warnings" in result.err


def test_missing_path_tells_its_reason_beside_a_table(rolegraph: Rolegraph) -> None:
    result = rolegraph("path", GOAL, START, "--format", "csv")
    assert result.status == 1
    assert "step-down" in result.err


def test_neighbours_by_another_edition(rolegraph: Rolegraph) -> None:
    rows = rolegraph(
        "query",
        "neighbours",
        "--param",
        f"profile={ROLE}",
        "--param",
        "edition=experience@1",
        "--format",
        "csv",
    )
    near = rolegraph("adjacent", ROLE, "--edition", "experience@1", "--format", "json").json()["adjacent"]
    assert [row["neighbour"] for row in csv.DictReader(io.StringIO(rows.out))] == [n["code"] for n in near]


def test_adjacency_of_another_build_is_left_out(rolegraph: Rolegraph, tmp_path: Path) -> None:
    command = (
        "--graph",
        "out/rolegraph.ttl",
        "query",
        "neighbours",
        "--param",
        f"profile={ROLE}",
        "--format",
        "csv",
    )
    assert rolegraph("build", "-o", "out").status == 0
    assert len(rolegraph(*command).out.splitlines()) == 11
    adjacency = tmp_path / "out" / "adjacency.ttl"
    adjacency.write_text(adjacency.read_text(encoding="utf-8") + "\n# edited", encoding="utf-8")
    assert len(rolegraph(*command).out.splitlines()) == 1


def test_title_is_found_with_a_plain_dash(rolegraph: Rolegraph) -> None:
    answer = rolegraph(
        "adjacent", "manufacturing management / operations leadership - m3", "--format", "json"
    ).json()
    assert answer["origin"] == ROLE


def test_graph_written_by_another_tool_is_read(rolegraph: Rolegraph, tmp_path: Path) -> None:
    import rdflib

    assert rolegraph("build", "-o", "out").status == 0
    rdflib.Graph().parse("out/rolegraph.ttl").serialize("other.ttl")
    assert rolegraph("--graph", "other.ttl", "build", "-o", "again").status == 0
    for name in ("rolegraph.ttl", "rolegraph.nt"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    said = f"<https://w3id.org/rolegraph/id/profile/{ROLE}> <http://www.w3.org/2004/02/skos/core#altLabel>"
    with (tmp_path / "other.ttl").open("a", encoding="utf-8") as file:
        file.write(f'\n{said} "Leiter"@de .\n')
    assert rolegraph("--graph", "other.ttl", "build", "-o", "more").status == 0
    assert f'\n{said} "Leiter"@de .\n' in (tmp_path / "more" / "rolegraph.nt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "<http://example.org/a> a <https://w3id.org/rolegraph/ns#Porfile> .",
        "<http://example.org/a> a <http://www.w3.org/2004/02/skos/core#Concept> .",
        "<https://w3id.org/rolegraph/ns#a> a <https://w3id.org/rolegraph/ns#Basis> .",
    ],
)
def test_graph_without_a_node_of_ours_does_not_conform(
    rolegraph: Rolegraph, tmp_path: Path, text: str
) -> None:
    (tmp_path / "foreign.ttl").write_text(text, encoding="utf-8")
    result = rolegraph("validate", "foreign.ttl")
    assert result.status == 2
    assert "nothing here is ours" in result.err


def test_numbers_stay_numbers_in_the_csv_of_a_query(
    rolegraph: Rolegraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('SELECT * { VALUES (?x ?y) { (-2.5 "=1+1") } }'))
    assert rolegraph("query", "-", "--format", "csv").out.split() == ["x,y", "-2.5,'=1+1"]


def test_graph_that_cannot_be_read_does_not_conform(rolegraph: Rolegraph, tmp_path: Path) -> None:
    assert rolegraph("build", "-o", "out").status == 0
    lines = (tmp_path / "out" / "rolegraph.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    label = "/focus/MANUFA.BIOPROCE4427> <http://www.w3.org/2004/02/skos/core#prefLabel>"
    (tmp_path / "cut.nt").write_text("".join(line for line in lines if label not in line), encoding="utf-8")
    result = rolegraph("validate", "cut.nt", "--format", "json")
    assert result.status == 1
    assert [f["rule"] for f in result.json()["findings"] if f["severity"] == "violation"] == ["part-missing"]
    assert rolegraph("validate", "cut.nt", "--format", "sarif").status == 1
    assert rolegraph("--graph", "cut.nt", "list").status == 2
