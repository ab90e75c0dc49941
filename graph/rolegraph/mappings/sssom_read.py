"""A mapping set (SSSOM/TSV), ours or another's, meets a job architecture: each row is taken, passed over or refused."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from rolegraph.errors import InputError, Place, Problem
from rolegraph.mappings.curies import Names
from rolegraph.mappings.sssom_table import MappingSet, Row, open_set
from rolegraph.model.checks import suggest
from rolegraph.model.mapping import Mapping
from rolegraph.rdf.fields import MATCHES
from rolegraph.rdf.vocab import SEMAPV, SSSOM

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy

NOTHING: Final = f"{SSSOM.iri}NoTermFound"
"""What a mapping set writes where it looked for something and found nothing."""

_FIELDS: Final[MappingOf[str, str]] = {
    "mapping_tool": "tool", "confidence": "confidence", "author_label": "author", "mapping_date": "day",
    "comment": "comment", "other": "assigned",
}  # fmt: skip
"""The columns that fields are read from, beside those that say what is mapped and how."""

_DERIVED: Final = frozenset(
    {
        "record_id", "subject_id", "subject_label", "subject_source", "subject_source_version", "subject_type",
        "predicate_id", "predicate_label", "predicate_modifier", "object_id", "object_label", "object_source",
        "object_source_version", "object_type", "mapping_justification", "mapping_tool_version", *_FIELDS,
    }
)  # fmt: skip
"""The columns that are read, or that say again what the records say."""

_PREDICATES: Final = {iri: name for name, iri in MATCHES.items()}
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Stated:
    """A mapping that a row states: of a ``profile`` or ``skill`` (``kind``) with this ``code``, at this line."""

    line: int
    kind: str
    code: str
    mapping: Mapping


@dataclass(frozen=True, slots=True)
class SetReading:
    """What a mapping set states, and what a person is told of it.

    ``fields`` are the fields of mappings that the set speaks of at all: others are not touched by it.
    """

    name: str
    rows: int
    stated: tuple[Stated, ...]
    fields: frozenset[str]
    notes: tuple[Problem, ...]


def read_sssom(
    taxonomy: Taxonomy, data: bytes, name: str, metadata: bytes | None = None, metadata_name: str = ""
) -> SetReading:
    """What the mapping set ``data`` states of the profiles and skills of ``taxonomy``; ``name`` is that of its file.

    ``metadata`` are the bytes of a file of metadata beside it. A row that says that something does not hold, or that
    nothing was found, is passed over with a note. Raises InputError with the problems of all rows.
    """
    names = Names(taxonomy)
    table = open_set(data, name, metadata, metadata_name, names.prefixes)
    reader = _Reader(taxonomy, table, names)
    for row in table.rows:
        reader.take(row)
    if problems := reader.list_problems():
        raise InputError(problems)
    fields = frozenset(field for column, field in _FIELDS.items() if column in table.columns)
    return SetReading(
        name, len(table.rows), tuple(reader.stated.values()), fields, (*reader.notes, *reader.list_unread())
    )


class _Reader:
    def __init__(self, taxonomy: Taxonomy, table: MappingSet, names: Names) -> None:
        self.taxonomy = taxonomy
        self.table = table
        self.names = names
        self.stated: dict[tuple[str, str, str], Stated] = {}
        self.notes: list[Problem] = []
        self._problems: list[Problem] = []
        self._unknown: Counter[str] = Counter()
        self._row = Row(0, {})

    def _refuse(self, column: str, rule: str, message: str, remedy: str) -> None:
        place = Place(self.table.name, self._row.line)
        self._problems.append(Problem(rule, message, place, column, remedy))

    def _note(self, column: str, rule: str, message: str, remedy: str) -> None:
        place = Place(self.table.name, self._row.line)
        self.notes.append(Problem(rule, message, place, column, remedy))

    def list_problems(self) -> list[Problem]:
        """The problems of the rows; that of a prefix stands where it is first used."""
        known = ", ".join(sorted(self.names.prefixes))
        found = []
        for problem in self._problems:
            if problem.rule == "prefix-unknown":
                prefix = problem.message
                cells = "one cell" if self._unknown[prefix] == 1 else f"{self._unknown[prefix]:,} cells"
                problem = dataclasses.replace(
                    problem,
                    message=f"the prefix {prefix}: is not declared ({cells})",
                    remedy=f"add #  {prefix}: IRI under #curie_map:, or use one that is known here: {known}",
                )
            found.append(problem)
        return found

    def take(self, row: Row) -> None:
        """Takes in a row, or says why not."""
        self._row = row
        cells = row.cells
        if self._is_passed_over(cells):
            return
        subject = self._read(cells, "subject_id", self._find_subject)
        predicate = self._read(cells, "predicate_id", self._find_predicate)
        entry = self._read(cells, "object_id", self._find_entry)
        justification = self._read(cells, "mapping_justification", self._find_justification)
        values = self._read_fields(cells)
        if None in (subject, predicate, entry, justification) or values is None:
            return
        try:
            mapping = Mapping(
                scheme=entry[0], code=entry[1], predicate=predicate, justification=justification, **values
            )
        except ValidationError as error:
            columns = {field: column for column, field in _FIELDS.items()}
            for item in error.errors(include_url=False):
                field = str(item["loc"][0]) if item["loc"] else "assigned"
                context = item.get("ctx", {})
                reason = context.get("reason", item["msg"])
                self._refuse(
                    columns.get(field, field), "value-wrong", str(reason),
                    str(context.get("remedy", "correct the value")),
                )  # fmt: skip
            return
        kind, code = subject
        self._keep(Stated(row.line, kind, code, mapping))

    def _is_passed_over(self, cells: MappingOf[str, str]) -> bool:
        column, value = next(iter(cells.items()), ("", ""))
        if value.startswith("#") and column in ("record_id", "subject_id"):
            self._note(
                column, "row-remark", "the row begins with #; it is passed over", "nothing is to be done"
            )
            return True
        modifier = cells.get("predicate_modifier")
        if modifier == "Not":
            self._note(
                "predicate_modifier", "row-negative", "the row says what does not hold; it is passed over",
                "nothing is to be done",
            )  # fmt: skip
            return True
        if modifier is not None:
            self._refuse(
                "predicate_modifier", "modifier-unknown", f"{modifier} is no modifier", "write Not, or leave it out"
            )  # fmt: skip
        for column in ("subject_id", "object_id"):
            if column in cells and self.table.expand(cells[column]) == NOTHING:
                self._note(
                    column, "row-nothing-found", "nothing was found to map to; the row is passed over",
                    "nothing is to be done",
                )  # fmt: skip
                return True
        return False

    def _read(self, cells: MappingOf[str, str], column: str, find: Callable[[str, str], Any]) -> Any:
        """What the IRI of a column stands for; None, with a problem, where it stands for nothing."""
        curie = cells.get(column)
        if curie is None:
            self._refuse(column, "cell-empty", f"{column} is empty", "fill it in, or remove the row")
            return None
        iri = self.table.expand(curie)
        if iri is not None:
            return find(curie, iri)
        prefix, colon, _ = curie.partition(":")
        if not colon:
            self._refuse(
                column,
                "name-short",
                f"{curie} is no IRI, nor one in short",
                "write it as prefix:name, or in full",
            )
            return None
        self._unknown[prefix] += 1
        if self._unknown[prefix] == 1:
            # How many cells use it is known at the end.
            self._refuse(column, "prefix-unknown", prefix, "")
        return None

    def _find_subject(self, curie: str, iri: str) -> tuple[str, str] | None:
        taxonomy = self.taxonomy
        for kind, known in (("profile", taxonomy.profile_by_code), ("skill", taxonomy.skill_by_code)):
            start = self.names.prefixes[kind]
            code = iri[len(start) :] if iri.startswith(start) else None
            if code is not None and code in known:
                return kind, code
            if code is not None:
                remedy = suggest(code, known)
                self._refuse("subject_id", "subject-unknown", f"there is no {kind} {code}", remedy)
                return None
        self._refuse(
            "subject_id", "subject-unknown", f"{curie} ({iri}) is no profile or skill of this architecture",
            f"name one by an IRI that begins with {self.names.prefixes['profile']} or {self.names.prefixes['skill']}",
        )  # fmt: skip
        return None

    def _find_predicate(self, curie: str, iri: str) -> str | None:
        if iri in _PREDICATES:
            return _PREDICATES[iri]
        known = ", ".join(f"skos:{name}" for name in sorted(MATCHES))
        self._refuse(
            "predicate_id", "predicate-unknown", f"{curie} is no predicate of mappings here", f"use one of {known}"
        )  # fmt: skip
        return None

    def _find_entry(self, curie: str, iri: str) -> tuple[str, str] | None:
        located = self.names.iris.locate(iri)
        schemes = self.taxonomy.scheme_by_code
        if located is None or located[0] != "occupation":
            starts = ", ".join(self.names.iris.occupation(code, "") for code in sorted(schemes))
            self._refuse(
                "object_id", "scheme-unknown", f"{curie} ({iri}) is no entry of a classification of this dataset",
                f"use an IRI that begins with one of {starts}",
            )  # fmt: skip
            return None
        name, _, code = located[1].partition("/")
        scheme = schemes.get(name)
        if scheme is None:
            self._refuse(
                "object_id", "scheme-unknown", f"there is no classification {name}", suggest(name, schemes)
            )
            return None
        if not re.fullmatch(scheme.pattern, code):
            self._refuse(
                "object_id", "occupation-code",
                f"{code} does not look like a code of {scheme.title} ({scheme.pattern})", "correct the code",
            )  # fmt: skip
            return None
        return name, code

    def _find_justification(self, curie: str, iri: str) -> str | None:
        if iri in SEMAPV:
            return iri[len(SEMAPV.iri) :]
        known = ", ".join(term[len(SEMAPV.iri) :] for term in SEMAPV)
        self._refuse(
            "mapping_justification", "justification-unknown",
            f"{curie} is no justification of the Semantic Mapping Vocabulary", f"use one of semapv: {known}",
        )  # fmt: skip
        return None

    def _read_fields(self, cells: MappingOf[str, str]) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        if confidence := cells.get("confidence"):
            if not _NUMBER.fullmatch(confidence) or not 0 <= Decimal(confidence) <= 1:
                self._refuse(
                    "confidence", "confidence-range", f"{confidence} is not a number from 0 to 1",
                    "give a share of 1, such as 0.9, or leave it out",
                )  # fmt: skip
                return None
            values["confidence"] = Decimal(confidence)
        if tool := cells.get("mapping_tool"):
            version = cells.get("mapping_tool_version")
            values["tool"] = f"{tool} {version}" if version else tool
        if author := cells.get("author_label"):
            values["author"] = ", ".join(split_bars(author))
        for column, field in (("mapping_date", "day"), ("comment", "comment")):
            if column in cells:
                values[field] = cells[column]
        pairs = [pair.partition("=") for pair in cells.get("other", "").split("|")]
        values["assigned"] = tuple(value.strip() for key, _, value in pairs if key.strip() == "assigned")
        return values

    def _keep(self, stated: Stated) -> None:
        key = (stated.kind, stated.code, stated.mapping.key)
        first = self.stated.setdefault(key, stated)
        if first is stated:
            return
        if first.mapping == stated.mapping:
            self._note(
                "object_id", "mapping-repeated", f"line {first.line} states the same", "remove one of the two"
            )
            return
        self._refuse(
            "object_id", "mapping-repeated",
            f"line {first.line} maps {stated.code} to {stated.mapping.key} otherwise", "keep one of the two",
        )  # fmt: skip

    def list_unread(self) -> list[Problem]:
        """That there are columns with values of which the records keep nothing."""
        found = Counter(column for row in self.table.rows for column in row.cells if column not in _DERIVED)
        if not found:
            return []
        named = ", ".join(f"{column} ({count} rows)" for column, count in sorted(found.items()))
        return [
            Problem(
                "columns-unread", f"columns that the records have no field for: {named}", Place(self.table.name), "",
                "nothing is to be done, unless they are needed",
            )
        ]  # fmt: skip


def split_bars(text: str) -> list[str]:
    """The texts of a cell that may hold several with a bar between them; a bar of a text has a backslash before it.

    >>> split_bars(r"Ada|Bob \\| Co")
    ['Ada', 'Bob | Co']
    """
    parts = re.findall(r"((?:\\.|[^|\\]|\\$)*)(?:\||$)", text)
    found = (re.sub(r"\\([|\\])", r"\1", part).strip() for part in parts)
    return [part for part in found if part]
