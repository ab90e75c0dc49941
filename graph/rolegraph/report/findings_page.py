"""Findings as one page for a browser: it needs no network, and no script to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from rolegraph.answers import Finding, Validation
from rolegraph.report.findings_style import SCRIPT, STYLE
from rolegraph.report.layout import count
from rolegraph.report.page import write_document, write_text

_SEVERITIES: Final = (
    ("violation", "violation", "Violations", "✖", "unsound: to be mended before the graph is built"),
    ("warning", "warning", "Warnings", "▲", "at odds with itself, or unsupported"),
    ("info", "info", "Infos", "●", "absent, where it could be recorded"),
)
"""Severity, its word for one, for many, its mark, and what it means."""


def write_page(answer: Validation, sources: Sequence[str] = ()) -> str:
    """The page: counts, what each rule found, and every finding, worst first and by file.

    ``sources`` are the names of what was checked. The same findings give the same page.
    """
    counts: Counter[str] = Counter(finding.severity for finding in answer.findings)
    verdict = "The graph conforms." if answer.conforms else "The graph does not conform."
    about = f'<p class="about">Checked: {", ".join(map(write_text, sources))}</p>' if sources else ""
    body = "".join(_write_body(answer, counts))
    return write_document(
        f"Findings: {_summarise(counts)}",
        f"<h1>Findings</h1>\n<p><strong>{verdict}</strong> {_summarise(counts).capitalize()}.</p>\n{about}",
        body,
        "<p>Written by <code>rolegraph validate --format html</code>. Violations make its exit status 1;"
        " warnings do with <code>--strict</code>; infos never do.</p>",
        STYLE,
        SCRIPT,
    )


def _summarise(counts: Counter[str]) -> str:
    found = [
        count(counts[severity], one, many.lower())
        for severity, one, many, *_ in _SEVERITIES
        if counts[severity]
    ]
    return ", ".join(found) or "no findings"


def _write_body(answer: Validation, counts: Counter[str]) -> Iterator[str]:
    if not answer.findings:
        yield '<p class="none">There are no findings.</p>\n'
        return
    yield '<ul class="counts" aria-label="Findings by severity">\n'
    for severity, one, many, mark, meaning in _SEVERITIES:
        word = escape(one if counts[severity] == 1 else many.lower())
        named = f'<a href="#{severity}">{word}</a>' if counts[severity] else word
        yield (
            f'<li class="{severity}"><i aria-hidden="true">{mark}</i><b>{counts[severity]:,}</b>'
            f" {named}<span>{meaning}</span></li>\n"
        )
    yield "</ul>\n"
    yield _write_filter(counts)
    yield from _write_rules(answer.findings)
    for severity, _, many, mark, _ in _SEVERITIES:
        found = [finding for finding in answer.findings if finding.severity == severity]
        if found:
            yield from _write_severity(severity, many, mark, found)


def _write_filter(counts: Counter[str]) -> str:
    """The filter; the script shows it, for without the script it would do nothing."""
    boxes = "".join(
        f'<label><input type="checkbox" name="{severity}" value="{severity}" checked> {many.lower()}</label>'
        for severity, _, many, *_ in _SEVERITIES
        if counts[severity]
    )
    return (
        '<form hidden role="search"><label>Show findings with <input type="search" name="words"'
        f' autocomplete="off"></label>{boxes}<output aria-live="polite"></output></form>\n'
    )


def _write_rules(findings: Iterable[Finding]) -> Iterator[str]:
    rules = Counter((finding.severity, finding.rule) for finding in findings)
    order = [severity for severity, *_ in _SEVERITIES]
    listed = sorted(rules.items(), key=lambda entry: (order.index(entry[0][0]), -entry[1], entry[0][1]))
    yield '<section aria-labelledby="rules"><h2 id="rules">By rule</h2>\n'
    yield '<div class="table" tabindex="0" role="region" aria-labelledby="rules"><table><thead><tr>'
    yield '<th scope="col">Rule</th><th scope="col">Severity</th><th scope="col" class="quantity">Findings</th>'
    yield "</tr></thead><tbody>\n"
    for (severity, rule), number in listed:
        yield (
            f'<tr class="{severity}"><th scope="row"><code>{write_text(rule)}</code></th><td>{_write_severity_mark(severity)}'
            f'</td><td class="quantity">{number:,}</td></tr>\n'
        )
    yield "</tbody></table></div></section>\n"


def _write_severity(severity: str, many: str, mark: str, findings: list[Finding]) -> Iterator[str]:
    yield f'<section class="findings {severity}" aria-labelledby="{severity}">'
    yield f'<h2 id="{severity}"><span aria-hidden="true">{mark}</span> {many}'
    yield f' <span class="number">({len(findings):,})</span></h2>\n'
    files: dict[str | None, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.file, []).append(finding)
    for number, (file, part) in enumerate(files.items(), 1):
        identity = f"{severity}-{number}"
        name = f"<code>{write_text(file)}</code>" if file is not None else "No file"
        yield f'<section class="file" aria-labelledby="{identity}"><h3 id="{identity}">{name}'
        yield f' <span class="number">({count(len(part), "finding")})</span></h3>\n'
        yield f'<div class="table" tabindex="0" role="region" aria-labelledby="{identity}"><table><thead><tr>'
        yield '<th scope="col" class="place">Place</th><th scope="col" class="about-what">Subject</th>'
        yield '<th scope="col" class="message">Message</th><th scope="col" class="remedy">Remedy</th>'
        yield '<th scope="col" class="rule">Rule</th></tr></thead><tbody>\n'
        yield from map(_write_finding, part)
        yield "</tbody></table></div></section>\n"
    yield "</section>\n"


def _write_finding(finding: Finding) -> str:
    place = f"line {finding.line}" if finding.line is not None else ""
    if finding.cell is not None:
        place += f'<span class="cell">{write_text(finding.cell)}</span>'
    return (
        f'<tr class="{finding.severity}"><th scope="row">{_write_severity_mark(finding.severity)} {place}</th>'
        f"<td><code>{write_text(finding.subject)}</code></td><td>{write_text(finding.message)}</td>"
        f"<td>{write_text(finding.remedy)}</td><td><code>{write_text(finding.rule)}</code></td></tr>\n"
    )


def _write_severity_mark(severity: str) -> str:
    mark = next(mark for name, _, _, mark, _ in _SEVERITIES if name == severity)
    return f'<span class="severity"><span aria-hidden="true">{mark}</span> {severity}</span>'
