"""Reads the N-Triples of the releases' named graphs, a piece at a time, as other formats can take them over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph

from rolegraph.errors import InputError
from rolegraph.rdf.read import explain_syntax, explain_unreadable

SIZE: Final = 1 << 18
"""Bytes that are read at once."""

_IRI = rb'<[^\x00-\x20<>"{}|^`\\]*+>'
_BLANK = rb"_:[A-Za-z0-9_]++"
_LITERAL = rb'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4})*+"(?:@[A-Za-z0-9-]++|\^\^' + _IRI + rb")?"
_LINES: Final = re.compile(
    rb"(?:(?:%b|%b) %b (?:%b|%b|%b) \.\n)*+" % (_IRI, _BLANK, _IRI, _IRI, _BLANK, _LITERAL)
)
"""Whole lines in the form in which we write them; nothing in them leads out of a graph."""


def iterate_pieces(file: Path) -> Iterator[bytes]:
    """The lines of an N-Triples file, many at a time, each ending in `` .`` and a line feed.

    What is written otherwise is parsed and written anew. Raises InputError where it is not well-formed or cannot be read.
    """
    lines = 0
    try:
        with file.open("rb") as stream:
            while piece := _read_piece(stream):
                yield piece if _LINES.fullmatch(piece) else _write_anew(piece, str(file), lines)
                lines += piece.count(b"\n")
    except OSError as error:
        raise InputError([explain_unreadable(error, str(file))]) from None


def _read_piece(stream: BinaryIO) -> bytes:
    piece = stream.read(SIZE)
    return piece if piece.endswith(b"\n") else piece + stream.readline()


def _write_anew(piece: bytes, name: str, lines: int) -> bytes:
    try:
        triples = [q.triple for q in pyoxigraph.parse(piece, format=pyoxigraph.RdfFormat.N_TRIPLES)]
    except SyntaxError as error:
        error.lineno = lines + (error.lineno or 1)
        raise InputError([explain_syntax(error, name)]) from None
    return "".join(f"{triple} .\n" for triple in triples).encode()
