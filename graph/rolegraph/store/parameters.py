"""The parameters of a named query: their kinds, and how a value given as text becomes a term.

A value is bound to a variable of the query as a whole term; it never becomes part of the query's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.errors import RequestError, UnknownError
from rolegraph.model import codes
from rolegraph.store.prefixes import PREFIXES

if TYPE_CHECKING:
    from rolegraph.store.result import Term
    from rolegraph.store.store import Store


@dataclass(frozen=True, slots=True)
class CodeKind:
    """A kind of code: how it looks, an example, the class of what it names, and the case it is written in."""

    pattern: str
    example: str
    type_name: str
    case: str


CODE_KINDS: Mapping[str, CodeKind] = {
    "function-group": CodeKind(codes.SLUG_PATTERN, "technical-operations", "FunctionGroup", "lower"),
    "function": CodeKind(codes.FUNCTION_PATTERN, "MANUFA", "Function", "upper"),
    "focus": CodeKind(codes.FOCUS_PATTERN, "MANUFA.BIOPROCE4427", "Focus", "upper"),
    "profile": CodeKind(codes.PROFILE_PATTERN, "MANUFA.BIOPROCE4427.M3", "Profile", "upper"),
    "track": CodeKind(codes.TRACK_PATTERN, "M", "Track", "upper"),
    "level": CodeKind(codes.LEVEL_PATTERN, "M3", "Level", "upper"),
    "skill": CodeKind(codes.SLUG_PATTERN, "aseptic-technique", "Skill", "lower"),
    "classification": CodeKind(codes.SLUG_PATTERN, "soc-2018", "Classification", "lower"),
    "occupation": CodeKind(r"^\S(?:.*\S)?$", "51-1011", "Occupation", "given"),
    "edition": CodeKind(codes.EDITION_PATTERN, "structural@1", "Edition", "lower"),
}
"""The kinds of parameter that are codes, compared with ``skos:notation``."""

KINDS = (*CODE_KINDS, "text", "iri")
"""Every kind that a header may name; beside them ``one of A B C``."""

_FEW = 30
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query. ``choices`` are the words it may be, if it is one of some.

    Without a value an optional parameter stays unbound, unless it has a ``default``.
    """

    name: str
    kind: str
    required: bool
    meaning: str
    choices: tuple[str, ...] = ()
    default: str | None = None


def bind_parameters(
    query: str, parameters: tuple[Parameter, ...], given: Mapping[str, str] | Iterable[tuple[str, str]]
) -> dict[str, Term]:
    """The term of every parameter that has a value, by name, in the order of the header.

    ``given`` are names and values as text. Raises RequestError for an unknown, repeated, missing or
    unreadable one.
    """
    pairs = tuple(given.items()) if isinstance(given, Mapping) else tuple(given)
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, str] = {}
    for name, value in pairs:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise RequestError(f"the query {query} has no parameter {name!r}; {takes}")
        if name in values:
            raise RequestError(f"the parameter {name} is given more than once; give it once")
        values[name] = value
    bound: dict[str, Term] = {}
    for parameter in parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            bound[parameter.name] = read_value(parameter, value)
        elif parameter.required:
            raise RequestError(
                f"the query {query} needs the parameter {parameter.name} ({parameter.meaning}); "
                f"add --param {parameter.name}=..."
            )
    return bound


def read_value(parameter: Parameter, text: str) -> Term:
    """The term that ``text`` stands for. Raises RequestError where it is not of the parameter's kind."""
    import pyoxigraph as ox

    if parameter.choices:
        if text.lower() not in parameter.choices:
            raise RequestError(
                f"the parameter {parameter.name} is {text!r}; it may be {', '.join(parameter.choices)}"
            )
        return ox.Literal(text.lower())
    if parameter.kind == "iri":
        if _IRI.fullmatch(text) is None:
            raise RequestError(
                f"the parameter {parameter.name} is {text!r}, which is not an absolute IRI (https://...)"
            )
        return ox.NamedNode(text)
    if parameter.kind == "text":
        if not text.strip():
            raise RequestError(f"the parameter {parameter.name} is empty; give it a text")
        return ox.Literal(text)
    kind = CODE_KINDS[parameter.kind]
    code = {"upper": text.upper(), "lower": text.lower(), "given": text}[kind.case]
    if re.fullmatch(kind.pattern.removeprefix("^").removesuffix("$"), code) is None:
        raise RequestError(
            f"the parameter {parameter.name} is {text!r}, which is not a code of a {parameter.kind} "
            f"(such as {kind.example})"
        )
    return ox.Literal(code)


def check_codes(store: Store, parameters: tuple[Parameter, ...], bound: Mapping[str, Term]) -> None:
    """Raise UnknownError, naming the closest, for a code that nothing of its kind in ``store`` has."""
    import pyoxigraph as ox

    notation = ox.NamedNode(PREFIXES["skos"] + "notation")
    type_of = ox.NamedNode(PREFIXES["rdf"] + "type")
    for parameter in parameters:
        code = bound.get(parameter.name)
        kind = CODE_KINDS.get(parameter.kind)
        if kind is None or not isinstance(code, ox.Literal):
            continue
        engine = store.engine
        owner = ox.NamedNode(PREFIXES["rg"] + kind.type_name)
        named = engine.quads_for_pattern(None, notation, code)
        if any(next(engine.quads_for_pattern(q.subject, type_of, owner), None) for q in named):
            continue
        known = sorted(
            quad.object.value
            for member in engine.quads_for_pattern(None, type_of, owner)
            for quad in engine.quads_for_pattern(member.subject, notation, None)
            if isinstance(quad.object, ox.Literal)
        )
        raise refuse_unknown(parameter.kind, code.value, known)


def refuse_unknown(kind: str, code: str, known: list[str]) -> UnknownError:
    """The error for a code of a kind that the graph does not hold; ``known`` are those that it holds, sorted."""
    if not known:
        return UnknownError(f"there is no {kind} {code}: the graph holds none at all")
    closest = _find_closest(code, known)
    few = f": it has {', '.join(known)}" if not closest and len(known) <= _FEW else ""
    return UnknownError(f"there is no {kind} {code} in the graph{few}", closest)


def _find_closest(code: str, known: list[str]) -> list[str]:
    from rapidfuzz import process

    return [match[0] for match in process.extract(code, known, limit=3, score_cutoff=60)]
