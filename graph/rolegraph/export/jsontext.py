"""JSON that may stand anywhere, in the script element of a page too."""

from __future__ import annotations

import json
import re
from typing import Final

# Inside a script element "</script>" and "<!--" mean something; two line ends of Unicode end a line in old engines; what
# is no character may be dropped on the way.
_RISKY: Final = re.compile("[<>&\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def write_json(value: object, indent: int | None = None) -> str:
    r"""A value as JSON: its own letters, and what a page would take for markup as escapes.

    >>> write_json({"a": "</script>é"})
    '{"a": "\\u003c/script\\u003eé"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text) if _RISKY.search(text) else text
