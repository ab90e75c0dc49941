"""What must hold between records: codes resolve, nothing is there twice, the hierarchy has no circle.

What a single record must satisfy is checked by the record itself; what may be doubted but not refused
(warnings) belongs to the shapes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolegraph.model import codes
from rolegraph.model.parts import Parts
from rolegraph.model.roles import Profile


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that does not hold, by record (``kind``, ``code``) and the path of fields inside it.

    ``missing`` is the record (kind, code) that was looked for in vain, if that is the flaw.
    """

    kind: str
    code: str
    path: tuple[str, ...]
    rule: str
    message: str
    remedy: str = ""
    missing: tuple[str, str] | None = None


def suggest(code: str, known: Iterable[str]) -> str:
    """The remedy for an unknown code: the closest known one, or how to add it."""
    from rapidfuzz import process

    # Sorted, because of equally close codes the first is named.
    best = process.extractOne(code, sorted(known), score_cutoff=60)
    return f"did you mean {best[0]}?" if best else "add it, or correct the code"


class _Known:
    """The codes of one kind of record, and the flaw of naming another one."""

    def __init__(self, kind: str, known: Iterable[str], title: str = "") -> None:
        self.kind = kind
        self.codes = frozenset(known)
        self._title = title or kind.replace("-", " ")
        self._remedies: dict[str, str] = {}

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def miss(self, owner: tuple[str, str], path: tuple[str, ...], code: str, rule: str) -> Flaw:
        """That ``owner`` names ``code`` at ``path``, which is not there. One misspelling has one remedy."""
        if code not in self._remedies:
            self._remedies[code] = suggest(code, self.codes)
        return Flaw(
            *owner, path, rule, f"there is no {self._title} {code}", self._remedies[code], (self.kind, code)
        )


def find_flaws(parts: Parts, base: str | None = None) -> tuple[Flaw, ...]:
    """All that does not hold between the records of ``parts``, in a fixed order; ``base`` is that of the dataset."""
    return (
        *_find_repeats(parts),
        *_find_namespace_flaws(parts, base),
        *_find_function_flaws(parts),
        *_find_level_flaws(parts),
        *_find_skill_flaws(parts),
        *_find_occupation_flaws(parts),
        *_find_focus_flaws(parts),
        *_find_succession_flaws(parts),
    )


def _find_repeats(parts: Parts) -> Iterator[Flaw]:
    for kind, all_codes in (
        ("function-group", [r.code for r in parts.groups]),
        ("function", [r.code for r in parts.functions]),
        ("track", [r.code for r in parts.tracks]),
        ("level", [r.code for r in parts.levels]),
        ("proficiency", [r.code for r in parts.proficiencies]),
        ("skill", [r.code for r in parts.skills]),
        ("scheme", [r.code for r in parts.schemes]),
        ("edition", [r.code for r in parts.editions]),
        ("focus", [r.code for r in parts.focuses]),
        ("occupation", [f"{r.scheme}/{r.code}" for r in parts.occupations]),
    ):
        for code, count in Counter(all_codes).items():
            if count > 1:
                yield Flaw(
                    kind, code, (), "duplicate", f"{kind} {code} is given {count} times",
                    "keep one entry, merging what the others add",
                )  # fmt: skip


def _find_namespace_flaws(parts: Parts, base: str | None) -> Iterator[Flaw]:
    """An IRI has to tell which classification its entry is of, and that it is none of our own records."""
    held = {} if base is None else {base: "the base of the dataset"}
    for scheme in parts.schemes:
        if scheme.namespace is None:
            continue
        for other, title in held.items():
            if other.startswith(scheme.namespace) or scheme.namespace.startswith(other):
                yield Flaw(
                    "scheme", scheme.code, ("namespace",), "namespace-shared",
                    f"{scheme.namespace} and {title} ({other}) begin alike, so that IRIs cannot be told apart",
                    "give the namespace that is the classification's alone",
                )  # fmt: skip
        held.setdefault(scheme.namespace, f"the namespace of {scheme.code}")


def _find_function_flaws(parts: Parts) -> Iterator[Flaw]:
    groups = _Known("function-group", (group.code for group in parts.groups))
    for function in parts.functions:
        if function.group is not None and function.group not in groups:
            yield groups.miss(("function", function.code), ("group",), function.group, "group-unknown")


