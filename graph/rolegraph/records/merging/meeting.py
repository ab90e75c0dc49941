"""Where a source and a data folder meet: who has the say over a field, and what a person is told of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import ValidationError

from rolegraph.errors import Place, Problem
from rolegraph.model.record import Record, Retirement
from rolegraph.records.document import quote
from rolegraph.records.explain import explain_errors

if TYPE_CHECKING:
    from rolegraph.records.cells import Cells
    from rolegraph.records.intake import Intake, Key
    from rolegraph.records.places import Places

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_OWN_NOTE: Final = re.compile(r"no longer in .+ \(it stood at .+\)", re.DOTALL)
_SHOWN: Final = 60


class Meeting:
    """A source meets a folder. ``owned`` is what the source, a table, stated before; None for pages.

    A key names the same part in both; where the source calls it otherwise, that key is given beside it.
    """

    def __init__(self, intake: Intake, places: Places | None, owned: Cells | None, replace: bool) -> None:
        self.intake = intake
        self.places = places
        self.owned = owned
        self.prevails = owned is not None or replace
        """Whether the source's statement about a role is taken where the folder has another one."""
        self._remedy = "correct the one that is wrong" + (
            ", or say --replace to take what the page says" if owned is None else ""
        )
        self.notes: list[Problem] = []
        self.problems: list[Problem] = []
        self.declined: set[Key] = set()
        """The keys in the source of what was stated and not taken: the table does not own it."""

    @property
    def is_table(self) -> bool:
        """Whether the source is a table, which may take back what it stated."""
        return self.owned is not None

    def has_stated(self, *key: str) -> bool:
        """Whether the table stated this part, or a part of it, when it was last imported."""
        return self.owned is not None and self.owned.states(*key)

    def settle(
        self,
        key: Key,
        old: T,
        new: T,
        *,
        prevails: bool | None = None,
        weak: bool = False,
        source: Key | None = None,
        unstated: object = None,
    ) -> T:
        """The value of a field of which the folder says ``old`` and the source ``new``.

        What is ``unstated`` in the folder is filled. What differs is the source's where it prevails, and else the
        folder's, with a note. A ``weak`` statement (one that the source does not make itself) gives way in silence.
        """
        if new == unstated:
            return new if self.has_stated(*key) else old
        if old in (unstated, new):
            return new
        if weak:
            return old
        if self.prevails if prevails is None else prevails:
            return new
        self.note_difference(key, old, new, source)
        return old

    def note_difference(self, key: Key, old: object, new: object, source: Key | None = None) -> None:
        """Notes that the folder and the source differ, with both places, and that the folder's is kept."""
        self.declined.add(source or key)
        own = self.places.find(*key) if self.places is not None else None
        there = f"{own} has {_show(old)}" if own is not None else f"the folder has {_show(old)}"
        self.notes.append(
            Problem(
                "statement-differs",
                f"{there}, this says {_show(new)}; the folder's is kept",
                self.intake.find_place(*(source or key)),
                name_part(key),
                self._remedy,
            )
        )

    def note(self, rule: str, message: str, key: Key, remedy: str, source: Key | None = None) -> None:
        """Notes something for a person to look at, at the place of the source."""
        place = self.intake.find_place(*(source or key))
        self.notes.append(Problem(rule, message, place, name_part(key), remedy))

    def make(self, record: type[R], values: dict[str, Any], key: Key, fallback: R) -> R:
        """A record of these values. Where they do not fit together that is a problem, and ``fallback`` stands in."""
        try:
            return record(**values)
        except ValidationError as error:
            for path, complaint in explain_errors(error):
                where = (*key, *map(str, path))
                self.problems.append(
                    Problem(
                        complaint.rule, f"together with what the folder holds: {complaint.message}",
                        self.find_place(where), name_part(where), complaint.remedy,
                    )
                )  # fmt: skip
            return fallback

    def find_place(self, key: Key) -> Place | None:
        """The place of a part in the source, or in the folder where the source does not speak of it."""
        place = self.intake.find_place(*key)
        if place is None and self.places is not None:
            place = self.places.find(*key)
        return place

    def retire(self, key: Key, job_code: str | None = None) -> Retirement:
        """The retirement of what a table stated and states no more.

        A role whose job code the table now gives to another one is replaced by that.
        """
        place = self.owned.find(*key) if self.owned is not None else None
        if place is None:
            raise ValueError(f"no table stated {'.'.join(key)}")
        note = f"no longer in {place.file} (it stood at {place.cell})"
        return Retirement(note=note, replaced_by=self._holders.get(job_code) if job_code else None)

    def is_own_retirement(self, retired: Retirement | None) -> bool:
        """Whether a retirement is one that an import of a table made."""
        return retired is not None and _OWN_NOTE.fullmatch(retired.note) is not None

    @cached_property
    def _holders(self) -> dict[str, str]:
        """The profile that has a job code in the source, where it is the only one."""
        counts = Counter(p.job_code for focus in self.intake.focuses for p in focus.profiles)
        return {
            p.job_code: p.code
            for focus in self.intake.focuses
            for p in focus.profiles
            if p.job_code is not None and counts[p.job_code] == 1
        }


def mark_assigned(
    old: Any, new: Any, result: dict[str, Any], groups: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The fields of ``result`` that a publisher decided: those marked in the record that they were taken from.

    ``groups`` are the fields that one mark stands for, where it is not that of a field of this name. A mark of the
    folder goes when every field that it stands for is stated by the source.
    """
    kept = []
    for name in sorted({*old.assigned, *new.assigned}):
        fields = [field for field in groups.get(name, (name,)) if result[field] is not None]
        from_source = [field for field in fields if getattr(new, field) == result[field]]
        if name in old.assigned:
            keeps = name in new.assigned or len(from_source) < len(fields)
        else:
            changed = any(getattr(old, field) != result[field] for field in fields)
            keeps = changed and len(from_source) == len(fields)
        if fields and keeps:
            kept.append(name)
    return tuple(kept)


def name_part(key: Iterable[str]) -> str:
    """A part as it is shown: code and path, ``A.B.P1 pay.median``.

    >>> name_part(("focus", "A.B", "levels", "P1", "pay", "median")), name_part(("function", "A", "label"))
    ('A.B.P1 pay.median', 'A label')
    """
    _, code, *path = key
    if path[:1] == ["levels"] and len(path) > 1:
        code, path = f"{code}.{path[1]}", path[2:]
    return f"{code} {'.'.join(path)}".rstrip()


def merge_listed(
    old: Iterable[T], new: Iterable[T], name: Callable[[T], str], join: Callable[[T, T], T],
    drops: Callable[[T], bool],
) -> tuple[T, ...]:  # fmt: skip
    """Parts by name: the folder's in their order, joined with the source's, then the source's others.

    Those that the source does not have are left out where it ``drops`` them.
    """
    stated = {name(item): item for item in new}
    merged = []
    for item in old:
        found = stated.pop(name(item), None)
        if found is not None:
            merged.append(join(item, found))
        elif not drops(item):
            merged.append(item)
    return (*merged, *stated.values())


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return quote(", ".join(str(item) for item in value), _SHOWN)
    if isinstance(value, Record):
        stated = ", ".join(f"{k} {v}" for k, v in value if v not in (None, (), False))
        return quote(stated, _SHOWN)
    return quote(str(value), _SHOWN)
