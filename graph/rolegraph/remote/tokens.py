"""The tokens of a SPARQL query: enough of its grammar to know what is text, comment or IRI and what is not.

By https://www.w3.org/TR/sparql11-query/#sparqlGrammar (terminals). A query is not checked here: that is the guard's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
    |(?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    |(?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"""(?:"{0,2}(?:[^"\\]|\\.))*\"""
        |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:_|[^\W\d_](?:[\w.\-]*[\w\-])?)?:
        (?:(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|\.(?=[\w:.%\\\-]))*))
    |(?P<word>[^\W\d]\w*)
    |(?P<blank>[\x20\t\r\n]+)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands; ``kind`` is iri, string, variable, name, word or sign."""

    kind: str
    text: str
    start: int
    end: int


def list_tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text``, without blanks and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind not in {"blank", "comment"}:
            yield Token(kind, match[0], match.start(), match.end())


def skip_prologue(tokens: list[Token]) -> int:
    """The index of the first token after every BASE and PREFIX."""
    at = 0
    while at < len(tokens) and tokens[at].kind == "word":
        word = tokens[at].text.upper()
        if word not in {"BASE", "PREFIX"}:
            break
        at += 2 if word == "BASE" else 3
    return min(at, len(tokens))
