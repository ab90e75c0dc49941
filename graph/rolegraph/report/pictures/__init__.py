"""Answers as pictures of the size of a slide: laid out once as a scene, painted as SVG or PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rolegraph import answers
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.report.pictures.scene import Scene


def draw_svg(answer: Any, title: Callable[[str], str]) -> str:
    """An answer as SVG, which can stand in a page as it is; ``title`` tells the title of a code.

    Raises RequestError for an answer that has no picture.
    """
    from rolegraph.report.pictures.svg import paint_svg

    return paint_svg(draw_scene(answer, title))


def draw_png(answer: Any, title: Callable[[str], str]) -> bytes:
    """An answer as a PNG file of 2560 by 1440 pixels.

    Raises RequestError for an answer that has no picture, and where the font lacks characters.
    """
    from rolegraph.report.pictures.png import paint_png

    return paint_png(draw_scene(answer, title))


def draw_scene(answer: Any, title: Callable[[str], str]) -> Scene:
    """An answer as a scene, before it is painted. Raises RequestError for an answer that has no picture."""
    if isinstance(answer, answers.Ladder):
        from rolegraph.report.pictures.ladder import draw_ladder

        return draw_ladder(answer, title)
    if isinstance(answer, answers.Paths):
        from rolegraph.report.pictures.path import draw_path

        return draw_path(answer, title)
    if isinstance(answer, answers.Adjacent | answers.Hidden | answers.PersonAdjacent):
        from rolegraph.report.pictures.neighbourhood import draw_neighbourhood

        return draw_neighbourhood(answer, title)
    if isinstance(answer, answers.AllAdjacent):
        what = "The nearest roles of every role have no picture"
        instead = "; for all of them ask for --format dot, csv or xlsx"
    else:
        what, instead = "This answer has no picture", ""
    raise RequestError(
        f"{what}; what can be drawn is one ladder, the paths between two roles, and the nearest roles of one role"
        f" (adjacent ROLE) or of a person's skills{instead}"
    )
