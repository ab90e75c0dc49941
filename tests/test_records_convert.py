"""Documents become records by strict patterns; every problem stands at its line, in plain words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.model import codes, reference, roles
from rolegraph.model.record import Record, YearRange
from rolegraph.model.reference import Dataset, Edition, Level, Skill
from rolegraph.model.roles import Focus, Pay, Profile
from rolegraph.records import read_record, read_yaml, to_document, write_yaml
from rolegraph.records.explain import PATTERN_WORDS
from rolegraph.records.forms import find_form
from strategies import taxonomies


def read_text(record: type[Record], text: str) -> tuple[Any, list[str]]:
    reading = read_yaml(text.encode(), "x.yaml")
    made = read_record(record, reading)
    return made, [str(p) for p in sorted(reading.problems, key=lambda p: p.place.line if p.place else 0)]


FOCUS = "focus: A.B\nlabel: Label\nlevels:\n  M3:\n    basis: documented\n"


def test_numbers_keep_their_digits() -> None:
    pay, problems = read_text(Pay, "currency: EUR\nmedian: 36500.50\nlow: 0031000\nhigh: 42000.00\n")
    assert problems == []
    assert [str(pay.low), str(pay.median), str(pay.high)] == ["31000", "36500.50", "42000.00"]


def test_short_and_long_forms_of_items_are_the_same() -> None:
    short, _ = read_text(Focus, FOCUS + "    responsibilities: [Does it.]\n    sources: [A book]\n")
    long, _ = read_text(
        Focus,
        FOCUS + f"    responsibilities: [{{id: {codes.text_id('Does it.')}, text: Does it.}}]\n"
        "    sources: [{text: A book}]\n",
    )
    assert short == long
    assert short.profiles[0].code == "A.B.M3"


@pytest.mark.parametrize(
    "value", ["1_000", "٣", "1e5", "NaN", "inf", "+1", " .5", "1.", "0x10", "1,000", "yes", "9" * 31]
)
def test_a_number_is_ascii_digits(value: str) -> None:
    made, problems = read_text(YearRange, f"min: 0\nmax: {value}\n")
    assert made is None
    assert len(problems) == 1
    assert problems[0].startswith(f"x.yaml:2 max: '{value.strip()}' is not a number; write digits")
    assert problems[0].endswith("[value-wrong]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("    confidence: yes\n", ("x.yaml:6 levels.M3.confidence: the text 'yes' stands where a mapping is expected; "
         "write a mapping: {value: NUMBER} [value-wrong]")),
        ("    confidence: {value: 1_000}\n", ("x.yaml:6 levels.M3.confidence.value: '1_000' is not a number; "
         "write digits, with a point where needed, such as 93000 or 4.5 [value-wrong]")),
        ("    confidence: {value: 1.5}\n",
         "x.yaml:6 levels.M3.confidence.value: 1.5 is more than 1; give at most 1 [value-wrong]"),
        ("    source_count: ٣\n", ("x.yaml:6 levels.M3.source_count: '٣' is not a whole number; "
         "write digits alone, such as 8 [value-wrong]")),
        ("    source_count: -1\n", ("x.yaml:6 levels.M3.source_count: '-1' is not a whole number; "
         "write digits alone, such as 8 [value-wrong]")),
        ("    pay: {currency: USD, median: 1, inherited: yes}\n",
         "x.yaml:6 levels.M3.pay.inherited: 'yes' is not true or false; write true or false [value-wrong]"),
        ("    pay: {currency: usd, median: 1}\n",
         "x.yaml:6 levels.M3.pay.currency: 'usd' is not a currency; did you mean USD? [value-wrong]"),
        ("    pay: {currency: USD, median: -1}\n",
         "x.yaml:6 levels.M3.pay.median: -1 is less than 0; give at least 0 [value-wrong]"),
        ("    pay: {currency: USD, low: 3, median: 2}\n",
         "x.yaml:6 levels.M3.pay: low (3) exceeds median (2); correct the figures [pay-order]"),
        ("    pay: {currency: USD}\n",
         "x.yaml:6 levels.M3.pay: pay without a figure; give one, or leave pay out [pay-empty]"),
        ("    statsu: x\n", "x.yaml:6 levels.M3.statsu: there is no key 'statsu' here; did you mean status? [key-unknown]"),
        ("    code: x\n", "x.yaml:6 levels.M3.code: there is no key 'code' here; did you mean job_code? [key-unknown]"),
        ("    status: Approved\n",
         "x.yaml:6 levels.M3.status: 'Approved' is not a short name; did you mean approved? [value-wrong]"),
        ("    title: [a]\n",
         "x.yaml:6 levels.M3.title: a list stands where a text is expected; write TEXT [value-wrong]"),
        ("    aliases: one\n", ("x.yaml:6 levels.M3.aliases: the text 'one' stands where a list is expected; "
         "write [...], or one line with - for each [value-wrong]")),
        ("    aliases: [a, {b: c}]\n", ("x.yaml:6 levels.M3.aliases.2: a mapping stands where a text is expected; "
         "write TEXT [value-wrong]")),
        ("    aliases: [a, b, a]\n",
         "x.yaml:6 levels.M3.aliases: given more than once: a; keep one [value-repeated]"),
        ("    title: |-\n      one\n      two\n",
         "x.yaml:6 levels.M3.title: the label has more than one line; write it on one line [label-lines]"),
        ("    title: Caf\u0065\u0301\n", ("x.yaml:6 levels.M3.title: the text is not in Unicode normal form C; "
         "write é as U+00E9, or convert the file to NFC [text-form]")),
        ("    title: \"\\u00a0x\"\n",
         "x.yaml:6 levels.M3.title: the text begins or ends with white space; remove it [text-padded]"),
        ("    review: {clarity: 6}\n",
         "x.yaml:6 levels.M3.review.clarity: 6 is more than 5; give at most 5 [value-wrong]"),
        ("    review: [a]\n", ("x.yaml:6 levels.M3.review: a list stands where a mapping is expected; "
         "write KEY: VALUE for each [value-wrong]")),
        ("    guideline: {}\n",
         "x.yaml:6 levels.M3.guideline: guideline without a text; give one, or leave guideline out [guideline-empty]"),
        ("    responsibilities:\n      - Does it.\n      - Does it.\n",
         ("x.yaml:8 levels.M3.responsibilities.2: the same text is given twice, first on line 7; "
         "keep one, or give it another id [value-repeated]")),
        ("    mappings:\n      - {scheme: s, code: c, predicate: broaderMatch, justification: Xy}\n",
         ("x.yaml:7 levels.M3.mappings.1.predicate: 'broaderMatch' is not known here; did you mean broadMatch? "
         "it is one of exactMatch, closeMatch, broadMatch, narrowMatch, relatedMatch [value-wrong]")),
        ("    pay: {currency: USD, median: 1, assigned: [median]}\n",
         "x.yaml:6 levels.M3.pay: assigned names median; it may name currency, duration [assigned-unknown]"),
        ("  m4: {basis: implied}\n", "x.yaml:6 levels.m4: 'm4' is not the code of a level; did you mean M4? [value-wrong]"),
        ("  M4: {}\n", "x.yaml:6 levels.M4: basis is missing; add basis: documented or implied [key-missing]"),
        ("  M4: implied\n", ("x.yaml:6 levels.M4: the text 'implied' stands where a mapping is expected; "
         "write a mapping: {basis: documented or implied} [value-wrong]")),
        ("skills: {a: b}\n", ("x.yaml:6 skills.a: the text 'b' stands where a mapping is expected; "
         "write a mapping, {} where there is nothing to say [value-wrong]")),
        ("differential: [pay, skills]\n", ("x.yaml:6 differential.2: 'skills' is not known here; "
         "did you mean skill? it is one of pay, skill [value-wrong]")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_plain_words_at_its_line(text: str, expected: str) -> None:
    made, problems = read_text(Focus, FOCUS + text)
    assert made is None
    assert problems == [expected]


def test_a_missing_key_is_reported_at_the_record() -> None:
    _, problems = read_text(Skill, "# comment\n\ndefinition: x\n")
    assert problems == ["x.yaml:3: code is missing; add code: TEXT [key-missing]",
                        "x.yaml:3: label is missing; add label: TEXT [key-missing]"]  # fmt: skip


def test_a_document_that_is_no_mapping_is_refused() -> None:
    made, problems = read_text(YearRange, "- min\n- max\n")
    assert made is None
    assert problems == [
        "x.yaml:1: a list stands where a mapping is expected; write a mapping: {min: NUMBER} [value-wrong]"
    ]


def test_one_problem_hides_no_other() -> None:
    text = (
        "focus: a.b\nlable: x\nskills:\n  S: {}\nlevels:\n  M3:\n    basis: x\n    pay: {currency: E, low: a}\n"
        "    sources: [{id: A, text: ' '}, {}]\n  M4:\n    confidence: {}\n    assigned: [x]\nretired: {}\n"
    )
    _, problems = read_text(Focus, text)
    assert [problem.split(": ")[0] for problem in problems] == [
        "x.yaml:1", "x.yaml:1 focus", "x.yaml:2 lable", "x.yaml:4 skills.S", "x.yaml:7 levels.M3.basis",
        "x.yaml:8 levels.M3.pay.low", "x.yaml:8 levels.M3.pay.currency", "x.yaml:9 levels.M3.sources.1.text",
        "x.yaml:9 levels.M3.sources.1.id", "x.yaml:9 levels.M3.sources.2", "x.yaml:10 levels.M4",
        "x.yaml:11 levels.M4.confidence", "x.yaml:12 levels.M4.assigned", "x.yaml:13 retired",
    ]  # fmt: skip


def test_what_follows_from_a_refused_value_is_not_reported_beside_it() -> None:
    _, problems = read_text(
        Focus,
        FOCUS + "    pay: {currency: USD, median: x, assigned: [currency]}\n    guideline: {knowledge: ''}\n",
    )
    assert [re.findall(r"\[([a-z-]+)\]$", problem)[0] for problem in problems] == [
        "value-wrong",
        "value-empty",
    ]


@pytest.mark.parametrize("pattern", sorted({
    value for name, value in vars(codes).items() if name.endswith("_PATTERN") and name != "CONTROL_PATTERN"
}))  # fmt: skip
def test_every_pattern_of_the_model_has_words(pattern: str) -> None:
    what, how = PATTERN_WORDS[pattern]
    assert what
    assert how
    examples = re.findall(r"[A-Za-z0-9.@-]+", how)
    assert any(re.fullmatch(pattern, example) for example in examples) or pattern == codes.CURRENCY_PATTERN


def test_problems_speak_no_pydantic() -> None:
    texts = ["focus: 8\nlabel: [a]\nlevels: {P1: {basis: 1, version: 'a\nb', region: Ä, job_code: '  '}}\n",
             "focus: A.B\nlabel: x\nsplit: x\ndifferential: [x]\nlevels: {P1: {basis: implied, retired: {note: {}}}}\n"]  # fmt: skip
    for text in texts:
        _, problems = read_text(Focus, text)
        assert problems
        assert not re.search(r"Value error|pydantic|string_|should be|Input|type=", " ".join(problems))


@given(taxonomies())
def test_documents_round_trip(taxonomy: Any) -> None:
    for record in (taxonomy.dataset, *taxonomy.editions, *taxonomy.schemes, *taxonomy.focuses):
        reading = read_yaml(write_yaml(to_document(record)).encode(), "x.yaml")
        again = read_record(type(record), reading)
        assert reading.problems == []
        assert again == record
        assert to_document(again) == to_document(record)


@given(taxonomies())
def test_records_with_codes_round_trip(taxonomy: Any) -> None:
    for record in (*taxonomy.levels, *taxonomy.functions, *taxonomy.groups, *taxonomy.tracks, *taxonomy.skills,
                   *taxonomy.occupations):  # fmt: skip
        reading = read_yaml(write_yaml(to_document(record)).encode(), "x.yaml")
        assert read_record(type(record), reading) == record


def test_every_record_has_a_form() -> None:
    classes = [
        c
        for module in (reference, roles)
        for c in vars(module).values()
        if isinstance(c, type) and issubclass(c, Record) and c is not Record
    ]
    for record in classes:
        form = find_form(record)
        assert {field.name for field in form.fields.values()} == set(record.model_fields)


@given(st.recursive(
    st.text(max_size=5) | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([*find_form(Focus).fields, *find_form(Profile).fields, "M3", "P1", "x", "id", "text"]),
        inner,
        max_size=6,
    ),
    max_leaves=20,
))  # fmt: skip
def test_whatever_the_document_a_record_or_problems_come_back(document: Any) -> None:
    from rolegraph.records.document import Reading

    for record in (Focus, Edition, Dataset, Level):
        reading = Reading("x", document, 1)
        made = read_record(record, reading)
        assert (made is None) == bool(reading.problems)
        assert made is None or isinstance(made, record)
        assert all(p.message and p.remedy and p.rule for p in reading.problems)
        assert all("\n" not in str(p) for p in reading.problems)
