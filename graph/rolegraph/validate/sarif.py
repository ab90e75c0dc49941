"""Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts and editors show."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rolegraph.validate.rules import Rule, ShapesGraph

if TYPE_CHECKING:
    from rolegraph.answers import Finding, Validation

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


def to_sarif(validation: Validation, root: Path | None = None) -> str:
    """The findings as the text of a SARIF log. Files under ``root`` (or the working folder) are named from there.

    Findings of rules that are no shapes (what keeps data from being read) are told with the name of their rule.
    """
    root = (root or Path.cwd()).resolve()
    rules = {name: _describe_rule(rule) for name, rule in ShapesGraph.read().rules.items()}
    for finding in validation.findings:
        rules.setdefault(finding.rule, {"id": finding.rule})
    numbers = {name: number for number, name in enumerate(rules)}
    driver = {"name": "rolegraph", "version": _find_version(), "rules": list(rules.values())}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_describe(f, numbers[f.rule], root) for f in validation.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _find_version() -> str:
    try:
        return version("rolegraph")
    except PackageNotFoundError:
        return "0"


def _describe_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.problem},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _describe(finding: Finding, number: int, root: Path) -> dict[str, Any]:
    location: dict[str, Any] = {}
    named = [{"fullyQualifiedName": finding.subject}] if finding.subject else []
    if finding.cell is not None:
        named.append({"fullyQualifiedName": finding.cell, "kind": "cell"})
    if named:
        location["logicalLocations"] = named
    if finding.file is not None:
        location["physicalLocation"] = {"artifactLocation": {"uri": _write_uri(finding.file, root)}}
        if finding.line is not None:
            location["physicalLocation"]["region"] = {"startLine": finding.line}
    text = f"{finding.message} {finding.remedy}" if finding.remedy else finding.message
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location] if location else [],
    }


def _write_uri(file: str, root: Path) -> str:
    """The file as a URI: relative where it stands below ``root``."""
    path = Path(file)
    if path.is_absolute():
        if not path.is_relative_to(root):
            return path.as_uri()
        path = path.relative_to(root)
    return quote(path.as_posix())
