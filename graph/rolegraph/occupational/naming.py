"""From what people write to the entry of a classification that a release holds, and what entries are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rolegraph.errors import RequestError
from rolegraph.records.folder import load_lent
from rolegraph.releases.keys import split_key
from rolegraph.releases.remedies import find_family

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.library import Library
    from rolegraph.releases.rows import Concept

OCCUPATIONS: Final = ("detailed", "occupation", "broad", "minor", "major", "isco-group")
"""Kinds of occupations. A label that entries of several kinds have names the one of the first kind."""
OTHERS: Final = (
    "skill",
    "knowledge",
    "element",
    "technology",
    "commodity",
    "activity",
    "skill-group",
    "job-zone",
)
"""Kinds that labels name where no occupation is called so."""

FULL: Final = "all with --full"
"""Where a part is not shown in full."""

_SOC: Final = re.compile(r"[0-9]{2}-[0-9]{4}(\.[0-9]{2})?")
_EDITION: Final = re.compile(r"-[0-9]{4}$")
_INNER: Final = {"esco": ("occupation", "skill", "isco", "isced-f")}
"""What the codes of a classification begin with, which people leave out."""
_CODED: Final = ("soc-2018", "onet-soc-2019")
"""Classifications whose codes are known by their form."""
_MOST: Final = 10


def code_of(concept: Concept) -> str:
    """The code that people know an entry by."""
    return concept.notation or split_key(concept.key)[1]


def name_concept(concept: Concept) -> str:
    """Code and label; the code alone where the label is not known."""
    code = code_of(concept)
    return code if concept.label in ("", split_key(concept.key)[1]) else f"{code} {concept.label}"


def tell_coverage(release: Release) -> str:
    """That a release was cut, where it was."""
    return "cut to what was mapped" if release.coverage == "mapped" else ""


def find_title(taxonomy: Taxonomy, library: Library, key: str) -> str | None:
    """The title of an entry: the taxonomy's own, else that of the newest release which holds it."""
    occupation = taxonomy.occupation_by_key.get(split_key(key))
    if occupation is not None:
        return occupation.title
    found = library.find(key)
    return None if found is None else found.concept.label


def resolve_code(library: Library, text: str, kinds: Collection[str] = ()) -> str | None:
    """The key of the entry that a key, code, notation or IRI names; None where none is held.

    ``kinds`` leaves entries of other kinds out. Where two editions of a classification have the code it is the newer one's. Raises RequestError where several
    classifications have it.
    """
    if not library.releases:
        return None
    text = text.strip().removeprefix("<").removesuffix(">")
    keys = {key for key in _list_candidates(library, text) if is_held(library, key)}
    for release in library.releases:
        keys |= {concept.key for concept in library.open(release).find_notation(text)}
    if kinds:
        keys = {key for key in keys if (found := library.find(key)) is None or found.concept.kind in kinds}
    return _choose(library, text, keys)


def resolve_label(taxonomy: Taxonomy, library: Library, text: str) -> str | None:
    """The key of the entry that has a label, in any letter case; an occupation before anything else.

    Raises RequestError where several of one kind have it.
    """
    wanted = " ".join(text.split()).casefold()
    for kinds in (*((kind,) for kind in OCCUPATIONS), OTHERS):
        keys = {
            concept.key
            for release in library.releases
            for concept in library.open(release).iterate_concepts(*kinds)
            if concept.label.casefold() == wanted
        }
        keys |= {
            f"{own.scheme}/{own.code}"
            for own in taxonomy.occupations
            if own.kind in kinds and own.title.casefold() == wanted
        }
        if keys:
            return _choose(library, text, keys)
    # A classification of the house has kinds of its own.
    return _choose(
        library,
        text,
        (f"{own.scheme}/{own.code}" for own in taxonomy.occupations if own.title.casefold() == wanted),
    )


def is_soc_code(text: str) -> bool:
    """Whether a text has the form of a code of SOC or O*NET, such as 51-1011 or 51-1011.00."""
    return _SOC.fullmatch(text) is not None


def find_close(taxonomy: Taxonomy, library: Library, text: str) -> list[str]:
    """The codes of occupations that are nearest to a code that nothing has.

    To a code of SOC or O*NET only codes of the same form and major group are near.
    """
    from rapidfuzz import process

    if not re.search("[0-9]", text):
        return []
    known = {
        code_of(concept)
        for release in library.releases
        for concept in library.open(release).iterate_concepts(*OCCUPATIONS)
    } | {occupation.code for occupation in taxonomy.occupations}
    if is_soc_code(text):
        known = {code for code in known if code[:3] == text[:3] and len(code) == len(text)}
    return [match[0] for match in process.extract(text, sorted(known), limit=3, score_cutoff=80)]


def tell_unheld(library: Library, text: str) -> str:
    """The command that would bring the release which may have a code; "" where none may, or it is here in full."""
    scheme, _, code = text.strip().replace(":", "/", 1).rpartition("/")
    for known in _CODED:
        family = find_family(known)
        described = load_lent().scheme_by_code.get(known)
        if family is None or described is None or scheme not in {"", known}:
            continue
        cut = all(release.coverage == "mapped" for release in library.list_family(family))
        if cut and re.fullmatch(described.pattern, code):
            return f"if it is a code of {known}, {library.tell_remedy(family)}"
    return ""


def is_held(library: Library, key: str) -> bool:
    """Whether a release holds an entry, or something that stands under it or is said of it."""
    return library.find(key) is not None or any(
        library.open(release).list_origins(key, "broad-match")
        or library.open(release).list_links(key, "wage-annual")
        for release in library.releases
    )


def _list_candidates(library: Library, text: str) -> Iterator[str]:
    if "://" in text:
        key = library.keys.key_of(text)
        if key is not None:
            yield key
        return
    schemes = sorted({scheme for release in library.releases for scheme in release.schemes})
    for form in dict.fromkeys((text, text.upper(), text.lower())):
        yield form
        yield form.replace(":", "/", 1)
        for scheme in schemes:
            yield f"{scheme}/{form}"
            yield from (f"{scheme}/{inner}/{form}" for inner in _INNER.get(scheme, ()))


def _choose(library: Library, text: str, keys: Iterable[str]) -> str | None:
    newest: dict[tuple[str, str], str] = {}
    for key in sorted(keys):
        scheme, code = split_key(key)
        newest[_EDITION.sub("", scheme), code] = key
    if len(newest) > 1:
        found = [(key, library.find(key)) for key in newest.values()]
        named = [key if entry is None else f"{key} ({entry.concept.label})" for key, entry in found]
        more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
        raise RequestError(
            f"{text!r} names {len(named)} entries of classifications: {'; '.join(named[:_MOST])}{more}; give one of these"
        )
    return next(iter(newest.values()), None)
