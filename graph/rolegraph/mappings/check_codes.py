"""Checks that the codes of mappings and of cited occupations are in use, detailed, and called what they were called."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from rolegraph.mappings.claims import Claim, Desk, Flaw, Missing, join, shorten
from rolegraph.mappings.shelf import find_family
from rolegraph.mappings.subject import clean_source
from rolegraph.releases.keys import split_key

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.releases.index import Index

_GROUPS: Final = ("major", "minor", "broad", "isco-group", "skill-group")
"""Kinds of entry that have more detailed ones below."""
_EXIST: Final = "whether their codes exist and are in use"
_CITED: Final = "onet-soc-2019"


def check_codes(desk: Desk) -> Iterator[Flaw | Missing]:
    """What is wrong with the codes of mappings, and what cannot be known of them."""
    for claim in desk.claims:
        yield from _check_code(desk, claim)
        yield from _check_detail(desk, claim)
        yield from _check_name(desk, claim)
    yield from _check_sources(desk)


def _check_code(desk: Desk, claim: Claim) -> Iterator[Flaw | Missing]:
    scheme, key = claim.mapping.scheme, claim.mapping.key
    release = desk.shelf.find_full(scheme)
    if release is not None:
        index = desk.shelf.library.open(release)
        if index.find(key) is not None:
            return
        retired = _tell_retired(desk, key, release)
        if retired is not None:
            yield Flaw("warning", "mapping-retired", claim.path, claim.code, *retired)
            return
        near = join([desk.name(k) for k in _find_near(index, key)] or ["an entry that it has"])
        yield Flaw(
            "violation", "mapping-missing", claim.path, claim.code,
            f"{release.title} has no entry {claim.mapping.code}.", f"Map to {near}.",
        )  # fmt: skip
        return
    retired = _tell_retired(desk, key, None)
    if retired is not None:
        yield Flaw("warning", "mapping-retired", claim.path, claim.code, *retired)
    elif not _is_known(desk, key):
        yield Missing(scheme, _EXIST, find_family(scheme) or "")


def _is_known(desk: Desk, key: str) -> bool:
    """Whether a release that does not define a code shows that it is in use: O*NET has occupations under it."""
    if desk.shelf.library.find(key) is not None:
        return True
    return any(
        desk.shelf.library.open(release).list_origins(key, "broad-match")
        for release in desk.shelf.library.list_family("onet")[:1]
    )


def _tell_retired(
    desk: Desk, key: str, release: Release | None, title: str | None = None
) -> tuple[str, str] | None:
    """Message and remedy for a code that is in use no longer; None for one that is, or that nothing is known of."""
    code = split_key(key)[1]
    successors = desk.shelf.find_successors(key)
    if successors is not None:
        taken = [concept for concept in successors if split_key(concept.key)[1] != code]
        if len(taken) < len(successors) and release is None:
            return None
        message = f"{code} is retired, by the crosswalk."
        if not taken:
            return message, "Nothing took its place there; choose an entry that is in use."
        return message, f"In its place stands {join([_show(c.key, c.label) for c in taken])}."
    if release is None:
        return None
    older = [found for found in desk.shelf.library.find_all(key) if found.release.code != release.code]
    if older:
        message = (
            f"{code} {older[0].concept.label} is in {older[0].release.title} and not in {release.title}."
        )
        return message, _guess(desk, key, older[0].concept.label)
    if title is not None:
        return f"{code} is not in {release.title}.", _guess(desk, key, title)
    return None


def _show(key: str, label: str) -> str:
    code = split_key(key)[1]
    return code if label == code else f"{code} {label}"


def _guess(desk: Desk, key: str, title: str) -> str:
    """What goes by nearly the same title: no more than a guess."""
    scheme = split_key(key)[0]
    corpus = desk.shelf.open_corpus(scheme)
    best = ""
    if corpus is not None:
        hits = {
            unit: hit
            for index in (corpus.alternates, corpus.titles)
            for unit, hit in index.match(title).items()
            if not hit.alone
        }
        ranked = sorted(hits, key=lambda unit: (-hits[unit].score, hits[unit].owners, unit))[:1]
        best = ranked[0] if ranked else ""
        best = corpus.wider.get(best, best) if scheme.startswith("soc-") else best
    if not best:
        return "A crosswalk tells what took its place: rolegraph import crosswalk SRC -o DIR."
    return (
        f"By its title, which is a guess, {desk.name(best)} is nearest; a crosswalk says more (rolegraph import"
        " crosswalk SRC -o DIR)."
    )


def _find_near(index: Index, key: str) -> list[str]:
    """The entries whose codes differ least from one that is not there."""
    scheme = split_key(key)[0]
    kinds = (
        "detailed",
        "broad",
        "minor",
        "major",
        "occupation",
        "isco-group",
        "skill",
        "knowledge",
        "element",
    )
    keys = [c.key for c in index.iterate_concepts(*kinds) if split_key(c.key)[0] == scheme]
    return get_close_matches(key, keys, n=3, cutoff=0.8)


def _check_detail(desk: Desk, claim: Claim) -> Iterator[Flaw]:
    key = claim.mapping.key
    found = desk.shelf.library.find(key)
    known = desk.taxonomy.occupation_by_key.get((claim.mapping.scheme, claim.mapping.code))
    kind = found.concept.kind if found is not None else known.kind if known is not None else None
    if kind not in _GROUPS:
        return
    below = sorted(_list_below(desk.shelf.library.open(found.release), key)) if found is not None else []
    one = "skill" if kind == "skill-group" else "occupation"
    remedy = join([desk.name(step) for step in below]) if below else f"one {one} below it"
    yield Flaw(
        "warning", "mapping-detail", claim.path, claim.code,
        f"{desk.name(key)} is a {kind.replace('-', ' ')}{'' if kind.endswith('group') else ' group'}, not one {one}.",
        f"Map to {remedy}.",
    )  # fmt: skip


def _list_below(index: Index, key: str) -> Iterator[str]:
    """The most detailed entries below a group."""
    ring, seen = [key], {key}
    while ring:
        step = ring.pop()
        narrower = [link.key for link in index.list_origins(step, "broader") if link.key not in seen]
        seen.update(narrower)
        ring += narrower
        if not narrower and step != key:
            yield step


def _check_name(desk: Desk, claim: Claim) -> Iterator[Flaw]:
    """Whether what is mapped is still called what an older release beside the newest called it."""
    spoken = [f for f in desk.shelf.library.find_all(claim.mapping.key) if f.release.family != "crosswalk"]
    old = next((f for f in spoken[1:] if f.concept.label != spoken[0].concept.label), None)
    if old is not None:
        new = spoken[0]
        yield Flaw(
            "info", "mapping-renamed", claim.path, claim.code,
            f"{claim.mapping.code} is called {new.concept.label} in {new.release.title}, and was called"
            f" {old.concept.label} in {old.release.title}.",
            "See whether the mapping still means the same.",
        )  # fmt: skip


def _check_sources(desk: Desk) -> Iterator[Flaw | Missing]:
    """Whether the O*NET occupations that sources cite are in use."""
    release = desk.shelf.find_full(_CITED)
    for profile in desk.profiles:
        for source in profile.sources:
            if source.occupation is None:
                continue
            key = f"{_CITED}/{source.occupation}"
            if release is not None and desk.shelf.library.open(release).find(key) is not None:
                continue
            retired = _tell_retired(desk, key, release, clean_source(source.text, source.occupation))
            path = ("focus", profile.focus, "levels", profile.level, "sources", source.id)
            if retired is not None:
                yield Flaw("info", "source-retired", path, profile.code, *retired)
            elif desk.shelf.library.find(key) is None:
                yield Missing(_CITED, f"{_EXIST} (cited by sources)", "onet")


def describe_cited(desk: Desk, codes: list[str]) -> list[str]:
    """Cited O*NET codes as SOC occupations with their titles, each once; without those that are retired."""
    release = desk.shelf.find_full(_CITED)
    index = None if release is None else desk.shelf.library.open(release)
    living = [code for code in codes if index is None or index.find(f"{_CITED}/{code}") is not None]
    return [desk.name(f"soc-2018/{code}") for code in dict.fromkeys(map(shorten, living or codes))]
