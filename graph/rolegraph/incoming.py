"""What people bring along on its way into a data folder: saved pages, tables, mappings, and a fresh folder for them.

Nothing is written before everything is read, merged and checked, and then whole files replace whole files.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rolegraph.answers import Change, Fresh, Intaken
from rolegraph.errors import InputError, Place, Problem, RequestError, describe_error
from rolegraph.records.collector import pause_collector
from rolegraph.records.files import CODES, escape_unseen

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.records.places import Places

PAGES: Final = (".txt", ".md", ".markdown", ".html", ".htm")
"""The endings of pages, by which a folder of them is searched."""


def make_folder(
    folder: str | Path,
    *,
    title: str | None = None,
    publisher: str | None = None,
    version: str | None = None,
    base: str | None = None,
    language: str | None = None,
    currency: str | None = None,
    licence: str | None = None,
    access_rights: str | None = None,
    day: str | None = None,
) -> Fresh:
    """Make a data folder with the ladder, the editions and a commented example.

    Placeholders stand for what is not given of the dataset. ``day`` is the day of issue, today by default. Raises
    InputError for what cannot be used, OutputError where the folder holds data or cannot be written.
    """
    from rolegraph.records.saving.blank import init_folder, list_unset, make_dataset

    dataset = make_dataset(
        title=title, publisher=publisher, version=version, base=base, language=language, currency=currency,
        licence=licence, access_rights=access_rights, day=day or _find_day(),
    )  # fmt: skip
    written = init_folder(Path(folder), dataset)
    return Fresh(_show(folder), written, list_unset(dataset))


def ingest_pages(
    pages: str | Path | Sequence[str | Path],
    folder: str | Path,
    *,
    counts: tuple[int, ...] | Mapping[str, tuple[int, ...]] | None = None,
    merge_skills: bool = False,
    replace: bool = False,
    keep_going: bool = False,
    tell: Callable[[int, int], None] = lambda done, of: None,
    report: Callable[[tuple[Problem, ...]], None] = lambda problems: None,
) -> Intaken:
    """Read saved profile pages (text, Markdown, HTML) and put what they state into a data folder.

    A folder among ``pages`` stands for the pages in it. A data folder that is not there yet is made. ``counts`` are
    the numbers of responsibilities per level for pages that list them without their levels: for all pages, or by the
    name of a page or the code of a focus ("" for all others); numbers that no page needs are a problem.
    Where two pages disagree, the one of the lower level, then of the name that comes first, is kept, and a note names
    both. ``merge_skills`` takes skills that are likely the same for the same; with ``replace`` the pages have their
    way where the folder says something else. Raises InputError with every problem of every page; with ``keep_going``
    ``report`` is called with them instead, and the good pages are taken. ``tell`` hears how many of how many pages
    are read.
    """
    from rolegraph.records.merging.merge import merge_intake, to_findings
    from rolegraph.records.page import read_pages

    files = list(_list_pages([pages] if isinstance(pages, str | Path) else pages))
    if not files:
        raise RequestError("no page is named; give at least one")
    unread: list[Problem] = []
    harvest = read_pages(_read_files(files, unread), counts=counts, tell=lambda done: tell(done, len(files)))
    problems = (*unread, *harvest.problems)
    refused = (*(problem.place.file for problem in unread if problem.place), *harvest.refused)
    if problems and not (keep_going and harvest.read):
        raise InputError(problems)
    if problems:
        report(problems)
    target = _Target(Path(folder))
    merged = merge_intake(
        target.taxonomy, target.places, harvest.intake, merge_skills=merge_skills, replace=replace
    )
    written = target.save(merged.taxonomy, {})
    notes = to_findings((*harvest.intake.notes, *merged.notes))
    return Intaken(
        _show(folder), True, len(harvest.read), tuple(sorted(refused)), written, merged.changes, notes
    )


@pause_collector()
def import_table(
    file: str | Path,
    table_map: str | Path,
    folder: str | Path,
    *,
    known_as: str | None = None,
    apply: bool = False,
    merge_skills: bool = False,
    tell: Callable[[str], None] = lambda step: None,
) -> Intaken:
    """Read a spreadsheet (CSV, TSV, XLSX) by a mapping file and put what it states into a data folder.

    A table is known again by the name of its file; ``known_as`` names the file that a renamed one takes the place
    of. What only adds to the folder is written at once. Where the table was imported before, changes roles that are
    there, or states those of another table, what would change is returned, and written with ``apply`` alone; its
    cells and its bytes are then written even where no record changes. Raises InputError with every problem of the
    mapping or of the table, and RequestError where no table was imported under the name ``known_as``.
    """
    from rolegraph.records.beside import load_beside
    from rolegraph.records.cells import Cells
    from rolegraph.records.imported import Imported, note_change
    from rolegraph.records.merging.merge import merge_intake, to_findings
    from rolegraph.records.table import (
        find_map,
        read_bytes,
        read_codebook,
        read_map,
        read_source,
        read_table,
    )

    tell("reading the mapping")
    rules = read_map(find_map(str(table_map)))
    tell(f"reading {file}")
    source = read_bytes(Path(file))
    workbook = read_source(source, rules)
    target = _Target(Path(folder))
    imported = Imported(Cells({}), {}) if target.fresh else Imported.load(target.folder)
    if known_as is not None:
        imported.check_name(known_as)
        workbook = dataclasses.replace(workbook, file=known_as)
    owned = imported.cells.of_file(workbook.file)
    book = read_codebook(load_beside(target.folder, CODES) or b"", CODES)
    tell("making records")
    known = target.taxonomy
    jobs = {p.job_code: p.code for p in known.profiles if p.job_code is not None and not known.is_retired(p)}
    harvest = read_table(
        workbook,
        rules,
        book,
        jobs,
        known_functions={function.code: function.label for function in known.functions},
        known_focuses={focus.code: focus.label for focus in known.focuses},
        known_levels=frozenset(level.code for level in known.levels),
    )
    if harvest.problems:
        raise InputError(harvest.problems)
    rename = imported.find_rename(workbook.file, harvest.intake, jobs)
    try:
        merged = merge_intake(known, target.places, harvest.intake, merge_skills=merge_skills, owned=owned)
    except InputError as error:
        raise InputError(map(rename.advise, error.problems) if rename else error.problems) from None
    asks = imported.knows(workbook.file) or rename or any(map(_touches_roles, merged.changes))
    applied = apply or not asks
    tell("writing" if applied else "comparing")
    extra: dict[str, bytes] = {}
    # A preview of changes needs none of these, and the cells of a large table take their time.
    if applied or not merged.changes:
        extra[CODES] = harvest.codebook.write()
        extra |= imported.take(workbook.file, source[1], harvest.intake, merged.translate)
    written = target.save(merged.taxonomy, extra) if applied else ()
    notes = [*harvest.intake.notes, *merged.notes]
    if rename:
        notes.insert(0, rename.note())
    elif not (applied or merged.changes) and _differs(target.folder, extra):
        notes.insert(0, note_change(workbook.file))
    return Intaken(_show(folder), applied, harvest.rows, (), written, merged.changes, to_findings(notes))


def import_mappings(
    file: str | Path,
    folder: str | Path,
    *,
    apply: bool = False,
    metadata: str | Path | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Intaken:
    """Read a mapping set (SSSOM/TSV) and put what it states of profiles and skills into a data folder.

    New mappings are written at once. Where a mapping that is there would change, what would be done is returned, and
    written with ``apply`` alone; mappings that the set does not state stay. ``metadata`` is the file of the set's
    metadata where that stands apart. Raises InputError with the problems of all rows, and RequestError where the
    folder holds no job architecture.
    """
    from rolegraph.mappings.entry_names import EntryNames
    from rolegraph.mappings.merge import merge_mappings
    from rolegraph.mappings.sssom_read import read_sssom
    from rolegraph.records.merging.changes import list_changes
    from rolegraph.records.merging.merge import to_findings
    from rolegraph.releases.library import Library

    tell(f"reading {file}")
    target = _Target(Path(folder))
    if target.fresh:
        raise RequestError(f"{folder} holds no job architecture to map; name a data folder")
    facts = None if metadata is None else _read_bytes(metadata)
    reading = read_sssom(target.taxonomy, _read_bytes(file), _show(file), facts, _show(metadata or ""))
    after, asks = merge_mappings(target.taxonomy, reading)
    applied = apply or not asks
    tell("writing" if applied else "comparing")
    written = target.save(after, {}) if applied else ()
    changes = list_changes(target.taxonomy, after, EntryNames(after, Library(Path(folder), after, tell)).name)
    return Intaken(_show(folder), applied, reading.rows, (), written, changes, to_findings(reading.notes))


def import_graph(
    file: str | Path,
    folder: str | Path,
    *,
    apply: bool = False,
    tell: Callable[[str], None] = lambda step: None,
) -> Intaken:
    """Read a graph file in any RDF syntax and make a data folder say what it says.

    A folder that is not there yet is made. Where the folder would not only gain, what would be done is returned, and
    written with ``apply`` alone. Comments and layout of what does not change stay, and so do the releases. What the
    graph holds beside the records is kept in ``beside.ttl``. Raises InputError with every problem of the graph.
    """
    from rolegraph.rdf.decode import from_file
    from rolegraph.records.files import BESIDE
    from rolegraph.records.merging.changes import list_changes, list_removed
    from rolegraph.records.merging.merge import to_findings
    from rolegraph.releases.loading import load_data

    tell(f"reading {file}")
    decoded = from_file(Path(file))
    target = _Target(Path(folder))
    before = target.taxonomy
    # What releases say of classifications is in the graph too, but stays with the releases.
    lent = () if target.fresh else load_data(target.folder, tell).taxonomy.occupations
    from_releases = set(lent) - set(before.occupations)
    own = tuple(entry for entry in decoded.taxonomy.occupations if entry not in from_releases)
    after = _keep_spelling(before, decoded.taxonomy.replace_parts(releases=before.releases, occupations=own))
    beside = "".join(f"{triple} .\n" for triple in decoded.foreign).encode()
    changes = (*list_changes(before, after), *list_removed(before, after))
    asks = not target.fresh and any(change.action != "added" for change in changes)
    # The dataset, classifications and editions are no roles; what changes of them is asked for too.
    asks = asks or (not target.fresh and before.replace_parts(focuses=()) != after.replace_parts(focuses=()))
    applied = apply or not asks
    tell("writing" if applied else "comparing")
    extra = {BESIDE: beside} if beside or (target.folder / BESIDE).is_file() else {}
    written = target.save(after, extra) if applied else ()
    notes = []
    if beside:
        number = len(decoded.foreign)
        held = (
            f"{number:,} statements that no record holds are"
            if number > 1
            else "1 statement that no record holds is"
        )
        notes.append(Problem("graph-beside", f"{held} kept in {BESIDE}", Place(_show(file)), "", ""))
    if left := {release.code for release in decoded.taxonomy.releases} - {r.code for r in before.releases}:
        notes.append(
            Problem("graph-releases", f"the releases {', '.join(sorted(left))} are named, and not in a graph file",
                    Place(_show(file)), "", "import them again: rolegraph import")
        )  # fmt: skip
    return Intaken(_show(folder), applied, len(after.profiles), (), written, changes, to_findings(notes))


def _read_bytes(file: str | Path) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        problem = Problem(
            "file-unreadable", f"cannot be read: {describe_error(error)}", Place(_show(file)), "",
            "check the path and its rights",
        )  # fmt: skip
        raise InputError([problem]) from None


class _Target:
    """The data folder that something goes into: as it was read, or a fresh one where there is none yet."""

    def __init__(self, folder: Path) -> None:
        from rolegraph.records.files import read_unfinished
        from rolegraph.records.fingerprint import fingerprint_folder
        from rolegraph.records.folder import load_folder
        from rolegraph.records.saving.blank import list_occupied, make_dataset, start_taxonomy

        self.folder = folder
        self.places: Places | None = None
        # A fresh folder whose writing was cut off is written anew; changes that were cut off are made again.
        cut_off = read_unfinished(folder)
        self.fresh = bool(cut_off and cut_off.fresh) or not (folder.is_dir() and list_occupied(folder))
        self._fingerprint = None if self.fresh else fingerprint_folder(folder, finishing=True)
        if self.fresh:
            self.taxonomy = start_taxonomy(make_dataset(day=_find_day()))
        else:
            loaded = load_folder(folder, finishing=True)
            self.taxonomy, self.places = loaded.taxonomy, loaded.places

    def save(self, after: Taxonomy, extra: Mapping[str, bytes]) -> tuple[str, ...]:
        from rolegraph.records.saving.save import save_folder

        before = None if self.fresh else self.taxonomy
        return save_folder(self.folder, before, after, extra=extra, fingerprint=self._fingerprint)


def _keep_spelling(before: Taxonomy, after: Taxonomy) -> Taxonomy:
    """The same as ``after``, with what ``before`` says in place of what is equal: a number may be spelt otherwise."""
    fields = type(after).model_fields
    return after.replace_parts(
        **{name: _keep(getattr(before, name), getattr(after, name)) for name in fields}
    )


def _keep(old: Any, new: Any) -> Any:
    """A value with the old one, or parts of it, wherever they are equal."""
    from rolegraph.model.record import Record

    if old == new:
        return old
    if isinstance(new, Record) and type(old) is type(new):
        kept = {name: _keep(getattr(old, name), getattr(new, name)) for name in type(new).model_fields}
        return new.model_copy(update=kept)
    if isinstance(new, tuple) and isinstance(old, tuple):
        known = {_name_item(item): item for item in old}
        return tuple(_keep(known.get(_name_item(item)), item) for item in new)
    return new


def _name_item(item: Any) -> tuple[object, ...]:
    """What a record in a list is known by."""
    return tuple(
        getattr(item, name, None) for name in ("scheme", "code", "id", "skill", "level", "name", "dimension")
    )


def _touches_roles(change: Change) -> bool:
    """Whether a change does more than add to the roles of a folder."""
    return change.action != "added" and change.kind in ("focus", "profile")


def _differs(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether the folder holds anything else than these files."""
    from rolegraph.records.beside import load_beside

    return any(load_beside(folder, name) != data for name, data in files.items())


