"""A really started ``rolegraph serve`` for tests, and plain requests to it."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

if TYPE_CHECKING:
    from starlette.applications import Starlette

for _name in ("starlette", "uvicorn", "httpx"):
    pytest.importorskip(_name, reason="the extra rolegraph[web] is not installed")

import uvicorn  # noqa: E402

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


@dataclass(frozen=True)
class Reply:
    """An answer over HTTP; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Asks the server at an address."""

    url: str

    def call(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 60,
    ) -> Reply:
        """One request, its path sent as it stands."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=timeout)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str | None = None) -> Reply:
        return self.call("GET", path, {} if accept is None else {"Accept": accept})

    def ask(self, query: str, accept: str | None = None, more: str = "") -> Reply:
        """A query by GET."""
        return self.get(f"/sparql?query={quote(query, safe='')}{more}", accept)

    def post(self, query: str, accept: str = "*/*") -> Reply:
        """A query by direct POST."""
        return self.call("POST", "/sparql", {"Content-Type": DIRECT, "Accept": accept}, query.encode())


@dataclass(frozen=True)
class Served(Client):
    """A server that runs: its address, its process, and where it writes its log."""

    process: subprocess.Popen[bytes]
    log: Path

    def read_log(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def is_logged(self, part: str) -> bool:
        """Whether the log holds a text; a line is written once its answer is sent, so it is waited for."""
        for _ in range(100):
            if part in self.read_log():
                return True
            time.sleep(0.1)
        return False

    def find_children(self) -> list[int]:
        """The processes that the server holds, at any depth."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            try:
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            except OSError:
                continue
            found += map(int, children)
            waiting += map(int, children)
        return found


@contextmanager
def run_serve(*options: str) -> Iterator[Served]:
    """``rolegraph [OPTIONS] serve`` on a port that is free, while the block runs; options of the group come first."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        command = [sys.executable, "-m", "rolegraph", "serve", "--port", "0", *options]
        with log.open("wb") as sink, subprocess.Popen(command, stdout=sink, stderr=sink) as process:
            try:
                yield Served(_wait_for_address(process, log), process, log)
            finally:
                process.terminate()
                try:
                    process.wait(20)
                finally:
                    process.kill()
            written = log.read_text(encoding="utf-8")
            assert "Traceback" not in written, written[-3000:]


@contextmanager
def run_application(app: Starlette) -> Iterator[Client]:
    """An application of this process, served by uvicorn on a free port while the block runs."""
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="on", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server ended"
            time.sleep(0.02)
        [listener] = server.servers[0].sockets
        yield Client(f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join()


def _wait_for_address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(900):
        written = log.read_text(encoding="utf-8")
        if found := re.search(r"serving at http://(\S+?)/\n", written):
            return f"http://{found[1]}"
        assert process.poll() is None, f"the server ended: {written[-3000:]}"
        time.sleep(0.1)
    raise AssertionError("the server does not listen")


def is_running(pid: int) -> bool:
    """Whether a process lives; one that has ended and is not buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def run_command(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """A command line that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "rolegraph", *arguments],
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"COLUMNS": "100"},
        check=False,
    )
