"""JSON Lines of focus documents: one focus per line, the keys of the YAML form, numbers as texts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

from rolegraph.model.roles import Focus
from rolegraph.records.document import BROKEN, Document, Reading, quote
from rolegraph.records.render import to_document

MAX_LINE: Final = 8 * 2**20
"""The bytes that one line may hold: a focus of any sensible size many times over."""


def read_jsonl(stream: IO[bytes], file: str) -> Iterator[Reading]:
    """Reads one document after the other; a line that is no JSON object gives a reading with its problem.

    Blank lines are passed over. Memory holds one line at a time.

    >>> import io
    >>> for reading in read_jsonl(io.BytesIO(b'{"focus": "A.B"}\\n[1\\n'), "f.jsonl"):
    ...     print(reading.document, *reading.problems)
    {'focus': 'A.B'}
    Unread.BROKEN f.jsonl:2: not JSON: Expecting ',' delimiter at character 3; correct the line [json-syntax]
    """
    number = 0
    while data := stream.readline(MAX_LINE + 1):
        number += 1
        reading = Reading(file, first_line=number)
        if len(data) > MAX_LINE:
            reading.refuse(
                (),
                "line-too-large",
                f"the line is longer than {MAX_LINE // 2**20} MiB",
                "one focus stands on a line",
            )
            _skip_line(stream, data)
        else:
            _read_line(data, reading)
            if reading.document is BROKEN and not reading.problems:
                continue
        yield reading


def write_jsonl(focuses: Iterable[Focus]) -> Iterator[str]:
    """The lines that :func:`read_jsonl` reads back as these focuses, each with its line end.

    Give them sorted by code for the same file from the same records.
    """
    for focus in focuses:
        yield json.dumps(to_document(focus), ensure_ascii=False, separators=(",", ":")) + "\n"


def _skip_line(stream: IO[bytes], data: bytes) -> None:
    while data and not data.endswith(b"\n"):
        data = stream.readline(2**16)


def _read_line(data: bytes, reading: Reading) -> None:
    try:
        text = data.decode("utf-8-sig" if reading.first_line == 1 else "utf-8").strip(" \t\r\n")
    except UnicodeDecodeError as error:
        reading.refuse(
            (), "text-encoding", f"the byte 0x{data[error.start]:02X} is not UTF-8", "save the file as UTF-8"
        )
        return
    if not text:
        return
    repeated: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            repeated.extend(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return made

    try:
        document: Document = json.loads(text, object_pairs_hook=collect, parse_int=_read_int)
    except json.JSONDecodeError as error:
        reading.refuse(
            (), "json-syntax", f"not JSON: {error.msg} at character {error.pos + 1}", "correct the line"
        )
        return
    except RecursionError:
        reading.refuse((), "json-syntax", "values are nested too deep", "nest them less")
        return
    for key in repeated:
        reading.refuse((), "key-duplicate", f"{quote(key)} is given twice in one object", "keep one")
    reading.document = document


def _read_int(digits: str) -> int | float:
    # It is refused later in any case; a very long one may not become an int.
    return int(digits) if len(digits) <= 30 else float(digits)
