"""What a user's query may be: SELECT, ASK, CONSTRUCT or DESCRIBE over the data at hand, and nothing else.

The query is judged by its parse tree (rdflib's, as pyoxigraph shows none), never by searching its text: the
word SERVICE in a literal, a comment or a name is nobody's business. Two parsers can read one text
differently, though (where does a comment end, what does ``\\u0022`` in a string mean), so the engine is asked
too: a keyword that is misspelt on purpose makes the text unreadable for the engine, a mere word does not.

Nothing is run here, and nothing is asked of anybody. Parsing hostile text may exhaust the stack, though: call
:func:`check_query` in a process that may die.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pyoxigraph as ox
from pyparsing.exceptions import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from rolegraph.errors import QueryError
from rolegraph.store.prefixes import PREFIXES

MAX_LENGTH = 100_000
"""The longest query, in characters."""

_REFUSED = {
    "ServiceGraphPattern": ("SERVICE", "a query does not reach other endpoints; load the data beside it"),
    "DatasetClause": ("FROM", "a query does not choose its data; ask a release with GRAPH"),
}
_NEGATIVE = re.compile(r"-(?=[0-9]*\.[0-9])")
_ANY_BASE = "https://example.org/"
_ENGINE_ERROR = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)


def check_query(text: str, *, chosen: bool = False) -> None:
    """Raise QueryError, with line and column where they are known, unless ``text`` is a query that may run.

    ``chosen`` says that the graphs are chosen beside the text: then FROM in it chooses nothing and does no harm.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query is {len(text):,} characters long; at most {MAX_LENGTH:,} are read")
    prologue, query = _parse(text)
    refused = {n: w for n, w in _REFUSED.items() if not (chosen and n == "DatasetClause")}
    prefixes: set[str] = set()
    for node in _walk(query):
        if node.name in refused:
            word, reason = refused[node.name]
            raise QueryError(f"{_find_keyword(text, word)}{word} is refused: {reason}")
        if node.name == "pname":
            prefixes.add(_read_prefix(node))
    declared = {_read_prefix(node) for node in _walk(prologue) if node.name == "PrefixDecl"}
    for prefix in sorted(prefixes - declared - PREFIXES.keys()):
        raise QueryError(
            f"{_find_prefix(text, prefix)}the prefix {prefix}: is not declared; "
            f"add PREFIX {prefix}: <...> at the top"
        )
    _check_engine(text)
    for word, reason in refused.values():
        if not _is_mere_word(text, word):
            raise QueryError(f"{_find_keyword(text, word)}{word} is refused: {reason}")


def _parse(text: str) -> tuple[Any, CompValue]:
    # rdflib ends a comment at a line feed alone, SPARQL and the engine at a carriage return too.
    lines = text.replace("\r", "\n")
    try:
        prologue, query = parseQuery(lines)
    except TypeError:
        # rdflib stumbles over a negative decimal among data; with another sign the structure is the same.
        unsigned = _NEGATIVE.sub("+", lines)
        if unsigned == lines:
            raise
        return _parse(unsigned)
    except ParseBaseException as error:
        if _is_update(lines):
            raise QueryError("an update is refused: the graph is only read") from None
        raise QueryError(
            f"{_name_place(text, error.loc)}cannot be read as SPARQL from here on: {_quote(text, error.loc)}"
        ) from None
    except RecursionError:
        raise QueryError("the query is nested too deeply, or too long a list of triples; split it") from None
    return prologue, query


def _is_update(lines: str) -> bool:
    try:
        return bool(parseUpdate(lines).request)
    except (ParseBaseException, RecursionError):
        return False


def _walk(tree: Any) -> Iterator[CompValue]:
    """Every named node below ``tree``; without recursion, as the tree may be deep."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting.extend(node.values())
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            waiting.extend(node)


def _read_prefix(node: CompValue) -> str:
    # The `get` of rdflib's nodes answers with the name of the key where there is no value.
    return str(node["prefix"]) if "prefix" in node else ""


def _check_engine(text: str) -> None:
    """What the engine says of the text."""
    try:
        parse_by_engine(text)
    except SyntaxError as error:
        match = _ENGINE_ERROR.fullmatch(error.msg)
        if match is None:
            raise QueryError(f"the query cannot be run: {error.msg}") from None
        reason = "the query engine cannot read on from here"
        if "unbound" in match[3]:
            reason = "a variable that is shown must be grouped by, aggregated or bound"
        raise QueryError(f"line {match[1]}, column {match[2]}: {reason}") from None
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from None


def parse_by_engine(text: str) -> None:
    """Let the engine read ``text`` and not run it; SyntaxError, RuntimeError or ValueError where it cannot.

    The engine has no call for that. It reads the text, then the values given to variables, then it runs: a value
    for a variable that the text does not have stops it in between.
    """
    stranger = next(name for n in count() if (name := f"stranger{n}") not in text)
    try:
        ox.Store().query(
            text,
            prefixes=dict(PREFIXES),
            base_iri=_ANY_BASE,
            substitutions={ox.Variable(stranger): ox.Literal("")},
        )
    except RuntimeError as error:
        if f"?{stranger} " not in str(error):
            raise


def _is_mere_word(text: str, word: str) -> bool:
    """Whether the engine reads the text as well without the keyword ``word``."""
    found = re.compile(word, re.IGNORECASE)
    if not found.search(text):
        return True
    # One letter is changed everywhere alike, keeping its case, so that names stay the same names.
    letter = next((c for c in "qzxjkvwy" if not re.search(c + word[1:], text, re.IGNORECASE)), None)
    if letter is None:
        return False
    changed = found.sub(lambda m: (letter.upper() if m[0][0].isupper() else letter) + m[0][1:], text)
    try:
        parse_by_engine(changed)
    except (SyntaxError, RuntimeError, ValueError):
        return False
    return True


def _find_keyword(text: str, word: str) -> str:
    """The place of the first ``word`` that the engine cannot do without."""
    candidates = re.finditer(rf"(?<![\w:?$<#/.-]){word}(?![\w:-])", text, re.IGNORECASE)
    for _, match in zip(range(50), candidates, strict=False):
        changed = f"{text[: match.start()]}q{text[match.start() + 1 :]}"
        try:
            parse_by_engine(changed)
        except (SyntaxError, RuntimeError, ValueError):
            return _name_place(text, match.start())
    return ""


def _find_prefix(text: str, prefix: str) -> str:
    match = re.search(rf"(?<![\w.-]){re.escape(prefix)}:", text)
    return _name_place(text, match.start()) if match else ""


def _name_place(text: str, offset: int) -> str:
    """``line L, column C:`` of an offset, both counted from 1; a carriage return with its line feed is one end."""
    before = re.split(r"\r\n|\r|\n", text[:offset])
    return f"line {len(before)}, column {len(before[-1]) + 1}: "


def _quote(text: str, offset: int) -> str:
    rest = " ".join(text[offset:].split())
    return (rest if len(rest) <= 40 else f"{rest[:37]}...") or "the end of the text"
