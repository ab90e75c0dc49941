"""Reads the skills of a person from a file: one per line, the first column of a CSV file, or a JSON list.

A line that begins with ``#`` is a comment, in a text file and in a CSV file.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from rolegraph.errors import InputError, Place, Problem, describe_error

_HEADINGS = frozenset({"skill", "skills"})
_MOST = 10_000


def read_skills(path: Path) -> tuple[str, ...]:
    """The skills of a file in their order, each once; ``-`` is standard input.

    Raises InputError where the file cannot be read, is not UTF-8, holds something else than texts, or no skill.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise _refuse(
            name, "skills-unreadable", describe_error(error), "name a file that can be read"
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refuse(name, "skills-encoding", "the file is not UTF-8", "save it as UTF-8", line) from None
    if "\0" in text:
        raise _refuse(
            name, "skills-form", "this is no text", "give one skill per line, a CSV file or a JSON list"
        )
    if text.lstrip().startswith(("[", "{")):
        found = _read_json(name, text)
    elif path.suffix.lower() == ".csv":
        found = _read_csv(name, text)
    else:
        found = _leave_comments(text.splitlines())
    skills = tuple(dict.fromkeys(" ".join(skill.split()) for skill in found if skill.strip()))
    if not skills:
        raise _refuse(name, "skills-empty", "there is no skill in it", "give one skill per line")
    if len(skills) > _MOST:
        raise _refuse(
            name,
            "skills-many",
            f"it holds {len(skills):,} skills",
            f"give at most {_MOST:,}, those of one person",
        )
    return skills


def _read_csv(name: str, text: str) -> list[str]:
    lines = _leave_comments(text.splitlines())
    try:
        dialect = csv.Sniffer().sniff(lines[0] if lines else "", ",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [row[0] for row in csv.reader(lines, dialect, strict=True) if row]
    except csv.Error as error:
        raise _refuse(name, "skills-csv", f"this is no CSV: {error}", "save it as CSV again") from None
    return rows[1:] if rows and rows[0].strip().casefold() in _HEADINGS else rows


def _leave_comments(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if not line.lstrip().startswith("#")]


def _read_json(name: str, text: str) -> Iterable[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        reason = getattr(error, "msg", "it is nested too deeply")
        raise _refuse(name, "skills-json", f"this is no JSON: {reason}", "correct it", line) from None
    if not isinstance(found, list):
        raise _refuse(name, "skills-json", "this is no list", 'write ["Aseptic technique", "GMP"]')
    strange = [number for number, skill in enumerate(found, 1) if not isinstance(skill, str)]
    if strange:
        numbers = ", ".join(map(str, strange[:10]))
        raise _refuse(
            name,
            "skills-json",
            f"no text: entry {numbers} of the list",
            "write every skill as a text in quotes",
        )
    return found


def _refuse(name: str, rule: str, message: str, remedy: str, line: int | None = None) -> InputError:
    return InputError([Problem(rule, message, Place(name, line), "", remedy)])
