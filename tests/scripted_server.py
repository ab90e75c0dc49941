"""A server that fails as it is told to: it answers each request by the next line of a script, and keeps what it heard."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Heard:
    """One request."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


@dataclass
class Says:
    """An answer. ``drop`` ends the connection after so many bytes of the body were read; ``slow`` waits, in seconds.

    ``pieces`` are sent as they are in place of an answer, with a wait of ``slow`` after each.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    drop: int | None = None
    slow: float = 0.0
    pieces: Iterable[bytes] | None = None


@dataclass
class Script:
    """What the server says next (by default: what ``otherwise`` makes of the request), and what it heard."""

    address: str = ""
    says: list[Says] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    otherwise: Callable[[Heard], Says] = lambda heard: Says()

    def list_methods(self) -> list[str]:
        return [heard.method for heard in self.heard]


@contextmanager
def run_script(certificate: Path | None = None) -> Iterator[Script]:
    """A server on this machine that follows a script; with a ``certificate`` (and its key) it speaks TLS."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            planned = script.says.pop(0) if script.says else None
            if planned is not None and planned.drop is not None:
                self.rfile.read(min(planned.drop, length))
                self.close_connection = True
                self.connection.close()
                return
            url = urlsplit(self.path)
            body = self.rfile.read(length)
            heard = Heard(
                self.command,
                url.path,
                parse_qs(url.query, keep_blank_values=True),
                {name.lower(): value for name, value in self.headers.items()},
                body,
            )
            script.heard.append(heard)
            says = planned or script.otherwise(heard)
            if says.pieces is not None:
                self.close_connection = True
                for piece in says.pieces:
                    self.wfile.write(piece)
                    time.sleep(says.slow)
                return
            time.sleep(says.slow)
            self.send_response(says.status)
            for name, value in says.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(says.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(says.body)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer  # noqa: N815

        def log_message(self, *details: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except (OSError, ValueError):
                # The client went away, or the script closed the connection.
                self.close_connection = True

        def finish(self) -> None:
            try:
                super().finish()
            except (OSError, ValueError):
                self.connection.close()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    script.address = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class MemoryStore:
    """A Graph Store that keeps what it is given, for a script's ``otherwise``."""

    def __init__(self) -> None:
        self.graphs: dict[str, bytes] = {}

    def __call__(self, heard: Heard) -> Says:
        name = heard.query["graph"][0] if "graph" in heard.query else "default"
        if heard.method == "PUT":
            self.graphs[name] = heard.body
            return Says(204)
        if heard.method == "DELETE":
            return Says(204 if self.graphs.pop(name, None) is not None else 404)
        if name not in self.graphs:
            return Says(404)
        return Says(200, {"content-type": "application/n-triples"}, self.graphs[name])
