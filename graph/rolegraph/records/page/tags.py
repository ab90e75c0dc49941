"""The elements of HTML, by what they do to the lines of a page."""

from __future__ import annotations

from typing import Final

BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "dialog", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "html", "legend", "li", "main", "ol", "option", "p", "pre", "search", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
"""Elements that begin and end a line."""

INLINES: Final = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "button", "center", "cite", "code", "del", "dfn", "em", "font", "i",
        "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
"""Elements inside a line."""

SILENT: Final = frozenset(
    {
        "canvas", "head", "iframe", "nav", "noscript", "object", "script", "style", "svg", "template", "title",
        "video", "audio",
    }
)  # fmt: skip
"""Elements whose content is no part of what a page says."""

VOID: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    }
)  # fmt: skip
"""Elements that have no content and no end."""

OPEN_ENDED: Final = {
    "li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}), "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th", "tr"}), "th": frozenset({"td", "th", "tr"}), "p": BLOCKS - {"br"},
    "option": frozenset({"option"}),
}  # fmt: skip
"""Elements whose end need not be written, and those that end them when they begin."""

AROUND: Final = frozenset(
    {"ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr", "div", "section", "main", "body"}
)
"""Elements that end an item, row or paragraph inside them whose own end is not written."""
