"""The random taxonomies that property tests draw must reach every field of every record."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import find, settings
from pydantic import BaseModel

from rolegraph.model import record, reference, roles
from strategies import taxonomies

RECORDS = [
    value
    for module in (record, reference, roles)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, record.Record) and value is not record.Record
]


def _walk_given(record: BaseModel) -> Iterator[tuple[str, str]]:
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if field.is_required() or value != field.default:
            yield type(record).__name__, name
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from _walk_given(part)


def test_random_taxonomies_fill_every_field_and_leave_out_every_optional_one():
    every = {(kind.__name__, name) for kind in RECORDS for name in kind.model_fields}
    seen: set[tuple[str, str]] = set()

    def add_and_compare(taxonomy: BaseModel) -> bool:
        seen.update(_walk_given(taxonomy))
        return seen >= every

    find(taxonomies(), add_and_compare, settings=settings(max_examples=500, database=None, derandomize=True))
    assert seen >= every

    bare = find(taxonomies(min_focuses=1), lambda t: True, settings=settings(database=None, derandomize=True))
    assert len(bare.focuses) == 1
    assert bare.focuses[0].profiles[0].pay is None
