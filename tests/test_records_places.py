"""Every record and every part of it is found at its line, or at the nearest line around it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from rolegraph.errors import Place
from rolegraph.records import Places, load_folder
from rolegraph.records.document import Reading
from rolegraph.records.folder import Loaded

SMALL = Path(__file__).parent / "fixtures" / "small"
FRAMES = "focuses/BUILD1.FRAMES01.yaml"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_folder(SMALL, "small")


def find_line(file: str, text: str, after: str = "") -> int:
    """The line of ``text`` in a file of the small architecture, behind the line that holds ``after``."""
    lines = (SMALL / file).read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if after in line) if after else 0
    return next(i for i, line in enumerate(lines[start:], start + 1) if line.strip().startswith(text))


@pytest.mark.parametrize(
    ("key", "file", "text", "after"),
    [
        (("dataset", ""), "dataset.yaml", "title", ""),
        (("dataset", "whatever", "base"), "dataset.yaml", "base", ""),
        (("function-group", "office"), "functions.yaml", "office:", ""),
        (("function", "BUILD1", "group"), "functions.yaml", "group:", "BUILD1"),
        (("function", "SALES", "label"), "functions.yaml", "SALES:", ""),
        (("track", "M", "label"), "levels.yaml", "label:", "M:"),
        (("level", "P3", "years", "min"), "levels.yaml", "years:", "P3:"),
        (("level", "P4"), "levels.yaml", "P4:", ""),
        (("skill", "wheel-building", "label"), "skills.yaml", "label:", "wheel-building"),
        (("skill", "wheel-building", "alternatives", "Wheelbuilding", "reason"), "skills.yaml", "reason:", "Wheelbuilding"),
        (("skill", "riveting", "retired", "replaced_by"), "skills.yaml", "replaced_by", "riveting"),
        (("scheme", "soc-2018", "pattern"), "occupations/soc-2018.yaml", "pattern", ""),
        (("occupation", "soc-2018/49-3091"), "occupations/soc-2018.yaml", '"49-3091"', ""),
        (("edition", "effort@1", "constants", "rise", "value"), "editions/effort@1.yaml", "rise:", ""),
        (("focus", "BUILD1.FRAMES01"), FRAMES, "focus:", ""),
        (("focus", "BUILD1.FRAMES01", "skills", "brazing", "levels"), FRAMES, "levels:", "brazing"),
        (("focus", "BUILD1.FRAMES01", "levels", "P2"), FRAMES, "P2:", ""),
        (("focus", "BUILD1.FRAMES01", "levels", "P2", "guideline", "experience"), FRAMES, "experience", "P2:"),
        (("focus", "BUILD1.FRAMES01", "levels", "P2", "responsibilities", "9f8e7d6c"), FRAMES, "- id: 9f8e7d6c", ""),
        (("focus", "BUILD1.FRAMES01", "levels", "P2", "responsibilities", "9f8e7d6c", "text"), FRAMES, "text:", "9f8e7d6c"),
        (("focus", "BUILD1.FRAMES01", "levels", "P1", "responsibilities", "84cf56ef"), FRAMES, "- Keeps the bench", ""),
        (("focus", "BUILD1.FRAMES01", "levels", "P2", "review", "clarity"), FRAMES, "clarity", ""),
        (("focus", "BUILD1.FRAMES01", "levels", "P2", "sources", "1a2b3c4d", "occupation"), FRAMES, "occupation", ""),
        (("focus", "BUILD1.FRAMES01", "levels", "P2", "mappings", "soc-2018/41-2031", "predicate"), FRAMES,
         "predicate: relatedMatch", ""),
        (("focus", "BUILD1.FRAMES01", "levels", "P2", "pay", "percentile10"), FRAMES, "pay:", "P2:"),
        (("focus", "BUILD1.FRAMES01", "levels", "P9", "pay"), FRAMES, "levels:", "customer-advice"),
        (("focus", "BUILD1.FRAMES01", "unheard", "of"), FRAMES, "focus:", ""),
    ],
)  # fmt: skip
def test_parts_are_found_at_their_lines(
    loaded: Loaded, key: tuple[str, ...], file: str, text: str, after: str
) -> None:
    assert loaded.places.find(*key) == Place(f"small/{file}", find_line(file, text, after))


def test_an_unknown_record_has_no_place(loaded: Loaded) -> None:
    assert loaded.places.find("skill", "welding") is None
    assert loaded.places.find("profile", "BUILD1.FRAMES01.P2") is None


def test_every_record_of_a_taxonomy_has_a_place(loaded: Loaded) -> None:
    taxonomy = loaded.taxonomy
    keys = [
        *(("function-group", r.code) for r in taxonomy.groups), *(("function", r.code) for r in taxonomy.functions),
        *(("track", r.code) for r in taxonomy.tracks), *(("level", r.code) for r in taxonomy.levels),
        *(("skill", r.code) for r in taxonomy.skills), *(("scheme", r.code) for r in taxonomy.schemes),
        *(("occupation", f"{r.scheme}/{r.code}") for r in taxonomy.occupations),
        *(("edition", r.code) for r in taxonomy.editions), *(("focus", r.code) for r in taxonomy.focuses),
    ]  # fmt: skip
    places = [loaded.places.find(*key) for key in keys]
    assert all(place is not None and place.line for place in places)


def test_lines_of_many_profiles_need_little_room() -> None:
    def read_one(number: int) -> Reading:
        reading = Reading(f"focuses/F.{number}.yaml", {}, 1)
        reading.lines["levels",] = 1
        for level in range(5):
            reading.lines["levels", f"M{level}"] = number
            for part in range(60):
                reading.lines["levels", f"M{level}", f"part-{part}"] = number + level + part
        return reading

    count = 400
    tracemalloc.start()
    places = Places()
    for number in range(count):
        places.add("focus", f"F.{number}", places.add_file(read_one(number)), 1)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert places.find("focus", "F.7", "levels", "M3", "part-5") == Place("focuses/F.7.yaml", 7 + 3 + 5)
    assert held / (count * 5) < 1500, "bytes for the 60 lines of a profile"
