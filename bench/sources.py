"""Saved profile pages and a long table, written from a synthetic architecture: what people bring along."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STEPS = ("Awareness", "Working", "Practitioner", "Expert")
"""The scale of proficiency that the table names."""

TABLE_MAP = """\
sheets:
  roles:
    columns:
      function: Family
      focus: Role
      level: Level
      title: Title
      job_code: Job code
      definition: Definition
      skill: Skill
      proficiency: Proficiency
proficiencies: [Awareness, Working, Practitioner, Expert]
"""
"""The mapping of the table."""

HEADER = ("Family", "Role", "Level", "Title", "Job code", "Definition", "Skill", "Proficiency")


def write_pages(source: Path, folder: Path, count: int) -> list[Path]:
    """Write ``count`` pages of the form without badges, each of a focus of its own, and return their paths.

    ``source`` is a data folder as :mod:`bench.generate` makes it; only focuses that are written out become pages.
    Raises ValueError where it holds too few.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for focus in _read_focuses(source):
        tracks: dict[str, list[str]] = {}
        for code, level in focus["levels"].items():
            if level.get("responsibilities") and len(level.get("guideline", {})) == 4:
                tracks.setdefault(code[0], []).append(code)
        for levels in tracks.values():
            if len(written) == count:
                return written
            page = folder / f"{len(written):05}.txt"
            page.write_text(_render_page(focus, levels), encoding="utf-8")
            written.append(page)
    if len(written) < count:
        raise ValueError(f"{source} gives {len(written)} pages, fewer than {count}")
    return written


def list_rows(source: Path, count: int) -> Iterator[tuple[str, ...]]:
    """``count`` rows of a long table, one for each skill of a role, without the header.

    Raises ValueError where the data folder gives fewer.
    """
    roles = left = 0
    for focus in _read_focuses(source):
        function, _, name = focus["focus"].partition(".")
        for code in focus["levels"]:
            roles += 1
            title = f"{focus['label']} {code}"
            for number, skill in enumerate(focus["skills"]):
                if left == count:
                    return
                left += 1
                step = STEPS[min(3, (int(code[1:]) + number % 2) // 2)]
                label = f"{focus['label']} {name}"
                yield function, label, code, title, f"J{roles:06}", f"Does {title}.", skill, step
    if left < count:
        raise ValueError(f"{source} gives {left} rows, fewer than {count}")


def write_csv(source: Path, file: Path, count: int) -> None:
    """Write the long table as CSV."""
    with file.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(list_rows(source, count))


def write_xlsx(source: Path, file: Path, count: int) -> None:
    """Write the long table as a workbook of one sheet."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("roles")
    sheet.append(HEADER)
    for row in list_rows(source, count):
        sheet.append(row)
    book.save(file)


def _read_focuses(source: Path) -> Iterator[dict[str, Any]]:
    with (source / "focuses" / "all.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _render_page(focus: dict[str, Any], levels: list[str]) -> str:
    own = levels[0]
    code = f"{focus['focus']}.{own}"
    definition = focus.get("definition") or f"{focus['label']}: what it is."
    lines = [
        f"{focus['label']} — {own}",
        code,
        definition,
        definition,
        f"Focus — {focus['label']}",
        definition,
    ]
    lines += ["Responsibilities by level"]
    # The page lists as many for each level, as its level headings are lost.
    share = min(len(focus["levels"][level]["responsibilities"]) for level in levels)
    for level in levels:
        lines += [f"- {_text(part)}" for part in focus["levels"][level]["responsibilities"][:share]]
    lines += [
        "Level guidelines",
        "| Level | Knowledge & Application | Complexity & Problem Solving | Collaboration & Interaction | Typical Degree & Years |",
        "|---|---|---|---|---|",
    ]
    for level in levels:
        cells = focus["levels"][level]["guideline"]
        lines.append(f"| {level} | " + " | ".join(cells[name] for name in cells) + " |")
    lines += ["Skills"]
    for skill, use in focus["skills"].items():
        lines += [f"- {use.get('label') or skill}", f"- {use.get('description') or 'Does it.'}"]
    lines += [
        "Provenance",
        "1 sources",
        "- One source",
        f"Level — {own} — Level {own}",
        "Works at this level.",
        "- Scope",
    ]
    lines += [
        "- One thing",
        "- Typical experience",
        "- 1–2 yrs",
        "Title aliases",
        "Classification mappings",
        "O*NET / SOC",
    ]
    return "\n".join([*lines, "- code=51-1011source=bench"]) + "\n"


def _text(part: Any) -> str:
    return part if isinstance(part, str) else str(part["text"])
