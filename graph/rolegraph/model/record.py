"""What every record of a job architecture is: frozen, strict, compared by content.

A record holds what a source states and nothing else; a field that the source leaves out is ``None`` or empty.
``assigned`` lists the fields of a record that the publisher of the dataset decided where the source is silent.
Sequences whose order means nothing (aliases, exclusions, mappings ...) are kept sorted, so that two records
with the same content are equal whatever the order of their files.
"""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from rolegraph.model.fields import Label, Text, Years, find_repeated, refuse


class Record(BaseModel):
    """A frozen record that refuses unknown fields and does not convert what it is given."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    ASSIGNABLE: ClassVar[frozenset[str]] = frozenset()
    """The names that ``assigned`` may hold, where the record has that field."""

    @model_validator(mode="after")
    def _check_assigned(self) -> Self:
        # Looked up where it is kept: most records have no such field, and pydantic is slow to say so.
        for name in self.__dict__.get("assigned", ()):
            if name not in self.ASSIGNABLE:
                allowed = ", ".join(sorted(self.ASSIGNABLE))
                raise refuse("assigned-unknown", f"assigned names {name}", f"it may name {allowed}")
            if not self._states(name):
                raise refuse(
                    "assigned-absent",
                    f"assigned names {name}, which is not given",
                    f"give {name}, or leave it out",
                )
        return self

    def _states(self, name: str) -> bool:
        """Whether the record gives what a name of ``assigned`` stands for."""
        # A record that is being read may lack what was refused; that is told already, and no reason for more.
        return self.__dict__.get(name, "refused") is not None


def check_distinct(field: str, values: tuple[str, ...]) -> None:
    """Refuses values of which one is there twice; ``field`` names them."""
    if repeated := find_repeated(values):
        raise refuse("value-repeated", f"{field} given more than once: {', '.join(repeated)}", "keep one")


class YearRange(Record):
    """Typical years of experience, from ``min`` to ``max``; without ``max`` the range is open."""

    min: Years
    max: Years | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise refuse(
                "years-order",
                f"min ({self.min}) exceeds max ({self.max})",
                "give the lower number of years as min",
            )
        return self


class Retirement(Record):
    """That a code is no longer in use: what happened, and the code that takes its place, if one does."""

    note: Text
    replaced_by: Label | None = None
