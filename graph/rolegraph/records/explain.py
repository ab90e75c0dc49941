"""What is wrong with a value, in plain words: the rule, the reason and the remedy."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.model import codes
from rolegraph.records.document import Document, describe, quote
from rolegraph.records.forms import FieldForm, RecordForm

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


class Complaint(NamedTuple):
    """The parts of a problem that do not depend on its place."""

    rule: str
    message: str
    remedy: str


PATTERN_WORDS: Final = {
    codes.SLUG_PATTERN: (
        "a short name", "write lower-case letters, digits and single hyphens, such as aseptic-technique"
    ),
    codes.ID_PATTERN: ("an id", "write up to 64 lower-case letters, digits and hyphens, such as 5c1d2f60"),
    codes.TRACK_PATTERN: ("the code of a track", "write one to four capital letters, such as M"),
    codes.LEVEL_PATTERN: ("the code of a level", "write a track and a rank, such as M3"),
    codes.FUNCTION_PATTERN: (
        "the code of a function", "write up to 32 capital letters, digits, - and _, a letter first, such as MANUFA"
    ),
    codes.FOCUS_PATTERN: ("the code of a focus", "write FUNCTION.FOCUS, such as MANUFA.BIOPROCE4427"),
    codes.PROFILE_PATTERN: ("the code of a profile", "write FUNCTION.FOCUS.LEVEL, such as MANUFA.BIOPROCE4427.M3"),
    codes.EDITION_PATTERN: ("the code of an edition", "write a name, @ and a number, such as structural@1"),
    codes.RELEASE_PATTERN: ("the code of a release", "write its family and version, such as onet-29.0"),
    codes.DIGEST_PATTERN: (
        "a SHA-256",
        f"write its 64 hexadecimal digits, such as {'0' * 64}",
    ),
    codes.DAY_PATTERN: ("a day", "write YYYY-MM-DD, such as 2025-07-30"),
    codes.LANGUAGE_PATTERN: ("a language tag", "write one such as en or pt-BR"),
    codes.CURRENCY_PATTERN: ("a currency", "write the three capital letters of ISO 4217, such as USD"),
    codes.DURATION_PATTERN: ("a duration", "write an ISO 8601 duration in years, months, weeks or days: P1Y"),
    codes.ONET_PATTERN: ("an O*NET-SOC code", "write it like 17-2031.00"),
    codes.TERM_PATTERN: ("a term", "write its local name, such as UnspecifiedMatching"),
}  # fmt: skip
"""What a pattern stands for, and how to satisfy it."""

SCALAR_WORDS: Final = {
    "count": ("a whole number", "write digits alone, such as 8"),
    "number": ("a number", "write digits, with a point where needed, such as 93000 or 4.5"),
    "flag": ("true or false", "write true or false"),
}

MAX_DIGITS: Final = 30
"""Longer numbers are a mistake; the limit keeps arithmetic exact and quick."""

_COUNT = re.compile(rf"[0-9]{{1,{MAX_DIGITS}}}")
_NUMBER = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{1,{MAX_DIGITS}}})?")


def parse_count(text: str) -> int | None:
    """The whole number that ASCII digits write; None where the text is none."""
    return int(text) if _COUNT.fullmatch(text) else None


def parse_number(text: str) -> Decimal | None:
    """The number, with all its digits; None where the text is none (``1e5``, ``1_000``, ``NaN``)."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def find_closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like ``word``; None where none is like it.

    >>> find_closest("reponsibilities", ["review", "responsibilities"])
    'responsibilities'
    """
    from rapidfuzz import fuzz, process

    best = process.extractOne(word.lower(), sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else None


def refuse_key(key: str, form: RecordForm, taken: Iterable[str]) -> Complaint:
    """An unknown key of a record. ``taken`` are the keys that are there already and hardly meant."""
    return refuse_section(key, tuple(form.fields), taken)


def refuse_section(key: str, known: Sequence[str], taken: Iterable[str]) -> Complaint:
    """An unknown key, where ``known`` are the ones that there are."""
    closest = find_closest(key, set(known) - set(taken))
    remedy = f"did you mean {closest}?" if closest else f"the keys are {', '.join(known)}"
    return Complaint("key-unknown", f"there is no key {quote(key)} here", remedy)


def refuse_absence(key: str, form: RecordForm) -> Complaint:
    """A required key that is not there."""
    return Complaint("key-missing", f"{key} is missing", f"add {key}: {hint_value(form.fields[key])}")


def refuse_scalar(field: FieldForm, value: Document) -> Complaint:
    """A value that is not what its field takes, or not a text at all."""
    if value == "":
        return Complaint("value-empty", "the value is empty", "give a value, or leave the key out")
    if value is None:
        return Complaint("value-empty", "the value is null", "give a value, or leave the key out")
    if isinstance(value, list | dict):
        wanted = SCALAR_WORDS.get(field.scalar, ("a text", ""))[0]
        return Complaint("value-wrong", f"{describe(value)} stands where {wanted} is expected",
                         f"write {_hint_scalar(field)}")  # fmt: skip
    if not isinstance(value, str):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return Complaint("value-wrong", f"{describe(value)} is not a text", f'write it in quotes: "{shown}"')
    if field.scalar == "choice":
        return _refuse_choice(field.choices, value)
    wanted, remedy = SCALAR_WORDS[field.scalar]
    if len(value) > MAX_DIGITS:
        remedy += f", no more than {MAX_DIGITS}"
    return Complaint("value-wrong", f"{quote(value)} is not {wanted}", remedy)


def _refuse_choice(choices: tuple[str, ...], value: str) -> Complaint:
    closest = find_closest(value, choices)
    known = ", ".join(choices)
    remedy = f"did you mean {closest}? it is one of {known}" if closest else f"write one of {known}"
    return Complaint("value-wrong", f"{quote(value)} is not known here", remedy)


def refuse_shape(value: Document, wanted: str, remedy: str) -> Complaint:
    """A list where a mapping is expected, and the like."""
    rule = "value-empty" if value is None else "value-wrong"
    return Complaint(rule, f"{describe(value)} stands where {wanted} is expected", remedy)


def hint_mapping(form: RecordForm, given: Container[str] = ()) -> str:
    """How the mapping of a record is written, less the fields that are given elsewhere."""
    keys = [key for key in form.required or tuple(form.fields)[:1] if form.fields[key].name not in given]
    if not keys:
        return "write a mapping, {} where there is nothing to say"
    return "write a mapping: {" + ", ".join(f"{key}: {hint_value(form.fields[key])}" for key in keys) + "}"


def hint_value(field: FieldForm) -> str:
    """A stand-in for the value of a field."""
    if field.shape in ("texts", "listed"):
        return "[...]"
    if field.shape in ("keyed", "record"):
        return "{...}"
    return _hint_scalar(field)


def _hint_scalar(field: FieldForm) -> str:
    if field.choices:
        return " or ".join(field.choices)
    return {"text": "TEXT", "count": "NUMBER", "number": "NUMBER", "flag": "true or false"}[field.scalar]


def explain_errors(error: ValidationError) -> Iterator[tuple[tuple[int | str, ...], Complaint]]:
    """The complaints of the model about a record, each with the path of what it refuses."""
    return ((item["loc"], explain_error(item)) for item in error.errors(include_url=False))


def explain_error(error: ErrorDetails) -> Complaint:
    """A complaint of the model, from pydantic's account of it."""
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    if "reason" in context and "remedy" in context:
        return Complaint(kind, context["reason"], context["remedy"])
    if kind == "string_pattern_mismatch":
        return explain_pattern(str(value), context["pattern"])
    if kind == "greater_than_equal":
        return Complaint(
            "value-wrong", f"{value} is less than {context['ge']}", f"give at least {context['ge']}"
        )
    if kind == "less_than_equal":
        return Complaint(
            "value-wrong", f"{value} is more than {context['le']}", f"give at most {context['le']}"
        )
    if kind == "string_unicode":
        return Complaint(
            "text-control", "the text holds half of a surrogate pair", "write the whole character"
        )
    return Complaint("value-wrong", str(error["msg"]), "correct the value")


def explain_pattern(value: str, pattern: str) -> Complaint:
    """A code or another value that does not look as it should; nearly right ones are put right."""
    wanted, remedy = PATTERN_WORDS.get(pattern, ("a value of this kind", f"it must match {pattern}"))
    for other in (value.upper(), value.lower(), re.sub(r"[\W_]+", "-", value.lower()).strip("-")):
        if re.fullmatch(pattern, other):
            remedy = f"did you mean {other}?"
            break
    return Complaint("value-wrong", f"{quote(value)} is not {wanted}", remedy)
