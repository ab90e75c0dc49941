"""Whatever is asked of the API by its own description, or against it, gets an answer that the description tells of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rolegraph.web.api.endpoints import ENDPOINTS
from serving import run_serve

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")


@pytest.fixture(scope="module")
def description() -> Iterator[Any]:
    with run_serve() as server:
        yield schemathesis.openapi.from_url(f"{server.url}/api/openapi.json")


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_request_gets_an_honest_answer(description: Any, mode: str) -> None:
    operations = [found.ok() for found in description.get_all_operations()]
    assert [operation.path for operation in operations] == [f"/api/{endpoint.path}" for endpoint in ENDPOINTS]
    for operation in operations:
        if mode == "negative" and not operation.query:
            continue
        cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))

        @settings(
            max_examples=4,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=[*HealthCheck],
        )
        @given(cases)
        def ask(case: Any) -> None:
            # No schema tells which names there are, nor which constraints contradict each other.
            reply = case.call_and_validate(excluded_checks=[checks.positive_data_acceptance])
            assert reply.status_code < 500, reply.text
            assert "Traceback" not in reply.text

        ask()
