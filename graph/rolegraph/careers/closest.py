"""What is said of a name that nothing answers to: the closest known ones, or, where none is close, all there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rolegraph.errors import UnknownError

_SHOWN = 10
"""How many known names are told where none is close."""


def refuse_unknown(
    kind: str, name: str, known: Sequence[str], others: Iterable[str] = (), hint: str = ""
) -> UnknownError:
    """The error for a name that is none of ``known``, nor of ``others``, which are offered as well where close.

    ``hint`` tells where to read more.

    >>> str(refuse_unknown("edition", "pay", ["content@1", "pay@1"]))
    "there is no edition 'pay'; did you mean pay@1?"
    """
    from difflib import get_close_matches

    folded = {text.casefold(): text for text in (*others, *known) if text}
    wanted = name.strip().casefold()
    # A code without its last part is meant as often as one that is misspelt.
    begun = [text for key, text in folded.items() if wanted and key.startswith(f"{wanted}@")]
    close = begun or [folded[key] for key in get_close_matches(wanted, folded, n=3)]
    told = ", ".join(known[:_SHOWN]) + (f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else "")
    rest = "" if close else f"; there {'are' if len(known) > 1 else 'is'} {told or 'none'}{hint}"
    return UnknownError(f"there is no {kind} {name!r}{rest}", close)


def refuse_edition(name: str, known: Sequence[str]) -> UnknownError:
    """The error for an edition that is none of those that can be asked for."""
    return refuse_unknown("edition", name, known, hint=" (rolegraph editions tells what each measures)")


def refuse_level(name: str, tracks: Mapping[str, Sequence[str]]) -> UnknownError:
    """The error for a level that is on none of the tracks, whose levels are given by rank.

    >>> str(refuse_level("P9", {"P": ["P1", "P2"]}))
    "there is no level 'P9'; track P runs from P1 to P2; did you mean P2?"
    """
    wanted = name.strip().upper()
    letters = wanted.rstrip("0123456789")
    number = wanted.removeprefix(letters)
    ranges = {track: f"from {levels[0]} to {levels[-1]}" for track, levels in tracks.items() if levels}
    if letters not in ranges:
        told = ", ".join(f"{track} runs {span}" for track, span in ranges.items())
        return UnknownError(
            f"there is no level {name!r}; " + (f"track {told}" if told else "there are no levels")
        )

    def count_apart(level: str) -> int:
        own = level.removeprefix(letters)
        return abs(int(own) - int(number)) if own.isdecimal() and number else 0

    closest = [min(tracks[letters], key=count_apart)] if number else []
    return UnknownError(f"there is no level {name!r}; track {letters} runs {ranges[letters]}", closest)
