"""docs/coordinates.md: its examples are recomputed from the numbers on the page, and are what the commands answer."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from architectures import read_shipped
from rolegraph.cli.main import run

PAGE = (Path(__file__).parents[1] / "docs" / "coordinates.md").read_text(encoding="utf-8")
SECTIONS = {
    heading.partition(":")[0]: body
    for heading, _, body in (part.partition("\n") for part in PAGE.split("\n## ")[1:])
}
EXAMPLES = {
    edition: tuple(re.findall(r"```text\n(.*)\n(.*)\n```", body)[0]) for edition, body in SECTIONS.items()
}
NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"


def read_numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(NUMBER, text)]


def test_every_edition_has_a_section_and_a_worked_example() -> None:
    assert set(SECTIONS) == {edition.code for edition in read_shipped().editions}
    assert all("**What it cannot say.**" in body and "Why so: " in body for body in SECTIONS.values())


@pytest.mark.parametrize("edition", ["structural@1", "experience@1"])
def test_sums_of_steps_add_up(edition: str) -> None:
    result, _, sum_ = EXAMPLES[edition][1].partition(": ")
    parts, total, cut, distance = re.fullmatch(
        rf"(.*) = ({NUMBER}) level steps; \2 / ({NUMBER}) = ({NUMBER})", sum_
    ).groups()  # type: ignore[union-attr]
    assert sum(read_numbers(parts)) == pytest.approx(float(total), abs=1e-9)
    assert f"{float(total) / float(cut):.4f}" == distance == result.split()[0]


def test_the_shares_of_skills_add_up() -> None:
    result, _, sum_ = EXAMPLES["content@1"][1].partition(": ")
    one, shared, together, distance = read_numbers(sum_)
    assert f"{one - shared / together:.4f}" == f"{distance:.4f}" == result.split()[0]


def test_the_weights_of_an_occupation_on_the_page_are_those_of_the_constants() -> None:
    body = " ".join(SECTIONS["content@1"].split())
    values = {c.name: float(c.value) for c in read_shipped().edition_by_code["content@1"].constants}
    example = body.partition("For example, ")[2].partition("Why so")[0]

    def weigh(kind: str, importance: float) -> float:
        start, full = values[f"base-{kind}-from"], values[f"base-{kind}-full"]
        return (importance - start) / (full - start)

    for kind, importance, weight in (
        ("skill", "4.00", "0.5"), ("knowledge", "3.50", "0.5"), ("skill", "5.00", "1"), ("knowledge", "2.60", "0.2"),
    ):  # fmt: skip
        assert f"rated {importance} ({weight})" in example
        assert weigh(kind, float(importance)) == pytest.approx(float(weight))
    assert f"({values['base-activity']})" in example
    shared, together, distance = (
        read_numbers(part) for part in re.findall(r"shared (.*), together (.*), distance (.*)\. ", example)[0]
    )
    assert sum(shared[:-1]) == pytest.approx(shared[-1])
    assert sum(together[:-1]) == pytest.approx(together[-1])
    assert distance == [1, shared[-1], together[-1], pytest.approx(1 - shared[-1] / together[-1])]
    for kind in ("skill", "knowledge"):
        start, full = values[f"base-{kind}-from"], values[f"base-{kind}-full"]
        assert f"(importance - {start:g}) / {full - start:g}: nothing up to {start:g}, 1 at {full:g}" in body


def test_the_ratio_of_pay_adds_up() -> None:
    given, arithmetic = EXAMPLES["pay@1"]
    first, second, percent = read_numbers(given)
    assert round((second / first - 1) * 100) == percent
    destination, origin, base, distance = read_numbers(arithmetic)
    assert (origin, destination) == (first, second)
    assert f"{abs(math.log(destination / origin)) / math.log(base):.4f}" == f"{distance:.4f}"


def test_the_cost_adds_up() -> None:
    result, _, sum_ = EXAMPLES["effort@1"][1].partition(": ")
    *parts, cost = read_numbers(sum_)
    assert f"{sum(parts):.4f}" == f"{cost:.4f}" == result.split()[0]


@pytest.mark.parametrize("edition", [edition for edition in EXAMPLES if edition != "pay@1"])
def test_the_example_is_what_the_command_answers(
    edition: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path))
    command, line = EXAMPLES[edition]
    assert run([*command.split()[1:], "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    figure, word = line.partition(":")[0].split()
    if edition == "effort@1":
        [move] = answer["paths"][0]["moves"]
        assert (f"{move['cost']:.4f}", move["kind"]) == (figure, word)
        assert f"distance {move['distance']:.4f}" in line
        return
    assert (answer["edition"], f"{answer['distance']:.4f}", answer["band"]) == (edition, figure, word)
    for name, value in answer["components"].items():
        assert f"{name} {value:g}" in line
    assert run([*command.split()[1:]]) == 0
    assert line.partition(": ")[2] in capsys.readouterr().out


def test_the_arithmetic_of_pay_is_told_as_on_the_page() -> None:
    from rolegraph import load

    assert EXAMPLES["pay@1"][1] == load().explain("pay@1")({"origin": 118_000.0, "destination": 139_240.0})


@pytest.mark.parametrize(
    ("edition", "names"),
    [
        ("structural@1", ("track", "same-function", "same-group", "elsewhere", "truncation", "band-confident",
                          "band-needs-review")),
        ("experience@1", ("stage-divisor",)),
        ("content@1", tuple(c.name for c in read_shipped().edition_by_code["content@1"].constants
                            if c.name != "least-skills")),
        ("pay@1", ("truncation-ratio",)),
        ("effort@1", tuple(c.name for c in read_shipped().edition_by_code["effort@1"].constants)),
    ],
)  # fmt: skip
def test_the_page_names_the_constants_as_they_are(edition: str, names: tuple[str, ...]) -> None:
    values = {c.name: float(c.value) for c in read_shipped().edition_by_code[edition].constants}
    shown = read_numbers(SECTIONS[edition])
    assert all(values[name] in shown for name in names)


def test_each_part_of_the_cost_on_the_page_follows_from_the_constants() -> None:
    values = {c.name: float(c.value) for c in read_shipped().edition_by_code["effort@1"].constants}
    _, skills, kind, rise, seniority, _ = read_numbers(EXAMPLES["effort@1"][1].partition(": ")[2])
    below, above = math.log2(1 + 4) / 0.6, math.log2(1 + 4.5) / 0.6
    assert skills == pytest.approx(values["skills"] * 7 / 10, abs=5e-5)
    assert kind == values["function-change"]
    assert rise == pytest.approx(values["rise"] * (above - below), abs=2e-4)
    assert seniority == pytest.approx((values["seniority"] + values["seniority-track"]) * below, abs=5e-5)


def test_the_stages_on_the_page_are_those_of_the_ladder() -> None:
    body = " ".join(SECTIONS["experience@1"].split())
    for low, high, stage in ((3, 6, "4.099"), (3, 5, "3.870")):
        assert f"{low} to {high} years" in body
        assert f"{math.log2(1 + (low + high) / 2) / 0.6:.3f}" == stage
        assert stage in body


def test_the_number_of_skills_that_must_be_recognised_is_the_constant() -> None:
    [least] = [c for c in read_shipped().edition_by_code["content@1"].constants if c.name == "least-skills"]
    assert {3: "three"}[int(least.value)] in re.sub(r"\s+", " ", SECTIONS["content@1"]).partition(
        "With fewer than "
    )[2]
