"""Options that commands share: where the data is, and the form of the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from rolegraph.cli.places import LocalPath

if TYPE_CHECKING:
    from rolegraph.architecture import Architecture
    from rolegraph.errors import Problem

F = TypeVar("F", bound=Callable[..., Any])

BINARY = ("xlsx", "png")
"""The forms that are no text."""

ENDINGS = {
    ".txt": "text", ".json": "json", ".csv": "csv", ".md": "md", ".xlsx": "xlsx", ".html": "html", ".svg": "svg",
    ".png": "png", ".tsv": "sssom", ".mmd": "mermaid", ".dot": "dot", ".sarif": "sarif", ".ttl": "turtle", ".rdfp": "patch",
}  # fmt: skip
"""The forms that the endings of files name."""

_STDOUT = Path("-")


def _keep(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Remember the option for the whole call: it may stand before or after the name of the command."""
    if value is None or param.name is None:
        return
    if ctx.get_parameter_source(param.name) is ParameterSource.ENVIRONMENT:
        ctx.meta.setdefault("rolegraph.data.environment", value)
    else:
        ctx.meta[f"rolegraph.{param.name}"] = value


def source_options(command: F) -> F:
    """Add ``--data`` and ``--graph``; :func:`choose_source` tells what they name."""
    graph = click.option(
        "--graph",
        type=LocalPath(path_type=Path),
        metavar="FILE",
        callback=_keep,
        expose_value=False,
        help="A graph file to use in place of a data folder: Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD.",
    )
    data = click.option(
        "--data",
        type=LocalPath(path_type=Path),
        metavar="DIR",
        envvar="ROLEGRAPH_DATA",
        show_envvar=True,
        callback=_keep,
        expose_value=False,
        help="A data folder. Default: the data that comes with rolegraph.",
    )
    return data(graph(command))


def choose_source() -> tuple[Path | None, Path | None]:
    """The data folder and the graph file that this call names; at most one of them is not None."""
    meta = click.get_current_context().meta
    data, graph = meta.get("rolegraph.data"), meta.get("rolegraph.graph")
    if data is not None and graph is not None:
        raise click.UsageError("Give either --data or --graph, not both.")
    if data is None and graph is None:
        data = meta.get("rolegraph.data.environment")
    return data, graph


def open_architecture() -> Architecture:
    """The job architecture that this call names."""
    from rolegraph.architecture import Architecture

    data, graph = choose_source()
    return Architecture(data, graph=graph, tell=tell_step)


def _keep_output(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value != _STDOUT:
        _keep(ctx, param, value)


def name_output() -> Path | None:
    """The file that ``-o`` of this call names; None for standard output."""
    output: Path | None = click.get_current_context().meta.get("rolegraph.output")
    return output


def _choose_form(ctx: click.Context, param: click.Parameter, form: str) -> str:
    """The form asked for; where none is, that which the ending of the file of ``-o`` names."""
    output: Path | None = ctx.meta.get("rolegraph.output")
    if output is None:
        return form
    named = ENDINGS.get(output.suffix.lower())
    if ctx.get_parameter_source("form") is not ParameterSource.DEFAULT:
        if named not in {None, form}:
            click.echo(f"note: {output} is written as {form}, as --format says", err=True)
        return form
    forms = param.type.choices if isinstance(param.type, click.Choice) else ()
    if named is None or named not in forms:
        endings = [ending for ending, name in ENDINGS.items() if name in forms]
        lacking = (
            f"{ctx.info_name} has no form for the ending {output.suffix}"
            if output.suffix
            else "there is no ending"
        )
        raise click.UsageError(
            f"The name of {output} does not say the form, {lacking}: choose {', '.join(endings[:-1])} or"
            f" {endings[-1]}, or say the form with --format."
        )
    return named


def format_option(*forms: str) -> Callable[[F], F]:
    """Add ``--format`` with the forms that a command has, the first being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        callback=_choose_form,
        help="The form of the answer.",
    )


def output_option(command: F) -> F:
    """Add ``-o``; :func:`tell` writes the answer to the file that it names, in the form that its ending says."""
    return click.option(
        "-o",
        "--output",
        type=LocalPath(path_type=Path, dir_okay=False),
        metavar="FILE",
        callback=_keep_output,
        expose_value=False,
        # The ending is needed when the form is chosen.
        is_eager=True,
        help="The file to write the answer to, such as FILE.csv: its ending names the form where --format does not."
        " Without it, standard output.",
    )(command)


def folder_option(text: str, *, required: bool = True) -> Callable[[F], F]:
    """Add ``-o``, the data folder that a command writes into; ``text`` is its help."""
    return click.option(
        "-o",
        "--output",
        "folder",
        type=LocalPath(path_type=Path),
        required=required,
        metavar="DIR",
        help=text,
    )


def tell(
    answer: Any, form: str, text: Callable[[], str], title: Callable[[str], str] = lambda code: code
) -> None:
    """Write an answer in the form asked for to the file that ``-o`` names, or to standard output.

    ``text`` lays it out for people, ``title`` tells the title of a code, for pictures.
    """
    from rolegraph.report.render import render

    output = name_output()
    if output is None and form in BINARY and sys.stdout.isatty():
        raise click.UsageError(f"--format {form} is no text; name a file for it: -o FILE.{form}")
    made = render(answer, form, text, title)
    if output is None:
        click.echo(made, nl=False)
        return
    from rolegraph.output import write_file

    write_file(output, made if isinstance(made, bytes) else click.unstyle(made).encode("utf-8"))
    click.echo(f"{output} is written", err=True)


def tell_problems(problems: Iterable[Problem]) -> None:
    """Say on standard error what is wrong with the input, one problem after the other."""
    for problem in problems:
        click.echo(str(problem), err=True)


def tell_step(step: str) -> None:
    """Say on standard error what long work is doing, where a person is watching."""
    if sys.stderr.isatty():
        click.echo(click.style(f"… {step}", dim=True), err=True)
