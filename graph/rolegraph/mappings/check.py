"""Checks mappings to public classifications: their codes, their fit, and what they claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rolegraph.answers.mappings import MappingReview, UncheckedMappings
from rolegraph.mappings.check_claims import check_claims
from rolegraph.mappings.check_codes import MISSING, check_codes
from rolegraph.mappings.check_fit import check_fit
from rolegraph.mappings.claims import Desk, Flaw, Missing, to_findings
from rolegraph.records.collector import pause_collector

if TYPE_CHECKING:
    from rolegraph.mappings.shelf import Shelf
    from rolegraph.records.places import Places


@pause_collector()
def check_mappings(
    shelf: Shelf, places: Places | None, tell: Callable[[str], None] = lambda step: None
) -> MappingReview:
    """Every finding about the mappings of profiles and skills in use, worst first, and what could not be checked.

    ``tell`` hears how far it is.
    """
    desk = Desk(shelf)
    codes = list(check_codes(desk))
    wrong = {result.path for result in codes if isinstance(result, Flaw) and result.rule == MISSING}
    results = [*codes, *check_fit(desk, tell, wrong), *check_claims(desk)]
    findings = to_findings((result for result in results if isinstance(result, Flaw)), places)
    return MappingReview(
        all(finding.severity != "violation" for finding in findings),
        len(desk.claims),
        tuple(release.code for release in shelf.library.releases),
        findings,
        tuple(_count_missing(shelf, (result for result in results if isinstance(result, Missing)))),
    )


def _count_missing(shelf: Shelf, missing: Iterator[Missing]) -> Iterator[UncheckedMappings]:
    for (scheme, what, family), number in sorted(Counter(missing).items()):
        command = f"rolegraph import {family} SRC -o DIR" if family else ""
        yield UncheckedMappings(scheme, number, what, command, shelf.find_cut(family) is not None)
