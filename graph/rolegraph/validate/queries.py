"""SPARQL constraints that are asked once of the whole graph instead of once for every focus node.

SHACL binds ``$this`` to each focus node before the query runs. A query whose every part that speaks of ``$this``
begins with a triple pattern that binds it gives the same rows when it is left unbound, as then the pattern binds
it. That is checked word by word here; any other query goes to the reference engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph

from rolegraph.rdf.vocab import RDF
from rolegraph.validate.rules import SH, ShapesGraph, Term
from rolegraph.validate.unknown import Unknown

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\s]*>)
    | (?P<variable>[$?]\w+)
    | (?P<name>[A-Za-z_][\w-]*:[\w.-]*\w|[A-Za-z_][\w-]*:)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<other>\^\^|&&|\|\||[<>!]=|.)""",
    re.VERBOSE | re.DOTALL,
)
_REFUSED = {
    "VALUES", "MINUS", "SERVICE", "LIMIT", "OFFSET", "GRAPH", "FROM", "HAVING", "ASK", "CONSTRUCT", "DESCRIBE",
    "REDUCED", "RAND", "UUID", "STRUUID", "BNODE", "NOW",
}  # fmt: skip
_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
_STANDARD = {
    "rdf": RDF.iri,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
}
"""Prefixes that the reference engine declares in any case."""


@dataclass(frozen=True, slots=True)
class Query:
    """A constraint of SPARQL: its text with all prefixes, the IRIs that it names, and its messages.

    ``iris`` is None where a predicate or class is a variable, so that any triple may matter.
    """

    node: str
    text: str
    iris: frozenset[str] | None
    messages: tuple[str, ...]


def read_query(shapes: ShapesGraph, node: Term) -> Query:
    """The query of a SPARQL constraint; Unknown where it cannot be asked once for all focus nodes."""
    if isinstance(node, pyoxigraph.Literal):
        raise Unknown("a constraint is no literal")
    found = shapes.predicates(node)
    known = {SH + "select", SH + "prefixes", SH + "message"}
    if any(p.startswith(SH) and p not in known for p in found) or len(found.get(SH + "select", ())) != 1:
        raise Unknown("the constraint is no plain SELECT")
    prefixes = dict(_STANDARD)
    for holder in found.get(SH + "prefixes", ()):
        if isinstance(holder, pyoxigraph.Literal):
            raise Unknown("prefixes are declared by a node")
        for declaration in shapes.values(holder, SH + "declare"):
            if isinstance(declaration, pyoxigraph.Literal):
                raise Unknown("a prefix is declared by a node")
            prefixes[shapes.text(declaration, SH + "prefix")] = shapes.text(declaration, SH + "namespace")
    text = found[SH + "select"][0].value
    iris = check_query(text, prefixes)
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(prefixes.items()))
    messages = tuple(sorted({message.value for message in found.get(SH + "message", ())}))
    return Query(str(node), head + text, iris, messages)


@dataclass(slots=True)
class _Group:
    """A group in braces: what stands before it, and its own words with inner groups left out."""

    lead: str
    words: list[str] = field(default_factory=list)
    inner: list[_Group] = field(default_factory=list)

    def walk(self) -> Iterator[_Group]:
        yield self
        for group in self.inner:
            yield from group.walk()


def check_query(text: str, prefixes: dict[str, str]) -> frozenset[str] | None:
    """The IRIs that a query names, None where any triple may matter; Unknown where ``$this`` must be bound first."""
    words, iris = _split_words(text, prefixes)
    upper = [word.upper() for word in words]
    if not upper or upper[0] != "SELECT" or set(upper) & _REFUSED:
        raise Unknown("the query is no plain SELECT")
    if {"?PATH", "?currentShape", "?shapesGraph"} & set(words):
        raise Unknown("the query names its shape or path")
    head, root = _group_words(words)
    if "?this" not in head or "*" in head or _AGGREGATES & {word.upper() for word in head}:
        raise Unknown("the query does not select $this")
    for group in root.walk():
        _check_group(group, group is root)
    is_open = _has_open_type(words) or any(map(_has_open_predicate, root.walk()))
    return None if is_open else iris


