"""What became of pages or a table that met a data folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rolegraph.answers.findings import Finding

Action = Literal["added", "changed", "retired", "restored", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one record, in words: ``title: Baker -> Master baker``, ``skills: + Dough, - Icing``."""

    action: Action
    kind: str
    code: str
    label: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intaken:
    """What a data folder took in: ``read`` pages or rows, less those of the ``refused`` files.

    ``written`` are the names of the files that were written, none where ``applied`` is false: then the changes are
    what would be done. ``notes`` are warnings and infos, at their places in the source.
    """

    folder: str
    applied: bool
    read: int
    refused: tuple[str, ...]
    written: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A data folder that was made: its files, and the fields of ``dataset.yaml`` that are still to be set."""

    folder: str
    written: tuple[str, ...]
    unset: tuple[str, ...]
