"""What validation found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of validation: a rule that does not hold, where, and what to do about it.

    ``file`` and ``line`` are None where the graph did not come from records; ``subject`` is then the node.
    ``cell`` is the cell of the table that the record was imported from (``roles.xlsx Roles!F214``), None where
    it came from none.
    """

    severity: Severity
    rule: str
    file: str | None
    line: int | None
    subject: str
    message: str
    remedy: str
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Validation:
    """Whether the graph conforms (no violation), and every finding, worst first."""

    conforms: bool
    findings: tuple[Finding, ...]
