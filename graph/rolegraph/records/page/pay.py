"""Market pay: ``$118k ($93k$150k)``, whose dash is lost, and the ways in which it may be written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from rolegraph.model.roles import Pay
from rolegraph.records.currencies import COMMON_CURRENCIES, CURRENCIES_BY_SIGN
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line

_SCALES: Final = {"": 0, "k": 3, "K": 3, "m": 6, "M": 6}
_HEADING: Final = re.compile(r"Market pay(?:\s*\(median\))?:?(?P<mark>[\s·(]*inherited\b.*)?", re.IGNORECASE)
_SIGN: Final = r"(?:[A-Z]{1,2}\$|[$€£₹]|[A-Z]{3})"
_DIGITS: Final = r"\d{1,3}(?:[,’']\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?"
_AMOUNT: Final = (
    rf"(?P<NAME_sign>{_SIGN})?\s?(?P<NAME>{_DIGITS})\s?(?P<NAME_scale>[kKmM](?![a-z]))?"
    r"(?:\s?(?P<NAME_code>[A-Z]{3}|€)(?![A-Za-z]))?"
)
_WHOLE: Final = re.compile(
    _AMOUNT.replace("NAME", "median")
    + rf"(?:\s*[(\[]\s*{_AMOUNT.replace('NAME', 'low')}\s*(?:[—–-]|\bto\b)?\s*{_AMOUNT.replace('NAME', 'high')}\s*[)\]])?"
    + r"(?P<rest>.*)"
)
_PERIODS: Final = (
    (re.compile(r"(?:/|per|a)\s*(?:year|yr|annum)\.?|p\.\s?a\.|annual(?:ly)?|yearly", re.IGNORECASE), "P1Y"),
    (re.compile(r"(?:/|per|a)\s*(?:month|mo)\.?|monthly", re.IGNORECASE), "P1M"),
)  # fmt: skip
_INHERITED: Final = re.compile(r"\binherited\b(?:\s+from\s+(?:the\s+)?function)?", re.IGNORECASE)
_NOTHING: Final = re.compile(
    r"[—–-]|n/?a|none|not (?:available|stated|known).*|no market pay.*", re.IGNORECASE
)
_REMEDY: Final = "write it like $118k ($93k–$150k)"


def is_pay_heading(text: str) -> bool:
    """Whether a line is the name of the market pay."""
    return _HEADING.fullmatch(text) is not None


def read_pay(line: Line, marks: str, draft: Draft) -> None:
    """Reads the pay of a line; ``marks`` is what stands around it, where it may be said to be inherited."""
    text = line.text
    if _NOTHING.fullmatch(text):
        return
    inherited = _INHERITED.search(text) is not None or _INHERITED.search(marks) is not None
    match = _WHOLE.fullmatch(_INHERITED.sub(" ", text).replace("()", " ").strip())
    values = _read_figures(match) if match else None
    if match is None or values is None:
        draft.refuse("page-pay", f"the pay {shorten(text)} is not understood", line.number, _REMEDY)
        return
    if isinstance(values, str):
        draft.refuse("page-pay", f"the pay {shorten(text)}: {values}", line.number, _REMEDY)
        return
    pay = draft.make(Pay, line.number, **values, inherited=inherited)
    if pay is not None:
        draft.facts.pay = Said(pay, line.number)


def _read_figures(match: re.Match[str]) -> dict[str, Any] | str | None:
    """The fields of the pay, or the reason why they are not certain; None where something is left over."""
    period = match["rest"].strip(" ·,()")
    duration = next((code for pattern, code in _PERIODS if pattern.fullmatch(period)), None)
    if period and duration is None:
        return None
    names = [name for name in ("low", "median", "high") if match[name]]
    signs = {sign for name in names for sign in (match[f"{name}_sign"], match[f"{name}_code"]) if sign}
    currencies = {_find_currency(sign) for sign in signs}
    if "" in currencies or not currencies:
        return "its currency is not known"
    if len(currencies) > 1:
        return "it names several currencies"
    scales = {match[f"{name}_scale"] or "" for name in names}
    if "" in scales and len(scales) > 1 and any(_is_bare(match, name) for name in names):
        return "some of its figures are in thousands and others are not"
    values: dict[str, Any] = {name: _scale(match[name], match[f"{name}_scale"] or "") for name in names}
    if any(re.fullmatch(r"\d{1,3}\.\d{3}", match[name]) and not match[f"{name}_scale"] for name in names):
        return "a point before three digits may stand for thousands"
    # A sign of several currencies is read as that of the likeliest, which is then our word.
    unsure = all(len(CURRENCIES_BY_SIGN.get(sign, ())) > 1 for sign in signs)
    assigned = [*(["currency"] if unsure else []), *(["duration"] if duration is None else [])]
    return values | {
        "currency": currencies.pop(), "duration": duration or "P1Y", "assigned": tuple(assigned),
    }  # fmt: skip


def _find_currency(sign: str) -> str:
    """The likeliest currency of a sign, or a code itself; empty where it is neither."""
    return CURRENCIES_BY_SIGN.get(sign, (sign if sign in COMMON_CURRENCIES else "",))[0]


def _is_bare(match: re.Match[str], name: str) -> bool:
    """Whether a figure has no sign for thousands and no thousands of its own."""
    return not match[f"{name}_scale"] and len(re.sub(r"\D", "", match[name].partition(".")[0])) < 4


def _scale(digits: str, sign: str) -> Decimal:
    """The number, with no more digits than it needs.

    >>> _scale("118.5", "k"), _scale("93,000", "")
    (Decimal('118500'), Decimal('93000'))
    """
    number = Decimal(re.sub("[,’']", "", digits))
    if not _SCALES[sign]:
        return number
    scaled = number * Decimal(10) ** _SCALES[sign]
    whole = scaled.to_integral_value()
    return whole if whole == scaled else scaled.normalize()
