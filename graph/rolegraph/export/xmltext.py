"""Texts in XML 1.0: escaped, and refused where they hold what XML cannot.

There is one way for all formats that are XML. A record never holds such a character; what a graph file holds beside the
records may, and left out or replaced it would be another text than the one that was read.
"""

from __future__ import annotations

import re
from typing import Final

from rolegraph.errors import InputError, Problem
from rolegraph.model.codes import name_control

_IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no character of XML 1.0 (https://www.w3.org/TR/xml/#charsets), not even as a reference."""

_MARKUP: Final = re.compile('[&<>"\t\n\r\x7f-\x9f\u2028]')
_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_VALUE: Final = {**_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_KEPT: Final = '"\t\n'


def escape_text(text: str, where: str = "") -> str:
    """A text between tags. ``where`` names it in the problem: a code, an IRI, with the property.

    Raises InputError for a character that XML cannot hold.

    >>> escape_text('a < "b" & c')
    'a &lt; "b" &amp; c'
    """
    if _IMPOSSIBLE.search(text):
        raise InputError([find_problem(text, where)])
    return _MARKUP.sub(lambda found: _spell(found[0], _TEXT), text) if _MARKUP.search(text) else text


def escape_value(text: str, where: str = "") -> str:
    """A text as the value of an attribute, between double quotes; line feeds and tabs stay what they are.

    Raises InputError for a character that XML cannot hold.

    >>> escape_value('say "no"')
    'say &quot;no&quot;'
    """
    if _IMPOSSIBLE.search(text):
        raise InputError([find_problem(text, where)])
    return _MARKUP.sub(lambda found: _spell(found[0], _VALUE), text) if _MARKUP.search(text) else text


def find_problem(text: str, where: str = "") -> Problem:
    """The problem of a text that holds a character that XML cannot hold."""
    found = _IMPOSSIBLE.search(text)
    if found is None:
        raise ValueError("every character of the text can stand in XML")
    return Problem(
        "xml-character",
        f"the text holds {name_control(found[0])}, which XML cannot hold",
        None,
        where,
        "remove it, or export to a format that is no XML, such as turtle or jsonld",
    )


def _spell(character: str, named: dict[str, str]) -> str:
    if character in named:
        return named[character]
    # The next line, U+0085, and the line separator end lines in some readers: as references they are safe.
    return character if character in _KEPT else f"&#{ord(character)};"
