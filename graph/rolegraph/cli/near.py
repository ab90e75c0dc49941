"""Commands about what is near: adjacent, distance. They answer from the compact form of the data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rolegraph.cli.completion import complete_role
from rolegraph.cli.options import (
    format_option,
    open_architecture,
    output_option,
    source_options,
    tell,
)
from rolegraph.cli.places import LocalPath

if TYPE_CHECKING:
    from decimal import Decimal

    from rolegraph.answers import Band
    from rolegraph.architecture import Architecture
    from rolegraph.careers.selection import Filters

EDITION_HELP = "The edition that defines the distance; see rolegraph editions."
_BANDS = click.Choice(["confident", "needs-review"])


class _Distance(click.ParamType):  # type: ignore[type-arg]
    """A number as it is typed, with the zeros at its end."""

    name = "distance"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        from decimal import Decimal, InvalidOperation

        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.fail(f"{value!r} is no number; give a distance from 0 to 1", param, ctx)
        return number


@click.command("adjacent")
@click.argument("role", required=False, shell_complete=complete_role)
@click.option("-k", "count", type=int, default=10, show_default=True, help="How many.")
@click.option(
    "--edition",
    help=f"{EDITION_HELP}  [default: structural@1; content@1 with --hidden and --skills]",
)
@click.option(
    "--within",
    type=_Distance(),
    metavar="DISTANCE",
    help="Only roles at most so far away (0 to 1). With four or more digits after the point, what is shown so counts.",
)
@click.option("--band", type=_BANDS, help="Only roles of at least this match band.")
@click.option(
    "--track", "tracks", multiple=True, metavar="TRACK", help="Only this track, such as M. Repeatable."
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="FROM..TO",
    help="Only these levels: P3..P5, P3.. or M2. Repeatable.",
)
@click.option(
    "--function", "functions", multiple=True, metavar="FUNCTION", help="Only this function. Repeatable."
)
@click.option(
    "--group", "groups", multiple=True, metavar="GROUP", help="Only this function group. Repeatable."
)
@click.option("--explain", is_flag=True, help="Show the arithmetic of each distance.")
@click.option("--all", "every", is_flag=True, help="The nearest roles of every role.")
@click.option("--hidden", is_flag=True, help="Roles that are near in content but not in the architecture.")
@click.option(
    "--skills",
    "skills",
    type=LocalPath(path_type=Path),
    metavar="FILE",
    help="Start from the skills of a person: one per line, the first column of a CSV file, or a JSON list."
    " Lines that begin with # are comments; semicolons may part several known skills on a line.",
)
@click.option("--require-band", type=_BANDS, help="Exit with 1 where nothing lies within this match band.")
@format_option("text", "json", "csv", "md", "xlsx", "svg", "png", "mermaid", "dot")
@output_option
@source_options
def adjacent_command(
    role: str | None,
    count: int,
    edition: str | None,
    within: Decimal | None,
    band: Band | None,
    tracks: tuple[str, ...],
    levels: tuple[str, ...],
    functions: tuple[str, ...],
    groups: tuple[str, ...],
    explain: bool,
    every: bool,
    hidden: bool,
    skills: Path | None,
    require_band: Band | None,
    form: str,
) -> int:
    """Show the roles nearest to ROLE: distance, match band and title, nearest first, ties by code.

    Where there is none, the answer says why, and the exit status is 1. With --hidden and --skills each role comes
    with the skills that are shared and those to gain; they take editions of the form content.

    \b
    Examples:
      rolegraph adjacent MANUFA.MANUFACTF950.M3
      rolegraph adjacent manufa.manufactf950.m3 -k 3 --explain
      rolegraph adjacent MANUFA.MANUFACTF950.M3 --edition content@1 --level P3..P5
      rolegraph adjacent MANUFA.MANUFACTF950.M3 --hidden
      rolegraph adjacent --skills my-skills.txt
      rolegraph adjacent --all --format csv
    """
    _check_start(role, every=every, hidden=hidden, skills=skills)
    if every and require_band is not None:
        raise click.UsageError("--require-band is about one ROLE or --skills; with --all, narrow by --band.")
    filters: Filters = {
        "within": within, "band": band, "tracks": tracks, "levels": levels, "functions": functions, "groups": groups,
    }  # fmt: skip
    jobs = open_architecture()
    own = edition or ("content@1" if hidden or skills else "structural@1")
    bands = _require(jobs, own, require_band)
    if skills is not None:
        found, reason, notes = _tell_person(jobs, skills, count, own, filters, form, explain=explain)
    elif role is None:
        found, reason, notes = _tell_all(jobs, count, own, filters, form, explain=explain)
    elif hidden:
        found, reason, notes = _tell_hidden(jobs, role, count, own, filters, form)
    else:
        found, reason, notes = _tell_adjacent(jobs, role, count, own, filters, form, explain=explain)
    if form not in ("text", "json"):
        # Rows and pictures have no place for what is left out of them.
        from rolegraph.report.near import to_sentence

        for note in (*((reason,) if reason else ()), *notes):
            click.echo(to_sentence(note), err=True)
    if reason is not None:
        return 1
    return 0 if not bands or any(n.band in bands for n in found) else 1


_Told = tuple[list[Any], str | None, tuple[str, ...]]
"""The roles of an answer, the reason why there is none, and its notes."""


def _tell_adjacent(
    jobs: Architecture, role: str, count: int, edition: str, filters: Filters, form: str, *, explain: bool
) -> _Told:
    from rolegraph.report.near import describe_adjacent

    answer = jobs.adjacent(role, count, edition, **filters)
    title, how = jobs.roster.title_of, jobs.explain(edition) if explain else None
    tell(answer, form, lambda: describe_adjacent(answer, title(answer.origin), how), title)
    return list(answer.adjacent), answer.reason, answer.notes


def _tell_all(
    jobs: Architecture, count: int, edition: str, filters: Filters, form: str, *, explain: bool
) -> _Told:
    from rolegraph.report.near import describe_all_adjacent

    answer = jobs.all_adjacent(count, edition, **filters)
    how = jobs.explain(edition) if explain else None
    title = jobs.roster.title_of
    tell(answer, form, lambda: describe_all_adjacent(answer, title, how), title)
    return [n for part in answer.profiles for n in part.adjacent], answer.reason, answer.notes


def _tell_hidden(
    jobs: Architecture, role: str, count: int, edition: str, filters: Filters, form: str
) -> _Told:
    from rolegraph.report.near import describe_hidden

    answer = jobs.hidden(role, count, edition, **filters)
    title = jobs.roster.title_of
    tell(answer, form, lambda: describe_hidden(answer, title(answer.origin)), title)
    return list(answer.hidden), answer.reason, answer.notes


def _tell_person(
    jobs: Architecture, skills: Path, count: int, edition: str, filters: Filters, form: str, *, explain: bool
) -> _Told:
    from rolegraph.report.near import describe_person
    from rolegraph.skillfile import read_skills

    answer = jobs.adjacent_to_skills(read_skills(skills), count, edition, **filters)
    how = jobs.explain(edition) if explain else None
    tell(answer, form, lambda: describe_person(answer, how), jobs.roster.title_of)
    return list(answer.adjacent), answer.reason, answer.notes


def _check_start(role: str | None, *, every: bool, hidden: bool, skills: Path | None) -> None:
    """Refuse a request that names no start, or several."""
    starts = [
        name
        for name, given in (("a ROLE", role), ("--all", every), ("--skills", skills))
        if given not in (None, False)
    ]
    if len(starts) > 1:
        raise click.UsageError(f"Give {' or '.join(starts)}, not {'both' if len(starts) == 2 else 'all'}.")
    if not starts:
        raise click.UsageError(
            "Name a ROLE, or give --all for every role, or --skills for a person's skills."
        )
    if hidden and role is None:
        raise click.UsageError("--hidden starts from one ROLE: name it, and leave --all and --skills out.")


def _require(jobs: Architecture, edition: str, band: Band | None) -> Iterable[str]:
    """The match bands of which one must be found; none where nothing is required."""
    if band is None:
        return ()
    from rolegraph.careers.adjacency import check_bands
    from rolegraph.careers.yardstick import open_yardstick

    check_bands(open_yardstick(jobs.roster, edition), {"band": band})
    return ("confident",) if band == "confident" else ("confident", "needs-review")


@click.command("distance")
@click.argument("origin", shell_complete=complete_role)
@click.argument("destination", shell_complete=complete_role)
@click.option("--edition", default="structural@1", show_default=True, help=EDITION_HELP)
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def distance_command(origin: str, destination: str, edition: str, form: str) -> int:
    """Show how far DESTINATION lies from ORIGIN, the match band, and the parts that make up the distance.

    Where the edition cannot place one of the two (no recorded skills, no pay) it says why, and the exit status is 1.

    \b
    Examples:
      rolegraph distance MANUFA.MANUFACTF950.M3 MANUFA.BIOPROCE4427.M3
      rolegraph distance MANUFA.MANUFACTF950.M3 MANUFA.BIOPROCE4427.M3 --edition content@1
    """
    from rolegraph.report.near import describe_distance

    jobs = open_architecture()
    answer = jobs.distance(origin, destination, edition)
    title = jobs.roster.title_of
    tell(
        answer,
        form,
        lambda: describe_distance(
            answer, title(answer.origin), title(answer.destination), jobs.explain(edition)
        ),
    )
    return 0 if answer.reason is None else 1
