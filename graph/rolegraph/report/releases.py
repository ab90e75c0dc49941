"""What became of a release that was imported, as text for people."""

from __future__ import annotations

from click import style

from rolegraph.answers.releases import Held, ReleaseImport, TableRead
from rolegraph.report.layout import count, heading, muted, terminal_width, wrap

_PLURALS = {
    "activity": "activities", "commodity": "commodities", "technology": "technologies", "knowledge": "knowledge",
    "broad": "broad occupations", "detailed": "detailed occupations", "major": "major groups", "minor": "minor groups",
}  # fmt: skip


def describe_import(answer: ReleaseImport) -> str:
    """Table by table what was read, then what the release now holds, what is lacking, and its attribution."""
    width = terminal_width()
    lines = [heading(f"{answer.title} ({answer.release})"), ""]
    for table in answer.tables:
        lines += _describe_table(table, max(len(t.table) for t in answer.tables))
    lines.append("")
    lines += wrap(f"It holds {_list_held(answer.concepts)}; {_list_held(answer.labels)}.", width)
    lines += wrap(f"Links: {_list_held(answer.links)}.", width)
    if answer.coverage == "mapped":
        lines += wrap(f"Left out: {answer.left_out:,} concepts that no mapped profile needs.", width)
    for unused in answer.missing:
        lines += wrap(style(f"Missing: {unused.table}: {unused.reason}.", fg="yellow"), width)
    if answer.unread:
        lines += wrap(muted(f"Not used: {', '.join(unused.table for unused in answer.unread)}."), width)
    lines += [line for note in answer.notes for line in wrap(f"Note: {note}", width)]
    lines.append("")
    lines += wrap(muted(answer.attribution), width)
    if answer.changed:
        lines.append(muted(f"Written to {answer.folder}: {', '.join(answer.written)}"))
    else:
        lines.append(f"{answer.folder} holds this release already; nothing was changed.")
    return "\n".join(lines) + "\n"


def _describe_table(table: TableRead, width: int) -> list[str]:
    lines = [f"  {table.table:<{width}}  {table.rows:>9,} rows  {table.taken:>9,} taken"]
    for what, reasons, colour in (("skipped", table.skipped, "yellow"), ("marked", table.marked, None)):
        lines += [
            style(f"  {'':<{width}}  {reason.rows:>9,} {what}: {reason.reason}", fg=colour)
            for reason in reasons
        ]
    return lines


def _list_held(held: tuple[Held, ...]) -> str:
    return ", ".join(_tell_number(entry) for entry in held) or "nothing"


def _tell_number(entry: Held) -> str:
    word = entry.kind.replace("-", " ")
    many = _PLURALS.get(entry.kind)
    return f"{entry.number:,} {many}" if many is not None else count(entry.number, word)
