"""Who asks: credentials from the environment or from netrc, which are sent and never shown."""

from __future__ import annotations

import base64
import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rolegraph.errors import RequestError, describe_error
from rolegraph.remote.address import Address

USER, PASSWORD, TOKEN = "ROLEGRAPH_USER", "ROLEGRAPH_PASSWORD", "ROLEGRAPH_TOKEN"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The Authorization header of every request, empty where there is none, and the texts that no message may show."""

    header: str = field(default="", repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def hide(self, text: str) -> str:
        """``text`` with stars in place of every secret, should a server repeat one."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def find_credentials(
    address: Address, environment: Mapping[str, str] = os.environ, *, insecure: bool = False
) -> Credentials:
    """The credentials for an address: a token or a name and password of the environment, or the host's entry in netrc.

    Raises RequestError where they contradict each other, and where they would cross a network in the clear.
    """
    token, user, password = (environment.get(name, "") for name in (TOKEN, USER, PASSWORD))
    if token and (user or password):
        raise RequestError(f"both {TOKEN} and {USER} or {PASSWORD} are set; set one of the two kinds")
    if bool(user) != bool(password):
        raise RequestError(f"of {USER} and {PASSWORD} only one is set; set both")
    if not token and not user:
        user, password = _read_netrc(address.host, environment)
    if not token and not user:
        return Credentials()
    if address.scheme == "http" and not address.is_loopback and not insecure:
        raise RequestError(
            f"credentials would cross the network to {address.host} unencrypted; use https://, or add --insecure "
            "where the network is your own"
        )
    return _use_token(token) if token else _use_password(user, password)


def _use_token(token: str) -> Credentials:
    if not token.isascii() or not token.isprintable() or " " in token:
        raise RequestError(f"{TOKEN} holds blanks or signs that no token has; set it to the token alone")
    return Credentials(f"Bearer {token}", (token,))


def _use_password(user: str, password: str) -> Credentials:
    if ":" in user:
        raise RequestError(f"the user's name holds a colon, which HTTP cannot send; correct {USER}")
    coded = base64.b64encode(f"{user}:{password}".encode()).decode()
    return Credentials(f"Basic {coded}", tuple(sorted({coded, password, user}, key=len, reverse=True)))


def _read_netrc(host: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """Name and password of the entry for this very host; two empty texts where there is none."""
    named = environment.get("NETRC")
    home = environment.get("HOME") or environment.get("USERPROFILE")
    place = Path(named) if named else Path(home) / ".netrc" if home else None
    if place is None:
        return "", ""
    try:
        # An entry named `default` is for no host in particular: it is not sent to just any.
        entry = netrc.netrc(str(place)).hosts.get(host)
    except FileNotFoundError:
        return "", ""
    except netrc.NetrcParseError as error:
        raise RequestError(f"{place} cannot be read as netrc (line {error.lineno}); correct it") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = describe_error(error) if isinstance(error, OSError) else "it is not UTF-8 text"
        raise RequestError(f"{place} cannot be read: {reason}") from None
    return (entry[0], entry[2]) if entry and entry[0] and entry[2] else ("", "")
