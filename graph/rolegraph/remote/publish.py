"""Publishing: each graph that is not yet in the store as it is here, one request each, so that a run can be continued."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.answers import Publication, PublishedGraph
from rolegraph.answers.publication import Deed
from rolegraph.errors import OutputError, QueryError, RequestError
from rolegraph.remote.address import read_address
from rolegraph.remote.client import Client, RemoteError
from rolegraph.remote.credentials import find_credentials
from rolegraph.remote.graphs import GraphStore
from rolegraph.remote.parts import Part, list_parts
from rolegraph.remote.record import Entry, Record

if TYPE_CHECKING:
    from rolegraph.export.source import Source

TIMEOUT = 600.0
"""The seconds that a store may be silent over an upload."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a publication is to do.

    ``default_graph``: architecture and adjacency into the store's default graph, not into named ones; ``replace``:
    also where it holds what rolegraph did not put there. ``everything``: send what is unchanged as well. ``prune``:
    delete what is no longer in the data. ``dry_run``: change nothing. ``insecure``: credentials over plain http.
    """

    default_graph: bool = False
    replace: bool = False
    everything: bool = False
    prune: bool = False
    dry_run: bool = False
    insecure: bool = False
    timeout: float = TIMEOUT


def publish(
    source: Source,
    url: str,
    wishes: Wishes,
    *,
    tell: Callable[[str], None] = lambda step: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Publication:
    """Put the graphs of a source into the store whose Graph Store Protocol answers at ``url``.

    Raises RequestError for an address or credentials that cannot be used, OutputError where the store fails; what was
    put by then is recorded in the store, and is not sent again.
    """
    address = read_address(url)
    credentials = find_credentials(address, insecure=wishes.insecure)
    client = Client(address, credentials, timeout=wishes.timeout, tell=tell, sleep=sleep)
    with client, tempfile.TemporaryDirectory(prefix="rolegraph-") as folder:
        store = GraphStore(client)
        try:
            # The store is asked first: a wrong address is told before the work of writing.
            record = Record(store, source.taxonomy.dataset.base)
        except (RemoteError, QueryError) as error:
            raise OutputError(f"nothing was published: {error}") from None
        parts = tuple(list_parts(source, Path(folder), default_graph=wishes.default_graph, tell=tell))
        return _Run(store, record, wishes, tell, address.shown).carry_out(parts)


class _Run:
    def __init__(
        self, store: GraphStore, record: Record, wishes: Wishes, tell: Callable[[str], None], shown: str
    ) -> None:
        self._store, self._record, self._wishes, self._tell = store, record, wishes, tell
        self._shown = shown
        self._done = 0

    def carry_out(self, parts: tuple[Part, ...]) -> Publication:
        """Send what is to be sent, delete what is to be deleted."""
        graphs: dict[str | None, PublishedGraph] = {}
        gone = [graph for graph in self._record.entries if graph not in {part.graph for part in parts}]
        try:
            waiting = [part for part in parts if not self._is_there(part)]
            if not self._wishes.replace and any(part.graph is None for part in waiting):
                self._spare_default()
            if self._wishes.dry_run:
                graphs = {part.graph: _tell_part(part, "to put") for part in waiting}
            elif waiting or (gone and self._wishes.prune):
                self._record.forget(
                    {part.graph for part in waiting} | set(gone if self._wishes.prune else ())
                )
                graphs = {part.graph: self._put(part) for part in waiting}
            removed = tuple(map(self._remove, gone))
        except (RemoteError, QueryError) as error:
            left = f"{self._done} of {len(parts)} graphs are in the store as they are here"
            raise OutputError(f"{error}. {left}; run the same command again to go on") from None
        told = (graphs.get(part.graph) or _tell_part(part, "unchanged") for part in parts)
        size = 0 if self._wishes.dry_run else sum(part.size for part in waiting)
        return Publication(self._shown, self._wishes.dry_run, size, (*told, *removed), self._note(gone))

    def _is_there(self, part: Part) -> bool:
        """Whether the record vouches for the graph, and the store still has a graph of that name."""
        known = self._record.entries.get(part.graph)
        if self._wishes.everything or known is None or known.sha256 != part.sha256:
            return False
        there = part.graph is None or self._store.exists(part.graph)
        self._done += there
        return there

    def _spare_default(self) -> None:
        """Refuse to write over a default graph that others filled."""
        if None in self._record.entries or self._store.is_default_empty():
            return
        raise RequestError(
            "the default graph of the store holds triples that rolegraph did not put there, and they would be lost; "
            "publish without --default-graph, into an empty store, or add --replace to lose them"
        )

    def _put(self, part: Part) -> PublishedGraph:
        self._tell(f"sending {describe_graph(part.graph)} ({part.size:,} bytes)")
        begun = time.monotonic()
        self._store.put(part.graph, part.path, part.media_type)
        self._record.note(Entry(part.graph, part.sha256, part.triples))
        self._done += 1
        return _tell_part(part, "put", round(time.monotonic() - begun, 3))

    def _remove(self, graph: str | None) -> PublishedGraph:
        if not self._wishes.prune:
            return PublishedGraph(graph, "left")
        if self._wishes.dry_run:
            return PublishedGraph(graph, "to delete")
        self._tell(f"deleting {describe_graph(graph)}")
        self._store.delete(graph)
        self._record.drop(graph)
        return PublishedGraph(graph, "deleted")

    def _note(self, gone: list[str | None]) -> tuple[str, ...]:
        if not gone or self._wishes.prune:
            return ()
        names = ", ".join(map(describe_graph, gone))
        return (f"in the store, and not part of what was published now: {names}; --prune deletes it",)


def describe_graph(graph: str | None) -> str:
    """How messages name a graph."""
    return "the default graph" if graph is None else graph


def _tell_part(part: Part, deed: Deed, seconds: float | None = None) -> PublishedGraph:
    return PublishedGraph(part.graph, deed, part.triples, part.size, part.sha256, seconds)
