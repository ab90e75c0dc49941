"""Looks at an XML file before and after the parser of RDF/XML does: no DOCTYPE may come in, and a flaw has a line."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from rolegraph.errors import InputError, Place, Problem

_PIECE = 1 << 16


class Flaw(NamedTuple):
    """Where a file stops being XML, and why."""

    line: int
    column: int
    message: str


class _Seen(Exception):  # noqa: N818
    """What was looked for has been seen."""


def refuse_doctype(file: BinaryIO, name: str) -> None:
    """Raise InputError where an XML file has a DOCTYPE; the file stands at its begin again.

    A DOCTYPE may name other files and let a short text grow without bounds. What is not XML is left to the parser.
    """
    parser = expat.ParserCreate()
    found: list[int] = []

    def note_doctype(*_: object) -> None:
        found.append(parser.CurrentLineNumber)
        raise _Seen

    def end(*_: object) -> None:
        raise _Seen

    parser.StartDoctypeDeclHandler = note_doctype
    # It can stand nowhere but before the first element.
    parser.StartElementHandler = end
    _feed(parser, file)
    file.seek(0)
    if found:
        raise InputError(
            [Problem("doctype-refused", "it has a DOCTYPE, which may name other files or grow without bounds",
                     Place(name, found[0]), remedy="save it without one, or as Turtle")]
        )  # fmt: skip


def find_flaw(path: Path) -> Flaw | None:
    """Where an XML file is not well-formed; None where it is."""
    with path.open("rb") as file:
        return _feed(expat.ParserCreate(), file)


def _feed(parser: expat.XMLParserType, file: BinaryIO) -> Flaw | None:
    try:
        while piece := file.read(_PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _Seen:
        return None
    except (LookupError, ValueError) as error:
        # The encoding that the file names is none that Python knows, or one of several bytes.
        return Flaw(1, 1, str(error))
    except expat.ExpatError as error:
        return Flaw(error.lineno, error.offset + 1, expat.ErrorString(error.code))
    return None
