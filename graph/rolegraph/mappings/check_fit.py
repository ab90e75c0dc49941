"""Checks that mapped occupations agree with what a profile cites, does and knows, and with its level."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Final

from rolegraph.mappings.check_codes import describe_cited
from rolegraph.mappings.claims import WHOLE, Claim, Desk, Flaw, Missing, Path, join, shorten
from rolegraph.mappings.rank import CONTENT, classify, rank_occupations
from rolegraph.mappings.shelf import OCCUPATIONS
from rolegraph.mappings.suggest import fold
from rolegraph.mappings.weights import LevelRule, read_levels, read_weights

if TYPE_CHECKING:
    from rolegraph.answers.mappings import MappingEvidence
    from rolegraph.mappings.corpus import Corpus

_CODED: Final = ("soc-2018", "onet-soc-2019")
"""Classifications whose codes begin as those of O*NET do that sources cite."""
_STEP: Final = 200
"""Mappings after which it is told how far the check is: these take some ten seconds."""
_ISCO: Final = "isco/C"
"""How the codes of ISCO groups begin in ESCO."""
_BETTER: Final = 3
"""Better occupations that a finding names."""


def check_fit(
    desk: Desk, tell: Callable[[str], None], wrong: Collection[Path] = ()
) -> Iterator[Flaw | Missing]:
    """What is wrong with the mapped occupations of profiles, and what cannot be known of them.

    ``wrong`` are the paths of mappings to what does not exist: one finding is enough for these.
    """
    for number, claim in enumerate(desk.claims):
        if number % _STEP == 0 and len(desk.claims) > _STEP:
            tell(f"{number:,} of {len(desk.claims):,} mappings are checked")
        if claim.path not in wrong and claim.is_occupation and claim.mapping.predicate != "relatedMatch":
            yield from _check_cited(desk, claim)
            yield from _check_level(desk, claim)
            yield from _check_content(desk, claim)


def _check_cited(desk: Desk, claim: Claim) -> Iterator[Flaw]:
    profile = claim.profile
    if profile is None or claim.mapping.scheme not in _CODED:
        return
    cited = [source.cited for source in profile.sources if source.cited is not None]
    if cited and shorten(claim.mapping.code) not in set(map(shorten, cited)):
        yield Flaw(
            "warning", "mapping-uncited", claim.path, claim.code,
            f"{desk.name(claim.mapping.key)} is not among the occupations that the profile's sources cite.",
            f"They cite {join(describe_cited(desk, cited), 'and')}: map to one of them, or cite a source that supports the"
            " mapping.",
        )  # fmt: skip


def _check_level(desk: Desk, claim: Claim) -> Iterator[Flaw]:
    if claim.profile is None:
        return
    level, key = claim.profile.level, claim.mapping.key
    for rule, label in _find_misfits(desk, claim, level):
        title = desk.name(key)
        what = f"{title} is one of the {label}" if rule.occupations else f"{title} is of job zone {label}"
        yield Flaw(
            rule.severity, "mapping-level", claim.path, claim.code,
            f"{what}; the profile is at {desk.taxonomy.level_by_code[level].label}. {rule.reason}",
            f"Map to an occupation of that level; rolegraph mappings suggest {claim.code} names some.",
        )  # fmt: skip


def _find_misfits(desk: Desk, claim: Claim, level: str) -> Iterator[tuple[LevelRule, str]]:
    """The rules that the mapped occupation breaks, each with the name of its class or its job zone."""
    table, (scheme, code) = read_levels(), (claim.mapping.scheme, claim.mapping.code)
    # The newest release that speaks of it, cut or not: these are facts about one occupation.
    corpus = next((c for c in desk.shelf.list_corpora(scheme) if _list_own(c, claim.mapping.key)), None)
    zone = _find_zone(corpus, claim.mapping.key) if corpus is not None else None
    isco = code.removeprefix(_ISCO) if scheme == "esco" and code.startswith(_ISCO) else ""
    if corpus is not None and claim.mapping.key in corpus.concepts:
        found = classify(corpus, claim.mapping.key)
    elif isco and not table.is_split(isco):
        found = table.classify(scheme, code, "", isco)
    elif (
        scheme in OCCUPATIONS
        and scheme != "esco"
        and (title := desk.find_title(claim.mapping.key)) is not None
    ):
        found = table.classify(scheme, code, title)
    else:
        return
    for rule in table.find_misfits(level, found.name, zone):
        yield rule, found.label if rule.occupations else str(zone)


def _find_zone(corpus: Corpus, key: str) -> int | None:
    """The job zone of an occupation; that of a SOC code is the one of the O*NET occupation for the whole of it."""
    own = _list_own(corpus, key)
    whole = next((unit for unit in own if unit.endswith(WHOLE)), None)
    zones = {corpus.zones.get(unit) for unit in (own if whole is None else [whole])}
    return zones.pop() if len(zones) == 1 else None


def _check_content(desk: Desk, claim: Claim) -> Iterator[Flaw | Missing]:
    scheme, key = claim.mapping.scheme, claim.mapping.key
    corpus = desk.shelf.open_corpus(scheme)
    if corpus is None or corpus.release.coverage != "all":
        if scheme in OCCUPATIONS:
            yield Missing(
                scheme, "whether other occupations fit the profiles better", OCCUPATIONS[scheme].families[0]
            )
        return
    if not _list_own(corpus, key):
        return
    if (cut := desk.shelf.find_cut(corpus.release.family, corpus.release)) is not None:
        what = f"whether occupations of {cut.title} fit better, which was cut to what is mapped; {corpus.release.title} tells"
        yield Missing(scheme, what, cut.family)
    weights = read_weights()
    ranked = rank_occupations(corpus, desk.describe(claim.code), kinds=CONTENT, by_level=False)
    folded = list(fold(corpus, scheme, ranked))
    if not folded or weights.name_band(folded[0][1].total) == "no-match":
        return
    place = next((n for n, (other, _) in enumerate(folded) if other == key), len(folded))
    total = folded[place][1].total if place < len(folded) else 0.0
    best = folded[0][1].total
    if place < weights.disagreement["beyond"] or total >= weights.disagreement["behind"] * best:
        return
    better = [
        f"{desk.name(other)} ({one.total:.2f}; {_tell(one.evidence)})"
        for other, one in folded[:_BETTER]
        if weights.name_band(one.total) != "no-match"
    ]
    yield Flaw(
        "warning" if weights.name_band(best) == "confident" else "info", "mapping-skills", claim.path, claim.code,
        f"{desk.name(key)} is far from what the profile is called, knows and does: it has {total:.2f} of 1, the best has"
        f" {best:.2f}, and {place:,} others are nearer.",
        f"Nearer are {join(better, 'and')}.",
    )  # fmt: skip


def _tell(evidence: tuple[MappingEvidence, ...]) -> str:
    return "; ".join(f"{part.kind}: {part.text}" for part in evidence[:2])


def _list_own(corpus: Corpus, key: str) -> list[str]:
    """The occupations of a release that an entry stands for: itself, or those under a SOC code."""
    if key in corpus.concepts:
        return [key]
    return [unit for unit, wider in corpus.wider.items() if wider == key and unit in corpus.concepts]
