"""The JSON Schema of what commands print with ``--format json``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, Final

from rolegraph import answers
from rolegraph.errors import UnknownError

ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "adjacent": ("Adjacent", "AllAdjacent", "Hidden", "PersonAdjacent"),
    "build": ("Build", "Validation"),
    "compare": ("Comparison",),
    "diff": ("DataDiff", "ReleaseDiff"),
    "distance": ("Distance",),
    "editions": ("Editions",),
    "gap": ("Gap", "Gaps"),
    "import": ("Intaken", "ReleaseImport"),
    "ingest": ("Intaken",),
    "init": ("Fresh",),
    "ladder": ("Ladder",),
    "list": ("Listing",),
    "mappings": ("MappingReview", "MappingSuggestions", "AllMappingSuggestions", "Intaken"),
    "path": ("Paths",),
    "publish": ("Publication", "Validation"),
    "reach": ("Reach",),
    "search": ("Hits",),
    "show": ("Sheet",),
    "skills": ("Duplicates",),
    "stats": ("Stats",),
    "validate": ("Validation",),
}
"""The answers that each command gives; which of several depends on its options."""


def make_adapter(command: str) -> Any:
    """The pydantic adapter of a command's answers: it makes their schema, and checks values against them.

    Raises UnknownError, naming the commands that there are.
    """
    from pydantic import TypeAdapter

    if command not in ANSWERS:
        raise UnknownError(
            f"there is no answer of {command!r}; commands with a schema are {', '.join(ANSWERS)}"
        )
    names = {name: getattr(answers, name) for name in answers.__all__}
    any_of: Any = reduce(or_, (names[name] for name in ANSWERS[command]))
    adapter: TypeAdapter[Any] = TypeAdapter(any_of)
    adapter.rebuild(force=True, _types_namespace=names)
    return adapter


def make_schema(command: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what a command prints as JSON; errors as :func:`make_adapter`.

    >>> make_schema("distance")["properties"]["origin"]["type"]
    'string'
    """
    schema = make_adapter(command).json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"rolegraph {command}"}
    return {**head, **{key: value for key, value in schema.items() if key != "title"}}
