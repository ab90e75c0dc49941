"""What must hold between records: codes resolve, nothing is there twice, the hierarchy has no circle.

What a single record must satisfy is checked by the record itself; what may be doubted but not refused
(warnings) belongs to the shapes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolegraph.model import codes
from rolegraph.model.parts import Parts


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that does not hold, by record (``kind``, ``code``) and the path of fields inside it."""

    kind: str
    code: str
    path: tuple[str, ...]
    rule: str
    message: str
    remedy: str = ""


Suggest = Callable[[str, Iterable[str]], str]
"""Turns an unknown code and the known ones into a remedy."""


def suggest(code: str, known: Iterable[str]) -> str:
    """The remedy for an unknown code: the closest known one, or how to add it."""
    from rapidfuzz import process

    best = process.extractOne(code, list(known), score_cutoff=60)
    return f"did you mean {best[0]}?" if best else "add it, or correct the code"


def find_flaws(parts: Parts) -> tuple[Flaw, ...]:
    """All that does not hold between the records of ``parts``, in a fixed order."""
    return (
        *_find_repeats(parts),
        *_find_function_flaws(parts),
        *_find_level_flaws(parts),
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


def _find_function_flaws(parts: Parts) -> Iterator[Flaw]:
    groups = {group.code for group in parts.groups}
    for function in parts.functions:
        if function.group is not None and function.group not in groups:
            yield Flaw(
                "function", function.code, ("group",), "group-unknown",
                f"there is no function group {function.group}", suggest(function.group, groups),
            )  # fmt: skip


def _find_level_flaws(parts: Parts) -> Iterator[Flaw]:
    tracks = {track.code for track in parts.tracks}
    for level in parts.levels:
        if level.track not in tracks:
            yield Flaw(
                "level", level.code, (), "track-unknown", f"there is no track {level.track}",
                suggest(level.track, tracks),
            )  # fmt: skip


def _find_occupation_flaws(parts: Parts) -> Iterator[Flaw]:
    schemes = {scheme.code: scheme for scheme in parts.schemes}
    known = {(o.scheme, o.code): o for o in parts.occupations}
    for occupation in parts.occupations:
        key = f"{occupation.scheme}/{occupation.code}"
        scheme = schemes.get(occupation.scheme)
        if scheme is None:
            yield Flaw(
                "occupation", key, (), "scheme-unknown",
                f"there is no classification {occupation.scheme}", suggest(occupation.scheme, schemes),
            )  # fmt: skip
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
    functions = {function.code for function in parts.functions}
    skills = {skill.code for skill in parts.skills}
    ranks: dict[str, list[int]] = {track.code: [] for track in parts.tracks}
    for level in parts.levels:
        ranks.setdefault(level.track, []).append(level.rank)
    schemes = {scheme.code: scheme for scheme in parts.schemes}
    for focus in parts.focuses:
        if focus.function not in functions:
            yield Flaw(
                "focus", focus.code, (), "function-unknown",
                f"there is no function {focus.function}", suggest(focus.function, functions),
            )  # fmt: skip
        own = {profile.level for profile in focus.profiles}
        for use in focus.skills:
            if use.skill not in skills:
                yield Flaw(
                    "focus", focus.code, ("skills", use.skill, "skill"), "skill-unknown",
                    f"there is no skill {use.skill}", suggest(use.skill, skills),
                )  # fmt: skip
            for level_code in use.levels:
                if level_code not in own:
                    yield Flaw(
                        "focus", focus.code, ("skills", use.skill, "levels"), "level-unknown",
                        f"{focus.code} has no level {level_code}", suggest(level_code, own),
                    )  # fmt: skip
        for profile in focus.profiles:
            where = ("levels", profile.level)
            misfit = _judge_level(profile.level, ranks)
            if misfit is not None:
                yield Flaw("focus", focus.code, where, "level-unknown", *misfit)
            for mapping in profile.mappings:
                path = (*where, "mappings", f"{mapping.scheme}/{mapping.code}")
                scheme = schemes.get(mapping.scheme)
                if scheme is None:
                    yield Flaw(
                        "focus", focus.code, (*path, "scheme"), "scheme-unknown",
                        f"there is no classification {mapping.scheme}", suggest(mapping.scheme, schemes),
                    )  # fmt: skip
                elif not re.fullmatch(scheme.pattern, mapping.code):
                    yield Flaw(
                        "focus", focus.code, (*path, "code"), "occupation-code",
                        f"{mapping.code} does not look like a code of {scheme.title} ({scheme.pattern})",
                        "correct the code",
                    )  # fmt: skip


def _judge_level(code: str, ranks: Mapping[str, list[int]]) -> tuple[str, str] | None:
    track, rank = codes.split_level(code)
    if track not in ranks or not ranks[track]:
        return f"there is no track {track}", f"the tracks are {', '.join(sorted(ranks))}"
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
    focuses = {focus.code: focus.retired for focus in parts.focuses}
    profiles = {profile.code: profile.retired for profile in parts.profiles}
    skills = {skill.code: skill.retired for skill in parts.skills}
    for kind, known in (("focus", focuses), ("profile", profiles), ("skill", skills)):
        for code, retired in known.items():
            if retired is None or retired.replaced_by is None:
                continue
            owner = ("focus", code)
            path: tuple[str, ...] = ("retired", "replaced_by")
            if kind == "profile":
                split = codes.split_profile(code)
                owner, path = ("focus", split.focus), ("levels", split.level, *path)
            elif kind == "skill":
                owner = ("skill", code)
            if retired.replaced_by not in known:
                yield Flaw(
                    *owner, path, "successor-unknown", f"there is no {kind} {retired.replaced_by}",
                    suggest(retired.replaced_by, known),
                )  # fmt: skip
                continue
            trail = [code]
            while (step := known.get(trail[-1])) is not None and step.replaced_by is not None:
                trail.append(step.replaced_by)
                if step.replaced_by == code:
                    yield Flaw(
                        *owner, path, "successor-circle",
                        f"the successors run in a circle: {' -> '.join(trail)}", "break the circle",
                    )  # fmt: skip
                    break
                if len(trail) > len(known) + 1:
                    break