def _find_level_flaws(parts: Parts) -> Iterator[Flaw]:
    tracks = _Known("track", (track.code for track in parts.tracks))
    for level in parts.levels:
        if level.track not in tracks:
            yield tracks.miss(("level", level.code), (), level.track, "track-unknown")


def _find_skill_flaws(parts: Parts) -> Iterator[Flaw]:
    known = _Known("proficiency", (step.code for step in parts.proficiencies))
    firsts: dict[int, str] = {}
    for step in parts.proficiencies:
        first = firsts.setdefault(step.rank, step.code)
        if first != step.code:
            yield Flaw(
                "proficiency", step.code, ("rank",), "rank-repeated",
                f"rank {step.rank} is {first}'s already", "number the steps from the lowest, 1, to the highest",
            )  # fmt: skip
    for skill in parts.skills:
        for descriptor in skill.descriptors:
            if descriptor.proficiency not in known:
                path = ("descriptors", descriptor.proficiency)
                yield known.miss(("skill", skill.code), path, descriptor.proficiency, "proficiency-unknown")


def _find_occupation_flaws(parts: Parts) -> Iterator[Flaw]:
    schemes = {scheme.code: scheme for scheme in parts.schemes}
    known_schemes = _Known("scheme", schemes, "classification")
    known = {(o.scheme, o.code): o for o in parts.occupations}
    for occupation in parts.occupations:
        key = f"{occupation.scheme}/{occupation.code}"
        scheme = schemes.get(occupation.scheme)
        if scheme is None:
            yield known_schemes.miss(("occupation", key), (), occupation.scheme, "scheme-unknown")
            continue
        if not re.fullmatch(scheme.pattern, occupation.code):
            yield Flaw(
                "occupation", key, (), "occupation-code",
                f"{occupation.code} does not look like a code of {scheme.title} ({scheme.pattern})",
                "correct the code",
            )  # fmt: skip
        if occupation.kind not in scheme.levels:
            yield Flaw(
                "occupation", key, ("kind",), "occupation-kind",
                f"{occupation.kind} is not a kind of entry of {scheme.code}",
                f"use one of {', '.join(scheme.levels)}",
            )  # fmt: skip
        if occupation.broader is None:
            continue
        broader = known.get((occupation.scheme, occupation.broader))
        if broader is None:
            yield Flaw(
                "occupation", key, ("broader",), "occupation-unknown",
                f"there is no {occupation.scheme} entry {occupation.broader}",
                suggest(occupation.broader, (c for s, c in known if s == occupation.scheme)),
                ("occupation", f"{occupation.scheme}/{occupation.broader}"),
            )  # fmt: skip
        elif (
            {occupation.kind, broader.kind} <= set(scheme.levels)
            and scheme.levels.index(broader.kind) >= scheme.levels.index(occupation.kind)
        ):  # fmt: skip
            yield Flaw(
                "occupation", key, ("broader",), "occupation-order",
                f"{broader.code} ({broader.kind}) is not wider than {occupation.code} ({occupation.kind})",
                f"the kinds of {scheme.code} run {', '.join(scheme.levels)}, widest first",
            )  # fmt: skip


def _find_focus_flaws(parts: Parts) -> Iterator[Flaw]:
    functions = _Known("function", (function.code for function in parts.functions))
    skills = _Known("skill", (skill.code for skill in parts.skills))
    steps = _Known("proficiency", (step.code for step in parts.proficiencies))
    ranks: dict[str, list[int]] = {track.code: [] for track in parts.tracks}
    for level in parts.levels:
        ranks.setdefault(level.track, []).append(level.rank)
    for focus in parts.focuses:
        owner = ("focus", focus.code)
        if focus.function not in functions:
            yield functions.miss(owner, (), focus.function, "function-unknown")
        own = {profile.level for profile in focus.profiles}
        for use in focus.skills:
            if use.skill not in skills:
                yield skills.miss(owner, ("skills", use.skill), use.skill, "skill-unknown")
            for level_code in use.levels:
                if level_code not in own:
                    yield Flaw(
                        *owner, ("skills", use.skill, "levels"), "level-unknown",
                        f"{focus.code} has no level {level_code}",
                        f"its levels are {', '.join(sorted(own, key=codes.split_level)) or 'not given'}",
                        ("profile", codes.compose_profile(focus.code, level_code)),
                    )  # fmt: skip
            for required in use.proficiency:
                path = ("skills", use.skill, "proficiency", required.level)
                if required.level not in own:
                    yield Flaw(
                        *owner, path, "level-unknown", f"{focus.code} has no level {required.level}",
                        f"its levels are {', '.join(sorted(own, key=codes.split_level)) or 'not given'}",
                        ("profile", codes.compose_profile(focus.code, required.level)),
                    )  # fmt: skip
                if required.proficiency not in steps:
                    yield steps.miss(owner, path, required.proficiency, "proficiency-unknown")
        for profile in focus.profiles:
            misfit = _judge_level(profile.level, ranks)
            if misfit is not None:
                yield Flaw(
                    *owner, ("levels", profile.level), "level-unknown", *misfit, ("level", profile.level)
                )
    yield from _find_mapping_flaws(parts)


