"""A synthetic job architecture of any size, the same for the same seed: a data folder for rolegraph.

    python -m bench.generate 10000 FOLDER

Focuses have one to three of the ladder's tracks, five responsibilities and four guideline cells per level and
ten to sixteen skills; functions come in groups of four. Words are made from a fixed list: the shape is real, the
content means nothing.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

WORDS = [
    "plans",
    "reviews",
    "schedules",
    "batch",
    "process",
    "quality",
    "release",
    "equipment",
    "site",
    "supplier",
    "customer",
    "contract",
    "budget",
    "forecast",
    "model",
    "pipeline",
    "service",
    "platform",
    "incident",
    "risk",
    "audit",
    "training",
    "safety",
    "design",
    "test",
    "method",
    "sample",
    "record",
    "standard",
    "report",
    "region",
    "product",
    "launch",
    "market",
    "account",
    "claim",
    "policy",
    "payroll",
    "hiring",
    "inventory",
    "route",
    "vessel",
    "reactor",
    "column",
    "buffer",
    "assay",
    "stability",
    "filing",
    "dossier",
    "trial",
    "protocol",
    "patient",
    "signal",
    "network",
]
LEVELS = {
    "P": ("P1", "P2", "P3", "P4", "P5", "P6"),
    "M": ("M1", "M2", "M3", "M4", "M5"),
    "S": ("S1", "S3"),
}
TRACKS = (("P",), ("M",), ("P", "M"), ("P", "M"), ("S", "P", "M"))
GROUP_SIZE = 4
FOCUSES_PER_FUNCTION = 12


def write_architecture(folder: Path, profiles: int, seed: int = 1) -> int:
    """Write a data folder with at least ``profiles`` profiles; returns how many there are."""
    chance = random.Random(seed)
    (folder / "focuses").mkdir(parents=True, exist_ok=True)
    skills = [f"skill-{number}" for number in range(max(60, profiles // 12))]
    functions = 0
    written = 0
    with (folder / "focuses" / "all.jsonl").open("w", encoding="utf-8") as file:
        while written < profiles:
            functions += 1
            for number in range(FOCUSES_PER_FUNCTION):
                focus = _make_focus(
                    chance, f"F{functions:04d}.S{number:02d}{chance.randrange(16**4):04X}", skills
                )
                file.write(json.dumps(focus, ensure_ascii=False, separators=(",", ":")) + "\n")
                written += len(focus["levels"])
                if written >= profiles:
                    break
    _write_shared(folder, functions, skills)
    return written


def _sentence(chance: random.Random, length: int) -> str:
    words = chance.choices(WORDS, k=length)
    return " ".join(words).capitalize() + "."


def _make_focus(chance: random.Random, code: str, skills: list[str]) -> dict[str, Any]:
    levels = [level for track in chance.choice(TRACKS) for level in LEVELS[track]]
    documented = chance.choice(levels)
    used = chance.sample(skills, chance.randint(10, 16))
    return {
        "focus": code,
        "label": f"{_sentence(chance, 3)[:-1]} {code[-6:]}",
        "definition": _sentence(chance, 40),
        "split": "stated",
        "skills": {
            skill: {"label": f"Wording of {skill} in {code}", "description": _sentence(chance, 14)}
            for skill in used
        },
        "levels": {level: _make_profile(chance, code, level, level == documented) for level in levels},
    }


def _make_profile(chance: random.Random, code: str, level: str, documented: bool) -> dict[str, Any]:
    profile: dict[str, Any] = {
        "basis": "documented" if documented else "implied",
        "responsibilities": [{"id": f"r{n}", "text": _sentence(chance, 22)} for n in range(5)],
        "guideline": {
            "knowledge": _sentence(chance, 18),
            "complexity": _sentence(chance, 16),
            "collaboration": _sentence(chance, 15),
            "experience": _sentence(chance, 12),
        },
    }
    if documented:
        median = chance.randrange(40, 240) * 1000
        profile |= {
            "title": f"{_sentence(chance, 3)[:-1]} {code[-6:]} — {level}",
            "status": "approved",
            "version": "v1",
            "region": "global",
            "confidence": {"value": f"0.{chance.randrange(50, 99)}", "label": "high"},
            "pay": {
                "currency": "USD",
                "low": str(median - 9000),
                "median": str(median),
                "high": str(median + 9000),
            },
            "review": {"concreteness": "4.5", "factual-accuracy": "4.5"},
            "source_count": "1",
            "sources": [{"id": "s1", "text": "O*NET 51-1011.00", "occupation": "51-1011.00"}],
            "mappings": [
                {
                    "scheme": "soc-2018",
                    "code": "51-1011",
                    "predicate": "broadMatch",
                    "justification": "UnspecifiedMatching",
                }
            ],
        }
    return profile


def _write_shared(folder: Path, functions: int, skills: list[str]) -> None:
    (folder / "dataset.yaml").write_text(
        "title: Synthetic architecture\npublisher: Nobody\nversion: '1'\nbase: https://example.org/id/\n"
        "language: en\ncurrency: USD\nissued: 2026-01-01\nmodified: 2026-01-01\n"
        "licence: https://creativecommons.org/publicdomain/zero/1.0/\n",
        encoding="utf-8",
    )
    groups = range((functions + GROUP_SIZE - 1) // GROUP_SIZE)
    lines = ["groups:", *(f"  group-{g}: {{label: Group {g}}}" for g in groups), "functions:"]
    for number in range(1, functions + 1):
        group = (number - 1) // GROUP_SIZE
        lines.append(
            f"  F{number:04d}: {{label: Function {number}, group: group-{group}, assigned: [group]}}"
        )
    (folder / "functions.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    entries = (f"  {skill}: {{label: The {skill.replace('-', ' ')}}}" for skill in skills)
    (folder / "skills.yaml").write_text("\n".join(["skills:", *entries]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a synthetic job architecture.")
    parser.add_argument("profiles", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(write_architecture(options.folder, options.profiles, options.seed), "profiles")
