"""Which skills may be one, as text for people."""

from __future__ import annotations

from click import style

from rolegraph.answers.skills import Duplicates, Merge
from rolegraph.report.layout import count, heading, muted, terminal_width, wrap

_COLOURS = {"sure": "green", "likely": "yellow"}


def describe_duplicates(answer: Duplicates) -> str:
    """Proposal by proposal: both skills, how sure it is and why, who uses each, what to do and what to write."""
    looked = count(answer.skills, "skill")
    if not answer.merges:
        return f"No two of {looked} seem to be one.\n"
    lines = [heading(f"{count(len(answer.merges), 'proposal')} among {looked}"), ""]
    for merge in answer.merges:
        lines += _describe_merge(merge)
    return "\n".join(lines) + "\n"


def _describe_merge(merge: Merge) -> list[str]:
    width = terminal_width()
    strength = style(merge.strength, fg=_COLOURS[merge.strength])
    kept, other = style(merge.kept_label, bold=True), style(merge.other_label, bold=True)
    lines = [f"{strength}  {kept} {muted(merge.kept)} = {other} {muted(merge.other)}"]
    for reason in merge.reasons:
        lines += wrap(reason, width, "    ")
    for code, focuses in ((merge.kept, merge.kept_focuses), (merge.other, merge.other_focuses)):
        lines += [
            muted(line)
            for line in wrap(f"{code} is used by {', '.join(focuses) or 'no focus'}", width, "    ")
        ]
    lines += wrap(f"-> {merge.todo}", width, "    ")
    lines += [f"      {line}" for line in merge.yaml.splitlines()]
    return [*lines, ""]
