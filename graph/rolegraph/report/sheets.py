"""The answers about the data as text for people: listings, hits, sheets, statistics, findings, builds."""

from __future__ import annotations

from collections import Counter
from typing import Final

from click import style

from rolegraph.answers import Build, Entry, Finding, Hits, Listing, Section, Sheet, Stats, Validation
from rolegraph.report.layout import (
    columns,
    count,
    display_width,
    heading,
    muted,
    pad,
    severity_label,
    terminal_width,
    wrap,
)
from rolegraph.report.prose import split_prose

_WITHIN = {"functions", "levels", "occupations", "releases"}
_NOTES = {
    "profiles": "basis", "focuses": "levels", "levels": "years, use", "occupations": "kind",
    "releases": "holds; licence",
}  # fmt: skip


def describe_listing(answer: Listing) -> str:
    """The entries of one kind in columns."""
    if not answer.items:
        none = [f"There are no {answer.kind} here.", *answer.notes]
        return "\n".join(none) + "\n"
    # The code of a profile or focus says already what it belongs to.
    header = ["code", "label", *(["in"] if answer.kind in _WITHIN else []), _NOTES.get(answer.kind, "")]
    rows = [
        [item.code, item.label, *([item.within or ""] if answer.kind in _WITHIN else []), item.note]
        for item in answer.items
    ]
    lines = columns(header, rows, shrink=[1])
    one = {"focuses": "focus"}.get(answer.kind, answer.kind.removesuffix("s"))
    notes = [line for note in answer.notes for line in wrap(note, terminal_width())]
    return "\n".join([*lines, "", *map(muted, (count(len(rows), one, answer.kind), *notes))]) + "\n"


def describe_queries(answer: Listing) -> str:
    """The named queries: what each answers, and its parameters."""
    lines = []
    for item in answer.items:
        lines.append(f"{style(item.code, bold=True)}  {item.label}")
        lines += [muted(line) for line in wrap(item.note, terminal_width(), "    ")] if item.note else []
    return "\n".join(lines) + "\n"


_GROUPS: Final = {
    "major": "major group", "minor": "minor group", "broad": "broad group", "detailed": "detailed occupation",
    "isco-group": "group",
}  # fmt: skip
"""What entries of classifications are called where they are found as occupations."""


def describe_hits(answer: Hits) -> str:
    """What a search found: what it is and of which release, and why it was found."""
    if not answer.hits:
        return f"Nothing holds the words: {answer.text}\n"
    lines = []
    for hit in answer.hits:
        code = hit.code if hit.scheme is None else f"{hit.scheme}/{hit.code}"
        kind = _GROUPS.get(hit.entry, hit.kind)
        about = ", ".join(part for part in (f"{kind} {code}", hit.notation, hit.source) if part)
        lines.append(f"{style(hit.label, bold=True)}  {muted(about)}")
        if hit.text != hit.label:
            lines.append(f"    {muted(hit.found + ':')} {hit.text}")
        elif hit.found in {"spelt alike", "word form"}:
            lines.append(f"    {muted(hit.found)}")
    if answer.more:
        lines.append(muted(f"{answer.more:,} more; --limit shows more, --kind profile only roles"))
    return "\n".join(lines) + "\n"


def describe_sheet(answer: Sheet) -> str:
    """All sections of a sheet; what is not recorded says so."""
    lines = [heading(answer.label), muted(f"{answer.kind} {answer.code}")]
    for section in answer.sections:
        lines += ["", *(style(line, bold=True) for line in wrap(section.heading, terminal_width()))]
        lines += _describe_section(section) if section.entries else [muted("  not recorded")]
    return "\n".join(lines) + "\n"


def _describe_section(section: Section) -> list[str]:
    width = terminal_width()
    labels = [entry.label for entry in section.entries]
    column = min(max(map(display_width, labels)), 30)
    lines, previous = [], None
    # A label that stands over several texts would leave open where one ends and the next begins.
    bullet = "• " if len(set(labels)) < len(labels) else ""
    for entry in section.entries:
        shown = "" if entry.label == previous else entry.label
        previous = entry.label
        first, *more = _lay_entry(entry, width - column - 4 - len(bullet))
        if display_width(shown) > column:
            lines.append(f"  {shown}")
            shown = ""
        lines.append(f"  {pad(shown, column)}  {bullet}{first}".rstrip())
        lines += [f"  {' ' * (column + len(bullet))}  {line}".rstrip() for line in more]
    return lines


