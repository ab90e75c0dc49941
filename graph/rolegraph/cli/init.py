"""The command that makes a data folder of one's own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from rolegraph.cli.options import format_option, tell
from rolegraph.cli.places import LocalPath
from rolegraph.errors import InputError

QUESTIONS = (
    ("title", "Title of your job architecture"),
    ("publisher", "Who publishes it (your organisation)"),
    ("version", "Version of the data, such as 2026.1"),
    ("base", "Base IRI: what the address of every role begins with, such as https://jobs.example.org/id/"),
    ("language", "Language of the texts, such as en or pt-BR"),
    ("currency", "Currency of pay, such as EUR"),
    ("licence", "Licence, as an IRI, if others may use the data"),
    ("access_rights", "Who may use the data, in words"),
)
"""What is asked for where a person sits at the terminal; an empty answer leaves the placeholder."""


@click.command("init")
@click.argument("folder", metavar="DIR", type=LocalPath(path_type=Path))
@click.option("--title", help="The title of the job architecture.")
@click.option("--publisher", help="Who publishes it: your organisation.")
@click.option("--dataset-version", "version", metavar="TEXT", help="The version of the data, such as 2026.1.")
@click.option("--base", metavar="IRI", help="What the IRI of every record begins with; it ends in /.")
@click.option("--language", metavar="TAG", help="The language of the texts, such as en or pt-BR.")
@click.option("--currency", metavar="CODE", help="The currency of pay, such as EUR.")
@click.option("--licence", metavar="IRI", help="The licence under which others may use the data.")
@click.option("--access-rights", metavar="TEXT", help="Who may use the data, in words; instead of a licence.")
@click.option("--date", "day", metavar="DAY", help="The day of issue, such as 2026-01-31.  [default: today]")
@click.option("--no-input", is_flag=True, help="Ask nothing, even at a terminal.")
@format_option("text", "json", "csv", "md")
def init_command(folder: Path, day: str | None, no_input: bool, form: str, **given: str | None) -> None:
    """Make the data folder DIR: a description of the dataset, the ladder, the editions, a commented example.

    What is not given is asked for at a terminal; what stays unknown is written as a placeholder, which
    `rolegraph validate` flags until it is set. Nobody's licence is put on your data but the one that you name.

    \b
    Examples:
      rolegraph init my-architecture
      rolegraph init my-architecture --title "Jobs of Acme" --base https://acme.example/jobs/ --language en \\
        --currency EUR --access-rights "Acme staff only" --no-input
    """
    from rolegraph.incoming import make_folder
    from rolegraph.report.intake import describe_folder

    if not no_input and sys.stdin is not None and sys.stdin.isatty():
        given = _ask(given)
    answer = make_folder(folder, day=day, **given)
    tell(answer, form, lambda: describe_folder(answer))


def _ask(given: dict[str, str | None], prompt: Callable[..., str] = click.prompt) -> dict[str, str | None]:
    """The answers of a person to what was not given; the terms of use are asked for once."""
    answers = dict(given)
    click.echo("An empty answer leaves a placeholder, to be set in dataset.yaml later.", err=True)
    for name, question in QUESTIONS:
        if answers[name] is not None or (name == "access_rights" and answers["licence"] is not None):
            continue
        if name == "licence" and answers["access_rights"] is not None:
            continue
        while answers[name] is None:
            answer = prompt(question, default="", show_default=False, err=True).strip()
            if not answer:
                break
            reason = _refuse(name, answer)
            if reason is None:
                answers[name] = answer
            else:
                click.echo(f"  {reason}", err=True)
    return answers


def _refuse(name: str, answer: str) -> str | None:
    """What is wrong with one answer, and how to mend it; None where it can be used."""
    from rolegraph.records.saving.blank import make_dataset

    try:
        make_dataset(**{name: answer}, day="2000-01-01")
    except InputError as error:
        return "; ".join(f"{problem.message}; {problem.remedy}" for problem in error.problems)
    return None
