"""JSON Lines of focuses: one per line, the keys of the YAML form, numbers as texts."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given

from rolegraph.model.roles import Focus
from rolegraph.records import read_jsonl, read_record, to_document, write_jsonl
from rolegraph.records.jsonl import MAX_LINE
from strategies import taxonomies

LINE = '{"focus": "A.B", "label": "x", "levels": {"M3": {"basis": "implied"%s}}}'


def list_problems(*lines: str | bytes) -> list[str]:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    problems = []
    for reading in read_jsonl(io.BytesIO(data), "f.jsonl"):
        read_record(Focus, reading)
        problems += reading.problems
    return [str(problem) for problem in problems]


@given(taxonomies())
def test_focuses_round_trip_with_their_lines(taxonomy: Any) -> None:
    text = "".join(write_jsonl(taxonomy.focuses))
    readings = list(read_jsonl(io.BytesIO(text.encode()), "f.jsonl"))
    assert [read_record(Focus, reading) for reading in readings] == list(taxonomy.focuses)
    assert [reading.first_line for reading in readings] == list(range(1, len(readings) + 1))
    assert text.count("\n") == len(taxonomy.focuses)
    assert "".join(write_jsonl(taxonomy.focuses)) == text


def test_numbers_are_written_as_text() -> None:
    line = LINE % ', "confidence": {"value": "0.90"}, "source_count": "8"'
    (reading,) = read_jsonl(io.BytesIO(line.encode()), "f")
    focus = read_record(Focus, reading)
    assert focus is not None
    assert str(focus.profiles[0].confidence.value) == "0.90"  # type: ignore[union-attr]
    assert json.loads(next(write_jsonl([focus]))) == json.loads(line)
    assert to_document(focus) == json.loads(line)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (', "confidence": {"value": 0.9}',
         'f.jsonl:2 levels.M3.confidence.value: the JSON number 0.9 is not a text; write it in quotes: "0.9" [value-wrong]'),
        (', "source_count": 8',
         'f.jsonl:2 levels.M3.source_count: the JSON number 8 is not a text; write it in quotes: "8" [value-wrong]'),
        (', "title": 8',
         'f.jsonl:2 levels.M3.title: the JSON number 8 is not a text; write it in quotes: "8" [value-wrong]'),
        (', "pay": {"currency": "USD", "median": "1", "inherited": true}',
         ("f.jsonl:2 levels.M3.pay.inherited: the JSON value true is not a text; "
         'write it in quotes: "true" [value-wrong]')),
        (', "title": null',
         "f.jsonl:2 levels.M3.title: the value is null; give a value, or leave the key out [value-empty]"),
        (', "pay": null', ("f.jsonl:2 levels.M3.pay: the JSON null stands where a mapping is expected; "
         "write a mapping: {currency: TEXT} [value-empty]")),
        (', "title": ""',
         "f.jsonl:2 levels.M3.title: the value is empty; give a value, or leave the key out [value-empty]"),
        (', "title": " x"',
         "f.jsonl:2 levels.M3.title: the text begins or ends with white space; remove it [text-padded]"),
        (', "title": "a\\tb"',
         "f.jsonl:2 levels.M3.title: the text holds the control character U+0009; remove it [text-control]"),
        (', "title": "\\ud800"', ("f.jsonl:2 levels.M3.title: the text holds half of a surrogate pair U+D800; "
         "remove it [text-control]")),
        (', "status": "\\ud800"', ("f.jsonl:2 levels.M3.status: the text holds half of a surrogate pair; "
         "write the whole character [text-control]")),
        (', "aliases": ["a", 1]',
         'f.jsonl:2 levels.M3.aliases.2: the JSON number 1 is not a text; write it in quotes: "1" [value-wrong]'),
        (', "basis": "implied"', "f.jsonl:2: 'basis' is given twice in one object; keep one [key-duplicate]"),
        (', "\\ud800": "x"', ("f.jsonl:2 levels.M3.'\\ud800': there is no key '\\ud800' here; the keys are "
         "code, basis, title, definition, job_code, grade, status, version, region, confidence, pay, responsibilities, "
         "guideline, review, source_count, sources, aliases, mappings, retired [key-unknown]")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_line(part: str, expected: str) -> None:
    assert list_problems(LINE % "", LINE % part, LINE % "") == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"a": 1', "not JSON: Expecting ',' delimiter at character 8; correct the line [json-syntax]"),
        ("[1, 2]", ("a list stands where a mapping is expected; write a mapping: {focus: TEXT, label: TEXT, "
         "levels: {...}} [value-wrong]")),
        ('"text"', ("the text 'text' stands where a mapping is expected; write a mapping: {focus: TEXT, label: TEXT, "
         "levels: {...}} [value-wrong]")),
        ("[" * 100_000, "values are nested too deep; nest them less [json-syntax]"),
        (b'{"focus": "\xff"}', "the byte 0xFF is not UTF-8; save the file as UTF-8 [text-encoding]"),
        ("1" * 5000, ("the JSON number inf stands where a mapping is expected; write a mapping: {focus: TEXT, "
         "label: TEXT, levels: {...}} [value-wrong]")),
    ],
)  # fmt: skip
def test_a_line_that_is_no_object_is_refused_and_the_next_is_read(line: str | bytes, expected: str) -> None:
    problems = list_problems(line, LINE % "", LINE % ', "x": ""')
    assert problems[0] == f"f.jsonl:1: {expected}"
    assert [problem.split(" ")[0] for problem in problems[1:]] == ["f.jsonl:3"]


def test_blank_lines_windows_line_ends_and_a_byte_order_mark_are_passed_over() -> None:
    line = (LINE % "").encode()
    data = b"\xef\xbb\xbf" + line + b"\r\n\r\n  \n" + line
    assert [r.first_line for r in read_jsonl(io.BytesIO(data), "f") if not r.problems] == [1, 4]


def test_an_endless_line_is_refused_without_being_held() -> None:
    class Endless(io.RawIOBase):
        """Sixty-four mebibytes without a line end, then a good line."""

        left = 64 * 2**20
        tail = b"\n" + (LINE % "").encode()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.left:
                size = min(len(buffer), self.left)
                buffer[:size] = b"x" * size
                self.left -= size
                return size
            size = min(len(buffer), len(self.tail))
            buffer[:size], self.tail = self.tail[:size], self.tail[size:]
            return size

    tracemalloc.start()
    readings = list(read_jsonl(io.BufferedReader(Endless()), "f.jsonl"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [str(problem) for problem in readings[0].problems] == [
        "f.jsonl:1: the line is longer than 8 MiB; one focus stands on a line [line-too-large]"
    ]
    assert [reading.first_line for reading in readings] == [1, 2]
    assert peak < 4 * MAX_LINE
