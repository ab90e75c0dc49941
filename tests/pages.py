"""Profile pages written from records, as a site shows them and people save them.

``write_badged`` and ``write_listed`` give the two forms of a page as text; ``write_html`` gives either as HTML.
What the first form has and the second has not (the function's name, pay, status, levels of responsibilities) is
left out there, as on the pages themselves.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from rolegraph.model.record import YearRange
from rolegraph.model.reference import JobFunction, Level
from rolegraph.model.roles import CRITERIA, Focus, Pay, Profile

Kind = Literal["back", "title", "text", "heading", "rung", "bullet", "name", "row", "gap"]

COLUMNS = (
    "Level", "Knowledge & Application", "Complexity & Problem Solving", "Collaboration & Interaction",
    "Typical Degree & Years",
)  # fmt: skip
LABELS = {
    "scope": "Scope", "autonomy": "Autonomy", "complexity": "Complexity", "impact": "Impact",
    "decision_rights": "Decision rights", "leadership": "Leadership",
}  # fmt: skip
INTROS = {
    "Responsibilities by level": "What this person actually does, from the lowest level to the highest.",
    "Level guidelines": "The universal leveling rubric, as it reads for this function.",
    "Skills": "Focus-specific skills the role applies, and what they mean here.",
    "Provenance": "The evidence base behind this profile, with the scores of its review.",
    "Adjacent roles": "Nearest roles by structural coordinates are shown elsewhere. How coordinates work →",
}


class Part(NamedTuple):
    """One line of a page, apart from how its form writes it."""

    kind: Kind
    text: str = ""
    cells: tuple[str, ...] = ()


class Shown(NamedTuple):
    """What a page shows: one profile of a focus, with its function and level."""

    focus: Focus
    profile: Profile
    job_function: JobFunction
    level: Level


def write_badged(shown: Shown) -> str:
    """The page in form A: badges and facts, responsibilities under their levels, the guideline run together."""
    out = []
    for part in list_parts(shown, badged=True):
        match part.kind:
            case "bullet":
                out.append(f"  • {part.text}")
            case "row":
                out.append("".join(part.cells))
            case _:
                out.append(part.text)
    return "\n".join(out) + "\n"


def write_listed(shown: Shown) -> str:
    """The page in form B: lists and a table in Markdown, responsibilities without their levels."""
    out = []
    for part in list_parts(shown, badged=False):
        match part.kind:
            case "gap":
                continue
            case "bullet" | "name":
                out.append(f"- {part.text}")
            case "row":
                out.append("| " + " | ".join(cell.replace("|", r"\|") for cell in part.cells) + " |")
                if part.cells == COLUMNS:
                    out.append("|---|---|---|---|---|")
            case _:
                out.append(part.text)
    return "\n".join(out)


def write_html(shown: Shown, *, badged: bool) -> str:
    """The page in either form as a whole HTML document."""
    out = ["<!DOCTYPE html>", '<html><head><meta charset="utf-8"><title>Skills</title></head>', "<body>"]
    tags = {"title": "h1", "heading": "h2", "rung": "h3", "bullet": "li"}
    for part in list_parts(shown, badged=badged):
        if part.kind == "row":
            out.append(
                "<table><tr>"
                + "".join(f"<td>{html.escape(cell)}</td>" for cell in part.cells)
                + "</tr></table>"
            )
        elif part.kind != "gap":
            tag = tags.get(part.kind, "div")
            out.append(f"<{tag}>{html.escape(part.text)}</{tag}>")
    return "\n".join([*out, "</body>", "</html>"])


def list_parts(shown: Shown, *, badged: bool) -> Iterator[Part]:
    """The lines of a page from top to bottom."""
    focus, definition = shown.focus, shown.focus.definition or ""
    yield from (_open_badged(shown) if badged else _open_listed(shown))
    yield from _write_lines(definition)
    yield Part("heading", f"Focus — {focus.label}")
    yield Part("gap")
    yield from _write_lines(definition)
    if focus.differential:
        kinds = " and ".join(kind.upper() for kind in focus.differential)
        yield Part("text", f"Material {kinds} differential vs the function baseline.")
    yield Part("gap")
    yield from _write_duties(shown, badged=badged)
    yield from _write_guideline(focus)
    yield from _head("Skills")
    for use in focus.skills:
        yield Part("name", use.label or "")
        yield Part("name", use.description or "")
    yield Part("gap")
    yield from _write_provenance(shown.profile)
    yield from _write_level(shown.level)
    yield from _head("Adjacent roles")
    yield Part("heading", "Title aliasesshow ▾")
    if not shown.profile.aliases:
        yield Part("text", "No title aliases recorded so far.")
    for alias in shown.profile.aliases:
        yield Part("text" if badged else "bullet", alias)
    yield Part("gap")
    yield Part("heading", "Classification mappingsshow ▾")
    if not shown.profile.mappings:
        yield Part("text", "No classification mappings recorded so far.")
        return
    yield Part("text", "O*NET / SOC")
    for mapping in shown.profile.mappings:
        yield Part("bullet", f"code={mapping.code}source={mapping.tool}")


def _write_lines(text: str) -> Iterator[Part]:
    yield from (Part("text", line) for line in text.split("\n"))
    yield Part("gap")


def _head(title: str) -> Iterator[Part]:
    yield Part("heading", title)
    yield Part("gap")
    yield Part("text", INTROS[title])
    yield Part("gap")


def _open_listed(shown: Shown) -> Iterator[Part]:
    yield Part("title", shown.profile.title or "")
    yield Part("text", shown.profile.code)
    yield from _write_lines(shown.focus.definition or "")


def _open_badged(shown: Shown) -> Iterator[Part]:
    profile, level = shown.profile, shown.level
    yield from (Part("back", "← Canon taxonomy"), Part("text", level.code), Part("text", profile.code))
    yield Part("title", profile.title or "")
    if shown.job_function.label:
        yield Part("text", shown.job_function.label)
    yield from (
        Part("gap"),
        Part("text", profile.title or ""),
        Part("gap"),
        Part("text", profile.code),
        Part("gap"),
    )
    sure = profile.confidence
    badges = f"{level.code}{level.code} — {level.name}"
    badges += f"{sure.label or ''}{sure.value}" if sure else ""
    yield Part("text", badges + "".join(filter(None, (profile.status, profile.region, profile.version))))
    yield Part("gap")
    yield from _write_lines(shown.focus.definition or "")
    yield from (
        Part("text", "Level"),
        Part("text", f"{level.code} · {level.label} · {write_years(level.years)}"),
    )
    if shown.job_function.label:
        yield Part("text", "Function · Focus")
        yield Part("text", f"{shown.job_function.label} · {shown.focus.label}")
    if profile.pay:
        yield from (Part("text", "Market pay (median)"), Part("text", write_pay(profile.pay)))
    yield Part("gap")


def _write_duties(shown: Shown, *, badged: bool) -> Iterator[Part]:
    yield from _head("Responsibilities by level")
    for profile in shown.focus.profiles:
        if badged and profile.responsibilities:
            own = "this profile" if profile.level == shown.level.code else ""
            yield Part("rung", f"{profile.level}{own}")
        yield from (Part("bullet", duty.text) for duty in profile.responsibilities)
    yield Part("gap")


def _write_guideline(focus: Focus) -> Iterator[Part]:
    yield from _head("Level guidelines")
    yield Part("row", cells=COLUMNS)
    for profile in focus.profiles:
        if profile.guideline:
            cells = [getattr(profile.guideline, criterion) or "" for criterion in CRITERIA]
            yield Part("row", cells=(profile.level, *cells))
    yield Part("gap")


def _write_provenance(profile: Profile) -> Iterator[Part]:
    yield from _head("Provenance")
    if profile.review:
        scores = (f"{s.dimension.replace('-', ' ').capitalize()}{s.value}" for s in profile.review)
        yield Part("text", "".join(scores))
    if profile.source_count is not None:
        yield Part("text", f"{profile.source_count} sources")
    yield from (Part("bullet", source.text) for source in profile.sources)
    yield Part("gap")


def _write_level(level: Level) -> Iterator[Part]:
    yield Part("heading", f"Level — {level.label}")
    yield Part("gap")
    yield from _write_lines(level.summary or "")
    for field, label in LABELS.items():
        if text := getattr(level, field):
            yield from (Part("name", label), Part("name", text))
    yield from (Part("name", "Typical experience"), Part("name", write_years(level.years)), Part("gap"))


def write_years(years: YearRange | None) -> str:
    """``8–12 yrs``, ``15+ yrs``, or a dash where the years are not known."""
    if years is None:
        return "—"
    return f"{years.min}+ yrs" if years.max is None else f"{years.min}–{years.max} yrs"


def write_pay(pay: Pay) -> str:
    """``$118k ($93k$150k)``, with the dash lost as on the pages."""
    figures = [_write_amount(pay, figure) for figure in (pay.low, pay.high) if figure is not None]
    median = _write_amount(pay, pay.median or Decimal(0))
    return f"{median} ({''.join(figures)})" if figures else median


def _write_amount(pay: Pay, figure: Decimal) -> str:
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}[pay.currency]
    return f"{sign}{figure / 1000:f}k" if figure % 100 == 0 else f"{sign}{figure:,}"


def replace_line(text: str, old: str, *new: str) -> str:
    """A page in which the one line that begins with ``old`` is replaced; no line may be left of it."""
    lines = text.split("\n")
    found = [i for i, line in enumerate(lines) if line.startswith(old)]
    if not found:
        raise ValueError(f"no line begins with {old!r}")
    lines[found[0] : found[0] + 1] = new
    return "\n".join(lines)


def find_line(text: str, beginning: str, skip: int = 0) -> int:
    """The line, counted from 1, that begins so; ``skip`` leaves out earlier ones."""
    found = [i for i, line in enumerate(text.split("\n"), 1) if line.strip().startswith(beginning)]
    return found[skip]


def cut_before(text: str, beginning: str) -> str:
    """The page up to the line that begins so."""
    lines: Sequence[str] = text.split("\n")
    return "\n".join(lines[: find_line(text, beginning) - 1])
