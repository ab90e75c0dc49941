"""Two job architectures compared: every change of every record, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from rolegraph.answers import ChangeCount, DataChange
from rolegraph.changes.fields import FieldChange, compare_fields
from rolegraph.changes.kinds import KINDS, Kind
from rolegraph.changes.pairing import Pairs, find_pairs
from rolegraph.changes.words import Runs, compare_words

if TYPE_CHECKING:
    from rolegraph.answers import ChangeAction
    from rolegraph.model.taxonomy import Taxonomy

INSIDE: ChangeAction = "changed"
"""How a record with changes inside is counted."""

FIGURES = frozenset(
    f"pay.{name}"
    for name in ("low", "median", "high", "percentile10", "percentile25", "percentile75", "percentile90")
)


def list_changes(old: Taxonomy, new: Taxonomy, pairs: Pairs) -> tuple[DataChange, ...]:
    """Every change from one job architecture to another; none where their records are the same.

    Records are compared by what they say, so the order and form of files mean nothing. What a function, focus or role
    is made of is not told again where it was added or is gone.
    """
    comparer = _Comparer(old, new, pairs)
    kinds = chain.from_iterable(map(comparer.compare_kind, KINDS))
    return (*kinds, *comparer.compare_dataset())


def count_changes(changes: tuple[DataChange, ...]) -> tuple[ChangeCount, ...]:
    """How many records of each kind changed, in which way."""
    records: dict[tuple[Any, Any, str], None] = {}
    for change in changes:
        whole = change.field is None or change.action == "renamed"
        records[change.kind, change.action if whole else INSIDE, change.code] = None
    counted = Counter((kind, action) for kind, action, _ in records)
    return tuple(ChangeCount(kind, action, number) for (kind, action), number in counted.items())


class _Comparer:
    def __init__(self, old: Taxonomy, new: Taxonomy, pairs: Pairs) -> None:
        self.old = old
        self.new = new
        self.pairs = pairs
        self.skills = pairs.names("skill")

    def compare_kind(self, kind: Kind) -> Iterator[DataChange]:
        """What changed among the records of a kind, by their code."""
        before: Mapping[str, Any] = {kind.find_code(r): r for r in getattr(self.old, kind.part)}
        after: Mapping[str, Any] = {kind.find_code(r): r for r in getattr(self.new, kind.part)}
        moved = self.pairs.moved[kind.name]
        origins = {code: old for old, (code, _) in moved.items()}
        for code, record in after.items():
            if code in origins:
                yield from self._tell_moved(kind, before[origins[code]], record, moved[origins[code]][1])
            elif code not in before:
                yield self._make(kind, record, "added")
            elif code not in moved and before[code] != record:
                yield from self._compare_records(kind, before[code], record)
        for code, record in before.items():
            if code not in after and code not in moved:
                retired = getattr(record, "retired", None) is not None
                label = kind.tell(self.old, record)
                evidence = "it was retired before" if retired else None
                yield DataChange(kind.name, code, label, "removed", evidence=evidence)

    def compare_dataset(self) -> Iterator[DataChange]:
        """What changed in what the dataset says of itself."""
        old, new = self.old.dataset, self.new.dataset
        for change in compare_fields(old, new, frozenset(), {}):
            yield self._place("dataset", "dataset", new.title, change, new)

    def _make(self, kind: Kind, record: Any, action: ChangeAction, **more: Any) -> DataChange:
        return DataChange(kind.name, kind.find_code(record), kind.tell(self.new, record), action, **more)

    def _tell_moved(self, kind: Kind, old: Any, new: Any, evidence: str) -> Iterator[DataChange]:
        yield self._make(kind, new, "moved", old=old.code, new=new.code, evidence=evidence)
        yield from self._compare_records(kind, old, new)

    def _compare_records(self, kind: Kind, old: Any, new: Any) -> Iterator[DataChange]:
        skipped = {*kind.skipped, "code"}
        gone, now = getattr(old, "retired", None), getattr(new, "retired", None)
        if gone is None and now is not None:
            yield self._make(kind, new, "retired", item=now.replaced_by, new=now.note)
        elif now is None and gone is not None:
            yield self._make(kind, new, "restored", item=gone.replaced_by, old=gone.note)
        if gone is None or now is None:
            skipped.add("retired")
        for change in compare_fields(old, new, frozenset(skipped), self.skills):
            if change.field == kind.naming:
                yield from self._tell_name(kind, old, new, change)
            else:
                yield self._place(kind.name, kind.find_code(new), kind.tell(self.new, new), change, new)

    def _tell_name(self, kind: Kind, old: Any, new: Any, change: FieldChange) -> Iterator[DataChange]:
        """A new name, beside the old one; by what people see, where one was not given."""
        before, after = kind.tell(self.old, old), kind.tell(self.new, new)
        same = before == after
        yield self._make(
            kind,
            new,
            change.action if same else "renamed",
            field=change.field,
            old=change.old if same else before,
            new=change.new if same else after,
        )

    def _place(self, kind: Any, code: str, label: str, change: FieldChange, record: Any) -> DataChange:
        words: Runs = ()
        if change.is_prose and change.old is not None and change.new is not None:
            words = compare_words(change.old, change.new)
        return DataChange(
            kind, code, label, change.action, change.field, change.item, self._name_item(kind, change, record),
            change.old, change.new, words, change.evidence,
        )  # fmt: skip

    def _name_item(self, kind: str, change: FieldChange, record: Any) -> str | None:
        """How people know an item: a skill by its label, an entry of a classification by its title.

        Of a figure of pay it is the currency.
        """
        if change.item is None:
            return record.pay.currency if change.field in FIGURES and record.pay is not None else None
        head = change.field.partition(".")[0]
        if head == "skills" and kind == "focus":
            code, _, rest = change.item.partition(" / ")
            skill = self.new.skill_by_code.get(code) or self.old.skill_by_code.get(code)
            label = code if skill is None else skill.label
            return f"{label}, {rest}" if rest else label
        if head == "mappings":
            scheme, _, code = change.item.partition("/")
            for taxonomy in (self.new, self.old):
                if (entry := taxonomy.occupation_by_key.get((scheme, code))) is not None:
                    return entry.title
        return change.told


def compare_taxonomies(old: Taxonomy, new: Taxonomy) -> tuple[tuple[DataChange, ...], Pairs]:
    """Every change, and what was moved."""
    pairs = find_pairs(old, new)
    return list_changes(old, new, pairs), pairs
