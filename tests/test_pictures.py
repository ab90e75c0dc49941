"""Pictures of answers: what is on them, that nothing overlaps or leaves the slide, and that both paintings hold."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from answer_samples import (
    HOSTILE,
    LONG,
    make_adjacent,
    make_all_adjacent,
    make_ladder,
    make_path,
    make_paths,
)
from rolegraph.answers import (
    Hidden,
    HiddenRole,
    PersonAdjacent,
    PersonNeighbour,
    Recognised,
    Unrecognised,
)
from rolegraph.errors import RequestError
from rolegraph.report.pictures import draw_png, draw_scene, draw_svg
from rolegraph.report.pictures.lettering import SPARE, find_missing, fit, list_items, measure
from rolegraph.report.pictures.scene import HEIGHT, WIDTH, Box, Dot, Label, Line, Scene

SVG = "{http://www.w3.org/2000/svg}"
TITLES = {
    "PROCES.UPSTREAMDF5B.P1": "Upstream Process Development — P1",
    "MANUFA.BIOPROCE4427.M3": "Bioprocess Manufacturing (Upstream/Downstream) — M3",
    "MANUFA3.MANUFACT13A2": LONG,
    "MANUFA.MANUFACTF950.M3": "Manufacturing Management / Operations Leadership — M3",
}
VERBOSE = f"{LONG} and {LONG} and {LONG} — M3"
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitän" * 4

ANSWERS = {
    "ladder": make_ladder(),
    "ladder of 1": make_ladder(1),
    "ladder of 12 on two tracks": make_ladder(12, "PM"),
    "ladder of 6 aligned by stage": make_ladder(6, "PM", aligned_by="experience@1"),
    "ladder of 40 on six tracks": make_ladder(40, "PMSEXY"),
    "ladder of long titles": make_ladder(7, "PMS", VERBOSE),
    "ladder of long words": make_ladder(4, "PM", UNBROKEN),
    "ladder of nothing": make_ladder(0),
    "path of 1": make_paths(1),
    "path of 5": make_paths(5),
    "path of 10": make_paths(10),
    "path of 30": make_paths(30),
    "paths of 10": make_paths(10, 8, 10),
    "six paths": make_paths(2, 2, 3, 4, 5, 6),
    "two paths of long titles": make_paths(3, 4, title=VERBOSE),
    "four paths of long words": make_paths(3, 4, 6, 12, title=UNBROKEN),
    "path of nothing": make_paths(0),
    "no path": make_paths(reason="No path: every way leads through a missing rung. " * 6),
    "nearest miss": replace(
        make_paths(reason="Every way leads through a function that is to be avoided. " * 12),
        relaxed="without --avoid MANUFA", nearest_miss=make_path(1, 12),
    ),
    "near 0": make_adjacent(0),
    "near 1": make_adjacent(1),
    "near 10": make_adjacent(10),
    "near 12 with long titles": make_adjacent(12, VERBOSE),
    "near 30": make_adjacent(30, f"{LONG} — M3"),
    "near 50": make_adjacent(33, UNBROKEN),
}  # fmt: skip


def title(code: str) -> str:
    return TITLES.get(code, code)


def find_texts(scene: Scene) -> list[str]:
    return [shape.text for shape in scene.shapes if isinstance(shape, Label)]


def find_labels(scene: Scene) -> list[Label]:
    return [shape for shape in scene.shapes if isinstance(shape, Label)]


def check_overlaps(scene: Scene) -> None:
    for one, other in itertools.combinations(find_labels(scene), 2):
        left, top, right, bottom = one.extent
        x, y, to_x, to_y = other.extent
        overlap = min(right, to_x) - max(left, x), min(bottom, to_y) - max(top, y)
        assert min(overlap) <= 0, (one, other)


@pytest.mark.parametrize("name", ANSWERS)
def test_no_text_lies_on_another_one(name: str) -> None:
    check_overlaps(draw_scene(ANSWERS[name], title))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(1, 14), min_size=1, max_size=5),
    st.integers(1, 32),
    st.sampled_from(["P", "PM", "PMS", "PMSEX"]),
    st.sampled_from(["", VERBOSE, UNBROKEN, f"{LONG} — M3", "W" * 30]),
)
def test_no_text_lies_on_another_one_whatever_the_size(
    moves: list[int], count: int, tracks: str, text: str
) -> None:
    check_overlaps(draw_scene(make_paths(*moves, title=text), title))
    check_overlaps(draw_scene(make_adjacent(count, text), title))
    for aligned_by in ("rank", "experience@1"):
        check_overlaps(draw_scene(make_ladder(count % 17, tracks, text, aligned_by), title))


@pytest.mark.parametrize("name", ANSWERS)
def test_all_that_is_drawn_lies_on_the_slide(name: str) -> None:
    for shape in draw_scene(ANSWERS[name], title).shapes:
        if isinstance(shape, Label):
            left, top, right, bottom = shape.extent
        elif isinstance(shape, Box):
            left, top, right, bottom = shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        elif isinstance(shape, Dot):
            left, right = shape.x - shape.radius, shape.x + shape.radius
            top, bottom = shape.y - shape.radius, shape.y + shape.radius
        else:
            xs, ys = zip(*shape.points, strict=True)
            left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        # The margins left and right stay free for other fonts.
        assert 56 <= left <= right <= WIDTH - 56, shape
        assert 24 <= top <= bottom <= HEIGHT - 8, shape


@pytest.mark.parametrize("name", ANSWERS)
def test_no_text_is_too_small_to_read_and_none_is_empty(name: str) -> None:
    for label in find_labels(draw_scene(ANSWERS[name], title)):
        assert label.size >= 11
        assert label.text.strip()
        assert label.text != "…"


@pytest.mark.parametrize("name", ANSWERS)
def test_texts_stay_within_their_boxes(name: str) -> None:
    scene = draw_scene(ANSWERS[name], title)
    boxes = [shape for shape in scene.shapes if isinstance(shape, Box)]
    for label in find_labels(scene):
        left, top, right, bottom = label.extent
        for box in boxes:
            inside = box.x <= label.x <= box.x + box.width and box.y <= label.y <= box.y + box.height
            if inside and box.width > 100:
                assert box.x <= left <= right <= box.x + box.width, (label, box)
                assert box.y <= top <= bottom <= box.y + box.height, (label, box)


def test_what_is_cut_can_be_read_in_full() -> None:
    labels = find_labels(draw_scene(make_paths(3, 4, 6, title=UNBROKEN), title))
    cut = [label for label in labels if label.text.endswith("…")]
    assert cut
    assert all(label.full for label in cut)
    assert UNBROKEN in {label.full for label in cut}
    svg = draw_svg(make_paths(3, 4, 6, title=UNBROKEN), title)
    assert f"<title>{UNBROKEN}</title>" in svg


def test_a_ladder_shows_names_years_codes_and_what_is_missing() -> None:
    scene = draw_scene(make_ladder(3), title)
    texts = find_texts(scene)
    assert "CAREER LADDER" in texts
    assert LONG in texts
    assert "MANUFA3.MANUFACT13A2 · track M" in texts
    badges = [label for label in find_labels(scene) if label.text in {"M1", "M2", "M3"}]
    assert [label.text for label in sorted(badges, key=lambda label: -label.y)] == ["M1", "M2", "M3"]
    assert {"Entry M", "Developing M", "Mid-Level M"} <= set(texts)
    assert "MANUFA3.MANUFACT13A2.M3 · implied · 6–10 years" in texts
    assert "missing · no profile at this level · 4–8 years" in texts
    assert "scope: Whole tasks and small pieces of a project" in texts
    dashed = [shape for shape in scene.shapes if isinstance(shape, Box) and shape.dash]
    assert len(dashed) == 1
    missing = next(label for label in badges if label.text == "M2")
    assert dashed[0].y < missing.y < dashed[0].y + dashed[0].height


def test_a_ladder_without_missing_rungs_has_nothing_dashed() -> None:
    scene = draw_scene(make_ladder(1), title)
    assert not [shape for shape in scene.shapes if isinstance(shape, Box) and shape.dash]
    assert "Dashed" not in " ".join(find_texts(scene))


def test_rungs_of_equal_stage_stand_side_by_side() -> None:
    """Management begins a stage and a half above, so that M1 stands between P2 and P3."""
    aligned = draw_scene(make_ladder(6, "PM", aligned_by="experience@1"), title)
    height = {label.text: label.y for label in find_labels(aligned)}
    assert height["P3"] < height["M1"] < height["P2"]
    assert "experience@1" in " ".join(find_texts(aligned))
    by_rank = draw_scene(make_ladder(6, "PM"), title)
    height = {label.text: label.y for label in find_labels(by_rank)}
    assert height["P1"] == height["M1"]


def test_what_does_not_fit_is_counted() -> None:
    ladder = " ".join(find_texts(draw_scene(make_ladder(40, "PMSEXY"), title)))
    assert "and 26 more" in ladder
    assert "And 2 tracks more, not shown." in ladder
    assert "and 19 moves more, not shown" in " ".join(find_texts(draw_scene(make_paths(30), title)))
    assert "And 2 paths more" in " ".join(find_texts(draw_scene(make_paths(1, 1, 1, 1, 1, 1), title)))
    assert "And 3 roles more, farther away" in " ".join(find_texts(draw_scene(make_adjacent(33), title)))


def test_a_path_shows_its_ends_editions_costs_and_bands() -> None:
    scene = draw_scene(make_paths(3), title)
    texts = find_texts(scene)
    assert (
        "PROCES.UPSTREAMDF5B.P1 → MANUFA.BIOPROCE4427.M3 · cost effort@1, least effort first · distance experience@1"
        in texts
    )
    assert "3 moves · cost 3.6250 · typically 6 to 12 years" in texts
    assert "cost 1.2083 · distance 0.1083 · check · needs-review" in texts
    assert "cost 1.2083 · distance 0.1083 · far · no-match" in texts
    assert "cost 1.2083 · distance 0.1083 · near · confident" in texts
    assert {"Aseptic technique", "Cell culture / fermentation"} <= set(texts)
    dashes = [s.dash for s in scene.shapes if isinstance(s, Line) and s.thickness == 3.5]
    # Bands are told apart without colour.
    assert len(set(dashes)) == 3
    assert "not whether a person qualifies" in " ".join(texts)


@pytest.mark.parametrize("name", ["path of 30", "paths of 10", "nearest miss"])
def test_the_roles_of_a_path_do_not_crowd(name: str) -> None:
    dots = [shape for shape in draw_scene(ANSWERS[name], title).shapes if isinstance(shape, Dot)]
    assert all(b.y - a.y >= 32 for a, b in itertools.pairwise(dots) if a.x == b.x)


def test_the_reason_stands_where_there_is_no_path() -> None:
    texts = find_texts(draw_scene(make_paths(reason="Every way leads through a missing rung."), title))
    assert "Every way leads through a missing rung." in texts


def test_the_nearest_miss_stands_below_the_reason() -> None:
    answer = replace(
        make_paths(reason="No path."), relaxed="without --avoid MANUFA", nearest_miss=make_path(1, 2)
    )
    texts = find_texts(draw_scene(answer, title))
    assert {"No path.", "The nearest miss, without what is to be avoided (--avoid MANUFA)"} <= set(texts)
    assert "Bioprocess Manufacturing (Upstream/Downstream) — M3" in texts


def test_a_path_that_is_no_step_says_so() -> None:
    note = "It is a change of career, not a step."
    answer = replace(make_paths(2), paths=(replace(make_path(1, 2), notes=(note,)),))
    assert "a change of career, not a step" in " ".join(find_texts(draw_scene(answer, title)))


def test_several_ends_are_named_by_their_titles() -> None:
    answer = replace(make_paths(1), destination="MANUFA.BIOPROCE4427.M3, MANUFA.MANUFACTF950.M3")
    joined = " ".join(find_texts(draw_scene(answer, title)))
    assert "Bioprocess Manufacturing (Upstream/Downstream) — M3; Manufacturing Management" in joined


@pytest.mark.parametrize(
    ("gain", "unknown", "shown"),
    [
        ((), True, "unknown: not recorded per level"),
        ((), False, "none beyond the origin's"),
        (tuple(f"A skill of some length {n}" for n in range(140)), False, r".*A skill of some length \d+ and \d+ more"),
    ],
)  # fmt: skip
def test_skills_are_told_as_far_as_they_are_known(gain: tuple[str, ...], unknown: bool, shown: str) -> None:
    path = make_path(1, 1)
    move = replace(path.moves[0], gain=gain, unknown=unknown)
    answer = replace(make_paths(1), paths=(replace(path, moves=(move,)),))
    assert re.search(shown, " ".join(find_texts(draw_scene(answer, title))))


def test_neighbours_stand_at_their_distances() -> None:
    answer = make_adjacent(10)
    scene = draw_scene(answer, title)
    places = [shape.x for shape in scene.shapes if isinstance(shape, Dot)]
    steps = [b - a for a, b in itertools.pairwise(places)]
    assert steps == pytest.approx([steps[0]] * 9)
    assert steps[0] > 0
    ticks = {label.text: label.x for label in find_labels(scene) if label.text in {"0", "0.5"}}
    for x, neighbour in zip(places, answer.adjacent, strict=True):
        assert x == pytest.approx(ticks["0"] + (ticks["0.5"] - ticks["0"]) * neighbour.distance / 0.5)
    texts = find_texts(scene)
    assert {"0.0300", "near · confident", "Focus number 1 — M3", "MANUFA.FOCUS1.M3"} <= set(texts)
    assert "MANUFA.MANUFACTF950.M3 · distance structural@1" in texts


def test_an_edition_without_bands_says_so() -> None:
    near = replace(make_adjacent(1).adjacent[0], band=None)
    texts = find_texts(draw_scene(replace(make_adjacent(1), adjacent=(near,)), title))
    assert "no match band" in texts
    assert "This edition has no match bands" in " ".join(texts)
    near = replace(near, plain="median +18 %")
    texts = find_texts(draw_scene(replace(make_adjacent(1), adjacent=(near,)), title))
    assert {"median +18 %", "in words"} <= set(texts)


def test_notes_on_the_figures_stand_at_the_foot() -> None:
    near = replace(make_adjacent(1).adjacent[0], plain="3 of 4 skills shared", notes=("skills are alike",))
    answer = replace(make_adjacent(1), adjacent=(near, near), notes=("2 roles have no skills",))
    texts = find_texts(draw_scene(answer, title))
    assert "3 of 4 skills shared · MANUFA.FOCUS1.M3" in texts
    assert "Skills are alike. 2 roles have no skills. Distance runs from 0" in " ".join(texts)


def test_an_origin_that_an_edition_cannot_place_has_the_reason() -> None:
    answer = replace(make_adjacent(0), reason="It has no recorded pay; add pay.")
    assert "It has no recorded pay; add pay." in find_texts(draw_scene(answer, title))
    assert "<desc>It has no recorded pay; add pay.</desc>" in draw_svg(answer, title)


def test_a_move_that_an_edition_does_not_compare_says_so() -> None:
    path = make_path(1, 1)
    answer = replace(
        make_paths(1), paths=(replace(path, moves=(replace(path.moves[0], distance=None, band=None),)),)
    )
    assert "cost 1.2083 · distance not known" in find_texts(draw_scene(answer, title))


@pytest.mark.parametrize("draw", [draw_svg, draw_png])
def test_what_has_no_picture_is_refused_with_what_has(draw: object) -> None:
    with pytest.raises(RequestError, match=r"nearest roles of every role.*one ladder.*paths.*one role"):
        draw(make_all_adjacent(), title)  # type: ignore[operator]


@pytest.mark.parametrize("name", ANSWERS)
def test_svg_is_sound_and_says_what_it_shows(name: str) -> None:
    root = ET.fromstring(draw_svg(ANSWERS[name], title))
    assert (root.tag, root.get("viewBox"), root.get("role")) == (f"{SVG}svg", "0 0 1280 720", "img")
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text
    scene = draw_scene(ANSWERS[name], title)
    shown = [(text.text or text[0].tail) for text in root.iter(f"{SVG}text")]
    assert shown == find_texts(scene)
    # Nothing is fetched, run or named, so that a page may hold many.
    named = {name for node in root.iter() for name in node.attrib}
    assert not {"id", "href", "onload", "style", "class"} & named
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "rect", "polyline", "polygon", "circle", "text",
    }  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [make_ladder(3, title=HOSTILE), make_paths(2, title=HOSTILE), make_adjacent(2, HOSTILE)],
    ids=["ladder", "path", "near"],
)
def test_hostile_titles_are_nothing_but_text(answer: object) -> None:
    svg = draw_svg(answer, lambda code: HOSTILE)
    root = ET.fromstring(svg)
    texts = " ".join(text.text or text[0].tail or "" for text in root.iter(f"{SVG}text"))
    assert '<b a="1">&amp;' in texts
    assert "\\x07" in svg
    assert "<b" not in svg
    assert not re.search("[\x00-\x08\x0b-\x1f]", svg)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.integers(1, 30))
def test_any_title_makes_a_sound_svg(text: str, count: int) -> None:
    for answer in (make_adjacent(count, text or "x"), make_ladder(3, "PM", text), make_paths(2, title=text)):
        scene = draw_scene(answer, lambda code: text)
        root = ET.fromstring(draw_svg(answer, lambda code: text))
        assert len(list(root.iter(f"{SVG}text"))) == len(find_labels(scene))
        for label in find_labels(scene):
            assert label.extent[2] <= WIDTH


@pytest.mark.parametrize("name", ["ladder of 12 on two tracks", "paths of 10", "near 30", "no path"])
def test_png_has_the_size_of_a_slide(name: str) -> None:
    image = Image.open(io.BytesIO(draw_png(ANSWERS[name], title)))
    image.load()
    assert (image.format, image.size, image.mode) == ("PNG", (2560, 1440), "RGB")
    assert round(image.info["dpi"][0]) == 192
    # White at the rim, and not empty.
    assert image.getpixel((3, 3)) == (255, 255, 255)
    assert image.crop((128, 130, 1200, 190)).getcolors(maxcolors=1) is None


def test_png_paints_what_the_scene_says() -> None:
    """The dot of a neighbour, the fill of a rung and the gaps of a dashed line, looked up in the pixels."""
    near = draw_scene(make_adjacent(3), title)
    image = Image.open(io.BytesIO(draw_png(make_adjacent(3), title)))
    for dot in (shape for shape in near.shapes if isinstance(shape, Dot)):
        assert "#%02x%02x%02x" % image.getpixel((round(dot.x * 2), round(dot.y * 2))) == dot.fill  # type: ignore[str-bytes-safe]  # noqa: UP031
    ladder = draw_scene(make_ladder(3), title)
    image = Image.open(io.BytesIO(draw_png(make_ladder(3), title)))
    dashed = next(shape for shape in ladder.shapes if isinstance(shape, Box) and shape.dash)
    row = [image.getpixel((x, round(dashed.y * 2))) for x in range(300, 1100)]
    changes = sum((a == (255, 255, 255)) != (b == (255, 255, 255)) for a, b in itertools.pairwise(row))
    assert changes > 40


def test_png_tells_the_characters_that_its_font_lacks() -> None:
    with pytest.raises(RequestError, match=r"漢 \(U\+6F22\), 🙂 \(U\+1F642\); ask for --format svg"):
        draw_png(make_adjacent(2, "漢 role 🙂 é"), title)
    assert "漢 role 🙂 é" in draw_svg(make_adjacent(2, "漢 role 🙂 é"), title)


def test_the_font_has_what_titles_in_europe_need() -> None:
    assert (
        find_missing(["éüłßøÅñçœŽšğİőąę ΑΩαβ ДЖя ệ — – · → ← ≥ × … „“ ’ ● ○ ✓ € £ ½ ² µ\u00a0\u2011"]) == []
    )
    assert find_missing(["e\u0301"]) == ["\u0301"]
    assert find_missing(["שלום"]) == sorted(set("שלום"))


def test_a_composed_letter_is_drawn_where_marks_are_given_apart() -> None:
    assert "Cafe\u0301 — M3" not in draw_svg(make_adjacent(1, "Cafe\u0301 — M3"), title)
    assert draw_png(make_adjacent(1, "Cafe\u0301 — M3"), title) == draw_png(
        make_adjacent(1, "Café — M3"), title
    )


def test_the_same_answer_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from answer_samples import *; from rolegraph.report.pictures import draw_png, draw_svg;"
        "answers = [make_ladder(4, 'PM'), make_paths(3, 4), make_adjacent(12)];"
        "print(*(hashlib.sha256(draw_png(a, str) + draw_svg(a, str).encode()).hexdigest() for a in answers))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parent,
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(runs) == 1
    here = [make_ladder(4, "PM"), make_paths(3, 4), make_adjacent(12)]
    digests = [hashlib.sha256(draw_png(a, str) + draw_svg(a, str).encode()).hexdigest() for a in here]
    assert runs == {" ".join(digests) + "\n"}


def test_widths_are_those_of_the_font() -> None:
    """Inter's M is 1889 units of 2048 wide at weight 600, and a full em is given to what it lacks."""
    assert measure("M", 2048, bold=True) == 1889
    assert measure("MM", 1024, bold=True) == 1889
    assert measure("漢", 10) == 10


