"""Mermaid and DOT: what is in them, and that no title breaks them. DOT is read back by a small reader of its grammar."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer_samples import HOSTILE, make_adjacent, make_all_adjacent, make_ladder, make_path, make_paths
from rolegraph.answers import Adjacent, AllAdjacent, PersonAdjacent, PersonNeighbour, Stats
from rolegraph.errors import RequestError
from rolegraph.report.diagrams import MERMAID_EDGES, to_dot, to_mermaid

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|->|[{}\[\];,=]|[A-Za-z_][A-Za-z0-9_]*|//[^\n]*|\s+', re.DOTALL)
MERMAID_LINE = re.compile(
    r'flowchart (?:LR|BT)|\s*%%(?: [^\n%{}]*)?|\s*direction BT|\s*subgraph g\d+\["[^"]*"\]|\s*end'
    r'|\s*n\d+\["[^"]*"\]|\s*n\d+ (?:-->|-\.->|---|-\.-)(?:\|"[^"]*"\|)? n\d+'
    r"|\s*classDef missing stroke-dasharray: 5 5|\s*class n\d+(?:,n\d+)* missing"
)  # fmt: skip


@dataclass
class Dot:
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    clusters: list[str] = field(default_factory=list)


def read_dot(text: str) -> Dot:
    """The nodes, edges and frames of a DOT text; an unsound one raises."""
    tokens: list[str] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        assert match, f"not DOT at {text[at : at + 30]!r}"
        if not match[0].isspace() and not match[0].startswith("//"):
            tokens.append(match[0])
        at = match.end()
    assert tokens[0] == "digraph"
    assert tokens[2] == "{"
    found = Dot()
    rest = tokens[3:]
    depth = 1
    while rest:
        if rest[0] == "}":
            depth -= 1
            rest = rest[1:]
            continue
        if rest[0] == "subgraph":
            assert rest[2] == "{"
            depth += 1
            rest = rest[3:]
            continue
        end = rest.index(";")
        statement, rest = rest[:end], rest[end + 1 :]
        settings_, head = {}, statement
        if "[" in statement:
            head = statement[: statement.index("[")]
            inside = statement[statement.index("[") + 1 : -1]
            assert statement[-1] == "]"
            settings_ = {key: show(value) for key, value in split(inside)}
        if head[1:2] == ["->"]:
            found.edges.append((head[0], head[2], settings_))
        elif head[1:2] == ["="]:
            if head[0] == "label":
                found.clusters.append(show(head[2]))
        elif head != ["node"]:
            assert len(head) == 1, head
            found.nodes[head[0]] = settings_
    assert depth == 0
    return found


def split(tokens: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for at in range(0, len(tokens), 4):
        key, equals, value, *comma = tokens[at : at + 4]
        assert equals == "="
        assert comma in ([], [","])
        pairs.append((key, value))
    return pairs


def show(value: str) -> str:
    """What Graphviz shows of a value: escapes and entities read."""
    if not value.startswith('"'):
        return value
    broken = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value[1:-1], flags=re.DOTALL)
    return html.unescape(broken)


def show_mermaid(label: str) -> str:
    """What Mermaid shows of a label: entities by number, and breaks."""
    return re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label.replace("<br/>", "\n"))


def read_mermaid(text: str) -> list[str]:
    """The labels of a Mermaid text, of which every line must be of a known form."""
    for line in text.splitlines():
        assert MERMAID_LINE.fullmatch(line), line
    return [show_mermaid(label) for label in re.findall(r'"([^"]*)"', text)]


def test_a_path_is_roles_and_moves() -> None:
    answer = make_paths(2)
    dot = read_dot(to_dot(answer, str))
    assert [node["label"] for node in dot.nodes.values()] == [
        "Upstream Process Development — P1\nPROCES.UPSTREAMDF5B.P1",
        "Manufacturing Operations / Production Supervision (Upstream Processing) — M2\nMANUFA.FOCUS11.M2",
        "Bioprocess Manufacturing (Upstream/Downstream) — M3\nMANUFA.BIOPROCE4427.M3",
    ]
    assert dot.edges == [
        ("n0", "n1", {"label": "track-switch 1.2083\ncheck · needs-review", "style": "dashed"}),
        ("n1", "n2", {"label": "lateral 1.2083\nfar · no-match", "style": "dotted"}),
    ]
    lines = to_mermaid(answer, str).splitlines()
    assert lines[:2] == ["flowchart LR", "  %% cost effort@1, distance experience@1"]
    assert lines[-1] == '  n1 -.->|"lateral 1.2083<br/>far · no-match"| n2'


def test_a_role_on_several_paths_stands_once() -> None:
    dot = read_dot(to_dot(make_paths(2, 3), str))
    labels = [node["label"] for node in dot.nodes.values()]
    assert len(labels) == len(set(labels)) == 5
    assert len(dot.edges) == 5


def test_no_path_is_its_reason() -> None:
    answer = make_paths(reason="Every way leads through a missing rung.")
    dot = read_dot(to_dot(answer, str))
    assert list(dot.nodes.values()) == [{"label": "Every way leads through a missing rung."}]
    assert "Every way leads through a missing rung." in read_mermaid(to_mermaid(answer, str))


def test_the_nearest_miss_is_drawn_under_a_note() -> None:
    answer = replace(
        make_paths(reason="No\n%%{way}."), relaxed="without --avoid A", nearest_miss=make_path(1, 2)
    )
    assert len(read_dot(to_dot(answer, str)).edges) == 2
    assert "// No %%{way}. The nearest miss, without --avoid A: cost effort@1" in to_dot(answer, str)
    read_mermaid(to_mermaid(answer, str))
    assert "%% No way. The nearest miss, without --avoid A: cost effort@1" in to_mermaid(answer, str)


def test_no_move_is_the_role_alone() -> None:
    dot = read_dot(to_dot(make_paths(0), lambda code: "A title"))
    assert dot.nodes == {"n0": {"label": "A title\nPROCES.UPSTREAMDF5B.P1"}}


def test_a_ladder_has_a_frame_for_each_track_and_dashes_for_what_is_missing() -> None:
    answer = make_ladder(3, "PM")
    dot = read_dot(to_dot(answer, str))
    assert dot.clusters == ["Track P", "Track M"]
    assert [(a, b) for a, b, _ in dot.edges] == [("n0", "n1"), ("n1", "n2"), ("n3", "n4"), ("n4", "n5")]
    assert [name for name, node in dot.nodes.items() if "style" in node] == ["n1", "n4"]
    assert dot.nodes["n1"]["label"].endswith("no profile at this level")
    assert "rankdir=BT" in to_dot(answer, str)
    mermaid = to_mermaid(answer, str)
    assert {"Track P", "Track M"} <= set(read_mermaid(mermaid))
    assert mermaid.endswith("  class n1,n4 missing\n")


def test_nearest_roles_are_lines_with_distance_and_band() -> None:
    answer = make_adjacent(12)
    dot = read_dot(to_dot(answer, lambda code: "The origin"))
    assert dot.nodes["n0"]["label"] == "The origin\nMANUFA.MANUFACTF950.M3"
    assert len(dot.edges) == 12
    assert dot.edges[0] == ("n0", "n1", {"label": "0.0300\nnear · confident", "dir": "none"})
    assert dot.edges[-1][2]["style"] == "dashed"
    assert '  n0 ---|"0.0300<br/>near · confident"| n1' in to_mermaid(answer, str)


def test_nearest_roles_without_bands_have_plain_words_or_the_reason_that_there_are_none() -> None:
    near = replace(make_adjacent(1).adjacent[0], band=None, plain="median +18 %")
    dot = read_dot(to_dot(replace(make_adjacent(1), adjacent=(near,)), str))
    assert dot.edges[0][2]["label"] == "0.0300\nmedian +18 %"
    bare = replace(near, plain=None)
    assert "no match band" in to_mermaid(replace(make_adjacent(1), adjacent=(bare,)), str)
    answer = replace(make_adjacent(0), reason="No recorded pay")
    assert "// distance structural@1. No recorded pay" in to_dot(answer, str)
    assert read_mermaid(to_mermaid(answer, str)) == ["MANUFA.MANUFACTF950.M3\nMANUFA.MANUFACTF950.M3"]


def test_the_nearest_of_all_have_an_arrow_where_only_one_is_near_to_the_other() -> None:
    one, other, third = (
        replace(near, code=code) for near, code in zip(make_adjacent(3).adjacent, "ABC", strict=True)
    )
    answer = AllAdjacent("structural@1", (
        Adjacent("A", "structural@1", (other, third)), Adjacent("B", "structural@1", (one,)), Adjacent("C", "structural@1", ()),
    ))  # fmt: skip
    dot = read_dot(to_dot(answer, str))
    assert [(a, b, "dir" in settings_) for a, b, settings_ in dot.edges] == [
        ("n0", "n1", True),
        ("n0", "n2", False),
    ]


def test_mermaid_refuses_what_it_cannot_draw_and_names_what_can() -> None:
    answer = make_adjacent(MERMAID_EDGES + 1)
    with pytest.raises(RequestError, match=r"501 lines are more than Mermaid draws \(500\).*--format dot"):
        to_mermaid(answer, str)
    assert len(read_dot(to_dot(answer, str)).edges) == 501


@pytest.mark.parametrize("draw", [to_mermaid, to_dot])
def test_what_has_no_diagram_is_refused(draw: object) -> None:
    with pytest.raises(RequestError, match="this answer has no diagram; what can be drawn are ladders"):
        draw(Stats("t", "1", {}, ()), str)  # type: ignore[operator]


HOSTILE_SHOWN = HOSTILE.replace("\n", " ").replace("\x07", "\\x07")


@pytest.mark.parametrize(
    "answer",
    [
        make_paths(2, title=HOSTILE), make_ladder(3, title=HOSTILE), make_adjacent(3, HOSTILE), make_all_adjacent(),
        make_paths(reason=HOSTILE),
    ],
)  # fmt: skip
def test_hostile_titles_are_shown_as_they_are(answer: object) -> None:
    def hostile(code: str) -> str:
        return HOSTILE

    dot, mermaid = read_dot(to_dot(answer, hostile)), read_mermaid(to_mermaid(answer, hostile))
    assert any(node["label"].startswith(HOSTILE_SHOWN) for node in dot.nodes.values())
    assert any(label.startswith(HOSTILE_SHOWN) for label in mermaid)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.text('"\\<>&#;|`%{}[]()\n\r -', max_size=20))
def test_any_title_comes_back(text: str) -> None:
    seen = " ".join(text.split())
    answer = make_ladder(1, title=text or "x")
    dot, labels = read_dot(to_dot(answer, str)), read_mermaid(to_mermaid(answer, str))
    if seen and seen.isprintable():
        assert dot.nodes["n0"]["label"] == f"{seen}\nMANUFA3.MANUFACT13A2.M1"
        assert f"{seen}\nMANUFA3.MANUFACT13A2.M1" in labels


def test_roles_near_to_a_person_hang_on_the_skills() -> None:
    near = PersonNeighbour("A.B.P1", "Baker", 0.25, "confident", {"shared": 2.0}, ("a", "b"), ("c",))
    dot = to_dot(PersonAdjacent("content@1", (), (), (near,)), str)
    assert "A person's skills" in dot
    assert "Baker" in dot
