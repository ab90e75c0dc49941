"""The comment header of a named query: what it is for, what it takes, how it is asked.

A header is the run of comment lines at the top of a ``.rq`` file, in this order; a line that begins with
``#   `` (three blanks or more) continues the one above it::

    # title: Profiles at a level
    # purpose: Every profile that stands at one level, across functions.
    # parameter: level (level, required): the level, such as M3
    # parameter: criterion (one of knowledge complexity, default knowledge): the row
    # example: rolegraph query profiles-by-level --param level=M3

A parameter is ``NAME (KIND, required | optional | default VALUE): MEANING``; its kinds are those of
``parameters``. Its name is the variable of the query that its value is bound to.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from rolegraph.errors import InputError, Place, Problem, RequestError
from rolegraph.store.parameters import KINDS, Parameter, bind_parameters, read_value

_KEYS = ("title", "purpose", "parameter", "example")
_FIELD = re.compile(r"# ([a-z]+): (\S.*)")
_MORE = re.compile(r"# {3,}(\S.*)")
_PARAMETER = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*) \((?P<kind>[^(),]+), (?P<need>required|optional|default (?P<default>[^()]+))\)"
    r": (?P<meaning>\S.*)"
)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of ``queries/`` with what its header says. ``text`` is the whole file."""

    name: str
    title: str
    purpose: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str


def parse_query(name: str, text: str) -> NamedQuery:
    """The named query of the file ``name.rq``. Raises InputError with every problem of its header."""
    problems: list[Problem] = []
    place = f"queries/{name}.rq"

    def report(rule: str, message: str, line: int, remedy: str) -> None:
        problems.append(Problem(rule, message, Place(place, line), "header", remedy))

    fields: dict[str, list[tuple[int, str]]] = {key: [] for key in _KEYS}
    last = ""
    for line, key, value in _read_fields(text):
        if key not in fields:
            report(
                "header-line",
                f"{value!r} is not a line of a header",
                line,
                f"begin it with one of {', '.join(_KEYS)}",
            )
            continue
        if last and _KEYS.index(key) < _KEYS.index(last):
            report("header-order", f"{key} stands after {last}", line, f"keep the order {', '.join(_KEYS)}")
        if key != "parameter" and fields[key]:
            report("header-repeated", f"{key} is given twice", line, "keep one")
        fields[key].append((line, value))
        last = key
    for key in ("title", "purpose", "example"):
        if not fields[key]:
            report("header-missing", f"there is no {key}", 1, f"add a line # {key}: ...")
    parameters: list[Parameter] = []
    for line, value in fields["parameter"]:
        try:
            parameter = _parse_parameter(value)
            if parameter.name in {known.name for known in parameters}:
                raise RequestError(f"the parameter {parameter.name} is described twice")
            if not re.search(rf"[?$]{parameter.name}\b", _strip_header(text)):
                raise RequestError(f"the query does not use its parameter ?{parameter.name}")
            parameters.append(parameter)
        except RequestError as error:
            report("header-parameter", str(error), line, "write NAME (KIND, required): MEANING")
    example = ""
    if fields["example"] and not problems:
        line, example = fields["example"][0]
        try:
            read_example(name, tuple(parameters), example)
        except RequestError as error:
            report("header-example", str(error), line, f"write rolegraph query {name} --param NAME=VALUE")
    if problems:
        raise InputError(problems)
    return NamedQuery(name, fields["title"][0][1], fields["purpose"][0][1], tuple(parameters), example, text)


def read_example(name: str, parameters: tuple[Parameter, ...], example: str) -> dict[str, str]:
    """The parameters that the example gives, as text. Raises RequestError where it does not ask this query."""
    try:
        words = shlex.split(example)
    except ValueError as error:
        raise RequestError(f"the example cannot be read: {error}") from None
    if words[:3] != ["rolegraph", "query", name]:
        raise RequestError(f"the example does not begin with rolegraph query {name}")
    rest = words[3:]
    flags, pairs = rest[::2], rest[1::2]
    if len(flags) != len(pairs) or set(flags) - {"--param"} or any("=" not in pair for pair in pairs):
        raise RequestError("the example has something else than --param NAME=VALUE")
    given = [(pair.partition("=")[0], pair.partition("=")[2]) for pair in pairs]
    bind_parameters(name, parameters, given)
    return dict(given)


def _read_fields(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, key and value of every field of the header; with an empty key where a line is no field."""
    line, key, value = 0, "", ""
    for number, content in enumerate(text.splitlines(), 1):
        if not content.startswith("#"):
            break
        if (more := _MORE.fullmatch(content)) and line:
            value = f"{value} {more[1]}"
            continue
        if line:
            yield line, key, value
        match = _FIELD.fullmatch(content)
        line, key, value = (number, match[1], match[2]) if match else (number, "", content)
    if line:
        yield line, key, value


def _strip_header(text: str) -> str:
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "\n".join(line for line in lines[start:] if not line.lstrip().startswith("#"))


def _parse_parameter(value: str) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if match is None:
        raise RequestError(f"{value!r} does not describe a parameter")
    kind = match["kind"]
    choices: tuple[str, ...] = ()
    if kind.startswith("one of "):
        kind, choices = "choice", tuple(kind.split()[2:])
        if len(choices) < 2 or len(set(choices)) != len(choices):
            raise RequestError(f"{match['name']} is one of fewer than two different words")
    elif kind not in KINDS:
        raise RequestError(f"there is no kind {kind!r}; the kinds are {', '.join(KINDS)}, one of WORD WORD")
    parameter = Parameter(
        match["name"], kind, match["need"] == "required", match["meaning"], choices, match["default"]
    )
    if parameter.default is not None:
        read_value(parameter, parameter.default)
    return parameter
