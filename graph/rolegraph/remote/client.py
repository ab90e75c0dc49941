"""One HTTP client for stores and endpoints: retries what may pass, follows nobody elsewhere, shows no secret."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolegraph.errors import QueryError, RequestError, RolegraphError
from rolegraph.remote.address import Address, read_address
from rolegraph.remote.credentials import Credentials
from rolegraph.remote.deadline import Deadline

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 5
"""How often a request is made before it is given up."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds before the second attempt, at most; and before any, also where the server asks for more."""
CONNECT = 10.0
"""Seconds until a connection stands."""
_LEAST = 0.001
"""Seconds given to a connection at least: none at all would mean not to wait, which is another error."""
MAX_BYTES = 64 << 20
"""The largest answer that is read."""
_EXCERPT = 2_000
_HOPS = 3
_PASSING = frozenset({429, 502, 503, 504})
_SAME_METHOD = frozenset({307, 308})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_HINTS = {
    401: "set ROLEGRAPH_USER and ROLEGRAPH_PASSWORD, or ROLEGRAPH_TOKEN, or write the host into ~/.netrc",
    403: "these credentials may not do this; ask whoever runs the server",
    404: "check the address",
    405: "this address does not take such requests; check the address",
    411: "the server needs the length of what it gets; a proxy may have taken it away",
    413: "the server takes no upload of this size; raise its limit",
    415: "the server does not read this format",
    507: "the server has no room left",
}


