"""The texts of the pages, in a language: ``texts/LANGUAGE/*.json``, one file for each kind of page.

A second language is a second folder with the same files and keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

DEFAULT: Final = "en"


class Wording:
    """The texts of one language by key: ``profile.adjacent`` is ``adjacent`` in ``profile.json``."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with ``{name}`` replaced. With ``count`` a key has two forms, ``KEY.one`` and ``KEY.many``.

        Raises KeyError for a key that is not there.
        """
        if "count" in values:
            key = f"{key}.{'one' if values['count'] == 1 else 'many'}"
            values["count"] = f"{values['count']:,}"
        text = self._texts[key]
        return text.format_map(values) if values else text

    def has(self, key: str) -> bool:
        """Whether there is such a text: for keys that end in a code of the data."""
        return key in self._texts

    def list_sheets(self) -> list[str]:
        """The names of the files that the texts come from."""
        return sorted({key.partition(".")[0] for key in self._texts})

    def select(self, *sheets: str) -> dict[str, str]:
        """The texts of some files, by their whole keys: what scripts of a page need."""
        return {
            key: text for key, text in sorted(self._texts.items()) if key.partition(".")[0] in set(sheets)
        }


def list_languages() -> list[str]:
    """The languages that pages can be written in."""
    return sorted(
        entry.name for entry in files("rolegraph.site").joinpath("texts").iterdir() if entry.is_dir()
    )


@cache
def read_wording(language: str = DEFAULT) -> Wording:
    """The texts of a language. Raises FileNotFoundError for one that is not there."""
    texts: dict[str, str] = {}
    for entry in sorted(files("rolegraph.site").joinpath("texts", language).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".json"):
            sheet = entry.name.removesuffix(".json")
            found = json.loads(entry.read_text(encoding="utf-8"))
            texts |= {f"{sheet}.{key}": text for key, text in found.items()}
    return Wording(language, texts)
