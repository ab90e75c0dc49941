"""A changed job architecture -> the files of its folder: only those that change, and of those only what changes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from rolegraph.errors import InputError, OutputError
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
from rolegraph.model.roles import Focus
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.output import Sink, Staging, hold_folder, stage_files
from rolegraph.records.convert import Converter
from rolegraph.records.document import Document, Reading
from rolegraph.records.files import CELLS, CODES, DATA_FOLDERS, TABLES, UNFINISHED, read_unfinished
from rolegraph.records.fingerprint import fingerprint_folder
from rolegraph.records.jsonl import write_jsonl
from rolegraph.records.render import to_document, to_files
from rolegraph.records.saving.blank import (
    copy_levels,
    list_occupied,
    make_files,
    refuse_occupied,
    start_taxonomy,
)
from rolegraph.records.saving.graft import graft, is_identical
from rolegraph.records.saving.patch import patch_yaml
from rolegraph.records.writing import write_yaml
from rolegraph.records.yaml import read_yaml
from rolegraph.resources import find_resource

MANY: Final = 500
"""More new focuses than this are written to one file of JSON Lines."""

LINES: Final = "focuses/roles.jsonl"
"""The file that takes many new focuses."""

OWN_LADDER: Final = "# The ladder of the organisation: tracks and their levels.\n\n"
"""What stands above a ladder that owes nothing to the lent one."""

_SECTIONS: Final[Mapping[str, Mapping[str, type[Record]]]] = {
    "levels.yaml": {"tracks": Track, "levels": Level},
    "functions.yaml": {"groups": FunctionGroup, "functions": JobFunction},
    "skills.yaml": {"proficiencies": Proficiency, "skills": Skill},
}

_WHOLE: Final[Mapping[str, type[Record]]] = {"dataset.yaml": Dataset, "editions": Edition, "focuses": Focus}
"""The files, and folders of files, that hold one record each."""


def save_folder(
    folder: Path,
    before: Taxonomy | None,
    after: Taxonomy,
    *,
    extra: Mapping[str, bytes] | None = None,
    lines: bool | None = None,
    fingerprint: str | None = None,
) -> tuple[str, ...]:
    """Writes what turns ``before``, which the folder holds, into ``after``; returns the names of the files written.

    Without ``before`` the folder is made, with what rolegraph lends; it may not hold data then. Comments and layout
    of what does not change stay. ``extra`` are other files (``codes.csv``, ``cells.csv``, ``tables.csv``). New
    focuses get files of their own, or one of JSON Lines where there are many or ``lines`` says so. With
    ``fingerprint``, that of the folder when it was read, a folder that has changed since is refused.

    Every file is whole at all times. While they are put in their places a mark that names them stands in the folder,
    by which one that was cut off is known; the same command again finishes it. Raises OutputError.
    """
    if before is not None:
        if not folder.is_dir():
            raise OutputError(f"there is no folder {folder}; check the path")
    elif folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; choose another folder")
    else:
        refuse_occupied(folder, _list_left(folder))
    with hold_folder(folder):
        if before is None:
            left = _list_left(folder)
            refuse_occupied(folder, left)
            # A fresh folder is written as a whole; nothing is taken over from an attempt that was cut off.
            for name in left:
                (folder / name).unlink(missing_ok=True)
        elif fingerprint is not None and not _has_fingerprint(folder, fingerprint):
            raise OutputError(f"{folder} changed since it was read; run the command again")
        with stage_files(folder) as staging:
            staging.sweep(*DATA_FOLDERS)
            saver = _Saver(folder, before, after, staging)
            saver.save(dict(extra or {}), lines)
            if saver.written or saver.gone:
                _mark_unfinished(folder, "fresh" if before is None else "changes", saver.written)
        for name in saver.gone:
            (folder / name).unlink(missing_ok=True)
        for name in sorted(saver.folders):
            (folder / name).mkdir(exist_ok=True)
        (folder / UNFINISHED).unlink(missing_ok=True)
    return tuple(saver.written)


def _list_left(folder: Path) -> tuple[str, ...]:
    """The files that were to be put into a fresh folder when that was cut off."""
    unfinished = read_unfinished(folder)
    if unfinished is None or not unfinished.fresh:
        return ()
    # The mark may come from anyone: what it names is believed only where data stands.
    there = {*list_occupied(folder), *(name for name in (CELLS, CODES, TABLES) if (folder / name).exists())}
    return tuple(name for name in unfinished.names if name in there)


def _mark_unfinished(folder: Path, what: str, names: Sequence[str]) -> None:
    """Says in the folder that these files are about to be put in their places, until they are."""
    # One that is cut off here names too little, but then nothing has been put yet.
    with (folder / UNFINISHED).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in (what, *names))
        file.flush()
        os.fsync(file.fileno())


def _has_fingerprint(folder: Path, fingerprint: str) -> bool:
    with suppress(InputError):
        return fingerprint_folder(folder, finishing=True) == fingerprint
    return False


class _Saver:
    def __init__(self, folder: Path, before: Taxonomy | None, after: Taxonomy, staging: Staging) -> None:
        self.folder = folder
        self.fresh = make_files(after.dataset, example=False) if before is None else {}
        self.before = start_taxonomy(after.dataset) if before is None else before
        self.after = after
        self.staging = staging
        self.written: list[str] = []
        self.gone: list[str] = []
        self.folders = {"focuses"}
        """Folders that have to be there, even if nothing is in them."""

    def save(self, extra: dict[str, bytes], lines: bool | None) -> None:
        # The cells come late: what they say a table stated is there by then. The bytes of tables come after them: a
        # run that is stopped between the two leaves cells of which nobody believes that they are those of the table.
        late: list[dict[str, bytes]] = [{name: extra.pop(name)} for name in (CELLS, TABLES) if name in extra]
        self._save_shared()
        self._put_extra(extra)
        self._save_focuses(lines)
        for files in late:
            self._put_extra(files)

    def _put(self, name: str, text: str) -> None:
        self.staging.put(name, text.encode())
        self.written.append(name)

    def _put_extra(self, files: Mapping[str, bytes]) -> None:
        for name in sorted(files):
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != files[name]:
                self.staging.put(name, files[name])
                self.written.append(name)

    def _save_shared(self) -> None:
        """Everything but focuses."""
        old, new = (
            dict(to_files(taxonomy.model_copy(update={"focuses": ()})))
            for taxonomy in (self.before, self.after)
        )
        # A folder of editions or classifications of one's own is used alone, so it has to be complete.
        complete = {
            kind
            for kind in ("editions", "occupations")
            if not (self.folder / kind).is_dir() and _choose(old, kind) != _choose(new, kind)
        }
        self.folders |= complete
        for name, document in new.items():
            same = name in old and is_identical(old[name], document)
            if not same:
                self._put(name, self._rewrite(name, old.get(name), document))
            elif name in self.fresh or name.partition("/")[0] in complete:
                self._put(name, self._read(name) or write_yaml(document))
        for name in old:
            if name not in new and "/" in name:
                self.gone.append(name)

    def _read(self, name: str) -> str | None:
        """The text of a file: as it is in the folder, or as it is lent; None where there is none yet."""
        if name in self.fresh:
            return self.fresh[name].decode()
        path = self.folder / name
        if path.is_file():
            return path.read_text(encoding="utf-8-sig")
        if name == "levels.yaml":
            return copy_levels()
        lent = find_resource("data").joinpath(name)
        if "/" in name and not name.startswith("focuses/") and not path.parent.is_dir() and lent.is_file():
            return lent.read_text(encoding="utf-8")
        return None

    def _rewrite(self, name: str, old: dict[str, Document] | None, new: dict[str, Document]) -> str:
        text = self._read(name)
        if text is None or old is None:
            return write_yaml(new)
        if name == "levels.yaml" and self._leaves_lent_ladder():
            return OWN_LADDER + write_yaml(new)
        held = read_yaml(text.encode(), name).document
        wanted = graft(held, old, new)
        if not isinstance(wanted, dict) or not self._reads_as(name, wanted, new):
            wanted = new
        patched = patch_yaml(text, name, wanted).text
        return patched.replace("\n", "\r\n") if self._ends_lines_with_return(name) else patched

    def _leaves_lent_ladder(self) -> bool:
        """Whether the folder has no ladder yet, and gets one in which nothing is as it was lent."""
        return not (self.folder / "levels.yaml").exists() and set(self.before.levels).isdisjoint(
            self.after.levels
        )

    def _ends_lines_with_return(self, name: str) -> bool:
        path = self.folder / name
        return path.is_file() and b"\r\n" in path.read_bytes()

    def _reads_as(self, name: str, document: dict[str, Document], wanted: dict[str, Document]) -> bool:
        """Whether a document as a person wrote it says what is wanted."""
        reading = Reading(name, document, 1)
        converter = Converter(reading)
        if name in _SECTIONS:
            if set(document) - set(_SECTIONS[name]):
                return False
            for key, record in _SECTIONS[name].items():
                made, _ = converter.read_keyed(record, "code", document.get(key, {}), (key,), {})
                expected, _ = converter.read_keyed(record, "code", wanted.get(key, {}), (key,), {})
                if reading.problems or _sort(made) != _sort(expected):
                    return False
            return True
        kind = _WHOLE.get(name.partition("/")[0])
        if kind is None:
            return self._reads_as_occupations(converter, document, wanted)
        made_one = converter.read(kind, document, (), {})
        return not reading.problems and made_one == converter.read(kind, wanted, (), {})

    def _reads_as_occupations(
        self, converter: Converter, document: dict[str, Document], wanted: dict[str, Document]
    ) -> bool:
        def read(files: dict[str, Document]) -> Any:
            given = {"scheme": "any"}
            made, _ = converter.read_keyed(Occupation, "code", files.get("occupations", {}), (), given)
            return converter.read(Scheme, files.get("scheme"), ("scheme",), {}), _sort(made)

        return bool(read(document) == read(wanted)) and not converter.reading.problems

    def _save_focuses(self, lines: bool | None) -> None:
        old = self.before.focus_by_code
        new = [focus for focus in self.after.focuses if focus.code not in old]
        changed = {
            focus.code: focus
            for focus in self.after.focuses
            if focus.code in old and (held := old[focus.code]) is not focus and held != focus
        }
        gone = {code for code in old if code not in self.after.focus_by_code}
        alone = {code for code in (*changed, *gone) if (self.folder / _name_file(code)).is_file()}
        for code in sorted(gone & alone):
            self.gone.append(_name_file(code))
        as_lines = len(new) > MANY if lines is None else lines
        added = new if as_lines else []
        self._save_lines({c: f for c, f in changed.items() if c not in alone}, gone - alone, added)
        for focus in self.after.focuses:
            if focus.code in changed and focus.code in alone:
                name = _name_file(focus.code)
                self._put(name, self._rewrite(name, to_document(old[focus.code]), to_document(focus)))
            elif focus.code not in old and not as_lines:
                self._put(_name_file(focus.code), write_yaml(to_document(focus)))

    def _save_lines(self, changed: Mapping[str, Focus], gone: set[str], added: Sequence[Focus]) -> None:
        """Rewrites the files of JSON Lines that hold something of this, keeping the order of their lines."""
        inner = self.folder / "focuses"
        present = sorted(inner.glob("*.jsonl")) if inner.is_dir() and (changed or gone or added) else []
        for path in present:
            name = f"focuses/{path.name}"
            more = added if name == LINES else []
            data = path.read_bytes()
            if more or any(code in changed or code in gone for code in map(_find_code, data.split(b"\n"))):
                self.staging.add(name, partial(_write_lines, data, changed, gone, more))
                self.written.append(name)
        if added and LINES not in [f"focuses/{path.name}" for path in present]:
            self.staging.add(LINES, partial(_write_lines, b"", {}, set(), added))
            self.written.append(LINES)


def _choose(files: Mapping[str, dict[str, Document]], kind: str) -> dict[str, dict[str, Document]]:
    return {name: document for name, document in files.items() if name.startswith(f"{kind}/")}


def _name_file(code: str) -> str:
    return f"focuses/{code}.yaml"


def _sort(records: Sequence[Any]) -> list[Any]:
    return sorted(records, key=lambda record: str(record.code))


def _find_code(line: bytes) -> str | None:
    """The code of the focus on a line of JSON."""
    line = line.removeprefix(b"\xef\xbb\xbf")
    if not line.strip():
        return None
    start = b'{"focus":"'
    if line.startswith(start):
        return line[len(start) : line.index(b'"', len(start))].decode()
    document = json.loads(line)
    return str(document.get("focus")) if isinstance(document, dict) else None


def _write_lines(
    data: bytes, changed: Mapping[str, Focus], gone: set[str], added: Sequence[Focus], sink: Sink
) -> None:
    for piece in _rewrite_lines(data, changed, gone):
        sink.write(piece)
    for text in write_jsonl(added):
        sink.write(text.encode())


def _rewrite_lines(data: bytes, changed: Mapping[str, Focus], gone: set[str]) -> Iterator[bytes]:
    for line in data.split(b"\n"):
        code = _find_code(line)
        if code is None or code in gone:
            continue
        if code in changed:
            yield "".join(write_jsonl([changed[code]])).encode()
        else:
            yield line.removeprefix(b"\xef\xbb\xbf") + b"\n"
