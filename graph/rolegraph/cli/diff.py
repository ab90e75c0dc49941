"""The command that tells what changed."""

from __future__ import annotations

import click

from rolegraph.cli.options import format_option, open_architecture, output_option, source_options, tell


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def diff_command(old: str, new: str, form: str) -> None:
    """Tell what changed between two public releases of a classification.

    OLD and NEW are the codes of releases that the data folder holds (onet-28.3), or the folders of such releases
    (other-architecture/releases/onet-29.0). Occupations are added, retired, renamed, coded anew or moved.

    \b
    Examples:
      rolegraph --data my-architecture diff onet-28.3 onet-29.0
      rolegraph diff old/releases/esco-1.1.1 new/releases/esco-1.2.0 --format csv
    """
    from rolegraph.report.releases import describe_diff

    answer = open_architecture().diff(old, new)
    tell(answer, form, lambda: describe_diff(answer))
