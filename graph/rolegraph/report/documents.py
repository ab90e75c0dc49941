"""Answers as Markdown for people, where an answer is more than one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rolegraph import answers


def to_document(answer: Any, title: Callable[[str], str]) -> str | None:
    """An answer as a document with headings, tables and notes; None for an answer that is a plain table.

    ``title`` tells the title of a code.
    """
    if isinstance(answer, answers.Ladder):
        from rolegraph.report.ladder_markdown import write_ladder

        return write_ladder(answer, title(answer.focus))
    if isinstance(answer, answers.Comparison):
        from rolegraph.report.sides_markdown import write_comparison

        return write_comparison(answer)
    if isinstance(answer, answers.Gap | answers.Gaps):
        from rolegraph.report import gaps_markdown

        if isinstance(answer, answers.Gap):
            return gaps_markdown.write_gap(answer)
        return gaps_markdown.write_gaps(answer, title(answer.origin))
    if isinstance(answer, answers.Paths):
        from rolegraph.report.paths_markdown import write_paths

        return write_paths(answer, title)
    if isinstance(answer, answers.Adjacent | answers.Hidden | answers.PersonAdjacent):
        from rolegraph.report.near_markdown import write_near

        return write_near(answer, title)
    if isinstance(answer, answers.DataDiff):
        from rolegraph.report.changes_markdown import write_changes

        return write_changes(answer)
    return None