def _split_words(text: str, prefixes: dict[str, str]) -> tuple[list[str], frozenset[str]]:
    words: list[str] = []
    iris: set[str] = set()
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup, match[0]
        if kind == "space":
            continue
        if kind == "variable":
            word = f"?{word[1:]}"
        elif kind == "iri":
            iris.add(word)
        elif kind == "name":
            prefix, _, local = word.partition(":")
            if prefix not in prefixes:
                raise Unknown(f"the prefix {prefix} is not declared")
            word = f"<{prefixes[prefix]}{local}>"
            iris.add(word)
        elif kind == "word" and word == "a":
            word = f"<{RDF.type}>"
            iris.add(word)
        words.append(word)
    return words, frozenset(iris)


def _group_words(words: list[str]) -> tuple[list[str], _Group]:
    """The head of a query, and its body as groups within groups."""
    start = words.index("{") if "{" in words else len(words)
    head = words[:start]
    stack: list[_Group] = []
    root: _Group | None = None
    for position in range(start, len(words)):
        word = words[position]
        if word == "{":
            group = _Group(words[position - 1].upper())
            if stack:
                stack[-1].inner.append(group)
                stack[-1].words.append("{}")
            elif root is not None:
                raise Unknown("the query has several bodies")
            root = root or group
            stack.append(group)
        elif word == "}":
            if not stack:
                raise Unknown("the braces do not match")
            stack.pop()
        elif stack:
            stack[-1].words.append(word)
        elif word.upper() not in ("ORDER", "BY", "ASC", "DESC", "(", ")") and not word.startswith("?"):
            raise Unknown("something follows the body of the query")
    if root is None or stack:
        raise Unknown("the braces do not match")
    return head, root


def _check_group(group: _Group, is_root: bool) -> None:
    words = group.words
    speaks = "?this" in words
    if words[:1] and words[0].upper() == "SELECT":
        _check_subquery(group)
        return
    if not speaks and not is_root:
        return
    bound_at_begin = words[:1] == ["?this"] or _begins_bound(group)
    if is_root and not bound_at_begin:
        raise Unknown("the query does not begin with a pattern that binds $this")
    if bound_at_begin:
        return
    if group.lead not in ("EXISTS", "OPTIONAL") or "BIND" in (word.upper() for word in words):
        raise Unknown("a group speaks of $this and does not bind it")


def _begins_bound(group: _Group) -> bool:
    """Whether a group begins with inner groups (a union, or one) that all begin by binding ``$this``."""
    words = [word.upper() for word in group.words]
    count = 0
    while words[:1] == ["{}"]:
        count += 1
        words = words[1:]
        if words[:1] != ["UNION"]:
            break
        words = words[1:]
    firsts = group.inner[:count]
    return count > 0 and all(
        inner.words[:1] == ["?this"]
        or (inner.words[:1] and inner.words[0].upper() == "SELECT" and "?this" in inner.words)
        or _begins_bound(inner)
        for inner in firsts
    )


def _check_subquery(group: _Group) -> None:
    """A subquery that speaks of ``$this`` selects it, groups by it where it groups, and binds it first."""
    words = [word.upper() for word in group.words]
    where = words.index("WHERE") if "WHERE" in words else -1
    body = next(iter(group.inner), None)
    if where < 0 or body is None or len(group.inner) != 1:
        raise Unknown("the subquery is not plain")
    if "?THIS" not in words[:where] or body.words[:1] != ["?this"]:
        raise Unknown("the subquery does not select or bind $this")
    tail = words[where + 2 :]
    if "(" in words[:where] and tail[:3] != ["GROUP", "BY", "?THIS"]:
        raise Unknown("the subquery is not grouped by $this")


def _has_open_type(words: list[str]) -> bool:
    """Whether a type is asked for that the query does not name."""
    name = f"<{RDF.type}>"
    return any(
        word == name and not following.startswith("<")
        for word, following in zip(words, [*words[1:], ""], strict=True)
    )


def _has_open_predicate(group: _Group) -> bool:
    """Whether a triple pattern has a variable as its predicate (in doubt: yes)."""
    depth, place = 0, 0
    if group.words[:1] and group.words[0].upper() == "SELECT":
        return False  # the words of a subquery are no patterns; its body is a group of its own
    for word in group.words:
        depth += (word == "(") - (word == ")")
        if depth:
            continue
        if word in (")", ".", "{}") or word.upper() in ("FILTER", "BIND", "OPTIONAL", "UNION"):
            place = 0
        elif word in (";", ","):
            place = 1 if word == ";" else 2
        elif place == 1 and word.startswith("?") and word != "?":
            return True
        else:
            place += word not in ("/", "|", "^", "+", "*", "?")
    return False
