"""The shipped data: complete, consistent, and true to the pages that it was written from.

The files are read here as plain text mappings, apart from the loader, so that a fault of the loader cannot hide a
fault of the data. Checks against the pages are skipped where those are not at hand.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from rolegraph.model import codes
from rolegraph.model.reference import Level
from rolegraph.model.roles import CRITERIA
from rolegraph.model.years import read_years

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"
PAGES = SHARED / "seeds"
SOC = SHARED / "data" / "soc-2018" / "soc2018_all.csv"

needs_pages = pytest.mark.skipif(
    not PAGES.is_dir(), reason="the profile pages (../shared/seeds) are not here"
)
needs_soc = pytest.mark.skipif(
    not SOC.is_file(), reason="the SOC structure (../shared/data/soc-2018) is not here"
)

# Focus: its page, documented level, responsibilities by level, skill uses, sources stated, sources listed, mapped code.
FOCUSES: dict[str, tuple[str, str, dict[str, int], int, int, int, str]] = {
    "MANUFA.BIOPROCE4427": ("000", "M3", dict.fromkeys(("M1", "M2", "M3", "M4", "M5"), 5), 10, 8, 0, "51-1011"),
    "MANUFA3.MANUFACT13A2": ("001", "M2", dict.fromkeys(("M1", "M2", "M3"), 5), 15, 7, 7, "51-1011"),
    "PROCES.UPSTREAMDF5B": (
        "002", "P1", {"P1": 4, "P2": 5, "P3": 5, "P4": 5, "P5": 5, "P6": 5}, 15, 8, 8, "19-1042",
    ),
    "MANUFA.MANUFACTF950": ("003", "M3", dict.fromkeys(("M1", "M2", "M3", "M4", "M5"), 5), 16, 9, 9, "11-3051"),
}  # fmt: skip

each_focus = pytest.mark.parametrize("code", list(FOCUSES))


@cache
def read(name: str) -> dict[str, Any]:
    # BaseLoader keeps every scalar as text and runs nothing.
    data: dict[str, Any] = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return data


def focus_of(code: str) -> dict[str, Any]:
    return read(f"focuses/{code}.yaml")


def texts_of(records: list[dict[str, str]]) -> list[str]:
    return [record["text"] for record in records]


# --- counts and keys -------------------------------------------------------------------------------------------


def test_the_folder_holds_these_focuses_and_no_others() -> None:
    assert {path.stem for path in (DATA / "focuses").iterdir()} == set(FOCUSES)
    assert all(focus_of(code)["focus"] == code for code in FOCUSES)


@each_focus
def test_a_focus_is_complete(code: str) -> None:
    _, documented, responsibilities, uses, stated, listed, occupation = FOCUSES[code]
    focus = focus_of(code)
    assert {level: len(p["responsibilities"]) for level, p in focus["levels"].items()} == responsibilities
    assert len(focus["skills"]) == uses
    for level, profile in focus["levels"].items():
        assert tuple(profile["guideline"]) == CRITERIA
        assert profile["basis"] == ("documented" if level == documented else "implied")
    profile = focus["levels"][documented]
    assert profile["source_count"] == str(stated)
    assert len(profile.get("sources", ())) == listed
    assert [(m["scheme"], m["code"]) for m in profile["mappings"]] == [("soc-2018", occupation)]
    # Only the page's own level has facts of a profile; the other rungs are what the page says in passing.
    for level, other in focus["levels"].items():
        if level != documented:
            assert set(other) == {"basis", "responsibilities", "guideline"}


def test_how_the_responsibilities_came_to_their_levels_is_told() -> None:
    """One page groups them by level; of the lists without levels, two divide evenly and one does not."""
    assert {code: focus_of(code)["split"] for code in FOCUSES} == {
        "MANUFA.BIOPROCE4427": "stated",
        "MANUFA3.MANUFACT13A2": "even",
        "PROCES.UPSTREAMDF5B": "given",
        "MANUFA.MANUFACTF950": "even",
    }


def test_totals() -> None:
    focuses = [focus_of(code) for code in FOCUSES]
    profiles = [profile for focus in focuses for profile in focus["levels"].values()]
    assert len(profiles) == 19
    assert sum(len(profile["responsibilities"]) for profile in profiles) == 94
    assert sum(len(profile["guideline"]) for profile in profiles) == 76
    assert sum(len(focus["skills"]) for focus in focuses) == 56
    assert sum(len(profile.get("mappings", ())) for profile in profiles) == 4


@each_focus
def test_every_responsibility_and_source_has_an_id_of_its_own(code: str) -> None:
    profiles = focus_of(code)["levels"].values()
    for part in ("responsibilities", "sources"):
        ids = [record["id"] for profile in profiles for record in profile.get(part, ())]
        assert all(re.fullmatch(codes.ID_PATTERN, one) for one in ids)
        assert len(ids) == len(set(ids))


@each_focus
def test_an_exclusion_is_a_part_of_the_definition(code: str) -> None:
    focus = focus_of(code)
    (exclusion,) = focus["exclusions"]
    assert exclusion.startswith("Distinct from ")
    assert exclusion.endswith(".")
    assert exclusion in focus["definition"]


def test_what_the_project_decided_is_marked() -> None:
    pay = focus_of("MANUFA.BIOPROCE4427")["levels"]["M3"]["pay"]
    assert pay["assigned"] == ["currency", "duration"]
    assert all(f["assigned"] == ["group"] for f in read("functions.yaml")["functions"].values())
    for code, (_, documented, *_rest) in FOCUSES.items():
        (mapping,) = focus_of(code)["levels"][documented]["mappings"]
        assert (mapping["predicate"], mapping["justification"]) == ("broadMatch", "UnspecifiedMatching")
        assert mapping["assigned"] == ["predicate", "justification"]


# --- skills ----------------------------------------------------------------------------------------------------


def wordings_of(skill: dict[str, Any]) -> list[str]:
    return [skill["label"], *(alternative["label"] for alternative in skill.get("alternatives", ()))]


def test_every_wording_in_use_belongs_to_its_concept_and_every_concept_is_in_use() -> None:
    skills = read("skills.yaml")["skills"]
    used = [(skill, use["label"]) for code in FOCUSES for skill, use in focus_of(code)["skills"].items()]
    assert {skill for skill, _ in used} == set(skills)
    assert {(skill, label) for skill, label in used} == {
        (code, label) for code, skill in skills.items() for label in wordings_of(skill)
    }


def test_no_two_concepts_share_a_wording() -> None:
    owner: dict[str, str] = {}
    for code, skill in read("skills.yaml")["skills"].items():
        for label in wordings_of(skill):
            assert owner.setdefault(label.casefold(), code) == code, label


def test_a_concept_that_focuses_share_is_defined_and_each_merge_has_a_reason() -> None:
    skills = read("skills.yaml")["skills"]
    for code, skill in skills.items():
        sharing = [focus for focus in FOCUSES if code in focus_of(focus)["skills"]]
        assert len(sharing) == 1 or skill.get("definition"), code
        assert all(alternative["reason"] for alternative in skill.get("alternatives", ()))
    assert sorted(code for code, skill in skills.items() if "alternatives" in skill) == [
        "aseptic-technique", "bioreactor-operation", "design-of-experiments", "gmp-compliance", "people-leadership",
        "statistical-process-control", "technology-transfer-and-scale-up",
    ]  # fmt: skip


# --- levels, occupations, editions -----------------------------------------------------------------------------

LADDER = {
    "S1": ("Support Associate", 0, 1), "S2": None, "S3": (None, 3, 5), "S4": None,
    "P1": ("Entry-Level Professional", 0, 2), "P2": ("Developing Professional", 1, 3),
    "P3": ("Mid-Level Professional", 3, 5), "P4": ("Senior Professional", 5, 8),
    "P5": ("Expert Professional", 8, 12), "P6": ("Principal Professional", 12, 18), "P7": None,
    "M1": ("Manager (Team Lead)", 3, 6), "M2": ("Manager II", 5, 8), "M3": ("Senior Manager", 8, 12),
    "M4": ("Director", 10, 15), "M5": ("Senior Director", 12, 18), "M6": ("Vice President", 15, 25),
    "E1": None, "E2": None, "E3": ("Vice President", 15, 22),
}  # fmt: skip


def test_levels_state_what_is_known_and_nothing_else() -> None:
    levels = read("levels.yaml")["levels"]
    assert list(levels) == list(LADDER)
    for code, known in LADDER.items():
        name, low, high = known or (None, None, None)
        level = levels[code]
        assert level.get("name") == name
        assert level.get("years") == (None if low is None else {"min": str(low), "max": str(high)})
        descriptor = {"summary", *Level.DESCRIPTOR} & set(level)
        assert descriptor == (set() if name is None else {"summary", *Level.DESCRIPTOR})
        # The pages describe three levels; the descriptors of the others are the project's own.
        assert level.get("assigned") == (["descriptor"] if name and code not in {"P1", "M2", "M3"} else None)


def test_descriptors_of_a_track_are_all_different() -> None:
    for field in ("summary", *Level.DESCRIPTOR):
        texts = [level[field] for code, level in read("levels.yaml")["levels"].items() if field in level]
        assert len(texts) == len(set(texts)), field


def test_mapped_occupations_are_there_with_their_groups() -> None:
    occupations = read("occupations/soc-2018.yaml")["occupations"]
    kinds = read("occupations/soc-2018.yaml")["scheme"]["levels"]
    assert sum(entry["kind"] == "major" for entry in occupations.values()) == 23
    needed: set[str] = {code for code, entry in occupations.items() if entry["kind"] == "major"}
    for *_facts, mapped in FOCUSES.values():
        trail, code = [], mapped
        while code is not None:
            trail.append(occupations[code]["kind"])
            needed.add(code)
            code = occupations[code].get("broader")
        assert trail == list(reversed(kinds))
    assert needed == set(occupations)


@needs_soc
def test_occupations_stand_as_published() -> None:
    with SOC.open(encoding="utf-8", newline="") as file:
        published = {row["code"]: row for row in csv.DictReader(file)}
    for code, entry in read("occupations/soc-2018.yaml")["occupations"].items():
        row = published[code]
        assert (entry["title"], entry["kind"]) == (row["title"], row["Hierarchical_structure"].lower())
        assert entry.get("broader", "NA") == row["parent"]


SHARED_CONSTANTS = {
    "track": "0.7", "same-function": "1.7", "same-group": "2.7", "elsewhere": "6.0", "truncation": "9",
    "band-confident": "2.7", "band-needs-review": "4.5",
}  # fmt: skip
EDITIONS = {
    "structural@1": ("structural", SHARED_CONSTANTS),
    "experience@1": ("experience", {**SHARED_CONSTANTS, "stage-divisor": "0.6"}),
    "effort@1": ("effort", {
        "skills": "0.5", "unknown-share": "0.5", "promotion": "0.10", "track-switch": "0.10", "lateral": "0.15",
        "function-change": "0.30", "step-down": "0.30", "rise": "0.25", "seniority": "0.01",
        "seniority-track": "0.06", "overlap-years": "1", "track-rise": "0.5", "skill-share": "0.2",
        "keep-lateral": "12", "keep-function-change": "12",
    }),
}  # fmt: skip


@pytest.mark.parametrize("code", list(EDITIONS))
def test_an_edition_keeps_its_constants(code: str) -> None:
    """An edition in use is never changed: another constant is another edition, in a file of its own."""
    edition = read(f"editions/{code}.yaml")
    form, constants = EDITIONS[code]
    assert (edition["edition"], edition["form"]) == (code, form)
    assert {name: constant["value"] for name, constant in edition["constants"].items()} == constants
    assert all(constant["reason"] for constant in edition["constants"].values())
    assert edition["limits"]


# --- the pages -------------------------------------------------------------------------------------------------


class Page:
    """What a page says, taken apart for comparison alone: its lines by part, in the order of the page."""

    def __init__(self, number: str) -> None:
        (path,) = PAGES.glob(f"{number}_*.txt")
        self.text = path.read_text(encoding="utf-8")
        self.lines = [line.strip() for line in self.text.splitlines()]
        duties, rubric, skills, origin = (
            self.lines.index(heading)
            for heading in ("Responsibilities by level", "Level guidelines", "Skills", "Provenance")
        )
        focus = next(i for i, line in enumerate(self.lines) if line.startswith("Focus — "))
        self.definition = next(line for line in self.lines[focus + 1 :] if line)
        self.responsibilities = [
            line[2:].strip() for line in self.lines[duties:rubric] if line[:2] in {"• ", "- "}
        ]
        self.guideline = dict(self._read_rubric(self.lines[rubric + 1 : skills]))
        items = [line.removeprefix("- ") for line in self.lines[skills + 1 : origin] if line][1:]
        self.skills = dict(zip(items[::2], items[1::2], strict=True))
        self.sources = [line.removeprefix("- ") for line in self._read_sources(self.lines[origin:])]

    @staticmethod
    def _read_rubric(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
        for line in lines:
            if re.match(r"\| [PM]\d \|", line):
                level, *cells = (cell.strip() for cell in line.strip("|").split("|"))
                yield level, cells
            elif re.match(r"[PM]\d[A-Z]", line):
                # The cells of this page's table are glued: a new one begins where no space follows a full stop.
                yield line[:2], re.split(r"(?<=\.)(?=[A-Z0-9])", line[2:])

    @staticmethod
    def _read_sources(lines: list[str]) -> list[str]:
        counted = next(i for i, line in enumerate(lines) if re.fullmatch(r"\d+ sources", line))
        end = next(i for i, line in enumerate(lines) if line.startswith("Level — "))
        return [line for line in lines[counted + 1 : end] if line]


@cache
def page_of(code: str) -> Page:
    return Page(FOCUSES[code][0])


def list_pairs(code: str) -> Iterator[tuple[str, str, str]]:
    """Every line of prose of a page with the text that rewords it: where it stands, theirs, ours."""
    page, focus = page_of(code), focus_of(code)
    yield "definition", page.definition, focus["definition"]
    ours = [(lv, text) for lv, p in focus["levels"].items() for text in texts_of(p["responsibilities"])]
    for theirs, (level, text) in zip(page.responsibilities, ours, strict=True):
        yield f"{level} responsibility", theirs, text
    for level, profile in focus["levels"].items():
        for criterion, theirs in zip(CRITERIA, page.guideline[level], strict=True):
            yield f"{level} {criterion}", theirs, profile["guideline"][criterion]
    for (label, theirs), use in zip(page.skills.items(), focus["skills"].values(), strict=True):
        yield f"skill {label}", theirs, use["description"]


@needs_pages
@each_focus
def test_terms_titles_and_sources_are_verbatim(code: str) -> None:
    page, focus = page_of(code), focus_of(code)
    _, documented, _, _, stated, _, occupation = FOCUSES[code]
    profile = focus["levels"][documented]
    assert profile["title"] in page.lines
    assert f"{code}.{documented}" in page.lines
    assert f"Focus — {focus['label']}" in page.lines
    assert [use["label"] for use in focus["skills"].values()] == list(page.skills)
    assert texts_of(profile.get("sources", [])) == page.sources
    assert f"{stated} sources" in page.lines
    assert f"code={occupation}source={profile['mappings'][0]['tool']}" in page.text
    for source in profile.get("sources", ()):
        named = re.search(r"O\*NET (\d\d-\d{4}\.\d\d)", source["text"])
        assert source.get("occupation") == (named[1] if named else None)
    differential = " and ".join(word.upper() for word in focus.get("differential", ()))
    stated_one = re.search(r"Material ([A-Z and]+) differential", page.text)
    assert differential == (stated_one[1] if stated_one else "")


@needs_pages
def test_the_badges_pay_and_scores_of_a_page_are_kept() -> None:
    page, profile = page_of("MANUFA.BIOPROCE4427"), focus_of("MANUFA.BIOPROCE4427")["levels"]["M3"]
    confidence = profile["confidence"]
    name = read("levels.yaml")["levels"]["M3"]["name"]
    badges = (
        confidence["label"],
        confidence["value"],
        profile["status"],
        profile["region"],
        profile["version"],
    )
    assert f"M3M3 — {name}{''.join(badges)}" in page.lines
    pay = {figure: profile["pay"][figure].removesuffix("000") for figure in ("median", "low", "high")}
    assert profile["pay"]["inherited"] == "false"
    assert f"${pay['median']}k (${pay['low']}k${pay['high']}k)" in page.lines
    assert read("functions.yaml")["functions"]["MANUFA"]["label"] in page.lines
    scores = "".join(f"{dimension}{value}" for dimension, value in profile["review"].items())
    assert scores in [line.lower().replace(" ", "-") for line in page.lines]


@needs_pages
@each_focus
def test_years_read_as_the_page_has_them(code: str) -> None:
    page, focus = page_of(code), focus_of(code)
    figure = re.compile(r"\d+(?:–\d+)?\+? years")
    for level, profile in focus["levels"].items():
        theirs, ours = page.guideline[level][3], profile["guideline"]["experience"]
        assert figure.findall(ours) == figure.findall(theirs)
        assert read_years(ours) == read_years(theirs)


TOKEN = re.compile(r"[A-Za-z0-9](?:[\w.&]*\w)?")
SENTENCE_START = re.compile(r"(?:^|[.;:—]\s+)$")
# Written in capitals for stress alone: "cell culture AND fermentation" is "both cell culture and fermentation".
STRESSED = {"AND"}
# The heading repeated at the start of the definition; it stands in the label of the focus.
HEADINGS = ("Upstream Process Development — ", "Manufacturing Management / Operations Leadership: ")


def find_names(text: str) -> set[str]:
    """Figures, codes, abbreviations and proper names: what must come through a rewording unchanged."""
    names = set()
    for match in TOKEN.finditer(text):
        word = match[0]
        marked = re.search(r"\d", word) or re.search(r"[A-Z]", word[1:])
        if marked or (word[0].isupper() and not SENTENCE_START.search(text[: match.start()])):
            names.add(word)
    return names - STRESSED


def find_words(text: str) -> set[str]:
    return {match[0] for match in TOKEN.finditer(text)}


@needs_pages
@each_focus
def test_no_figure_code_or_name_is_lost_or_added(code: str) -> None:
    for where, theirs, ours in list_pairs(code):
        for heading in HEADINGS:
            theirs = theirs.removeprefix(heading)
        assert find_names(theirs) <= find_words(ours), (
            f"{where}: lost {find_names(theirs) - find_words(ours)}"
        )
        assert find_names(ours) <= find_words(theirs), (
            f"{where}: added {find_names(ours) - find_words(theirs)}"
        )


def split_words(text: str) -> list[str]:
    return [match[0].casefold() for match in re.finditer(r"[\w.&+*']*\w\+?", text)]


@needs_pages
@each_focus
def test_prose_is_in_our_own_words(code: str) -> None:
    """No run of eight words is a page's, so that what is shared is names and lists of terms alone."""
    length = 8
    words = split_words(page_of(code).text)
    runs = {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    descriptors = [
        text
        for level in read("levels.yaml")["levels"].values()
        for field, text in level.items()
        if field in {"summary", *Level.DESCRIPTOR}
    ]
    ours = [("descriptor", text) for text in descriptors]
    ours += [(where, text) for where, _, text in list_pairs(code)]
    for where, text in ours:
        mine = split_words(text)
        kept = [" ".join(run) for i in range(len(mine)) if (run := tuple(mine[i : i + length])) in runs]
        assert not kept, f"{where}: {kept}"


@needs_pages
@each_focus
def test_the_page_gives_its_level_the_years_of_the_ladder(code: str) -> None:
    documented = FOCUSES[code][1]
    level = read("levels.yaml")["levels"][documented]
    page = page_of(code)
    assert f"Level — {documented} — {level['name']}" in page.lines
    stated = [
        later for line, later in pairwise(page.lines) if line.removeprefix("- ") == "Typical experience"
    ]
    assert [line.removeprefix("- ") for line in stated] == [
        f"{level['years']['min']}–{level['years']['max']} yrs"
    ]
