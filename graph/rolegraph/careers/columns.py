"""Named columns of whole numbers and texts, and the one flat file that holds them.

A column of numbers is a ``memoryview`` of 32 or 64 bit signed integers; texts are one blob of UTF-8 with the
offsets at which they begin, decoded one at a time. The file is a header, a table of contents and the columns as
they lie in memory, so that reading it back costs one read, one checksum and no decoding. Nothing in it can be
executed. It is a cache for one machine: numbers stand in the machine's own byte order, which the header states.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from zlib import crc32

FORMAT = 4
"""Number of the layout. It changes whenever a column is added, dropped or means something else."""

_MAGIC = b"rolegraph roster"
_HEADER = len(_MAGIC) + 4 + 1 + 64 + 8 + 4 + 4
_ALIGNMENT = 8

Columns = Mapping[str, "memoryview | Texts"]


class DamagedError(ValueError):
    """These bytes are not a whole, undamaged file of columns with the key that was asked for."""


class Texts:
    """A column of texts, decoded when asked for.

    >>> texts = Texts.of(["M1", "", "Größe"])
    >>> len(texts), texts[2], list(texts)
    (3, 'Größe', ['M1', '', 'Größe'])
    """

    __slots__ = ("blob", "starts")

    def __init__(self, starts: memoryview, blob: memoryview) -> None:
        self.starts = starts
        self.blob = blob

    @classmethod
    def of(cls, values: Iterable[str]) -> Texts:
        """The column that holds ``values`` in their order."""
        encoded = [value.encode() for value in values]
        starts = array("i", [0])
        end = 0
        for text in encoded:
            end += len(text)
            starts.append(end)
        return cls(memoryview(starts), memoryview(b"".join(encoded)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, position: int) -> str:
        return str(self.blob[self.starts[position] : self.starts[position + 1]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        text, starts = bytes(self.blob), self.starts.tolist()
        for start, end in pairwise(starts):
            yield text[start:end].decode()


def number_column(values: Iterable[int], *, wide: bool = False) -> memoryview:
    """A column of numbers of 32 bits, or 64 if ``wide``."""
    return memoryview(array("q" if wide else "i", values))


def group_column(groups: Iterable[Iterable[int]], *, wide: bool = False) -> tuple[memoryview, memoryview]:
    """Lists of numbers as two columns: where each list begins (and the last one ends), and the numbers.

    Numbers have 32 bits, or 64 if ``wide``.

    >>> starts, numbers = group_column([[7, 8], [], [9]])
    >>> starts.tolist(), numbers.tolist()
    ([0, 2, 2, 3], [7, 8, 9])
    """
    starts, numbers = array("i", [0]), array("q" if wide else "i")
    for group in groups:
        numbers.extend(group)
        starts.append(len(numbers))
    return memoryview(starts), memoryview(numbers)


def pack_columns(columns: Columns, key: str) -> bytes:
    """Columns as the bytes of a file. ``key`` (at most 64 ASCII characters) says what they were made from."""
    entries, parts, position = [], [], 0
    for name, code, data in _flatten(columns):
        entries.append(f"{name} {code} {position} {len(data)}")
        padded = data + bytes(-len(data) % _ALIGNMENT)
        parts.append(padded)
        position += len(padded)
    contents = "\n".join(entries).encode()
    contents += b"\n" * (-(_HEADER + len(contents)) % _ALIGNMENT)
    body = b"".join((contents, *parts))
    sizes = len(body).to_bytes(8, "big") + len(contents).to_bytes(4, "big")
    header = _stamp(key) + sizes + crc32(body, crc32(sizes)).to_bytes(4, "big")
    return header + body


def unpack_columns(data: bytes, key: str) -> Columns:
    """The columns of a file, as views into ``data``.

    Raises :class:`DamagedError` where the file is of another kind, format or key, cut short or changed.
    """
    head, view, stamp = data[:_HEADER], memoryview(data)[_HEADER:], _stamp(key)
    if len(head) < _HEADER or not head.startswith(stamp):
        raise DamagedError("not a snapshot of this data in this format")
    sizes, checksum = head[len(stamp) : -4], int.from_bytes(head[-4:], "big")
    if len(view) != int.from_bytes(sizes[:8], "big") or crc32(view, crc32(sizes)) != checksum:
        raise DamagedError("the snapshot is cut short or changed")
    contents = int.from_bytes(sizes[8:], "big")
    flat: dict[str, memoryview] = {}
    for line in str(view[:contents], "ascii").split("\n"):
        if line:
            name, code, start, size = line.split(" ")
            begin = contents + int(start)
            part = view[begin : begin + int(size)]
            flat[name] = part if code == "B" else part.cast(code)  # type: ignore[call-overload]
    return {
        name.removesuffix(":starts"): Texts(part, flat[name.removesuffix("starts") + "blob"])
        if name.endswith(":starts")
        else part
        for name, part in flat.items()
        if not name.endswith(":blob")
    }


def _flatten(columns: Columns) -> Iterator[tuple[str, str, bytes]]:
    for name, column in columns.items():
        if isinstance(column, Texts):
            yield f"{name}:starts", "i", column.starts.tobytes()
            yield f"{name}:blob", "B", column.blob.tobytes()
        else:
            yield name, column.format, column.tobytes()


def _stamp(key: str) -> bytes:
    order = b"<" if sys.byteorder == "little" else b">"
    return b"".join((_MAGIC, FORMAT.to_bytes(4, "big"), order, key.encode("ascii").ljust(64, b"\0")))
