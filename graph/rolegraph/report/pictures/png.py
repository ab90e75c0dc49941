"""A scene as PNG at twice its size, with the font that it was measured with."""

from __future__ import annotations

import io
import itertools
import math
from typing import TYPE_CHECKING, Final

from rolegraph.errors import RequestError
from rolegraph.report.pictures.lettering import find_missing, open_font
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

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SCALE: Final = 2
"""The pixels of the file for one unit of the scene."""

_FINE: Final = 2
"""The picture is painted so many times larger and then reduced, which makes its edges smooth."""

_DPI: Final = 192
"""At this resolution the picture has the size of a slide: 13.33 by 7.5 inches."""

_ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}


def paint_png(scene: Scene) -> bytes:
    """The scene as a PNG file of 2560 by 1440 pixels; the same scene gives the same pixels on every machine.

    Raises RequestError where the font lacks characters of a text.
    """
    from PIL import Image, ImageDraw

    missing = find_missing(shape.text for shape in scene.shapes if isinstance(shape, Label))
    if missing:
        shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise RequestError(
            f"the font of PNG pictures has no {shown}{more}; ask for --format svg, which is shown with the fonts of"
            " the reader's machine"
        )
    factor = SCALE * _FINE
    image = Image.new("RGB", (WIDTH * factor, HEIGHT * factor), "#ffffff")
    draw = ImageDraw.Draw(image)
    for shape in scene.shapes:
        _paint(draw, shape, factor)
    out = io.BytesIO()
    image.reduce(_FINE).save(out, "PNG", dpi=(_DPI, _DPI))
    return out.getvalue()


def _paint(draw: ImageDraw, shape: Shape, factor: int) -> None:
    match shape:
        case Box():
            _paint_box(draw, shape, factor)
        case Line():
            _paint_line(draw, shape.points, shape.stroke, shape.thickness, shape.dash, factor)
        case Area():
            draw.polygon([(x * factor, y * factor) for x, y in shape.points], fill=shape.fill)
        case Dot():
            # A stroke lies half inside and half outside of its outline, as it does in SVG.
            rim = shape.thickness / 2 if shape.stroke else 0.0
            draw.circle(
                (shape.x * factor, shape.y * factor),
                (shape.radius + rim) * factor,
                fill=shape.fill,
                outline=shape.stroke,
                width=round(shape.thickness * factor) if shape.stroke else 0,
            )
        case Label():
            font = open_font(round(shape.size * factor), shape.bold)
            at = (shape.x * factor, shape.y * factor)
            draw.text(at, shape.text, fill=shape.colour, font=font, anchor=_ANCHORS[shape.anchor])


def _paint_box(draw: ImageDraw, box: Box, factor: int) -> None:
    rim = box.thickness / 2 if box.stroke and not box.dash else 0.0
    draw.rounded_rectangle(
        (
            (box.x - rim) * factor,
            (box.y - rim) * factor,
            (box.x + box.width + rim) * factor - 1,
            (box.y + box.height + rim) * factor - 1,
        ),
        radius=(box.radius + rim) * factor if box.radius else 0,
        fill=box.fill,
        outline=None if box.dash else box.stroke,
        width=round(box.thickness * factor),
    )
    if box.stroke and box.dash:
        _paint_line(draw, _trace(box), box.stroke, box.thickness, box.dash, factor)


def _trace(box: Box) -> tuple[Point, ...]:
    """The outline of a box, its corners in short straight steps."""
    left, top, r = box.x, box.y, box.radius
    right, bottom = left + box.width, top + box.height
    corners = (
        (left + r, top + r, 180), (right - r, top + r, 270), (right - r, bottom - r, 0), (left + r, bottom - r, 90),
    )  # fmt: skip
    points = [
        (x + r * math.cos(math.radians(start + turn)), y + r * math.sin(math.radians(start + turn)))
        for x, y, start in corners
        for turn in range(0, 91, 15)
    ]
    return (*points, points[0])


def _paint_line(
    draw: ImageDraw, points: tuple[Point, ...], colour: str, thickness: float, dash: Dash, factor: int
) -> None:
    width = round(thickness * factor)
    for stroke in _cut(points, dash):
        draw.line([(x * factor, y * factor) for x, y in stroke], fill=colour, width=width, joint="curve")


def _cut(points: tuple[Point, ...], dash: Dash) -> list[list[Point]]:
    """The strokes of a dashed line; a line without gaps is one."""
    if not dash:
        return [list(points)]
    strokes: list[list[Point]] = [[points[0]]]
    number, left = 0, dash[0]
    for (x, y), (to_x, to_y) in itertools.pairwise(points):
        length = math.hypot(to_x - x, to_y - y)
        gone = 0.0
        while length - gone > left:
            gone += left
            share = gone / length
            at = (x + (to_x - x) * share, y + (to_y - y) * share)
            if number % 2 == 0:
                strokes[-1].append(at)
            else:
                strokes.append([at])
            number += 1
            left = dash[number % len(dash)]
        left -= length - gone
        if number % 2 == 0:
            strokes[-1].append((to_x, to_y))
    return [stroke for stroke in strokes if len(stroke) > 1]
