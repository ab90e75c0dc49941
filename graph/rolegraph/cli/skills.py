"""Commands about the skills that focuses share."""

from __future__ import annotations

import click

from rolegraph.cli.options import format_option, open_architecture, output_option, source_options, tell


@click.group("skills")
def skills_command() -> None:
    """Look after the skills that focuses share.

    \b
    Example:
      rolegraph skills duplicates --data my-architecture
    """


@skills_command.command("duplicates", short_help="Propose which skills may be one, with reasons.")
@format_option("text", "json", "csv", "md")
@output_option
@source_options
def duplicates_command(form: str) -> None:
    """Propose which skills may be one, with the reasons and what to write; nothing is changed.

    Sure is the same wording, however it is written, and an exact match to one external entry. Likely are the words in
    another order, in singular and plural or as an abbreviation, two names of one external skill or technology, a slip of
    the pen, the same description. What merely overlaps is not proposed, nor what a focus lists side by side.

    \b
    Examples:
      rolegraph skills duplicates
      rolegraph skills duplicates --data my-architecture -o duplicates.csv
    """
    from rolegraph.report.skills import describe_duplicates

    answer = open_architecture().skill_duplicates()
    tell(answer, form, lambda: describe_duplicates(answer))
