"""The definition of the focus, which a page gives up to three times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rolegraph.records.page.draft import Draft, Said
from rolegraph.records.page.lines import Line

_ALIKE: Final = 50
"""From 0 to 100: how much two texts have in common that are taken for the same definition."""

_FAR: Final = 4000
"""How many characters are compared for that."""


def settle_definition(draft: Draft) -> None:
    """Keeps the first definition. Repeats that differ are noted, and so are lines that are no definition."""
    copies = [said for block in draft.blocks for said in _split(block, len(draft.focus_text))]
    if draft.focus_text:
        copies.append(_join(draft.focus_text))
    if not copies:
        return
    reference = copies[-1].value
    for said in copies:
        if not _are_alike(said.value, reference):
            draft.pass_over(Line(said.line, said.value))
            continue
        kept = draft.facts.definition
        if kept is None:
            draft.facts.definition = said
        elif kept.value != said.value:
            draft.note(
                "page-definition-differs",
                f"the definition differs from the one on line {kept.line}, which was kept", said.line,
                "correct the record if this one is right",
            )  # fmt: skip


def _split(block: Sequence[Line], paragraphs: int) -> Iterator[Said[str]]:
    """The copies of the definition in a block; under the focus it has so many paragraphs, 0 where it is not there."""
    texts = [line.text for line in block]
    half = len(texts) // 2
    if not texts:
        return
    if all(text == texts[0] for text in texts):
        size = 1
    elif paragraphs and len(texts) % paragraphs == 0:
        size = paragraphs
    elif len(texts) % 2 == 0 and texts[:half] == texts[half:]:
        size = half
    else:
        size = 1 if all(_are_alike(text, texts[0]) for text in texts) else len(texts)
    for start in range(0, len(texts), size):
        yield _join(block[start : start + size])


def _join(lines: Sequence[Line]) -> Said[str]:
    return Said("\n".join(line.text for line in lines), lines[0].number)


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    from rapidfuzz import fuzz

    return fuzz.ratio(one[:_FAR], other[:_FAR]) >= _ALIKE
