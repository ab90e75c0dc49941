"""Amounts, currencies and days of tables: how they may be written, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rolegraph.records.table.compose import TableHarvest
from table_samples import harvest, list_rules, make_csv, make_xlsx

MAPPING = """
sheets:
  Roles:
    columns: {function: F, focus: C, level: L, pay_median: M, currency: Q, pay_effective: D}
"""


def read_pay(median: Any, currency: str = "EUR", day: Any = "2025-07-01", more: str = "") -> TableHarvest:
    rows = [["F", "C", "L", "M", "Q", "D"], ["A", "B", "P1", median, currency, day]]
    return harvest(make_xlsx({"Roles": rows}), MAPPING + more)


def find_median(found: TableHarvest) -> Decimal | None:
    assert found.problems == ()
    pay = found.intake.focuses[0].profiles[0].pay
    assert pay is not None
    return pay.median


def find_day(found: TableHarvest) -> str | None:
    assert found.problems == ()
    pay = found.intake.focuses[0].profiles[0].pay
    assert pay is not None
    return pay.effective


@pytest.mark.parametrize(
    ("text", "currency", "message"),
    [
        ("€40,000", "USD", "'€40,000' is in EUR, and the currency of the row is USD"),
        ("USD 5", "GBP", "'USD 5' is in USD, and the currency of the row is GBP"),
        ("5 USD", "GBP", "'5 USD' is in USD, and the currency of the row is GBP"),
        ("60 000 €", "CHF", "'60 000 €' is in EUR, and the currency of the row is CHF"),
        ("£60,000.00", "USD", "'£60,000.00' bears the sign of GBP and others, and the currency of the row is USD"),
        ("$5", "EUR", "'$5' bears the sign of USD and others, and the currency of the row is EUR"),
        ("US$ 5", "CAD", "'US$ 5' is in USD, and the currency of the row is CAD"),
    ],
)  # fmt: skip
def test_sign_that_contradicts_the_currency_of_the_row_is_refused(
    text: str, currency: str, message: str
) -> None:
    found = read_pay(text, currency)
    assert [str(problem) for problem in found.problems] == [
        f"roles.xlsx Roles!D2 A.BB97C.levels.P1.pay.median: {message}; correct the amount, or the currency [currency-differs]"
    ]


@pytest.mark.parametrize(
    ("text", "currency"),
    [("€5", "EUR"), ("$5", "CAD"), ("$5", "USD"), ("£5", "GBP"), ("5 kr", "SEK"), ("EUR 5", "EUR"), ("5", "JPY")],
)  # fmt: skip
def test_sign_that_fits_the_currency_of_the_row_is_read(text: str, currency: str) -> None:
    assert find_median(read_pay(text, currency)) == 5


def test_every_row_with_a_wrong_sign_is_told() -> None:
    rows = [["F", "C", "L", "M", "Q", "D"], *(["A", "B", f"P{n}", "€5", "USD", ""] for n in (1, 2))]
    assert list_rules(harvest(make_csv(rows), MAPPING)) == ["currency-differs"] * 2


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("42.500,00", "42500.00"), ("42 500,00", "42500.00"), ("1.042.500", "1042500"), ("42500,5", "42500.5"),
        ("42500", "42500"), ("42.500,00 €", "42500.00"), ("70.000", "70000"),
    ],
)  # fmt: skip
def test_decimal_comma_is_read_where_the_mapping_says_so(text: str, amount: str) -> None:
    assert str(find_median(read_pay(text, more="decimal: comma\n"))) == amount


@pytest.mark.parametrize("text", ["42,500", "42,500.00", "1.2345,0", "12.34"])
def test_point_is_no_decimal_mark_where_commas_are(text: str) -> None:
    found = harvest(
        make_csv([["F", "C", "L", "M", "Q", "D"], ["A", "B", "P1", text, "EUR", ""]]),
        MAPPING + "decimal: comma\n",
    )
    assert f"{text!r} is no amount; write digits, with points between thousands" in str(found.problems[0])


@pytest.mark.parametrize("decimal", ["point", "comma"])
@pytest.mark.parametrize("amount", [42500.5, 45.125, 1234.5678, 0.5, 70000])
def test_numbers_of_a_workbook_are_what_they_are(decimal: str, amount: float) -> None:
    assert find_median(read_pay(amount, more=f"decimal: {decimal}\n")) == Decimal(str(amount))


def test_equal_texts_and_numbers_of_a_workbook_are_told_apart() -> None:
    rows = [
        ["F", "C", "L", "M", "Q", "D"],
        ["A", "B", "P1", "45.125", "EUR"],
        ["A", "B", "P2", 45.125, "EUR"],
    ]
    found = harvest(make_xlsx({"Roles": rows}), MAPPING + "decimal: comma\n")
    amounts = [profile.pay and profile.pay.median for profile in found.intake.focuses[0].profiles]
    assert amounts == [Decimal(45125), Decimal("45.125")]


def test_refused_amount_names_the_key_for_commas() -> None:
    assert "where commas stand before decimals, write decimal: comma" in str(
        read_pay("42.500,00").problems[0]
    )


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("01.07.2025", "day-first", "2025-07-01"), ("1/7/2025", "day-first", "2025-07-01"),
        ("01/07/2025", "month-first", "2025-01-07"), ("1. 7. 2025", "day-first", "2025-07-01"),
        ("1 July 2025", None, "2025-07-01"), ("July 1st, 2025", None, "2025-07-01"), ("01-Jul-2025", None, "2025-07-01"),
        ("2025-07-01", "month-first", "2025-07-01"),
    ],
)  # fmt: skip
def test_days_are_read_in_the_order_of_the_mapping(text: str, order: str | None, day: str) -> None:
    assert find_day(read_pay("5", day=text, more=f"dates: {order}\n" if order else "")) == day


@pytest.mark.parametrize(
    ("text", "order", "remedy"),
    [
        ("01/07/2025", "", "write YYYY-MM-DD, or say in the mapping what stands first: dates: day-first, or month-first"),
        ("31/12/2025", "month-first", "write YYYY-MM-DD; the mapping says dates: month-first"),
        ("01.07.25", "day-first", "write YYYY-MM-DD; the mapping says dates: day-first"),
        ("31 June 2025", "", "write YYYY-MM-DD, or say"),
        ("1 Juli 2025", "", "write YYYY-MM-DD, or say"),
    ],
)  # fmt: skip
def test_day_that_could_be_another_one_is_refused(text: str, order: str, remedy: str) -> None:
    found = read_pay("5", day=text, more=f"dates: {order}\n" if order else "")
    assert f"{text!r} is not a day; {remedy}" in str(found.problems[0])
    assert list_rules(found) == ["value-wrong"]


BANDS = """
sheets:
  Jobs:
    columns: {function: F, focus: C, level: L, job_code: J}
  Bands:
    join: job_code
    columns: {job_code: J, pay_percentile25: P25, pay_median: P50, pay_percentile75: P75}
    constants: {currency: EUR}
  Survey:
    join: job_code
    columns: {job_code: J, pay_percentile10: P10, pay_percentile90: P90, pay_source: S, pay_effective: D}
    constants: {currency: EUR, pay_region: North}
