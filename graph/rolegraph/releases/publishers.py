"""Who publishes which releases, on what terms: ``data/sources/*.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rolegraph.errors import InputError, RequestError
from rolegraph.records.yaml import read_yaml
from rolegraph.resources import read_resources


@dataclass(frozen=True, slots=True)
class Publisher:
    """What is true of every release of a family; ``{version}`` and ``{period}`` in its texts stand for those of one."""

    family: str
    title: str
    publisher: str
    source: str
    licence: str
    attribution: str
    schemes: dict[str, str]
    """The classifications that its releases speak of, by code, with their titles."""
    currency: str | None = None

    def write_title(self, version: str, period: str | None) -> str:
        """The title of a release."""
        return self.title.format(version=version, period=period or version)

    def write_attribution(self, version: str, period: str | None) -> str:
        """The attribution that goes with what is taken of a release."""
        return self.attribution.format(version=version, period=period or version)


def find_publisher(family: str) -> Publisher:
    """What is true of the releases of a family. Raises RequestError where there is no such family."""
    texts = read_resources("data/sources", ".yaml")
    text = texts.get(f"{family}.yaml")
    if text is None:
        known = ", ".join(name.removesuffix(".yaml") for name in texts)
        raise RequestError(f"there is no family {family} of releases; the families are {known}")
    reading = read_yaml(text.encode(), f"data/sources/{family}.yaml")
    if reading.problems:
        raise InputError(reading.problems)
    document: Any = reading.document
    return Publisher(family, **document)
