"""YAML text -> plain document with lines. Every scalar is text, whether quoted or not.

The text is read as a stream of events, never composed: so an alias, a tag or a thousand open brackets are
refused where they stand, before anything is built from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from rolegraph.errors import Place, Problem
from rolegraph.model import codes
from rolegraph.records.document import BROKEN, CONTROL, Document, Path, Reading, quote

MAX_DEPTH: Final = 16
"""Deeper than any record goes."""

MAX_PROBLEMS: Final = 100
"""After so many problems of form the rest of a file is not read."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# Beside the control characters: what YAML 1.1 takes for a line end and an editor does not, or the reverse.
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")

_REMEDIES = (
    ("mapping values are not allowed", "put quotes around a text that holds a colon and a space"),
    ("could not find expected ':'", "write KEY: VALUE, and indent the further lines of a text"),
    ("did not find expected key", "give all keys of a mapping the same indentation"),
    ("did not find expected '-' indicator", "give all items of a list the same indentation"),
    ("cannot start any token", "put quotes around a text that begins with this character"),
    ("found unexpected end of stream", "close the quotes"),
    ("did not find expected ',' or", "close the bracket, or put quotes around the text"),
    ("did not find expected <document start>", "indent the line, or remove it"),
)


@dataclass(slots=True)
class _Frame:
    """An open mapping or list: what was collected, where, and the key whose value comes next."""

    container: dict[str, Document] | list[Document]
    path: Path
    attached: bool
    key: str | None = None
    skips: bool = False


class _TooManyProblemsError(Exception):
    pass


def read_yaml(data: bytes, file: str) -> Reading:
    """Reads the bytes of one YAML file; ``file`` is its name in places.

    Refused, each with its line: what is not UTF-8, control characters and tabs, syntax errors, duplicate keys,
    anchors and aliases, tags, empty values, keys that are not text, a second document, deep nesting. The values
    beside a refused one are read all the same, so that all problems of a file are reported together.

    >>> read_yaml(b"a: 010\\nb: [no, 'yes']\\n", "x.yaml").document
    {'a': '010', 'b': ['no', 'yes']}
    >>> print(*read_yaml(b"a: 1\\na: 2\\nb:\\n", "x.yaml").problems, sep="\\n")
    x.yaml:2 a: a is given twice, first on line 1; keep one [key-duplicate]
    x.yaml:3 b: the value is empty; give a value, or leave the key out [value-empty]
    """
    reading = Reading(file, first_line=1)
    text = _decode(data, reading)
    if text is None:
        return reading
    reader = _Reader(reading)
    try:
        text = _blank_forbidden(text, reader)
        reader.read(text)
    except _TooManyProblemsError:
        reading.document = BROKEN
        reader.note_end()
    return reading


def _decode(data: bytes, reading: Reading) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.refuse(
            (), "text-encoding", f"the byte 0x{data[error.start]:02X} is not UTF-8", "save the file as UTF-8",
            data.count(b"\n", 0, error.start) + 1,
        )  # fmt: skip
        return None


def _blank_forbidden(text: str, reader: _Reader) -> str:
    """Reports characters that may not stand in a file, and puts spaces in their place to read on."""
    line, counted = 1, 0
    for match in _FORBIDDEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if match[0] == "\t":
            reader.refuse((), "yaml-tab", "a tab", "indent and separate with spaces", line)
        else:
            reader.refuse(
                (), "text-control", f"the character U+{ord(match[0]):04X} cannot be seen and may not stand here",
                "remove it", line,
            )  # fmt: skip
    return _FORBIDDEN.sub(" ", text) if reader.reading.problems else text


