"""What almost is the code of a page's profile, for a page that is of no known form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rolegraph.model import codes
from rolegraph.records.page.draft import Draft, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import split_sections

_PROFILE: Final = re.compile(codes.PROFILE_PATTERN)
_FOCUS: Final = re.compile(codes.FOCUS_PATTERN)
_INSIDE: Final = re.compile(
    rf"(?:[^\W\d_][\w ]{{0,20}}:\s*|[(\[`]\s*)?(?P<code>{codes.PROFILE_PATTERN[1:-1]})(?:[^\w.].{{0,30}})?"
)
"""A code with a name before it, or a little behind it."""

_LEAST: Final = 3
"""A page of a profile has at least so many sections that are known."""


def refuse_form(lines: Sequence[Line], draft: Draft) -> None:
    """Refuses a page without a code, and names the line that almost is one."""
    sections = split_sections(lines)
    opening = sections["opening"].lines
    for line in opening if len(sections) >= _LEAST else ():
        text = line.text.strip(" .,;:")
        if _PROFILE.fullmatch(text.upper()):
            why = "is no code: codes have capital letters" if text == line.text else "is no code as it stands"
            _refuse(line, why, f"write {text.upper()}", draft)
            return
        if _FOCUS.fullmatch(text.upper()) and "." in text:
            level = next((one.text for one in opening if re.fullmatch(codes.LEVEL_PATTERN, one.text)), "M3")
            _refuse(
                line,
                "is a code without its level",
                f"write it with the level, such as {text.upper()}.{level}",
                draft,
            )
            return
        if found := _INSIDE.fullmatch(line.text):
            _refuse(line, "holds more than a code", f"put {found['code']} on a line of its own", draft)
            return
    draft.refuse(
        "page-form-unknown",
        "the page has no code of a profile before its focus, and is of no form that is known",
        lines[0].number if lines else None,
        "give a profile page from its beginning, with a line such as MANUFA.BIOPROCE4427.M3",
    )


def _refuse(line: Line, why: str, remedy: str, draft: Draft) -> None:
    draft.refuse("page-code", f"the line {shorten(line.text)} {why}", line.number, remedy)
