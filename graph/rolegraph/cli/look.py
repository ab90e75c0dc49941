"""Commands that look things up: list, search, show, stats."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from rolegraph.cli.completion import complete_code
from rolegraph.cli.options import format_option, open_architecture, output_option, source_options, tell

if TYPE_CHECKING:
    from rolegraph.catalogue import ListingKind


@click.command("list")
@click.argument(
    "kind",
    type=click.Choice(["functions", "focuses", "profiles", "levels", "skills", "occupations", "releases"]),
    default="profiles",
)
@click.option(
    "--in",
    "within",
    metavar="CODE",
    help="Only what belongs to this function, focus, track, level or classification, or stands under this code.",
)
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def list_command(kind: str, within: str | None, form: str) -> None:
    """List what there is of one KIND (profiles, if none is named).

    \b
    Examples:
      rolegraph list focuses
      rolegraph list profiles --in MANUFA
      rolegraph list occupations --in 51-0000
    """
    from rolegraph.report.sheets import describe_listing

    answer = open_architecture().list(cast("ListingKind", kind), within)
    tell(answer, form, lambda: describe_listing(answer))


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(
        ["profile", "focus", "function", "level", "skill", "occupation", "element", "technology"]
    ),
    help="Find this kind alone; may be given several times.  [default: all]",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many hits.")
@format_option("text", "json", "csv", "md")
@source_options
def search_command(text: tuple[str, ...], kinds: tuple[str, ...], limit: int, form: str) -> int:
    """Find roles, focuses, skills, levels, occupations and entries of imported releases by code, label, alias,
    alternate title or text.

    Letter case, accents, dashes and punctuation make no difference. What is called exactly so stands first, then what
    begins so, what holds all words of TEXT, what holds words that begin so, and, where there is little of that, what is
    spelt nearly so. Your own records are found by other forms of the words, too, and keep some places among the hits.

    \b
    Examples:
      rolegraph search aseptic technique
      rolegraph search --kind occupation industrial production manager
    """
    from rolegraph.report.sheets import describe_hits

    answer = open_architecture().search(" ".join(text), limit, kinds)
    tell(answer, form, lambda: describe_hits(answer))
    return 0 if answer.hits else 1


@click.command("show")
@click.argument("code", shell_complete=complete_code)
@click.option("--full", is_flag=True, help="Show all that stands under an occupation, not the first entries.")
@format_option("text", "json", "csv", "md")
@source_options
def show_command(code: str, full: bool, form: str) -> None:
    """Show all that is known of CODE: a role, focus, function, level, skill or occupation.

    What public releases say of the occupation that a role is mapped to stands below it, marked as the occupation's.
    Whatever they hold has a sheet of its own (occupations, skills, technology, job zones), by its code or label.

    \b
    Examples:
      rolegraph show MANUFA.BIOPROCE4427.M3
      rolegraph show M3
      rolegraph show aseptic-technique
      rolegraph show 51-1011 --full
    """
    from rolegraph.report.sheets import describe_sheet

    answer = open_architecture().show(code, full=full)
    tell(answer, form, lambda: describe_sheet(answer))


@click.command("stats")
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def stats_command(form: str) -> None:
    """Count what there is, and show which share of the profiles has what recorded."""
    from rolegraph.report.sheets import describe_stats

    answer = open_architecture().stats()
    tell(answer, form, lambda: describe_stats(answer))
