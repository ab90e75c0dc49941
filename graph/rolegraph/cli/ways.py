"""Commands about ways up and across: ladder, path. They answer from the compact form of the data."""

from __future__ import annotations

import click

from rolegraph.cli.completion import complete_end, complete_focus
from rolegraph.cli.options import (
    format_option,
    open_architecture,
    output_option,
    source_options,
    tell,
)


@click.command("ladder")
@click.argument("focus", shell_complete=complete_focus)
@click.option("--track", help="Only this track, such as M.")
@format_option("text", "json", "csv", "md", "xlsx", "svg", "png", "mermaid", "dot")
@output_option
@source_options
def ladder_command(focus: str, track: str | None, form: str) -> None:
    """Show the rungs of FOCUS from the bottom up, and what changes at each; missing rungs are shown as such.

    \b
    Example:
      rolegraph ladder PROCES.UPSTREAMDF5B
    """
    from rolegraph.report.ladder import describe_ladder

    jobs = open_architecture()
    answer = jobs.ladder(focus, track.upper() if track else None)
    title = jobs.roster.title_of
    tell(answer, form, lambda: describe_ladder(answer, title(answer.focus)), title)


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
@format_option("text", "json", "csv", "md", "xlsx", "svg", "png", "mermaid", "dot")
@output_option
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
    from rolegraph.report.ways import describe_paths

    title = jobs.roster.title_of
    tell(answer, form, lambda: describe_paths(answer, title(answer.origin), title(answer.destination)), title)
    return 0 if answer.paths else 1
