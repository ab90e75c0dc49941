"""The entry point: options that every command shares, the list of commands, and how errors are told."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import Any, NoReturn

import click

from rolegraph.cli.options import source_options, tell_problems
from rolegraph.errors import InputError, RolegraphError, describe_error

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Make a data folder of your own."),
    "ingest": ("intake", "Turn saved profile pages into records."),
    "import": ("intake", "Bring in a spreadsheet, a graph, or a public release (O*NET, ESCO ...)."),
    "build": ("build", "Build and validate the graph and write it as Turtle."),
    "validate": ("validate", "Check data or a graph and say what is wrong, and where."),
    "list": ("look", "List functions, focuses, profiles, levels, skills or occupations."),
    "search": ("look", "Find things by label, alias or text."),
    "show": ("look", "Show all that is known of one thing."),
    "stats": ("look", "Count what there is and how much is recorded."),
    "skills": ("skills", "Find skills that may be one."),
    "adjacent": ("near", "Show the roles nearest to a role."),
    "distance": ("near", "Show how far apart two roles are, and why."),
    "editions": ("editions", "Show how distances and costs are defined, and why so."),
    "compare": ("sides", "Set two to four roles side by side."),
    "gap": ("sides", "Show what a role asks that another does not show."),
    "ladder": ("ladder", "Show the rungs of a focus and what changes between them."),
    "path": ("paths", "Find the career paths from one role to another."),
    "reach": ("paths", "List what can be reached from a role, and how."),
    "diff": ("diff", "Tell what changed: between two states of the data, or two releases."),
    "mappings": ("mappings", "Check, suggest, write and read mappings to classifications."),
    "export": ("export", "Write the graph for other tools: RDF, SKOS, OWL, graphs, sheets."),
    "site": ("site", "Write the graph as pages for a browser."),
    "publish": ("publish", "Put the graph into a SPARQL store, named graph by named graph."),
    "schema": ("schema", "Print the JSON Schema of what a command answers."),
    "query": ("query", "Ask the graph in SPARQL: a named query or one of your own."),
    "serve": ("serve", "Serve the graph: pages, a JSON API, SPARQL, Linked Data."),
}
"""Every command: the module of its family, and the line that ``--help`` shows."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"rolegraph.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name; a misspelt one names the closest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=2)
            hint = f" Did you mean {' or '.join(close)}?" if close else " See rolegraph --help."
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


EPILOG = """\b
Start here (on the data that comes with rolegraph):
  rolegraph list profiles
  rolegraph show MANUFA.MANUFACTF950.M3
  rolegraph adjacent MANUFA.MANUFACTF950.M3
  rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3
  rolegraph query --list

\b
Exit status: 0 answered; 1 the honest answer is no (violations, no path);
2 the request or its input cannot be used.
"""


@click.group(
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@source_options
@click.version_option(package_name="rolegraph", prog_name="rolegraph")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Turn a job architecture into a validated knowledge graph, and ask it what sits next to a role, how far
    away it is, and by which path someone gets there.

    A ROLE may be given as its code in any letter case (MANUFA.BIOPROCE4427.M3), as your own job code, as its title
    or as a title alias. Without --data or --graph every command works on the data that comes with rolegraph.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> NoReturn:
    """Run the command line and exit: 0 answered, 1 the answer is no, 2 unusable input or request."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or pipe that cannot show a character gets it spelt out, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away (a pager was closed, `| head`): nothing is wrong, and nobody listens.
        _drop_output()
        status = 0
    except OSError as error:
        _drop_output()
        click.echo(
            f"{click.style('error:', fg='red')} the answer cannot be written: {describe_error(error)}",
            err=True,
        )
        status = 2
    sys.exit(status)


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that Python does not complain of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: list[str] | None = None) -> int:
    """Run one command line (``sys.argv`` by default) and return its exit status; errors are told, not raised."""
    try:
        result: Any = cli.main(arguments, prog_name="rolegraph", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing was half-written", err=True)
        return 130
    except InputError as error:
        _tell_problems(error)
        return 2
    except RolegraphError as error:
        click.echo(f"{click.style('error:', fg='red')} {error}", err=True)
        return 2
    return result if isinstance(result, int) else 0


def _tell_problems(error: InputError) -> None:
    tell_problems(error.problems)
    number = len(error.problems)
    found = "1 problem" if number == 1 else f"{number} problems"
    click.echo(f"{click.style('error:', fg='red')} {found} in the input", err=True)
