"""A graph judged by all shapes: the compiled engine beside pySHACL, on one that is sound and one that is not.

pySHACL's time has in it the rdflib graph that it works on.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from bench.measure import Comparison, make_variant
from rolegraph.rdf.write import write_ntriples
from rolegraph.validate.judge import judge_graph, judge_taxonomy
from rolegraph.validate.triples import Triples

if TYPE_CHECKING:
    from bench.data import Architectures
    from rolegraph.validate.judge import Engine
    from rolegraph.validate.results import Result

PYSHACL_MOST, PYSHACL_EVER = 1_000, 10_000
"""The largest size at which pySHACL takes part, in a usual and in a full run."""
SPOILED = 499
"""Of the unsound graph, one triple in so many is missing."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Judging an architecture, and its triples with some of them missing."""
    taxonomy = stock.get(size).taxonomy
    sink = io.BytesIO()
    write_ntriples(taxonomy, sink)
    lines = sink.getvalue().splitlines(keepends=True)
    sound = Triples.from_turtle(b"".join(lines))
    spoiled = Triples.from_turtle(b"".join(line for number, line in enumerate(lines) if number % SPOILED))
    del lines, sink
    with_pyshacl = size <= (PYSHACL_EVER if stock.full else PYSHACL_MOST)
    for job, triples in (("sound", sound), (f"one triple in {SPOILED} missing", spoiled)):
        variants = [make_variant("rolegraph, compiled shapes", partial(_judge, triples, "compiled"))]
        if triples is sound:
            variants.append(make_variant("rolegraph, from records", lambda: judge_taxonomy(taxonomy).results))
        if with_pyshacl:
            variants.append(make_variant("pySHACL", partial(_judge, triples, "pyshacl")))
        yield Comparison(job, size, variants)


def _judge(triples: Triples, engine: Engine) -> tuple[Result, ...]:
    return judge_graph(triples, engine=engine).results
