"""A picture before it is painted: boxes, lines, areas, dots and labels on a slide of 1280 by 720 units."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from rolegraph.report.layout import printable
from rolegraph.report.pictures.lettering import ASCENT, DESCENT, fit, measure

WIDTH: Final = 1280
HEIGHT: Final = 720

Point = tuple[float, float]
Dash = tuple[float, ...]
"""The lengths of strokes and of gaps in turn; empty for a line without gaps."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, with round corners where ``radius`` is not 0."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 1
    radius: float = 0
    dash: Dash = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line through two points or more."""

    points: tuple[Point, ...]
    stroke: str
    thickness: float = 1
    dash: Dash = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle around a point."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str | None = None
    thickness: float = 1


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; ``y`` is the line that its letters stand on. ``full`` is the whole of a text that is cut."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"
    full: str = ""

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom edge of the text."""
        width = measure(self.text, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - self.size * ASCENT, left + width, self.y + self.size * DESCENT


Shape = Box | Line | Area | Dot | Label


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: what it is called, what it shows in words, and its shapes from back to front."""

    title: str
    description: str
    shapes: tuple[Shape, ...]


class Draft:
    """A scene in the making."""

    def __init__(self) -> None:
        self.shapes: list[Shape] = []

    def add(self, *shapes: Shape) -> None:
        """Put shapes in front of those that are there."""
        self.shapes.extend(shapes)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        width: float,
        *,
        lines: int = 1,
        bold: bool = False,
        anchor: Anchor = "start",
        leading: float = 1.3,
    ) -> float:
        """Write a text from the line ``y`` down, in at most so many lines of ``width``; return the line that follows."""
        whole = clean(text)
        broken = fit(whole, size, width, lines=lines, bold=bold)
        cut = "".join("".join(broken).split()) != "".join(whole.split())
        for number, line in enumerate(broken):
            full = whole if cut and number == len(broken) - 1 else ""
            at = round(x, 2), round(y + number * size * leading, 2)
            self.add(Label(*at, line, size, colour, bold, anchor, full))
        return y + len(broken) * size * leading


def clean(text: str) -> str:
    """The text in one line and in composed letters, its control characters shown as escapes.

    >>> clean("a\\nb\\x07")
    'a b\\\\x07'
    """
    composed = unicodedata.normalize(
        "NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
    return printable(" ".join(composed.split()))
