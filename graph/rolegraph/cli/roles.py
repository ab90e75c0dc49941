"""Commands about roles: adjacent, distance, ladder, path. They answer from the compact form of the data."""

from __future__ import annotations

import click

from rolegraph.cli.completion import complete_end, complete_focus, complete_role
from rolegraph.cli.options import format_option, open_architecture, source_options, tell

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
@format_option("text", "json", "csv", "md")
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
    from rolegraph.report import text

    if every and role is not None:
        raise click.UsageError("Give a ROLE or --all, not both.")
    if not every and role is None:
        raise click.UsageError("Name a ROLE, or give --all for every role.")
    jobs = open_architecture()
    if role is None:
        answers = jobs.all_adjacent(count, edition)
        tell(answers, form, lambda: text.describe_all_adjacent(answers))
        return 0
    answer = jobs.adjacent(role, count, edition)
    title = jobs.roster.title_of
    tell(answer, form, lambda: text.describe_adjacent(answer, title(answer.origin), explain=explain))
    accepted = {"confident": {"confident"}, "needs-review": {"confident", "needs-review"}}
    if require_band is None or any(n.band in accepted[require_band] for n in answer.adjacent):
        return 0
    return 1


@click.command("distance")
@click.argument("origin", shell_complete=complete_role)
@click.argument("destination", shell_complete=complete_role)
@click.option("--edition", default="structural@1", show_default=True, help=EDITION_HELP)
@format_option("text", "json", "csv", "md")
@source_options
def distance_command(origin: str, destination: str, edition: str, form: str) -> None:
    """Show how far DESTINATION lies from ORIGIN, the match band, and the parts that make up the distance.

    \b
    Example:
      rolegraph distance MANUFA.MANUFACTF950.M3 MANUFA.BIOPROCE4427.M3
    """
    from rolegraph.report import text

    jobs = open_architecture()
    answer = jobs.distance(origin, destination, edition)
    title = jobs.roster.title_of
    tell(
        answer, form, lambda: text.describe_distance(answer, title(answer.origin), title(answer.destination))
    )


@click.command("ladder")
@click.argument("focus", shell_complete=complete_focus)
@click.option("--track", help="Only this track, such as M.")
@format_option("text", "json", "csv", "md")
@source_options
def ladder_command(focus: str, track: str | None, form: str) -> None:
    """Show the rungs of FOCUS from the bottom up, and what changes at each; missing rungs are shown as such.

    \b
    Example:
      rolegraph ladder PROCES.UPSTREAMDF5B
    """
    from rolegraph.report import text

    jobs = open_architecture()
    answer = jobs.ladder(focus, track.upper() if track else None)
    tell(answer, form, lambda: text.describe_ladder(answer, jobs.roster.title_of(answer.focus)))


@click.command("path")
@click.argument("origin", shell_complete=complete_end)
@click.argument("destination", shell_complete=complete_end)
@click.option(
    "--by",
    type=click.Choice(["effort", "moves", "years", "skills"]),
    default="effort",
    show_default=True,
    help="What the best path has least of.",
)
@click.option(
    "--edition",
    default="experience@1",
    show_default=True,
    help="The edition of the distance shown with each move.",
)
@click.option("--max-moves", type=click.IntRange(1), help="At most so many moves.")
@click.option("--allow-step-down", is_flag=True, help="Also moves to a lower level.")
@format_option("text", "json", "csv", "md", "mermaid", "dot")
@source_options
def path_command(
    origin: str,
    destination: str,
    by: str,
    edition: str,
    max_moves: int | None,
    allow_step_down: bool,
    form: str,
) -> int:
    """Find the best career path from ORIGIN to DESTINATION, each a role or a focus, with every move explained.

    \b
    Examples:
      rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3
      rolegraph path PROCES.UPSTREAMDF5B MANUFA.BIOPROCE4427 --by moves
      rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3 --format mermaid
    """
    jobs = open_architecture()
    answer = jobs.path(
        origin, destination, by=by, edition=edition, max_moves=max_moves, allow_step_down=allow_step_down
    )
    if form not in {"text", "json"} and answer.reason is not None:
        click.echo(answer.reason, err=True)
    if form in {"mermaid", "dot"}:
        from rolegraph.report.diagrams import to_dot, to_mermaid

        click.echo((to_mermaid if form == "mermaid" else to_dot)(answer), nl=False)
    else:
        from rolegraph.report import text

        title = jobs.roster.title_of
        tell(
            answer, form, lambda: text.describe_paths(answer, title(answer.origin), title(answer.destination))
        )
    return 0 if answer.paths else 1
