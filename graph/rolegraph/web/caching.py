"""Answers that a client may keep: each has a tag made from its content (RFC 9110, section 8.8.3), and is asked for again by it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response


def make_tag(content: bytes, media_type: str) -> str:
    """The strong tag of some content in one form."""
    return f'"{hashlib.sha256(media_type.encode() + content).hexdigest()[:32]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client that reads has what bears the tag (``If-None-Match``, RFC 9110, section 13.1.2)."""
    tags = request.headers.get("if-none-match")
    if tags is None or request.method not in {"GET", "HEAD"}:
        return False
    return tags.strip() == "*" or tag in {known.strip().removeprefix("W/") for known in tags.split(",")}


def answer_kept(
    request: Request, content: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Some content with its tag; 304 without it where the client has it."""
    tag = make_tag(content, media_type)
    said = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    if is_known(request, tag):
        return Response(status_code=304, headers=said)
    return Response(content, headers={**said, "Content-Type": media_type})
