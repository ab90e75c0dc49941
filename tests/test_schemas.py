"""What commands print as JSON is what their schema says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from rolegraph.cli.main import COMMANDS, cli
from rolegraph.errors import UnknownError
from rolegraph.schemas import ANSWERS, make_adapter, make_schema

UP, BIO = "PROCES.UPSTREAMDF5B", "MANUFA.BIOPROCE4427"
CALLS = (
    ("adjacent", [f"{BIO}.M3"]),
    ("adjacent", ["--all", "-k", "2", "--edition", "pay@1"]),
    ("adjacent", [f"{BIO}.M3", "--hidden"]),
    ("compare", [f"{BIO}.M3", f"{UP}.P1"]),
    ("distance", [f"{BIO}.M3", f"{UP}.P1", "--edition", "pay@1"]),
    ("editions", []),
    ("gap", [f"{UP}.P1", f"{BIO}.M3"]),
    ("gap", [f"{UP}.P1", f"{BIO}.M3", f"{UP}.P6"]),
    ("ladder", [BIO]),
    ("list", ["skills"]),
    ("path", [f"{UP}.P1", f"{BIO}.M3", "-k", "3"]),
    ("path", [f"{BIO}.M3", f"{UP}.P1"]),
    ("reach", [f"{UP}.P3"]),
    ("search", ["aseptic"]),
    ("show", [f"{BIO}.M3"]),
    ("skills", ["duplicates"]),
    ("stats", []),
    ("validate", []),
)


def print_json(command: str, arguments: list[str]) -> str:
    done = CliRunner().invoke(cli, [command, *arguments, "--format", "json"], standalone_mode=False)
    assert done.exception is None
    return done.stdout


@pytest.mark.parametrize(("command", "arguments"), CALLS)
def test_answers_are_what_the_schema_says(command: str, arguments: list[str]) -> None:
    text = print_json(command, arguments)
    make_adapter(command).validate_json(text, strict=False)
    value = json.loads(text)
    first = next(iter(value))
    del value[first]
    with pytest.raises(ValidationError):
        make_adapter(command).validate_python(value)


@pytest.mark.parametrize("command", ANSWERS)
def test_schemas_name_every_field(command: str) -> None:
    assert command in COMMANDS
    schema = make_schema(command)
    assert schema["$schema"].startswith("https://json-schema.org/")

    def check(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") == "object" and "properties" in part:
                assert part["properties"]
                assert set(part["required"]) <= set(part["properties"])
            for inner in part.values():
                check(inner)

    check(schema)


def test_the_command_prints_it_and_an_unknown_one_names_those_that_there_are() -> None:
    done = CliRunner().invoke(cli, ["schema", "path"])
    assert json.loads(done.stdout) == make_schema("path")
    with pytest.raises(UnknownError, match="commands with a schema are adjacent, "):
        make_schema("fly")
