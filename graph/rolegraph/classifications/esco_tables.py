"""The tables of an ESCO release: which are there, in which languages, and which of them are read.

Tables of concepts end on their language (``skills_de.csv``). Tables of relations do so from release 1.2 on; those of
several languages state the same, and one is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import Header, read_header
from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """A table of concepts: what one and several are called, and the columns that every release known has."""

    stem: str
    noun: str
    plural: str
    columns: tuple[str, ...]


ISCO: Final = ConceptTable("ISCOGroups", "ISCO group", "ISCO groups", ("code", "description"))
OCCUPATIONS: Final = ConceptTable(
    "occupations",
    "occupation",
    "occupations",
    ("iscoGroup", "altLabels", "hiddenLabels", "scopeNote", "definition", "description", "code"),
)
GROUPS: Final = ConceptTable(
    "skillGroups",
    "skill group",
    "skill groups",
    ("altLabels", "hiddenLabels", "scopeNote", "description", "code"),
)
SKILLS: Final = ConceptTable(
    "skills",
    "skill",
    "skills",
    ("skillType", "altLabels", "hiddenLabels", "scopeNote", "definition", "description"),
)
CONCEPT_TABLES: Final = (ISCO, OCCUPATIONS, GROUPS, SKILLS)
"""In the order in which they are read."""

REQUIRED: Final = ("conceptUri", "preferredLabel")
OPTIONAL: Final = (
    "status",
    "code",
    "iscoGroup",
    "skillType",
    "description",
    "definition",
    "altLabels",
    "hiddenLabels",
    "scopeNote",
)
_UNUSED: Final = (
    "conceptType",
    "reuseLevel",
    "modifiedDate",
    "regulatedProfessionNote",
    "inScheme",
    "naceCode",
)

BROADER_OCCUPATIONS: Final = "broaderRelationsOccPillar"
BROADER_SKILLS: Final = "broaderRelationsSkillPillar"
OCCUPATION_SKILLS: Final = "occupationSkillRelations"
SKILL_SKILLS: Final = "skillSkillRelations"

RELATIONS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    BROADER_OCCUPATIONS: (("conceptUri", "broaderUri"), "which occupation or ISCO group is under which"),
    BROADER_SKILLS: (("conceptUri", "broaderUri"), "which skill or skill group is under which"),
    OCCUPATION_SKILLS: (("occupationUri", "skillUri", "relationType"), "which skills occupations need"),
    SKILL_SKILLS: (("originalSkillUri", "relatedSkillUri", "relationType"), "which skills build on which"),
}
"""The tables of relations: their columns, and what is not known without them."""

_UNUSED_STEMS: Final = re.compile(
    r"(?:skillsHierarchy|conceptSchemes|dictionary|greenShare\w*|\w+Collection|\w*qualifications?\w*)$", re.I
)
_NAME: Final = re.compile(
    r"(?P<stem>[A-Za-z]+)(?:_(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?))?\.csv", re.I
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is read of a release: the main language and the further ones, and the files by table.

    ``concepts`` has the file of a table's stem and a language, ``relations`` that of a stem.
    """

    main: str
    further: tuple[str, ...]
    concepts: Mapping[tuple[str, str], str]
    relations: Mapping[str, str]


def find_languages(package: Package) -> tuple[str, ...]:
    """The languages of a release, the main one first: English, or else the first by code that occupations are in.

    Raises InputError where no table of occupations is there.
    """
    found = {language for stem, language in _list_files(package) if stem in _CONCEPT_STEMS and language}
    named = sorted(language for stem, language in _list_files(package) if stem == _OCCUPATIONS and language)
    if not named:
        raise InputError(
            [
                Problem(
                    "table-missing",
                    "there is no table of occupations (occupations_en.csv, or that of another language)",
                    Place(package.name),
                    "",
                    "name the folder or zip file of an ESCO release in CSV, as it is downloaded",
                )
            ]
        )
    main = "en" if "en" in named else named[0]
    return (main, *sorted(found - {main}))


