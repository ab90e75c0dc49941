"""What is recorded of one profile, part by part, as entries: a label, a text, and a note beside it.

Sheets show these entries one below the other, comparisons side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rolegraph.answers import Entry
from rolegraph.careers.spans import name_period
from rolegraph.catalogue import format_number, format_years
from rolegraph.model.reference import Level, Skill
from rolegraph.model.roles import CRITERIA, Focus, Pay, Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.releases.remedies import find_family, tell_remedy

CRITERION_LABELS: Final = {
    "knowledge": "Knowledge & Application",
    "complexity": "Complexity & Problem Solving",
    "collaboration": "Collaboration & Interaction",
    "experience": "Typical Degree & Years",
}
DESCRIPTOR_LABELS: Final = {
    "summary": "Summary",
    "scope": "Scope",
    "autonomy": "Autonomy",
    "complexity": "Complexity",
    "impact": "Impact",
    "decision_rights": "Decision rights",
    "leadership": "Leadership",
}
YEARS_LABEL: Final = "Typical experience"
PAY_LABELS: Final = {
    "median": "Market pay (median)",
    "low": "Market pay (low)",
    "high": "Market pay (high)",
    "percentile10": "Market pay (10th percentile)",
    "percentile25": "Market pay (25th percentile)",
    "percentile75": "Market pay (75th percentile)",
    "percentile90": "Market pay (90th percentile)",
}
ASSIGNED: Final = "assigned by the dataset, not stated by the source"
INHERITED: Final = "inherited from the function"


def format_entry(entry: Entry) -> str:
    """The text of an entry with its note.

    >>> format_entry(Entry("Focus", "Bread", "BAKE.BREAD"))
    'Bread (BAKE.BREAD)'
    """
    return f"{entry.text} ({entry.note})" if entry.note else entry.text


def list_head(taxonomy: Taxonomy, profile: Profile) -> Iterator[Entry]:
    """Where a profile stands and what is stated of it as a whole; only what is recorded."""
    focus = taxonomy.focus_by_code[profile.focus]
    level = taxonomy.level_by_code[profile.level]
    function = taxonomy.function_by_code[profile.function]
    if profile.retired:
        successor = profile.retired.replaced_by
        yield Entry("Retired", profile.retired.note, f"replaced by {successor}" if successor else "")
    elif focus.retired:
        yield Entry("Retired", focus.retired.note, "with its focus")
    years = format_years(level.years.min, level.years.max) if level.years else "years not recorded"
    yield Entry("Level", level.label, years)
    yield Entry("Function", function.label or function.code, function.code if function.label else "")
    if function.group:
        note = ASSIGNED if "group" in function.assigned else ""
        yield Entry("Function group", taxonomy.group_by_code[function.group].label, note)
    yield Entry("Focus", focus.label, focus.code)
    yield Entry("Basis", profile.basis)
    for label, value in (
        ("Job code", profile.job_code),
        ("Grade", profile.grade),
        ("Status", profile.status),
        ("Region", profile.region),
        ("Version", profile.version),
    ):
        if value is not None:
            yield Entry(label, value)
    if profile.confidence:
        yield Entry("Confidence", str(profile.confidence.value), profile.confidence.label or "")


def list_pay(pay: Pay) -> Iterator[Entry]:
    """The figures of market pay; what holds for all of them is noted at the first."""
    notes = [INHERITED] if pay.inherited else []
    notes += list_pay_notes(pay)
    for name, label in PAY_LABELS.items():
        value = getattr(pay, name)
        if value is not None:
            yield Entry(label, format_pay(pay, value), "; ".join(notes))
            notes = []


def list_pay_notes(pay: Pay) -> list[str]:
    """Day, place, source and assigned parts of market pay."""
    notes = [f"{' and '.join(pay.assigned)} {ASSIGNED}"] if pay.assigned else []
    notes += [f"from {pay.effective}"] if pay.effective else []
    notes += [f"in {pay.region}"] if pay.region else []
    notes += [f"source: {pay.source}"] if pay.source else []
    return notes


def format_pay(pay: Pay, value: Decimal) -> str:
    """One figure of pay as people write it: ``118,000 USD a year``, ``3,500.50 EUR a month``.

    Where an amount is not whole its hundredths are written out, and what is finer than these is kept.
    """
    finest = value.normalize().as_tuple().exponent
    told = f"{value:,.2f}" if finest in {-1, -2} else format_number(value)
    return f"{told} {tell_unit(pay)}"


def tell_unit(pay: Pay) -> str:
    """Currency and period of pay: ``USD a year``."""
    return f"{pay.currency} {name_period(pay.duration)}"


def list_definitions(profile: Profile, focus: Focus) -> Iterator[Entry]:
    """What the role and its focus are."""
    if profile.definition:
        yield Entry("Role", profile.definition)
    if focus.definition:
        yield Entry("Focus", focus.definition)
    if focus.differential:
        what = " and ".join(focus.differential)
        yield Entry("Differential", f"material {what} differential against the function's baseline")


def list_guideline(profile: Profile) -> Iterator[Entry]:
    """The level rubric applied to the focus of a profile, criterion by criterion."""
    for criterion in CRITERIA:
        text = getattr(profile.guideline, criterion, None)
        if text is not None:
            yield Entry(CRITERION_LABELS[criterion], text)


def list_level(level: Level) -> Iterator[Entry]:
    """What a level asks: its descriptor, field by field, and its typical years."""
    if "descriptor" in level.assigned:
        yield Entry("Descriptor", ASSIGNED)
    for field, label in DESCRIPTOR_LABELS.items():
        text = getattr(level, field)
        if text is not None:
            yield Entry(label, text)
    if level.years:
        note = ASSIGNED if "years" in level.assigned else ""
        yield Entry(YEARS_LABEL, format_years(level.years.min, level.years.max), note)
    if level.stage is not None:
        note = ASSIGNED if "stage" in level.assigned else ""
        yield Entry("Stage", f"{format_number(level.stage)} level steps", note)


def list_mappings(taxonomy: Taxonomy, owner: Profile | Skill) -> Iterator[Entry]:
    """What a profile or skill is mapped to, by classification, with what is said of each mapping."""
    for mapping in owner.mappings:
        occupation = taxonomy.occupation_by_key.get((mapping.scheme, mapping.code))
        title = f" {occupation.title}" if occupation else ""
        notes = [mapping.predicate, mapping.justification]
        notes += [mapping.tool] if mapping.tool else []
        notes += [f"confidence {mapping.confidence}"] if mapping.confidence is not None else []
        notes += [f"by {mapping.author}"] if mapping.author else []
        notes += [mapping.day] if mapping.day else []
        notes += [f"{' and '.join(mapping.assigned)} {ASSIGNED}"] if mapping.assigned else []
        notes += [mapping.comment] if mapping.comment else []
        family = find_family(mapping.scheme)
        if occupation is None and family is not None:
            notes.append(f"its title is not loaded: {tell_remedy(family, 'names it')}")
        yield Entry(mapping.scheme, f"{mapping.code}{title}", "; ".join(notes))
