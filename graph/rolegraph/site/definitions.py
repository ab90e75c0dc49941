"""What a focus is, where its page tells beside it what it is not."""

from __future__ import annotations

from collections.abc import Sequence


def leave_out(definition: str | None, exclusions: Sequence[str]) -> str | None:
    """A definition without the sentences that the page shows as exclusions, which repeat them; its lines stay."""
    if definition is None:
        return None
    for exclusion in exclusions:
        definition = definition.replace(exclusion, " ")
    lines = [" ".join(line.split()) for line in definition.splitlines()]
    # Of an item that was nothing else its mark is left.
    return "\n".join("" if len(line) == 1 and exclusions else line for line in lines).strip() or None
