"""The command that tells what changed."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import (
    choose_source,
    format_option,
    name_output,
    open_architecture,
    output_option,
    source_options,
    tell,
    tell_step,
)
from rolegraph.cli.places import refuse_address

if TYPE_CHECKING:
    from rolegraph.architecture import Architecture


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@format_option("text", "md", "json", "csv", "xlsx", "patch")
@click.option(
    "--no-consequences", is_flag=True, help="Leave out what follows for nearest roles and for moves."
)
@output_option
@source_options
def diff_command(old: str, new: str | None, form: str, no_consequences: bool) -> int:
    """Tell what changed: between two states of a job architecture, or two public releases.

    OLD and NEW are data folders, graph files (exports), or either of them in a git revision, REV:PATH (HEAD~1:data, with
    the path from the top of the repository, or HEAD~1:./data from here). Without NEW it is what --data or --graph names;
    of a revision, its PATH as it stands now. Records are compared by what they say: order, layout and syntax are no change.
    A role under another code is recognised by its job code, by what a retired code names in its place, or by equal content.

    Nearest roles (the 5 nearest by structural@1 and content@1) and moves between roles in use on both sides are compared too.
    md is a text for a changelog or a pull request; patch an RDF Patch from the N-Triples of OLD to those of NEW.

    OLD and NEW may also be the codes of two public releases that the data folder holds (onet-28.3), or their folders.

    Exit status: 0 no difference, 1 they differ, 2 one of them cannot be read.

    \b
    Examples:
      rolegraph diff HEAD:data
      rolegraph diff origin/main:data data --format md
      rolegraph diff old/rolegraph.ttl out/rolegraph.ttl -o changes.xlsx
      rolegraph diff old.nt data --format patch -o changes.rdfp
      rolegraph --data my-architecture diff onet-28.3 onet-29.0
    """
    for name in (old, new or ""):
        refuse_address(name)
    releases = new is not None and names_releases(old, new)
    if releases and new is not None:
        return _tell_releases(old, new, form)
    from rolegraph.changes.sides import open_side

    with ExitStack() as stack:
        sides = [stack.enter_context(open_side(name)) for name in (old, new or _find_newer(old))]
        older, newer = (_open(side.data, side.graph) for side in sides)
        if form == "patch":
            return _write_patch(older, newer)
        answer = older.list_changes(
            newer, names=(sides[0].name, sides[1].name), consequences=not no_consequences
        )
        from rolegraph.report.changes import describe_changes

        tell(answer, form, lambda: describe_changes(answer))
        return 0 if answer.same else 1


def names_releases(old: str, new: str) -> bool:
    """Whether two names are those of public releases: of folders of them, or of neither folders nor files."""
    import re

    from rolegraph.model.codes import RELEASE_PATTERN
    from rolegraph.records.files import RELEASE

    def is_release(name: str) -> bool:
        place = Path(name)
        return (place / RELEASE).is_file() or (
            not place.exists() and re.match(RELEASE_PATTERN, name) is not None
        )

    return is_release(old) and is_release(new)


def _tell_releases(old: str, new: str, form: str) -> int:
    if form == "patch":
        raise click.UsageError(
            "--format patch is for job architectures; releases have text, md, json, csv and xlsx."
        )
    from rolegraph.report.releases import describe_diff

    answer = open_architecture().diff(old, new)
    tell(answer, form, lambda: describe_diff(answer))
    return 0 if answer.is_empty() else 1


def _find_newer(old: str) -> str:
    """What stands for NEW where it is not given."""
    from rolegraph.changes.git import find_working, split_revision

    meta = click.get_current_context().meta
    data, graph = choose_source()
    named = meta.get("rolegraph.data") or meta.get("rolegraph.graph")
    wanted = None if Path(old).exists() else split_revision(old)
    if named is None and wanted is not None:
        return str(find_working(wanted))
    place = graph or data
    if place is None:
        raise click.UsageError("Say what to compare it with: NEW, or --data or --graph.")
    return str(place)


def _open(data: Path | None, graph: Path | None) -> Architecture:
    from rolegraph.architecture import Architecture

    return Architecture(data, graph=graph, tell=tell_step)


def _write_patch(older: Architecture, newer: Architecture) -> int:
    output = name_output()
    if output is None:
        return 1 if older.write_patch(newer, sys.stdout.buffer) else 0
    from rolegraph.output import stream_file

    differ: list[bool] = []
    stream_file(output, lambda sink: differ.append(older.write_patch(newer, sink)))
    click.echo(f"{output} is written", err=True)
    return 1 if differ[0] else 0
