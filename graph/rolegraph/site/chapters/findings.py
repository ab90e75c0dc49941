"""What validation found, as a page; what does not fit on it stands in ``data/findings.js`` for its filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple, get_args

from rolegraph.answers import Finding
from rolegraph.answers.findings import Severity
from rolegraph.rdf.iris import Iris
from rolegraph.site.addresses import KINDS, Kind
from rolegraph.site.book import Book, Chapter, write_data

MOST_SHOWN: Final = 300
"""So many findings of each severity stand on the page itself; its filter finds all."""
MOST_FILES: Final = 60
"""So many files are counted on the page itself, those with most findings first."""

SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)


class Part(NamedTuple):
    """The findings of one severity, as many as are shown, by file."""

    severity: Severity
    found: int
    shown: int
    files: Sequence[tuple[str | None, Sequence[Finding]]]


def _make_page(book: Book, name: str) -> bytes | None:
    if name != "findings.html":
        return None
    found = book.validation
    order = SEVERITIES.index
    rules = Counter((finding.severity, finding.rule) for finding in found.findings)
    files = Counter(finding.file for finding in found.findings)
    ranked = sorted(files.items(), key=lambda entry: (-entry[1], entry[0] or ""))
    return book.render(
        "findings.html",
        name,
        conforms=found.conforms,
        count=len(found.findings),
        counts=Counter(finding.severity for finding in found.findings),
        severities=SEVERITIES,
        rules=sorted(rules.items(), key=lambda entry: (order(entry[0][0]), -entry[1], entry[0][1])),
        files=ranked[:MOST_FILES],
        more_files=len(ranked[MOST_FILES:]),
        parts=list(_split_findings(found.findings)),
        find_page=lambda finding: find_page(book, finding.subject),
    )


def _split_findings(findings: Iterable[Finding]) -> Iterator[Part]:
    by_severity: dict[Severity, list[Finding]] = {}
    for finding in findings:
        by_severity.setdefault(finding.severity, []).append(finding)
    for severity in SEVERITIES:
        own = by_severity.get(severity, [])
        shown = own[:MOST_SHOWN]
        if own:
            files = [(file, list(group)) for file, group in groupby(shown, key=lambda finding: finding.file)]
            yield Part(severity, len(own), len(shown), files)


def find_page(book: Book, subject: str) -> str | None:
    """The path of the page of what a finding is about: of the record itself, or of what it belongs to."""
    if (
        path := next((found for kind in KINDS if (found := _find_entry(book, kind, subject))), None)
    ) is not None:
        return path
    located = Iris(book.taxonomy.dataset.base, book.taxonomy.namespaces).locate(subject)
    if located is None:
        return None
    kind, code, inner = located
    if kind == "focus" and inner[:1] == ("levels",):
        profile = f"{code}.{inner[1]}"
        if book.addresses.has("profile", profile):
            return book.addresses.page("profile", profile)
    return _find_entry(book, kind, code)


def _find_entry(book: Book, name: str, code: str) -> str | None:
    kind: Kind | None = next((kind for kind in KINDS if kind == name), None)
    return book.addresses.page(kind, code) if kind is not None and book.addresses.has(kind, code) else None


def _make_data(book: Book, name: str) -> bytes | None:
    if name != "findings.js":
        return None
    texts: dict[str, int] = {}

    def number(text: str | None) -> int:
        """The place of a text among all, as most come more than once; -1 for none."""
        return -1 if text is None else texts.setdefault(text, len(texts))

    rows = [
        [
            SEVERITIES.index(finding.severity),
            number(finding.file),
            -1 if finding.line is None else finding.line,
            number(finding.cell),
            number(finding.subject),
            number(find_page(book, finding.subject)),
            number(finding.message),
            number(finding.remedy),
            number(finding.rule),
        ]
        for finding in book.validation.findings
    ]
    return write_data("findings", {"severities": SEVERITIES, "texts": list(texts), "rows": rows})


CHAPTERS: Final = (
    Chapter("", lambda book: ("findings.html",), _make_page),
    Chapter("data", lambda book: ("findings.js",), _make_data),
)
