"""The command that writes the graph as pages."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from rolegraph.cli.options import folder_option, open_architecture, source_options, tell_step
from rolegraph.errors import RequestError


def _complete_language(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from rolegraph.site.wording import list_languages

    return [CompletionItem(name) for name in list_languages() if name.startswith(incomplete)]


@click.command("site")
@folder_option("The folder to write to, new, empty, or with an earlier site.")
@click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="LANGUAGE",
    shell_complete=_complete_language,
    help="The language of the pages; what the data say stays as it is.",
)
@click.option(
    "-k", "count", type=click.IntRange(1), default=10, show_default=True,
    help="Nearest roles on the page of each role.",
)  # fmt: skip
@click.option("--edition", default="structural@1", show_default=True, help="The edition of the distances.")
@click.option("--strict", is_flag=True, help="Exit with 1 where the data have violations or warnings.")
@source_options
def site_command(folder: Path, language: str, count: int, edition: str, strict: bool) -> int:
    """Write the graph as pages for a browser: roles, ladders, skills, levels, comparison, paths, search.

    The pages open from the folder itself, without a server, and from any web host. Only files that changed are
    written, and files that are not of the site stay. What the shapes find is on a page of its own, and does not keep
    the others from being written. The same data gives the same bytes.

    \b
    Examples:
      rolegraph site -o pages
      rolegraph --data my-architecture site -o pages
    """
    from rolegraph.site.book import Book
    from rolegraph.site.wording import list_languages
    from rolegraph.site.writing import write_site

    if language not in list_languages():
        raise RequestError(f"there are no pages in {language!r}; choose {', '.join(list_languages())}")
    book = Book(open_architecture(), language=language, edition=edition, k=count)
    done = write_site(book, folder, tell=tell_step)
    click.echo(
        f"{folder} is written: {done.written:,} files written, {done.unchanged:,} unchanged, {done.removed:,} removed,"
        f" {done.size / 1_000_000:,.1f} MB in all. Begin here: {folder / 'index.html'}"
    )
    findings = book.validation.findings
    if not book.validation.conforms:
        violations = sum(finding.severity == "violation" for finding in findings)
        click.echo(
            f"warning: the data have {violations:,} violations; {folder / 'findings.html'} lists them",
            err=True,
        )
    unsound = not book.validation.conforms or any(finding.severity == "warning" for finding in findings)
    return 1 if strict and unsound else 0
