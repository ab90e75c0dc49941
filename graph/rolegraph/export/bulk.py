"""Nodes and edges as CSV with the headers of Neo4j's bulk import: a file for each kind, and the arguments to read them.

The rules are those of ``neo4j-admin database import``: UTF-8, commas, quotes doubled inside quotes, an empty field for
what is not known. No cell is changed for the sake of a spreadsheet: what is imported is what the records say.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Final

from rolegraph.export.bulk_edges import list_edge_tables
from rolegraph.export.bulk_nodes import list_node_tables
from rolegraph.export.bulk_tables import Table, Value
from rolegraph.export.source import Source
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.output import Sink

ARGUMENTS: Final = "import.args"
"""The file of arguments beside the tables: ``neo4j-admin database import full neo4j @import.args``."""

DELIMITERS: Final = (";", "|", "\x1f")
"""What may stand between the members of an array, the usual one first; no text of a record holds the last one."""

_AT_ONCE: Final = 5_000
"""How many rows are written at once."""


def list_files(source: Source) -> Iterator[tuple[str, Callable[[Sink], None]]]:
    """The tables of nodes, those of edges, and the arguments by which the importer reads them.

    There are always the same files, empty ones with a header alone, so that none of an earlier export is left over.
    """
    delimiter = find_delimiter(source.taxonomy)
    nodes, edges = list_node_tables(source.taxonomy), list_edge_tables(source)
    for table in (*nodes, *edges):
        yield table.file, _make_writer(table, delimiter)
    text = _write_arguments(nodes, edges, delimiter)
    yield ARGUMENTS, lambda sink: _write_text(sink, text)


def find_delimiter(taxonomy: Taxonomy) -> str:
    """What stands between the members of arrays: the first that no member holds, for it cannot be escaped there."""
    held: set[str] = set()
    for table in list_node_tables(taxonomy):
        arrays = [at for at, column in enumerate(table.columns) if column.endswith("[]")]
        for row in table.rows() if arrays else ():
            for at in arrays:
                value = row[at]
                if value and isinstance(value, tuple):
                    text = "".join(value)
                    held.update(mark for mark in DELIMITERS if mark in text)
    return next(mark for mark in DELIMITERS if mark not in held)


def _make_writer(table: Table, delimiter: str) -> Callable[[Sink], None]:
    return lambda sink: _write_table(table, delimiter, sink)


def _write_table(table: Table, delimiter: str, sink: Sink) -> None:
    _write_rows(sink, [table.columns])
    rows = iter(table.rows())
    while batch := list(islice(rows, _AT_ONCE)):
        _write_rows(sink, ([_show(value, delimiter) for value in row] for row in batch))


def _write_rows(sink: Sink, rows: Iterable[Sequence[str | None]]) -> None:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    _write_text(sink, text.getvalue())


def _show(value: Value, delimiter: str) -> str | None:
    """A value as a field. None and an empty array are an empty field, which the importer takes for no property."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return delimiter.join(value)
    # A decimal in its own digits: never with an exponent.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _write_arguments(nodes: Sequence[Table], edges: Sequence[Table], delimiter: str) -> str:
    shown = delimiter if delimiter.isprintable() else f"U+{ord(delimiter):04X}"
    lines = [
        "# Run in this folder: neo4j-admin database import full neo4j @import.args",
        "--id-type=string",
        "--multiline-fields=true",
        f"--array-delimiter={shown}",
        *(f"--nodes={table.file}" for table in nodes),
        *(f"--relationships={table.file}" for table in edges),
    ]
    return "\n".join(lines) + "\n"


def _write_text(sink: Sink, text: str) -> None:
    sink.write(text.encode())
