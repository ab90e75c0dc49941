"""Texts as YAML writes them on one line."""

from __future__ import annotations

from collections.abc import Sequence

from rolegraph.records.writing import write_yaml


def show_key(text: str) -> str:
    """A text as the key of a mapping."""
    return write_yaml({text: "x"}).removesuffix(": x\n").removeprefix("? ").removesuffix("\n: x")


def show_value(text: str) -> str:
    """A text as a value on one line."""
    shown = write_yaml({"x": text})[3:-1]
    return (
        shown
        if "\n" not in shown
        else '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
    )


def show_list(texts: Sequence[str]) -> str:
    """Texts as a list on one line."""
    return "[" + ", ".join(show_item(text) for text in texts) + "]"


def show_item(text: str) -> str:
    """A text as it stands inside brackets or braces."""
    shown = show_value(text)
    return shown if shown.startswith('"') or not set(shown) & set(",[]{}#&*!|>%@`") else f'"{shown}"'
