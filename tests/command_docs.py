"""Writes docs/commands.md from the help texts: python tests/command_docs.py"""

from __future__ import annotations

from pathlib import Path

import click

from rolegraph.cli.main import COMMANDS, cli

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
WIDTH = 100


def make_context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return click.Context(
        command,
        parent,
        name,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )


def render_help(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    context = make_context(command, name, parent)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def list_inner(command: click.Command) -> list[tuple[str, click.Command]]:
    """The commands inside a command, by name."""
    return sorted(command.commands.items()) if isinstance(command, click.Group) else []


def render_page() -> str:
    context = make_context(cli, "rolegraph", None)
    parts = [
        "# Commands\n",
        "What `--help` says, command by command. This page is written by `python tests/command_docs.py`.\n",
        f"## rolegraph\n\n```text\n{render_help(cli, 'rolegraph')}\n```\n",
    ]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts.append(f"## rolegraph {name}\n\n```text\n{render_help(command, name, context)}\n```\n")
        for inner_name, inner in list_inner(command):
            outer = make_context(command, name, context)
            shown = render_help(inner, inner_name, outer)
            parts.append(f"## rolegraph {name} {inner_name}\n\n```text\n{shown}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
