"""The constraints of SHACL Core that are judged without an RDF library, each as a plain check of value nodes.

Section numbers are those of https://www.w3.org/TR/shacl/. A check is given pairs of focus node and value nodes,
all terms as N-Triples strings, and tells every breach to ``emit``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rolegraph.validate import terms
from rolegraph.validate.rules import SH
from rolegraph.validate.shape import Constraint, Emit, Judge, Pairs


@dataclass(frozen=True, slots=True)
class Count(Constraint):
    """4.2: at least or at most so many values."""

    number: int
    at_least: bool

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Compare the number of value nodes."""
        number = self.number
        if self.at_least:
            for focus, values in pairs:
                if len(values) < number:
                    emit(focus, "", SH + "MinCountConstraintComponent")
        else:
            for focus, values in pairs:
                if len(values) > number:
                    emit(focus, "", SH + "MaxCountConstraintComponent")


@dataclass(frozen=True, slots=True)
class OfClass(Constraint):
    """4.1.1: every value is an instance of a class."""

    name: str

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Look every value up among the instances."""
        instances = judge.index.instances(self.name)
        for focus, values in pairs:
            for value in values:
                if value not in instances:
                    emit(focus, value, SH + "ClassConstraintComponent")


@dataclass(frozen=True, slots=True)
class EachValue(Constraint):
    """A condition on every single value (4.1.2, 4.1.3, 4.3, 4.4, 4.8.3)."""

    component: str
    holds: Callable[[str], bool]

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Ask for every value."""
        holds = self.holds
        for focus, values in pairs:
            for value in values:
                if not holds(value):
                    emit(focus, value, self.component)


@dataclass(frozen=True, slots=True)
class HasValue(Constraint):
    """4.8.2: one value is among the value nodes."""

    value: str

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Look for the value."""
        for focus, values in pairs:
            if self.value not in values:
                emit(focus, "", SH + "HasValueConstraintComponent")


@dataclass(frozen=True, slots=True)
class UniqueLanguage(Constraint):
    """4.4.5: no two values in one language."""

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Count the values of each language; one breach for each that has several."""
        for focus, values in pairs:
            if len(values) < 2:
                continue
            seen: dict[str, int] = {}
            for value in values:
                language = terms.read_language(value).lower()
                if language:
                    seen[language] = seen.get(language, 0) + 1
            for count in seen.values():
                if count > 1:
                    emit(focus, "", SH + "UniqueLangConstraintComponent")


class _Other(Constraint):
    """A constraint that compares the values with those of another property of the focus node."""

    __slots__ = ()
    predicate: str

    def list_predicates(self) -> Sequence[str]:
        """The other property."""
        return (self.predicate,)


@dataclass(frozen=True, slots=True)
class Equals(_Other):
    """4.5.1: the values are those of another property."""

    predicate: str

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell what one side has and the other lacks."""
        objects, predicate = judge.index.objects, f"<{self.predicate}>"
        for focus, values in pairs:
            others = objects(focus, predicate)
            if values == others:
                continue
            for value in set(values).symmetric_difference(others):
                emit(focus, value, SH + "EqualsConstraintComponent")


@dataclass(frozen=True, slots=True)
class Disjoint(_Other):
    """4.5.2: no value is a value of another property."""

    predicate: str

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell what both have."""
        objects, predicate = judge.index.objects, f"<{self.predicate}>"
        for focus, values in pairs:
            if values and (others := objects(focus, predicate)):
                for value in set(values).intersection(others):
                    emit(focus, value, SH + "DisjointConstraintComponent")


@dataclass(frozen=True, slots=True)
class Ordered(_Other):
    """4.5.3 and 4.5.4: every value is less than (or equal to) every value of another property."""

    predicate: str
    strict: bool

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Compare every value with every other one."""
        objects, predicate, strict = judge.index.objects, f"<{self.predicate}>", self.strict
        name = "LessThanConstraintComponent" if strict else "LessThanOrEqualsConstraintComponent"
        for focus, values in pairs:
            if values:
                for other in objects(focus, predicate):
                    for value in values:
                        if not terms.is_in_order(value, other, strict):
                            emit(focus, value, SH + name)


def require_datatype(datatype: str) -> EachValue:
    """4.1.2: every value is a well-formed literal of a datatype."""
    return EachValue(
        SH + "DatatypeConstraintComponent", lambda value: terms.matches_datatype(value, datatype)
    )


def require_kind(kind: str) -> EachValue:
    """4.1.3: every value is an IRI, a blank node, a literal, or one of two of these."""
    name = kind.removeprefix(SH)
    marks = "".join(
        mark for mark, word in (("<", "IRI"), ("_", "BlankNode"), ('"', "Literal")) if word in name
    )
    return EachValue(SH + "NodeKindConstraintComponent", lambda value: value[0] in marks)


def require_bound(component: str, bound: str, signs: frozenset[int]) -> EachValue:
    """4.3: every value stands to a bound as one of ``signs`` says (-1 less, 0 equal, 1 greater)."""
    return EachValue(component, lambda value: terms.compare_to_bound(value, bound) in signs)


def require_pattern(pattern: str, flags: int) -> EachValue:
    """4.4.3: a regular expression is found in the text of every value; blank nodes have none."""
    search = re.compile(pattern, flags).search
    return EachValue(
        SH + "PatternConstraintComponent",
        lambda value: value[0] != "_" and search(terms.read_text(value)) is not None,
    )


def require_length(length: int, at_least: bool) -> EachValue:
    """4.4.1 and 4.4.2: the text of every value has at least or at most so many characters."""
    if at_least:
        return EachValue(
            SH + "MinLengthConstraintComponent",
            lambda value: length == 0 or (value[0] != "_" and len(terms.read_text(value)) >= length),
        )
    return EachValue(
        SH + "MaxLengthConstraintComponent",
        lambda value: value[0] != "_" and len(terms.read_text(value)) <= length,
    )


def require_language(languages: frozenset[str]) -> EachValue:
    """4.4.4: every value is in one of some languages (or a regional form of one)."""

    def holds(value: str) -> bool:
        language = terms.read_language(value).lower()
        return bool(language) and (
            "*" in languages or language in languages or language.split("-")[0] in languages
        )

    return EachValue(SH + "LanguageInConstraintComponent", holds)


def require_member(members: frozenset[str]) -> EachValue:
    """4.8.3: every value is one of a list."""
    return EachValue(SH + "InConstraintComponent", members.__contains__)
