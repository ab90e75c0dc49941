"""O*NET: tasks of occupations, and the detailed work activities that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rolegraph.classifications.onet_tables import (
    NO_ID,
    NO_NAME,
    NULL,
    REPEATED,
    TASK_ACTIVITIES,
    TASKS,
    Source,
    key_element,
)
from rolegraph.releases.rows import Concept, Link, Row

_TASK: Final = re.compile(r"[0-9]{1,9}")
_TYPES: Final = {"Core": ("core",), "Supplemental": ("supplemental",), NULL: (), "": ()}


def read(source: Source) -> Iterator[Row]:
    """Tasks with their occupations and work activities."""
    done: set[tuple[str, str]] = set()
    yield from _read_tasks(source, done)
    yield from _read_activities(source, done)


def _read_tasks(source: Source, done: set[tuple[str, str]]) -> Iterator[Row]:
    """``done`` is filled with occupations and their tasks. An id names one task, whoever does it."""
    tally, rows = source.open_occupational(TASKS)
    texts: dict[str, str] = {}
    for code, task, text, kind in rows:
        if not _TASK.fullmatch(task):
            tally.skip(NO_ID)
        elif not text:
            tally.skip(NO_NAME)
        elif (code, task) in done:
            tally.skip(REPEATED if texts[task] == text else "repeated with another text")
        elif texts.get(task, text) != text:
            tally.skip("the id is that of a task with another text")
        else:
            tally.taken += 1
            if task not in texts:
                texts[task] = text
                yield Concept(_key(task), "task", text)
            done.add((code, task))
            if kind not in _TYPES:
                tally.mark("the type of the task is not known")
            yield Link(source.key(code), "task", _key(task), (), _TYPES.get(kind, ()))


def _read_activities(source: Source, done: set[tuple[str, str]]) -> Iterator[Row]:
    tally, rows = source.open_occupational(TASK_ACTIVITIES)
    read: set[tuple[str, str, str]] = set()
    linked: set[tuple[str, str]] = set()
    for code, task, activity in rows:
        if (code, task) not in done:
            tally.skip("the task is not one of the occupation's in Task Statements")
        elif activity not in source.elements:
            tally.skip("the activity is not in DWA Reference")
        elif (code, task, activity) in read:
            tally.skip(REPEATED)
        else:
            tally.taken += 1
            read.add((code, task, activity))
            if (task, activity) not in linked:
                linked.add((task, activity))
                yield Link(_key(task), "activity", key_element(activity))


def _key(task: str) -> str:
    return f"onet-task/{task}"