def survey(package: Package, ledger: Ledger, languages: Collection[str] = ()) -> Layout:
    """What is to be read, with ``languages`` beside the main one (all that are there, where none is named).

    Files that are not read and tables that are not there are told in the ledger; columns that are new or not there in
    its notes. Raises InputError with every problem: no occupations, a language that is not there, headers.
    """
    main, *there = find_languages(package)
    files = _list_files(package)
    asked = {language.casefold() for language in languages} - {main}
    if absent := sorted(asked - set(there)):
        raise InputError(
            [
                Problem(
                    "language-missing",
                    f"the release has no names in {', '.join(map(quote, absent))} (it has {', '.join((main, *there))})",
                    Place(package.name),
                    "",
                    "download it in that language too, and put its files into the same folder",
                )
            ]
        )
    further = tuple(language for language in there if language in asked or not languages)
    concepts = _find_concepts(ledger, files, main, further)
    relations = _find_relations(ledger, files, main, concepts)
    layout = Layout(main, further, concepts, relations)
    _judge_headers(package, ledger, layout)
    _tell_unread(package, ledger, layout)
    return layout


_CONCEPT_STEMS: Final = frozenset(table.stem.casefold() for table in CONCEPT_TABLES)
_OCCUPATIONS: Final = OCCUPATIONS.stem.casefold()


def _list_files(package: Package) -> dict[tuple[str, str], str]:
    """The CSV files by stem and language ("" where the name has none), both in small letters."""
    found: dict[tuple[str, str], str] = {}
    for name in package.names:
        if match := _NAME.fullmatch(name):
            key = match["stem"].casefold(), (match["language"] or "").casefold()
            found.setdefault(key, name)
    return found


def _find_concepts(
    ledger: Ledger, files: Mapping[tuple[str, str], str], main: str, further: Sequence[str]
) -> dict[tuple[str, str], str]:
    concepts: dict[tuple[str, str], str] = {}
    for language in (main, *further):
        for table in CONCEPT_TABLES:
            name = files.get((table.stem.casefold(), language))
            if name is not None:
                concepts[table.stem, language] = name
            elif language == main:
                ledger.missing[f"{table.stem}_{main}.csv"] = table.plural
            elif (table.stem, main) in concepts:
                ledger.missing[f"{table.stem}_{language}.csv"] = f"names of {table.plural} in {language}"
    return concepts


def _find_relations(
    ledger: Ledger,
    files: Mapping[tuple[str, str], str],
    main: str,
    concepts: Mapping[tuple[str, str], str],
) -> dict[str, str]:
    relations: dict[str, str] = {}
    skills = (SKILLS.stem, main) in concepts
    for stem, (_, lost) in RELATIONS.items():
        found = {language: name for (other, language), name in files.items() if other == stem.casefold()}
        if not found:
            ledger.missing[f"{stem}.csv"] = lost
            continue
        if stem != BROADER_OCCUPATIONS and not skills:
            ledger.unread |= dict.fromkeys(found.values(), f"{SKILLS.stem}_{main}.csv is not there")
            continue
        chosen = next((language for language in (main, "") if language in found), min(found))
        relations[stem] = found.pop(chosen)
        ledger.unread |= dict.fromkeys(found.values(), f"states the same as {relations[stem]}")
    return relations


def _judge_headers(package: Package, ledger: Ledger, layout: Layout) -> None:
    problems: list[Problem] = []
    for (stem, _), name in layout.concepts.items():
        table = next(table for table in CONCEPT_TABLES if table.stem == stem)
        if header := _judge_header(package, name, REQUIRED, OPTIONAL, problems):
            ledger.notes += _tell_columns(name, header, table)
    for stem, name in layout.relations.items():
        _judge_header(package, name, RELATIONS[stem][0], (), problems)
    if problems:
        raise InputError(problems)


def _judge_header(
    package: Package, name: str, required: Sequence[str], optional: Sequence[str], problems: list[Problem]
) -> Header | None:
    try:
        header = read_header(package, name, "csv")
    except InputError as error:
        problems += error.problems
        return None
    problems += header.find_problems(required, optional)
    return header


def _tell_columns(name: str, header: Header, table: ConceptTable) -> Iterator[str]:
    if new := header.find_unknown((*REQUIRED, *OPTIONAL, *_UNUSED)):
        yield f"{name}: columns that are not known, not read: {', '.join(map(quote, new))}"
    if lacking := header.find_lacking(table.columns):
        yield f"{name}: columns that are not there: {', '.join(lacking)}"


def _tell_unread(package: Package, ledger: Ledger, layout: Layout) -> None:
    read = {*layout.concepts.values(), *layout.relations.values(), *ledger.unread}
    for name in package.names:
        if name in read:
            continue
        match = _NAME.fullmatch(name)
        if match and match["stem"].casefold() in _CONCEPT_STEMS and match["language"]:
            ledger.unread[name] = "language not asked for"
        elif match and _UNUSED_STEMS.fullmatch(match["stem"]):
            ledger.unread[name] = "not used"
        else:
            ledger.unread[name] = "not a known table of an ESCO release"