def test_fitting_keeps_the_level_and_cuts_the_rest() -> None:
    (line,) = fit("Manufacturing Operations and Production Supervision — M3", 14, 250)
    assert line.endswith("… — M3")
    assert measure(line, 14) * SPARE <= 250
    assert fit("One two", 14, 250) == ["One two"]
    assert fit("", 14, 250) == []


def test_a_level_does_not_stand_alone_on_a_line() -> None:
    width = measure("Upstream Process Development —", 14) * SPARE
    assert fit("Upstream Process Development — P1", 14, width, lines=2) == [
        "Upstream Process",
        "Development — P1",
    ]


def test_lists_say_how_many_are_left_out() -> None:
    assert list_items(["a", "b"], 13, 300) == "a; b"
    assert list_items(["first skill", "second skill", "third skill"], 13, 150) == "first skill and 2 more"


def test_the_match_band_stays_where_there_is_little_room() -> None:
    """In four narrow lanes of many moves the cost goes first."""
    scene = draw_scene(make_paths(9, 9, 9, 9), title)
    moves = [text for text in find_texts(scene) if "to gain" in text and " · " in text]
    assert len(moves) == 36
    for text in moves:
        assert "…" not in text
        assert text.split(" · ")[1] in {"near", "check", "far"}
        assert text.endswith("2 skills to gain")
    assert "Skills to gain are counted here" in " ".join(find_texts(scene))