"""
JOBS: list[list[Any]] = [["F", "C", "L", "J"], *(["A", "B", f"P{n}", f"J{n}"] for n in range(1, 6))]


def read_two_sheets(bands: list[list[Any]], survey: list[list[Any]]) -> TableHarvest:
    sheets = {
        "Jobs": JOBS,
        "Bands": [["J", "P25", "P50", "P75"], *bands],
        "Survey": [["J", "P10", "P90", "S", "D"], *survey],
    }
    return harvest(make_xlsx(sheets), BANDS)


def test_pay_of_a_role_is_that_of_one_sheet() -> None:
    found = read_two_sheets([["J1", 2, 3, 4]], [["J1", 1, 9, "A survey", "2025-01-01"]])
    assert found.problems == ()
    pay = found.intake.focuses[0].profiles[0].pay
    assert pay is not None
    assert (pay.percentile25, pay.median, pay.percentile75) == (2, 3, 4)
    assert (pay.percentile10, pay.percentile90, pay.source, pay.effective, pay.region) == (None,) * 5
    assert [str(note) for note in found.intake.notes] == [
        "roles.xlsx Survey!B2: 'Survey' states pay of 1 role whose pay 'Bands' states (Bands!C2); the latter is kept whole (Survey!B2); put the sheet whose pay is meant first in the mapping, or leave pay out of the columns of 'Survey' [pay-elsewhere]"
    ]  # fmt: skip


def test_pay_that_the_first_sheet_does_not_state_is_taken_whole_from_the_next() -> None:
    found = read_two_sheets([["J1", None, None, None]], [["J1", 1, 9, "A survey", "2025-01-01"]])
    pay = found.intake.focuses[0].profiles[0].pay
    assert pay is not None
    assert (pay.percentile10, pay.percentile90, pay.source, pay.effective, pay.region) == (
        1, 9, "A survey", "2025-01-01", "north",
    )  # fmt: skip
    assert found.intake.notes == ()


def test_pay_of_two_sheets_is_told_once_for_all_roles() -> None:
    bands = [[f"J{n}", 2, 3, 4] for n in range(1, 6)]
    survey = [[f"J{n}", 1, 9, source, ""] for n in range(1, 6) for source in ("One", "Two")]
    (note,) = read_two_sheets(bands, survey).intake.notes
    assert note.message == (
        "'Survey' states pay of 5 roles whose pay 'Bands' states (first Bands!C2); the latter is kept whole (Survey!B2, Survey!B4, Survey!B6 ...)"
    )  # fmt: skip


def test_figures_in_disorder_are_told_with_both_cells() -> None:
    found = read_two_sheets([["J1", 60, 50, 70]], [])
    (problem,) = found.problems
    assert str(problem).startswith("roles.xlsx Bands!B2 ")
    assert "percentile25 (60) exceeds median (50) (Bands!B2 and Bands!C2); correct the figures" in str(
        problem
    )
