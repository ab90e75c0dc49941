"""The difference of the triples of two job architectures as an RDF Patch (https://afs.github.io/rdf-patch/).

Applied to the N-Triples that ``rolegraph export`` writes of the older one, it gives those of the newer one. Both are written
sorted and walked side by side, so that no more than the difference is held in memory.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Final
from uuid import UUID

import pyoxigraph

from rolegraph.output import Sink
from rolegraph.rdf.blanks import group_blank, list_blank, name_blank, rename_blank
from rolegraph.rdf.write import write_ntriples

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy

Foreign = Sequence[pyoxigraph.Triple]

CHUNK: Final = 10_000
"""Lines that are written at once."""


def write_patch(old: tuple[Taxonomy, Foreign], new: tuple[Taxonomy, Foreign], sink: Sink) -> tuple[int, int]:
    """Write the patch; returns how many triples it removes and adds.

    Each side is its records and what stands beside them. The lines of a patch are sorted, those that delete before those
    that add. Blank nodes are compared by what is said of them, not by their labels: those to delete have the labels of
    the older N-Triples, those to add have labels that these do not hold.
    """
    gone, fresh = compare_lines(old, new)
    lines = [*(f"D {line}" for line in gone), *(f"A {line}" for line in fresh)]
    digest = sha256("".join(lines).encode()).digest()
    sink.write(f"H id <urn:uuid:{UUID(bytes=digest[:16], version=5)}> .\nTX .\n".encode())
    for start in range(0, len(lines), CHUNK):
        sink.write("".join(lines[start : start + CHUNK]).encode())
    sink.write(b"TC .\n")
    return len(gone), len(fresh)


def compare_lines(
    old: tuple[Taxonomy, Foreign], new: tuple[Taxonomy, Foreign]
) -> tuple[list[str], list[str]]:
    """The lines of N-Triples that are only in the older and only in the newer graph, sorted."""
    (before, beside), (after, near) = old, new
    gone, fresh = compare_blank(beside, near)
    with tempfile.TemporaryFile() as first, tempfile.TemporaryFile() as second:
        for file, taxonomy, foreign in ((first, before, beside), (second, after, near)):
            write_ntriples(taxonomy, file, foreign)
            file.seek(0)
        removed, added = walk_lines(first, second, {_write(t) for t in (*beside, *near) if list_blank(t)})
    return sorted([*removed, *map(_write, gone)]), sorted([*added, *map(_write, fresh)])


def compare_foreign(old: Foreign, new: Foreign) -> tuple[list[pyoxigraph.Triple], list[pyoxigraph.Triple]]:
    """The triples that one side alone holds, of those that stand beside the records; blank nodes as in a patch."""
    before, after = ({t for t in side if not list_blank(t)} for side in (old, new))
    gone, fresh = compare_blank(old, new)
    return [*(before - after), *gone], [*(after - before), *fresh]


def walk_lines(old: IO[bytes], new: IO[bytes], skipped: set[str]) -> tuple[list[str], list[str]]:
    """The lines that only one of two sorted files holds; ``skipped`` lines are passed over in both."""
    gone: list[str] = []
    fresh: list[str] = []
    one, other = old.readline(), new.readline()
    while one or other:
        if one == other:
            one, other = old.readline(), new.readline()
        elif not other or (one and one < other):
            gone.append(one.decode())
            one = old.readline()
        else:
            fresh.append(other.decode())
            other = new.readline()
    return [line for line in gone if line not in skipped], [line for line in fresh if line not in skipped]


def compare_blank(old: Foreign, new: Foreign) -> tuple[list[pyoxigraph.Triple], list[pyoxigraph.Triple]]:
    """The triples with blank nodes of which one side alone holds the like.

    Triples that share a blank node belong together; two such groups are alike where they are equal once their nodes are
    named by what is said of them. A group that changed is deleted and added whole.
    """
    before, after = _group(old), _group(new)
    spare, lacking = Counter(before.elements()), Counter(after.elements())
    gone = [
        t for form in spare - lacking for group in before.take(form, (spare - lacking)[form]) for t in group
    ]
    fresh = [
        t for form in lacking - spare for group in after.take(form, (lacking - spare)[form]) for t in group
    ]
    taken = {node.value for triple in old for node in list_blank(triple)}
    return gone, _relabel(fresh, taken)


class _Groups:
    """Groups of triples by how they look with named nodes."""

    def __init__(self) -> None:
        self._groups: defaultdict[str, list[list[pyoxigraph.Triple]]] = defaultdict(list)

    def put(self, form: str, group: list[pyoxigraph.Triple]) -> None:
        self._groups[form].append(group)

    def elements(self) -> dict[str, int]:
        return {form: len(groups) for form, groups in self._groups.items()}

    def take(self, form: str, number: int) -> list[list[pyoxigraph.Triple]]:
        return self._groups[form][:number]


def _group(triples: Foreign) -> _Groups:
    groups = _Groups()
    for group in group_blank(triples):
        groups.put("\n".join(map(str, name_blank(group))), group)
    return groups


def _relabel(triples: list[pyoxigraph.Triple], taken: set[str]) -> list[pyoxigraph.Triple]:
    """The triples with labels of blank nodes that are not taken: ``n1``, ``n2`` ..."""
    free = (label for label in _count_labels() if label not in taken)
    names: defaultdict[pyoxigraph.BlankNode, pyoxigraph.BlankNode] = defaultdict(
        lambda: pyoxigraph.BlankNode(next(free))
    )
    return [rename_blank(triple, names.__getitem__) for triple in triples]


def _count_labels() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"n{number}"


def _write(triple: pyoxigraph.Triple) -> str:
    return f"{triple} .\n"
