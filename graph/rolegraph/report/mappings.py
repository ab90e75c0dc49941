"""Checks and suggestions of mappings, as text for people."""

from __future__ import annotations

from collections import Counter

from click import style

from rolegraph.answers import (
    AllMappingSuggestions,
    MappingReview,
    MappingSuggestion,
    MappingSuggestions,
    Validation,
)
from rolegraph.report.layout import band_label, count, heading, muted, terminal_width, wrap
from rolegraph.report.sheets import describe_finding

_KINDS = {
    "cited": "cited",
    "title": "title",
    "alternate": "alternate title",
    "skills": "skills",
    "tasks": "tasks",
    "name": "name",
    "definition": "definition",
    "level": "level",
}
_COLUMN = max(map(len, _KINDS.values()))


def describe_review(answer: MappingReview) -> str:
    """Every finding with its place, reason and remedy, worst first; then what could not be checked."""
    width = terminal_width()
    lines = [line for finding in answer.findings for line in describe_finding(finding)]
    for unchecked in answer.unchecked:
        told = f"Not checked of {count(unchecked.mappings, 'code', 'codes')} of {unchecked.scheme}: {unchecked.what}."
        told += f" To check it: {unchecked.remedy}" if unchecked.command else ""
        lines += [muted(line) for line in wrap(told, width)]
    by = f"by {', '.join(answer.releases)}" if answer.releases else "without a release"
    if answer.mappings:
        lines.append(f"{count(answer.mappings, 'mapping', 'mappings')} checked {by}.")
    else:
        lines += wrap(
            "No role or skill is mapped yet: rolegraph mappings suggest ROLE names what fits one.", width
        )
    if answer.mappings or answer.findings:
        lines.append(_summarise(answer))
    return "\n".join(lines) + "\n"


def _summarise(answer: MappingReview) -> str:
    if not answer.findings:
        return "Nothing is wrong with them, as far as could be checked."
    numbers = Counter[str](finding.severity for finding in answer.findings)
    plurals = {"violation": None, "warning": None, "info": "info"}
    told = [
        count(numbers[severity], severity, more) for severity, more in plurals.items() if numbers[severity]
    ]
    if not answer.mappings:
        return f"Of what sources cite: {', '.join(told)}."
    return f"{'They conform' if answer.conforms else 'They do not conform'}: {', '.join(told)}."


def describe_suggestions(answer: MappingSuggestions) -> str:
    """The suggestions with total, band and evidence, or the reason why there are none."""
    width = terminal_width()
    lines = [heading(f"{answer.label} ({answer.kind} {answer.subject})")]
    lines.append(muted(f"{answer.scheme}, by {', '.join(answer.releases)}"))
    for suggestion in answer.suggestions:
        lines += ["", *_describe(suggestion, several=", " in answer.scheme)]
    if answer.reason is not None:
        lines += ["", *wrap(answer.reason, width)]
    lines += [line for note in answer.notes for line in ("", *wrap(f"Note: {note}", width))]
    return "\n".join(lines) + "\n"


def describe_all_suggestions(answer: AllMappingSuggestions) -> str:
    """The suggestions for one after the other, and for how many there are any."""
    some = sum(bool(one.suggestions) for one in answer.answers)
    told = (
        f"Something fits {some:,} of {len(answer.answers):,}."
        if answer.answers
        else "Every role in use is mapped."
    )
    return "\n".join([*map(describe_suggestions, answer.answers), told]) + "\n"


def write_sarif(answer: MappingReview) -> str:
    """The findings as the text of a SARIF log."""
    from rolegraph.validate.sarif import to_sarif

    return to_sarif(Validation(answer.conforms, answer.findings))


def _describe(suggestion: MappingSuggestion, *, several: bool) -> list[str]:
    name = f"{suggestion.scheme}/{suggestion.code}" if several else suggestion.code
    mapped = muted("  mapped already") if suggestion.mapped else ""
    lines = [
        f"{suggestion.total:.2f}  {band_label(suggestion.band)}  {style(name, bold=True)} {suggestion.title}{mapped}"
    ]
    for part in suggestion.evidence:
        head = f"      {_KINDS[part.kind]:<{_COLUMN}}  {part.score:.2f}  "
        first, *more = wrap(part.text, terminal_width() - len(head))
        lines += [muted(head) + first, *(" " * len(head) + line for line in more)]
    return lines
