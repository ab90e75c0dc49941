"""The text of a query for an engine elsewhere, which knows neither our prefixes nor how to give values to variables.

A value becomes a row of VALUES at the beginning of the query's pattern: it is joined, as a term, with what the pattern
finds, so that the variable keeps its column, its groups and its order. Nothing that is a value can become a part of
the query: terms are written by :func:`write_term` alone, and put between tokens, never within a text, comment or IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import QueryError, RequestError
from rolegraph.remote.tokens import Token, list_tokens, skip_prologue
from rolegraph.store.prefixes import PREFIXES

if TYPE_CHECKING:
    from rolegraph.store.result import Term

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")

_ESCAPE = re.compile(r"\\[uU]")
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def find_form(text: str) -> str:
    """The form of a query, one of :data:`FORMS`. Raises QueryError where it has none."""
    tokens = list(list_tokens(text))
    at = skip_prologue(tokens)
    form = tokens[at].text.upper() if at < len(tokens) else ""
    if form not in FORMS:
        raise QueryError("the query is not a SELECT, ASK, CONSTRUCT or DESCRIBE")
    return form


def write_query(text: str, bindings: Mapping[str, Term], base: str | None = None) -> str:
    """``text`` with its values, the prefixes that it uses without declaring them, and a base for its relative IRIs.

    Raises RequestError where a value cannot be given safely, QueryError where the query has no place for one.
    """
    if bindings:
        text = _give_values(text, bindings)
    # On the first line, so that the lines that an engine complains of are the user's.
    return "".join(_declare(text, base)) + text


def write_term(term: Term) -> str:
    """A term in the syntax of SPARQL. Raises RequestError for one that engines could read in different ways."""
    match term:
        case ox.NamedNode():
            if _NO_IRI.search(term.value):
                raise RequestError(f"{term.value!r} is no IRI that can be sent")
            return f"<{term.value}>"
        case ox.Literal():
            # SPARQL has \u0022 read as a quote before anything else is read; engines differ over \\u0022.
            if _ESCAPE.search(term.value):
                raise RequestError("a value with a backslash before the letter u cannot be sent safely")
            if "\x00" in term.value or (not term.value.isascii() and _has_surrogate(term.value)):
                raise RequestError("a value holds what is no text and cannot be sent")
            written = f'"{term.value.translate(_ESCAPED)}"'
            if term.language is not None:
                return f"{written}@{term.language}"
            if term.datatype.value != PREFIXES["xsd"] + "string":
                return f"{written}^^{write_term(term.datatype)}"
            return written
    raise RequestError("only IRIs and literals can be given as values")


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _give_values(text: str, bindings: Mapping[str, Term]) -> str:
    tokens = list(list_tokens(text))
    if any(_ESCAPE.search(token.text) for token in tokens) or "\\" in {t.text for t in tokens}:
        raise RequestError(
            "values cannot be given to a query with escapes such as \\u0041 in it; write the characters themselves"
        )
    names = {token.text[1:] for token in tokens if token.kind == "variable"}
    for name in bindings:
        if name not in names:
            raise RequestError(f"the query has no variable ?{name} to give a value to")
    variables = " ".join(f"?{name}" for name in bindings)
    values = f" VALUES ({variables}) {{ ({' '.join(map(write_term, bindings.values()))}) }} "
    at = skip_prologue(tokens)
    start = _find_pattern(tokens, at)
    if start is None:
        # DESCRIBE without a pattern.
        return f"{text}\nWHERE {{{values}}}"
    opening, end = tokens[start], tokens[_find_end(tokens, start)]
    inner = text[opening.end : end.start]
    if tokens[at].text.upper() == "CONSTRUCT" and tokens[at + 1].text != "{":
        # CONSTRUCT WHERE { ... } is short for a template and a pattern that are the same.
        head = text[: tokens[at].end]
        return f"{head} {{{inner}}} WHERE {{{values}{inner}{text[end.start :]}"
    if tokens[start + 1].text.upper() == "SELECT":
        # A subquery that is the whole pattern must have braces of its own beside anything else.
        return f"{text[: opening.end]}{values}{{{inner}\n}}{text[end.start :]}"
    return f"{text[: opening.end]}{values}{text[opening.end :]}"


def _find_pattern(tokens: list[Token], at: int) -> int | None:
    """The index of the brace that opens the pattern of the query, which begins at ``at``; None where it has none."""
    if tokens[at].text.upper() == "CONSTRUCT" and tokens[at + 1].text == "{":
        at = _find_end(tokens, at + 1)
    depth = 0
    for index in range(at + 1, len(tokens)):
        text = tokens[index].text
        if text == "{" and depth == 0:
            return index
        depth += (text == "(") - (text == ")")
    return None


def _find_end(tokens: list[Token], start: int) -> int:
    """The index of the brace that closes the one at ``start``. Raises QueryError where none does."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].text == "{") - (tokens[index].text == "}")
        if depth == 0:
            return index
    raise QueryError("the query has a brace that nothing closes")


def _declare(text: str, base: str | None) -> Iterator[str]:
    tokens = list(list_tokens(text))
    after = skip_prologue(tokens)
    declared = {t.text.partition(":")[0] for t in tokens[:after] if t.kind == "name"}
    used = {t.text.partition(":")[0] for t in tokens[after:] if t.kind == "name"}
    if base is not None and not _NO_IRI.search(base):
        yield f"BASE <{base}> "
    for prefix in sorted(used - declared):
        if prefix in PREFIXES:
            yield f"PREFIX {prefix}: <{PREFIXES[prefix]}> "
