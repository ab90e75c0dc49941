"""How terms look in Turtle and in N-Triples, so that one description of a node serves both.

A node is written as a block: its subject, a head (its types), and a flat list of predicate, object, predicate,
object ... whose strings are ready to be joined. The two forms differ in these strings alone.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, Protocol

from rolegraph.rdf.iris import Iris, format_decimal
from rolegraph.rdf.vocab import NAMESPACES, RDF, XSD, shorten_iri

SUBJECT = "\0"
"""Stands for the subject in the lines of an N-Triples block; no literal or IRI holds this character."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f\ufffe\uffff]')
_PLAIN_BASE = re.compile(r"https?://[^/?#]+/(?:(?!\.{1,2}/)[^/?#]+/)*")
_TINY = re.compile(r"-?0\.000000[0-9]")
_BARE = frozenset({XSD.decimal, XSD.integer, XSD.boolean})


class Head(NamedTuple):
    """The types of a node, as text, and how many triples they are."""

    text: str
    triples: int


class Block(NamedTuple):
    """All that is written of one subject: ``flat`` alternates predicates and objects."""

    subject: str
    head: Head
    flat: list[str]

    def count_triples(self) -> int:
        """The number of triples of this block."""
        return self.head.triples + len(self.flat) // 2


def escape_text(text: str) -> str:
    r"""The text as it stands between the quotes of a literal, in both forms.

    >>> escape_text('a "b"\n')
    'a \\"b\\"\\n'
    """
    return _ESCAPED.sub(lambda m: _ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04X}", text)


class Form(Protocol):
    """What an encoder needs to know of a syntax."""

    iris: Iris
    comma: str | None
    """What stands between objects of one predicate; None where the predicate is repeated."""

    def write_term(self, iri: str) -> str:
        """A term of a vocabulary."""

    def write_head(self, *types: str) -> Head:
        """The types of a node, in the order given."""

    def write_predicate(self, iri: str) -> str:
        """A predicate with all that stands between the object before it and its own."""

    def write_typed(self, lexical: str, datatype: str) -> str:
        """A literal whose lexical form needs no escaping."""

    def write_block(self, block: Block) -> str:
        """The whole block as text, with its end."""


class NTriples:
    """The N-Triples form: one triple to a line, every IRI in full, the lines of a block sorted."""

    comma: str | None = None

    def __init__(self, base: str) -> None:
        self.iris = Iris(base)

    def write_term(self, iri: str) -> str:
        """A term, in full."""
        return f"<{iri}>"

    def write_head(self, *types: str) -> Head:
        """The types, a line for each."""
        return Head(" .\n".join(f"{SUBJECT} <{RDF.type}> <{iri}>" for iri in types), len(types))

    def write_predicate(self, iri: str) -> str:
        """The end of a line and the begin of the next."""
        return f" .\n{SUBJECT} <{iri}> "

    def write_typed(self, lexical: str, datatype: str) -> str:
        """A literal with its datatype in full."""
        return f'"{lexical}"^^<{datatype}>'

    def write_block(self, block: Block) -> str:
        """The sorted lines of the block."""
        text = block.head.text + "".join(block.flat) + " ."
        lines = text.replace(SUBJECT, block.subject).split("\n")
        lines.sort()
        lines.append("")
        return "\n".join(lines)


class Turtle:
    """The Turtle form: prefixed names, IRIs relative to the dataset's base where it can serve as one."""

    comma: str | None = ",\n        "

    def __init__(self, base: str) -> None:
        self.base = base if _PLAIN_BASE.fullmatch(base) else None
        self.iris = Iris(base if self.base is None else "")

    def write_prefixes(self) -> str:
        """The directives at the begin of a file."""
        lines = [f"@prefix {space.prefix}: <{space.iri}> .\n" for space in NAMESPACES]
        if self.base is not None:
            lines.insert(0, f"@base <{self.base}> .\n")
        return "".join(lines) + "\n"

    def write_term(self, iri: str) -> str:
        """A term by its prefixed name."""
        return shorten_iri(iri) or f"<{iri}>"

    def write_head(self, *types: str) -> Head:
        """The types on one line."""
        return Head("\n    a " + ", ".join(map(self.write_term, types)), len(types))

    def write_predicate(self, iri: str) -> str:
        """The end of a line and the begin of the next."""
        return f" ;\n    {self.write_term(iri)} "

    def write_typed(self, lexical: str, datatype: str) -> str:
        """A literal; numbers and truth values bare.

        A very small number keeps its quotes, as rdflib reads a bare 0.0000001 as 1E-7, which is no decimal.
        """
        if datatype in _BARE and not _TINY.match(lexical):
            return lexical
        return f'"{lexical}"^^{self.write_term(datatype)}'

    def write_block(self, block: Block) -> str:
        """The subject, and one predicate to a line."""
        return f"{block.subject}{block.head.text}{''.join(block.flat)} .\n\n"


class Literals:
    """Writes the literals of one dataset: texts in its language, plain strings, numbers, days."""

    def __init__(self, form: Form, language: str) -> None:
        self._form = form
        self._end = f'"@{language.lower()}'
        self.true = form.write_typed("true", XSD.boolean)

    def write_text(self, text: str) -> str:
        """A text in the dataset's language."""
        if text.isprintable() and '"' not in text and "\\" not in text:
            return f'"{text}{self._end}'
        return f'"{escape_text(text)}{self._end}'

    def write_plain(self, text: str) -> str:
        """A string without a language."""
        return f'"{escape_text(text)}"'

    def write_decimal(self, value: Decimal) -> str:
        """A number, with its own digits."""
        return self._form.write_typed(format_decimal(value), XSD.decimal)

    def write_integer(self, value: int) -> str:
        """A count, rank or position."""
        return self._form.write_typed(str(value), XSD.integer)

    def write_day(self, day: str) -> str:
        """A day, as its first instant."""
        return self._form.write_typed(f"{day}T00:00:00Z", XSD.dateTime)
