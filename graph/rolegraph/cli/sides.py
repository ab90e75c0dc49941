"""Commands that set roles side by side: compare, gap. They read the records, for their texts."""

from __future__ import annotations

import click

from rolegraph.cli.completion import complete_role
from rolegraph.cli.options import format_option, open_architecture, output_option, source_options, tell


@click.command("compare")
@click.argument(
    "roles", nargs=-1, required=True, metavar="ROLE ROLE [ROLE [ROLE]]", shell_complete=complete_role
)
@click.option("--differences", is_flag=True, help="Leave out the rows that are equal.")
@format_option("text", "json", "csv", "md", "xlsx", "html")
@output_option
@source_options
def compare_command(roles: tuple[str, ...], differences: bool, form: str) -> None:
    """Set two to four roles side by side: pay, level, guideline, responsibilities, skills, mappings.

    What is not recorded says so. The second, third and fourth role are measured against the first.

    \b
    Examples:
      rolegraph compare MANUFA.MANUFACTF950.M3 MANUFA.BIOPROCE4427.M3
      rolegraph compare MANUFA.MANUFACTF950.M3 MANUFA.BIOPROCE4427.M3 --differences
      rolegraph compare PROCES.UPSTREAMDF5B.P1 PROCES.UPSTREAMDF5B.P2 PROCES.UPSTREAMDF5B.P3 --format html -o sides.html
    """
    from rolegraph.report.sides import describe_comparison

    answer = open_architecture().compare(*roles, differences=differences)
    tell(answer, form, lambda: describe_comparison(answer))


@click.command("gap")
@click.argument("origin", shell_complete=complete_role)
@click.argument(
    "destinations", nargs=-1, required=True, metavar="DESTINATION...", shell_complete=complete_role
)
@click.option(
    "--edition", default="structural@1", show_default=True, help="The edition that defines the distance."
)
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def gap_command(origin: str, destinations: tuple[str, ...], edition: str, form: str) -> None:
    """Show what DESTINATION asks that ORIGIN does not show: skills to gain, kept and unknown, and what else changes.

    Several destinations are ranked: the smallest share of skills to gain first, then the fewest to deepen, then the
    nearest. What is not recorded is unknown, never missing.

    \b
    Examples:
      rolegraph gap PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3
      rolegraph gap PROCES.UPSTREAMDF5B.P1 PROCES.UPSTREAMDF5B.P6 MANUFA3.MANUFACT13A2.M2
    """
    from rolegraph.answers import Gap
    from rolegraph.report import gaps

    jobs = open_architecture()
    answer = jobs.gap(origin, *destinations, edition=edition)
    if isinstance(answer, Gap):
        tell(answer, form, lambda: gaps.describe_gap(answer))
    else:
        title = jobs.roster.title_of
        tell(answer, form, lambda: gaps.describe_gaps(answer, title(answer.origin)), title)
