"""A changed document -> the YAML text with that change alone: comments and layout of the rest stay as they were.

The text is taken apart by the marks of its nodes. A block mapping is its entries: each with the comments and blank
lines above it, and the lines from its key to the end of its value. Entries that did not change keep their lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

import yaml

from rolegraph.records.document import Document
from rolegraph.records.saving.graft import is_identical
from rolegraph.records.writing import WIDTH, write_items, write_lines, write_yaml
from rolegraph.records.yaml import read_yaml

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Patched:
    """The new text. ``kept`` is False where it was written anew, without the comments of the old one."""

    text: str
    kept: bool


def patch_yaml(text: str, name: str, new: dict[str, Document]) -> Patched:
    """The YAML text ``text`` (of the file ``name``) changed as little as its reading as ``new`` asks for.

    Keys and items stand in the order of ``new``. A removed entry goes with the comments right above it; a changed
    one keeps them. Where that would not be read back as ``new``, the text is written anew.

    >>> print(patch_yaml("# Who\\nname: Ann\\n\\n# When\\nday: Monday # noon\\n", "x.yaml",
    ...                  {"name": "Bob", "place": "Here", "day": "Monday"}).text, end="")
    # Who
    name: Bob
    <BLANKLINE>
    place: Here
    <BLANKLINE>
    # When
    day: Monday # noon
    """
    old = read_yaml(text.encode(), name)
    if not old.problems and isinstance(old.document, dict) and new and "\r" not in text:
        if is_identical(old.document, new):
            return Patched(text, True)
        patched = _Patcher(text).patch(old.document, new)
        if patched is not None:
            again = read_yaml(patched.encode(), name)
            if not again.problems and is_identical(again.document, new):
                return Patched(patched, True)
    return Patched(write_yaml(new), False)


@dataclass(slots=True)
class _Entry:
    """An entry of a block mapping or an item of a block list: the lines above it, and from ``start`` to ``end``."""

    lead: list[str]
    start: int
    end: int
    node: Any
    indent: int


class _Patcher:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()
        self.root: Any = yaml.compose(text, Loader=_LOADER)

    def patch(self, old: dict[str, Document], new: dict[str, Document]) -> str | None:
        """The new text; None where the layout of the old one is not one that can be patched."""
        root = self.root
        if not _is_block(root, yaml.MappingNode) or any(
            line.startswith(("---", "...", "%")) for line in self.lines
        ):
            return None
        above = self.lines[: root.value[0][0].start_mark.line]
        # What stands above the first blank line before the first key speaks of the file, and stays on top.
        header = max((number for number, line in enumerate(above, 1) if not line.strip()), default=0)
        body, end = self._patch_mapping(root, header, old, new)
        lines = [*self.lines[:header], *body, *self.lines[end:]]
        while lines and not lines[-1].strip():
            lines.pop()
        return "\n".join(lines) + "\n"

    def _find_end(self, node: Any, indent: int) -> int:
        """The line after the last one of a value, whose key or dash stands at ``indent``."""
        if _is_block(node, yaml.MappingNode):
            key, value = node.value[-1]
            return self._find_end(value, key.start_mark.column)
        if _is_block(node, yaml.SequenceNode):
            last = node.value[-1]
            return self._find_end(last, node.start_mark.column)
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return int(node.end_mark.line) + 1
        # The end mark of such a text stands where the next token begins, beyond comments.
        end = node.start_mark.line + 1
        for number in range(end, len(self.lines)):
            line = self.lines[number]
            if line.strip():
                if len(line) - len(line.lstrip(" ")) <= indent:
                    break
                end = number + 1
        return end

    def _entries(self, node: Any, begin: int) -> list[_Entry]:
        """The entries of a block mapping or list whose lines, with those above the first one, begin at ``begin``."""
        found = []
        column = node.start_mark.column
        for item in node.value:
            if isinstance(item, tuple):
                start, value, indent = item[0].start_mark.line, item[1], item[0].start_mark.column
            else:
                start, value, indent = item.start_mark.line, item, column
                while start > begin and self.lines[start][column : column + 1] != "-":
                    start -= 1
            end = max(self._find_end(value, indent), start + 1)
            found.append(_Entry(self.lines[begin:start], start, end, value, column))
            begin = end
        return found

    def _patch_mapping(
        self, node: Any, begin: int, old: dict[str, Document], new: dict[str, Document]
    ) -> tuple[list[str], int]:
        """The new lines of a block mapping from ``begin`` on, and the old line after its last."""
        entries = dict(zip(old, self._entries(node, begin), strict=True))
        lines: list[str] = []
        spaced = _is_spaced(list(entries.values()))
        leads, carried = _pass_on(entries, new)
        for key, value in new.items():
            if key not in entries:
                if spaced and lines and lines[-1].strip():
                    lines.append("")
                lines += write_lines({key: value}, node.start_mark.column)
                continue
            entry = entries[key]
            lines += _trim_lead(leads[key], lines)
            lines += self._patch_entry(key, entry, old[key], value)
        return [*lines, *_trim_lead(carried, lines)], max(entry.end for entry in entries.values())

    def _patch_entry(self, key: str, entry: _Entry, old: Document, new: Document) -> list[str]:
        own = self.lines[entry.start : entry.end]
        if is_identical(old, new):
            return own
        inner = entry.node
        if inner.start_mark.line > entry.start:
            if _is_block(inner, yaml.MappingNode) and isinstance(old, dict) and isinstance(new, dict) and new:
                body, _ = self._patch_mapping(inner, entry.start + 1, old, new)
                return [own[0], *body]
            if (
                _is_block(inner, yaml.SequenceNode)
                and isinstance(old, list)
                and isinstance(new, list)
                and new
            ):
                return [own[0], *self._patch_list(inner, entry.start + 1, old, new)]
        return self._keep_remark(entry, write_lines({key: new}, entry.indent))

    def _keep_remark(self, entry: _Entry, lines: list[str]) -> list[str]:
        """The lines with the comment that stood at the end of the old line."""
        after = self.lines[entry.start][entry.node.end_mark.column :].strip()
        one_line = entry.end == entry.start + 1 and entry.node.end_mark.line == entry.start
        if one_line and after.startswith("#") and len(lines) == 1 and len(lines[0]) < WIDTH:
            return [f"{lines[0]}  {after}"]
        return lines

    def _patch_list(
        self, node: Any, begin: int, old: Sequence[Document], new: Sequence[Document]
    ) -> list[str]:
        entries = self._entries(node, begin)
        lines: list[str] = []
        matcher = SequenceMatcher(
            a=[repr(item) for item in old], b=[repr(item) for item in new], autojunk=False
        )
        for action, low, high, new_low, new_high in matcher.get_opcodes():
            if action == "equal":
                for entry in entries[low:high]:
                    lines += _trim_lead(entry.lead, lines)
                    lines += self.lines[entry.start : entry.end]
                continue
            for number, item in enumerate(new[new_low:new_high]):
                # A changed item keeps the comment above it.
                if low + number < high:
                    entry = entries[low + number]
                    lines += _trim_lead(entry.lead, lines)
                    lines += self._patch_item(entry, old[low + number], item)
                else:
                    lines += write_items([item], node.start_mark.column)
        return lines

    def _patch_item(self, entry: _Entry, old: Document, new: Document) -> list[str]:
        """The new lines of an item; those of its entries that stay, where the first one does."""
        inner = entry.node
        if (
            _is_block(inner, yaml.MappingNode)
            and inner.start_mark.line == entry.start
            and isinstance(old, dict)
            and isinstance(new, dict)
            and next(iter(old.items())) == next(iter(new.items()), None)
        ):
            return self._patch_mapping(inner, entry.start, old, new)[0]
        return write_items([new], entry.indent)


def _is_block(node: Any, kind: type) -> bool:
    return isinstance(node, kind) and not node.flow_style and bool(node.value)  # type: ignore[attr-defined]


def _is_spaced(entries: list[_Entry]) -> bool:
    """Whether blank lines stand between the entries."""
    return len(entries) > 1 and all(entry.lead and not entry.lead[0].strip() for entry in entries[1:])


def _pass_on(entries: dict[str, _Entry], new: dict[str, Document]) -> tuple[dict[str, list[str]], list[str]]:
    """The lines above each entry that stays, and those that none follows.

    What stands above a removed entry and does not speak of it alone goes to the next one.
    """
    leads: dict[str, list[str]] = {}
    carried: list[str] = []
    for key, entry in entries.items():
        if key in new:
            leads[key] = [*carried, *_trim_lead(entry.lead, carried)] if carried else entry.lead
            carried = []
        else:
            carried += _trim_lead(_keep_header(entry), carried) if carried else _keep_header(entry)
    return leads, carried


def _keep_header(entry: _Entry) -> list[str]:
    """The comments above an entry that a blank line sets apart from it."""
    lead = list(entry.lead)
    while lead and lead[-1].strip():
        lead.pop()
    return lead if any(line.strip() for line in lead) else []


def _trim_lead(lead: list[str], lines: list[str]) -> list[str]:
    """The lines above an entry, without a second blank line after those that stand already."""
    if lead and not lead[0].strip() and (not lines or not lines[-1].strip()):
        return lead if not lines else lead[1:]
    return lead
