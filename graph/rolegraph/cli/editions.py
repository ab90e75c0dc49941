"""The command that tells how distances and costs are defined."""

from __future__ import annotations

import click

from rolegraph.cli.options import (
    format_option,
    open_architecture,
    output_option,
    source_options,
    tell,
)


@click.command("editions")
@click.argument("edition", required=False)
@format_option("text", "json", "csv", "md", "xlsx")
@output_option
@source_options
def editions_command(edition: str | None, form: str) -> None:
    """Show how distances and costs are defined: every edition of the data, or EDITION in full.

    An edition is a form (the arithmetic) with constants, each with the reason for its value. Every distance and
    cost carries the code of its edition; a changed constant makes a new one.

    \b
    Examples:
      rolegraph editions
      rolegraph editions content@1
    """
    from rolegraph.report.editions import describe_edition, list_editions

    answer = open_architecture().editions(edition)
    tell(
        answer,
        form,
        lambda: list_editions(answer) if edition is None else describe_edition(answer.editions[0]),
    )
