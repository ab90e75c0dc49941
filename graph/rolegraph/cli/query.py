"""The command that asks the graph in SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from rolegraph.cli.options import open_architecture, source_options, tell_step
from rolegraph.cli.places import refuse_address
from rolegraph.errors import RequestError, describe_error

if TYPE_CHECKING:
    from rolegraph.architecture import Architecture
    from rolegraph.store.result import Result


_LONGEST = 4 << 20
"""The characters of a query that are read; the guard refuses far shorter ones."""


def _complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from rolegraph.store.named import list_queries

    return [CompletionItem(q.name, help=q.title) for q in list_queries() if q.name.startswith(incomplete)]


@click.command("query")
@click.argument("query", required=False, metavar="[NAME|FILE|-]", shell_complete=_complete_name)
@click.option("--list", "list_all", is_flag=True, help="List the named queries with their parameters.")
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a named query, or the value of a variable that your own query selects (a plain text, or an <IRI>).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "turtle"]),
    help="The form of the answer. [default: table; turtle for CONSTRUCT and DESCRIBE]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    help="Seconds that your own query may take, once the data are read.",
)
@click.option("--limit", type=click.IntRange(1), default=100_000, show_default=True, help="Rows it may give.")
@click.option(
    "--endpoint", metavar="URL",
    help="Ask a SPARQL endpoint, in place of --data or --graph. Needs pip install 'rolegraph[web]'.",
)  # fmt: skip
@click.option(
    "--dataset", metavar="IRI", help="With --endpoint: which architecture to ask, where it holds several."
)
@click.option(
    "--insecure", is_flag=True, help="With --endpoint: send credentials over http:// to another machine too."
)
@source_options
def query_command(
    query: str | None,
    list_all: bool,
    parameters: tuple[str, ...],
    form: str | None,
    timeout: float,
    limit: int,
    endpoint: str | None,
    dataset: str | None,
    insecure: bool,
) -> int:
    """Ask the graph in SPARQL: a named query, a file, or standard input (-).

    Queries are read-only: SELECT, ASK, CONSTRUCT and DESCRIBE, without SERVICE and FROM. With --graph FILE that file is
    asked as it is, together with the adjacency.ttl of the same build. An ASK that answers no exits with 1.

    With --endpoint URL the graphs that rolegraph publish put into that store are asked, by their names, whether the
    store unions named graphs or not; your own query is judged here before it is sent, and parameters are codes.
    Credentials as for rolegraph publish.

    \b
    Examples:
      rolegraph query --list
      rolegraph query profiles-by-occupation --param occupation=51-1011
      rolegraph query my-query.rq --format csv
      echo 'SELECT * { ?s ?p ?o } LIMIT 5' | rolegraph query -
      rolegraph query pay-summary --endpoint http://localhost:7878/query
    """
    if list_all == (query is not None):
        raise click.UsageError("Name a query, a file or -, or give --list.")
    if query is None:
        _list_queries(form)
        return 0
    if endpoint is None and (dataset is not None or insecure):
        raise click.UsageError("--dataset and --insecure belong to --endpoint.")
    pairs = [_split(parameter) for parameter in parameters]
    text = _read_text(query)
    if endpoint is not None:
        _refuse_sources()
        settings = {"timeout": timeout, "limit": limit, "dataset": dataset, "insecure": insecure}
        answer = _ask_endpoint(endpoint, query, text, pairs, settings)
        _tell(answer, form or ("turtle" if answer.kind == "construct" else "table"))
        return 1 if answer.boolean is False else 0
    from rolegraph.store.named import find_query

    jobs = open_architecture()
    tell_step("reading the graph")
    answer = (
        jobs.query(query, pairs) if text is None else jobs.sparql(text, pairs, timeout=timeout, limit=limit)
    )
    if query.lower() == "neighbours" and not answer.rows:
        click.echo("The graph holds no such adjacency; rolegraph build writes it for one edition.", err=True)
    if _asks_nothing(jobs, find_query(query).text if text is None else text):
        click.echo(
            "No public release is loaded, so GRAPH finds nothing; rolegraph import soc|onet|esco|oews SRC -o DIR brings one.",
            err=True,
        )
    _tell(answer, form or ("turtle" if answer.kind == "construct" else "table"))
    return 1 if answer.boolean is False else 0


def _refuse_sources() -> None:
    """Refuse a call that names data or a graph beside an endpoint."""
    meta = click.get_current_context().meta
    if meta.get("rolegraph.data") is not None or meta.get("rolegraph.graph") is not None:
        raise click.UsageError("Give --endpoint, --data or --graph: one of them.")


def _ask_endpoint(
    url: str, query: str, text: str | None, pairs: list[tuple[str, str]], settings: dict[str, Any]
) -> Result:
    """The answer of an endpoint: to the named query ``query`` where ``text`` is None, else to the text."""
    from rolegraph.architecture import read_term
    from rolegraph.remote.ask import Endpoint

    with Endpoint(url, tell=tell_step, **settings) as endpoint:
        if text is None:
            return endpoint.ask_named(query, pairs)
        return endpoint.ask_text(text, {name: read_term(value) for name, value in pairs})


def _asks_nothing(jobs: Architecture, query: str) -> bool:
    """Whether a query speaks of named graphs, and there are none."""
    from rolegraph.store.documents import names_graphs

    return names_graphs(query) and not jobs.library.releases


def _split(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise RequestError(f"--param {parameter} has no value; write --param NAME=VALUE")
    return name.removeprefix("?"), value


def _read_text(query: str) -> str | None:
    """The text of a file or of standard input; None where ``query`` is a name."""
    if query == "-":
        text = "" if sys.stdin is None else sys.stdin.read(_LONGEST)
        if not text.strip():
            raise RequestError("standard input holds no query")
        return text
    refuse_address(query)
    path = Path(query)
    if path.suffix not in {".rq", ".sparql"} and len(path.parts) == 1 and not path.is_file():
        return None
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LONGEST)
    except OSError as error:
        raise RequestError(f"cannot read {path}: {describe_error(error)}") from error
    except UnicodeDecodeError:
        raise RequestError(f"{path} is not UTF-8 text") from None


def _list_queries(form: str | None) -> None:
    from rolegraph.answers import Item, Listing
    from rolegraph.plain import to_json
    from rolegraph.report.sheets import describe_queries
    from rolegraph.report.tables import to_csv, to_rows
    from rolegraph.store.named import list_queries

    items = (
        Item(q.name, q.title, None, " ".join(_describe_parameter(p.name, p.required) for p in q.parameters))
        for q in list_queries()
    )
    answer = Listing("queries", tuple(items))
    if form == "json":
        click.echo(to_json(answer), nl=False)
    elif form == "csv":
        click.echo(to_csv(to_rows(answer)), nl=False)
    elif form in {None, "table"}:
        click.echo(describe_queries(answer), nl=False)
    else:
        raise RequestError(f"the list of queries has no {form} form; choose table, csv or json")


def _describe_parameter(name: str, required: bool) -> str:
    return f"--param {name}=..." if required else f"[--param {name}=...]"


def _tell(answer: Result, form: str) -> None:
    from rolegraph.report.layout import columns, printable
    from rolegraph.report.tables import neutralise
    from rolegraph.store import forms

    if form == "table":
        table = forms.to_table(answer)
        rows = [[printable(cell.replace("\n", " ")) for cell in row] for row in table.rows]
        for line in columns(table.columns, rows, shrink=range(len(table.columns))):
            click.echo(line)
        if answer.kind == "select":
            click.echo(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}", err=True)
    elif form == "csv":
        click.echo(forms.to_csv(answer, neutralise), nl=False)
    elif form == "tsv":
        click.echo(forms.to_tsv(answer), nl=False)
    elif form == "json":
        click.echo(forms.to_json(answer), nl=False)
    else:
        click.echo(forms.to_turtle(answer), nl=False)
    if answer.cut is not None:
        click.echo(f"the answer is not whole: {answer.cut}", err=True)