def _find_mapping_flaws(parts: Parts) -> Iterator[Flaw]:
    schemes = {scheme.code: scheme for scheme in parts.schemes}
    known_schemes = _Known("scheme", schemes, "classification")
    for subject, mapping in parts.mappings:
        owner: tuple[str, str] = ("skill", subject.code)
        path: tuple[str, ...] = ("mappings", mapping.key)
        if isinstance(subject, Profile):
            owner, path = ("focus", subject.focus), ("levels", subject.level, *path)
        scheme = schemes.get(mapping.scheme)
        if scheme is None:
            yield known_schemes.miss(owner, (*path, "scheme"), mapping.scheme, "scheme-unknown")
        elif not re.fullmatch(scheme.pattern, mapping.code):
            yield Flaw(
                *owner, (*path, "code"), "occupation-code",
                f"{mapping.code} does not look like a code of {scheme.title} ({scheme.pattern})",
                "correct the code",
            )  # fmt: skip


def _judge_level(code: str, ranks: Mapping[str, list[int]]) -> tuple[str, str] | None:
    track, rank = codes.split_level(code)
    if track not in ranks:
        return f"there is no track {track}", f"the tracks are {', '.join(sorted(ranks)) or 'not given'}"
    if not ranks[track]:
        return f"track {track} has no levels", "add them"
    if rank in ranks[track]:
        return None
    low, high = min(ranks[track]), max(ranks[track])
    nearest = min(ranks[track], key=lambda known: (abs(known - rank), known))
    return (
        f"track {track} has no level {rank} ({track}{low}..{track}{high})",
        f"did you mean {track}{nearest}?",
    )


def _find_succession_flaws(parts: Parts) -> Iterator[Flaw]:
    """A retired code may name its successor, which must be there; succession must not run in a circle."""
    for kind, records in (("focus", parts.focuses), ("profile", parts.profiles), ("skill", parts.skills)):
        known = _Known(kind, (record.code for record in records))
        successors = {
            record.code: record.retired.replaced_by
            for record in records
            if record.retired is not None and record.retired.replaced_by is not None
        }
        for code, successor in successors.items():
            if successor not in known:
                owner, path = _place_successor(kind, code)
                yield known.miss(owner, path, successor, "successor-unknown")
        for circle in _find_circles(successors):
            owner, path = _place_successor(kind, circle[0])
            yield Flaw(
                *owner, path, "successor-circle",
                f"the successors run in a circle: {' -> '.join((*circle, circle[0]))}", "break the circle",
            )  # fmt: skip


def _place_successor(kind: str, code: str) -> tuple[tuple[str, str], tuple[str, ...]]:
    if kind != "profile":
        return (kind, code), ("retired", "replaced_by")
    split = codes.split_profile(code)
    return ("focus", split.focus), ("levels", split.level, "retired", "replaced_by")


def _find_circles(successors: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Each circle once, from its first code on."""
    done: set[str] = set()
    for start in successors:
        trail: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in done and code not in trail:
            trail[code] = None
            code = successors.get(code)
        if code is not None and code in trail:
            circle = list(trail)[list(trail).index(code) :]
            first = circle.index(min(circle))
            yield (*circle[first:], *circle[:first])
        done.update(trail)
