"""The command that serves the graph over HTTP."""

from __future__ import annotations

import os

import click

from rolegraph.cli.options import open_architecture, source_options, tell_step
from rolegraph.errors import RequestError

_MEGABYTE = 1 << 20


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 for any that is free.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    help="Seconds that a query may take.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=64 * _MEGABYTE,
    show_default=True,
    help="Bytes that an answer may have.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Queries that are answered at one time. [default: one per processor]",
)
@click.option(
    "-k",
    "count",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Nearest roles of each role in the graph.",
)
@click.option("--edition", default="structural@1", show_default=True, help="The edition of their distances.")
@click.option("--log-queries", is_flag=True, help="Write the text of queries to the log.")
@click.option("--quiet", is_flag=True, help="Write no log of requests.")
@source_options
def serve_command(
    host: str,
    port: int,
    timeout: float,
    max_bytes: int,
    workers: int | None,
    count: int,
    edition: str,
    log_queries: bool,
    quiet: bool,
) -> int:
    """Serve the graph: pages for people, a JSON API at /api/, a SPARQL 1.1 endpoint at /sparql, and Linked Data at the
    path of each IRI.

    The API answers what the other commands answer, with the JSON of --format json; /api/openapi.json describes it. Everything
    is answered from the data as they are when it starts; it reads only, and asks no other server. The log is one JSON object
    for each request, on standard error. It ends with Ctrl-C or SIGTERM. It needs pip install 'rolegraph[web]'.

    \b
    Examples:
      rolegraph serve
      curl 'http://127.0.0.1:8000/api/adjacent?role=MANUFA.MANUFACTF950.M3&k=3'
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT ?s { ?s a rg:Profile }' http://127.0.0.1:8000/sparql
      curl -H 'Accept: text/turtle' http://127.0.0.1:8000/rolegraph/id/profile/MANUFA.BIOPROCE4427.M3
    """
    try:
        from rolegraph.web.server import run_server
        from rolegraph.web.settings import Settings
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("rolegraph"):
            raise
        raise RequestError(f"serve needs {error.name}; pip install 'rolegraph[web]'") from None
    from rolegraph.store.pool import Limits

    settings = Settings(
        Limits(timeout, max_bytes),
        workers or os.cpu_count() or 1,
        edition,
        count,
        log_queries=log_queries,
        quiet=quiet,
    )
    jobs = open_architecture()
    tell_step("reading the graph")

    def tell(address: str, alone: bool) -> None:
        if not alone:
            warning = f"{host} is reached from other machines, and whoever reaches it reads all of the data"
            click.echo(f"warning: {warning}", err=True)
        click.echo(f"serving at {address}", err=True)

    run_server(jobs, settings, host, port, tell)
    return 0
