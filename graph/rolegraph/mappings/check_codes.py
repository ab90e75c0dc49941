"""Checks that the codes of mappings and of cited occupations are in use, detailed, and called what they were called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rolegraph.mappings.claims import Claim, Desk, Flaw, Missing, join, shorten
from rolegraph.mappings.shelf import find_family
from rolegraph.mappings.siblings import tell_instead
from rolegraph.mappings.standing import Standing, find_standing
from rolegraph.mappings.subject import clean_source
from rolegraph.releases.keys import split_key

if TYPE_CHECKING:
    from rolegraph.releases.index import Index

_GROUPS: Final = {
    "major": "a major group", "minor": "a minor group", "broad": "a broad group", "isco-group": "an ISCO group",
    "skill-group": "a skill group",
}  # fmt: skip
"""Kinds of entry that have more detailed ones below, as they are called."""
MISSING: Final = "mapping-missing"
"""The rule of a code that does not exist."""
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
    standing = find_standing(desk.shelf, key)
    if standing.held is not None:
        yield from _tell_unsure(scheme, standing)
        return
    retired = _tell_retired(desk, key, standing)
    if retired is not None:
        yield Flaw("warning", "mapping-retired", claim.path, claim.code, *retired)
    elif standing.whole is not None and standing.cut is None:
        index = desk.shelf.library.open(standing.whole)
        yield Flaw(
            "violation", MISSING, claim.path, claim.code, f"{standing.whole.title} has no entry {claim.mapping.code}.",
            tell_instead(desk, index, key, claim.code),
        )  # fmt: skip
    elif not _is_known(desk, key):
        yield Missing(scheme, _EXIST, find_family(scheme) or "")


def _tell_unsure(scheme: str, standing: Standing, more: str = "") -> Iterator[Missing]:
    """That a code was found in an older release only, because the newest was cut."""
    if standing.held is not None and standing.cut is not None and not standing.sure:
        what = f"whether {standing.cut.title} has them{more}, which was cut to what is mapped; {standing.held.title} does"
        yield Missing(scheme, what, find_family(scheme) or "")


def _is_known(desk: Desk, key: str) -> bool:
    """Whether a release that does not define a code shows that it is in use: O*NET has occupations under it."""
    return any(
        desk.shelf.library.open(release).list_origins(key, "broad-match")
        for release in desk.shelf.library.list_family("onet")[:1]
    )


def _tell_retired(
    desk: Desk, key: str, standing: Standing, title: str | None = None
) -> tuple[str, str] | None:
    """Message and remedy for a code that is in use no longer; None for one that is, or that nothing is known of."""
    code = split_key(key)[1]
    successors = desk.shelf.find_successors(key)
    if successors is not None:
        taken = [concept for concept in successors if split_key(concept.key)[1] != code]
        if len(taken) < len(successors) and standing.whole is None:
            return None
        message = f"{code} is retired, by the crosswalk."
        if not taken:
            return message, "Nothing took its place there; choose an entry that is in use."
        return message, f"In its place stands {join([_show(c.key, c.label) for c in taken])}."
    if standing.whole is None:
        return None
    if standing.older is not None:
        concept, release = standing.older
        message = f"{code} {concept.label} is in {release.title} and not in {standing.whole.title}."
        return message, _guess(desk, key, concept.label)
    if title is not None and standing.cut is None:
        return f"{code} is not in {standing.whole.title}.", _guess(desk, key, title)
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
        f"{desk.name(key)} is {_GROUPS[kind]}, not one {one}.",
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
    more = " (cited by sources)"
    for profile in desk.profiles:
        for source in profile.sources:
            if source.cited is None:
                continue
            key = f"{_CITED}/{source.cited}"
            standing = find_standing(desk.shelf, key)
            if standing.held is not None:
                yield from _tell_unsure(_CITED, standing, more)
                continue
            retired = _tell_retired(desk, key, standing, clean_source(source.text, source.cited))
            if retired is not None:
                path = ("focus", profile.focus, "levels", profile.level, "sources", source.id)
                yield Flaw("info", "source-retired", path, profile.code, *retired)
            else:
                yield Missing(_CITED, _EXIST + more, "onet")


def describe_cited(desk: Desk, codes: list[str]) -> list[str]:
    """Cited O*NET codes as SOC occupations with their titles, each once; without those that are retired."""
    standings = {code: find_standing(desk.shelf, f"{_CITED}/{code}") for code in codes}
    living = [code for code, standing in standings.items() if standing.held is not None or not standing.whole]
    return [desk.name(f"soc-2018/{code}") for code in dict.fromkeys(map(shorten, living or codes))]
