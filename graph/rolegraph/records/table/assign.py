"""Which code each function and focus of a table has: its own, one it had before, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rolegraph.errors import Place
from rolegraph.model import codes
from rolegraph.records.document import quote
from rolegraph.records.table.codebook import (
    BookKey,
    CodeBook,
    Kind,
    fit_code,
    join_keys,
    mint_focus,
    mint_function,
)
from rolegraph.records.table.drafts import Drafts, FocusDraft, FunctionDraft, Stated
from rolegraph.records.table.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Known:
    """What a data folder holds already: profile codes by job code, labels of functions and focuses by code."""

    jobs: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str | None] = field(default_factory=dict)
    focuses: Mapping[str, str] = field(default_factory=dict)


FocusKey = tuple[str, str]
_RENAMED: Final = "it keeps that code because its job codes are the same"


class CodeAssigner:
    """Gives codes. What is sure comes first: own codes, then the code book, then equal names, then job codes.

    A code that nothing claims so is made anew, in the order of the keys, so that the order of rows means nothing.
    """

    def __init__(
        self,
        drafts: Drafts,
        book: CodeBook,
        known: Known,
        ledger: Ledger,
        find_place: Callable[[Stated, str], Place | None],
    ) -> None:
        self._drafts = drafts
        self._book: dict[BookKey, str] = dict(book.codes)
        self._folded = {
            (kind, key.casefold()): code for (kind, key), code in sorted(self._book.items(), reverse=True)
        }
        self._known = known
        self._ledger = ledger
        self._find_place = find_place
        self._jobs = {
            job: parts.focus
            for job, profile in known.jobs.items()
            if (parts := codes.split_profile(profile)) is not None
        }
        self.functions: dict[str, str] = {}
        """Codes of functions by the key of their draft."""
        self.focuses: dict[FocusKey, str] = {}
        """Full codes of focuses by the key of their draft."""

    def assign(self) -> CodeBook:
        """Fills ``functions`` and ``focuses``; the code book with the new codes."""
        self._assign_functions()
        self._assign_focuses()
        return CodeBook(dict(sorted(self._book.items())))

    def _look_up(self, kind: Kind, key: str) -> str | None:
        return self._book.get((kind, key)) or self._folded.get((kind, key.casefold()))

    def _assign_functions(self) -> None:
        drafts = self._drafts.functions
        claimed = self.functions
        used: set[str] = set()
        jobs = self._collect_jobs(lambda key: key[0])
        labels = _invert({code: label for code, label in self._known.functions.items() if label})
        passes: list[Callable[[str, FunctionDraft], str | None]] = [
            lambda key, draft: fit_code(draft.stated.values.get("function_code", ""), "function"),
            lambda key, draft: self._look_up("function", draft.key),
            lambda key, draft: labels.get(_get_name(draft.stated, "function", draft.key).casefold()),
            lambda key, draft: self._follow_jobs(
                {focus.partition(".")[0] for focus in jobs.get(key, ())}, used
            ),
        ]
        for number, find in enumerate(passes):
            for key, draft in drafts.items():
                code = find(key, draft) if key not in claimed else None
                if code is not None and code not in used:
                    claimed[key] = code
                    used.add(code)
                    if number == len(passes) - 1:
                        self._tell("function", draft.stated, draft.key, code)
        taken = {*self._known.functions, *self._list_book("function"), *claimed.values()}
        taken |= {focus.partition(".")[0] for focus in (*self._jobs.values(), *self._known.focuses)}
        for key in sorted(set(drafts) - set(claimed)):
            claimed[key] = mint_function(_get_name(drafts[key].stated, "function", drafts[key].key), taken)
            taken.add(claimed[key])
        for key, draft in drafts.items():
            if fit_code(draft.stated.values.get("function_code", ""), "function") != claimed[key]:
                self._book["function", draft.key] = claimed[key]

    def _assign_focuses(self) -> None:
        drafts = self._drafts.focuses
        used: set[str] = set()
        jobs = self._collect_jobs(lambda key: key)
        labels: dict[tuple[str, str], str] = {}
        for known, label in self._known.focuses.items():
            labels.setdefault((known.partition(".")[0], label.casefold()), known)
        former: dict[str, list[str]] = {}
        for (kind, name), held in self._book.items():
            if kind == "function":
                former.setdefault(held, []).append(name)

        def find_own(key: FocusKey, draft: FocusDraft) -> str | None:
            own = fit_code(draft.stated.values.get("focus_code", ""), "focus")
            return f"{self.functions[key[0]]}.{own}" if own else None

        def find_kept(key: FocusKey, draft: FocusDraft) -> str | None:
            function = self.functions[key[0]]
            for name in (draft.function.key, *former.get(function, ())):
                code = self._look_up("focus", join_keys(name, draft.key))
                if code is not None and code.partition(".")[0] == function:
                    return code
            return None

        def find_named(key: FocusKey, draft: FocusDraft) -> str | None:
            return labels.get(
                (self.functions[key[0]], _get_name(draft.stated, "focus", draft.key).casefold())
            )

        def find_worked(key: FocusKey, draft: FocusDraft) -> str | None:
            function = self.functions[key[0]]
            return self._follow_jobs({f for f in jobs.get(key, ()) if f.partition(".")[0] == function}, used)

        passes = (find_own, find_kept, find_named, find_worked)
        for find in passes:
            for key, draft in drafts.items():
                code = find(key, draft) if key not in self.focuses else None
                if code is not None and code not in used:
                    self.focuses[key] = code
                    used.add(code)
                    if find is find_worked:
                        self._tell("focus", draft.stated, draft.key, code)
        taken = {*self._known.focuses, *self._list_book("focus"), *used, *self._jobs.values()}
        for key in sorted(set(drafts) - set(self.focuses)):
            draft = drafts[key]
            label, full = (
                _get_name(draft.stated, "focus", draft.key),
                join_keys(draft.function.key, draft.key),
            )
            self.focuses[key] = mint_focus(self.functions[key[0]], label, full, taken)
            taken.add(self.focuses[key])
        for key, draft in drafts.items():
            if find_own(key, draft) != self.focuses[key]:
                self._book["focus", join_keys(draft.function.key, draft.key)] = self.focuses[key]

    def _list_book(self, kind: Kind) -> set[str]:
        return {code for (known, _), code in self._book.items() if known == kind}

    def _collect_jobs(self, name: Callable[[FocusKey], object]) -> dict[object, set[str]]:
        """The focuses of the folder to which the job codes of each draft belong."""
        found: dict[object, set[str]] = {}
        if self._jobs:
            for key, draft in self._drafts.focuses.items():
                for role in draft.roles.values():
                    focus = self._jobs.get(role.stated.values.get("job_code", ""))
                    if focus is not None:
                        found.setdefault(name(key), set()).add(focus)
        return found

    @staticmethod
    def _follow_jobs(candidates: set[str], claimed: Iterable[str]) -> str | None:
        free = candidates - set(claimed)
        return free.pop() if len(free) == 1 else None

    def _tell(self, kind: Kind, stated: Stated, key: str, code: str) -> None:
        place = self._find_place(stated, kind) or self._find_place(stated, f"{kind}_code")
        self._ledger.note(
            f"{kind}-renamed", f"{quote(key)} is the {kind} {code} under another name; {_RENAMED}", place, "",
            f"give it an own {kind} code if it is another {kind}",
        )  # fmt: skip


def _get_name(stated: Stated, field_name: str, key: str) -> str:
    return stated.values.get(field_name, key)


def _invert(labels: Mapping[str, str]) -> dict[str, str]:
    """Codes by label; of equal labels the first code."""
    found: dict[str, str] = {}
    for code, label in sorted(labels.items()):
        found.setdefault(label.casefold(), code)
    return found
