"""Texts of amounts -> numbers, and the currencies that a sign or code beside an amount may mean."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from rolegraph.records.currencies import CURRENCIES_BY_SIGN

Mark = Literal["point", "comma"]
"""What stands before the decimals of an amount."""

_SIGN: Final = "|".join([*map(re.escape, sorted(CURRENCIES_BY_SIGN, key=len, reverse=True)), "[A-Z]{3}"])


def _compile(grouping: str, decimal: str) -> re.Pattern[str]:
    digits = rf"[0-9]{{1,3}}(?P<mark>[{grouping}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*|[0-9]{{1,30}}"
    amount = rf"(?P<digits>{digits})(?P<rest>{re.escape(decimal)}[0-9]{{1,30}})?"
    return re.compile(rf"(?:(?P<before>{_SIGN})\s?)?{amount}(?:\s?(?P<after>{_SIGN}))?")


_FORMS: Final = {"point": _compile(",\\ ’'", "."), "comma": _compile(".\\ ’'", ",")}
_TWO_WAYS: Final = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_PLAIN: Final = re.compile(r"[0-9]{1,30}\.[0-9]{1,30}")


def parse_figure(text: str, decimal: Mark = "point") -> Decimal | None:
    """The amount that a text writes, thousands apart or not, a sign or code of a currency beside it or not.

    ``decimal`` stands before the decimals. None where the text is no amount, or could be read in two ways
    (``45.000``, and ``45,000`` where commas stand before decimals).

    >>> parse_figure("£45,000"), parse_figure("45000.50"), parse_figure("45.000"), parse_figure("45k")
    (Decimal('45000'), Decimal('45000.50'), None, None)
    >>> parse_figure("42.500,00 €", "comma"), parse_figure("42 500,00", "comma"), parse_figure("45,000", "comma")
    (Decimal('42500.00'), Decimal('42500.00'), None)
    """
    match = _FORMS[decimal].fullmatch(text)
    if match is None or (match["before"] and match["after"]):
        return None
    digits, rest = re.sub("[^0-9]", "", match["digits"]), (match["rest"] or "").replace(",", ".")
    if len(rest) == 4 and len(digits) <= 3:
        return None
    return Decimal(digits + rest)


def find_currencies(text: str) -> tuple[str, ...]:
    """The currencies that the sign or code beside an amount may mean, the likeliest first; none without a sign.

    >>> find_currencies("€40,000"), find_currencies("USD 5"), find_currencies("5 kr"), find_currencies("5")
    (('EUR',), ('USD',), ('SEK', 'DKK', 'ISK', 'NOK'), ())
    """
    if text.isascii() and text.isdigit():
        return ()
    for form in _FORMS.values():
        match = form.fullmatch(text)
        sign = (match["before"] or match["after"]) if match is not None else None
        if sign:
            return CURRENCIES_BY_SIGN.get(sign, (sign,))
    return ()


def reads_in_two_ways(text: str) -> bool:
    """Whether the point of a text may stand before decimals or between thousands.

    >>> reads_in_two_ways("45.125"), reads_in_two_ways("45.5"), reads_in_two_ways("1000.125")
    (True, False, False)
    """
    return _TWO_WAYS.fullmatch(text) is not None


def parse_number(text: str) -> Decimal | None:
    """The number of a cell that holds a number with decimals, as workbooks are read; None for other texts.

    >>> parse_number("42500.5"), parse_number("42.500,00")
    (Decimal('42500.5'), None)
    """
    return Decimal(text) if _PLAIN.fullmatch(text) else None
