"""A changed document changes its lines of the text alone; comments and layout of the rest stay."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.records.document import CONTROL
from rolegraph.records.saving.patch import patch_yaml
from rolegraph.records.writing import write_yaml
from rolegraph.records.yaml import read_yaml
from strategies import TOKENS

BAKERY = """\
# The bakery: what it bakes and who does it.
# Ask Mara before changing anything.

# As it stands on the sign.
title: Corner Bakery   # since 1931
town: 'Lindau'

breads:
  # The one that everybody buys.
  rye:
    label: Rye
    notes: >-
      Dark and dense;
      keeps for a week.

  # Weekends only.
  brioche:
    label: "Brioche"
    steps:
      # In the evening.
      - knead
      # In the morning.
      - bake   # 190 degrees
      - text: |-
          Cool down.

          # Not a comment.
        who: Ines

  spelt: {label: Spelt, rank: 3}
# The end.
"""


def read(text: str) -> Any:
    reading = read_yaml(text.encode(), "x.yaml")
    assert reading.problems == []
    return reading.document


def patch(change: Any, text: str = BAKERY) -> str:
    """The text after ``change`` was made to its document; it must be what the text then says."""
    document = read(text)
    change(document)
    patched = patch_yaml(text, "x.yaml", document)
    assert patched.kept
    assert read(patched.text) == document
    return patched.text


def differ(new: str, text: str = BAKERY) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    old_lines, new_lines = text.splitlines(), new.splitlines()
    return (
        [line for line in old_lines if line not in new_lines],
        [line for line in new_lines if line not in old_lines],
    )


def test_the_same_document_is_the_same_text() -> None:
    assert patch(lambda document: None) == BAKERY


@pytest.mark.parametrize(
    ("keys", "value", "gone", "come"),
    [
        (
            ["title"], "Mara's Bakery",
            ["title: Corner Bakery   # since 1931"], ["title: Mara's Bakery  # since 1931"],
        ),
        (["town"], "Bregenz", ["town: 'Lindau'"], ["town: Bregenz"]),
        (
            ["breads", "rye", "notes"], "Dark.",
            ["    notes: >-", "      Dark and dense;", "      keeps for a week."], ["    notes: Dark."],
        ),
        (
            ["breads", "brioche", "steps", 0], "mix",
            ["      - knead"], ["      - mix"],
        ),
        (["breads", "spelt", "rank"], "4", ["  spelt: {label: Spelt, rank: 3}"], ["  spelt: {label: Spelt, rank: 4}"]),
    ],
)  # fmt: skip
def test_a_changed_value_changes_its_lines_alone(
    keys: list[Any], value: str, gone: list[str], come: list[str]
) -> None:
    def change(document: Any) -> None:
        for key in keys[:-1]:
            document = document[key]
        document[keys[-1]] = value

    assert differ(patch(change)) == (gone, come)


def test_a_changed_item_is_written_again_and_no_other() -> None:
    def change(document: Any) -> None:
        document["breads"]["brioche"]["steps"][2]["who"] = "Otto"

    assert differ(patch(change)) == (["        who: Ines"], ["        who: Otto"])


def test_an_added_entry_stands_where_the_document_has_it() -> None:
    def change(document: Any) -> None:
        breads = document["breads"]
        breads.clear()
        breads |= {
            "rye": read(BAKERY)["breads"]["rye"],
            "bagel": {"label": "Bagel"},
            "brioche": read(BAKERY)["breads"]["brioche"],
            "spelt": read(BAKERY)["breads"]["spelt"],
        }
        breads["spelt"]["more"] = "yes, more"

    lines = patch(change).splitlines()
    at = lines.index("  bagel:")
    assert lines[at - 2 : at + 4] == [
        "      keeps for a week.", "", "  bagel:", "    label: Bagel", "", "  # Weekends only.",
    ]  # fmt: skip
    assert lines[-5:] == ["  spelt:", "    label: Spelt", "    rank: 3", "    more: yes, more", "# The end."]


def test_a_removed_entry_goes_with_the_comment_right_above_it() -> None:
    def change(document: Any) -> None:
        del document["breads"]["brioche"]

    text = patch(change)
    assert "Weekends" not in text
    assert "In the morning" not in text
    assert "      keeps for a week.\n\n  spelt: {label: Spelt, rank: 3}\n# The end.\n" in text


def test_a_comment_set_apart_stays_when_the_entry_below_it_is_removed() -> None:
    text = "a: x\n\n# Sweet things.\n\n# Very sweet.\nb: x\n\nc: x\n\n# Salty things.\n\nd: x\n"
    document = read(text)
    del document["b"], document["d"]
    patched = patch_yaml(text, "x.yaml", document)
    assert patched.text == "a: x\n\n# Sweet things.\n\nc: x\n\n# Salty things.\n"


def test_removing_the_first_key_leaves_what_is_said_of_the_file() -> None:
    text = patch(lambda document: document.pop("title"))
    assert text.startswith(
        "# The bakery: what it bakes and who does it.\n# Ask Mara before changing anything.\n"
    )
    assert "As it stands on the sign" not in text


def test_a_key_added_in_front_stands_below_what_is_said_of_the_file() -> None:
    document = {"first": "yes", **read(BAKERY)}
    text = patch_yaml(BAKERY, "x.yaml", document).text
    assert text.startswith(
        "# The bakery: what it bakes and who does it.\n# Ask Mara before changing anything.\n\nfirst: yes\n"
    )


def test_items_of_a_list_keep_their_comments() -> None:
    def change(document: Any) -> None:
        document["breads"]["brioche"]["steps"].insert(1, "rest")
        del document["breads"]["brioche"]["steps"][3]

    text = patch(change)
    assert (
        "      # In the evening.\n      - knead\n      - rest\n      # In the morning.\n      - bake   # 190 degrees\n"
        in text
    )


def test_an_empty_mapping_takes_entries_and_gives_them_back() -> None:
    text = "# What we have.\nbreads: {}\n#   rye:\n#     label: Rye\n"
    filled = patch_yaml(text, "x.yaml", {"breads": {"rye": {"label": "Rye"}}})
    assert filled.text == "# What we have.\nbreads:\n  rye:\n    label: Rye\n#   rye:\n#     label: Rye\n"
    assert patch_yaml(filled.text, "x.yaml", {"breads": {}}).text == text


@pytest.mark.parametrize("text", ["{a: b}\n", "a: b\r\n# c\r\n", "", "a: [\n", "--- # x\na: b\n"])
def test_a_text_that_cannot_be_patched_is_written_anew_and_that_is_told(text: str) -> None:
    patched = patch_yaml(text, "x.yaml", {"a": "c"})
    assert patched.text == "a: c\n"
    assert not patched.kept


def _clean(text: str) -> str:
    return CONTROL.sub("", text).strip(" \n") or "x"


any_texts = st.one_of(
    st.text(max_size=20).map(_clean),
    st.lists(st.sampled_from(TOKENS), max_size=30).map(lambda parts: _clean("".join(parts))),
)
keys = st.sampled_from(["a", "b", "c", "d", "key with blanks", "x" * 120, "- odd"])
values = st.recursive(
    any_texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=10,
)
documents = st.dictionaries(keys, values, min_size=1, max_size=5)


@st.composite
def changes(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A document, and one that shares some of its values."""
    old = draw(documents)
    return old, draw(st.fixed_dictionaries({}, optional={k: _vary(v) for k, v in old.items()})) | draw(
        documents
    )


