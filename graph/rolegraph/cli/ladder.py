"""The command about ladders. It answers from the compact form of the data."""

from __future__ import annotations

import click

from rolegraph.cli.completion import complete_focus
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
@click.option(
    "--changes",
    is_flag=True,
    help="Tell every change in full, one track below the other (text; the other forms always tell all).",
)
@format_option("text", "json", "csv", "md", "xlsx", "svg", "png", "mermaid", "dot")
@output_option
@source_options
def ladder_command(focus: str, track: str | None, changes: bool, form: str) -> None:
    """Show the rungs of FOCUS and what changes at each, tracks side by side; missing rungs are shown as such.

    \b
    Examples:
      rolegraph ladder PROCES.UPSTREAMDF5B
      rolegraph ladder PROCES.UPSTREAMDF5B --changes
    """
    from rolegraph.report.ladder import describe_ladder

    jobs = open_architecture()
    answer = jobs.ladder(focus, track.upper() if track else None)
    title = jobs.roster.title_of
    tell(answer, form, lambda: describe_ladder(answer, title(answer.focus), changes=changes), title)
