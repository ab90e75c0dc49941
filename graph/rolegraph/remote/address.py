"""The address that a user typed, and what may be told of it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from rolegraph.errors import RequestError

_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address without credentials; ``shown`` is what messages may say of it (no query, no fragment)."""

    url: str
    scheme: str
    host: str
    port: int
    shown: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what credentials are for."""
        return self.scheme, self.host, self.port

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine itself."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def add(self, query: str) -> str:
        """The URL with ``query`` added to the one that it may have."""
        return f"{self.url}{'&' if '?' in self.url else '?'}{query}"


def read_address(text: str) -> Address:
    """The address that ``text`` spells. Raises RequestError, which repeats nothing that could be a secret."""
    if "@" in re.split(r"[?#]", text, maxsplit=1)[0].partition("//")[2].partition("/")[0]:
        raise RequestError(
            "the address holds credentials, which would stay in the history of your shell; leave them out of it, and "
            "set ROLEGRAPH_USER and ROLEGRAPH_PASSWORD (or ROLEGRAPH_TOKEN), or write them into ~/.netrc"
        )
    parts, port = _split(text)
    if parts.scheme not in _PORTS:
        raise RequestError(
            "the address is not one of http:// or https://; give the address of a store in full"
        )
    if not parts.hostname or _CONTROL.search(text):
        raise RequestError(
            "the address names no host, or holds blanks; give it in full, such as https://HOST/PATH"
        )
    host = parts.hostname
    named = f"[{host}]" if ":" in host else host
    shown = f"{parts.scheme}://{named}{'' if parts.port is None else f':{parts.port}'}{parts.path}"
    return Address(
        parts._replace(fragment="").geturl(), parts.scheme, host, port or _PORTS[parts.scheme], shown
    )


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError:
        raise RequestError(
            "the address cannot be read as a URL; give it in full, such as https://HOST/PATH"
        ) from None
