"""Runs the application: listens, tells where, and ends in good order when it is told to."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from rolegraph.architecture import Architecture
from rolegraph.errors import RequestError, describe_error
from rolegraph.web.application import make_application
from rolegraph.web.envelope import write_log
from rolegraph.web.settings import Settings
from rolegraph.web.site import Site

_LINE = 512 << 10
"""The bytes that the head of a request may have: a query of the longest length fits into its path."""
_GRACE = 5
_CONNECTIONS = 1_000
_BRACKETS = re.compile(r"\[(.*)\]")


class _Server(uvicorn.Server):
    """A server that tells when it listens, and whose queries and searches end before its connections do."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self.listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        site: Site = self.config.app.state.site  # type: ignore[union-attr]
        site.desk.close()
        site.pages.end()
        await site.pool.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ending when told to is a good end: unlike uvicorn's own, this does not die of the signal afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _LogHandler(logging.Handler):
    """What the library of the server complains of, as lines of the log and without a traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        line = {"level": record.levelname.lower(), "message": record.getMessage()[:2_000]}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = f"{record.exc_info[0].__name__}: {record.exc_info[1]}"[:2_000]
        write_log(line)


def run_server(
    architecture: Architecture, settings: Settings, host: str, port: int, tell: Callable[[str, bool], None]
) -> None:
    """Serve until SIGINT or SIGTERM.

    ``tell`` hears the address, once somebody can call it, and whether this machine alone reaches it. ``host`` is a name
    or an address, one of IPv6 with or without brackets; ``port`` 0 takes any that is free. Raises RequestError where host
    and port cannot be had, InputError where the data cannot be read.
    """
    logger = logging.getLogger("uvicorn")
    logger.handlers[:] = [_LogHandler()]
    logger.propagate = False
    with _bind(host, port) as listener:
        asyncio.run(_serve(architecture, settings, listener, tell))


async def _serve(
    architecture: Architecture, settings: Settings, listener: socket.socket, tell: Callable[[str, bool], None]
) -> None:
    app = make_application(architecture, settings)
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=_LINE,
    )
    name, port = listener.getsockname()[:2]
    address = f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
    alone = ipaddress.ip_address(name.partition("%")[0]).is_loopback
    # The lifespan is opened here and not by the library, so that what is wrong with the data comes out as it is.
    async with app.router.lifespan_context(app):
        await _Server(config, lambda: tell(address, alone)).serve([listener])


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            _BRACKETS.sub(r"\1", host), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise RequestError(f"there is no host {host} here ({error}); choose another with --host") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise RequestError(
            f"cannot listen on port {port} of {host}: {describe_error(error)}; choose another with --port"
        ) from error
    return listener
