"""Finding things by code, name or text: the best first, each with why it was found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.answers import Hit, Hits
from rolegraph.folding import fold
from rolegraph.releases.keys import split_key
from rolegraph.search.own import ALIAS, CLASSES, CODE, LABEL, Found, Owner, list_names, list_texts
from rolegraph.search.words import (
    ALIKE,
    BEGUN,
    EXACT,
    FORM,
    PREFIX,
    OwnNames,
    Query,
    Speller,
    make_query,
    rank,
)

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.index import Index
    from rolegraph.releases.library import Library
    from rolegraph.releases.names import Name
    from rolegraph.releases.rows import Concept

ENOUGH: Final = 3
"""Names that hold the words from which on none that is merely spelt alike is looked for."""

_CODES: Final = 100
"""Entries of a classification that the beginning of a code finds."""
_OWN: Final = 5
"""Places among the hits that releases leave to own records, however many of theirs are better."""
_LONGER: Final = 0.5
"""What it weighs that a name which is spelt alike is longer than what is asked for by more than a few letters."""
_LETTERS: Final = 3
_ALIKE: Final = 300
"""Names of a release that are spelt alike and looked at."""
_PARTS: Final = {"esco": ("", "occupation/", "skill/", "isco/")}
"""What codes of a classification may begin with that people leave out."""
_FOLDED: Final = re.compile(r"[^\x00-\x7f\W]|[\u0300-\u036f\u2100-\u214f]")
"""Letters, and signs for letters, that are folded into others."""
_APOSTROPHES: Final = re.compile("['`\u00b4\u2018\u2019\u02bc]")
_QUOTED: Final = 90
_FOUND: Final = {"reported": "reported title", "short": "short title", "hidden": "hidden label"}


class _Candidate(NamedTuple):
    """What was found, ordered by how good it is; ``place`` is 0 for own records, else that of the release."""

    rank: float
    released: bool
    weight: int
    length: int
    kind: str
    code: str
    scheme: str
    place: int
    found: str
    text: str
    label: str
    entry: str = ""


def search(
    taxonomy: Taxonomy, library: Library, text: str, limit: int = 20, kinds: Collection[str] = ()
) -> Hits:
    """What is called so, in the architecture and in the releases beside it; best first.

    Letter case, accents, dashes and punctuation make no difference. Best is what is called exactly so, then what
    begins so, what holds all words, what holds words that begin so (among them texts of the architecture's own
    records), own records that hold other forms of the words, and, where there is little of that, what is spelt nearly
    so. Own records stand before releases, labels before aliases, short names before long ones; the last places are
    left to own records where releases would take them all. ``kinds`` (``own.KINDS``) keeps hits of these kinds alone.

    Raises InputError where a release cannot be read.
    """
    query = make_query(text)
    if not query.words:
        return Hits(text, ())
    hunt = _Search(taxonomy, library, query, frozenset(kinds))
    found = [*hunt.find_own(), *hunt.find_texts(), *hunt.find_released(), *hunt.find_codes(text.strip())]
    names = {(c.kind, c.scheme, c.code) for c in found if c.weight <= ALIAS}
    if len(names) < ENOUGH and not any(c.rank == EXACT for c in found):
        found += hunt.find_alike()
    found += hunt.find_forms()
    if not found:
        found += hunt.find_alike(loosely=True)
    best: dict[tuple[str, str, str], _Candidate] = {}
    for candidate in sorted(found):
        best.setdefault((candidate.kind, candidate.scheme, candidate.code), candidate)
    chosen = _choose([*best.values()], limit)
    return Hits(text, tuple(map(hunt.tell, chosen)), len(best) - len(chosen))


def _choose(found: list[_Candidate], limit: int) -> list[_Candidate]:
    """The first, but so that own records have some places among them, by name rather than by text."""
    # Entries of classifications are no records of the house, also where these have been read with them.
    own = [candidate for candidate in found if not candidate.scheme]
    own = sorted(own, key=lambda candidate: candidate.weight > ALIAS)[: min(_OWN, limit // 4)]
    kept = set(found[:limit])
    own = sorted(candidate for candidate in own if candidate not in kept)
    if not own:
        return found[:limit]
    released = [candidate for candidate in found[:limit] if candidate.scheme]
    dropped = set(released[-len(own) :])
    return [candidate for candidate in found[:limit] if candidate not in dropped] + own


class _Search:
    """One search; releases are opened when they are asked."""

    def __init__(self, taxonomy: Taxonomy, library: Library, query: Query, kinds: frozenset[str]) -> None:
        self.taxonomy, self.library, self.query, self.kinds = taxonomy, library, query, kinds
        self.names = [found for found in list_names(taxonomy) if self._is_wanted(found.owner.kind)]
        self.folded = [fold(found.text) for found in self.names]

    def find_own(self) -> Iterator[_Candidate]:
        """Own records by code and name."""
        code = ""
        for found, folded in zip(self.names, self.folded, strict=True):
            at: float | None = rank(self.query, folded)
            if found.found == "code":
                code = folded
            elif at is None and found.found == "label" and rank(self.query, f"{code} {folded}") is not None:
                # The words are in code and label together.
                at = BEGUN
            if at is not None:
                yield _make_own(at, found)

    def find_texts(self) -> Iterator[_Candidate]:
        """Own records by their texts; a text that holds all words counts as a name with words that begin so."""
        for found in list_texts(self.taxonomy):
            if not (self._is_wanted(found.owner.kind) and may_hold(found.text, self.query)):
                continue
            if rank(self.query, fold(found.text)) is not None:
                yield _make_own(BEGUN, found)

    def find_released(self) -> Iterator[_Candidate]:
        """Entries of releases by name."""
        for place, release, index in self._open():
            numbers = set.intersection(*map(index.names.find_begun, self.query.words))
            for name in index.names.read(numbers):
                at = rank(self.query, fold(name.text))
                if at is not None and self._is_wanted(CLASSES.get(name.concept, "")):
                    yield _make_released(at, place, name, release)

    def find_codes(self, text: str) -> Iterator[_Candidate]:
        """Entries of releases by code, by what people know as their code, by key or IRI."""
        if not any(map(str.isdecimal, text)) or len(text.split()) > 1:
            return
        whole = self.library.keys.key_of(text) or text
        for place, release, index in self._open():
            for concept, known in _find_coded(index, release, text, whole):
                kind = CLASSES.get(concept.kind)
                if kind is None or not self._is_wanted(kind):
                    continue
                scheme, code = split_key(concept.key)
                exact = known.casefold() == text.casefold() or concept.key == whole
                at = EXACT if exact else PREFIX
                yield _Candidate(
                    at,
                    True,
                    CODE,
                    len(concept.label),
                    kind,
                    code,
                    scheme,
                    place,
                    "code",
                    known,
                    concept.label,
                    concept.kind,
                )

    def find_forms(self) -> Iterator[_Candidate]:
        """Own records by other forms of the words: supervision, for supervisor."""
        own = OwnNames(self.folded)
        for number in sorted(set.intersection(*map(own.find_forms, self.query.words))):
            found = self.names[number]
            if found.found != "code":
                yield _make_own(FORM, found._replace(found="word form"))

    def find_alike(self, *, loosely: bool = False) -> Iterator[_Candidate]:
        """Names that are spelt nearly so; ``loosely`` forgives a slip in a short word too."""
        opened = list(self._open())
        own = OwnNames(self.folded)
        words = {*own.list_words()}.union(*(index.names.list_words() for _, _, index in opened))
        speller = Speller(words)
        look = speller.find_loosely if loosely else speller.find
        for number, off in look(self.query, own).items():
            found = self.names[number]
            yield _make_own(
                ALIKE + off + self._weigh(self.folded[number]), found._replace(found="spelt alike")
            )
        for place, release, index in opened:
            offs = look(self.query, index.names)
            nearest = sorted(offs, key=lambda number: (offs[number], number))[:_ALIKE]
            for name in index.names.read(nearest):
                if self._is_wanted(CLASSES.get(name.concept, "")):
                    at = ALIKE + offs[name.number] + self._weigh(fold(name.text))
                    made = _make_released(at, place, name, release)
                    yield made._replace(found="spelt alike")

    def _weigh(self, folded: str) -> float:
        """What a name loses by being longer than what is asked for: a label then comes after an alias that is not."""
        return _LONGER if len(folded) - len(self.query.folded) > _LETTERS else 0.0

    def tell(self, candidate: _Candidate) -> Hit:
        """A candidate as a hit, with its label in the language of the architecture where a release has it."""
        label, notation, source = candidate.label, "", None
        if candidate.place:
            release = self.library.releases[candidate.place - 1]
            source = release.code
            label, notation = self._name(release, f"{candidate.scheme}/{candidate.code}", label)
        text = candidate.text
        if candidate.weight > ALIAS:
            text = _quote(text, self.query)
        return Hit(
            candidate.kind,
            candidate.code,
            label,
            candidate.found,
            text,
            source,
            candidate.scheme or None,
            notation,
            candidate.entry,
        )

    def _name(self, release: Release, key: str, label: str) -> tuple[str, str]:
        index = self.library.open(release)
        concept = index.find(key)
        if concept is None:
            return label, ""
        language = self.taxonomy.dataset.language.lower()
        if release.language.lower() != language:
            names = [n for n in index.list_labels(key) if n.kind == "preferred"]
            for wanted in (language, language.partition("-")[0]):
                for name in names:
                    if name.language == wanted:
                        return name.text, concept.notation
        return concept.label, concept.notation

    def _open(self) -> Iterator[tuple[int, Release, Index]]:
        if self.kinds and not self.kinds & set(CLASSES.values()):
            return
        for place, release in enumerate(self.library.releases, 1):
            yield place, release, self.library.open(release)

    def _is_wanted(self, kind: str) -> bool:
        return kind != "" and (not self.kinds or kind in self.kinds)


def may_hold(text: str, query: Query) -> bool:
    """Whether it is worth folding a text: most can be told not to hold the words as they stand."""
    if not text.isascii() and _FOLDED.search(text):
        return True
    lower = _APOSTROPHES.sub("", text.lower())
    return all(word in lower for word in query.words if not "and".startswith(word))


def _find_coded(index: Index, release: Release, text: str, whole: str) -> Iterator[tuple[Concept, str]]:
    """Concepts with the code that they are found by."""
    for scheme in release.schemes:
        for part in _PARTS.get(scheme, ("",)):
            for written in sorted({text, text.upper(), text.lower()}):
                start = f"{scheme}/{part}"
                for concept in index.find_codes(start + written, _CODES):
                    yield concept, concept.key.removeprefix(start)
    for concept in index.find_notation(text):
        yield concept, concept.notation
    known = index.find(whole)
    if known is not None:
        yield known, split_key(known.key)[1]


def _make_own(at: float, found: Found) -> _Candidate:
    owner: Owner = found.owner
    length = len(found.text if found.weight <= ALIAS else owner.label)
    return _Candidate(
        at, False, found.weight, length, owner.kind, owner.code, owner.scheme or "", 0, found.found, found.text,
        owner.label, owner.entry,
    )  # fmt: skip


def _make_released(at: float, place: int, name: Name, release: Release) -> _Candidate:
    scheme, code = split_key(name.key)
    kind = CLASSES[name.concept]
    if name.kind == "alternate":
        found = "alternate title" if kind == "occupation" else "alternate label"
    elif name.kind == "preferred":
        found = f"label ({name.language})"
    else:
        found = _FOUND.get(name.kind, name.kind)
    if name.kind in {"alternate", "hidden"} and name.language not in {"", release.language}:
        found = f"{found} ({name.language})"
    weight = LABEL if name.kind in {"label", "preferred"} else ALIAS
    return _Candidate(
        at, True, weight, len(name.text), kind, code, scheme, place, found, name.text, name.text, name.concept
    )


def _quote(body: str, query: Query) -> str:
    """The part of a text around the first place of a word that is asked for, about 90 characters."""
    if len(body) <= _QUOTED:
        return body
    places = (match.start() for match in re.finditer(r"\w+", body) if fold(match[0]).startswith(query.words))
    start = max(0, next(places, 0) - 30)
    end = start + _QUOTED
    return ("…" if start else "") + body[start:end].strip() + ("…" if end < len(body) else "")
