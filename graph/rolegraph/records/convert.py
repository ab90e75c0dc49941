"""Plain document -> records, with every problem at its place.

Values are converted by the type of their field and by strict ASCII patterns; nothing is guessed. A record with
a problem is still read to its end, and so are its parts, so that one run reports all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from rolegraph.model import codes
from rolegraph.model.record import Record
from rolegraph.model.roles import Focus, Profile
from rolegraph.records.document import BROKEN, Document, Path, Reading
from rolegraph.records.explain import (
    Complaint,
    explain_error,
    explain_pattern,
    hint_mapping,
    parse_count,
    parse_number,
    refuse_absence,
    refuse_key,
    refuse_scalar,
    refuse_shape,
)
from rolegraph.records.forms import KINDS, TIES, FieldForm, Keyed, Listed, RecordForm, find_form

R = TypeVar("R", bound=Record)

_FLAGS: Final = {"true": True, "false": False}
_STAND_IN_FOCUS: Final = "A.A"
_STAND_IN_LEVEL: Final = "P1"


def read_record(record: type[R], reading: Reading) -> R | None:
    """The record that a document holds; None where ``reading.problems`` then says what is wrong with it.

    >>> from rolegraph.model.roles import Confidence
    >>> read_record(Confidence, Reading("x.yaml", {"value": "0.90", "label": "high"}, 1))
    Confidence(value=Decimal('0.90'), label='high')
    >>> reading = Reading("x.yaml", {"value": "0.90", "lable": "high"}, 1)
    >>> read_record(Confidence, reading)
    >>> print(reading.problems[0])
    x.yaml:1 lable: there is no key 'lable' here; did you mean label? [key-unknown]
    """
    made = Converter(reading).read(record, reading.document, (), {})
    return None if reading.problems else made


class Converter:
    """Makes the records of one reading. ``broken`` collects (kind, code) of those that could not be made."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.broken: list[tuple[str, str]] = []

    def read(self, record: type[R], document: Document, path: Path, given: MappingOf[str, Any]) -> R | None:
        """The record at ``path``; ``given`` holds fields that are stated elsewhere, such as its key.

        None where nothing can be made of it. Where a problem was found, what is returned may lack what was
        refused, and is good for finding further problems alone.
        """
        form = find_form(record)
        made = self._read_form(form, document, path, given)
        if made is None and record in KINDS:
            self._note_broken(form, document, given)
        return made  # type: ignore[return-value]

    def read_keyed(
        self, record: type[R], key: str, document: Document, path: Path, given: MappingOf[str, Any]
    ) -> tuple[list[R], bool]:
        """The records of a mapping from their field ``key`` to the rest, and whether all were made."""
        if not isinstance(document, dict):
            self._refuse_shape(document, "a mapping", "write KEY: {...} for each, or {} for none", path)
            return [], False
        made = [
            self.read(record, item, (*path, name), {**given, key: name}) for name, item in document.items()
        ]
        whole = [item for item in made if item is not None]
        return whole, len(whole) == len(made)

    def complain(self, path: Path, complaint: Complaint) -> None:
        """Adds a problem with the value at ``path``."""
        self.reading.refuse(path, complaint.rule, complaint.message, complaint.remedy)

    def _refuse_shape(self, value: Document, wanted: str, remedy: str, path: Path) -> None:
        if value is not BROKEN:
            self.complain(path, refuse_shape(value, wanted, remedy))

    def _note_broken(self, form: RecordForm, document: Document, given: MappingOf[str, Any]) -> None:
        code = given.get("code")
        if code is None and isinstance(document, dict):
            code = document.get(form.keys.get("code", ""))
        if isinstance(code, str):
            # A code in the wrong letter case is refused; what refers to the right one is right.
            for meant in sorted({code, code.upper(), code.lower()}):
                full = f"{given['scheme']}/{meant}" if "scheme" in given else meant
                self.broken.append((KINDS[form.record], full))

    def _read_form(
        self, form: RecordForm, document: Document, path: Path, given: MappingOf[str, Any]
    ) -> Record | None:
        if not isinstance(document, dict):
            self._refuse_shape(document, "a mapping", hint_mapping(form, given), path)
            return None
        values = dict(given)
        whole = True
        for key, value in document.items():
            field = form.fields.get(key)
            if field is None or field.name in given:
                self.complain((*path, key), refuse_key(key, form, document))
                whole = False
            elif field.shape == "scalar" and field.scalar == "text" and type(value) is str and value:
                values[field.name] = value
            elif value is BROKEN:
                whole = False
            else:
                fit = self._read_field(form, field, value, (*path, key), values, document)
                whole = whole and fit
        for key in form.required:
            if key not in document and form.fields[key].name not in given:
                self.complain(path, refuse_absence(key, form))
                whole = False
        return self._construct(form, values, path, given, whole)

    def _construct(
        self, form: RecordForm, values: dict[str, Any], path: Path, given: MappingOf[str, Any], whole: bool
    ) -> Record | None:
        try:
            return form.record(**values)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                where = item["loc"]
                # What is said of the whole may follow from what was refused above, and parts were judged before.
                if item["type"] == "missing" or not (where or whole) or _is_part(form, where):
                    continue
                self.complain(_follow(form, path, where, given), explain_error(item))
                values.pop(str(where[0]) if where else "", None)
        ties = TIES.get(form.record)
        if ties is None or any(name not in values for name in ties):
            return None
        # Unchecked, and read by nothing but the search for codes that are not there.
        return form.record.model_construct(**values)

    def _read_field(
        self,
        form: RecordForm,
        field: FieldForm,
        value: Document,
        path: Path,
        values: dict[str, Any],
        document: dict[str, Document],
    ) -> bool:
        """Reads one field into ``values``; False where a part of it was refused."""
        if field.shape == "scalar":
            scalar = self._read_scalar(field, value, path)
            if scalar is None:
                return False
            values[field.name] = scalar
            return True
        if field.shape == "record":
            assert field.part is not None
            record = self.read(field.part, value, path, {})
            if record is None:
                return False
            values[field.name] = record
            return True
        if field.shape == "texts":
            items, whole = self._read_texts(field, value, path)
        elif form.record is Focus and field.part is Profile:
            items, whole = self._read_profiles(document.get("focus"), value, path)
        elif isinstance(field.form, Keyed):
            items, whole = self._read_keyed_field(field, field.form, value, path)
        else:
            items, whole = self._read_listed(field, value, path)
        values[field.name] = tuple(items)
        return whole

    def _read_scalar(self, field: FieldForm, value: Document, path: Path) -> Any:
        """The value of a scalar; None where it is refused."""
        result: Any = None
        if type(value) is str and value:
            if field.scalar == "text":
                return value
            if field.scalar == "number":
                result = parse_number(value)
            elif field.scalar == "count":
                result = parse_count(value)
            elif field.scalar == "flag":
                result = _FLAGS.get(value)
            elif value in field.choices:
                return value
        if result is None and value is not BROKEN:
            self.complain(path, refuse_scalar(field, value))
        return result

    def _read_texts(self, field: FieldForm, value: Document, path: Path) -> tuple[list[Any], bool]:
        if not isinstance(value, list):
            self._refuse_shape(value, "a list", "write [...], or one line with - for each", path)
            return [], False
        items = [
            item if type(item) is str and item and not field.choices
            else self._read_scalar(field, item, (*path, str(index)))
            for index, item in enumerate(value, 1)
        ]  # fmt: skip
        whole = [item for item in items if item is not None]
        return whole, len(whole) == len(items)

    def _read_profiles(self, focus: Document, value: Document, path: Path) -> tuple[list[Any], bool]:
        """The profiles by level. Their codes are composed; a code that is no code is made good for once."""
        if not isinstance(value, dict):
            self._refuse_shape(value, "a mapping", "write LEVEL: {...} for each", path)
            return [], False
        known = isinstance(focus, str) and re.fullmatch(codes.FOCUS_PATTERN, focus) is not None
        made, whole = [], known
        for level, item in value.items():
            fits = re.fullmatch(codes.LEVEL_PATTERN, level) is not None
            if not fits:
                self.complain((*path, level), explain_pattern(level, codes.LEVEL_PATTERN))
            code = codes.compose_profile(
                str(focus) if known else _STAND_IN_FOCUS, level if fits else _STAND_IN_LEVEL
            )
            profile = self.read(Profile, item, (*path, level), {"code": code})
            if not fits:
                # What refers to the level that was meant is right.
                self.broken.append(("profile", codes.compose_profile(str(focus), level.upper())))
            if profile is None or not fits:
                whole = False
            else:
                made.append(profile)
        return made, whole

    def _read_keyed_field(
        self, field: FieldForm, keyed: Keyed, value: Document, path: Path
    ) -> tuple[list[Any], bool]:
        assert field.part is not None
        if keyed.value is None:
            return self.read_keyed(field.part, keyed.key, value, path, {})
        if not isinstance(value, dict):
            self._refuse_shape(value, "a mapping", "write KEY: VALUE for each", path)
            return [], False
        form = find_form(field.part)
        bare = form.fields[keyed.value]
        made = []
        for name, item in value.items():
            given: dict[str, Any] = {keyed.key: name}
            if self._read_field(form, bare, item, (*path, name), given, {}):
                record = self._construct(form, given, (*path, name), given, True)
                if record is not None:
                    made.append(record)
        return made, len(made) == len(value)

    def _read_listed(self, field: FieldForm, value: Document, path: Path) -> tuple[list[Any], bool]:
        assert field.part is not None
        assert isinstance(field.form, Listed)
        if not isinstance(value, list):
            self._refuse_shape(value, "a list", "write a line with - for each", path)
            return [], False
        made: dict[str, Record] = {}
        for index, item in enumerate(value, 1):
            at = (*path, str(index))
            record = self.read(field.part, _spell_out(item, field.form), at, {})
            if record is None:
                continue
            name = "/".join(str(getattr(record, part)) for part in field.form.name)
            self.reading.names[at] = name
            if name not in made:
                made[name] = record
                continue
            first = list(made).index(name) + 1
            self.complain(at, _refuse_repeat(name, field.form, self.reading, (*path, str(first)), item))
        return list(made.values()), len(made) == len(value)


