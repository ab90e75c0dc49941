"""The page of the findings tells what validation tells; its filter finds all of them."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import html5rdf

from architectures import make_taxonomy
from browser import Site, Visits
from rolegraph import Architecture
from rolegraph.answers import Finding, Validation
from rolegraph.site.book import Book
from rolegraph.site.chapters import findings
from rolegraph.site.contents import make_file

SMALL = Path(__file__).parent / "fixtures" / "small"


def make_book(*found: Finding) -> Book:
    taxonomy = make_taxonomy({"A.X": ("P1", "P2")}, skills={"A.X": ["s1"]})
    validation = Validation(all(f.severity != "violation" for f in found), found)
    return Book(SimpleNamespace(
        taxonomy=taxonomy, validate=lambda: validation, name_from_within=lambda finding: finding
    ))  # type: ignore[arg-type]  # fmt: skip


def make_finding(**changes: Any) -> Finding:
    given = {
        "severity": "info", "rule": "a-rule", "file": "focuses/a.yaml", "line": 3, "subject": "A.X.P1",
        "message": "Something is missing.", "remedy": "Add it.",
    }  # fmt: skip
    return Finding(**(given | changes))


@cache
def open_small() -> Book:
    return Book(Architecture(SMALL))


def read(book: Book) -> Any:
    made = make_file(book, "findings.html")
    assert made is not None
    return html5rdf.parse(made, transport_encoding="utf-8", namespaceHTMLElements=False).find(".//main")


def read_data(book: Book) -> Any:
    made = make_file(book, "data/findings.js")
    assert made is not None
    return json.loads(made.decode().removeprefix('rolegraph.take("findings",').removesuffix(");\n"))


def tell(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_finding_is_told_with_place_message_remedy_and_page() -> None:
    book = open_small()
    found = book.architecture.validate()
    page = read(book)
    assert tell(page.find(".//header/p")).startswith(
        "The graph conforms." if found.conforms else "The graph does not"
    )
    rows = [row for row in page.iter("tr") if len(row.findall("td")) == 5]
    assert len(rows) == len(found.findings) > 0
    for finding, row in zip(found.findings, rows, strict=True):
        place, *texts = [tell(cell) for cell in row]
        assert texts == [finding.subject, finding.message, finding.remedy, finding.rule]
        assert place.startswith(finding.severity)
        assert f"line {finding.line}" in place
        link = row[1].find("a")
        assert link is None or make_file(book, link.get("href"))
    assert all(not finding.file.startswith("/") for finding in book.validation.findings if finding.file)
    counts = Counter(finding.rule for finding in found.findings)
    rules = next(s for s in page.iter("section") if s.get("aria-labelledby") == "rules")
    assert {tell(row[0]): int(tell(row[2])) for row in rules.findall(".//tbody/tr")} == counts


def test_of_many_findings_the_first_are_on_the_page_and_all_in_the_data() -> None:
    many = findings.MOST_SHOWN + 40
    found = [make_finding(severity="warning", line=number + 1) for number in range(many)]
    book = make_book(make_finding(severity="violation", subject="A.X", file=None, line=None), *found)
    page = read(book)
    assert tell(page.find(".//header/p")) == f"The graph does not conform. {many + 1} findings."
    assert len([row for row in page.iter("tr") if len(row.findall("td")) == 5]) == findings.MOST_SHOWN + 1
    assert f"The first {findings.MOST_SHOWN} of {many} are shown." in tell(page)
    data = read_data(book)
    assert len(data["rows"]) == many + 1
    told = [
        (
            data["severities"][row[0]],
            row[2],
            data["texts"][row[4]],
            data["texts"][row[6]],
            data["texts"][row[8]],
        )
        for row in data["rows"]
    ]
    assert told[0] == ("violation", -1, "A.X", "Something is missing.", "a-rule")
    assert [line for _, line, *_ in told[1:]] == list(range(1, many + 1))
    assert len(make_file(book, "data/findings.js") or b"") < 40 * many


def test_subjects_lead_to_their_pages() -> None:
    book = make_book()
    base = book.taxonomy.dataset.base
    pages = {
        "A.X.P1": "profile/A.X.P1.html",
        "A.X": "focus/A.X.html",
        "A": "function/A.html",
        "P2": "level/P2.html",
        "s1": "skill/s1.html",
        f"{base}focus/A.X#P2-resp-5c1d2f60": "profile/A.X.P2.html",
        f"{base}skill/s1#alternative-x": "skill/s1.html",
        "structural@1": None,
        "dataset": None,
        "https://elsewhere.example/": None,
        "A.X.P6": None,
    }
    assert {subject: findings.find_page(book, subject) for subject in pages} == pages


def test_no_findings_are_said_to_be_none() -> None:
    page = read(make_book())
    assert "There are no findings." in tell(page)
    assert page.find(".//form") is None
    assert read_data(make_book())["rows"] == []


def test_foreign_texts_are_text() -> None:
    hostile = "</script><script>alert(1)</script>"
    book = make_book(make_finding(message=hostile, file=hostile, subject=hostile, cell=hostile))
    for path in ("findings.html", "data/findings.js"):
        made = make_file(book, path)
        assert made is not None
        assert b"<script>alert" not in made


def test_the_filter_finds_by_words_severity_and_file(in_folder: Site, visit: Visits) -> None:
    found = Architecture().validate().findings
    page = visit(in_folder, "findings.html")
    shown = page.locator("#found tbody tr")
    page.get_by_label("Show findings with").fill("bioproce4427 YEARS")
    wanted = [
        f for f in found if "BIOPROCE4427" in f"{f.file} {f.subject}" and "years" in f"{f.message} {f.rule}"
    ]
    page.wait_for_function(
        "number => document.querySelectorAll('#found tbody tr').length === number", arg=len(wanted)
    )
    assert page.locator("#all").is_hidden()
    assert page.locator("output[for^=find]").inner_text() == f"{len(wanted)} of {len(found)} findings"
    page.get_by_label("Show findings with").fill("")
    assert page.locator("#all").is_visible()
    page.get_by_role("checkbox", name="warning").uncheck()
    assert shown.count() == sum(f.severity != "warning" for f in found)
    page.goto(in_folder.find("findings.html?file=" + quote("levels.yaml")))
    page.wait_for_selector("#found tbody tr")
    assert shown.count() == sum((f.file or "").endswith("levels.yaml") for f in found)
    assert page.get_by_label("File", exact=True).input_value() == "levels.yaml"
    shown.first.get_by_role("link").click()
    page.wait_for_url("**/level/*.html")


def test_rows_of_the_matrix_are_filtered_by_words(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder)
    rows = page.locator("#roles [data-row]:visible")
    assert rows.count() == 4
    page.get_by_label("Show focuses with").fill("bioprocess")
    assert rows.count() == 1
    assert page.locator("form.filter output").inner_text() == "1 of 4 shown"
    page.get_by_label("Show focuses with").fill("manufacturing operations")
    assert rows.count() == 3, "the two of the function with these words, and a focus of another with them"
    page.get_by_label("Show focuses with").fill("manufa.manu")
    assert rows.count() == 1, "a code is found as it is written, not by its parts"
    page.goto(in_folder.find("skills.html"))
    page.get_by_label("Show skills with").fill("aseptic")
    assert page.locator("[data-row]:visible").count() == 1
    assert page.locator("[data-group]:visible").count() == 1
