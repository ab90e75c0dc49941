"""The last sections of a page: adjacent roles, title aliases, classification mappings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from rolegraph.model.mapping import Mapping
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, begins_intro, explains, fold

_KEY: Final = re.compile(r"\b(code)\s*=\s*|(source|confidence)\s*=\s*")
_CONFIDENCE: Final = re.compile(r"[01](?:\.\d{1,6})?|\.\d{1,6}")
_PART: Final = re.compile(r"code\s*=\s*[\d.-]*[\s·;,|]*(?:s|so|sou|sour|sourc|source|source\s*=)?")
"""A mapping that breaks off before its source."""

_FOLDED: Final = re.compile(r"(?:show|hide)\s*[^\w\s]+", re.IGNORECASE)
"""The sign by which a section is folded, where it stands on a line of its own."""

_SCHEMES: Final = (
    (re.compile(r"[0-9]{2}-[0-9]{4}"), "soc-2018"),
    (re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}"), "onet-soc-2019"),
)
_HEADINGS: Final = frozenset(
    {"o net soc", "soc", "o net", "soc o net", "onet soc", "o net soc 2019", "soc 2018"}
)


def read_adjacent(section: Section, draft: Draft) -> None:
    """The roles nearby are computed, never read; how many lines the page has of them is noted."""
    _judge_content(section, draft)
    listed = [
        line
        for line in section.lines
        if not explains("adjacent", line.text) and not _is_cut(section, line, draft)
    ]
    if listed:
        what = "1 line was" if len(listed) == 1 else f"{len(listed)} lines were"
        draft.note(
            "page-adjacent-skipped", f"{what} left out that the page lists as adjacent roles, the first here: "
            f"{shorten(listed[0].text, 40)}; which roles are adjacent is computed from all roles", listed[0].number,
        )  # fmt: skip


def read_aliases(section: Section, draft: Draft) -> None:
    """Each line is one title, or says that there are none."""
    _judge_content(section, draft)
    known: dict[str, int] = {}
    for line in section.lines:
        if explains("aliases", line.text) or _FOLDED.fullmatch(line.text) or _is_cut(section, line, draft):
            continue
        first = known.setdefault(line.text, line.number)
        if first == line.number:
            draft.facts.aliases.append(Said(line.text, line.number))
        else:
            draft.note(
                "page-alias-repeated", f"{shorten(line.text)} stands on line {first} already, and was taken once",
                line.number,
            )  # fmt: skip


def read_mappings(section: Section, draft: Draft) -> None:
    """Reads ``code=51-1011source=jfm-factory.resolve``, whose parts may also stand apart."""
    _judge_content(section, draft)
    lines = _join_sources([line for line in section.lines if not explains("mappings", line.text)])
    for line in lines:
        if "=" in line.text:
            _read_mapping(line, line is lines[-1], draft)
        elif fold(line.text) in _HEADINGS:
            if line.last:
                draft.cut.append(f"the codes under {shorten(line.text)}")
        elif not _FOLDED.fullmatch(line.text) and not _is_cut(section, line, draft):
            draft.pass_over(line)
    none_stated = any(explains("mappings", line.text) for line in section.lines)
    if not none_stated and not any("=" in line.text for line in lines) and not draft.cut:
        draft.cut.append("the codes of the classification mappings")


def _join_sources(lines: Sequence[Line]) -> list[Line]:
    """The lines with a code and a source that stand below each other put together."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1].text if joined else ""
        if (
            line.text.startswith("source")
            and "=" in line.text
            and _PART.fullmatch(before)
            and "source" not in before
        ):
            joined[-1] = joined[-1]._replace(text=f"{before} {line.text}", last=line.last)
        else:
            joined.append(line)
    return joined


def _judge_content(section: Section, draft: Draft) -> None:
    if section.heading is not None and section.heading.last:
        draft.cut.append(f"what stands under {shorten(section.heading.text)}")


def _is_cut(section: Section, line: Line, draft: Draft) -> bool:
    """Whether the page breaks off in a sentence that explains the section."""
    if not line.last or not begins_intro(section.name, line.text):
        return False
    draft.cut.append(f"the end of {shorten(line.text)}")
    return True


def _read_mapping(line: Line, ends: bool, draft: Draft) -> None:
    """Reads a mapping; ``ends`` tells that it is the last of its section, and with that of its page."""
    values = _split_keys(line.text)
    code = values.get("code", "")
    scheme = next((name for pattern, name in _SCHEMES if pattern.fullmatch(code)), None)
    if ends and _PART.fullmatch(line.text):
        draft.cut.append(f"the end of {shorten(line.text)}")
        return
    if other := next((key for value in values.values() for key in re.findall(r"(\w*)\s*=", value)), None):
        draft.refuse(
            "page-mapping", f"the mapping {shorten(line.text)} holds more than code, source and confidence: {other}=",
            line.number, "give each mapping a line, and state in the record by hand what else matters",
        )  # fmt: skip
        return
    sure = values.get("confidence")
    if scheme is None or values.get("source") == "" or (sure is not None and not _CONFIDENCE.fullmatch(sure)):
        draft.refuse(
            "page-mapping", f"the mapping {shorten(line.text)} is not understood", line.number,
            "write it like code=51-1011 source=TOOL, with a code of SOC or O*NET-SOC",
        )  # fmt: skip
        return
    stated: dict[str, Any] = {"scheme": scheme, "code": code, "tool": values.get("source")}
    if sure is not None:
        stated["confidence"] = Decimal(sure)
    for said in draft.facts.mappings:
        if (said.value.scheme, said.value.code) == (scheme, code):
            _judge_repeat(said, stated, line, draft)
            return
    mapping = draft.make(
        Mapping, line.number, **stated, predicate="broadMatch", justification="UnspecifiedMatching",
        assigned=("predicate", "justification"),
    )  # fmt: skip
    if mapping is not None:
        draft.facts.mappings.append(Said(mapping, line.number))


def _judge_repeat(first: Said[Mapping], stated: dict[str, Any], line: Line, draft: Draft) -> None:
    same = (first.value.tool, first.value.confidence) == (stated["tool"], stated.get("confidence"))
    if same:
        draft.note(
            "page-mapping-repeated", f"{first.value.code} stands on line {first.line} already, and was taken once",
            line.number,
        )  # fmt: skip
    else:
        draft.refuse(
            "page-mapping-repeated", f"{first.value.code} stands on line {first.line} already, from another source or with another confidence",
            line.number, "keep one",
        )  # fmt: skip


def _split_keys(text: str) -> dict[str, str]:
    """The values by key; empty where the text begins otherwise or has a key twice.

    >>> _split_keys("code=51-1011source=tool.resolve"), _split_keys("code = 51-1011 · source = tool")
    ({'code': '51-1011', 'source': 'tool.resolve'}, {'code': '51-1011', 'source': 'tool'})
    """
    found = list(_KEY.finditer(text))
    if not found or found[0].start() != 0:
        return {}
    ends = [*(match.start() for match in found[1:]), len(text)]
    keys = [match[1] or match[2] for match in found]
    if len(set(keys)) != len(keys):
        return {}
    values = (text[match.end() : end].strip(" ·;,|") for match, end in zip(found, ends, strict=True))
    return dict(zip(keys, values, strict=True))
