"""Records that stand under another code than before, and the evidence for it. Nothing is guessed without any."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

    from rolegraph.model.roles import Focus, Profile
    from rolegraph.model.taxonomy import Taxonomy

T = TypeVar("T")

JOB_CODE: Final = "the same job code"
SUCCESSOR: Final = "the retired code names it in its place"
CONTENT: Final = "the same content"
ABOVE: Final = "its {kind} moved to {code}"


@dataclass(slots=True)
class Pairs:
    """By kind, the new code of each old one that was moved, with the evidence: ``{"profile": {old: (new, evidence)}}``."""

    moved: dict[str, dict[str, tuple[str, str]]] = field(default_factory=lambda: defaultdict(dict))

    def names(self, kind: str) -> Mapping[str, str]:
        """The new code of each old one."""
        return {old: new for old, (new, _) in self.moved[kind].items()}


def find_pairs(old: Taxonomy, new: Taxonomy) -> Pairs:
    """The functions, focuses, profiles, levels and skills that were moved.

    A candidate is a record whose code is gone, or retired since, and one whose code is new. Evidence counts only where
    it speaks of one candidate on either side.
    """
    pairs = Pairs()
    for kind, parts, read in (
        ("skill", "skills", lambda s: (s.label, s.definition)),
        ("function", "functions", lambda f: f.label and (f.label, f.definition, f.group)),
        ("level", "levels", lambda r: r.name and (r.summary or r.years) and _strip(r, "code")),
    ):
        gone, fresh = _list_candidates(getattr(old, parts), getattr(new, parts))
        _take(pairs, kind, _follow_successors(gone, fresh, getattr(new, parts)), SUCCESSOR)
        _match(pairs, kind, gone, fresh, read, CONTENT)
    _pair_focuses(old, new, pairs)
    _pair_profiles(old, new, pairs)
    return pairs


def _pair_focuses(old: Taxonomy, new: Taxonomy, pairs: Pairs) -> None:
    gone, fresh = _list_candidates(old.focuses, new.focuses)
    _take(pairs, "focus", _follow_successors(gone, fresh, new.focuses), SUCCESSOR)
    functions = pairs.names("function")
    _follow(
        pairs, "focus", "function", fresh,
        ((f.code, functions[f.function], f"{functions[f.function]}.{f.code.partition('.')[2]}")
         for f in gone.values() if f.function in functions),
    )  # fmt: skip

    def read(focus: Focus) -> Hashable:
        told = focus.definition or focus.skills
        return told and (focus.label, focus.definition, focus.exclusions, focus.skills)

    _match(pairs, "focus", gone, fresh, read, CONTENT)


def _pair_profiles(old: Taxonomy, new: Taxonomy, pairs: Pairs) -> None:
    before, after = old.profile_by_code, new.profile_by_code
    retired = {p.code for p in new.profiles if new.is_retired(p)}
    gone = {
        code: profile
        for code, profile in before.items()
        if code not in after or (code in retired and not old.is_retired(profile))
    }
    fresh = {code: profile for code, profile in after.items() if code not in before and code not in retired}
    # A job code that other roles have as well tells nothing of one of them.
    shared = _list_shared(old.profiles) | _list_shared(p for p in new.profiles if p.code not in gone)
    _match(pairs, "profile", gone, fresh, lambda p: None if p.job_code in shared else p.job_code, JOB_CODE)
    _take(pairs, "profile", _follow_successors(gone, fresh, new.profiles), SUCCESSOR)
    focuses = pairs.names("focus")
    levels = pairs.names("level")
    _follow(
        pairs, "profile", "focus", fresh,
        ((p.code, focuses[p.focus], f"{focuses[p.focus]}.{levels.get(p.level, p.level)}")
         for p in gone.values() if p.focus in focuses),
    )  # fmt: skip
    _follow(
        pairs, "profile", "level", fresh,
        ((p.code, levels[p.level], f"{p.focus}.{levels[p.level]}") for p in gone.values() if p.level in levels),
    )  # fmt: skip
    _match(pairs, "profile", gone, fresh, _read_content, CONTENT)


def _list_shared(profiles: Iterable[Profile]) -> set[str]:
    """The job codes that more than one profile has."""
    counted = Counter(profile.job_code for profile in profiles if profile.job_code is not None)
    return {code for code, number in counted.items() if number > 1}


def _read_content(profile: Profile) -> Hashable:
    """What a profile says of itself, less its code; nothing where that is not enough to know it by."""
    if not (profile.title or profile.definition or profile.responsibilities):
        return None
    texts = tuple(r.text for r in profile.responsibilities)
    return _strip(profile, "code", "retired", "responsibilities"), texts


def _strip(record: Any, *fields: str) -> str:
    return repr([(name, getattr(record, name)) for name in type(record).model_fields if name not in fields])


def _list_candidates(old: Iterable[T], new: Iterable[T]) -> tuple[dict[str, T], dict[str, T]]:
    """What is gone or was retired, and what is new and in use."""
    before: dict[str, Any] = {record.code: record for record in old}  # type: ignore[attr-defined]
    after: dict[str, Any] = {record.code: record for record in new}  # type: ignore[attr-defined]

    def is_retired(record: Any) -> bool:
        return getattr(record, "retired", None) is not None

    gone = {
        code: record
        for code, record in before.items()
        if code not in after or (is_retired(after[code]) and not is_retired(record))
    }
    fresh = {code: record for code, record in after.items() if code not in before and not is_retired(record)}
    return gone, fresh


def _follow_successors(
    gone: Mapping[str, Any], fresh: Mapping[str, Any], new: Iterable[Any]
) -> dict[str, str]:
    """The code that each retired record names in its place, where that one is new."""
    retired = {r.code: r.retired for r in new if r.code in gone and getattr(r, "retired", None) is not None}
    return {
        code: said.replaced_by
        for code, said in retired.items()
        if said.replaced_by is not None and said.replaced_by in fresh
    }


def _match(
    pairs: Pairs,
    kind: str,
    gone: Mapping[str, Any],
    fresh: Mapping[str, Any],
    read: Callable[[Any], Hashable],
    evidence: str,
) -> None:
    """Pair what reads the same, where one record alone does so on either side."""
    found: dict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, records in enumerate((gone, fresh)):
        for code, record in records.items():
            if said := read(record):
                found[said][side].append(code)
    _take(
        pairs,
        kind,
        {a[0]: b[0] for a, b in found.values() if len(a) == len(b) == 1},
        evidence,
    )


def _follow(
    pairs: Pairs, kind: str, above: str, fresh: Mapping[str, Any], found: Iterable[tuple[str, str, str]]
) -> None:
    """Pair what stands at the same place below something that was moved: old code, what was moved, new code."""
    wanted = [entry for entry in found if entry[2] in fresh]
    for moved in dict.fromkeys(code for _, code, _ in wanted):
        below = {old: new for old, code, new in wanted if code == moved}
        _take(pairs, kind, below, ABOVE.format(kind=above, code=moved))


def _take(pairs: Pairs, kind: str, found: Mapping[str, str], evidence: str) -> None:
    """Keep what was found, unless one of the two is paired already or two lay claim to one code."""
    known = pairs.moved[kind]
    taken = {new for new, _ in known.values()}
    claims = Counter(found.values())
    for old, new in found.items():
        if old not in known and new not in taken and claims[new] == 1:
            known[old] = (new, evidence)
