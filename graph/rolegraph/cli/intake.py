"""Commands that take in what people have: saved profile pages, and spreadsheets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from rolegraph.cli.options import folder_option, format_option, tell, tell_problems, tell_step
from rolegraph.cli.places import LocalPath
from rolegraph.cli.releases import make_commands

F = TypeVar("F", bound=Callable[..., Any])


_INTO = "The data folder to put it into; it is made where it is missing."

MERGE = click.option(
    "--merge-skills",
    is_flag=True,
    help="Take skills that are likely the same for the same, and record why. Otherwise they are proposed.",
)


def _read_counts(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, tuple[int, ...]] | None:
    counts: dict[str, tuple[int, ...]] = {}
    for value in values:
        name, _, numbers = (part.strip() for part in value.rpartition("="))
        parts = [part.strip() for part in numbers.split(",")]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise click.BadParameter(
                "give whole numbers with commas between them, such as 4,5,5,5,5,5 or page.txt=4,5,5,5,5,5"
            )
        if name in counts:
            raise click.BadParameter(f"give the numbers for {name or 'all pages'} once")
        counts[name] = tuple(map(int, parts))
    return counts or None


@click.command("ingest")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...", type=LocalPath(path_type=Path))
@folder_option(_INTO)
@click.option(
    "--responsibilities",
    "counts",
    metavar="[NAME=]N,N,...",
    multiple=True,
    callback=_read_counts,
    help="How many responsibilities each level has, for pages that list them without their levels. NAME is the "
    "file name of a page or the code of a focus; may be given several times.",
)
@MERGE
@click.option(
    "--replace",
    is_flag=True,
    help="Where a page and the folder disagree, take the page; else the folder's stays.",
)
@click.option("--keep-going", is_flag=True, help="Take the good pages, and report the others.")
@format_option("text", "json", "csv", "md")
def ingest_command(
    pages: tuple[Path, ...],
    folder: Path,
    counts: dict[str, tuple[int, ...]] | None,
    merge_skills: bool,
    replace: bool,
    keep_going: bool,
    form: str,
) -> int:
    """Turn saved profile pages into the records of a data folder.

    PAGE is a page saved as text, Markdown or HTML, or a folder of such pages; several pages of one focus become
    one record. Nothing is written unless all pages are good, or --keep-going is given; then the exit status is 1
    where a page was refused. What pages disagree about is told with both places;
    the page of the lower level, then of the name that comes first, is kept.

    \b
    Examples:
      rolegraph ingest pages/*.html -o my-architecture
      rolegraph ingest upstream.txt -o my-architecture --responsibilities 4,5,5,5,5,5
      rolegraph ingest pages -o my-architecture --responsibilities upstream.txt=4,5,5,5,5,5
    """
    from rolegraph.incoming import ingest_pages
    from rolegraph.report.intake import describe_intake

    answer = ingest_pages(
        pages, folder, counts=counts, merge_skills=merge_skills, replace=replace, keep_going=keep_going,
        tell=_Counter(), report=tell_problems,
    )  # fmt: skip
    tell(answer, form, lambda: describe_intake(answer, "page"))
    return 1 if answer.refused else 0


@click.group("import")
def import_command() -> None:
    """Import spreadsheets, graphs, and public releases of classifications, into a data folder.

    \b
    Examples:
      rolegraph import table roles.xlsx --suggest > roles.yaml
      rolegraph import table roles.xlsx --map roles.yaml -o my-architecture
      rolegraph import onet db_29_0_text.zip -o my-architecture --only mapped
    """


for _command in make_commands():
    import_command.add_command(_command)


@import_command.command("table")
@click.argument("file", metavar="FILE", type=LocalPath(path_type=Path))
@click.option(
    "--map", "table_map", metavar="MAP", help="The mapping file, or the name of one that ships (uk-ddat)."
)
@folder_option(_INTO, required=False)
@click.option(
    "--as",
    "known_as",
    metavar="NAME",
    help="The name of the file that this one takes the place of, where it was renamed.  [default: the file's own]",
)
@click.option("--suggest", is_flag=True, help="Print a mapping file guessed from headers and first rows.")
@click.option("--apply", is_flag=True, help="Write the changes of a table that was imported before.")
@MERGE
@format_option("text", "json", "csv", "md")
def table_command(
    file: Path,
    table_map: str | None,
    folder: Path | None,
    known_as: str | None,
    suggest: bool,
    apply: bool,
    merge_skills: bool,
    form: str,
) -> None:
    """Turn a spreadsheet FILE (CSV, TSV or XLSX) into the records of a data folder, by a mapping file.

    The mapping says which column is what; --suggest proposes one and says what it is unsure of. Importing an edited
    sheet again shows what is added, changed and retired, and writes it with --apply. Every record keeps its cells,
    and findings name them. docs/tables.md tells what a mapping may say.

    \b
    Examples:
      rolegraph import table roles.xlsx --suggest > roles.yaml
      rolegraph import table roles.xlsx --map roles.yaml -o my-architecture
      rolegraph import table roles.xlsx --map roles.yaml -o my-architecture --apply
    """
    from rolegraph.incoming import import_table, suggest_mapping
    from rolegraph.report.intake import describe_intake

    if suggest:
        if table_map is not None or folder is not None:
            raise click.UsageError("--suggest prints a mapping; leave out --map and -o.")
        click.echo(suggest_mapping(file), nl=False)
        return
    if table_map is None or folder is None:
        raise click.UsageError("Give --map and -o, or --suggest for a mapping to begin with.")
    answer = import_table(
        file, table_map, folder, known_as=known_as, apply=apply, merge_skills=merge_skills, tell=tell_step
    )
    tell(answer, form, lambda: describe_intake(answer, "row"))


@import_command.command("graph")
@click.argument("file", metavar="FILE", type=LocalPath(path_type=Path))
@folder_option(_INTO)
@click.option("--apply", is_flag=True, help="Write changes of what the folder holds, not additions alone.")
@format_option("text", "json", "csv", "md")
def graph_command(file: Path, folder: Path, apply: bool, form: str) -> None:
    """Turn a graph FILE back into the records of a data folder: one edited in Protege, or returned by a store.

    FILE is Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD, and states the whole architecture: what it no longer
    holds is removed. Changes are shown first, and written with --apply; comments in the files of records stay.
    What the graph holds beside the records is kept in beside.ttl, and stands in every export.

    \b
    Examples:
      rolegraph import graph edited.rdf -o my-architecture
      rolegraph import graph edited.rdf -o my-architecture --apply
      rolegraph --data my-architecture diff my-architecture edited.rdf
    """
    from rolegraph.incoming import import_graph
    from rolegraph.report.intake import describe_intake

    answer = import_graph(file, folder, apply=apply, tell=tell_step)
    tell(answer, form, lambda: describe_intake(answer, "role"))


class _Counter:
    """Shows on a terminal how many pages are read."""

    def __call__(self, done: int, of: int) -> None:
        if of > 20 and sys.stderr.isatty() and (done % 10 == 0 or done == of):
            click.echo(click.style(f"\r… {done:,} of {of:,} pages", dim=True), err=True, nl=done == of)
