"""What a request may say after the question mark, and what is wrong with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

from rolegraph.web.problems import ProblemError

Form = Literal["text", "integer", "number", "flag"]

LONGEST: Final = 1_000
"""The characters of a value."""
MOST: Final = 20
"""The values of a parameter that may be given several times."""
_FIELDS: Final = 200
_FLAGS: Final[Mapping[str, bool]] = {"true": True, "1": True, "": True, "false": False, "0": False}
_DIGITS: Final = 18
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: the name that requests use, what it means, and what its values may be.

    ``argument`` is the name of the same thing in Python, where it is another; ``least`` and ``greatest`` bound numbers,
    ``longest`` the characters of a text.
    """

    name: str
    help: str
    form: Form = "text"
    argument: str = ""
    required: bool = False
    several: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    greatest: int | None = None
    longest: int = LONGEST
    default: Any = None
    example: Any = None

    @property
    def key(self) -> str:
        """The name in Python."""
        return self.argument or self.name


def read_parameters(
    query: bytes, parameters: Sequence[Parameter], part: tuple[Parameter, str] | None = None
) -> dict[str, Any]:
    """The values of a query string by their names in Python; what is not given has its default, or is left out.

    ``part`` is a parameter that is a part of the path, and its value. Raises ProblemError (400) with everything that is
    wrong.
    """
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, list[str]] = {}
    for name, value in _read_pairs(query):
        given.setdefault(name, []).append(value)
    problems = list(_find_strange(given, known))
    read: dict[str, Any] = {}
    if part is not None:
        named, value = part
        read[named.key] = found_part = _read_value(named, value)
        problems += [found_part.message] if isinstance(found_part, _Wrong) else []
    for parameter in parameters:
        values = given.get(parameter.name, [])
        if not values:
            if parameter.required:
                problems.append(f"{parameter.name} is missing: {parameter.help}")
            elif parameter.default is not None:
                read[parameter.key] = parameter.default
            continue
        found = [_read_value(parameter, value) for value in values]
        wrong = [value for value in found if isinstance(value, _Wrong)]
        problems += [wrong_value.message for wrong_value in wrong]
        if not parameter.several and len(values) > 1:
            problems.append(f"{parameter.name} is given {len(values)} times; give it once")
        elif len(values) > MOST:
            problems.append(f"{parameter.name} is given {len(values)} times; at most {MOST} are read")
        elif not wrong:
            read[parameter.key] = tuple(found) if parameter.several else found[0]
    if problems:
        raise ProblemError(400, "error: " + "; ".join(problems))
    return read


@dataclass(frozen=True, slots=True)
class _Wrong:
    message: str


def _read_pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        text = query.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise ProblemError(400, "error: a parameter of the request is not UTF-8, percent-encoded") from None
    except ValueError:
        raise ProblemError(400, f"error: the request has more than {_FIELDS} parameters") from None


def _find_strange(given: Mapping[str, object], known: Mapping[str, object]) -> Iterator[str]:
    strange = [name[:100] for name in given if name not in known]
    if strange:
        there = f"there are {', '.join(known)}" if known else "there are none here"
        yield f"there is no parameter {', '.join(map(repr, strange[:10]))}; {there}"


def _read_value(parameter: Parameter, value: str) -> Any:
    name = parameter.name
    if len(value) > parameter.longest:
        return _Wrong(f"{name} has {len(value):,} characters; at most {parameter.longest:,} are read")
    if parameter.form == "flag":
        if value.lower() not in _FLAGS:
            return _Wrong(f"{name} is {value[:50]!r}; give true or false")
        return _FLAGS[value.lower()]
    if parameter.form == "integer":
        return _read_integer(parameter, value)
    if parameter.form == "number":
        return _read_number(parameter, value)
    if "\0" in value:
        return _Wrong(f"{name} holds a character that no name has (U+0000)")
    if not value.strip():
        return _Wrong(f"{name} is empty; give a value, or leave it out")
    if parameter.choices and value not in parameter.choices:
        return _Wrong(f"{name} is {value[:50]!r}; choose {', '.join(parameter.choices)}")
    return value


def _read_integer(parameter: Parameter, value: str) -> Any:
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        return _Wrong(f"{parameter.name} is {value[:50]!r}; give a whole number")
    if len(digits) > _DIGITS:
        return _Wrong(f"{parameter.name} is too large")
    number = int(value)
    least, greatest = parameter.least, parameter.greatest
    if (least is not None and number < least) or (greatest is not None and number > greatest):
        return _Wrong(f"{parameter.name} is {number}; give a number from {least} to {greatest}")
    return number


def _read_number(parameter: Parameter, value: str) -> Any:
    number = Decimal(value) if _NUMBER.fullmatch(value) else Decimal("NaN")
    # What is far out of any range would take long to be spelt out.
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        return _Wrong(f"{parameter.name} is {value[:50]!r}; give a number such as {parameter.example}")
    return number
