"""Texts as YAML writes them on one line."""

from __future__ import annotations

from collections.abc import Sequence

from rolegraph.records.table.scales import are_numbered, split_step
from rolegraph.records.writing import write_yaml


def show_key(text: str) -> str:
    """A text as the key of a mapping."""
    return write_yaml({text: "x"}).removesuffix(": x\n").removeprefix("? ").removesuffix("\n: x")


def show_value(text: str) -> str:
    """A text as a value on one line."""
    shown = write_yaml({"x": text})[3:-1]
    return shown if "\n" not in shown else _quote(text)


def show_list(texts: Sequence[str]) -> str:
    """Texts as a list on one line."""
    return "[" + ", ".join(show_item(text) for text in texts) + "]"


def show_item(text: str) -> str:
    """A text as it stands inside brackets or braces."""
    shown = show_value(text)
    return shown if shown.startswith('"') or not set(shown) & set(",[]{}#&*!|>%@`") else f'"{shown}"'


def show_steps(steps: Sequence[str]) -> str:
    """Steps of a scale on one line; those with a number before their words by the words alone.

    >>> show_steps(["1 - Basic", "2 - Good"]), show_steps(["Basic", "Good"])
    ('{"1 - Basic": Basic, "2 - Good": Good}', '[Basic, Good]')
    """
    if not are_numbered(steps):
        return show_list(steps)
    pairs = (f"{_quote(step)}: {show_item((split_step(step) or ('', step))[1])}" for step in steps)
    return "{" + ", ".join(pairs) + "}"


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
