"""Public releases -> named graphs: whole imports, the writing of their rows, and what reads them back.

Nothing is measured where the releases of ``../shared/data`` are not there.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.commands import Ended, find_rolegraph, make_command
from bench.measure import Comparison, Variant, make_variant
from rolegraph.classifications.families import read_package
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import open_package
from rolegraph.records.files import RELEASES
from rolegraph.records.folder import load_folder, load_lent
from rolegraph.releases.decode import decode_rows
from rolegraph.releases.encode import RowEncoder
from rolegraph.releases.library import find_keys
from rolegraph.releases.rows import Row
from rolegraph.resources import find_resource

if TYPE_CHECKING:
    from bench.data import Architectures

SHARED = Path(__file__).parents[3] / "shared" / "data"
FOLDERS = {"onet": "onet-29.0", "esco": "esco-1.1.1"}


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Whole imports of each release that is there; of O*NET also its rows written, and its graph read."""
    for family, name in FOLDERS.items():
        if (SHARED / name).is_dir():
            yield from _compare_imports(stock.place / f"release-{family}", family, SHARED / name)
    if (SHARED / FOLDERS["onet"]).is_dir():
        yield from _compare_rows(stock.place / "release-onet" / "all", SHARED / FOLDERS["onet"])


def _compare_imports(place: Path, family: str, source: Path) -> Iterator[Comparison]:
    variants = [_import(place, family, source, only) for only in ("all", "mapped")]
    yield Comparison(f"`rolegraph import {family}`, {source.name}", 0, variants)


def _import(place: Path, family: str, source: Path, only: str) -> Variant:
    """A whole import into a copy of the shipped data that holds no release yet, its index included."""
    folder = place / only
    shutil.copytree(str(find_resource("data")), folder, dirs_exist_ok=True)
    cache = place / f"cache-{only}"

    def prepare() -> None:
        shutil.rmtree(folder / RELEASES, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)

    options = [] if only == "all" else ["--only", only]
    return make_command(
        "everything" if only == "all" else "`--only mapped`",
        [*find_rolegraph(), "import", family, str(source), "-o", str(folder), *options, "--format", "json"],
        place / f"{only}.json",
        answer=lambda ended: _check(ended),
        environment={"ROLEGRAPH_CACHE": str(cache)},
        prepare=prepare,
    )


def _check(ended: Ended) -> bool:
    """Whether every row was accounted for; the two variants hold different numbers of triples."""
    answer = json.loads(ended.output.read_text(encoding="utf-8"))
    for table in answer["tables"]:
        if table["rows"] != table["taken"] + sum(reason["rows"] for reason in table["skipped"]):
            raise RuntimeError(f"{table['table']}: rows are missing from the account")
    return bool(answer["changed"] and answer["triples"])


def _compare_rows(folder: Path, source: Path) -> Iterator[Comparison]:
    import pyoxigraph as ox

    keys = find_keys(load_lent())
    with open_package(source) as package:
        _, stream = read_package("onet", package, Ledger(), lambda step: None, ())
        rows = list(stream)
    encoder = RowEncoder(keys, "en")
    text = "\n".join(line for row in rows for line in encoder.encode(row)) + "\n"
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]

    def write_rows() -> str:
        return _digest(sorted({line for row in rows for line in encoder.encode(row)}))

    def serialize() -> str:
        sink = io.BytesIO()
        ox.serialize(triples, sink, format=ox.RdfFormat.N_TRIPLES)
        return _digest(sorted(set(sink.getvalue().decode().rstrip("\n").split("\n"))))

    yield Comparison(
        "O*NET rows written as sorted N-Triples",
        0,
        [
            make_variant("rolegraph, from rows", write_rows),
            make_variant("pyoxigraph serializer, triples at hand", serialize),
        ],
    )
    graph = folder / RELEASES / source.name / "release.nt"
    data, language = graph.read_bytes(), load_folder(folder).taxonomy.releases[0].language
    yield Comparison(
        "the graph of O*NET read",
        0,
        [
            make_variant("bulk load into the store", lambda: _load(data)),
            make_variant("parsed by pyoxigraph", lambda: sum(1 for _ in ox.parse(io.BytesIO(data), format=ox.RdfFormat.N_TRIPLES))),
        ],
    )  # fmt: skip
    yield Comparison(
        "the graph of O*NET as rows again",
        0,
        [make_variant("decode", lambda: _count(decode_rows(graph, keys, language), rows))],
    )


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _load(data: bytes) -> int:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(data, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("https://example.org/release"))
    return len(store)


def _count(decoded: Iterator[Row], rows: Sequence[Row]) -> int:
    number = sum(1 for _ in decoded)
    if number != len(rows):
        raise RuntimeError(f"{number} rows were read of {len(rows)} that were written")
    return number
