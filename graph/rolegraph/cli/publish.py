"""The command that puts the graph into a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import format_option, open_architecture, source_options, tell, tell_step

if TYPE_CHECKING:
    from rolegraph.answers import Publication


@click.command("publish")
@click.argument("url", metavar="URL")
@click.option(
    "--default-graph", is_flag=True,
    help="Put the architecture and its adjacency into the default graph of the store, in place of what it holds, not into"
    " named graphs: for tools that ask the default graph of a store that does not union its named graphs.",
)  # fmt: skip
@click.option(
    "--replace", is_flag=True,
    help="With --default-graph: also where it holds triples that rolegraph did not put there. They are lost.",
)  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True, help="Send every graph, also those that are there unchanged."
)
@click.option(
    "--prune", is_flag=True,
    help="Delete graphs that an earlier publish put there and that are no longer part of it.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell what would be sent; the store is only read.")
@click.option(
    "-k", "count", type=click.IntRange(1), default=10, show_default=True, help="Neighbours per role."
)
@click.option("--edition", default="structural@1", show_default=True, help="The edition of the distances.")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=600.0, show_default=True,
    help="Seconds that the store may be silent over one graph.",
)  # fmt: skip
@click.option("--insecure", is_flag=True, help="Send credentials over http:// to another machine too.")
@format_option("text", "json", "csv", "md")
@source_options
def publish_command(
    url: str,
    default_graph: bool,
    replace: bool,
    everything: bool,
    prune: bool,
    dry_run: bool,
    count: int,
    edition: str,
    timeout: float,
    insecure: bool,
    form: str,
) -> int:
    """Put the graph, its adjacency and the public releases into a SPARQL store, each as a named graph.

    URL is the address of the store's Graph Store HTTP Protocol. Each graph is replaced by one request, so that readers
    find the old one or the new one as far as the store itself is atomic. What fails for a moment (no connection, 429,
    502, 503, 504) is tried again, longer and longer. Data with violations is not sent.

    A small graph in the store, BASE/publication, records the SHA-256 of what was put. A graph with the same SHA-256
    that the store still has is not sent again, so an interrupted run goes on where it ended. What others changed inside
    such a graph is not noticed: --all sends everything. Do not publish twice at the same time.

    Credentials come from ROLEGRAPH_USER and ROLEGRAPH_PASSWORD, from ROLEGRAPH_TOKEN (bearer), or from the entry of the
    host in ~/.netrc; they are never shown, and sent to no other host. Needs pip install 'rolegraph[web]'.

    \b
    Examples:
      rolegraph publish http://localhost:7878/store
      rolegraph --data my-architecture publish http://localhost:3030/jobs/data --dry-run
      rolegraph publish https://store.example.org/rdf-graphs/service --default-graph
    """
    from rolegraph.answers import Validation
    from rolegraph.records.saving.blank import list_unset
    from rolegraph.remote.publish import Wishes
    from rolegraph.report.sheets import describe_validation

    if replace and not default_graph:
        raise click.UsageError("--replace belongs to --default-graph.")
    wishes = Wishes(default_graph, replace, everything, prune, dry_run, insecure, timeout)
    jobs = open_architecture()
    if unset := list_unset(jobs.taxonomy.dataset):
        click.echo(
            f"warning: still to be set in the dataset: {', '.join(unset)}; they are published as they are",
            err=True,
        )
    answer = jobs.publish(url, wishes, k=count, edition=edition, tell=tell_step)
    if isinstance(answer, Validation):
        tell(answer, form, lambda: describe_validation(answer))
        click.echo("Nothing was sent: the data has violations.", err=True)
        return 1
    tell(answer, form, lambda: _describe(answer))
    return 0


def _describe(answer: Publication) -> str:
    from rolegraph.remote.publish import describe_graph
    from rolegraph.report.layout import columns

    rows = [
        [
            graph.deed,
            describe_graph(graph.graph),
            "" if graph.triples is None else f"{graph.triples:,} triples",
            "" if graph.size is None else f"{graph.size:,} bytes",
            "" if graph.seconds is None else f"{graph.seconds:.1f} s",
        ]
        for graph in answer.graphs
    ]
    head = f"{answer.store}{' (dry run: nothing was sent)' if answer.dry_run else ''}"
    notes = [f"note: {note}" for note in answer.notes]
    return "\n".join([head, *columns(["", "graph", "", "", ""], rows, right=[2, 3, 4]), *notes]) + "\n"
