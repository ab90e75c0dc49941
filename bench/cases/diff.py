"""Two states of an architecture compared: their records, what follows, and their triples beside rdflib's ``graph_diff``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import rdflib
from rdflib.compare import graph_diff

from bench.commands import Ended, find_rolegraph, make_command
from bench.measure import Comparison, make_variant
from rolegraph.careers.roster import Roster
from rolegraph.changes.compare import compare_taxonomies
from rolegraph.changes.consequences import find_consequences
from rolegraph.changes.patch import compare_lines
from rolegraph.model.record import Retirement
from rolegraph.rdf.write import write_ntriples

if TYPE_CHECKING:
    from bench.data import Architectures
    from rolegraph.answers import Consequences
    from rolegraph.model.roles import Focus, Profile
    from rolegraph.model.taxonomy import Taxonomy

STEP = 10
"""One focus in so many is changed."""
RDFLIB_MOST = 1_000
"""Up to so many profiles rdflib takes part: beyond that it takes minutes and gigabytes."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Records, consequences, triples, and the whole command."""
    data = stock.get(size)
    old, new = data.taxonomy, make_newer(data.taxonomy)
    yield Comparison(
        "records and words",
        size,
        [make_variant("rolegraph", lambda: len(compare_taxonomies(old, new)[0]))],
    )
    rosters = Roster.from_taxonomy(old), Roster.from_taxonomy(new)
    yield Comparison(
        "nearest roles and moves",
        size,
        [make_variant("rolegraph", lambda: find_consequences(*rosters, {}), _count_shifts)],
    )
    variants = [make_variant("rolegraph, from records", lambda: _count_lines(old, new))]
    if size <= RDFLIB_MOST:
        graphs = _parse(old), _parse(new)
        variants.append(
            make_variant("rdflib graph_diff, from parsed graphs", lambda: _count_triples(*graphs))
        )
    yield Comparison("triples that differ", size, variants)
    newer = data.place / "newer.nt"
    with newer.open("wb") as sink:
        write_ntriples(new, sink)
    command = [*find_rolegraph(), "diff", str(data.folder), str(newer), "--format", "md"]
    yield Comparison(
        "a whole command",
        size,
        [
            make_command(
                name, [*command, *options], data.place / "diff.md", answer=_read_summary,
                environment={"ROLEGRAPH_CACHE": str(data.place / "snapshots")},
            )
            for name, options in (
                ("`rolegraph diff --no-consequences`", ["--no-consequences"]),
                ("`rolegraph diff`, snapshots there", []),
            )
        ],
    )  # fmt: skip


def make_newer(taxonomy: Taxonomy) -> Taxonomy:
    """The same architecture a while later: some focuses renamed, with a skill less, another wording, a role retired."""
    focuses = (
        _change(focus) if at % STEP == 0 and focus.retired is None else focus
        for at, focus in enumerate(taxonomy.focuses)
    )
    return taxonomy.replace_parts(focuses=tuple(focuses))


def _change(focus: Focus) -> Focus:
    *others, last = focus.profiles
    return focus.model_copy(
        update={
            "label": f"{focus.label} and more",
            "skills": focus.skills[1:],
            "profiles": (
                *map(_reword, others),
                last.model_copy(update={"retired": Retirement(note="Not needed.")}),
            ),
        }
    )


def _reword(profile: Profile) -> Profile:
    responsibilities = tuple(
        r.model_copy(update={"text": " ".join(("Also", *r.text.split()[1:]))})
        for r in profile.responsibilities[:1]
    )
    return profile.model_copy(update={"responsibilities": (*responsibilities, *profile.responsibilities[1:])})


def _count_shifts(answer: Consequences) -> tuple[int, ...]:
    moves = answer.moves
    assert moves is not None, "both define the cost of moves"
    return *(shifts.changed for shifts in answer.neighbours), moves.appear, moves.vanish, moves.cost


def _count_lines(old: Taxonomy, new: Taxonomy) -> tuple[int, int]:
    gone, fresh = compare_lines((old, ()), (new, ()))
    return len(gone), len(fresh)


def _parse(taxonomy: Taxonomy) -> rdflib.Graph:
    sink = io.BytesIO()
    write_ntriples(taxonomy, sink)
    return rdflib.Graph().parse(data=sink.getvalue(), format="nt")


def _count_triples(old: rdflib.Graph, new: rdflib.Graph) -> tuple[int, int]:
    _, gone, fresh = graph_diff(old, new)
    return len(gone), len(fresh)


def _read_summary(ended: Ended) -> str:
    """The line with the numbers, which are the same with and without consequences."""
    if ended.status != 1:
        raise RuntimeError(f"the diff found nothing: {Path(ended.output).read_text(encoding='utf-8')[:200]}")
    return ended.output.read_text(encoding="utf-8").split("\n", 1)[0]
