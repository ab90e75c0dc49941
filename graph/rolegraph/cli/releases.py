"""Commands that import public releases: SOC, O*NET, ESCO, wages, crosswalks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from rolegraph.cli.options import folder_option, format_option, tell, tell_step
from rolegraph.cli.places import LocalPath

if TYPE_CHECKING:
    from rolegraph.model.release import Coverage


class _Text(NamedTuple):
    """What a command says of itself: its short help, what SRC is, and an example of it."""

    short: str
    source: str
    example: str
    version: str


_TEXTS = {
    "soc": _Text(
        "Standard Occupational Classification (SOC): its groups and occupations.",
        "SRC is the structure as XLSX or CSV, or a folder or zip file that holds it.",
        "soc_structure_2018.xlsx",
        "2018",
    ),
    "onet": _Text(
        "O*NET: occupations with skills, knowledge, technology, tasks, job zones, titles, related occupations.",
        "SRC is a text release from 25 to 30: its zip file as downloaded, or the folder.",
        "db_29_0_text.zip",
        "29.0",
    ),
    "esco": _Text(
        "ESCO: occupations, skills, their groups and relations, in any of its languages.",
        "SRC is a CSV release from 1.1 to 1.2: its zip file as downloaded, or the folder.",
        "'ESCO dataset - v1.2.0 - classification - en - csv.zip'",
        "1.2.0",
    ),
    "oews": _Text(
        "Wages by occupation (OEWS): employment, mean and percentiles.",
        "SRC is the table as XLSX or CSV, or the zip file as downloaded.",
        "oesm24nat.zip",
        "2024-05",
    ),
    "crosswalk": _Text(
        "Which codes of an older SOC or O*NET-SOC became which newer ones.",
        "SRC is the crosswalk as XLSX or CSV.",
        "2010_to_2019_Crosswalk.csv",
        "2010-2019",
    ),
}


def make_commands() -> list[click.Command]:
    """A command for each family of releases."""
    return [_make_command(family, text) for family, text in _TEXTS.items()]


def _make_command(family: str, text: _Text) -> click.Command:
    def run(
        source: Path, folder: Path, only: str | None, version: str | None, form: str, **options: Any
    ) -> None:
        from rolegraph.importing import import_release
        from rolegraph.report.releases import describe_import

        answer = import_release(
            family, source, folder, version=version, coverage=cast("Coverage", only or "all"), tell=tell_step,
            languages=options.get("languages", ()),
        )  # fmt: skip
        tell(answer, form, lambda: describe_import(answer))

    run.__doc__ = f"""Import {text.short[0].lower() if family == "crosswalk" else text.short[0]}{text.short[1:]}

    {text.source} It becomes a named graph in the data folder, beside the architecture. Every row is accounted for:
    taken, skipped (with the reason) or marked as unreliable by the release itself. Importing the same again changes
    nothing; another release stands beside the first.

    \b
    Examples:
      rolegraph import {family} {text.example} -o my-architecture
      rolegraph import {family} {text.example} -o my-architecture --only mapped
    """
    decorate: list[Callable[[Any], Any]] = [
        click.argument("source", metavar="SRC", type=LocalPath(path_type=Path)),
        folder_option("The data folder to put it into."),
        click.option(
            "--only", type=click.Choice(["mapped"]),
            help="Take what the profiles of the folder are mapped to or cite, with all that is wider.",
        ),
        click.option(
            "--version", metavar="VERSION", help=f"Which release it is, where its files do not say so ({text.version})."
        ),
    ]  # fmt: skip
    if family == "esco":
        decorate.append(
            click.option(
                "--language", "languages", metavar="LANG", multiple=True,
                help="A language to take beside English, such as de; may be given several times.  [default: all]",
            )
        )  # fmt: skip
    decorate.append(format_option("text", "json", "csv", "md"))
    command: Any = run
    for add in reversed(decorate):
        command = add(command)
    return click.command(family, short_help=text.short)(command)
