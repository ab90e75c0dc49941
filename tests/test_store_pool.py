"""The pool of a server: one reading of the data, workers that are ended and replaced, answers that are whole."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from rolegraph.errors import InputError, QueryError, RequestError
from rolegraph.store import pool as pools
from rolegraph.store.answering import FormError, SizeError
from rolegraph.store.describing import AbsentError
from rolegraph.store.documents import Documents
from rolegraph.store.pool import BusyError, LateError, Limits, LostError, Pool, open_pool

FIXTURE = Path(__file__).parent / "fixtures" / "queries.ttl"
DATA = Documents(files=(FIXTURE,))
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }"
HUNGRY = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g ?j"


def use(
    work: Callable[[Pool], Awaitable[Any]], *, workers: int = 1, documents: Documents = DATA, **limits: Any
) -> Any:
    """What ``work`` makes of a pool that is closed afterwards."""

    async def run() -> Any:
        pool = await open_pool(documents, workers, Limits(**limits))
        try:
            return await asyncio.wait_for(work(pool), 60)
        finally:
            await pool.close()

    return asyncio.run(run())


async def count(pool: Pool) -> str:
    answer = await pool.ask("SELECT (COUNT(*) AS ?n) { ?s a rg:Track }", rows="csv", graph=None)
    return answer.data.decode()


def test_a_late_query_and_a_hungry_one_are_ended_and_the_worker_is_replaced() -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(LateError, match="within 1 seconds"):
            await pool.ask(ENDLESS, rows="csv", graph=None)
        assert await count(pool) == "n\r\n1\r\n"
        pool.limits = Limits(timeout=50, memory=50 << 20)
        with pytest.raises(LostError, match="more memory than it may have"):
            await pool.ask(HUNGRY, rows="csv", graph=None)
        assert await count(pool) == "n\r\n1\r\n"
        assert pool.replaced == 2

    use(work, timeout=1)


def test_refusals_are_of_their_kind_and_cost_no_worker() -> None:
    async def work(pool: Pool) -> None:
        for text, rows, graph, kind in (
            ("ASK {", "csv", None, QueryError),
            ("ASK { SERVICE <urn:a> {} }", "csv", None, QueryError),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", None, FormError),
            ("ASK {}", None, "turtle", FormError),
            ("SELECT * { ?s ?p ?o }", "json", None, SizeError),
            ("CONSTRUCT WHERE { ?s ?p ?o }", None, "ntriples", SizeError),
        ):
            with pytest.raises(kind) as caught:
                await pool.ask(text, rows=rows, graph=graph)
            assert type(caught.value) is kind
        with pytest.raises(AbsentError, match=r"\Ahttps://example.org/jobs/profile/LAB.CELL.P1\b"):
            await pool.describe("https://example.org/jobs/profile/LAB.CELL.P11", "turtle")
        assert await count(pool) == "n\r\n1\r\n"
        assert pool.replaced == 0

    use(work, max_bytes=1000)


def test_who_waits_too_long_and_who_is_too_many_are_told_that_it_is_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def work(pool: Pool) -> None:
        monkeypatch.setattr(pools, "_QUEUE", 2)
        asked = [asyncio.ensure_future(pool.ask(ENDLESS, rows="csv", graph=None)) for _ in range(4)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(error) for error in told} == {LateError, BusyError}
        assert await count(pool) == "n\r\n1\r\n"

    use(work, timeout=1)


def test_who_goes_away_ends_the_query() -> None:
    async def work(pool: Pool) -> None:
        asked = asyncio.ensure_future(pool.ask(ENDLESS, rows="csv", graph=None))
        await asyncio.sleep(0.3)
        asked.cancel()
        await asyncio.wait({asked})
        assert await count(pool) == "n\r\n1\r\n"
        assert pool.replaced == 1

    use(work, timeout=50)


def test_closing_ends_what_runs_and_what_waits() -> None:
    async def work(pool: Pool) -> None:
        asked = [asyncio.ensure_future(pool.ask(ENDLESS, rows="csv", graph=None)) for _ in range(3)]
        await asyncio.sleep(0.3)
        await pool.close()
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert [(type(error), str(error)) for error in told] == [(BusyError, "the server is ending")] * 3
        with pytest.raises(BusyError):
            await count(pool)
        assert not pool.is_well

    use(work, timeout=50)


def test_data_that_cannot_be_read_leave_no_process(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<https://a.org/> \n broken")
    with pytest.raises(InputError, match=r"broken\.ttl:2"):
        use(count, documents=Documents(files=(tmp_path / "broken.ttl",)))


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 1e9])
def test_a_time_limit_without_sense_is_refused(timeout: float) -> None:
    with pytest.raises(RequestError, match="the time limit is"):
        use(count, timeout=timeout)


def test_named_graphs_are_known(tmp_path: Path) -> None:
    (tmp_path / "g.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    documents = Documents(texts=(b"<urn:x> <urn:y> 1, 2 .",), graphs=(("urn:g", tmp_path / "g.nt"),))

    async def work(pool: Pool) -> tuple[int, tuple[str, ...], str | None]:
        return pool.triples, pool.graphs, pool.base

    assert use(work, documents=documents) == (2, ("urn:g",), None)


def test_a_query_is_checked_once() -> None:
    async def work(pool: Pool) -> None:
        await count(pool)
        assert len(pool._checked) == 1
        await count(pool)
        assert len(pool._checked) == 1
        with pytest.raises(QueryError, match="FROM is refused"):
            await pool.ask("ASK FROM <urn:a> { }", rows="json", graph=None)
        assert len(pool._checked) == 1

    use(work)
