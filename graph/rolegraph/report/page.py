"""Answers as pages for a browser: whole in one file, which reaches for nothing."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from rolegraph.report.layout import printable


def write_document(title: str, header: str, main: str, footer: str, style: str, script: str = "") -> str:
    """A page of HTML; ``title`` is text, the other parts are HTML that is escaped already."""
    run = f"<script>{script}</script>\n" if script else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_write_policy(script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="rolegraph">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n{header}\n</header>\n<main>\n{main}</main>\n"
        f"<footer>{footer}</footer>\n{run}</body>\n</html>\n"
    )


def write_text(text: str) -> str:
    """A text in HTML: escaped, and what cannot be seen is spelt out."""
    seen = printable(text).encode("utf-8", "backslashreplace").decode()
    return escape(seen).replace("\n", "<br>")


def _write_policy(script: str) -> str:
    """What a page may do: show itself and run its one script, if it has one, and reach for nothing."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    runs = f" script-src 'sha256-{digest}';" if script else ""
    return f"default-src 'none'; style-src 'unsafe-inline';{runs} form-action 'none'"
