"""Colours and lines of pictures: dark enough for print, and told apart without colour by dashes and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rolegraph.report.layout import BANDS
from rolegraph.report.pictures.scene import Dash

INK: Final = "#17202b"
SOFT: Final = "#55606e"
"""The colour of what stands back; it keeps a contrast of 6 to 1 on white."""

HAIR: Final = "#d3d9e0"
PANEL: Final = "#f4f6f8"
ACCENT: Final = "#1d4f7c"
MISSING: Final = "#8a94a1"

DASHED: Final = (6.0, 5.0)


@dataclass(frozen=True, slots=True)
class BandStyle:
    """How a match band is drawn and named: in all its words, and in one where there is little room."""

    colour: str
    dash: Dash
    words: str
    word: str


_BANDS: Final = {
    "confident": ("#0b6b5d", ()),
    "needs-review": ("#8f5f00", (6.0, 4.0)),
    "no-match": ("#a32a3c", (2.0, 3.5)),
}
_NONE: Final = BandStyle(SOFT, (), "no match band", "no band")


def style_band(band: str | None) -> BandStyle:
    """The style of a match band, with both its words; an edition may have none."""
    if band is None:
        return _NONE
    colour, dash = _BANDS[band]
    return BandStyle(colour, dash, f"{BANDS[band]} · {band}", BANDS[band])
