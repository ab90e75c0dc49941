"""A data folder -> a Taxonomy and the places of its records, or every problem of every file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, Any, Final

from rolegraph.errors import InputError, Place, Problem, describe_error
from rolegraph.model.checks import find_flaws
from rolegraph.model.parts import Parts
from rolegraph.model.record import Record
from rolegraph.model.reference import (
    Dataset,
    Edition,
    FunctionGroup,
    JobFunction,
    Level,
    Occupation,
    Proficiency,
    Scheme,
    Skill,
    Track,
)
from rolegraph.model.release import Release
from rolegraph.model.roles import Focus
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.convert import Converter
from rolegraph.records.document import BROKEN, Document, Path, Reading
from rolegraph.records.explain import Complaint, refuse_section, refuse_shape
from rolegraph.records.files import DataFile, FileKind, list_data_files
from rolegraph.records.forms import KINDS
from rolegraph.records.jsonl import read_jsonl
from rolegraph.records.places import DATASET, Places
from rolegraph.records.yaml import read_yaml
from rolegraph.resources import find_resource

if TYPE_CHECKING:
    from rolegraph.records.files import Folder

MAX_YAML: Final = 32 * 2**20
"""The bytes that one YAML file may hold; larger data has its place in JSON Lines."""

_Section = tuple[str, type[Record], bool]

_SECTIONS: Final[dict[FileKind, tuple[_Section, ...]]] = {
    "levels": (("tracks", Track, True), ("levels", Level, True)),
    "functions": (("groups", FunctionGroup, False), ("functions", JobFunction, True)),
    "skills": (("proficiencies", Proficiency, False), ("skills", Skill, True)),
    "occupations": (("scheme", Scheme, True), ("occupations", Occupation, True)),
}
"""The keys of the files that hold many records: what they hold, and whether they must be there."""

_FIELDS: Final[dict[type[Record], str]] = {
    FunctionGroup: "groups",
    JobFunction: "functions",
    Track: "tracks",
    Level: "levels",
    Proficiency: "proficiencies",
    Skill: "skills",
    Scheme: "schemes",
    Occupation: "occupations",
    Edition: "editions",
    Focus: "focuses",
    Release: "releases",
}
"""The field of the Taxonomy that takes records of a class."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checked taxonomy, and where its records stand."""

    taxonomy: Taxonomy
    places: Places


def load_folder(
    folder: Folder, shown_as: str | None = None, *, finishing: bool = False, releases: bool = True
) -> Loaded:
    """Loads the data folder ``folder``; files that it leaves out (levels, occupations, editions) are the shipped.

    ``shown_as`` is the name of the folder in places; else it is the path relative to the current folder where it
    is below that, ``data`` for the shipped data, and as given otherwise. ``finishing`` is for who is about to finish
    what was cut off. Without ``releases`` those that are there are passed over.

    Raises InputError with all problems of all files, in the order of the files and their lines.
    """
    if shown_as is None and _is_shipped(folder):
        shown_as = "data"
    listing = list_data_files(folder, shown_as, finishing=finishing, releases=releases)
    loader = _Loader(folder)
    loader.problems += listing.problems
    for file in listing.files:
        loader.read_file(file)
    loader.judge_absence(listing.files, listing.problems)
    return loader.finish()


@cache
def load_lent() -> Taxonomy:
    """The shipped job architecture, of which fresh folders get the ladder, the editions and the classifications."""
    return load_folder(find_resource("data")).taxonomy


def _is_shipped(folder: Folder) -> bool:
    with suppress(FileNotFoundError):
        return bool(folder == find_resource("data"))
    return False