@pytest.mark.parametrize("moves", [(5, 5, 6), (6, 6, 6), (7, 7), (5, 5)])
def test_a_move_keeps_off_the_title_that_follows(moves: tuple[int, ...]) -> None:
    """Between what a move is and the next role is more room than between the lines of one role."""
    labels = find_labels(draw_scene(make_paths(*moves, title=f"{LONG} of all sites — M3"), title))
    titles = [label for label in labels if label.bold and label.y > 200 and label.size <= 15]
    told = [label for label in labels if "cost" in label.text and label.y > 230]
    assert told
    for label in told:
        below = [t.extent[1] for t in titles if abs(t.x - label.x) < 1 and t.y > label.y]
        assert min(below) - label.extent[3] >= 8, label


def test_no_move_is_said_and_has_no_numbers() -> None:
    texts = find_texts(draw_scene(make_paths(0), title))
    assert "The origin is the destination: no move is needed." in texts
    assert not any("cost 0" in text or "0 moves" in text for text in texts)


def test_options_stand_behind_what_they_mean() -> None:
    reason = "No path leads there under --max-moves 1. Without --max-moves 1 it takes 5 moves."
    texts = " ".join(find_texts(draw_scene(make_paths(reason=reason), title)))
    assert "under the limit of moves (--max-moves 1). Without the limit of moves (--max-moves 1) it" in texts


