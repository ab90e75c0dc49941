"""The match bands."""

from __future__ import annotations

from typing import Final, Literal

Band = Literal["confident", "needs-review", "no-match"]
BANDS: Final = {"confident": "near", "needs-review": "check", "no-match": "far"}
"""The match bands, and the words that people read beside them."""
