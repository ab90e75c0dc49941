"""The last sections of a page: adjacent roles, title aliases, classification mappings."""

from __future__ import annotations

import re
from typing import Any, Final

from rolegraph.model.roles import Mapping
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, begins_intro, drop_intro, explains, fold

_KEY: Final = re.compile(r"\b(code)\s*=\s*|(source)\s*=\s*")
_SCHEMES: Final = (
    (re.compile(r"[0-9]{2}-[0-9]{4}"), "soc-2018"),
    (re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}"), "onet-soc-2019"),
)
_HEADINGS: Final = frozenset(
    {"o net soc", "soc", "o net", "soc o net", "onet soc", "o net soc 2019", "soc 2018"}
)


def read_adjacent(section: Section, draft: Draft) -> None:
    """The roles nearby are computed, never read; what the page lists of them is noted."""
    _judge_content(section, draft)
    for line in section.lines:
        if not explains("adjacent", line.text) and not _is_cut(section, line, draft):
            draft.pass_over(line)


def read_aliases(section: Section, draft: Draft) -> None:
    """Each line is one title, or says that there are none."""
    _judge_content(section, draft)
    known: dict[str, int] = {}
    for line in drop_intro(section):
        if _is_cut(section, line, draft):
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
    lines = drop_intro(section)
    for line in lines:
        if "=" in line.text:
            _read_mapping(line, draft)
        elif fold(line.text) in _HEADINGS:
            if line.number == draft.end:
                draft.cut.append(f"the codes under {shorten(line.text)}")
        else:
            draft.pass_over(line)


def _judge_content(section: Section, draft: Draft) -> None:
    if not section.lines and section.start == draft.end and section.heading is not None:
        draft.cut.append(f"what stands under {shorten(section.heading.text)}")


def _is_cut(section: Section, line: Line, draft: Draft) -> bool:
    """Whether the page breaks off in a sentence that explains the section."""
    if line.number != draft.end or not begins_intro(section.name, line.text):
        return False
    draft.cut.append(f"the end of {shorten(line.text)}")
    return True


def _read_mapping(line: Line, draft: Draft) -> None:
    values = _split_keys(line.text)
    code = values.get("code", "")
    scheme = next((name for pattern, name in _SCHEMES if pattern.fullmatch(code)), None)
    if scheme is None or values.get("source") == "":
        if line.number == draft.end and not values.get("source"):
            draft.cut.append(f"the end of {shorten(line.text)}")
            return
        draft.refuse(
            "page-mapping", f"the mapping {shorten(line.text)} is not understood", line.number,
            "write it like code=51-1011 source=TOOL, with a code of SOC or O*NET-SOC",
        )  # fmt: skip
        return
    stated: dict[str, Any] = {"scheme": scheme, "code": code, "tool": values.get("source")}
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
    if first.value.tool == stated["tool"]:
        draft.note(
            "page-mapping-repeated", f"{first.value.code} stands on line {first.line} already, and was taken once",
            line.number,
        )  # fmt: skip
    else:
        draft.refuse(
            "page-mapping-repeated", f"{first.value.code} stands on line {first.line} already, from another source",
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
