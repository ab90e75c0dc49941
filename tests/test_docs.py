"""Every command is documented, and the documentation says what the help says."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

import record_docs
from command_docs import PAGE, list_inner, render_page
from rolegraph.cli.main import COMMANDS, cli
from rolegraph.model import record, reference, roles
from rolegraph.records.table import schema

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_command_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_page(), "regenerate it: python tests/command_docs.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_in_the_readme(name: str) -> None:
    assert f"rolegraph {name}" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_command_has_a_help_text(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    for each in (command, *(inner for _, inner in list_inner(command))):
        assert each.help
        for parameter in each.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts}"


def test_the_line_in_the_overview_is_the_first_of_the_help() -> None:
    for name, (_, line) in COMMANDS.items():
        assert line.endswith("."), name


def test_record_page_is_up_to_date() -> None:
    assert record_docs.PAGE.read_text(encoding="utf-8") == record_docs.render_page(), (
        "regenerate it: python tests/record_docs.py"
    )


def test_table_page_is_up_to_date() -> None:
    assert record_docs.TABLE_PAGE.read_text(encoding="utf-8") == record_docs.render_table_page(), (
        "regenerate it: python tests/record_docs.py"
    )


def test_every_record_of_a_mapping_is_documented() -> None:
    known = {
        value
        for value in vars(schema).values()
        if isinstance(value, type)
        and issubclass(value, record.Record)
        and value.__module__ == schema.__name__
    }
    assert known == {documented for documented, _ in record_docs.TABLE_PLACES}


def test_every_record_is_documented() -> None:
    known = {
        value
        for module in (record, reference, roles)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, record.Record)
    }
    assert known - {record.Record} == {record for record, _ in record_docs.PLACES}