class _Reader:
    """Builds one document from events."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.stack: list[_Frame] = []
        self.documents = 0

    def refuse(self, path: Path, rule: str, message: str, remedy: str, line: int) -> None:
        if len(self.reading.problems) >= MAX_PROBLEMS:
            raise _TooManyProblemsError
        self.reading.refuse(path, rule, message, remedy, line)

    def note_end(self) -> None:
        last = self.reading.problems[-1].place
        self.reading.problems.append(
            Problem(
                "problems-many", f"more than {MAX_PROBLEMS} problems; the rest of the file was not read",
                Place(self.reading.file, last.line if last else None), "", "correct these first",
            )
        )  # fmt: skip

    def read(self, text: str) -> None:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if not self._take(event):
                    break
        except yaml.YAMLError as error:
            # What does not fit after a forbidden character was replaced follows from that character.
            if not any(p.rule in {"yaml-tab", "text-control"} for p in self.reading.problems):
                self._refuse_syntax(error)
            self.reading.document = BROKEN
        else:
            if self.documents == 0:
                self.refuse((), "value-empty", "the file is empty", "give it its keys, or remove it", 1)

    def _refuse_syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        context_mark = getattr(error, "context_mark", None)
        reason = str(getattr(error, "problem", None) or "the text cannot be read")
        line = mark.line + 1 if mark is not None else 1
        context = getattr(error, "context", None)
        if context and context_mark is not None and context_mark.line + 1 != line:
            reason += f" {context} that begins on line {context_mark.line + 1}"
        remedy = next(
            (words for part, words in _REMEDIES if part in reason), "correct the line or the one above"
        )
        path = self.stack[-1].path if self.stack else ()
        self.refuse(path, "yaml-syntax", f"not YAML: {reason}", remedy, line)

    def _take(self, event: yaml.Event) -> bool:
        """Takes in one event; False where reading ends before the text does."""
        line = event.start_mark.line + 1  # type: ignore[union-attr]  # the stubs allow for events without a mark
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, line)
            self._take_scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_marks(event, line)
            return self._open(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.refuse(
                self._get_path(), "yaml-alias", f"the alias *{event.anchor} stands for a value elsewhere",
                "write the value out", line,
            )  # fmt: skip
            self._place(BROKEN, line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.refuse(
                    (), "yaml-documents", "a second document begins", "keep one document per file", line
                )
                return False
        return True

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.anchor is not None:
            self.refuse(
                self._get_path(), "yaml-alias", f"the anchor &{event.anchor} marks a value for use elsewhere",
                "remove it", line,
            )  # fmt: skip
        if event.tag is not None:
            self.refuse(
                self._get_path(), "yaml-tag", f"the value carries the tag {quote(event.tag.replace('tag:yaml.org,2002:', '!!'))}",
                "remove the tag; every value is text", line,
            )  # fmt: skip

    def _get_path(self) -> Path:
        """The path of the value that comes next."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            return (*frame.path, str(len(frame.container) + 1))
        return frame.path if frame.key is None else (*frame.path, frame.key)

    def _take_scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        value = event.value.strip(" \n")
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None and not frame.skips:
            self._take_key(frame, value, line)
        elif not value:
            self.refuse(
                self._get_path(),
                "value-empty",
                "the value is empty",
                "give a value, or leave the key out",
                line,
            )
            self._place(BROKEN, line)
        elif found := CONTROL.search(value):
            self.refuse(
                self._get_path(), "text-control", f"the text holds {codes.name_control(found[0])}",
                "remove it", line,
            )  # fmt: skip
            self._place(BROKEN, line)
        else:
            self._place(value, line)

    def _take_key(self, frame: _Frame, key: str, line: int) -> None:
        assert isinstance(frame.container, dict)
        if not key or CONTROL.search(key):
            self.refuse(
                frame.path, "key-wrong", "a key is empty or holds a control character", "name the key", line
            )
            frame.skips = True
        elif key in frame.container:
            path = (*frame.path, key)
            first = f", first on line {self.reading.lines[path]}" if path in self.reading.lines else ""
            self.refuse(path, "key-duplicate", f"{quote_key(key)} is given twice{first}", "keep one", line)
            frame.skips = True
        else:
            frame.key = key
            # The place is kept now, so that a value which is refused leaves its key where it stands.
            frame.container[key] = BROKEN
            if frame.attached:
                self.reading.lines[(*frame.path, key)] = line

    def _open(self, event: yaml.CollectionStartEvent, line: int) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            self.refuse(
                self._get_path(), "yaml-depth", f"values are nested more than {MAX_DEPTH} deep", "nest them less",
                line,
            )  # fmt: skip
            self.reading.document = BROKEN
            return False
        path = self._get_path()
        frame = self.stack[-1] if self.stack else None
        as_key = (
            frame is not None and isinstance(frame.container, dict) and frame.key is None and not frame.skips
        )
        attached = frame is None or (frame.attached and not as_key and not frame.skips)
        container: dict[str, Document] | list[Document] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        self._place(container, line)
        self.stack.append(_Frame(container, path, attached))
        return True

    def _place(self, value: Document, line: int) -> None:
        """Puts a value where it belongs; what stands in the place of a key is refused."""
        if not self.stack:
            self.reading.document = value
            self.reading.first_line = line
            return
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            if frame.attached:
                self.reading.lines[(*frame.path, str(len(frame.container)))] = line
        elif frame.skips:
            frame.skips = False
        elif frame.key is None:
            if value is not BROKEN:
                self.refuse(
                    frame.path, "key-wrong", f"a key is {'a list' if isinstance(value, list) else 'a mapping'}",
                    "write a text as the key", line,
                )  # fmt: skip
            frame.skips = True
        else:
            frame.container[frame.key] = value
            frame.key = None


def quote_key(key: str) -> str:
    """A key as it is shown: bare where it is a plain word."""
    return key if re.fullmatch(r"[\w.@/-]+", key) else quote(key)
