"""Opens a mapping set (SSSOM/TSV): its metadata, the prefixes that it declares, and its rows with their lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from rolegraph.errors import InputError, Place, Problem
from rolegraph.mappings.curies import BUILT_IN
from rolegraph.mappings.sssom import REQUIRED
from rolegraph.records.formats import name_format

MAX_BYTES: Final = 256 * 2**20
"""The bytes that a mapping set may have."""

SPREAD: Final = ("mapping_date", "mapping_tool", "mapping_tool_version")
"""What SSSOM lets a set say for all of its mappings, of that which is read here."""

_QUOTED: Final = re.compile('"(#(?:[^"]|"")*)"[\t,;]*')
_TRAIL: Final = re.compile(r"(?:\t+|,{3,}|;{3,})$")
_BLANK: Final = re.compile(r"[\s,;]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and the values of its cells by column, those that are empty left out."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MappingSet:
    """A mapping set as it is written.

    ``columns`` are those of the table, and those for which the set speaks as a whole.
    """

    name: str
    prefixes: Mapping[str, str]
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)

    def expand(self, curie: str) -> str | None:
        """The IRI of a CURIE, or an IRI in angle brackets or not; None where its prefix is not declared."""
        text = curie.removeprefix("<").removesuffix(">")
        prefix, colon, local = text.partition(":")
        if colon and prefix in self.prefixes and not local.startswith("//"):
            return self.prefixes[prefix] + local
        return text if "://" in text or text.startswith("urn:") else None


def open_set(
    data: bytes,
    name: str,
    metadata: bytes | None = None,
    metadata_name: str = "",
    prefixes: Mapping[str, str] | None = None,
) -> MappingSet:
    """The mapping set of the bytes of a file. ``metadata`` are those of a file of its own, where there is one.

    What the table itself says prevails over that, and both over ``prefixes``, which need no declaration. Commas or
    semicolons may stand for the tabs. Raises InputError for what is no SSSOM/TSV.
    """
    text = _decode(
        data, name, "a mapping set is a table as text (SSSOM/TSV); save it as tab-separated text in UTF-8"
    )
    lines = text.split("\n")
    block: list[str] = []
    for line in lines:
        said = _read_remark(line)
        if said is None:
            break
        block.append(said)
    head = len(block)
    outer = {}
    if metadata is not None:
        remedy = "metadata are text (YAML); name such a file"
        outer = _read_metadata(_decode(metadata, metadata_name, remedy), metadata_name, remedy)
    inner = _read_metadata("\n".join(block), name, "correct the lines that begin with #")
    facts = outer | inner
    curies = {**(prefixes or {}), **_read_curies(outer, metadata_name or name), **_read_curies(inner, name)}
    columns, rows = _read_table("\n".join(lines[head:]), head, name)
    spread = {key: str(facts[key]) for key in SPREAD if facts.get(key) not in (None, "")}
    # A set speaks for its mappings only where none of them speaks for itself.
    spread = {key: value for key, value in spread.items() if not any(key in row.cells for row in rows)}
    if spread:
        rows = tuple(Row(row.line, {**row.cells, **spread}) for row in rows)
    return MappingSet(name, {**curies, **BUILT_IN}, tuple(dict.fromkeys((*columns, *spread))), rows)


def _refuse(name: str, line: int | None, rule: str, message: str, remedy: str, where: str = "") -> InputError:
    return InputError([Problem(rule, message, Place(name, line), where, remedy)])


def _read_remark(line: str) -> str | None:
    """What a line above the table says behind its #, "" for an empty one; None where the table begins.

    A spreadsheet quotes a cell that has quotes in it, and fills the line up with the separators of empty cells.
    """
    line = line.rstrip("\r")
    if quoted := _QUOTED.fullmatch(line):
        return quoted[1].replace('""', '"')[1:]
    if line.startswith("#"):
        return _TRAIL.sub("", line)[1:]
    return "" if _BLANK.fullmatch(line) else None


def _decode(data: bytes, name: str, expected: str) -> str:
    if len(data) > MAX_BYTES:
        raise _refuse(name, None, "file-large", f"the file has more than {MAX_BYTES >> 20} MiB", "divide it")
    if kind := name_format(data):
        raise _refuse(name, None, "file-binary", f"the file is {kind}", expected)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _refuse(name, None, "not-utf8", "the text is UTF-16", "save the file as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refuse(name, line, "not-utf8", "the text is not UTF-8", "save the file as UTF-8") from None


def _read_metadata(text: str, name: str, remedy: str) -> dict[str, Any]:
    try:
        # Aliases could make a small file large.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise _refuse(name, None, "metadata-wrong", "the metadata uses aliases", "write the values out")
        read = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        raise _refuse(name, line, "metadata-wrong", "the metadata is no YAML", remedy) from None
    if read is None:
        return {}
    if not isinstance(read, dict):
        raise _refuse(name, 1, "metadata-wrong", "the metadata is no list of keys and values", remedy)
    return {str(key): value for key, value in read.items()}


def _read_curies(facts: Mapping[str, Any], name: str) -> dict[str, str]:
    curies = facts.get("curie_map") or {}
    if not isinstance(curies, dict) or not all(isinstance(value, str) for value in curies.values()):
        raise _refuse(
            name, None, "metadata-wrong", "curie_map is no mapping of prefixes to IRIs",
            "write a line for each prefix, such as #  skos: http://www.w3.org/2004/02/skos/core#", "curie_map",
        )  # fmt: skip
    return {str(prefix): value for prefix, value in curies.items()}


def _read_table(text: str, skipped: int, name: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    first = text.partition("\n")[0]
    mark = next((mark for mark in ",;" if mark in first and "\t" not in first), "\t")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
        if missing := [column for column in REQUIRED if column not in columns]:
            raise _refuse(
                name, skipped + 1, "column-missing", f"there is no column {', '.join(missing)}",
                "give a table as SSSOM/TSV: columns with tabs between them, named in its first line",
            )  # fmt: skip
        if repeated := sorted({column for column in columns if columns.count(column) > 1}):
            raise _refuse(
                name, skipped + 1, "column-repeated", f"a column is there twice: {', '.join(repeated)}", "keep one"
            )  # fmt: skip
        return columns, tuple(_list_rows(reader, columns, skipped, name))
    except csv.Error as error:
        raise _refuse(
            name, skipped + reader.line_num, "table-broken", f"the table cannot be read: {error}",
            "write a cell with quotes in it as \"...\", its quotes doubled",
        ) from None  # fmt: skip


def _clean(cell: str) -> str:
    """The text of a cell with the line ends, blanks and Unicode form that texts have here."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    return unicodedata.normalize("NFC", text)


def _list_rows(reader: Any, columns: tuple[str, ...], skipped: int, name: str) -> Iterator[Row]:
    problems = []
    line = skipped + reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) > len(columns):
                message = f"the row has {len(cells)} cells where the table has {len(columns)} columns"
                problems.append(
                    Problem("row-ragged", message, Place(name, line), "", "correct the tabs of the row")
                )
            values = {
                column: _clean(cell) for column, cell in zip(columns, cells, strict=False) if cell.strip()
            }
            yield Row(line, values)
        line = skipped + reader.line_num + 1
    if problems:
        raise InputError(problems)
