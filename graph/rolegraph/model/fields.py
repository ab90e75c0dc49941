"""The types of the fields of records: texts, labels, codes, numbers, days, IRIs.

A value that does not fit is refused with an error whose type is a short stable rule name and whose context
holds the ``reason`` and the ``remedy`` in plain words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from rolegraph.model import codes

_CONTROL = re.compile(codes.CONTROL_PATTERN)
_LINE_END = re.compile("[\n\u2028\u2029]")
_BEYOND_ASCII = r"\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd"
_HOST = rf"(?:[!$&-.0-9;=A-Z_a-z~{_BEYOND_ASCII}]|%[0-9A-Fa-f]{{2}})+(?::[0-9]+)?(?![^/?#])"
_REST = rf"(?:[!$&-;=?-Z_a-z~{_BEYOND_ASCII}]|%[0-9A-Fa-f]{{2}})*"
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{_HOST}|(?!//)){_REST}(?:#{_REST})?")


def refuse(rule: str, reason: str, remedy: str) -> PydanticCustomError:
    """The error to raise where a value or a record does not hold."""
    return PydanticCustomError(rule, "{reason}", {"reason": reason, "remedy": remedy})


def _check_text(text: str) -> str:
    if text != text.strip():
        raise refuse("text-padded", "the text begins or ends with white space", "remove it")
    if not text:
        raise refuse("value-empty", "the text is empty", "give a text, or leave the key out")
    if found := _CONTROL.search(text):
        raise refuse("text-control", f"the text holds {codes.name_control(found[0])}", "remove it")
    if not unicodedata.is_normalized("NFC", text):
        raise refuse(
            "text-form", "the text is not in Unicode normal form C",
            f"write {_name_first_change(text)}, or convert the file to NFC",
        )  # fmt: skip
    return text


def _name_first_change(text: str) -> str:
    """The first character that normal form C changes, with its letters as they should be."""
    normal = unicodedata.normalize("NFC", text)
    at = next((i for i, (a, b) in enumerate(zip(text, normal, strict=False)) if a != b), len(normal) - 1)
    return f"{normal[at]} as U+{ord(normal[at]):04X}"


def _check_line(text: str) -> str:
    if _LINE_END.search(text):
        raise refuse("label-lines", "the label has more than one line", "write it on one line")
    return text


def sort_distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values in their order by code point; refused where one is there twice."""
    if repeated := find_repeated(values):
        raise refuse("value-repeated", f"given more than once: {', '.join(repeated)}", "keep one")
    return tuple(sorted(values))


def find_repeated(values: Sequence[str]) -> list[str]:
    """What is there more than once, sorted."""
    if len(set(values)) == len(values):
        return []
    return sorted({value for value in values if values.count(value) > 1})


def _check_finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise refuse("value-wrong", "the number is not finite", "write digits")
    return value


def _check_iri(value: str) -> str:
    if not _IRI.fullmatch(value):
        raise refuse(
            "value-wrong", "not an absolute IRI",
            "write one such as https://example.org/, other characters percent-encoded",
        )  # fmt: skip
    return value


def _check_day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise refuse(
            "value-wrong", f"the calendar has no day {value}", "write YYYY-MM-DD, such as 2025-07-30"
        ) from None
    return value


Text = Annotated[str, AfterValidator(_check_text)]
Label = Annotated[str, AfterValidator(_check_text), AfterValidator(_check_line)]
Labels = Annotated[tuple[Label, ...], AfterValidator(sort_distinct)]
Texts = Annotated[tuple[Text, ...], AfterValidator(sort_distinct)]
Iri = Annotated[str, AfterValidator(_check_iri)]
Number = Annotated[Decimal, AfterValidator(_check_finite)]
Years = Annotated[Number, Field(ge=0, le=80)]
Amount = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Day = Annotated[str, StringConstraints(pattern=codes.DAY_PATTERN), AfterValidator(_check_day)]
Language = Annotated[str, StringConstraints(pattern=codes.LANGUAGE_PATTERN)]
Currency = Annotated[str, StringConstraints(pattern=codes.CURRENCY_PATTERN)]
Duration = Annotated[str, StringConstraints(pattern=codes.DURATION_PATTERN)]
OnetCode = Annotated[str, StringConstraints(pattern=codes.ONET_PATTERN)]
TermName = Annotated[str, StringConstraints(pattern=codes.TERM_PATTERN)]
Slug = Annotated[str, StringConstraints(pattern=codes.SLUG_PATTERN)]
PartId = Annotated[str, StringConstraints(pattern=codes.ID_PATTERN)]
TrackCode = Annotated[str, StringConstraints(pattern=codes.TRACK_PATTERN)]
LevelCode = Annotated[str, StringConstraints(pattern=codes.LEVEL_PATTERN)]
FunctionCode = Annotated[str, StringConstraints(pattern=codes.FUNCTION_PATTERN)]
FocusCode = Annotated[str, StringConstraints(pattern=codes.FOCUS_PATTERN)]
ProfileCode = Annotated[str, StringConstraints(pattern=codes.PROFILE_PATTERN)]
EditionCode = Annotated[str, StringConstraints(pattern=codes.EDITION_PATTERN)]
