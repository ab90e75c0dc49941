"""A scene as SVG: text stays text, nothing is fetched, and it can stand in a page as it is."""

from __future__ import annotations

import re
from typing import Final

from rolegraph.report.pictures.scene import (
    HEIGHT,
    WIDTH,
    Area,
    Box,
    Dash,
    Dot,
    Label,
    Line,
    Point,
    Scene,
    Shape,
)

FONTS: Final = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', sans-serif"

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def paint_svg(scene: Scene) -> str:
    """The scene as one SVG element with a title and a description; nothing in it has an id, so that pages may hold many."""
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_escape(FONTS)}">',
        f"<title>{_escape(scene.title)}</title>",
        f"<desc>{_escape(scene.description)}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    lines += map(_paint, scene.shapes)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _paint(shape: Shape) -> str:
    match shape:
        case Box():
            return (
                f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}"'
                f' height="{_number(shape.height)}"{_round(shape.radius)} fill="{shape.fill or "none"}"'
                f"{_stroke(shape.stroke, shape.thickness, shape.dash)}/>"
            )
        case Line():
            return f'<polyline points="{_points(shape.points)}" fill="none"{_stroke(shape.stroke, shape.thickness, shape.dash)}/>'
        case Area():
            return f'<polygon points="{_points(shape.points)}" fill="{shape.fill}"/>'
        case Dot():
            return (
                f'<circle cx="{_number(shape.x)}" cy="{_number(shape.y)}" r="{_number(shape.radius)}"'
                f' fill="{shape.fill}"{_stroke(shape.stroke, shape.thickness, ())}/>'
            )
        case Label():
            weight = ' font-weight="600"' if shape.bold else ""
            anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
            # Whatever font stands in for Inter, the text takes the room that it was laid out for.
            left, _, right, _ = shape.extent
            full = f"<title>{_escape(shape.full)}</title>" if shape.full else ""
            return (
                f'<text x="{_number(shape.x)}" y="{_number(shape.y)}" font-size="{_number(shape.size)}"'
                f' fill="{shape.colour}"{weight}{anchor} textLength="{_number(right - left)}"'
                f' lengthAdjust="spacingAndGlyphs">{full}{_escape(shape.text)}</text>'
            )


def _round(radius: float) -> str:
    return f' rx="{_number(radius)}"' if radius else ""


def _stroke(colour: str | None, thickness: float, dash: Dash) -> str:
    if colour is None:
        return ""
    gaps = f' stroke-dasharray="{" ".join(map(_number, dash))}"' if dash else ""
    return f' stroke="{colour}" stroke-width="{_number(thickness)}"{gaps}'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _escape(text: str) -> str:
    shown = _UNSEEN.sub(lambda match: ascii(match[0])[1:-1], text)
    return "".join(_ESCAPES.get(character, character) for character in shown)
