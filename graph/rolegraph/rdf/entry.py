"""What the graph says of one entry alone: its node, its parts, and what a profile has of its focus, as Turtle.

Nothing but the entry is encoded (of a profile, its focus), so that one is there at once and all of them, one after the
other, take as long as the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from rolegraph.model.codes import split_profile
from rolegraph.rdf.encode import Encoder
from rolegraph.rdf.encode_focus import FocusEncoder
from rolegraph.rdf.form import Block, Turtle
from rolegraph.rdf.iris import locate_node
from rolegraph.rdf.vocab import NAMESPACES, SKOS

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy

_NODE: Final = "<"
_BY_CODE: Final = {
    "function-group": "group_by_code",
    "focus": "focus_by_code",
    "track": "track_by_code",
    "level": "level_by_code",
    "skill": "skill_by_code",
    "proficiency": "proficiency_by_code",
}


class EntryWriter:
    """Writes the entries of one taxonomy; what is ``foreign`` to the records is written with the node that it is about."""

    def __init__(self, taxonomy: Taxonomy, foreign: Sequence[pyoxigraph.Triple] = ()) -> None:
        self.taxonomy = taxonomy
        self.form = Turtle(taxonomy.dataset.base)
        self._encoder = Encoder(taxonomy, self.form)
        self._focuses = FocusEncoder(taxonomy, self.form)
        self._foreign = foreign
        self._last: tuple[str, Mapping[str, Block]] = ("", {})
        self._label = self._encoder.pen.form.write_term(SKOS.prefLabel)

    def write(self, kind: str, code: str) -> str:
        """What is said of an entry, with the labels of what it is linked to, as a whole Turtle file.

        Raises KeyError for an entry that is not there.
        """
        blocks = self._list_blocks(kind, code)
        texts = [self.form.write_block(block) for block in blocks]
        texts += (f"{triple} .\n\n" for triple in self._list_foreign([block.subject for block in blocks]))
        own = {block.subject for block in blocks}
        linked = dict.fromkeys(
            item
            for block in blocks
            for item in block.flat[1::2]
            if item.startswith(_NODE) and item not in own
        )
        texts += (
            f"{node} {self._label} {label} .\n"
            for node in linked
            if (label := self._find_label(node)) is not None
        )
        body = "".join(texts)
        return self._write_prefixes(body) + body

    def _list_blocks(self, kind: str, code: str) -> list[Block]:
        taxonomy, iris = self.taxonomy, self._encoder.iris
        match kind:
            case "profile":
                return self._walk(split_profile(code).focus, f"<{iris.profile(code)}>")
            case "focus":
                return self._walk(code, f"<{iris.focus(code)}>")
            case "function":
                return [self._encoder.encode_function(taxonomy.function_by_code[code])]
            case "level":
                return [self._encoder.encode_level(taxonomy.level_by_code[code])]
            case "skill":
                return list(self._encoder.encode_skill(taxonomy.skill_by_code[code]))
        return [self._encoder.classifications.encode_occupation(*code.split("/", 1))]

    def _walk(self, focus: str, start: str) -> list[Block]:
        """A node of a focus, and the parts that it leads to, each once."""
        blocks = self._encode_focus(focus)
        found = {start: blocks[start]}
        waiting = [blocks[start]]
        for block in waiting:
            for item in block.flat[1::2]:
                if item not in found and "#" in item and (part := blocks.get(item)) is not None:
                    found[item] = part
                    waiting.append(part)
        return waiting

    def _encode_focus(self, code: str) -> Mapping[str, Block]:
        """The blocks of a focus by their subjects; those of the last one are kept, as its profiles come together."""
        last, blocks = self._last
        if last != code:
            focus = self.taxonomy.focus_by_code[code]
            blocks = {block.subject: block for block in self._focuses.encode(focus)}
            self._last = (code, blocks)
        return blocks

    @cached_property
    def _beside(self) -> Mapping[pyoxigraph.NamedNode | pyoxigraph.BlankNode, list[pyoxigraph.Triple]]:
        beside: dict[pyoxigraph.NamedNode | pyoxigraph.BlankNode, list[pyoxigraph.Triple]] = {}
        for triple in self._foreign:
            if not isinstance(triple.subject, pyoxigraph.Triple):
                beside.setdefault(triple.subject, []).append(triple)
        return beside

    def _list_foreign(self, subjects: Sequence[str]) -> Iterator[pyoxigraph.Triple]:
        """What stands beside the records of these subjects, and of the blank nodes that it leads to."""
        if not self._foreign:
            return
        base = self.form.base or ""
        waiting: list[pyoxigraph.NamedNode | pyoxigraph.BlankNode] = [
            pyoxigraph.NamedNode(_resolve(subject[1:-1], base)) for subject in subjects
        ]
        seen = set(waiting)
        for subject in waiting:
            for triple in self._beside.get(subject, ()):
                yield triple
                if isinstance(triple.object, pyoxigraph.BlankNode) and triple.object not in seen:
                    seen.add(triple.object)
                    waiting.append(triple.object)

    def _find_label(self, node: str) -> str | None:
        """The label of an entry that is linked to, ready to be written; None for what is no entry, or a part of one."""
        iris = self._encoder.iris
        located = locate_node(node[1:-1], iris.base, iris.namespaces)
        if located is None or "#" in node:
            return None
        kind, code, path = located
        label = self._name_entry("profile" if path[:1] == ("levels",) else kind, code, path)
        return None if label is None else self._encoder.pen.literals.write_text(label)

    def _name_entry(self, kind: str, code: str, path: Sequence[str]) -> str | None:
        taxonomy = self.taxonomy
        match kind:
            case "profile":
                profile = taxonomy.profile_by_code.get(f"{code}.{path[1]}")
                return None if profile is None else taxonomy.title_of(profile)
            case "function":
                function = taxonomy.function_by_code.get(code)
                return None if function is None else function.label or function.code
            case "occupation":
                scheme, _, entry = code.partition("/")
                occupation = taxonomy.occupation_by_key.get((scheme, entry))
                return entry if occupation is None else occupation.title
        by_code: Mapping[str, Any] = getattr(taxonomy, _BY_CODE[kind]) if kind in _BY_CODE else {}
        record = by_code.get(code)
        return None if record is None else str(record.label)

    def _write_prefixes(self, body: str) -> str:
        """The directives that a text needs: its base, and the prefixes that occur in it."""
        lines = [] if self.form.base is None else [f"@base <{self.form.base}> .\n"]
        lines += (
            f"@prefix {space.prefix}: <{space.iri}> .\n" for space in NAMESPACES if f"{space.prefix}:" in body
        )
        return "".join(lines) + "\n"


def _resolve(iri: str, base: str) -> str:
    """An IRI as it stands in Turtle, in full."""
    return iri if ":" in iri.split("/", 1)[0] else base + iri