class RemoteError(RolegraphError):
    """A request failed for good; ``status`` is what the server answered, None where it did not."""

    def __init__(self, message: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: a method, a URL of the client's own origin, headers, and a body of bytes or of a file.

    ``most`` is the number of bytes after which the answer need not be read on.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Path = b""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: a status of success or one that was asked for, its media type, the body."""

    status: int
    media_type: str
    body: bytes


class _Passing(Exception):  # noqa: N818
    """A failure that may pass: what it was, and after how many seconds the server wants to be asked again."""

    def __init__(self, error: RemoteError, after: float | None = None) -> None:
        self.error, self.after = error, after


class Client:
    """Talks to the host of one address, and to no other. Use it as a context; it holds connections open.

    ``timeout`` is in seconds: for the server's silence in an upload, and then for the whole of its answer.
    """

    def __init__(
        self,
        address: Address,
        credentials: Credentials,
        *,
        timeout: float,
        tell: Callable[[str], None] = lambda step: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = address
        self._credentials = credentials
        self._timeout = timeout
        self._deadline = Deadline()
        self._tell = tell
        self._sleep = sleep
        self._http = _import_httpx()
        try:
            self._client = self._http.Client(
                headers={"User-Agent": "rolegraph", "Accept": "*/*"},
                follow_redirects=False,
            )
        except (ValueError, ImportError, OSError, self._http.InvalidURL):
            # Not repeated: the address of a proxy may hold a password.
            raise RequestError(
                "the proxy or the certificates that the environment names cannot be used; correct HTTP_PROXY, "
                "HTTPS_PROXY, ALL_PROXY, NO_PROXY, SSL_CERT_FILE or SSL_CERT_DIR"
            ) from None
        if credentials.header:
            self._client.headers["Authorization"] = credentials.header

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def send(
        self, request: Request, *, also: frozenset[int] = frozenset(), whole: float | None = None
    ) -> Answer:
        """The answer, which is a success or has a status of ``also``; failures that may pass are tried again.

        ``whole`` seconds are all that the request may take, with its further attempts. Raises RemoteError.
        """
        end = None if whole is None else time.monotonic() + whole
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._deadline.start(self._timeout if whole is None else whole, end=end)
                return self._try(request, also)
            except _Passing as failure:
                wait = _choose_wait(attempt, failure.after)
                if attempt == ATTEMPTS or (end is not None and time.monotonic() + wait >= end):
                    tried = f" (tried {attempt} times)" if attempt > 1 else ""
                    raise RemoteError(f"{failure.error}{tried}", failure.error.status) from None
                self._tell(f"{failure.error}; trying again in {wait:.1f} seconds")
                self._sleep(wait)
        raise AssertionError("the last attempt either answers or raises")

    def _try(self, request: Request, also: frozenset[int]) -> Answer:
        url = request.url
        watched = {"trace": self._deadline.watch}
        for _ in range(_HOPS):
            with self._explain(), _open_body(request.body) as body:
                left = self._deadline.left
                stream = self._client.stream(
                    request.method,
                    url,
                    headers=dict(request.headers),
                    content=body,
                    timeout=self._http.Timeout(
                        self._deadline.seconds, connect=min(CONNECT, max(left, _LEAST))
                    ),
                    extensions=watched,
                )
                with stream as response:
                    target = self._find_target(response)
                    if target is None:
                        return self._read(response, also, request.most)
            url = target
        raise RemoteError(f"{self.address.shown} leads from redirect to redirect; check the address")

    @contextmanager
    def _explain(self) -> Iterator[None]:
        """Turn what the HTTP library raises into errors of ours, without its texts, which may hold anything."""
        http = self._http
        try:
            yield
        except http.TimeoutException as error:
            if isinstance(error, http.ConnectTimeout) and self._deadline.left > 0:
                told = f"no connection to {self.address.shown} within {CONNECT:g} seconds"
            else:
                seconds = self._deadline.seconds
                unit = "second" if seconds == 1 else "seconds"
                told = f"{self.address.shown} did not answer within {seconds:g} {unit}"
            raise _Passing(RemoteError(told)) from None
        except (http.ConnectError, http.ProxyError) as error:
            reason = self.clean(str(error))
            text = f"no connection to {self.address.shown}: {reason}"
            if "CERTIFICATE" in reason.upper():
                raise RemoteError(f"{text}; the certificate of the server is not trusted") from None
            raise _Passing(RemoteError(text)) from None
        except http.TransportError as error:
            reason = self.clean(str(error)) or "the connection broke"
            if "location header" in reason:
                # The library reads where a redirect leads to also where it is not to follow.
                raise RemoteError(f"{self.address.shown} redirects to nowhere that can be followed") from None
            raise _Passing(RemoteError(f"{self.address.shown}: {reason}")) from None
        except (http.HTTPError, http.InvalidURL, http.StreamError) as error:
            raise RemoteError(f"{self.address.shown}: {self.clean(str(error))}") from None

    def _find_target(self, response: httpx.Response) -> str | None:
        """The URL that the server sends us on to, within its own origin; None where it answers itself."""
        if not 300 <= response.status_code < 400 or response.status_code == 304:
            return None
        try:
            url = str(response.url.join(response.headers.get("location", "")))
            target = read_address(url)
        except (RequestError, ValueError, self._http.InvalidURL):
            raise RemoteError(
                f"{self.address.shown} redirects to nowhere that can be followed", 300
            ) from None
        if target.origin != self.address.origin or response.status_code not in _SAME_METHOD:
            raise RemoteError(
                f"{self.address.shown} redirects to {self.clean(target.shown)}, which is not followed; give that "
                "address if it is the right one",
                response.status_code,
            )
        return url

    def _read(self, response: httpx.Response, also: frozenset[int], most: int | None) -> Answer:
        status = response.status_code
        media_type = self.clean(response.headers.get("content-type", "").partition(";")[0]).lower()
        if status < 300 or status in also:
            return Answer(status, media_type, self._read_body(response, most))
        error = self._describe(response, media_type)
        if status in _PASSING:
            raise _Passing(error, _read_after(response.headers.get("retry-after", "")))
        raise error

    def _read_body(self, response: httpx.Response, most: int | None) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if most is not None and size >= most:
                break
            if size > MAX_BYTES:
                raise QueryError(
                    f"the answer is larger than {MAX_BYTES >> 20} MiB; narrow the query, or give it a LIMIT"
                )
        return b"".join(parts)

    def _describe(self, response: httpx.Response, media_type: str) -> RemoteError:
        """The error of a status: the first line of what the server says of it, and what can be done."""
        text = b""
        if media_type in {"", "text/plain", "application/json", "application/problem+json"}:
            with suppress(self._http.HTTPError):
                for part in response.iter_bytes():
                    text += part
                    if len(text) > _EXCERPT:
                        break
        lines = (self.clean(line) for line in text[:_EXCERPT].decode(errors="replace").splitlines())
        said = next((line for line in lines if line), "")
        status = f"{response.status_code} {self.clean(response.reason_phrase)}".strip()
        hint = _HINTS.get(response.status_code, "")
        message = f"{self.address.shown} answered {status}"
        message += f": {said[:300]}" if said and said != response.reason_phrase else ""
        return RemoteError(f"{message}; {hint}" if hint else message, response.status_code)

    def clean(self, text: str) -> str:
        """What a server or a library says, fit for a message: one line, without control characters and secrets."""
        return _CONTROL.sub(" ", self._credentials.hide(text)).strip()


def _import_httpx() -> Any:
    try:
        import httpx
    except ImportError:
        raise RequestError(
            "talking to a server needs the package httpx; install it with: pip install 'rolegraph[web]'"
        ) from None
    return httpx


@contextmanager
def _open_body(body: bytes | Path) -> Iterator[Any]:
    """The bytes, or the file opened anew: a further attempt begins at its beginning."""
    if isinstance(body, bytes):
        yield body
        return
    with body.open("rb") as file:
        # From a file the library takes the length too, so that no server has to take chunks.
        yield file


def _choose_wait(attempt: int, after: float | None) -> float:
    """Seconds before the next attempt: what the server asks for, or twice as many each time, with chance in it."""
    if after is not None:
        return min(after, LONGEST_WAIT)
    return random.uniform(0.5, 1.0) * min(FIRST_WAIT * 2.0 ** (attempt - 1), LONGEST_WAIT)  # noqa: S311


def _read_after(text: str) -> float | None:
    """The seconds of a Retry-After header, which gives seconds or a date; None where it says nothing that is one."""
    if text.strip().isdecimal():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())
