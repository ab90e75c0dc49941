"""The entries of classifications that the records list or are mapped to, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.model.roles import Profile
from rolegraph.occupational.concepts import describe_concept
from rolegraph.records.folder import load_lent
from rolegraph.releases.keys import find_soc, split_key
from rolegraph.site.book import Book, Chapter
from rolegraph.site.mapped import name_occupation, tell_note

if TYPE_CHECKING:
    from rolegraph.answers import Entry, Section
    from rolegraph.model.reference import Scheme
    from rolegraph.site.indexes import Mapped

_OWN: Final = frozenset({"Profiles mapped to it", "Skills mapped to it"})
"""Sections of a sheet that the page has itself, from the indexes."""
_TOLD: Final = frozenset({"Classification", "Key"})
"""Lines of the first section that the page tells in its own way."""
_LINKED: Final = frozenset({"Within", "Holds"})
"""Sections whose notes are codes of the same classification."""


FOLDED: Final = 8
"""So many entries under one label are shown before the rest is folded."""
MOST_SHOWN: Final = 900
"""So many entries under one label stand on the page at most; rolegraph show tells all."""


class Row(NamedTuple):
    """One entry in the list: ``remedy`` says what would bring its title, where that is not here."""

    key: str
    code: str
    title: str | None
    remedy: str | None
    kind: str | None
    profiles: int
    skills: int


class Part(NamedTuple):
    """What a section tells under one label: the first entries, the folded ones, and how many are left out."""

    label: str
    shown: Sequence[Entry]
    folded: Sequence[Entry]
    left_out: int


@dataclass(frozen=True, slots=True)
class Near:
    """Profiles mapped to another entry that this one stands under, or that stands under it."""

    key: str
    mapped: Sequence[Mapped[Profile]]


def _make_list(book: Book, name: str) -> bytes | None:
    if name != "occupations.html":
        return None
    keys = sorted(book.addresses.list_codes("occupation"))
    groups = groupby(keys, key=lambda key: split_key(key)[0])
    schemes = [(_name_scheme(book, code), [_make_row(book, key) for key in group]) for code, group in groups]
    return book.render("occupations.html", name, schemes=schemes, count=len(keys))


def _make_row(book: Book, key: str) -> Row:
    scheme, code = split_key(key)
    own = book.taxonomy.occupation_by_key.get((scheme, code))
    indexes = book.indexes
    return Row(
        key,
        code,
        *name_occupation(book, key),
        None if own is None else own.kind,
        len(indexes.profiles_of_occupation.get(key, ())),
        len(indexes.skills_of_occupation.get(key, ())),
    )


def _make_occupation(book: Book, name: str) -> bytes | None:
    key = book.addresses.find("occupation", name.removesuffix(".html")) if name.endswith(".html") else None
    if key is None:
        return None
    library = book.architecture.library
    sheet = describe_concept(book.indexes.bare, library, key, full=True)
    title, _ = name_occupation(book, key)
    first, *sections = (section for section in sheet.sections if section.heading not in _OWN)
    scheme, code = split_key(key)
    return book.render(
        "occupation.html",
        f"occupation/{name}",
        key=key,
        code=code,
        title=title,
        scheme_code=scheme,
        scheme=_find_scheme(book, scheme),
        iri=library.keys.iri_of(key) if scheme in library.keys.namespaces else None,
        profiles=book.indexes.profiles_of_occupation.get(key, ()),
        near=list(_list_near(book, key)),
        skills=book.indexes.skills_of_occupation.get(key, ()),
        first=[line for line in first.entries if line.label not in _TOLD],
        sections=[(section, list(_split_section(section))) for section in sections],
        find_linked=lambda section, note: _find_linked(book, section, scheme, note),
        tell_note=lambda line: tell_note(book.wording, line),
        title_of=book.taxonomy.title_of,
        is_retired=book.taxonomy.is_retired,
    )


def _split_section(section: Section) -> Iterator[Part]:
    for label, group in groupby(section.entries, key=lambda entry: entry.label):
        entries = list(group)
        cut = FOLDED if len(entries) > FOLDED + 1 else len(entries)
        yield Part(label, entries[:cut], entries[cut:MOST_SHOWN], max(0, len(entries) - MOST_SHOWN))


def _find_linked(book: Book, section: Section, scheme: str, note: str) -> str | None:
    """The key of the entry that a line of a section is about, where it has a page."""
    key = f"{scheme}/{note}"
    return key if section.heading in _LINKED and book.addresses.has("occupation", key) else None


def _list_near(book: Book, key: str) -> Iterator[Near]:
    """The SOC occupation that an O*NET occupation stands under; those of O*NET that stand under one of SOC."""
    soc = find_soc(key)
    near = book.indexes.occupations_of_soc.get(key, ()) if soc is None else (soc,)
    for other in near:
        if mapped := book.indexes.profiles_of_occupation.get(other):
            yield Near(other, mapped)


def _find_scheme(book: Book, code: str) -> Scheme | None:
    """A classification of the records, or one that is known without them."""
    return book.taxonomy.scheme_by_code.get(code) or load_lent().scheme_by_code.get(code)


def _name_scheme(book: Book, code: str) -> tuple[str, str]:
    """The code of a classification and its title; its code again where it has none."""
    scheme = _find_scheme(book, code)
    return code, code if scheme is None else scheme.title


def _list_occupations(book: Book) -> Iterator[str]:
    addresses = book.addresses
    return (f"{addresses.name('occupation', key)}.html" for key in addresses.list_codes("occupation"))


CHAPTERS: Final = (
    Chapter("", lambda book: ("occupations.html",), _make_list),
    Chapter("occupation", _list_occupations, _make_occupation),
)