def test_all_skills_of_a_single_move_are_listed_where_there_is_room() -> None:
    path = make_path(1, 1)
    skills = tuple(f"Skill number {n}" for n in range(14))
    answer = replace(
        make_paths(1), paths=(replace(path, moves=(replace(path.moves[0], gain=skills, unknown=False),)),)
    )
    assert set(skills) <= set(find_texts(draw_scene(answer, title)))


def test_a_path_of_few_moves_shows_what_they_rest_on() -> None:
    path = make_path(1, 2)
    moves = tuple(replace(move, evidence=("typical years 0–2 -> 1–3", "a record")) for move in path.moves)
    texts = find_texts(draw_scene(replace(make_paths(2), paths=(replace(path, moves=moves),)), title))
    assert texts.count("typical years 0–2 → 1–3 · a record") == 2


def test_pictures_of_the_nearest_have_one_scale() -> None:
    for number in (1, 10, 30):
        ticks = {label.text for label in find_labels(draw_scene(make_adjacent(number), title))}
        assert {"0", "0.5", "1"} <= ticks
        assert not {"0.25", "0.125"} & ticks


def test_a_ladder_of_one_track_shows_what_is_asked_now() -> None:
    texts = find_texts(draw_scene(make_ladder(3), title))
    scope = texts.index("scope: Whole tasks and small pieces of a project")
    assert texts[scope + 1 : scope + 3] == [
        "autonomy: Sets the goals of others",
        "new skills: Aseptic technique",
    ]


