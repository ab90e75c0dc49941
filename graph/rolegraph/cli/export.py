"""The command that writes the graph for other tools."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from rolegraph.cli.options import open_architecture, source_options, tell_step
from rolegraph.cli.places import LocalPath
from rolegraph.errors import RequestError


def _complete_format(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from rolegraph.export.formats import FORMATS

    return [CompletionItem(f.name, help=f.purpose) for f in FORMATS.values() if f.name.startswith(incomplete)]


@click.command("export")
@click.option(
    "-f",
    "--format",
    "name",
    metavar="FORMAT",
    shell_complete=_complete_format,
    help="The format; --list tells which there are. Without it the ending of -o names it.",
)
@click.option(
    "-o",
    "--output",
    "place",
    type=LocalPath(path_type=Path),
    metavar="FILE",
    help="The file to write, or the folder for a format of several files. Without it, standard output.",
)
@click.option(
    "-k", "count", type=click.IntRange(1), default=10, show_default=True,
    help="Nearest roles of each role, in formats that show them.",
)  # fmt: skip
@click.option("--edition", default="structural@1", show_default=True, help="The edition of the distances.")
@click.option("--list", "list_all", is_flag=True, help="List the formats.")
@source_options
def export_command(name: str | None, place: Path | None, count: int, edition: str, list_all: bool) -> None:
    """Write the graph in the format of another tool: RDF, SKOS, OWL, property graphs, spreadsheets.

    What a graph file (--graph) holds beside the records is kept in the RDF formats. The same data gives the same bytes.

    \b
    Examples:
      rolegraph export --list
      rolegraph export -f skos -o skills.ttl
      rolegraph --graph edited.rdf export -o edited.ttl
    """
    from rolegraph.export.writing import find_format, stream_export, write_export

    if list_all:
        _list_formats()
        return
    form = find_format(name or _name_by_ending(place))
    if place is None and form.several:
        raise RequestError(f"{form.name} has several files; name a folder for them: -o DIR")
    if place is None and form.binary and sys.stdout.isatty():
        raise click.UsageError(f"{form.name} is no text; name a file for it: -o FILE{form.ending}")
    source = replace(
        open_architecture().export_source(k=count, edition=edition),
        note=lambda told: click.echo(f"note: {told}", err=True),
    )
    tell_step(f"writing {form.name}")
    if place is None:
        stream_export(source, form, sys.stdout.buffer)
        return
    files = write_export(source, form, place)
    click.echo(
        f"{place} is written" + (f": {len(files)} files" if form.several else f" ({form.name})"), err=True
    )


def _name_by_ending(place: Path | None) -> str:
    from rolegraph.export.formats import FORMATS

    if place is None:
        raise click.UsageError("Say the format with -f; --list tells which there are.")
    ending = place.suffix.lower()
    named = next((form.name for form in FORMATS.values() if ending and form.ending == ending), None)
    if named is None:
        raise click.UsageError(
            f"The name of {place} does not say the format: say it with -f; --list tells which there are."
        )
    return named


def _list_formats() -> None:
    from rolegraph.export.formats import FORMATS
    from rolegraph.report.layout import columns

    rows = [(form.name, form.ending or "folder", form.purpose) for form in FORMATS.values()]
    for line in columns(("format", "ending", "what it is for"), rows, shrink=(2,)):
        click.echo(line)
