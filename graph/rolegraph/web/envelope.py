"""What is around every answer: the headers that it carries, a line of the log, and the last net for errors.

A line of the log is one JSON object on standard error: ``time``, ``method``, ``path``, ``status``, ``ms``, ``bytes``. The
query of a request stands in no log, unless the settings say so; nor does any header.
"""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

QUERY = "rolegraph.query"
"""Where a request keeps the text of its query."""
_LONGEST = 2_000
_WHOLE = re.compile(rb"https?://([^/?#]+)", re.IGNORECASE)

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Retry-After",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}
STRICT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
"""The policy of what is not a page: it may load nothing."""


class Envelope:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, *, quiet: bool, log_queries: bool) -> None:
        self.app = app
        self.quiet = quiet
        self.log_queries = log_queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        _read_target(scope)
        start = time.perf_counter()
        told: dict[str, Any] = {"status": 0, "bytes": 0}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", STRICT)
            elif message["type"] == "http.response.body":
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            if scope["method"] == "OPTIONS":
                await _answer(send_on, 204, b"", _PREFLIGHT)
            else:
                await self.app(scope, receive, send_on)
        except Exception as error:
            told["error"] = f"{type(error).__name__}: {error}"[:_LONGEST]
            if not told["status"]:
                body = b"something went wrong in the server; its log says what\n"
                await _answer(send_on, 500, body, {"Content-Type": "text/plain; charset=utf-8"})
        finally:
            if not self.quiet:
                self._log(scope, told, time.perf_counter() - start)

    def _log(self, scope: Scope, told: dict[str, Any], seconds: float) -> None:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "path": scope["path"][:_LONGEST],
            "status": told.pop("status"),
            "ms": round(seconds * 1000, 1),
            **told,
        }
        if self.log_queries and QUERY in scope:
            line["query"] = scope[QUERY][:_LONGEST]
        write_log(line)


def _read_target(scope: Scope) -> None:
    """A request for a whole address is one for its path, at the host of that address (RFC 9112, section 3.2.2)."""
    target = scope.get("raw_path") or b""
    whole = _WHOLE.match(target)
    if whole is None:
        return
    scope["raw_path"] = target[whole.end() :] or b"/"
    scope["path"] = unquote(scope["raw_path"].decode("ascii"))
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    scope["headers"] = [(b"host", whole[1].rpartition(b"@")[2]), *others]


def write_log(line: dict[str, Any]) -> None:
    """One line of the log; ASCII, so that no text can break a line or move the cursor."""
    print(json.dumps(line), file=sys.stderr, flush=True)  # noqa: T201


async def _answer(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    if status != 204:
        raw.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
