"""The block on the level: its name, its descriptor by label, and the typical experience."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from rolegraph.model.record import YearRange
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.sections import Section

_FIELDS: Final = {
    "scope": "scope", "autonomy": "autonomy", "complexity": "complexity", "impact": "impact",
    "decision rights": "decision_rights", "leadership": "leadership", "typical experience": "years",
}  # fmt: skip
"""The fields of a level by the labels of a page, in its order."""

_YEARS: Final = re.compile(
    r"(?P<low>\d{1,2}(?:\.\d+)?)\s*(?:(?:[—–-]|\bto\b)\s*(?P<high>\d{1,2}(?:\.\d+)?)\+?|(?P<open>\+))?"
    r"\s*(?:years?|yrs?)\.?(?:\s+(?:of\s+)?experience)?",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(r"[—–-]|n/?a|not stated", re.IGNORECASE)


def read_rung(section: Section, draft: Draft) -> None:
    """Reads the block: the first lines sum the level up, then each label stands before its text."""
    _read_heading(section, draft)
    lines = section.lines
    texts = draft.facts.texts
    at = 0
    while at < len(lines) and _find_field(lines[at].text) is None:
        at += 1
    if at:
        texts["summary"] = Said("\n".join(line.text for line in lines[:at]), lines[0].number)
    while at < len(lines):
        label = lines[at]
        field = _find_field(label.text)
        value = lines[at + 1] if at + 1 < len(lines) else None
        if field is None:
            draft.pass_over(label)
            at += 1
        elif value is None or _find_field(value.text) is not None:
            if value is None and label.last:
                draft.cut.append(f"the text of {shorten(label.text)}")
            else:
                draft.refuse(
                    "page-level-field", f"{shorten(label.text)} has no text", label.number,
                    "add its text, or take the line out",
                )  # fmt: skip
            at += 1
        else:
            if (
                value.last
                and field == "years"
                and not (_YEARS.fullmatch(value.text) or _NOTHING.fullmatch(value.text))
            ):
                draft.cut.append("the end of the years of experience")
            else:
                _take_field(field, label.text, Said(value.text, value.number), draft)
            at += 2


def _read_heading(section: Section, draft: Draft) -> None:
    code, name = section.said.get("code"), section.said.get("name")
    if draft.level and code != draft.level:
        draft.refuse(
            "page-code", f"the page describes the level {code} and has the code of a profile of {draft.level}",
            section.start, "give the page of one profile",
        )  # fmt: skip
    if name is not None:
        draft.facts.level_name = Said(name, section.start)


def _find_field(text: str) -> str | None:
    return _FIELDS.get(text.rstrip(":").lower())


def _take_field(field: str, label: str, said: Said[str], draft: Draft) -> None:
    if field == "years":
        read_year_range(said, draft)
    elif field in draft.facts.texts:
        draft.refuse(
            "page-level-field", f"{shorten(label)} is given twice, first on line {draft.facts.texts[field].line}",
            said.line, "keep one",
        )  # fmt: skip
    else:
        draft.facts.texts[field] = said


def read_year_range(said: Said[str], draft: Draft) -> None:
    """Reads ``8–12 yrs`` or ``15+ yrs``; the first ones read are kept where others differ."""
    if _NOTHING.fullmatch(said.value):
        return
    match = _YEARS.fullmatch(said.value)
    if match is None:
        draft.refuse(
            "page-years", f"the years {shorten(said.value)} are not understood", said.line,
            "write them like 8–12 yrs or 15+ yrs",
        )  # fmt: skip
        return
    low = Decimal(match["low"])
    high = Decimal(match["high"]) if match["high"] else None if match["open"] else low
    years = draft.make(YearRange, said.line, min=low, max=high)
    if years is None:
        return
    known = draft.facts.years
    if known is None:
        draft.facts.years = Said(years, said.line)
    elif known.value != years:
        draft.note(
            "page-differs", f"the years of experience differ from those on line {known.line}, which were kept",
            said.line,
        )  # fmt: skip