class _Loader:
    """Collects the records, places and problems of one folder."""

    def __init__(self, folder: Folder) -> None:
        self.problems: list[Problem] = []
        self.places = Places(folder)
        self.dataset: Dataset | None = None
        self.records: dict[str, list[Any]] = {field: [] for field in _FIELDS.values()}
        self.firsts: dict[tuple[str, str], Place] = {}
        self.broken: set[tuple[str, str]] = set()
        self.unread: set[str] = set()
        """Kinds of records of which some could not even be counted."""
        self.order: dict[str, int] = {}

    def read_file(self, file: DataFile) -> None:
        self.order.setdefault(file.shown, len(self.order))
        try:
            with file.open() as stream:
                if file.kind == "focus-lines":
                    for reading in read_jsonl(stream, file.shown):
                        self._take_focus(reading, None)
                else:
                    self._take(file, self._read_yaml(stream, file))
        except OSError as error:
            self._refuse(
                file, "file-unreadable", f"cannot be read: {describe_error(error)}", "check the file"
            )
            self._lose(file)

    def _read_yaml(self, stream: IO[bytes], file: DataFile) -> Reading:
        data = stream.read(MAX_YAML + 1)
        if len(data) <= MAX_YAML:
            return read_yaml(data, file.shown)
        reading = Reading(file.shown)
        reading.refuse(
            (), "file-too-large", f"the file is larger than {MAX_YAML // 2**20} MiB",
            "split it; many focuses may stand in a JSON Lines file, one per line",
        )  # fmt: skip
        return reading

    def _take(self, file: DataFile, reading: Reading) -> None:
        if file.kind == "focus":
            self._take_focus(reading, file)
            return
        if reading.document is BROKEN:
            self._lose(file)
        elif file.kind == "dataset":
            self._take_dataset(reading)
        elif file.kind == "edition":
            self._take_named(Edition, file, reading)
        elif file.kind == "release":
            self._take_named(Release, file, reading)
        else:
            self._take_sections(file, reading)
        self.problems += reading.problems

    def _lose(self, file: DataFile) -> None:
        """Notes what a file that could not be read may have held, so that nothing is said to be missing."""
        if file.kind == "focus":
            code = _stem(file.name)
            self.broken |= {("focus", code), ("profile", code)}
        elif file.kind == "focus-lines":
            self.unread |= {"focus", "profile"}
        else:
            self.unread |= {KINDS[record] for _, record, _ in _SECTIONS.get(file.kind, ())}

    def _take_dataset(self, reading: Reading) -> None:
        self.dataset = Converter(reading).read(Dataset, reading.document, (), {})
        self.places.add("dataset", DATASET, self.places.add_file(reading), reading.first_line)

    def _take_named(self, record: type[Edition | Release], file: DataFile, reading: Reading) -> None:
        """Takes in a record that has a file of its own, named after its code."""
        converter = Converter(reading)
        made = converter.read(record, reading.document, (), {})
        if made is not None:
            self._judge_name(file, made.code, reading, KINDS[record])
            self._add([(made, ())], reading)
        self.broken.update(converter.broken)

    def _take_focus(self, reading: Reading, file: DataFile | None) -> None:
        """Takes in a focus from a file of its own, or from a line of JSON where ``file`` is None."""
        converter = Converter(reading)
        focus = converter.read(Focus, reading.document, (), {})
        if focus is not None:
            if file is not None:
                self._judge_name(file, focus.code, reading, "focus")
            self._add([(focus, ())], reading)
        elif file is not None:
            self._lose(file)
        elif not converter.broken:
            self.unread |= {"focus", "profile"}
        self.broken.update(converter.broken)
        self.broken.update(("profile", code) for kind, code in converter.broken if kind == "focus")
        self.problems += reading.problems

    def _judge_name(self, file: DataFile, code: str, reading: Reading, key: str) -> None:
        if file.kind == "release":
            folder = file.name.split("/")[1]
            if folder != code:
                reading.refuse(
                    (key,), "file-name", f"the folder holds {code} but is named {folder}",
                    f"rename it to {code}, or import the release again",
                )  # fmt: skip
        elif _stem(file.name) != code:
            ending = file.name[file.name.rindex(".") :]
            reading.refuse(
                (key,), "file-name", f"the file holds {code} but is named {file.name.rpartition('/')[2]}",
                f"rename it to {code}{ending}, or correct the code",
            )  # fmt: skip

    def _take_sections(self, file: DataFile, reading: Reading) -> None:
        document, sections = reading.document, _SECTIONS[file.kind]
        converter = Converter(reading)
        known = [key for key, _, _ in sections]
        if not isinstance(document, dict):
            converter.complain((), refuse_shape(document, "a mapping", f"write the keys {', '.join(known)}"))
            self._lose(file)
            return
        for key in document:
            if key not in known:
                converter.complain((key,), refuse_section(key, known, document))
        given: dict[str, Any] = {}
        made: list[tuple[Any, Path]] = []
        for key, record, required in sections:
            if key not in document:
                if required:
                    converter.complain(
                        (), Complaint("key-missing", f"{key} is missing", f"add {key}: {{...}}")
                    )
                    self.unread.add(KINDS[record])
            elif record is Scheme:
                scheme = self._read_scheme(file, converter, document[key], given)
                made += [(scheme, (key,))] if scheme else []
            else:
                if not isinstance(document[key], dict):
                    self.unread.add(KINDS[record])
                if record is Occupation and not given:
                    given["scheme"] = _stem(file.name)
                records, _ = converter.read_keyed(record, "code", document[key], (key,), given)
                made += [(item, (key, item.code)) for item in records]  # type: ignore[attr-defined]
        self._add(made, reading)
        self.broken.update(converter.broken)

    def _read_scheme(
        self, file: DataFile, converter: Converter, value: Document, given: dict[str, Any]
    ) -> Scheme | None:
        """The scheme of a file of occupations; its code, as far as it can be read, is given to the occupations."""
        scheme = converter.read(Scheme, value, ("scheme",), {})
        code = value.get("code") if isinstance(value, dict) else None
        given["scheme"] = code if isinstance(code, str) else _stem(file.name)
        if scheme is None:
            self.broken |= {("scheme", given["scheme"]), ("scheme", _stem(file.name))}
            return None
        self._judge_name(file, scheme.code, converter.reading, "scheme")
        return scheme

    def _add(self, made: list[tuple[Any, Path]], reading: Reading) -> None:
        """Takes in records with their paths in one file; a second one of the same code is refused."""
        number = self.places.add_file(reading)
        for record, path in made:
            kind, code = KINDS[type(record)], record.code
            if isinstance(record, Occupation):
                code = f"{record.scheme}/{code}"
            place = reading.find_place(path)
            first = self.firsts.setdefault((kind, code), place)
            if first is not place:
                reading.refuse(
                    path, "duplicate", f"{kind} {code} is given twice, first at {first}",
                    "keep one, merging what the other adds",
                )  # fmt: skip
                continue
            self.places.add(kind, code, number, place.line, path)
            self.records[_FIELDS[type(record)]].append(record)

    def judge_absence(self, files: tuple[DataFile, ...], problems: tuple[Problem, ...]) -> None:
        """A folder without skills.yaml is whole as long as no focus uses a skill."""
        missing = {problem.message for problem in problems if problem.rule == "file-missing"}
        for kind, sections in _SECTIONS.items():
            if any(file.kind == kind for file in files):
                continue
            if kind == "skills" and any(focus.skills for focus in self.records["focuses"]):
                where = next((f.shown[: -len(f.name)].rstrip("/") for f in files if f.kind == "focus"), "")
                self.problems.append(
                    Problem(
                        "file-missing", "the file skills.yaml is missing, and focuses use skills",
                        Place(where or "."), "", "add it, with an entry for every skill that is used",
                    )
                )  # fmt: skip
                self.unread.add("skill")
            elif kind != "skills" and missing:
                self.unread |= {KINDS[record] for _, record, _ in sections}

    def _refuse(self, file: DataFile, rule: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(rule, message, Place(file.shown), "", remedy))

    def finish(self) -> Loaded:
        """The taxonomy, or InputError with all problems, those between the records included."""
        if not self.problems and self.dataset is not None:
            # What Taxonomy refuses is found again below, with its places.
            with suppress(InputError):
                return Loaded(Taxonomy(dataset=self.dataset, **self._get_parts()), self.places)
        self.problems += self._find_flaws()
        raise InputError(sorted(self.problems, key=self._rank))

    def _get_parts(self) -> dict[str, tuple[Any, ...]]:
        return {field: tuple(records) for field, records in self.records.items()}

    def _rank(self, problem: Problem) -> tuple[int, int]:
        place = problem.place
        if place is None:
            return -1, 0
        return self.order.get(place.file, -1), place.line or 0

    def _find_flaws(self) -> Iterator[Problem]:
        """The flaws between the records that could be read, less those that follow from a broken one."""
        # Not checked again one by one: broken records are among them.
        base = None if self.dataset is None else self.dataset.base
        for flaw in find_flaws(Parts.model_construct(None, **self._get_parts()), base):
            if flaw.missing is not None and self._may_exist(*flaw.missing):
                continue
            where = ".".join((*self.places.get_prefix(flaw.kind, flaw.code), *flaw.path))
            place = self.places.find(flaw.kind, flaw.code, *flaw.path)
            yield Problem(flaw.rule, flaw.message, place, where, flaw.remedy)

    def _may_exist(self, kind: str, code: str) -> bool:
        """Whether a record that was not found may stand in what could not be read."""
        if kind in self.unread or (kind, code) in self.broken:
            return True
        # The profiles of a focus that could not be read are noted under the focus.
        return kind == "profile" and ("profile", code.rpartition(".")[0]) in self.broken


def _stem(name: str) -> str:
    """The name of a file without its folder and ending."""
    return name.rpartition("/")[2].rpartition(".")[0]
