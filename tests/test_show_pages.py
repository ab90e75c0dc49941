"""What a page showed, `show` displays again: fact by fact, in the page's order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import rolegraph
from rolegraph.incoming import ingest_pages

HERE = Path(__file__).parent
PAGES = HERE / "fixtures" / "pages"
SEEDS = HERE.parents[1] / "shared" / "seeds"

SAID_BY_THE_SITE = re.compile(
    r"← Canon taxonomy|Level|Function · Focus|Market pay \(median\)|Responsibilities by level|What this person .*"
    r"|Level guidelines|The universal leveling .*|Skills|Focus-specific skills .*|Provenance|The evidence base .*"
    r"|Adjacent roles|Nearest roles .*|Title aliases.*|No title aliases .*|Classification mappings.*|O\*NET / SOC"
    r"|LevelKnowledge .*|[A-Z][0-9](this profile)?"
)
"""Lines that are the same on every page, or that head what follows: they state nothing of the role."""
WHOLE = (
    (re.compile(r"Focus — (?P<focus>.*)"), ("focus",)),
    (re.compile(r"Level — (?P<level>.*)"), ("level",)),
    (re.compile(r"[A-Z][0-9] · (?P<level>.*) · (?P<years>.*)"), ("level", "years")),
    (re.compile(r"[A-Z][0-9](?P<level>[A-Z][0-9] — .*?[a-z])(?P<sure>low|medium|high)(?P<value>[01]\.[0-9]+)"
                r"(?P<status>approved|in-review)(?P<region>[a-z]+)(?P<version>v[0-9.]+)"),
     ("level", "status", "region", "version", "value", "sure")),
    (re.compile(r"(?P<function>[A-Z][A-Za-z ]+) · (?P<focus>.*)"), ("function", "focus")),
    (re.compile(r"\$(?P<median>[0-9.]+)k \(\$(?P<low>[0-9.]+)k\$(?P<high>[0-9.]+)k\)"), ("median", "low", "high")),
    (re.compile(r"(?P<count>[0-9]+) sources"), ("count",)),
    (re.compile(r"code=(?P<code>[0-9-]+)source=(?P<tool>.*)"), ("code", "tool")),
    (re.compile(r"Material (?P<what>.*) differential vs the function baseline\."), ("what",)),
)  # fmt: skip
"""Lines that state several things, and their names in the order in which they are displayed."""


def read_facts(page: str) -> Iterator[tuple[str, ...]]:
    """The facts of each line of a page, in its order."""
    for raw in page.splitlines():
        line = raw.strip().removeprefix("- ").removeprefix("• ").strip()
        if not line or SAID_BY_THE_SITE.fullmatch(line) or set(line) <= set("|- "):
            continue
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if cells[0] != "Level":
                yield tuple(cells[1:])
        elif re.match(r"[A-Z][0-9][A-Z]", line) and "—" not in line[:12]:
            yield tuple(split_cells(line[2:]))
        elif re.fullmatch(r"([A-Z][A-Za-z -]+[0-9](\.[0-9])?)+", line):
            for name, score in re.findall(r"([A-Z][A-Za-z -]+)([0-9](?:\.[0-9])?)", line):
                yield (name.replace("-", " "), score)
        else:
            for pattern, names in WHOLE:
                if match := pattern.fullmatch(line):
                    yield tuple(spell(name, match[name]) for name in names)
                    break
            else:
                yield (line.replace(" yrs", " years"),)


def split_cells(row: str) -> list[str]:
    """The cells of a row whose borders are lost: the next begins without a blank where one ends."""
    return re.split(r'(?<=[a-z)][.]|[a-z]\))(?=[A-Z0-9"])', row)


def spell(name: str, text: str) -> str:
    """A part of a line as it is displayed."""
    if name in ("median", "low", "high"):
        return f"{int(float(text) * 1000):,}"
    if name == "years":
        return text.replace(" yrs", " years")
    return " and ".join(text.lower().split(" and ")) if name == "what" else text


def display(folder: Path, code: str) -> str:
    sheet = rolegraph.load(folder).show(code)
    entries = [
        f"{entry.label}\n{entry.text}\n{entry.note}"
        for section in sheet.sections
        for entry in section.entries
    ]
    headings = [section.heading for section in sheet.sections]
    assert headings == sorted(headings, key=headings.index)
    return "\n".join([sheet.code, sheet.label, *entries])


def check_page(page: Path, code: str, folder: Path, **options: object) -> int:
    """Every fact of the page is displayed, and what has not been displayed before stands after what was."""
    ingest_pages([page], folder, **options)  # type: ignore[arg-type]
    shown = display(folder, code)
    facts = list(read_facts(page.read_text(encoding="utf-8")))
    missing = [part for fact in facts for part in fact if part not in shown]
    assert not missing, missing
    body = facts[next(i for i, fact in enumerate(facts) if fact[0].startswith(("pay", "skill"))) + 1 :]
    at = shown.index("Differential")
    for fact in body[: next((i for i, fact in enumerate(body) if fact[0].isdigit()), len(body))]:
        for part in fact:
            place = shown.find(part, at)
            assert place >= 0, f"{part!r} stands before what the page shows before it"
            at = place
    return sum(map(len, facts))


@pytest.mark.parametrize(
    ("page", "code"),
    [("bakery_m2.txt", "BAKERY.SOURDOUG7C21.M2"), ("harbour_p2.md", "HARBOR2.BERTHPLA00FE.P2")],
)
def test_show_displays_what_the_page_showed(page: str, code: str, tmp_path: Path) -> None:
    assert check_page(PAGES / page, code, tmp_path / "data") > 20


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real pages are not there")
@pytest.mark.parametrize(
    ("number", "code", "counts"),
    [
        ("000", "MANUFA.BIOPROCE4427.M3", None),
        ("002", "PROCES.UPSTREAMDF5B.P1", (4, 5, 5, 5, 5, 5)),
        ("003", "MANUFA.MANUFACTF950.M3", None),
    ],
)
def test_show_displays_what_a_real_page_showed(
    number: str, code: str, counts: tuple[int, ...] | None, tmp_path: Path
) -> None:
    (page,) = SEEDS.glob(f"{number}_*.txt")
    assert check_page(page, code, tmp_path / "data", counts=counts) > 80
