"""Findings as one page: whole without network or script, escaped, and readable by everyone."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from rolegraph.answers import Finding, Validation
from rolegraph.cli.main import run
from rolegraph.report.findings_page import write_page
from rolegraph.report.findings_style import STYLE

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'text'"
FINDINGS = (
    Finding(
        "violation",
        "pay-order",
        "data/focuses/A.X.yaml",
        14,
        "A.X.M3",
        HOSTILE,
        "Swap <them>.",
        "r.xlsx R!F2",
    ),
    Finding("warning", "years", "data/focuses/A.X.yaml", 20, "A.X.M3", "Years differ.", "Check them."),
    Finding("warning", "years", "data/focuses/<b>.yaml", 3, "B.X.M3", "Years differ.", "Check them."),
    Finding(
        "info", "absent", None, None, "https://example.org/id/profile/A.X.M1", "Line one.\nLine two.", ""
    ),
)
ANSWER = Validation(False, FINDINGS)


class Reader(HTMLParser):
    """The page as a browser takes it apart: tags with their attributes, and the rows of its tables as text."""

    VOID = frozenset({"meta", "input", "br", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page() -> Reader:
    reader = Reader(write_page(ANSWER, ["my <data>"]))
    assert reader.open == []
    return reader


def test_every_finding_is_there_with_all_that_is_known(page: Reader) -> None:
    listed = [row for row in page.rows if len(row) == 5 and row[0] != "Place"]
    assert [row[1:] for row in listed] == [
        [f.subject, f.message.replace("\n", ""), f.remedy, f.rule] for f in FINDINGS
    ]
    assert [row[0].split() for row in listed] == [
        ["✖", "violation", "line", "14r.xlsx", "R!F2"],
        ["▲", "warning", "line", "20"],
        ["▲", "warning", "line", "3"],
        ["●", "info"],
    ]


def test_findings_stand_under_severity_and_file(page: Reader) -> None:
    headings = "".join(page.texts["h2"])
    assert headings.index("Violations") < headings.index("Warnings") < headings.index("Infos")
    assert [text for text in page.texts["code"] if text.endswith(".yaml")] == [
        "data/focuses/A.X.yaml", "data/focuses/A.X.yaml", "data/focuses/<b>.yaml",
    ]  # fmt: skip
    assert page.texts["b"] == ["1", "2", "1"]


def test_texts_are_escaped(page: Reader) -> None:
    assert len(page.attributes("script")) == 1
    assert any(HOSTILE in row for row in page.rows)
    assert any("my <data>" in text for text in page.texts["p"])


def test_page_reaches_for_nothing(page: Reader) -> None:
    for _, attributes in page.tags:
        assert not {"src", "srcset", "action", "background", "poster", "data"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert not page.attributes("link")
    text = write_page(Validation(True, ()))
    assert "http:" not in text
    assert "https:" not in text
    assert not re.search(r"@import|url\(", text)
    [policy] = [a["content"] for a in page.attributes("meta") if a.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_links_lead_to_places_of_the_page(page: Reader) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    targets = {(a.get("href") or "")[1:] for a in page.attributes("a")}
    labels = {a["aria-labelledby"] for _, a in page.tags if "aria-labelledby" in a}
    assert targets == {"violation", "warning", "info"}
    assert targets | labels <= set(ids)


def test_page_is_accessible(page: Reader) -> None:
    assert page.attributes("html") == [{"lang": "en"}]
    assert page.texts["title"] == ["Findings: 1 violation, 2 warnings, 1 info"]
    assert len(page.attributes("h1")) == 1
    assert all("scope" in attributes for attributes in page.attributes("th"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    labelled = [tag for tag, _ in page.tags if tag in {"label", "input"}]
    assert labelled == ["label", "input"] * 4
    # Without the script the filter would do nothing, and is not shown.
    assert "hidden" in page.attributes("form")[0]
    assert not [a for tag, a in page.tags if "hidden" in a and tag != "form"]


def measure_contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""

    def shine(colour: str) -> float:
        full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
        parts = [int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((shine(one), shine(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast(scheme: int) -> None:
    found = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", found[scheme]))
    pairs = [
        ("ink", "back"),
        ("ink", "paper"),
        ("ink", "head"),
        ("soft", "back"),
        ("soft", "paper"),
        ("link", "paper"),
    ]
    pairs += [(s, f"{s}-back") for s in ("violation", "warning", "info")]
    pairs += [(s, "paper") for s in ("violation", "warning", "info")]
    for ink, back in pairs:
        assert measure_contrast(colours[ink], colours[back]) >= 4.5, (ink, back)


def test_page_without_findings_says_so() -> None:
    reader = Reader(write_page(Validation(True, ())))
    assert "There are no findings." in reader.texts["p"]
    assert not reader.rows
    assert not reader.attributes("form")


def test_the_same_gives_the_same_page() -> None:
    assert write_page(ANSWER) == write_page(Validation(False, FINDINGS))


def test_command_writes_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(Path(__file__).parent / "fixtures" / "small", tmp_path / "data")
    assert run(["validate", "data", "--format", "html", "--severity", "warning", "--strict"]) == 1
    shown = capsys.readouterr().out
    rows = [row for row in Reader(shown).rows if len(row) == 5 and row[0] != "Place"]
    assert rows
    assert all("warning" in row[0] for row in rows)
    assert run(["validate", "data", "--format", "html", "-o", "page.html", "--severity", "warning"]) == 0
    assert Path("page.html").read_text(encoding="utf-8") == shown


def test_filter_works_in_a_browser(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("there is no Chromium on this machine")
    text = write_page(ANSWER)
    # What a reader types, put into the page itself: the page's own policy lets no other script run.
    text = text.replace('name="words"', 'name="words" value="b.x"')
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", path.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    reader = Reader(done.stdout)
    assert "hidden" not in reader.attributes("form")[0]
    assert reader.texts["output"] == ["1 of 4 shown"]
    seen = [a for tag, a in reader.tags if tag == "tr" and a.get("class") and "hidden" not in a]
    by_rule = 3
    assert len(seen) == by_rule + 1
