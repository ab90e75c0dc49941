"""The signs that stand beside amounts, and the currencies that they may mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_DOLLARS: Final = (
    "USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD UYU"
    " XCD"
)
CURRENCIES_BY_SIGN: Final[Mapping[str, tuple[str, ...]]] = {
    sign: tuple(codes.split())
    for sign, codes in {
        "$": _DOLLARS, "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD NIO", "CA$": "CAD", "HK$": "HKD",
        "MX$": "MXN", "NT$": "TWD", "NZ$": "NZD", "R$": "BRL", "S$": "SGD", "SG$": "SGD",
        "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP", "€": "EUR", "¥": "JPY CNY", "₩": "KRW KPW", "₹": "INR",
        "₺": "TRY", "₽": "RUB", "₪": "ILS", "₱": "PHP", "₫": "VND", "฿": "THB", "₴": "UAH", "₦": "NGN",
        "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "kr": "SEK DKK ISK NOK", "Fr.": "CHF", "R": "ZAR",
    }.items()
}  # fmt: skip
"""The currencies that use a sign, the likeliest first."""

COMMON_CURRENCIES: Final = frozenset(
    {
        "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW",
        "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "VND", "ZAR",
    }
)  # fmt: skip
"""Codes that are taken for currencies wherever they stand; others may be any word of three capital letters."""
