"""Long questions to the API: they end, others go on meanwhile, and the server ends in good order with them."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from rolegraph.architecture import Architecture
from rolegraph.careers.patience import Patience, find_patience, limit_searches
from rolegraph.errors import UnfinishedError
from rolegraph.store.pool import BusyError
from rolegraph.web.desk import Desk
from serving import run_serve

ORIGIN, DESTINATION = "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3"
STATIONS = ["PROCES.UPSTREAMDF5B.P5", "MANUFA3", "PROCES.UPSTREAMDF5B.P5"]
LONG = f"/api/path?origin={ORIGIN}&destination={DESTINATION}&" + "&".join(f"via={s}" for s in STATIONS)
"""A role would be visited twice: tens of thousands of beginnings of paths are followed before the answer is no."""


def test_a_long_question_ends_others_go_on_and_so_does_the_end() -> None:
    with run_serve("--timeout", "1", "--workers", "1") as server, ThreadPoolExecutor(4) as pool:
        asked = pool.submit(server.get, LONG)
        while not asked.done():
            assert server.ask("ASK { ?s ?p ?o }", "application/json").json["boolean"] is True
        reply = asked.result()
        assert reply.status == 503
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json["detail"].startswith("error: no answer was found within 1 seconds; ask for less: ")
        assert server.get(f"/api/profiles/{ORIGIN}").status == 200

        several = [pool.submit(server.get, LONG) for _ in range(4)]
        time.sleep(1.5)
        start = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        assert time.monotonic() - start < 30
        replies = [each.result() for each in several]
    assert {reply.status for reply in replies} == {503}
    told = [reply.json["detail"].removeprefix("error: ") for reply in replies]
    assert all(text.startswith(("the server is ending", "no answer was found")) for text in told)
    assert "the server is ending" in told


def test_a_search_ends_with_its_patience_and_not_without() -> None:
    jobs = Architecture()
    jobs.networks().get()
    with limit_searches(Patience(0.05)), pytest.raises(UnfinishedError, match=r"within 0\.05 seconds"):
        jobs.path(ORIGIN, DESTINATION, via=STATIONS)
    patience = Patience(60)
    patience.end(0, "enough")
    patience.end(30, "later")
    patience.extend(60)
    with limit_searches(patience), pytest.raises(UnfinishedError, match="enough"):
        jobs.reach(ORIGIN)
    # Making the moves of all roles does not count.
    slow = Architecture()
    networks = slow.networks()
    networks._open = lambda _: time.sleep(0.3) or jobs.networks().get()  # type: ignore[method-assign, func-returns-value]
    with limit_searches(Patience(0.25)):
        assert slow.path(ORIGIN, DESTINATION).paths
    assert find_patience() is None
    assert jobs.path(ORIGIN, DESTINATION).paths


def wait_long() -> None:
    """Waits until the patience is over."""
    patience = find_patience()
    assert patience is not None
    while True:
        patience.check()
        time.sleep(0.01)


def run_desk(play: Callable[[Desk], asyncio.Future[None] | object], **limits: float) -> None:
    async def run() -> None:
        desk = Desk(**limits)  # type: ignore[arg-type]
        try:
            await play(desk)  # type: ignore[misc]
        finally:
            desk.close()

    asyncio.run(run())


def test_work_is_done_one_after_the_other() -> None:
    running: list[int] = []
    most: list[int] = []

    def work(number: int) -> int:
        running.append(number)
        most.append(len(running))
        time.sleep(0.01)
        running.remove(number)
        return number

    async def play(desk: Desk) -> None:
        assert await asyncio.gather(*(desk.run(work, n) for n in range(10))) == list(range(10))

    run_desk(play)
    assert set(most) == {1}


def test_who_cannot_be_served_soon_is_told() -> None:
    gate = threading.Event()

    async def play(desk: Desk) -> None:
        first = asyncio.create_task(desk.run(gate.wait))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(desk.run(str, 2))
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="busy"):
            await desk.run(str, 3)
        with pytest.raises(BusyError, match="busy"):
            await second
        gate.set()
        assert await first
        assert await desk.run(str, 4) == "4"

    run_desk(play, most=2, patience=0.2)


def test_who_goes_away_leaves_no_work_behind() -> None:
    gate, done = threading.Event(), []

    async def play(desk: Desk) -> None:
        first = asyncio.create_task(desk.run(gate.wait))
        second = asyncio.create_task(desk.run(done.append, 2))
        await asyncio.sleep(0.05)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        gate.set()
        await first
        assert await desk.run(str, 3) == "3"

    run_desk(play)
    assert done == []


def test_at_the_end_what_waits_is_refused_and_what_searches_ends() -> None:
    async def play(desk: Desk) -> None:
        first = asyncio.create_task(desk.run(wait_long))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(desk.run(str, 2))
        await asyncio.sleep(0.05)
        desk.close()
        for refused in (second, desk.run(str, 3)):
            with pytest.raises(BusyError, match="the server is ending"):
                await refused
        with pytest.raises(UnfinishedError, match="the server is ending"):
            await first

    run_desk(play, search=600)
