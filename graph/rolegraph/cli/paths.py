"""Commands about career paths: path, reach. They answer from the compact form of the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rolegraph.cli.completion import complete_end, complete_place
from rolegraph.cli.options import (
    format_option,
    open_architecture,
    output_option,
    source_options,
    tell,
)

if TYPE_CHECKING:
    from rolegraph.answers import Paths

F = TypeVar("F", bound=Callable[..., Any])
KINDS = ("promotion", "track-switch", "lateral", "function-change", "step-down")


def constraint_options(command: F) -> F:
    """Add the options that say what a path must keep to; their names are those of the questions in Python."""
    options = (
        click.option(
            "--avoid",
            multiple=True,
            metavar="CODE",
            shell_complete=complete_place,
            help="No move into this role, focus or function. May be repeated.",
        ),
        click.option(
            "--no",
            multiple=True,
            type=click.Choice(KINDS),
            help="No move of this kind, nor a step-down that changes as much. May be repeated.",
        ),
        click.option(
            "--track",
            "tracks",
            multiple=True,
            metavar="TRACK",
            help="Moves into this track alone, such as P. May be repeated.",
        ),
        click.option("--max-moves", type=click.IntRange(1), help="At most so many moves."),
        click.option(
            "--max-jump",
            type=click.IntRange(1),
            default=1,
            show_default=True,
            help="The most rungs that a promotion climbs at once; 2 gets over a missing rung.",
        ),
        click.option(
            "--min-pay-ratio",
            type=float,
            metavar="RATIO",
            help="Only moves to at least this part of the median pay left behind, such as 0.95; a move of which the "
            "pay is not recorded at both ends is not made.",
        ),
        click.option("--allow-step-down", is_flag=True, help="Also moves to a lower level."),
        click.option(
            "--edition",
            default="experience@1",
            show_default=True,
            help="The edition of the distances shown.",
        ),
        click.option(
            "--cost-edition",
            default="effort@1",
            show_default=True,
            help="The edition that defines what a move costs.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("path")
@click.argument("origin", shell_complete=complete_end)
@click.argument("destination", shell_complete=complete_end)
@click.option(
    "-k",
    "count",
    type=int,
    default=1,
    show_default=True,
    help="How many paths (at most 100): the best one, then other ideas.",
)
@click.option(
    "--similar",
    is_flag=True,
    help="With -k: the next best paths, however alike, in place of other ideas.",
)
@click.option(
    "--by",
    type=click.Choice(["effort", "moves", "years", "skills"]),
    default="effort",
    show_default=True,
    help="What the best path has least of: effort (cost), moves, years until its end, or skills to learn (as "
    "shares of what each role asks). Years choose the rung of a destination focus; all ties go to effort.",
)
@click.option(
    "--via",
    multiple=True,
    metavar="CODE",
    shell_complete=complete_place,
    help="Pass by this role, focus or function; several in the order given.",
)
@click.option("--any-rung", is_flag=True, help="From a focus: from any of its rungs, not the lowest one.")
@constraint_options
@format_option("text", "json", "csv", "md", "xlsx", "svg", "png", "mermaid", "dot")
@output_option
@source_options
def path_command(
    origin: str,
    destination: str,
    count: int,
    similar: bool,
    by: str,
    any_rung: bool,
    form: str,
    **asked: Any,
) -> int:
    """Find the best career paths from ORIGIN to DESTINATION, each a role, a focus, or several parted by commas.

    Every move tells its kind, what changes, its cost, distance and match band, the skills kept and to gain, and what
    it rests on. Where there is no path the answer says which constraint stands in the way and what giving it up
    would give; the exit status is then 1.

    \b
    Examples:
      rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3
      rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3 -k 3
      rolegraph path PROCES.UPSTREAMDF5B MANUFA.BIOPROCE4427 --by moves --avoid MANUFA3
      rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3 --via PROCES.UPSTREAMDF5B.P5
      rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3 -o path.svg
    """
    jobs = open_architecture()
    answer = jobs.path(origin, destination, k=count, similar=similar, by=by, any_rung=any_rung, **asked)
    if form not in {"text", "json"} and answer.reason is not None:
        click.echo(answer.reason, err=True)
    _tell_fewer(answer, count, similar=similar)
    from rolegraph.report.ways import describe_paths

    title = jobs.roster.title_of
    tell(answer, form, lambda: describe_paths(answer, title), title)
    return 0 if answer.paths else 1


def _tell_fewer(answer: Paths, count: int, *, similar: bool) -> None:
    """Say where there are fewer paths than were asked for, and why."""
    number = len(answer.paths)
    if not 0 < number < count or not answer.paths[0].moves:
        return
    found = "1 path" if number == 1 else f"{number} paths"
    reason = (
        "there are no more"
        if similar
        else "no other is a different idea at less than twice the cost; --similar shows the next best"
    )
    click.echo(f"{found} of {count}: {reason}", err=True)


@click.command("reach")
@click.argument("origin", shell_complete=complete_end)
@click.option(
    "--limit", type=click.IntRange(1), help="At most so many roles, the nearest first. Default: all of them."
)
@constraint_options
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def reach_command(origin: str, limit: int | None, form: str, **asked: Any) -> int:
    """List what can be reached from ORIGIN, a role or the lowest rung of a focus, and by which moves.

    \b
    Examples:
      rolegraph reach PROCES.UPSTREAMDF5B.P3 --max-moves 2
      rolegraph reach MANUFA.BIOPROCE4427.M3 --max-moves 3 --no function-change
    """
    jobs = open_architecture()
    answer = jobs.reach(origin, limit=limit, **asked)
    from rolegraph.report.ways import describe_reach

    title = jobs.roster.title_of
    tell(answer, form, lambda: describe_reach(answer, title), title)
    return 0 if answer.reached else 1
