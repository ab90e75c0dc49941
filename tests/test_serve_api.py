"""The JSON API: the very answers of the command line, honest errors, and answers that need not be sent twice."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from rolegraph.cli.main import run as run_line
from rolegraph.web.api.description import list_endpoints
from rolegraph.web.api.endpoints import ENDPOINTS
from serving import Client, run_serve

A, B, C = "MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M3", "PROCES.UPSTREAMDF5B.P1"


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    with run_serve() as client:
        yield client


def run(*arguments: str) -> tuple[int, str, str]:
    printed, told = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(told):
        status = run_line([*arguments])
    return status, printed.getvalue(), told.getvalue()


SAME = [
    (f"profiles/{B}", ["show", B]),
    ("profiles/manufa.bioproce4427.m3", ["show", B]),
    ("profiles?in=MANUFA", ["list", "profiles", "--in", "MANUFA"]),
    ("skills", ["list", "skills"]),
    ("show?name=M3", ["show", "M3"]),
    (f"adjacent?role={A}", ["adjacent", A]),
    (
        f"adjacent?role={A}&k=3&edition=content@1&track=M&level=M2..M4&within=0.6",
        ["adjacent", A, "-k", "3", "--edition", "content@1", "--track", "M", "--level", "M2..M4", "--within", "0.6"],
    ),
    (f"adjacent?role={A}&hidden=true", ["adjacent", A, "--hidden"]),
    (f"distance?origin={A}&destination={B}", ["distance", A, B]),
    (f"distance?origin={A}&destination={B}&edition=pay@1", ["distance", A, B, "--edition", "pay@1"]),
    (f"compare?role={A}&role={B}&role={C}&differences=true", ["compare", A, B, C, "--differences"]),
    (f"gap?origin={C}&destination={B}", ["gap", C, B]),
    (f"gap?origin={C}&destination={B}&destination={A}", ["gap", C, B, A]),
    ("ladder?focus=PROCES.UPSTREAMDF5B&track=P", ["ladder", "PROCES.UPSTREAMDF5B", "--track", "P"]),
    (f"path?origin={C}&destination={B}&k=3", ["path", C, B, "-k", "3"]),
    (
        f"path?origin={C}&destination={B}&by=moves&via=PROCES.UPSTREAMDF5B.P5&avoid=MANUFA3&track=P&track=M&max_moves=9",
        ["path", C, B, "--by", "moves", "--via", "PROCES.UPSTREAMDF5B.P5", "--avoid", "MANUFA3", "--track", "P",
         "--track", "M", "--max-moves", "9"],
    ),
    (f"path?origin={C}&destination={B}&max_moves=1", ["path", C, B, "--max-moves", "1"]),
    (f"reach?origin={C}&max_moves=2&min_pay_ratio=0.95", ["reach", C, "--max-moves", "2", "--min-pay-ratio", "0.95"]),
    ("search?text=aseptic%20technique&kind=skill", ["search", "aseptic technique", "--kind", "skill"]),
    ("editions?code=structural@1", ["editions", "structural@1"]),
    ("stats", ["stats"]),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "command"), SAME)
def test_an_answer_is_that_of_the_command_line(server: Client, asked: str, command: list[str]) -> None:
    reply = server.get(f"/api/{asked}")
    status, printed, told = run(*command, "--format", "json")
    assert status in {0, 1}, told
    assert reply.status == 200, reply.text
    assert reply.text == printed
    assert reply.headers["content-type"] == "application/json"


WRONG = [
    ("adjacent?role=MANUFA.MANUFACTF950.M9", ["adjacent", "MANUFA.MANUFACTF950.M9"], 404),
    ("profiles/NO.SUCH.P1", ["adjacent", "NO.SUCH.P1"], 404),
    ("ladder?focus=NOTHING", ["ladder", "NOTHING"], 404),
    (f"adjacent?role={A}&edition=structural@9", ["adjacent", A, "--edition", "structural@9"], 404),
    (f"adjacent?role={A}&level=Q1", ["adjacent", A, "--level", "Q1"], None),
    (f"compare?role={A}", ["compare", A], 400),
    (f"path?origin={C}&destination={B}&track=Q&no=step-down&allow_step_down=true",
     ["path", C, B, "--track", "Q", "--no", "step-down", "--allow-step-down"], 400),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "command", "status"), WRONG)
def test_an_error_is_told_in_the_words_of_the_command_line(
    server: Client, asked: str, command: list[str], status: int | None
) -> None:
    reply = server.get(f"/api/{asked}")
    code, _, told = run(*command)
    assert code == 2
    assert reply.status == status or (status is None and reply.status in {400, 404})
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["status"] == reply.status
    assert reply.json["detail"] == told.strip()
    assert server.get(f"/api/{asked}", "text/plain").text == reply.json["detail"] + "\n"


def test_everything_that_is_wrong_with_a_request_is_told_at_once(server: Client) -> None:
    reply = server.get(
        "/api/path?origin=&k=many&by=luck&kk=3&any_rung=perhaps&max_moves=0&min_pay_ratio=1e99999"
    )
    assert reply.status == 400
    for part in (
        "no parameter 'kk'; there are origin, destination, k,",
        "origin is empty",
        "destination is missing",
        "k is 'many'; give a whole number",
        "by is 'luck'; choose effort, moves, years, skills",
        "any_rung is 'perhaps'; give true or false",
        "max_moves is 0; give a number from 1 to 1000",
        "min_pay_ratio is '1e99999'; give a number such as 0.95",
    ):
        assert part in reply.json["detail"]


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("adjacent", "give a role, or the skills of a person"),
        (f"adjacent?role={A}&skill=GMP", "not both"),
        (f"distance?origin={A}&origin={B}&destination={B}", "origin is given 2 times; give it once"),
        ("search?text=" + "a" * 201, "text has 201 characters; at most 200 are read"),
        ("adjacent?role=" + "a" * 1001, "role has 1,001 characters; at most 1,000 are read"),
        ("search?" + "&".join(["text=a"] * 201), "more than 200 parameters"),
        ("profiles/" + "a" * 1001, "code has 1,001 characters; at most 1,000 are read"),
        ("profiles/?full=perhaps", "code is empty; give a value, or leave it out; full is 'perhaps'"),
        ("search?text=%ff", "not UTF-8"),
        ("search?text=a%00b", "U+0000"),
        ("compare?" + "&".join([f"role={A}"] * 21), "at most 20 are read"),
        ("adjacent?role=x&k=1001", "give a number from 1 to 1000"),
    ],
)
def test_a_request_has_bounds(server: Client, asked: str, part: str) -> None:
    reply = server.get(f"/api/{asked}")
    assert (reply.status, part in reply.json["detail"]) == (400, True), reply.text


def test_other_questions_and_methods_are_refused(server: Client) -> None:
    absent = server.get("/api/nothing")
    assert absent.status == 404
    assert "there are profiles, functions" in absent.json["detail"]
    refused = server.call("POST", f"/api/adjacent?role={A}", body=b"")
    assert refused.status == 405
    assert refused.json["detail"] == "POST is not answered here; use GET"
    assert "GET" in refused.headers["allow"]


def test_an_answer_that_the_client_has_is_not_sent_again(server: Client) -> None:
    path = f"/api/adjacent?role={A}"
    first = server.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert not tag.startswith("W/")
    again = server.call("GET", path, {"If-None-Match": f'"other", W/{tag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert server.call("GET", path, {"If-None-Match": '"other"'}).status == 200
    assert server.get(f"{path}&k=3").headers["etag"] != tag
    assert "ETag" in first.headers["access-control-expose-headers"]
    head = server.call("HEAD", path)
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", tag)
    assert int(head.headers["content-length"]) == len(first.body)


def test_every_question_is_listed_with_an_example_that_is_answered(server: Client) -> None:
    told = server.get("/api/", "application/json").json
    assert told == server.get("/api").json == list_endpoints()
    for question in told["questions"]:
        assert server.get(question["example"]).status == 200, question
    page = server.get("/api/", "text/html")
    assert page.headers["content-type"].startswith("text/html")
    for endpoint in ENDPOINTS:
        assert f"<code>/api/{endpoint.path}</code>" in page.text


def test_the_description_names_every_parameter_and_answer(server: Client) -> None:
    told = server.get("/api/openapi.json").json
    validator = pytest.importorskip(
        "openapi_spec_validator", reason="openapi-spec-validator is not installed"
    )
    validator.validate(told)
    assert told["openapi"] == "3.1.0"
    assert list(told["paths"]) == [f"/api/{endpoint.path}" for endpoint in ENDPOINTS]
    places = set()

    def find(part: object) -> None:
        if isinstance(part, dict):
            places.update([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
            for value in part.values():
                find(value)
        elif isinstance(part, list):
            for value in part:
                find(value)

    find(told)
    assert {place.removeprefix("#/components/schemas/") for place in places} <= set(
        told["components"]["schemas"]
    )


def test_many_first_questions_at_once_are_all_answered() -> None:
    with run_serve() as client:
        asked = [f"/api/{path}" for path, _ in SAME] * 2
        replies: dict[int, int] = {}

        def ask(number: int, path: str) -> None:
            replies[number] = client.get(path).status

        threads = [threading.Thread(target=ask, args=each) for each in enumerate(asked)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(replies.values()) == {200}
        assert client.ask("ASK { ?s ?p ?o }", "application/json").json["boolean"] is True


def test_a_title_with_signs_is_a_name(server: Client) -> None:
    title = json.loads(server.get(f"/api/profiles/{B}").text)["label"]
    found = server.get("/api/adjacent?" + urlencode({"role": title, "k": 1}))
    assert (found.status, found.json["origin"]) == (200, B)
    assert server.get(f"/api/profiles/{quote(title, safe='')}").json["code"] == B


def test_the_docs_name_every_question_and_parameter() -> None:
    page = Path(__file__).parents[1] / "docs" / "serve.md"
    section = page.read_text(encoding="utf-8").partition("## The JSON API\n")[2].partition("\n## ")[0]
    for endpoint in ENDPOINTS:
        path = endpoint.path.replace("{code}", "CODE")
        assert f"`/api/{path}`" in section or f"`{path}`" in section
        for parameter in endpoint.parameters:
            told = f"`{parameter.name}`"
            assert (
                f"{told}*" in section or f"**{told}***" in section if parameter.several else told in section
            )
