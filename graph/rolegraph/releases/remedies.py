"""Which command brings the release that holds a classification."""

from __future__ import annotations

from typing import Final

_FAMILIES: Final = {"soc": "soc", "onet": "onet", "unspsc": "onet", "esco": "esco", "oews": "oews"}
"""Families of releases, by what the codes of classifications begin with."""


def find_family(scheme: str) -> str | None:
    """The family of the releases that hold a classification; None for one that no release holds.

    >>> find_family("onet-soc-2019"), find_family("house-titles")
    ('onet', None)
    """
    return _FAMILIES.get(scheme.partition("-")[0])


def tell_remedy(family: str, what: str = "brings it") -> str:
    """The command that brings a release, and what it does.

    >>> tell_remedy("soc", "names it")
    'rolegraph import soc SRC -o DIR names it'
    """
    return f"rolegraph import {family} SRC -o DIR {what}"