def suggest_mapping(file: str | Path) -> str:
    """A mapping file for a spreadsheet, guessed from its headers and first rows, with comments on what is unsure."""
    from rolegraph.records.table import read_workbook, suggest_map

    return suggest_map(read_workbook(Path(file)))


def _find_day() -> str:
    """Today, or the day of SOURCE_DATE_EPOCH where builds are to be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).astimezone().date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise RequestError(f"SOURCE_DATE_EPOCH is {epoch!r}; give seconds since 1970, or unset it") from None


def _list_pages(pages: Sequence[str | Path]) -> Iterator[Path]:
    """The files that are named, each once; of a folder those that look like pages, by name."""
    found: dict[Path, None] = {}
    for page in map(Path, pages):
        if page.is_dir():
            inner = sorted(entry for entry in page.iterdir() if entry.suffix.lower() in PAGES)
            if not inner:
                raise RequestError(f"{page} holds no page (the endings are {', '.join(PAGES)})")
            found.update(dict.fromkeys(inner))
        else:
            found[page] = None
    return iter(found)


def _read_files(files: Sequence[Path], unread: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, one after the other; what cannot be read becomes a problem."""
    from rolegraph.records.page.decode import MAX_BYTES

    for file in files:
        name = _show(file)
        try:
            # So many bytes are enough to refuse it.
            with file.open("rb") as stream:
                yield name, stream.read(MAX_BYTES)
        except OSError as error:
            message = f"cannot be read: {describe_error(error)}"
            unread.append(
                Problem("file-unreadable", message, Place(name), "", "check the path and its rights")
            )


def _show(path: str | Path) -> str:
    return escape_unseen(str(path))
