"""A time by which a server has to have answered, whatever it sends until then.

The HTTP library counts its seconds from byte to byte: a server that sends a byte now and then, or ``100 Continue`` for
ever, never runs out of them. Here each reading and writing of a connection gets only what is left of the whole.
By https://www.encode.io/httpcore/extensions/#trace (where the streams come from) and
https://www.encode.io/httpcore/network-backends/ (what they can do).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

_PIECE = 1 << 16
"""The bytes that are written at once: a server that takes them one by one is looked at between pieces."""
_OPENED = (".connect_tcp.complete", ".start_tls.complete")


class Deadline:
    """When the request that a client makes now has to be answered; the connections that it opened keep to it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """What the request was given, as messages tell it."""
        self._end, self._renewed = 0.0, False

    def start(self, seconds: float, *, end: float | None = None) -> None:
        """A request begins: all of it is over by ``end`` (on the monotonic clock).

        Without ``end``, ``seconds`` are given to each piece of what is sent, and to the whole of the answer.
        """
        self.seconds, self._renewed = seconds, end is None
        self._end = time.monotonic() + seconds if end is None else end

    @property
    def left(self) -> float:
        """Seconds that are left, never fewer than none."""
        return max(0.0, self._end - time.monotonic())

    def watch(self, event: str, told: Mapping[str, Any]) -> None:
        """Bind each connection to this deadline as it is opened: a ``trace`` of the HTTP library."""
        if event.endswith(_OPENED):
            self._bind(told["return_value"])

    def _bind(self, stream: Any) -> None:
        from httpcore import ReadTimeout, WriteTimeout

        read, write = stream.read, stream.write

        def read_in_time(max_bytes: int, timeout: float | None = None) -> bytes:
            left = self.left
            if left == 0:
                raise ReadTimeout
            got: bytes = read(max_bytes, left if timeout is None else min(left, timeout))
            return got

        def write_in_time(buffer: bytes, timeout: float | None = None) -> None:
            for at in range(0, len(buffer), _PIECE):
                if self._renewed:
                    self._end = time.monotonic() + self.seconds
                left = self.left
                if left == 0:
                    raise WriteTimeout
                write(buffer[at : at + _PIECE], left if timeout is None else min(left, timeout))
            if self._renewed:
                self._end = time.monotonic() + self.seconds

        stream.read, stream.write = read_in_time, write_in_time
