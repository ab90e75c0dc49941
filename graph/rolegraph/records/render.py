"""Records -> plain documents, and the files of a data folder. The inverse of reading them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from rolegraph.model.record import Record
from rolegraph.model.roles import Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.document import Document
from rolegraph.records.forms import FieldForm, Keyed, find_form


def to_document(record: Record) -> dict[str, Document]:
    """The document of a record, less the fields that are not given.

    A record that stands under its code (a level, a skill ...) is written with that code as its field ``code``;
    :func:`to_files` writes it in its place.

    >>> from rolegraph.model.roles import Confidence
    >>> to_document(Confidence(value=Decimal("0.90")))
    {'value': '0.90'}
    """
    return _render(record, frozenset())


def to_files(taxonomy: Taxonomy) -> Iterator[tuple[str, dict[str, Document]]]:
    """The name and document of every file of the folder that holds a taxonomy, one after the other.

    Releases are not among them: importing alone writes these, each with its graph. Who writes the files also makes
    the folders of ``files.DATA_FOLDERS``: where ``editions/`` is absent rather than
    empty, the shipped editions are read.
    """
    yield "dataset.yaml", to_document(taxonomy.dataset)
    yield (
        "levels.yaml",
        {"tracks": _render_keyed(taxonomy.tracks), "levels": _render_keyed(taxonomy.levels)},
    )
    groups = {"groups": _render_keyed(taxonomy.groups)} if taxonomy.groups else {}
    yield "functions.yaml", {**groups, "functions": _render_keyed(taxonomy.functions)}
    scale = {"proficiencies": _render_keyed(taxonomy.proficiencies)} if taxonomy.proficiencies else {}
    yield "skills.yaml", {**scale, "skills": _render_keyed(taxonomy.skills)}
    for scheme in taxonomy.schemes:
        own = [occupation for occupation in taxonomy.occupations if occupation.scheme == scheme.code]
        yield (
            f"occupations/{scheme.code}.yaml",
            {"scheme": to_document(scheme), "occupations": _render_keyed(own, "scheme")},
        )
    for edition in taxonomy.editions:
        yield f"editions/{edition.code}.yaml", to_document(edition)
    for focus in taxonomy.focuses:
        yield f"focuses/{focus.code}.yaml", to_document(focus)


def _render_keyed(records: Iterable[Any], *others: str) -> dict[str, Document]:
    left_out = frozenset({"code", *others})
    return {record.code: _render(record, left_out) for record in records}


def _render(record: Record, left_out: frozenset[str]) -> dict[str, Document]:
    document: dict[str, Document] = {}
    for key, field in find_form(type(record)).fields.items():
        if field.name in left_out:
            continue
        value = getattr(record, field.name)
        if field.required or value != field.default:
            document[key] = _render_field(field, value)
    return document


def _render_field(field: FieldForm, value: Any) -> Document:
    if field.shape == "scalar":
        return _render_scalar(value)
    if field.shape == "texts":
        return [_render_scalar(item) for item in value]
    if field.shape == "record":
        return _render(value, frozenset())
    if not isinstance(field.form, Keyed):
        return [_render(item, frozenset()) for item in value]
    if field.form.value is not None:
        return {getattr(i, field.form.key): _render_scalar(getattr(i, field.form.value)) for i in value}
    left_out = frozenset({field.form.key})
    return {_name_item(item, field.form.key): _render(item, left_out) for item in value}


def _name_item(item: Any, key: str) -> str:
    return item.level if isinstance(item, Profile) else str(getattr(item, key))


def _render_scalar(value: str | bool | int | Decimal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
