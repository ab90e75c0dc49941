"""A data folder whose texts are made to break pages: markup, code, marks that turn the order of texts, endless words."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from rolegraph.resources import find_resource

SMALL = Path(__file__).parent / "fixtures" / "small"

SCRIPT = '"><script>alert(1)</script>'
IMAGE = "<img src=x onerror=alert(1)>"
ADDRESS = "javascript:alert(1)"
TEMPLATE = "{{7*7}} ${7*7} {% raw %} <%= 7*7 %>"
ATTRIBUTE = "' onmouseover='alert(1)' x=\" onfocus=\"alert(1)\" autofocus"
CLOSING = "</title></script></style></textarea><!-- ]]> --> &lt;b&gt; &amp;amp;"
TURNED = "Payroll \u202efdp.exe\u202c and \u2066isolated\u2069"
LONG = "W" * 10_000
EMOJI = "👩🏽‍🔧 Mechanic 🚲🏳️‍🌈 z" + "\u030d" * 8
RIGHT = "מנהל אופניים — مدير الورشة"
WIDE = "自転車整備士の長い長い長い肩書き" * 6
TEXTS = (SCRIPT, IMAGE, ADDRESS, TEMPLATE, ATTRIBUTE, CLOSING, TURNED, LONG, EMOJI, RIGHT, WIDE)
"""Each is a title, an alias, a label of a skill and a text of the made folder."""

FUNCTION = "CON"
"""A name that some file systems take for a device."""
LONGEST = "F" * 32
SLUGS = (
    "constructor",
    "tostring",
    "valueof",
    "hasownproperty",
    "proto",
    "watch",
    "length",
    "a",
    "b",
    "c",
    "d",
)
"""Skills by names that objects of scripts have by themselves."""
CODES = ("../../etc/passwd", "a/b?c=d#e&f", "<b>", "..", "%2e%2e%2f", "C:\\nul", SCRIPT, RIGHT, "W" * 2_000)
"""Codes of occupations; those may be any text."""
LEVELS = ("P1", "P2", "P3", "P4", "M1", "M2")


def write_hostile(folder: Path) -> None:
    """Write the data folder; ``folder`` is made."""
    shutil.copytree(SMALL, folder)
    shutil.rmtree(folder / "focuses")
    shutil.rmtree(folder / "editions")
    shutil.copytree(str(find_resource("data") / "editions"), folder / "editions")
    dataset = _read(folder / "dataset.yaml")
    dataset.update(title=CLOSING, description=SCRIPT, publisher=IMAGE, version=ATTRIBUTE[:60])
    dataset["access_rights"] = ADDRESS
    _write(folder / "dataset.yaml", dataset)
    functions = {code: {"label": label, "definition": SCRIPT} for code, label in _name_functions().items()}
    _write(folder / "functions.yaml", {"functions": functions})
    levels = _read(folder / "levels.yaml")
    for level, text in zip(LEVELS, TEXTS, strict=False):
        levels["levels"][level] |= {"name": text, "summary": text, "scope": SCRIPT}
        levels["levels"][level].pop("assigned", None)
    levels["tracks"]["P"]["label"] = IMAGE
    _write(folder / "levels.yaml", levels)
    skills = {slug: {"label": text, "definition": text} for slug, text in zip(SLUGS, TEXTS, strict=True)}
    _write(folder / "skills.yaml", {"skills": skills})
    scheme = {
        "code": "constructor", "title": SCRIPT, "publisher": IMAGE, "version": "1", "source": "javascript:alert(1)",
        "licence": ADDRESS, "pattern": ".+", "levels": ["minor"],
    }  # fmt: skip
    occupations = {code: {"title": text, "kind": "minor"} for code, text in zip(CODES, TEXTS, strict=False)}
    _write(folder / "occupations" / "constructor.yaml", {"scheme": scheme, "occupations": occupations})
    (folder / "focuses").mkdir()
    for number, (code, label) in enumerate(_name_focuses().items()):
        _write(folder / "focuses" / f"{code}.yaml", _make_focus(code, label, number))


def _name_functions() -> dict[str, str]:
    return {FUNCTION: SCRIPT, LONGEST: LONG, "NUL": RIGHT}


def _name_focuses() -> dict[str, str]:
    return {
        f"{FUNCTION}.AUX": IMAGE,
        f"{FUNCTION}.LPT1": LONG,
        f"{LONGEST}.{'G' * 32}": TURNED,
        "NUL.0": RIGHT,
    }


def _make_focus(code: str, label: str, number: int) -> dict[str, Any]:
    texts = TEXTS[number:] + TEXTS[:number]
    uses = {slug: {"label": text, "description": text} for slug, text in zip(SLUGS, texts, strict=True)}
    return {
        "focus": code, "label": label, "definition": SCRIPT, "differential": ["pay"], "skills": uses,
        "exclusions": sorted({IMAGE, TURNED}),
        "levels": {
            level: _make_profile(texts[place:] + texts[:place], level) for place, level in enumerate(LEVELS)
        },
    }  # fmt: skip


def _make_profile(texts: tuple[str, ...], level: str) -> dict[str, Any]:
    first, second = texts[:2]
    return {
        "basis": "documented",
        "title": first,
        "definition": second,
        "job_code": texts[2][:500],
        "grade": texts[3][:500],
        "version": texts[4][:500],
        "confidence": {"value": 0.5, "label": texts[5]},
        "pay": {"currency": "EUR", "median": 99_999_999_999, "source": SCRIPT},
        "responsibilities": [{"id": f"{level.lower()}-{n}", "text": text} for n, text in enumerate(texts)],
        "guideline": {"knowledge": first, "complexity": second, "collaboration": texts[6], "experience": SCRIPT},
        "review": {"clarity": 4},
        "sources": [{"id": f"s{n}", "text": text} for n, text in enumerate(texts)],
        "aliases": sorted(texts),
        "mappings": [
            {
                "scheme": "constructor", "code": code, "predicate": "broadMatch", "tool": IMAGE,
                "justification": "UnspecifiedMatching", "author": SCRIPT, "comment": TEMPLATE,
            }
            for code in CODES
        ],
    }  # fmt: skip


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _write(file: Path, content: object) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=False, sort_keys=False), encoding="utf-8")