def _vary(value: Any) -> st.SearchStrategy[Any]:
    if isinstance(value, dict) and value:
        inner = st.fixed_dictionaries({}, optional={k: _vary(v) for k, v in value.items()})
        return st.just(value) | inner | values
    if isinstance(value, list) and value:
        return st.just(value) | st.permutations(value) | st.lists(st.sampled_from(value), max_size=4)
    return st.just(value) | values


@given(changes(), st.booleans())
def test_what_was_patched_is_read_as_the_new_document(
    pair: tuple[dict[str, Any], dict[str, Any]], remarks: bool
) -> None:
    old, new = pair
    text = write_yaml(old)
    if remarks:
        # A comment above each key of the top, and a blank line.
        starts = {line: f"\n# About {number}\n{line}" for number, line in enumerate(text.splitlines())
                  if line[:1] not in " ?:-" and line}  # fmt: skip
        text = "".join(f"{starts.get(line, line)}\n" for line in text.splitlines())
        if read_yaml(text.encode(), "x.yaml").document != old:
            return
    patched = patch_yaml(text, "x.yaml", new)
    again = read_yaml(patched.text.encode(), "x.yaml")
    assert again.problems == []
    assert again.document == new
    assert list(again.document) == list(new)  # type: ignore[arg-type]


plain_keys = st.sampled_from(["a", "b", "c", "d", "e"])
plain = st.dictionaries(
    plain_keys, any_texts | st.dictionaries(plain_keys, any_texts | st.lists(any_texts, min_size=1), min_size=1),
    min_size=1,
)  # fmt: skip


@given(plain, plain)
def test_comments_of_unchanged_entries_are_kept(old: dict[str, Any], new: dict[str, Any]) -> None:
    shared = {key: value for key, value in old.items() if key < "c"}
    new = {**shared, **{key: value for key, value in new.items() if key >= "c"}} or {"a": "b"}
    text = "".join(f"# About {key}.\n{write_yaml({key: value})}\n" for key, value in old.items())
    patched = patch_yaml(f"# The file.\n\n{text}", "x.yaml", new)
    assert patched.kept
    assert patched.text.startswith("# The file.\n\n")
    for key in new:
        if key in old:
            assert f"# About {key}.\n" in patched.text
    for key in shared:
        assert f"# About {key}.\n{write_yaml({key: old[key]})}" in patched.text


def test_the_lines_of_an_item_stay_where_another_entry_of_it_changes() -> None:
    text = "list:\n  # First\n  - scheme: a   # the standard\n    marks: [y, x]\n\n    # Who\n    tool: t\n  - scheme: b\n"
    first = {"scheme": "a", "marks": ["y", "x"], "day": "d", "tool": "u"}
    patched = patch_yaml(text, "x.yaml", {"list": [first, {"scheme": "b"}]})
    assert (patched.kept, patched.text) == (
        True,
        text.replace("tool: t", "tool: u").replace("[y, x]\n", "[y, x]\n    day: d\n"),
    )
    other = patch_yaml(text, "x.yaml", {"list": [{"scheme": "c", "tool": "t"}, {"scheme": "b"}]})
    assert (other.kept, other.text) == (
        True,
        "list:\n  # First\n  - scheme: c\n    tool: t\n  - scheme: b\n",
    )