def _spell_out(item: Document, listed: Listed) -> Document:
    """The mapping that a bare text stands for; an id that is left out is made from the text."""
    if listed.short is None:
        return item
    if type(item) is str and item:
        return {"id": codes.text_id(item), listed.short: item}
    if isinstance(item, dict) and "id" not in item:
        text = item.get(listed.short)
        return {"id": codes.text_id(text if isinstance(text, str) else ""), **item}
    return item


def _refuse_repeat(name: str, listed: Listed, reading: Reading, first: Path, item: Document) -> Complaint:
    line = reading.lines.get(first)
    since = f", first on line {line}" if line is not None else ""
    own = isinstance(item, dict) and "id" in item
    what = name if own or listed.short is None else "the same text"
    remedy = "keep one, or give it another id" if listed.short else "keep one"
    return Complaint("value-repeated", f"{what} is given twice{since}", remedy)


def _is_part(form: RecordForm, where: tuple[int | str, ...]) -> bool:
    return bool(where) and form.fields[form.keys[str(where[0])]].part is not None


def _follow(form: RecordForm, path: Path, where: tuple[int | str, ...], given: MappingOf[str, Any]) -> Path:
    """The path of what pydantic calls ``where``; a field that is stated by its key stands at the record."""
    if not where or where[0] in given:
        return path
    return (*path, form.keys[str(where[0])], *(str(int(step) + 1) for step in where[1:]))
