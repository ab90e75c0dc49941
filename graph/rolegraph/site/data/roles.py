"""The roster for scripts: what distances and paths are computed from, in the columns of the compact form.

A script finds the same columns under the same names as :class:`rolegraph.careers.roster.Roster` reads, less those that
it does not compute from. Lists of texts and numbers are plain JSON, which a browser reads fastest.
"""

from __future__ import annotations

from typing import Final

from rolegraph.careers.columns import Texts
from rolegraph.site.book import Book, write_data

_COLUMNS: Final = (
    *("track.code", "level.code", "level.track", "level.rank", "level.rung", "level.used"),
    *("level.years_min", "level.years_max"),
    *("group.functions:at", "group.functions", "function.code", "function.label", "function.group"),
    *(
        "function.focuses:at",
        "focus.code",
        "focus.label",
        "focus.profiles:at",
        "focus.scope",
        "focus.uses:at",
    ),
    *("focus.retired", "focus.retired_note", "focus.successor"),
    *("profile.level", "profile.flags", "profile.title", "profile.set"),
    *("profile.retired", "profile.retired_note", "profile.successor"),
    *("pay.median", "pay.kind", "pay.inherited"),
    *("skill.label", "use.skill", "use.label", "use.levels:at", "use.levels", "use.asked:at", "use.asked"),
    *("proficiency.label", "set.skills:at", "set.skills"),
    *("edition.code", "edition.form", "edition.numbers:at", "edition.numbers"),
)


def make_roles(book: Book) -> bytes:
    """``data/roles.js``: the columns by name; the names of pages that are not called as their roles are; and by form
    the names of the constants of its editions, in order.
    """
    from rolegraph.careers.forms import FORMS

    columns = book.roster.columns
    data: dict[str, object] = {}
    for name in _COLUMNS:
        column = columns[name]
        data[name] = list(column) if isinstance(column, Texts) else column.tolist()
    codes = book.roster.list_codes()
    # Most pages are called as their role is.
    data["pages"] = {code: name for code in codes if (name := book.addresses.name("profile", code)) != code}
    data["forms"] = {form: list(shape.constants) for form, shape in sorted(FORMS.items())}
    return write_data("roles", data)
