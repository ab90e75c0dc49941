"""What kind of file bytes are, where they are no text: told by how they begin."""

from __future__ import annotations

from typing import Final

_STARTS: Final = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
)


def name_format(data: bytes) -> str | None:
    """The kind of file, with its article; None for what may be text.

    >>> name_format(b"%PDF-1.7")
    'a PDF document'
    """
    return next((kind for start, kind in _STARTS if data.startswith(start)), None)
