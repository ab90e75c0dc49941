"""The architecture as DOT and Mermaid: all of it where it can be read, an overview that says so where not."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from architectures import make_taxonomy, read_shipped
from export_sources import HOSTILE, export, make_source
from rolegraph.architecture import Architecture
from rolegraph.cli.main import cli
from rolegraph.diagram import MERMAID_EDGES, MERMAID_TEXT
from rolegraph.errors import RequestError
from rolegraph.export import dot
from rolegraph.export.source import Source

NODE = re.compile(r"^ +n\d+ ?\[", re.MULTILINE)


@pytest.fixture(scope="module")
def shipped() -> Source:
    return Architecture().export_source()


def make_large(functions: int, focuses: int) -> Source:
    """An architecture of roles from P1 to P6."""
    ladders = {
        f"F{f}.X{x}": [f"P{rank}" for rank in range(1, 7)] for f in range(functions) for x in range(focuses)
    }
    return make_source(make_taxonomy(ladders))


def note(form: str, source: Source) -> tuple[str, list[str]]:
    """What is written, and what a person is told."""
    told: list[str] = []
    return export(form, replace(source, note=told.append)).decode(), told


@pytest.mark.parametrize("form", ["dot", "mermaid"])
def test_every_role_stands_once_in_the_frame_of_its_focus(form: str, shipped: Source) -> None:
    text, told = note(form, shipped)
    taxonomy = read_shipped()
    assert told == []
    assert len(NODE.findall(text)) == len(taxonomy.profiles)
    frames = len(re.findall(r"^ +subgraph ", text, re.MULTILINE))
    assert frames == len(taxonomy.focuses) + len({focus.function for focus in taxonomy.focuses})
    for focus in taxonomy.focuses:
        assert focus.label in text


def test_rungs_are_joined_in_order(shipped: Source) -> None:
    lines = export("mermaid", shipped).decode().splitlines()
    names = dict(re.findall(r'(n\d+)\["([PM]\d) — ', "\n".join(lines)))
    solid = [line.split(" --> ") for line in lines if " --> " in line]
    ladders = Counter(
        (focus.code, profile.level[0]) for focus in read_shipped().focuses for profile in focus.profiles
    )
    assert len(solid) == sum(number - 1 for number in ladders.values())
    for low, high in solid:
        assert int(names[high.strip()][1:]) == int(names[low.strip()][1:]) + 1


def test_a_change_of_track_is_the_cheapest_of_its_focus() -> None:
    source = make_source(make_taxonomy({"F.A": ["P4", "P5", "M1", "M2"]}))
    lines = [line for line in export("dot", source).decode().splitlines() if "dashed" in line]
    moves = [
        (facts["cost"], origin, destination)
        for origin, destination, facts in source.project().edges(data=True)
        if facts["kind"] == "track-switch"
    ]
    assert moves
    assert len(lines) == len({(origin[-2], destination[-2]) for _, origin, destination in moves}) < len(moves)


@pytest.mark.skipif(shutil.which("dot") is None, reason="dot of Graphviz is not installed")
@pytest.mark.parametrize(
    "make", [lambda: Architecture().export_source(), make_source, lambda: make_large(9, 20)]
)
def test_graphviz_draws_it(make: object) -> None:
    source = make()  # type: ignore[operator]
    data = export("dot", source)
    done = subprocess.run(["dot", "-Tsvg"], input=data, capture_output=True, check=True)
    assert done.stderr == b""
    names = {"s": "http://www.w3.org/2000/svg"}
    nodes = ElementTree.fromstring(done.stdout).findall(".//s:g[@class='node']", names)
    assert len(nodes) == len(NODE.findall(data.decode()))


@pytest.mark.skipif(shutil.which("dot") is None, reason="dot of Graphviz is not installed")
def test_graphviz_shows_a_hostile_label_as_it_is() -> None:
    done = subprocess.run(
        ["dot", "-Tsvg"], input=export("dot", make_source()), capture_output=True, check=True
    )
    texts = {e.text for e in ElementTree.fromstring(done.stdout).iter("{http://www.w3.org/2000/svg}text")}
    # What turns the order of the text around it is spelt, all else is shown as it is.
    assert HOSTILE.replace("\u202e", "\\u202e").replace("\u202c", "\\u202c") in texts


def test_mermaid_reads_nothing_in_a_hostile_label() -> None:
    text = export("mermaid", make_source()).decode()
    inside = re.findall(r'\["(.*)"\]', text)
    assert inside
    for label in inside:
        assert not set(label.replace("<br/>", "")) & set('"<>&`%|\\')
    assert "{" not in re.sub(r"\[\".*\"\]", "", text)


def test_a_large_architecture_is_drawn_by_focus_and_says_so() -> None:
    source = make_large(9, 20)
    for form in ("dot", "mermaid"):
        text, (told,) = note(form, source)
        assert told.startswith("1,080 roles are more than ")
        assert told.endswith("the picture shows focuses with their rungs")
        assert told.translate({ord(c): None for c in "%{}"}) in text
        assert len(NODE.findall(text)) == 180
        assert "P1, P2, P3, P4, P5, P6" in text


def test_a_larger_one_is_drawn_by_function() -> None:
    source = make_large(40, 25)
    for form in ("dot", "mermaid"):
        text, (told,) = note(form, source)
        assert told.endswith("the picture shows functions with their numbers")
        assert len(NODE.findall(text)) == 40
        assert "focuses: 25, roles: 150" in text


def test_mermaid_is_never_given_more_than_it_draws() -> None:
    for source in (make_large(1, 80), make_large(4, 100), make_large(100, 4)):
        text, _ = note("mermaid", source)
        assert len(text.encode("utf-16-le")) // 2 <= MERMAID_TEXT
        assert sum(" -->" in line or " -.-" in line for line in text.splitlines()) <= MERMAID_EDGES


def test_what_mermaid_cannot_draw_at_all_is_refused() -> None:
    with pytest.raises(RequestError, match=r"2,000 functions are more than Mermaid draws .* export dot"):
        export("mermaid", make_large(2_000, 1))


def test_a_retired_role_is_not_drawn() -> None:
    source = make_source(make_taxonomy({"F.A": ["P1", "P2"]}, retired={"F.A.P2": None}))
    assert len(NODE.findall(export("dot", source).decode())) == 1


def test_an_architecture_without_roles_is_a_picture_without_boxes() -> None:
    source = make_source(make_taxonomy({}))
    assert NODE.findall(export("dot", source).decode()) == []
    assert export("mermaid", source).startswith(b"flowchart")


def test_dot_shows_what_can_be_read(monkeypatch: pytest.MonkeyPatch, shipped: Source) -> None:
    monkeypatch.setattr(dot, "MOST_BOXES", 4)
    text, (told,) = note("dot", shipped)
    assert told == "19 roles are more than can be read (4): the picture shows focuses with their rungs"
    assert len(NODE.findall(text)) == 4


def test_the_command_tells_what_is_left_out_beside_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dot, "MOST_BOXES", 4)
    done = CliRunner().invoke(cli, ["export", "-f", "dot"])
    assert done.exit_code == 0
    assert done.stdout.startswith("digraph architecture {")
    assert done.stderr.startswith("note: 19 roles are more than can be read (4): the picture shows focuses")


def test_a_folder_of_files_goes_to_no_stream() -> None:
    done = CliRunner().invoke(cli, ["export", "-f", "csv"])
    assert done.exit_code != 0
    assert not done.stdout
