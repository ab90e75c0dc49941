"""What is written is read back equal by the strict reader, whatever the texts hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from rolegraph.records import read_yaml, write_yaml
from rolegraph.records.document import CONTROL
from strategies import TOKENS


def _clean_any(text: str) -> str:
    """A text that the reader takes, not necessarily one that the model takes."""
    return CONTROL.sub("", text).strip(" \n") or "x"


any_texts = st.one_of(
    st.text(max_size=30).map(_clean_any),
    st.lists(st.sampled_from(TOKENS), max_size=40).map(lambda parts: _clean_any("".join(parts))),
)
documents = st.dictionaries(
    any_texts,
    st.recursive(
        any_texts,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_texts, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@given(documents)
@example({"a": "1_000", "b": "0x1F", "c": "12:30", "d": "no", "e": "~", "f": "- x", "g": "? y", "h": "a: b"})
@example({"a": "a #b", "b": "#b", "c": "--- a", "d": "...", "e": "a:", "f": ": a", "g": "@a", "h": "`a`"})
@example({"a": "one\n  two\n\n\nthree", "b": "one\n \ntwo", "c": "x" * 300, "d": "x " * 299 + "y"})
@example({"a": "two  spaces " * 20 + "end", "x" * 2000: {"b": ["c", {"d": "e"}]}, "a\nb": "c"})
@example({"x" * 98: [], "y" * 98: {}, "z": {"k" * 98: [{}]}})
@example({"list": [["a"], [], {}, {"b": ["c"]}, {"x" * 300: {"d": "e"}}, "x " * 99 + "y", "1\n2"]})
@example(
    {"\u2028": "\u2029", "nbsp": "a\u00a0b", "bidi": "\u202eabc", "bom": "\ufeffabc", "plane": "\U000e0001😀"}
)
def test_a_written_document_is_read_back_equal(document: dict[str, Any]) -> None:
    text = write_yaml(document)
    reading = read_yaml(text.encode(), "x.yaml")
    assert reading.problems == []
    assert reading.document == document


@given(documents)
def test_other_yaml_readers_find_the_same_texts(document: dict[str, Any]) -> None:
    assert yaml.load(write_yaml(document), Loader=yaml.CBaseLoader) == document


@pytest.mark.parametrize("spaces", [1, 2, 3])
def test_folding_gives_back_every_space_wherever_a_line_ends(spaces: int) -> None:
    document: dict[str, Any] = {
        f"k{n}": ("x" * n + " " * spaces + "yy zz ") * 3 + "end" for n in range(30, 99)
    }
    assert read_yaml(write_yaml(document).encode(), "x.yaml").document == document


def test_order_of_keys_and_items_is_kept() -> None:
    text = write_yaml({"b": "1", "a": ["z", "y"], "c": {"2": "x", "1": "x"}})
    reading = read_yaml(text.encode(), "x.yaml")
    assert isinstance(reading.document, dict)
    assert list(reading.document) == ["b", "a", "c"]
    assert list(reading.document["c"]) == ["2", "1"]  # type: ignore[arg-type, call-overload, index]


@pytest.mark.parametrize(
    "text", ["", " ", " a", "a ", "a\n", "\na", "a\tb", "a\x00b", "a\rb", "a\x85b", "\ud800"]
)
@pytest.mark.parametrize("where", ["value", "key", "item"])
def test_what_the_reader_refuses_is_not_written(text: str, where: str) -> None:
    document: dict[str, Any] = {"value": {"a": text}, "key": {text: "a"}, "item": {"a": [text]}}[where]
    with pytest.raises(ValueError, match="cannot be written"):
        write_yaml(document)


def test_what_is_no_text_is_not_written() -> None:
    with pytest.raises(ValueError, match="8 is not a text"):
        write_yaml({"a": 8})


def test_characters_that_cannot_be_seen_are_escaped() -> None:
    unseen = [
        character
        for character in map(chr, range(0x110000))
        if unicodedata.category(character) in {"Cf", "Zl", "Zp", "Zs"} and character != " "
    ]
    written = write_yaml({f"k{ord(character):x}": f"a{character}b" for character in unseen})
    assert [character for character in unseen if character in written] == []


def test_long_texts_are_folded_to_readable_lines() -> None:
    written = write_yaml({"levels": {"M1": {"definition": "word " * 60 + "end"}}})
    lines = written.splitlines()
    assert lines[2] == "    definition: >-"
    assert all(len(line) <= 100 for line in lines)
    assert len(lines) < 9


def test_figures_and_words_stand_on_one_line() -> None:
    document: dict[str, Any] = {
        "years": {"min": "0", "max": "2"}, "levels": ["M1", "M2"], "aliases": ["one word"], "none": [], "bare": {},
    }  # fmt: skip
    assert write_yaml(document) == (
        "years: {min: 0, max: 2}\nlevels: [M1, M2]\naliases:\n  - one word\nnone: []\nbare: {}\n"
    )


def test_plain_texts_are_not_quoted() -> None:
    texts = [
        "Plain words, with a comma",
        "O*NET 17-2031.00",
        "a (b) c",
        "it's",
        "Ärzte",
        "50% & more",
        "a - b",
    ]
    for text in texts:
        assert write_yaml({"a": text}) == f"a: {text}\n"
    assert re.search('"', write_yaml({"a": "b: c"}))
