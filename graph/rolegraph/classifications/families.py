"""The families of releases that can be read, and the module that reads each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Final, Protocol, cast

from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import Package
from rolegraph.releases.rows import Row

FAMILIES: Final = {
    "soc": "Standard Occupational Classification",
    "onet": "O*NET",
    "esco": "ESCO",
    "oews": "Occupational Employment and Wage Statistics",
    "crosswalk": "crosswalk of SOC or O*NET-SOC codes",
}
"""Each family by the name of its module, and as people call it."""

Tell = Callable[[str], None]

_LANGUAGE: Final = "en"


class Reader(Protocol):
    """What a module of a family offers."""

    def recognize(self, package: Package) -> bool:
        """Whether a package is a release of the family, by its files and their headers."""

    def find_version(self, package: Package) -> str | None:
        """The version that the package states; None where it states none."""

    def read(self, package: Package, ledger: Ledger, tell: Tell) -> Iterator[Row]:
        """The rows of the release. Raises InputError where it cannot be used."""


def find_reader(family: str) -> Reader:
    """The module that reads the releases of a family."""
    return cast("Reader", import_module(f"rolegraph.classifications.{family}"))


def read_package(
    family: str, package: Package, ledger: Ledger, tell: Tell, languages: Sequence[str]
) -> tuple[str, Iterator[Row]]:
    """The language of the names in a release, and its rows; ``languages`` are taken beside it where it has several."""
    if family == "esco":
        from rolegraph.classifications.esco import find_languages, read

        main = next(iter(find_languages(package)), _LANGUAGE)
        return main, read(package, ledger, tell, languages)
    return _LANGUAGE, find_reader(family).read(package, ledger, tell)


def recognize_family(package: Package) -> str | None:
    """The family that a package is a release of; None where it is of none."""
    return next((family for family in FAMILIES if find_reader(family).recognize(package)), None)
