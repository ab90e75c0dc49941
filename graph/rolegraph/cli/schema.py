"""The command that tells what the JSON of other commands holds."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.argument("command")
def schema_command(command: str) -> None:
    """Print the JSON Schema of what COMMAND answers with --format json.

    \b
    Examples:
      rolegraph schema path
      rolegraph schema adjacent > adjacent.schema.json
    """
    from rolegraph.schemas import make_schema

    click.echo(json.dumps(make_schema(command), indent=2, ensure_ascii=False))
