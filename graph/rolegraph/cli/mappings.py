"""Commands about mappings to classifications: their exchange with other tools."""

from __future__ import annotations

from pathlib import Path

import click

from rolegraph.cli.options import format_option, open_architecture, source_options, tell, tell_step


@click.group("mappings")
def mappings_command() -> None:
    """Write and read the mappings of roles and skills to classifications.

    \b
    Examples:
      rolegraph --data my-architecture mappings export -o mappings.sssom.tsv
      rolegraph mappings import reviewed.sssom.tsv -o my-architecture
    """


@mappings_command.command("export")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write to. Without it, standard output.",
)
@source_options
def export_command(file: Path | None) -> None:
    """Write all mappings as SSSOM/TSV, which mapping tools read.

    \b
    Example:
      rolegraph mappings export -o mappings.sssom.tsv
    """
    text = open_architecture().export_mappings()
    if file is None or file == Path("-"):
        click.echo(text, nl=False)
        return
    from rolegraph.output import write_file

    write_file(file, text.encode("utf-8"))
    click.echo(f"{file} is written", err=True)


@mappings_command.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="The data folder whose roles and skills are mapped.",
)
@click.option(
    "--metadata",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The metadata of the mapping set, where they stand in a YAML file of their own.",
)
@click.option("--apply", is_flag=True, help="Write the set also where it changes mappings that are there.")
@format_option("text", "json", "csv", "md")
def import_command(file: Path, folder: Path, metadata: Path | None, apply: bool, form: str) -> None:
    """Put the mappings of FILE (SSSOM/TSV) into the records of a data folder.

    New mappings are written at once. Where one that is there would change, the changes are shown, and written with
    --apply. Mappings that FILE does not state stay as they are. Nothing is written unless every row can be used.

    \b
    Examples:
      rolegraph mappings import reviewed.sssom.tsv -o my-architecture
      rolegraph mappings import reviewed.sssom.tsv -o my-architecture --apply
    """
    from rolegraph.incoming import import_mappings
    from rolegraph.report.intake import describe_intake

    answer = import_mappings(file, folder, apply=apply, metadata=metadata, tell=tell_step)
    tell(answer, form, lambda: describe_intake(answer, "row"))
