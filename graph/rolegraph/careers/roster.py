"""The roster: what there is, as columns from which distances, moves, ladders and paths are computed.

Everything is a position: profiles, focuses, functions, levels, tracks, skills and skill sets are counted from 0.
Profiles stand in the order of their codes, so the smaller position is the smaller code. The columns come from a
Taxonomy (:meth:`Roster.from_taxonomy`) or from a snapshot of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from rolegraph.careers.columns import Columns, Texts
from rolegraph.careers.forms import DOCUMENTED, FORMS, RETIRED
from rolegraph.errors import RequestError, UnknownError

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.library import Library

DESCRIPTOR = ("summary", "scope", "autonomy", "complexity", "impact", "decision rights", "leadership")
"""The descriptor of a level, field by field, as it is called in answers."""


class Lists:
    """A column of lists of numbers.

    >>> from rolegraph.careers.columns import group_column
    >>> lists = Lists(*group_column([[7, 8], []]))
    >>> lists[0], lists[1], lists.span(0)
    ([7, 8], [], range(0, 2))
    """

    __slots__ = ("numbers", "starts")

    def __init__(self, starts: memoryview, numbers: memoryview) -> None:
        self.starts = starts
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, position: int) -> list[int]:
        return self.numbers[self.starts[position] : self.starts[position + 1]].tolist()

    def span(self, position: int) -> range:
        """The positions of the members of one list."""
        return range(self.starts[position], self.starts[position + 1])


class Roster:
    """The columnar view of a job architecture. Nothing here changes after construction.

    ``years_min`` and ``years_max`` are in millionths of a year, -1 where unknown (or, for the last year, open).
    ``cells`` are the profiles in use by function and level (``function * levels + level``), ``blank`` those of
    them whose skills are not recorded. A skill set is what the profiles of one focus show alike. ``use_asked``
    alternates the levels and the steps of proficiency (from 0, the lowest) that a skill use asks for.
    ``pay_median`` is in hundredths of ``pay_currencies[pay_kind]`` per ``pay_durations[pay_kind]``; both are -1
    where no median is recorded. ``skill_others`` are other wordings of a skill, one per line; ``skill_same`` is the
    skill that stands for it among those that are the same, and uses and sets hold that one alone. A base is what
    stands under profiles that are mapped alike; ``base_items`` alternates items and their importances in hundredths
    (0: held without one), and ``item_skill`` is the skill that an item is, or -1. A point is a skill set and a base. ``key`` names
    the content that the columns were made from, where that is known: what is worked out from it can be kept by it.
    """

    def __init__(self, columns: Columns, key: str | None = None) -> None:
        def numbers(name: str) -> memoryview:
            return cast("memoryview", columns[name])

        def texts(name: str) -> Texts:
            return cast("Texts", columns[name])

        def lists(name: str) -> Lists:
            return Lists(numbers(f"{name}:at"), numbers(name))

        self.columns = columns
        self.key = key
        self.title, self.version = texts("meta")
        self.track_codes = list(texts("track.code"))
        self.level_codes = list(texts("level.code"))
        self.level_names = texts("level.name")
        self.level_track = numbers("level.track").tolist()
        self.level_rank = numbers("level.rank").tolist()
        self.level_rung = numbers("level.rung").tolist()
        self.used_levels = numbers("level.used").tolist()
        self.years_min = numbers("level.years_min").tolist()
        self.years_max = numbers("level.years_max").tolist()
        self.descriptors = texts("level.descriptor")
        self.group_codes = texts("group.code")
        self.group_functions = lists("group.functions")
        self.function_codes = texts("function.code")
        self.function_labels = texts("function.label")
        self.function_group = numbers("function.group")
        self.focus_codes = texts("focus.code")
        self.focus_labels = texts("focus.label")
        self.focus_function = numbers("focus.function")
        self.focus_scope = numbers("focus.scope")
        self.focus_uses = numbers("focus.uses:at")
        self.focus_sets = numbers("focus.sets:at")
        self.profile_focus = numbers("profile.focus")
        self.profile_level = numbers("profile.level")
        self.profile_flags = numbers("profile.flags")
        self.profile_set = numbers("profile.set")
        self.profile_titles = texts("profile.title")
        self.job_codes = texts("profile.job_code")
        self.aliases = texts("profile.aliases")
        self.guideline_years = lists("profile.years")
        self.pay_median = numbers("pay.median")
        self.pay_kind = numbers("pay.kind")
        self.pay_inherited = numbers("pay.inherited")
        self.pay_currencies = texts("pay.currency")
        self.pay_durations = texts("pay.duration")
        self.cells = lists("cell.profiles")
        self.blank = lists("blank.profiles")
        self.skill_codes = texts("skill.code")
        self.skill_labels = texts("skill.label")
        self.skill_others = texts("skill.others")
        self.skill_same = numbers("skill.same")
        self.skill_sets = lists("skill.sets")
        self.set_skills = lists("set.skills")
        self.set_focus = numbers("set.focus")
        self.set_function = numbers("set.function")
        self.use_skill = numbers("use.skill")
        self.use_labels = texts("use.label")
        self.use_levels = lists("use.levels")
        self.use_asked = lists("use.asked")
        self.profile_base = numbers("profile.base")
        self.base_names = texts("base.name")
        self.base_items = lists("base.items")
        self.base_releases = lists("base.releases")
        self.release_titles = texts("release.title")
        self.absent_releases = texts("release.absent")
        self.item_kind = numbers("item.kind")
        self.item_skill = numbers("item.skill")
        self.profile_point = numbers("profile.point")
        self.point_set = numbers("point.set")
        self.point_base = numbers("point.base")
        self.proficiency_labels = texts("proficiency.label")
        self.edition_codes = list(texts("edition.code"))
        self.edition_forms = list(texts("edition.form"))
        self._edition_numbers = lists("edition.numbers")
        self._function_focuses = numbers("function.focuses:at")
        self._focus_profiles = numbers("focus.profiles:at")

    @classmethod
    def from_taxonomy(cls, taxonomy: Taxonomy, library: Library | None = None) -> Roster:
        """The roster of a taxonomy; with the releases beside it, also of what stands under its profiles.

        Raises :class:`rolegraph.errors.InputError` where constants of its editions are missing or unknown, and where the
        graph of a release is missing or changed.
        """
        from rolegraph.careers.compile import compile_columns

        return cls(compile_columns(taxonomy, library))

    def __len__(self) -> int:
        return len(self.profile_focus)

    @property
    def level_count(self) -> int:
        """How many levels there are, in use or not."""
        return len(self.level_codes)

    def active_profiles(self) -> Iterator[int]:
        """The profiles in use, in the order of their codes."""
        return (at for at, flags in enumerate(self.profile_flags) if not flags & RETIRED)

    def profiles_of(self, focus: int) -> range:
        """Every profile of a focus, by code, retired ones among them."""
        return range(self._focus_profiles[focus], self._focus_profiles[focus + 1])

    def focuses_of(self, function: int) -> range:
        """The focuses of a function, by code."""
        return range(self._function_focuses[function], self._function_focuses[function + 1])

    def rungs_of(self, focus: int) -> dict[int, int]:
        """The profiles in use of a focus, by level."""
        level, flags = self.profile_level, self.profile_flags
        return {level[at]: at for at in self.profiles_of(focus) if not flags[at] & RETIRED}

    def uses_of(self, profile: int) -> dict[int, tuple[int, int | None]]:
        """The skills that hold for a profile, in the order of its focus: skill -> use, step of proficiency."""
        focus, level = self.profile_focus[profile], self.profile_level[profile]
        found: dict[int, tuple[int, int | None]] = {}
        for use in range(self.focus_uses[focus], self.focus_uses[focus + 1]):
            levels = self.use_levels[use]
            if not levels or level in levels:
                pairs = iter(self.use_asked[use])
                steps = dict(zip(pairs, pairs, strict=True))
                # Of two uses that are the same skill under two codes, the first stands.
                found.setdefault(self.use_skill[use], (use, steps.get(level)))
        return found

    def wording_of(self, use: int) -> str:
        """What a focus calls a skill that it uses: its own wording, or the skill's label."""
        return self.use_labels[use] or self.skill_labels[self.use_skill[use]]

    def cell(self, function: int, level: int) -> list[int]:
        """The profiles in use of a function at a level, by code."""
        return self.cells[function * len(self.level_codes) + level]

    def blank_cell(self, function: int, level: int) -> list[int]:
        """Those of :meth:`cell` whose skills are not recorded."""
        return self.blank[function * len(self.level_codes) + level]

    def function_of(self, profile: int) -> int:
        """The function of a profile."""
        function: int = self.focus_function[self.profile_focus[profile]]
        return function

    def is_retired(self, profile: int) -> bool:
        """Whether a profile, or its whole focus, is no longer in use."""
        return bool(self.profile_flags[profile] & RETIRED)

    def is_focus_retired(self, focus: int) -> bool:
        """Whether a focus is no longer in use."""
        return self._retirement("focus", focus) is not None

    def basis_of(self, profile: int) -> str:
        """``documented`` or ``implied``."""
        return "documented" if self.profile_flags[profile] & DOCUMENTED else "implied"

    def code_of(self, profile: int) -> str:
        """The code of a profile."""
        focus = self.focus_codes[self.profile_focus[profile]]
        return f"{focus}.{self.level_codes[self.profile_level[profile]]}"

    def list_codes(self) -> list[str]:
        """The code of every profile, by position."""
        levels, focuses = self.level_codes, list(self.focus_codes)
        places = zip(self.profile_focus.tolist(), self.profile_level.tolist(), strict=True)
        return [f"{focuses[focus]}.{levels[level]}" for focus, level in places]

    def title_at(self, profile: int) -> str:
        """The title of a profile: its own, or its focus and level where it has none."""
        own = self.profile_titles[profile]
        if own:
            return own
        focus = self.focus_labels[self.profile_focus[profile]]
        return f"{focus} — {self.level_codes[self.profile_level[profile]]}"

    def level_label(self, level: int) -> str:
        """Code and name of a level: ``M3 — Senior Manager``; the code alone where it has no name."""
        name = self.level_names[level]
        return f"{self.level_codes[level]} — {name}" if name else self.level_codes[level]

    def title_of(self, code: str) -> str:
        """The title of a profile or the label of a focus, by its code; UnknownError where there is none."""
        if code.count(".") == 1:
            return self.focus_labels[self.locate_focus(code)]
        position = self.find_profile(code)
        if position is None:
            raise UnknownError(f"there is no profile or focus {code}")
        return self.title_at(position)

    def find_focus(self, code: str) -> int | None:
        """The position of a focus, retired or not, by its exact code."""
        codes, key = self.focus_codes, f"{code}."
        low, high = 0, len(codes)
        while low < high:
            middle = (low + high) // 2
            if f"{codes[middle]}." < key:
                low = middle + 1
            else:
                high = middle
        return low if low < len(codes) and codes[low] == code else None

    def find_profile(self, code: str) -> int | None:
        """The position of a profile, retired or not, by its exact code."""
        focus_code, _, level_code = code.rpartition(".")
        focus = self.find_focus(focus_code)
        if focus is None:
            return None
        for at in self.profiles_of(focus):
            if self.level_codes[self.profile_level[at]] == level_code:
                return at
        return None

    def locate_function(self, code: str) -> int:
        """The position of a function, by its exact code. Raises UnknownError."""
        codes = list(self.function_codes)
        if code not in codes:
            raise UnknownError(f"there is no function {code}")
        return codes.index(code)

    def locate_focus(self, code: str) -> int:
        """The position of a focus in use. Raises UnknownError, or RequestError where it is retired."""
        position = self.find_focus(code)
        if position is None:
            raise UnknownError(f"there is no focus {code}")
        if (retired := self._retirement("focus", position)) is not None:
            raise RequestError(_tell_retired(f"focus {code}", *retired))
        return position

    def locate_profile(self, code: str) -> int:
        """The position of a profile in use. Raises UnknownError, or RequestError where it is retired."""
        position = self.find_profile(code)
        if position is None:
            raise UnknownError(f"there is no profile {code}")
        if not self.is_retired(position):
            return position
        retired = self._retirement("profile", position)
        if retired is not None:
            raise RequestError(_tell_retired(f"profile {code}", *retired))
        focus = self.profile_focus[position]
        note, successor = self._retirement("focus", focus) or ("", "")
        raise RequestError(_tell_retired(f"profile {code} with its focus", note, successor))

    def read_edition(self, code: str) -> tuple[str, dict[str, int], list[int]] | None:
        """Form, constants and further numbers of an edition; None where there is no edition of that code.

        The constants are in the units of :data:`rolegraph.careers.forms.FORMS`. The further numbers of an
        ``experience`` edition are the stage of every level and the method of every track.
        """
        if code not in self.edition_codes:
            return None
        at = self.edition_codes.index(code)
        form, numbers = self.edition_forms[at], self._edition_numbers[at]
        names = FORMS[form].constants if form in FORMS else {}
        return form, dict(zip(names, numbers, strict=False)), numbers[len(names) :]

    def _retirement(self, kind: str, position: int) -> tuple[str, str] | None:
        retired = cast("memoryview", self.columns[f"{kind}.retired"])
        if position not in retired:
            return None
        at = retired.tolist().index(position)
        notes = cast("Texts", self.columns[f"{kind}.retired_note"])
        return notes[at], cast("Texts", self.columns[f"{kind}.successor"])[at]


def _tell_retired(what: str, note: str, successor: str) -> str:
    remedy = f"ask for its successor {successor}" if successor else "it has no successor"
    return f"{what} is retired ({note}); {remedy}"