def _lay_entry(entry: Entry, width: int) -> list[str]:
    """The text of an entry, paragraph by paragraph and item by item, with its note after the last."""
    pieces = split_prose(entry.text)
    lines: list[str] = []
    for number, piece in enumerate(pieces, 1):
        mark = "• " if piece.is_item else ""
        note = f" ({entry.note})" if entry.note and number == len(pieces) else ""
        first, *more = wrap(piece.text + note, width - len(mark))
        lines += [mark + first, *(" " * len(mark) + line for line in more)]
    return lines or [f"({entry.note})" if entry.note else ""]


def describe_stats(answer: Stats) -> str:
    """Counts and coverage, with a bar for each share."""
    lines = [heading(answer.title), muted(f"version {answer.version}"), ""]
    widest = max(map(display_width, answer.counts))
    lines += [f"  {pad(name, widest)}  {number:>9,}" for name, number in answer.counts.items()]
    lines += ["", style("Profiles", bold=True)]
    column = max(map(display_width, (c.what for c in answer.coverage)))
    for part in answer.coverage:
        share = part.have / part.of if part.of else 0
        bar = "█" * round(20 * share)
        lines.append(f"  {pad(part.what, column)}  {pad(bar, 20)}  {part.have:,} of {part.of:,}")
    return "\n".join(lines) + "\n"


def describe_validation(answer: Validation) -> str:
    """Every finding with its place, reason and remedy, worst first, and a closing line."""
    lines: list[str] = []
    for finding in answer.findings:
        lines += describe_finding(finding)
    return "\n".join([*lines, summarise_validation(answer)]) + "\n"


def describe_finding(finding: Finding) -> list[str]:
    """A finding with its place, reason and remedy, and an empty line after it."""
    width = terminal_width()
    lines = [f"{severity_label(finding.severity)} {name_place(finding)} {muted(f'[{finding.rule}]')}"]
    if finding.file and finding.subject:
        lines += [muted(line) for line in wrap(finding.subject, width, "    ")]
    lines += wrap(finding.message, width, "    ")
    if finding.remedy:
        lines += wrap(f"-> {finding.remedy}", width, "    ")
    return [*lines, ""]


def name_place(finding: Finding) -> str:
    """File and line of a finding with the cell that the record came from; its subject where it has neither.

    >>> name_place(Finding("info", "r", "X.yaml", 14, "A.X.M3", "", "", "roles.xlsx Roles!F214"))
    'X.yaml:14 (roles.xlsx Roles!F214)'
    """
    file, cell = finding.file, finding.cell
    if file is None:
        return cell or finding.subject
    if cell is not None and cell.startswith(f"{file} "):
        return cell
    place = file if finding.line is None else f"{file}:{finding.line}"
    return place if cell is None else f"{place} ({cell})"


def summarise_validation(answer: Validation) -> str:
    """One line: whether the graph conforms, and how many findings of each severity there are."""
    counts = Counter(finding.severity for finding in answer.findings)
    verdict = style("conforms", fg="green") if answer.conforms else style("does not conform", fg="red")
    found = [count(counts[s], s) for s in ("violation", "warning") if counts[s]]
    found += [f"{counts['info']} info"] if counts["info"] else []
    return f"The graph {verdict}: {', '.join(found) or 'no findings'}."


def describe_build(answer: Build, folder: str) -> str:
    """What was built: the counts, the verdict, the files."""
    shown = (
        ("profiles", "profile"), ("focuses", "focus"), ("functions", "function"), ("levels", "level"),
        ("skills", "skill"), ("responsibilities", "responsibility"), ("guideline cells", "guideline cell"),
        ("mappings", "mapping"),
    )  # fmt: skip
    counts = ", ".join(count(answer.counts[many], one, many) for many, one in shown)
    lines = [
        heading(f"{answer.dataset} {answer.version}"),
        *wrap(counts, terminal_width(), "  "),
        f"  {summarise_validation(Validation(answer.conforms, answer.findings))}",
        "",
    ]
    rows = [
        [f"{folder}/{f.name}", f"{f.size:,} bytes", "" if f.triples is None else f"{f.triples:,} triples"]
        for f in answer.files
    ]
    lines += columns(["written", "", ""], rows, right=[1, 2])
    if answer.releases:
        lines += ["", heading("What it takes from public releases")]
        for release in answer.releases:
            lines += wrap(
                f"{release.title} ({release.licence}): {release.attribution}", terminal_width(), "  "
            )
    return "\n".join(lines) + "\n"