def test_a_ladder_of_two_tracks_tells_what_changes_in_short() -> None:
    texts = find_texts(draw_scene(make_ladder(5, "PM"), title))
    assert texts.count("skills: 1 new · changes: scope, autonomy") == 6
    assert "What changes is told in full" in " ".join(texts)


def test_rungs_stand_on_one_line() -> None:
    scene = draw_scene(make_ladder(3), title)
    badges = [label for label in find_labels(scene) if label.text in {"M1", "M2", "M3"}]
    (rail,) = [shape for shape in scene.shapes if isinstance(shape, Line) and shape.thickness == 4]
    assert {x for x, _ in rail.points} == {badges[0].x}
    ys = sorted(y for _, y in rail.points)
    assert ys[0] <= min(label.y for label in badges) <= max(label.y for label in badges) <= ys[1] + 10


def test_roles_hidden_in_the_architecture_are_drawn() -> None:
    role = HiddenRole("A.B.P1", "Baker", 0.25, "confident", 0.4889, "needs-review", ("a", "b"), ("c",))
    hidden = Hidden("MANUFA.MANUFACTF950.M3", "content@1", "structural@1", (role,))
    texts = find_texts(draw_scene(hidden, title))
    assert {"Baker", "0.2500", "NEAR IN CONTENT, NOT IN THE ARCHITECTURE"} <= set(texts)
    assert "2 of its 3 skills shared · structure 0.4889 check · A.B.P1" in texts
    none = replace(hidden, hidden=(), reason="No role is hidden.")
    assert "No role is hidden." in find_texts(draw_scene(none, title))


def test_the_roles_nearest_to_a_person_are_drawn() -> None:
    near = PersonNeighbour("A.B.P1", "Baker", 0.25, "confident", {"shared": 2.0}, ("a", "b"), ("c",))
    known = (Recognised("a", "a", "a"), Recognised("b", "b", "b"))
    person = PersonAdjacent("content@1", known, (Unrecognised("x", ()),), (near,))
    texts = find_texts(draw_scene(person, title))
    assert {"A person's skills", "2 of 3 skills recognised · distance content@1", "Baker"} <= set(texts)
    assert "a person's skills and a role have in common" in " ".join(texts)
