"""Commands about what is near: adjacent, distance. They answer from the compact form of the data."""

from __future__ import annotations

import click

from rolegraph.cli.completion import complete_role
from rolegraph.cli.options import (
    format_option,
    open_architecture,
    output_option,
    source_options,
    tell,
)

EDITION_HELP = "The edition that defines the distance."


@click.command("adjacent")
@click.argument("role", required=False, shell_complete=complete_role)
@click.option("-k", "count", type=click.IntRange(1), default=10, show_default=True, help="How many.")
@click.option("--edition", default="structural@1", show_default=True, help=EDITION_HELP)
@click.option("--explain", is_flag=True, help="Show the arithmetic of each distance.")
@click.option("--all", "every", is_flag=True, help="The nearest roles of every role.")
@click.option(
    "--require-band",
    type=click.Choice(["confident", "needs-review"]),
    help="Exit with 1 where nothing lies within this match band.",
)
@format_option("text", "json", "csv", "md", "xlsx", "svg", "png", "mermaid", "dot")
@output_option
@source_options
def adjacent_command(
    role: str | None,
    count: int,
    edition: str,
    explain: bool,
    every: bool,
    require_band: str | None,
    form: str,
) -> int:
    """Show the roles nearest to ROLE: distance, match band and title, nearest first, ties by code.

    \b
    Examples:
      rolegraph adjacent MANUFA.MANUFACTF950.M3
      rolegraph adjacent manufa.manufactf950.m3 -k 3 --explain
      rolegraph adjacent --all --format csv
    """
    from rolegraph.report import near

    if every and role is not None:
        raise click.UsageError("Give a ROLE or --all, not both.")
    if not every and role is None:
        raise click.UsageError("Name a ROLE, or give --all for every role.")
    jobs = open_architecture()
    if role is None:
        answers = jobs.all_adjacent(count, edition)
        tell(answers, form, lambda: near.describe_all_adjacent(answers), jobs.roster.title_of)
        return 0
    answer = jobs.adjacent(role, count, edition)
    title = jobs.roster.title_of
    tell(answer, form, lambda: near.describe_adjacent(answer, title(answer.origin), explain=explain), title)
    accepted = {"confident": {"confident"}, "needs-review": {"confident", "needs-review"}}
    if require_band is None or any(n.band in accepted[require_band] for n in answer.adjacent):
        return 0
    return 1


@click.command("distance")
@click.argument("origin", shell_complete=complete_role)
@click.argument("destination", shell_complete=complete_role)
@click.option("--edition", default="structural@1", show_default=True, help=EDITION_HELP)
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def distance_command(origin: str, destination: str, edition: str, form: str) -> None:
    """Show how far DESTINATION lies from ORIGIN, the match band, and the parts that make up the distance.

    \b
    Example:
      rolegraph distance MANUFA.MANUFACTF950.M3 MANUFA.BIOPROCE4427.M3
    """
    from rolegraph.report import near

    jobs = open_architecture()
    answer = jobs.distance(origin, destination, edition)
    title = jobs.roster.title_of
    tell(
        answer, form, lambda: near.describe_distance(answer, title(answer.origin), title(answer.destination))
    )
