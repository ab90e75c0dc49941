"""The command that builds the graph."""

from __future__ import annotations

from pathlib import Path

import click

from rolegraph.cli.options import format_option, open_architecture, source_options, tell, tell_step
from rolegraph.cli.places import LocalPath


@click.command("build")
@click.option(
    "-o",
    "--output",
    "folder",
    type=LocalPath(path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="The folder to write to; it is made where it is missing.",
)
@click.option(
    "-k", "count", type=click.IntRange(1), default=10, show_default=True, help="Neighbours per role."
)
@click.option("--edition", default="structural@1", show_default=True, help="The edition of the distances.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@format_option("text", "json", "csv", "md")
@source_options
def build_command(folder: Path, count: int, edition: str, strict: bool, form: str) -> int:
    """Build and validate the graph and write it to a folder.

    Writes rolegraph.ttl (Turtle), rolegraph.nt (sorted N-Triples), adjacency.ttl (the nearest roles of every
    role) and report.json (counts, findings and the SHA-256 of each file). With violations nothing is written.
    The same data gives the same bytes.

    \b
    Examples:
      rolegraph build
      rolegraph --data my-architecture build -o graph
    """
    from rolegraph.answers import Validation
    from rolegraph.report.sheets import describe_build, describe_validation

    answer = open_architecture().build(folder, k=count, edition=edition, tell=tell_step)
    if isinstance(answer, Validation):
        tell(answer, form, lambda: describe_validation(answer))
        click.echo("Nothing was written: the data has violations.", err=True)
        return 1
    tell(answer, form, lambda: describe_build(answer, str(folder)))
    return 1 if strict and any(finding.severity == "warning" for finding in answer.findings) else 0
