"""What became of a release that was imported, as text for people."""

from __future__ import annotations

from click import style

from rolegraph.answers.releases import Held, ReleaseDiff, ReleaseImport, TableRead
from rolegraph.report.layout import count, heading, muted, terminal_width, wrap

_NAMES = {
    "activity": ("work activity", "work activities"),
    "alternate": ("alternate title", "alternate titles"),
    "area": ("area", "areas"),
    "broad": ("broad occupation", "broad occupations"),
    "broad-match": ("link to a SOC code", "links to SOC codes"),
    "broader": ("link upwards", "links upwards"),
    "commodity": ("commodity", "commodities"),
    "detailed": ("detailed occupation", "detailed occupations"),
    "element": ("element of the content model", "elements of the content model"),
    "essential": ("essential skill", "essential skills"),
    "hidden": ("hidden label", "hidden labels"),
    "isco-group": ("ISCO group", "ISCO groups"),
    "knowledge": ("concept of knowledge", "concepts of knowledge"),
    "major": ("major group", "major groups"),
    "minor": ("minor group", "minor groups"),
    "note": ("note on preparation", "notes on preparation"),
    "optional": ("optional skill", "optional skills"),
    "preferred": ("label in another language", "labels in other languages"),
    "related": ("related occupation", "related occupations"),
    "reported": ("reported title", "reported titles"),
    "scope": ("scope note", "scope notes"),
    "short": ("short title", "short titles"),
    "technology": ("technology", "technologies"),
    "wage-annual": ("annual wage", "annual wages"),
    "wage-hourly": ("hourly wage", "hourly wages"),
}


def describe_import(answer: ReleaseImport) -> str:
    """Table by table what was read, then what the release now holds, what is lacking, and its attribution."""
    width = terminal_width()
    if not answer.changed:
        return f"{answer.folder} holds {answer.title} ({answer.release}) already; nothing was changed.\n"
    lines = [heading(f"{answer.title} ({answer.release})"), ""]
    for table in answer.tables:
        lines += _describe_table(table, max(len(t.table) for t in answer.tables))
    lines.append("")
    for what, held in (("It holds", answer.concepts), ("Names:", answer.labels), ("Links:", answer.links)):
        lines += wrap(f"{what} {_list_held(held)}.", width) if held else []
    if answer.coverage == "mapped":
        lines += wrap("The others were read, and left out because nothing here is mapped to them.", width)
    for unused in answer.missing:
        lines += wrap(style(f"Missing: {unused.table}: {unused.reason}.", fg="yellow"), width)
    if answer.unread:
        lines += wrap(muted(f"Not used: {', '.join(unused.table for unused in answer.unread)}."), width)
    lines += [line for note in answer.notes for line in wrap(f"Note: {note}", width)]
    lines.append("")
    lines += wrap(muted(answer.attribution), width)
    lines.append(muted(f"Written to {answer.folder}: {', '.join(answer.written)}"))
    return "\n".join(lines) + "\n"


def describe_diff(answer: ReleaseDiff) -> str:
    """What changed, kind by kind of change, then the numbers."""
    lines = [heading(f"From {answer.old} to {answer.new}"), ""]
    for what, sign, named in (("Added", "+", answer.added), ("Retired", "-", answer.retired)):
        if named:
            lines += [heading(f"{what} ({len(named):,})")]
            lines += [f"  {sign} {item.code}  {item.title}" for item in named] + [""]
    for what, changed in (
        ("Renamed", answer.renamed),
        ("Coded anew", answer.recoded),
        ("Moved", answer.moved),
    ):
        if changed:
            lines += [heading(f"{what} ({len(changed):,})")]
            for item in changed:
                title = "" if what == "Renamed" else f"  {item.title}:"
                lines.append(f"  ~ {item.code}{title}  {item.old or 'no place'} -> {item.new or 'no place'}")
            lines.append("")
    lines.append(f"{count(answer.same, 'title')} of occupations and groups stayed the same.")
    if answer.others:
        more = ", ".join(
            f"{entry.number - entry.of:+,} {_name_kind(entry, many=True)}" for entry in answer.others
        )
        lines += wrap(f"Beside them: {more}.", terminal_width())
    if answer.note:
        lines += wrap(f"Note: {answer.note}.", terminal_width())
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
    return ", ".join(map(_tell_number, held))


def _tell_number(entry: Held) -> str:
    of = f" of {entry.of:,}" if entry.of != entry.number else ""
    return f"{entry.number:,}{of} {_name_kind(entry, many=entry.of != 1)}"


def _name_kind(entry: Held, *, many: bool) -> str:
    word = entry.kind.replace("-", " ")
    return _NAMES.get(entry.kind, (word, f"{word}s"))[many]
