"""The embedded store: pyoxigraph, filled from Turtle and N-Triples, in memory or in a folder."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from rolegraph.errors import InputError, OutputError, Place, Problem, describe_error
from rolegraph.rdf.read import explain_file, explain_syntax, find_format, holds_graphs, open_graph, read_quads
from rolegraph.store.documents import Documents


class Store:
    """Triples that can be asked. Made by :func:`load_store`, :func:`open_store` or :func:`create_store`.

    ``engine`` is the pyoxigraph store. It keeps the value of a number, not its spelling: ``8.0`` comes back
    as ``8``.
    """

    def __init__(self, engine: ox.Store) -> None:
        self.engine = engine

    def __len__(self) -> int:
        """The number of triples."""
        return len(self.engine)


def load_store(documents: Documents) -> Store:
    """A store in memory with all triples of ``documents``, or the store folder that they name.

    Raises InputError with the problem of every file that cannot be read.
    """
    if documents.folder is not None:
        return open_store(documents.folder)
    engine = ox.Store()
    _fill(engine, documents)
    return Store(engine)


def open_store(folder: Path) -> Store:
    """The store that :func:`create_store` left in ``folder``, for reading alone.

    Raises InputError where there is none.
    """
    try:
        return Store(ox.Store.read_only(str(folder)))
    except (OSError, ValueError) as error:
        raise InputError(
            [Problem("store-unreadable", f"there is no store that can be opened ({error})", Place(str(folder)),
                     remedy="name a folder that holds a store")]
        ) from error  # fmt: skip


def create_store(folder: Path, documents: Documents) -> Store:
    """A store in ``folder``, filled from ``documents``; later runs open it without reading them again.

    The folder appears whole or not at all. Raises OutputError where it holds something already or cannot be
    written, InputError as :func:`load_store` does.
    """
    if documents.folder is not None:
        raise ValueError("a store folder is opened, not filled from another one")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(f"{folder} is there already; delete it or choose another folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
        staging.mkdir()
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {describe_error(error)}") from error
    try:
        engine = ox.Store(str(staging))
        _fill(engine, documents)
        engine.flush()
        del engine
        staging.replace(folder)
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {describe_error(error)}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return open_store(folder)


def _fill(engine: ox.Store, documents: Documents) -> None:
    problems = [
        *_load_files(engine, ((None, path) for path in documents.files)),
        *_load_texts(engine, documents.texts),
        *_load_files(engine, documents.graphs),
    ]
    if problems:
        raise InputError(problems)


def _load_files(engine: ox.Store, files: Iterable[tuple[str | None, Path]]) -> Iterator[Problem]:
    for name, path in files:
        try:
            if name is None and holds_graphs(path):
                engine.bulk_extend(read_quads(path))
                continue
            graph = None if name is None else ox.NamedNode(name)
            # Opened here, so that a full disk or a lost store is not told as a missing file.
            with open_graph(path) as stream:
                base = path.absolute().as_uri()
                engine.bulk_load(stream, format=find_format(path), base_iri=base, to_graph=graph)
        except InputError as error:
            yield from error.problems
        except (SyntaxError, MemoryError, OSError) as error:
            yield explain_file(error, path)


def _load_texts(engine: ox.Store, texts: tuple[bytes, ...]) -> Iterator[Problem]:
    for text in texts:
        try:
            engine.bulk_load(text, format=ox.RdfFormat.TURTLE)
        except SyntaxError as error:
            yield explain_syntax(error, "the Turtle at hand")
