"""Saved profile pages (text, Markdown, HTML) -> what they state, as records.

Bytes become lines (``decode``, ``lines``, ``markup``), lines become sections (``sections``) by a form that is
recognised by content (``forms``), each section has a reader of its own that adds to a ``draft``, and the facts of
all pages become records (``assemble``, ``harvest``). What is read is verbatim but for Unicode form, blanks and
markup; a line that nothing accounts for is a problem or a note.
"""

from __future__ import annotations

from rolegraph.records.page.decode import MAX_BYTES as MAX_BYTES
from rolegraph.records.page.harvest import PageHarvest as PageHarvest
from rolegraph.records.page.harvest import read_pages as read_pages
from rolegraph.records.page.single import PageReading as PageReading
from rolegraph.records.page.single import read_page as read_page

__all__ = ["MAX_BYTES", "PageHarvest", "PageReading", "read_page", "read_pages"]
