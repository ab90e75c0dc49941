"""The build: one folder with the graph, its neighbours and a report that vouches for them.

The files appear together or not at all. ``report.json`` comes last and holds the SHA-256 of the others, so that
a set left behind by a kill between two renames is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.answers import Build, BuiltFile, BuiltRelease, Finding, Validation
from rolegraph.output import Sink, Staging, hold_folder, stage_files
from rolegraph.plain import to_json
from rolegraph.rdf.adjacency import write_adjacency
from rolegraph.rdf.write import Foreign, write_ntriples, write_turtle
from rolegraph.stats import count_records

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster
    from rolegraph.model.taxonomy import Taxonomy

GRAPH, LINES, NEIGHBOURS, REPORT = "rolegraph.ttl", "rolegraph.nt", "adjacency.ttl", "report.json"


def write_build(
    taxonomy: Taxonomy,
    roster: Roster,
    validate: Callable[[], Validation],
    rename: Callable[[Finding], Finding],
    folder: Path,
    *,
    k: int,
    edition: str,
    foreign: Foreign = (),
    tell: Callable[[str], None] = lambda step: None,
) -> Build | Validation:
    """Validate a job architecture and write it to ``folder``, with the ``k`` nearest roles of every role.

    ``foreign`` is what its graph holds beside the records; it is written with them.
    Returns the Build, or the Validation with its violations, and then nothing was written. ``tell`` hears what
    is being done. Raises OutputError where the folder cannot be written to or another build holds it.
    """
    held = hold_folder(folder, other="another build", remedy="choose another folder with -o")
    with held, stage_files(folder) as staging:
        staging.sweep()
        for name in find_strangers(folder):
            tell(f"{folder / name} does not belong to its report (an interrupted build?); writing all anew")
        tell("writing the graph")
        writers = {
            GRAPH: partial(write_turtle, taxonomy, foreign=foreign),
            LINES: partial(write_ntriples, taxonomy, foreign=foreign),
            NEIGHBOURS: partial(write_neighbours, taxonomy, roster, k=k, edition=edition),
        }
        files = [_add(staging, name, write) for name, write in writers.items()]
        tell("validating")
        validation = validate()
        if not validation.conforms:
            staging.discard()
            return validation
        report = Build(
            tool=f"rolegraph {version('rolegraph')}",
            dataset=taxonomy.dataset.title,
            version=taxonomy.dataset.version,
            counts=count_records(taxonomy),
            edition=edition,
            conforms=True,
            findings=tuple(map(rename, validation.findings)),
            files=tuple(files),
            releases=tuple(
                BuiltRelease(release.code, release.title, release.licence, release.attribution)
                for release in taxonomy.releases
            ),
        )
        text = to_json(report).encode()
        staging.add(REPORT, lambda sink: sink.write(text))
    return report


def is_of_one_build(*files: Path) -> bool:
    """Whether the report beside the files vouches for each of them."""
    folder = files[0].parent
    try:
        named = {file["name"] for file in json.loads((folder / REPORT).read_text(encoding="utf-8"))["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return all(file.name in named for file in files) and not find_strangers(folder)


def find_strangers(folder: Path) -> tuple[str, ...]:
    """The names of files in ``folder`` that its report does not vouch for; none where there is no report."""
    try:
        files = json.loads((folder / REPORT).read_text(encoding="utf-8"))["files"]
        hashes = {str(file["name"]): str(file["sha256"]) for file in files}
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError):
        return (REPORT,)
    return tuple(name for name, expected in hashes.items() if _hash_file(folder / name) != expected)


def _hash_file(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def write_neighbours(taxonomy: Taxonomy, roster: Roster, sink: Sink, *, k: int, edition: str) -> int:
    """Write the ``k`` nearest profiles of every profile as Turtle; returns the number of triples."""
    from rolegraph.careers.adjacency import rank_rows

    return write_adjacency(taxonomy, edition, rank_rows(roster, k=k, edition=edition), sink)


def _add(staging: Staging, name: str, write: Callable[[Sink], int]) -> BuiltFile:
    triples = 0

    def keep_count(sink: Sink) -> None:
        nonlocal triples
        triples = write(sink)

    written = staging.add(name, keep_count)
    return BuiltFile(written.name, written.size, written.sha256, triples)
