"""The strict YAML reader: everything is text, every problem has its line, nothing hostile hurts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.records import read_yaml
from rolegraph.records.document import BROKEN
from rolegraph.records.yaml import MAX_PROBLEMS


def list_problems(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [str(problem) for problem in read_yaml(data, "x.yaml").problems]


def test_every_scalar_is_text_and_quoting_means_nothing() -> None:
    text = "a: NO\nb: 'NO'\nc: 010\nd: 1_000\ne: 12:30\nf: ~\ng: null\nh: 0.10\ni: 2024-01-01\nj: <<\n'on': yes\n"
    assert read_yaml(text.encode(), "x").document == {
        "a": "NO", "b": "NO", "c": "010", "d": "1_000", "e": "12:30", "f": "~", "g": "null", "h": "0.10",
        "i": "2024-01-01", "j": "<<", "on": "yes",
    }  # fmt: skip


def test_white_space_that_the_style_leaves_is_stripped() -> None:
    text = "a: |\n  one\n   two\n\nb: >\n  one\n  two\n\nc: ' x '\n"
    assert read_yaml(text.encode(), "x").document == {"a": "one\n two", "b": "one two", "c": "x"}


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    reading = read_yaml(b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n  e\r\n", "x")
    assert (reading.document, reading.problems) == ({"a": "b", "c": "d\ne"}, [])


def test_lines_are_those_of_the_keys_and_items() -> None:
    text = "# a comment\na:\n  b: >-\n    one\n    two\n  c:\n    - x\n    - {d: e,\n       f: g}\n"
    assert read_yaml(text.encode(), "x").lines == {
        ("a",): 2, ("a", "b"): 3, ("a", "c"): 6, ("a", "c", "1"): 7, ("a", "c", "2"): 8,
        ("a", "c", "2", "d"): 8, ("a", "c", "2", "f"): 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3 a: a is given twice, first on line 1; keep one [key-duplicate]"),
        (
            "m:\n  k: 1\n  k:\n    deep: 1\n",
            "x.yaml:3 m.k: k is given twice, first on line 2; keep one [key-duplicate]",
        ),
        ("a: 1\n'a': 2\n", "x.yaml:2 a: a is given twice, first on line 1; keep one [key-duplicate]"),
        ("a:\nb: 1\n", "x.yaml:1 a: the value is empty; give a value, or leave the key out [value-empty]"),
        ("a: ''\n", "x.yaml:1 a: the value is empty; give a value, or leave the key out [value-empty]"),
        (
            "a:\n  - x\n  -\n",
            "x.yaml:3 a.2: the value is empty; give a value, or leave the key out [value-empty]",
        ),
        ("", "x.yaml:1: the file is empty; give it its keys, or remove it [value-empty]"),
        ("# only a comment\n", "x.yaml:1: the file is empty; give it its keys, or remove it [value-empty]"),
        ("a: &x 1\n", "x.yaml:1 a: the anchor &x marks a value for use elsewhere; remove it [yaml-alias]"),
        ("a: !!int 1\n", "x.yaml:1 a: the value carries the tag '!!int'; remove the tag; every value is text [yaml-tag]"),
        ("a: ! 1\n", "x.yaml:1 a: the value carries the tag '!'; remove the tag; every value is text [yaml-tag]"),
        ("a: !!python/object:os.system {}\n", ("x.yaml:1 a: the value carries the tag '!!python/object:os.system'; "
         "remove the tag; every value is text [yaml-tag]")),
        ("a: 1\n---\na: 2\n", "x.yaml:2: a second document begins; keep one document per file [yaml-documents]"),
        ("? [a]\n: 1\n", "x.yaml:1: a key is a list; write a text as the key [key-wrong]"),
        ("? {a: b}\n: {c: d}\n", "x.yaml:1: a key is a mapping; write a text as the key [key-wrong]"),
        ("'': 1\n", "x.yaml:1: a key is empty or holds a control character; name the key [key-wrong]"),
        ("a: 1\nb:\tc\n", "x.yaml:2: a tab; indent and separate with spaces [yaml-tab]"),
        ('a: "\\t"\n', "x.yaml:1 a: the text holds the control character U+0009; remove it [text-control]"),
        ('a: "\\0"\n', "x.yaml:1 a: the text holds the control character U+0000; remove it [text-control]"),
        ("a: 1\nb: x\x07\n",
         "x.yaml:2: the character U+0007 cannot be seen and may not stand here; remove it [text-control]"),
        ("a: 1\nb: \u2028c\n",
         "x.yaml:2: the character U+2028 cannot be seen and may not stand here; remove it [text-control]"),
        ("a: b: c\n", ("x.yaml:1: not YAML: mapping values are not allowed in this context; "
         "put quotes around a text that holds a colon and a space [yaml-syntax]")),
        ("a: 1\nb: [1, 2\nc: 3\n", ("x.yaml:3 b: not YAML: did not find expected ',' or ']' while parsing a flow sequence "
         "that begins on line 2; close the bracket, or put quotes around the text [yaml-syntax]")),
        ("a: 'x\n", ("x.yaml:2: not YAML: found unexpected end of stream while scanning a quoted scalar that begins on "
         "line 1; close the quotes [yaml-syntax]")),
        ("a: @x\n", ("x.yaml:1: not YAML: found character that cannot start any token; "
         "put quotes around a text that begins with this character [yaml-syntax]")),
        (b"a: 1\nb: \xe9\n", "x.yaml:2: the byte 0xE9 is not UTF-8; save the file as UTF-8 [text-encoding]"),
        ("a: 1\n".encode("utf-16"), "x.yaml:1: the byte 0xFF is not UTF-8; save the file as UTF-8 [text-encoding]"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_refused_with_its_line(text: str | bytes, expected: str) -> None:
    assert list_problems(text) == [expected]


def test_all_problems_of_a_file_are_found_and_the_rest_is_read() -> None:
    text = "a: &x 1\nb: *x\nc:\nd: {e: !t f, g: h}\nd: {i: [}\n".replace("{i: [}", "{i: []}")
    reading = read_yaml(text.encode(), "x.yaml")
    assert [(p.rule, p.place.line if p.place else None) for p in reading.problems] == [
        ("yaml-alias", 1), ("yaml-alias", 2), ("value-empty", 3), ("yaml-tag", 4), ("key-duplicate", 5),
    ]  # fmt: skip
    assert reading.document == {"a": "1", "b": BROKEN, "c": BROKEN, "d": {"e": "f", "g": "h"}}


def test_a_second_value_of_a_key_does_not_replace_the_first() -> None:
    reading = read_yaml(b"a: {b: 1}\na: {b: 2, c: 3}\nd: 4\n", "x")
    assert reading.document == {"a": {"b": "1"}, "d": "4"}
    assert ("a", "c") not in reading.lines


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 300)]
    problems = read_yaml("\n".join(lines).encode(), "x").problems
    assert len(problems) == MAX_PROBLEMS + 1
    assert {p.rule for p in problems[:-1]} == {"yaml-alias"}
    assert problems[-1].rule == "problems-many"


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_neither_crashes_nor_hangs(unit: str) -> None:
    reading = read_yaml(unit.encode() * 100_000, "x")
    assert reading.problems[-1].rule == "yaml-depth"
    assert reading.document is BROKEN


def test_deep_indentation_is_refused() -> None:
    text = "".join(" " * i + "a:\n" for i in range(500))
    assert [p.rule for p in read_yaml(text.encode(), "x").problems] == ["yaml-depth"]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_a_reading_comes_back(data: bytes) -> None:
    reading = read_yaml(data, "x.yaml")
    assert reading.document is not BROKEN or reading.problems
    for problem in reading.problems:
        assert problem.place is not None
        assert 1 <= (problem.place.line or 0) <= data.count(b"\n") + data.count(b"\r") + 2
        assert problem.remedy
        assert str(problem).isprintable()


@given(st.text("ab:-[]{}&*!#|>'\"\n ,?%@`", max_size=60))
def test_whatever_the_marks_a_reading_comes_back(text: str) -> None:
    reading = read_yaml(text.encode(), "x.yaml")
    assert reading.document is not BROKEN or reading.problems
    assert all(problem.remedy for problem in reading.problems)
