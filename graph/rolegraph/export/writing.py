"""Writes an export to its place: a file, a folder of files, or a stream."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from rolegraph.errors import RequestError
from rolegraph.export.formats import FORMATS, Format
from rolegraph.export.source import Source
from rolegraph.output import Sink, hold_folder, stage_files, stream_file


def find_format(name: str) -> Format:
    """The format of that name, in any letter case. Raises RequestError naming the closest ones."""
    form = FORMATS.get(name.lower())
    if form is None:
        close = get_close_matches(name.lower(), FORMATS, n=2) or list(FORMATS)
        raise RequestError(f"there is no format {name}; choose {', '.join(close)}")
    return form


def write_export(source: Source, form: Format, place: Path) -> tuple[Path, ...]:
    """Write one format to a file, or to a folder where it has several files; returns what was written.

    Files appear whole or not at all. Raises OutputError.
    """
    if not form.several:
        write = form.load_writer()
        stream_file(place, lambda sink: write(source, sink))
        return (place,)
    with hold_folder(place), stage_files(place) as staging:
        staging.sweep()
        names = [staging.add(name, write).name for name, write in form.load_files()(source)]
    return tuple(place / name for name in names)


def stream_export(source: Source, form: Format, sink: Sink) -> None:
    """Write a format of one file to a stream. Raises RequestError for one of several files."""
    if form.several:
        raise RequestError(f"{form.name} has several files; name a folder for them: -o DIR")
    form.load_writer()(source, sink)
