"""Commands that look things up: list, search, show, stats."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from rolegraph.cli.options import format_option, open_source, source_options, tell
from rolegraph.errors import UnknownError

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy


@click.command("list")
@click.argument(
    "kind",
    type=click.Choice(["functions", "focuses", "profiles", "levels", "skills", "occupations"]),
    default="profiles",
)
@click.option(
    "--in", "within", metavar="CODE", help="Only what belongs to this function, focus, track or level."
)
@format_option("text", "json", "csv", "md")
@source_options
def list_command(kind: str, within: str | None, form: str) -> None:
    """List what there is of one KIND (profiles, if none is named).

    \b
    Examples:
      rolegraph list focuses
      rolegraph list profiles --in MANUFA
    """
    from rolegraph.catalogue import ListingKind, list_entries
    from rolegraph.report.sheets import describe_listing

    answer = list_entries(open_source().taxonomy, cast(ListingKind, kind), within)
    tell(answer, form, lambda: describe_listing(answer))


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many hits.")
@format_option("text", "json", "csv", "md")
@source_options
def search_command(text: tuple[str, ...], limit: int, form: str) -> int:
    """Find roles, focuses, skills, levels and occupations whose label, alias or text holds all words of TEXT.

    \b
    Example:
      rolegraph search aseptic technique
    """
    from rolegraph.catalogue import search
    from rolegraph.report.sheets import describe_hits

    answer = search(open_source().taxonomy, " ".join(text), limit)
    tell(answer, form, lambda: describe_hits(answer))
    return 0 if answer.hits else 1


@click.command("show")
@click.argument("code")
@format_option("text", "json", "csv", "md")
@source_options
def show_command(code: str, form: str) -> None:
    """Show all that is known of CODE: a role, focus, function, level, skill or occupation.

    \b
    Examples:
      rolegraph show MANUFA.BIOPROCE4427.M3
      rolegraph show M3
      rolegraph show aseptic-technique
    """
    from rolegraph.report.sheets import describe_sheet
    from rolegraph.sheet import describe_entry

    taxonomy = open_source().taxonomy
    try:
        answer = describe_entry(taxonomy, code)
    except UnknownError as unknown:
        answer = describe_entry(taxonomy, _resolve_name(taxonomy, code, unknown))
    tell(answer, form, lambda: describe_sheet(answer))


def _resolve_name(taxonomy: Taxonomy, name: str, unknown: UnknownError) -> str:
    """The code behind a job code or title; where there is none, the error that names the closest codes."""
    from rolegraph.careers.naming import resolve_end
    from rolegraph.careers.roster import Roster

    try:
        return resolve_end(Roster.from_taxonomy(taxonomy), name)
    except UnknownError as error:
        raise (unknown if unknown.closest else error) from None


@click.command("stats")
@format_option("text", "json", "csv", "md")
@source_options
def stats_command(form: str) -> None:
    """Count what there is, and show which share of the profiles has what recorded."""
    from rolegraph.report.sheets import describe_stats
    from rolegraph.stats import measure_coverage

    answer = measure_coverage(open_source().taxonomy)
    tell(answer, form, lambda: describe_stats(answer))
