"""The grammar of codes: how they look, how they compose, how they come apart.

A profile code is ``FUNCTION.FOCUS.LEVEL`` (``MANUFA.BIOPROCE4427.M3``), a focus code its first two parts, a
level code a track followed by a rank (``M3``). Skills, function groups and other shared things have slugs.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

TRACK = r"[A-Z]{1,4}"
RANK = r"[1-9][0-9]?"
FUNCTION = r"[A-Z][A-Z0-9_-]{0,31}"
FOCUS = r"[A-Z0-9][A-Z0-9_-]{0,31}"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

TRACK_PATTERN = rf"^{TRACK}$"
LEVEL_PATTERN = rf"^{TRACK}{RANK}$"
FUNCTION_PATTERN = rf"^{FUNCTION}$"
FOCUS_PATTERN = rf"^{FUNCTION}\.{FOCUS}$"
PROFILE_PATTERN = rf"^{FUNCTION}\.{FOCUS}\.{TRACK}{RANK}$"
SLUG_PATTERN = rf"^{SLUG}$"
ID_PATTERN = r"^[0-9a-z][0-9a-z-]{0,63}$"
EDITION_PATTERN = r"^[a-z][a-z0-9-]*@[1-9][0-9]*$"
DIGEST_PATTERN = r"^[0-9a-f]{64}$"
RELEASE_PATTERN = r"^[a-z][a-z0-9]*-[0-9][0-9A-Za-z.-]*$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
DURATION_PATTERN = r"^P(?:[0-9]+[YMWD])+$"
ONET_PATTERN = r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$"
_ONET = re.compile(r"(?<![\d.-])[0-9]{2}-[0-9]{4}\.[0-9]{2}(?![\d-])")
TERM_PATTERN = r"^[A-Z][A-Za-z]+$"

CONTROL_PATTERN = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
"""The characters that no text may hold: control characters but the line feed, halves of pairs, non-characters."""

RESERVED_SCHEMES = frozenset(
    {
        "adjacency", "architecture", "dataset", "edition", "focus", "function", "function-group", "level", "levels",
        "proficiencies", "proficiency", "profile", "region", "regions", "release", "review", "skill", "skills", "status", "statuses", "track",
    }
)  # fmt: skip
"""Codes that no classification may have: in IRIs they stand for parts of the architecture itself."""

_LEVEL = re.compile(rf"({TRACK})({RANK})")
_PROFILE = re.compile(rf"({FUNCTION})\.({FOCUS})\.({TRACK}{RANK})")


class ProfileCode(NamedTuple):
    """The parts of a profile code: function code, focus code (with its function) and level code."""

    function: str
    focus: str
    level: str


def name_control(character: str) -> str:
    """What a character of ``CONTROL_PATTERN`` is, in words.

    >>> name_control("\\t")
    'the control character U+0009'
    """
    code = ord(character)
    what = "half of a surrogate pair" if 0xD800 <= code < 0xE000 else "the non-character"
    return f"{'the control character' if code < 0xD800 else what} U+{code:04X}"


def split_level(code: str) -> tuple[str, int]:
    """Track and rank of a level code; ValueError where it is none.

    >>> split_level("M3")
    ('M', 3)
    """
    match = _LEVEL.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is not a level code (a track and a rank, such as M3)")
    return match[1], int(match[2])


def split_profile(code: str) -> ProfileCode:
    """Function, focus and level of a profile code; ValueError where it is none.

    >>> split_profile("MANUFA.BIOPROCE4427.M3")
    ProfileCode(function='MANUFA', focus='MANUFA.BIOPROCE4427', level='M3')
    """
    match = _PROFILE.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is not a profile code (FUNCTION.FOCUS.LEVEL)")
    return ProfileCode(match[1], f"{match[1]}.{match[2]}", match[3])


def compose_profile(focus: str, level: str) -> str:
    """The profile code of a focus at a level.

    >>> compose_profile("MANUFA.BIOPROCE4427", "M3")
    'MANUFA.BIOPROCE4427.M3'
    """
    return f"{focus}.{level}"


def find_occupation(text: str) -> str | None:
    """The O*NET-SOC code in a text; None where it names none or several.

    >>> find_occupation("O*NET 51-3011.00 Bakers"), find_occupation("Interviews with bakers")
    ('51-3011.00', None)
    """
    found = set(_ONET.findall(text))
    return found.pop() if len(found) == 1 else None


def text_id(text: str) -> str:
    """The id that a text gets when it is first read: eight hex digits of the SHA-256 of its NFC form.

    It is stored with the record and stays when the text is corrected later.
    """
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
