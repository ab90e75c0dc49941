"""From what people call a role or a focus to its code.

A role answers to its code in any letter case, to the organisation's own job code, to its title, and to its title
aliases, in this order; a focus to its code and its label. Letter case, runs of white space and the length of a
dash do not matter in titles. What
several answer to is refused with the candidates, what nobody answers to with the closest ones, what is retired
with its successor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rolegraph.errors import RequestError, UnknownError

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster

CLOSEST = 3
"""How many close codes or titles are named."""
CANDIDATES = 10
"""How many candidates of an ambiguous title are listed."""


def resolve_profile(roster: Roster, text: str) -> str:
    """The code of the profile in use that ``text`` names.

    Raises UnknownError with the closest codes or titles, and RequestError for an ambiguous or retired one.
    """
    found = _match_profiles(roster, text)
    if not found:
        raise _tell_unknown(roster, text, "profile")
    return _choose(roster, text, found)


def resolve_focus(roster: Roster, text: str) -> str:
    """The code of the focus in use that ``text`` names, by code or label; errors as :func:`resolve_profile`."""
    found = _match_focuses(roster, text)
    if not found:
        raise _tell_unknown(roster, text, "focus")
    return _choose(roster, text, found)


def resolve_end(roster: Roster, text: str, *, retired: bool = False) -> str:
    """The code of the profile or focus that ``text`` names; errors as :func:`resolve_profile`.

    With ``retired`` what is no longer in use is named as well.

    The two are told apart by their codes: a focus code has one dot, a profile code two. A name that a role shares
    with its own focus is the role's.
    """
    code = text.strip().upper()
    if roster.find_focus(code) is not None:
        return _choose(roster, text, [code], retired=retired)
    found = _match_profiles(roster, text)
    if found != [code]:
        focuses = _match_focuses(roster, text)
        # A role is often called as its focus is; who says the name means the role, whose focus has a code.
        if not (len(found) == 1 and focuses == [found[0].rpartition(".")[0]]):
            found += focuses
    if not found:
        raise _tell_unknown(roster, text, "profile or focus")
    return _choose(roster, text, found, retired=retired)


def resolve_place(roster: Roster, text: str) -> str:
    """The code of the function, focus or profile that ``text`` names; errors as :func:`resolve_profile`.

    A function answers to its code in any letter case, and to its label where no focus or role is called so.
    """
    code = text.strip().upper()
    if code in roster.function_codes:
        return code
    try:
        return resolve_end(roster, text)
    except UnknownError as unknown:
        labels = zip(roster.function_codes, roster.function_labels, strict=True)
        found = [code for code, label in labels if label and _fold(label) == _fold_given(text)]
        if len(found) == 1:
            return found[0]
        if "." in text:
            raise
        from rapidfuzz import process

        close = process.extract(code, list(roster.function_codes), limit=CLOSEST, score_cutoff=60)
        closest = [name for name, _, _ in close] or list(unknown.closest)
        raise UnknownError(f"there is no function, focus or profile {text!r}", closest) from None


def resolve_places(roster: Roster, *lists: Iterable[str]) -> list[tuple[str, ...]]:
    """The codes of what several lists of names name.

    Raises RequestError (UnknownError, if it is one name) with all that cannot be resolved.
    """
    found: list[tuple[str, ...]] = []
    errors: dict[str, RequestError] = {}
    for names in lists:
        codes = []
        for name in names:
            try:
                codes.append(resolve_place(roster, name))
            except RequestError as error:
                errors.setdefault(str(error), error)
        found.append(tuple(codes))
    if len(errors) == 1:
        raise next(iter(errors.values()))
    if errors:
        raise RequestError("; ".join(errors))
    return found


def resolve_ends(roster: Roster, text: str) -> list[str]:
    """The codes of the profiles and focuses that ``text`` names, several of them parted by commas.

    A title may hold a comma itself, so the whole text is tried first. Errors as :func:`resolve_profile`.
    """
    try:
        return [resolve_end(roster, text)]
    except UnknownError:
        parts = [part for part in text.split(",") if part.strip()]
        if len(parts) < 2:
            raise
        return list(dict.fromkeys(resolve_end(roster, part) for part in parts))


def _match_profiles(roster: Roster, text: str) -> list[str]:
    code = text.strip().upper()
    if roster.find_profile(code) is not None:
        return [code]
    wanted = _fold_given(text)
    for folded_names in (_fold_job_codes, _fold_titles, _fold_aliases):
        found = [at for at, name in folded_names(roster) if name == wanted]
        if found:
            return [roster.code_of(at) for at in found if not roster.is_retired(at)] or [
                roster.code_of(found[0])
            ]
    return []


def _match_focuses(roster: Roster, text: str) -> list[str]:
    code = text.strip().upper()
    if roster.find_focus(code) is not None:
        return [code]
    wanted = _fold_given(text)
    found = [at for at, label in enumerate(roster.focus_labels) if _fold(label) == wanted]
    codes = [roster.focus_codes[at] for at in found if not roster.is_focus_retired(at)]
    return codes or [roster.focus_codes[at] for at in found[:1]]


def _choose(roster: Roster, text: str, codes: list[str], *, retired: bool = False) -> str:
    if len(codes) > 1:
        listed = "; ".join(f"{code} ({roster.title_of(code)})" for code in codes[:CANDIDATES])
        more = f" and {len(codes) - CANDIDATES} more" if len(codes) > CANDIDATES else ""
        raise RequestError(f"{text!r} names {len(codes)} things: {listed}{more}; give the code")
    [code] = codes
    if retired:
        return code
    # Says so where it is retired.
    if code.count(".") == 1:
        roster.locate_focus(code)
    else:
        roster.locate_profile(code)
    return code


_DASHES = str.maketrans("‐‑‒–—", "-----")


def _fold(text: str) -> str:
    return " ".join(text.translate(_DASHES).split()).casefold()


def _fold_given(text: str) -> str:
    """The same for what a user typed, which need not be in the normal form that records are in."""
    if text.isascii():
        return _fold(text)
    from unicodedata import normalize

    return _fold(normalize("NFC", text))


def _fold_job_codes(roster: Roster) -> Iterator[tuple[int, str]]:
    if roster.job_codes.blob:
        yield from ((at, _fold(code)) for at, code in enumerate(roster.job_codes) if code)


def _fold_titles(roster: Roster) -> Iterator[tuple[int, str]]:
    return ((at, _fold(title)) for at, title in _list_titles(roster))


def _fold_aliases(roster: Roster) -> Iterator[tuple[int, str]]:
    if roster.aliases.blob:
        yield from (
            (at, _fold(alias))
            for at, several in enumerate(roster.aliases)
            for alias in several.split("\n")
            if alias
        )


def _list_titles(roster: Roster) -> Iterator[tuple[int, str]]:
    labels = list(roster.focus_labels)
    places = zip(roster.profile_focus, roster.profile_level, roster.profile_titles, strict=True)
    for at, (focus, level, own) in enumerate(places):
        yield at, own or f"{labels[focus]} — {roster.level_codes[level]}"


def _is_code(code: str) -> bool:
    """Whether this looks like a code of ours, so that the closest codes help more than the closest titles."""
    parts = code.split(".")
    return len(parts) in {2, 3} and all(
        part and part.isascii() and part.replace("_", "").replace("-", "").isalnum() for part in parts
    )


def _tell_unknown(roster: Roster, text: str, kind: str) -> UnknownError:
    """The error for a name that nothing answers to, with the closest codes (for a code) or titles."""
    from rapidfuzz import fuzz, process

    code = text.strip().upper()
    if hint := _tell_kin(roster, text, kind):
        return UnknownError(hint)
    if _is_code(code):
        wanted, names = code, _list_codes(roster, kind)
    else:
        wanted, names = _fold_given(text), list(_list_names(roster, kind))
    folded = [_fold(name) for name in names] if wanted != code else names
    # Ask for more than are shown: equal scores are put in order of their names, not of their discovery.
    close = process.extract(wanted, folded, scorer=fuzz.ratio, limit=20, score_cutoff=60)
    ranked = sorted((-score, names[at]) for _, score, at in close)
    closest = list(dict.fromkeys(name for _, name in ranked))[:CLOSEST]
    where = f"there is no {kind} {text!r}"
    if not closest:
        where += f"; rolegraph list {'focuses' if kind == 'focus' else 'profiles'} shows what there is"
    return UnknownError(where, closest)


def _tell_kin(roster: Roster, text: str, kind: str) -> str | None:
    """What to say where ``text`` names something of another kind: a function, or a focus in place of a role."""
    code = text.strip().upper()
    if code in roster.function_codes:
        focuses = [roster.focus_codes[at] for at in roster.focuses_of(roster.locate_function(code))]
        more = f" and {len(focuses) - CANDIDATES} more" if len(focuses) > CANDIDATES else ""
        listed = ", ".join(focuses[:CANDIDATES])
        return f"{code} is a function, no {kind}; its focuses are {listed}{more}"
    if "focus" not in kind and (found := _match_focuses(roster, text)):
        focus = roster.find_focus(found[0])
        rungs = (
            [] if focus is None else [roster.code_of(at) for at in sorted(roster.rungs_of(focus).values())]
        )
        if rungs:
            return f"{text!r} is the focus {found[0]}, no {kind}; its roles are {', '.join(rungs)}"
    return None


def _list_codes(roster: Roster, kind: str) -> list[str]:
    codes = roster.list_codes()
    profiles = [codes[at] for at in roster.active_profiles()] if "profile" in kind else []
    return profiles + (list(roster.focus_codes) if "focus" in kind else [])


def _list_names(roster: Roster, kind: str) -> Iterator[str]:
    if "profile" in kind:
        yield from (title for at, title in _list_titles(roster) if not roster.is_retired(at))
    if "focus" in kind:
        yield from roster.focus_labels
