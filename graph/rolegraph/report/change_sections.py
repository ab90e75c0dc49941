"""What changed, in people's words and in sections: the same for the terminal and for Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rolegraph.report.layout import count

if TYPE_CHECKING:
    from rolegraph.answers import DataChange, DataDiff

NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "profile": ("role", "roles"),
    "focus": ("focus", "focuses"),
    "function": ("function", "functions"),
    "function-group": ("function group", "function groups"),
    "level": ("level", "levels"),
    "track": ("track", "tracks"),
    "skill": ("skill", "skills"),
    "proficiency": ("step of proficiency", "steps of proficiency"),
    "classification": ("classification", "classifications"),
    "occupation": ("occupation", "occupations"),
    "edition": ("definition of distances or costs", "definitions of distances and costs"),
    "release": ("public release", "public releases"),
    "dataset": ("dataset", "datasets"),
}
"""What a kind of record is called, alone and in number."""

ACTIONS: Final[Mapping[str, str]] = {
    "added": "added",
    "moved": "under another code",
    "retired": "retired",
    "restored": "in use again",
    "removed": "gone without being retired",
    "renamed": "renamed",
    "changed": "changed",
}
"""What is said of records with each kind of change, in the order in which it is told."""

_FIELDS: Final[Mapping[str, str]] = {
    "access_rights": "terms of use",
    "aliases": "also known as",
    "alternatives": "other wording",
    "alternatives.reason": "other wording, its reason",
    "assigned": "decided by the publisher",
    "base": "what IRIs begin with",
    "confidence.label": "confidence, in words",
    "confidence.value": "confidence",
    "constants": "constant",
    "constants.reason": "constant, its reason",
    "constants.value": "constant",
    "descriptors": "meaning at a step of proficiency",
    "descriptors.text": "meaning at a step of proficiency",
    "differential": "told apart by",
    "exclusions": "distinct from",
    "files.sha256": "file",
    "guideline.collaboration": "guideline, collaboration & interaction",
    "guideline.complexity": "guideline, complexity & problem solving",
    "guideline.experience": "guideline, typical degree & years",
    "guideline.knowledge": "guideline, knowledge & application",
    "levels": "kinds of entries",
    "mappings": "mapping",
    "mappings.assigned": "mapping, decided by the publisher",
    "mappings.day": "mapping, day",
    "pay.assigned": "pay, decided by the publisher",
    "pay.duration": "pay, period",
    "pay.effective": "pay, holds from",
    "pay.inherited": "pay, taken over from the function",
    "pay.percentile10": "pay, 10th percentile",
    "pay.percentile25": "pay, 25th percentile",
    "pay.percentile75": "pay, 75th percentile",
    "pay.percentile90": "pay, 90th percentile",
    "responsibilities": "responsibility",
    "responsibilities.id": "responsibility, its id",
    "responsibilities.text": "responsibility",
    "retired.note": "note on its retirement",
    "retired.replaced_by": "replaced by",
    "review": "review score",
    "review.value": "review score",
    "sha256": "digest of its graph",
    "skills": "skill",
    "skills.label": "skill, wording",
    "skills.description": "skill, description",
    "skills.levels": "skill, levels it holds for",
    "skills.proficiency": "skill, proficiency",
    "skills.proficiency.proficiency": "skill, proficiency",
    "source_count": "number of sources",
    "sources": "source",
    "sources.id": "source, its id",
    "sources.text": "source",
    "sources.occupation": "source, occupation",
    "split": "how responsibilities came to levels",
    "stage": "career stage",
    "years": "typical years",
}

_NAMED: Final = ("skills", "mappings", "review", "constants", "descriptors", "files", "alternatives.")
"""The fields whose items are named by what follows them; others hold the text itself."""

_OF_MAPPING: Final = "mappings."

_OTHERS: Final = 60
"""Characters of a text that tell which one is meant."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One change inside a record: what changed, and how; ``words`` where it is prose.

    Where the action is ``told``, ``what`` says it all.
    """

    what: str
    action: str
    old: str | None
    new: str | None
    words: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One record with its changes; ``note`` says what there is to say of the change as a whole."""

    code: str
    label: str
    note: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one kind with one kind of change."""

    title: str
    action: str
    entries: tuple[Entry, ...]


def summarize(answer: DataDiff) -> str:
    """The numbers in one sentence: ``2 roles added, 1 retired, 3 changed; 1 skill added``."""
    parts = []
    by_kind: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number in answer.counts:
        by_kind[number.kind].append((list(ACTIONS).index(number.action), ACTIONS[number.action]))
    numbers: dict[tuple[str, str], int] = {
        (number.kind, ACTIONS[number.action]): number.records for number in answer.counts
    }
    for kind, actions in by_kind.items():
        if kind == "dataset":
            parts.append("what the dataset says of itself changed")
            continue
        told = []
        for at, (_, action) in enumerate(sorted(actions)):
            records = numbers[kind, action]
            told.append(f"{count(records, *NOUNS[kind])} {action}" if at == 0 else f"{records:,} {action}")
        parts.append(", ".join(told))
    if answer.foreign_removed or answer.foreign_added:
        parts.append(
            f"beside the records {count(answer.foreign_added, 'triple')} added and"
            f" {answer.foreign_removed:,} removed"
        )
    return "; ".join(parts)


def list_sections(answer: DataDiff) -> Iterator[Section]:
    """The changes by kind of record and kind of change."""
    by_kind: defaultdict[str, defaultdict[str, list[DataChange]]] = defaultdict(lambda: defaultdict(list))
    for change in answer.changes:
        by_kind[change.kind][change.code].append(change)
    for kind, records in by_kind.items():
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for code, changes in records.items():
            for action, entry in _sort_record(code, changes):
                found[action].append(entry)
        noun = NOUNS[kind][1]
        for action, words in ACTIONS.items():
            if found[action]:
                title = f"{noun[0].upper()}{noun[1:]} {words} ({len(found[action]):,})"
                title = "The dataset" if kind == "dataset" else title
                yield Section(title, action, tuple(found[action]))


def _sort_record(code: str, changes: Sequence[DataChange]) -> Iterator[tuple[str, Entry]]:
    """The changes of one record, as a whole and inside."""
    inside = []
    for change in changes:
        if change.field is None or change.action == "renamed":
            yield change.action, Entry(code, change.label, _tell_whole(change))
        else:
            inside.append(change)
    if inside:
        yield "changed", Entry(code, changes[0].label, "", tuple(_list_details(inside)))


def _list_details(changes: Sequence[DataChange]) -> Iterator[Detail]:
    """The changes inside a record; those of one mapping as one."""
    for head, together in groupby(changes, key=_find_mapping):
        run = list(together)
        if head is None:
            yield from map(_tell_detail, run)
            continue
        entry = run[0].item_label
        known = f"{entry} ({head})" if entry else head
        told = (f"{_tell_part(str(c.field))} {c.old or 'none'} -> {c.new or 'none'}" for c in run)
        yield Detail(f"mapping {known}: {'; '.join(told)}", "told", None, None)


def _tell_part(field: str) -> str:
    return _FIELDS.get(field, _spell(field.removeprefix(_OF_MAPPING))).removeprefix("mapping, ")


def _find_mapping(change: DataChange) -> str | None:
    """The mapping of which a change is told in a few words."""
    return change.item if str(change.field).startswith(_OF_MAPPING) and not change.words else None


def _tell_whole(change: DataChange) -> str:
    if change.action == "moved":
        return f"was {change.old}{_tell_parts(str(change.old), str(change.new))}; evidence: {change.evidence}"
    if change.action == "retired":
        note = str(change.new).removesuffix(".")
        return note + (f"; replaced by {change.item}" if change.item else "")
    if change.action == "restored":
        return f"it was retired: {change.old}"
    if change.action == "renamed":
        return f"was {change.old}"
    return change.evidence or ""


def _tell_parts(old: str, new: str) -> str:
    """Which parts of the code of a role are others: its function, focus or level."""
    names = ("function", "focus", "level")
    before, after = old.split("."), new.split(".")
    if len(before) != len(names) or len(after) != len(names):
        return ""
    told = [f"{name} {a} -> {b}" for name, a, b in zip(names, before, after, strict=True) if a != b]
    return f", {', '.join(told)}"


def _tell_detail(change: DataChange) -> Detail:
    field = change.field or ""
    what = _FIELDS.get(field) or _spell(field)
    if change.kind == "level" and field == "summary":
        what = "descriptor, summary"
    if change.item is not None and field.startswith(_NAMED):
        name = change.item_label or change.item
        known = f"{name} ({change.item})" if field.startswith("mappings") and change.item_label else name
        head, comma, rest = what.partition(", ")
        what = f"{head} {known}{comma}{rest}"
    old, new = change.old, change.new
    if field.startswith("pay."):
        old, new = _group_digits(old), _group_digits(new)
        what += f" ({change.item_label})" if change.item_label else ""
    if change.evidence:
        what += f" ({change.evidence})"
    if field == "skills":
        # The item is its name; what it is called in this focus is the same in most cases.
        old, new = (None if text is None else "" for text in (old, new))
    if change.action == "reordered":
        text = change.item_label or change.item or ""
        short = text if len(text) <= _OTHERS else f"{text[:_OTHERS].rsplit(' ', 1)[0]} …"
        if not field.startswith(_NAMED):
            what = f"{what} “{short}”"
        return Detail(f"{what}, place in the list", "changed", old, new)
    return Detail(what, change.action, old, new, change.words)


def _spell(field: str) -> str:
    return field.replace("_", " ").replace("pay.", "pay, ").replace(".", ", ")


def _group_digits(text: str | None) -> str | None:
    """A number with its thousands set apart; any other text as it is."""
    if text is None or not text.replace(".", "", 1).isdigit():
        return text
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}"
