"""The answers that commands, the Python API and pages share: frozen, slotted, in plain Python types.

Their fields, in their order, are the JSON that the command line prints. Distances and costs are decimal
fractions with six digits after the point; components are in level steps.

A name is imported from its module when it is used: building forty classes takes longer than finding a path.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rolegraph.answers.bands import Band as Band
    from rolegraph.answers.changes import ChangeAction as ChangeAction
    from rolegraph.answers.changes import ChangeCount as ChangeCount
    from rolegraph.answers.changes import Consequences as Consequences
    from rolegraph.answers.changes import DataChange as DataChange
    from rolegraph.answers.changes import DataDiff as DataDiff
    from rolegraph.answers.changes import MoveShift as MoveShift
    from rolegraph.answers.changes import MoveShifts as MoveShifts
    from rolegraph.answers.changes import NeighbourShift as NeighbourShift
    from rolegraph.answers.changes import NeighbourShifts as NeighbourShifts
    from rolegraph.answers.changes import RecordKind as RecordKind
    from rolegraph.answers.changes import ShiftedNeighbour as ShiftedNeighbour
    from rolegraph.answers.changes import WordOp as WordOp
    from rolegraph.answers.contents import Build as Build
    from rolegraph.answers.contents import BuiltFile as BuiltFile
    from rolegraph.answers.contents import BuiltRelease as BuiltRelease
    from rolegraph.answers.contents import Coverage as Coverage
    from rolegraph.answers.contents import Entry as Entry
    from rolegraph.answers.contents import Hit as Hit
    from rolegraph.answers.contents import Hits as Hits
    from rolegraph.answers.contents import Item as Item
    from rolegraph.answers.contents import Listing as Listing
    from rolegraph.answers.contents import Section as Section
    from rolegraph.answers.contents import Sheet as Sheet
    from rolegraph.answers.contents import Stats as Stats
    from rolegraph.answers.editions import EditionConstant as EditionConstant
    from rolegraph.answers.editions import EditionEntry as EditionEntry
    from rolegraph.answers.editions import Editions as Editions
    from rolegraph.answers.findings import Finding as Finding
    from rolegraph.answers.findings import Severity as Severity
    from rolegraph.answers.findings import Validation as Validation
    from rolegraph.answers.intake import Action as Action
    from rolegraph.answers.intake import Change as Change
    from rolegraph.answers.intake import Fresh as Fresh
    from rolegraph.answers.intake import Intaken as Intaken
    from rolegraph.answers.ladders import Ladder as Ladder
    from rolegraph.answers.ladders import LadderTrack as LadderTrack
    from rolegraph.answers.ladders import Rung as Rung
    from rolegraph.answers.ladders import RungChange as RungChange
    from rolegraph.answers.mappings import AllMappingSuggestions as AllMappingSuggestions
    from rolegraph.answers.mappings import MappingEvidence as MappingEvidence
    from rolegraph.answers.mappings import MappingReview as MappingReview
    from rolegraph.answers.mappings import MappingSuggestion as MappingSuggestion
    from rolegraph.answers.mappings import MappingSuggestions as MappingSuggestions
    from rolegraph.answers.mappings import UncheckedMappings as UncheckedMappings
    from rolegraph.answers.near import Adjacent as Adjacent
    from rolegraph.answers.near import AllAdjacent as AllAdjacent
    from rolegraph.answers.near import Distance as Distance
    from rolegraph.answers.near import Hidden as Hidden
    from rolegraph.answers.near import HiddenRole as HiddenRole
    from rolegraph.answers.near import Neighbour as Neighbour
    from rolegraph.answers.near import PersonAdjacent as PersonAdjacent
    from rolegraph.answers.near import PersonNeighbour as PersonNeighbour
    from rolegraph.answers.near import Recognised as Recognised
    from rolegraph.answers.near import Unrecognised as Unrecognised
    from rolegraph.answers.publication import Deed as Deed
    from rolegraph.answers.publication import Publication as Publication
    from rolegraph.answers.publication import PublishedGraph as PublishedGraph
    from rolegraph.answers.reach import Reach as Reach
    from rolegraph.answers.reach import Reached as Reached
    from rolegraph.answers.releases import ChangedOccupation as ChangedOccupation
    from rolegraph.answers.releases import Held as Held
    from rolegraph.answers.releases import NamedOccupation as NamedOccupation
    from rolegraph.answers.releases import Reason as Reason
    from rolegraph.answers.releases import ReleaseDiff as ReleaseDiff
    from rolegraph.answers.releases import ReleaseImport as ReleaseImport
    from rolegraph.answers.releases import TableRead as TableRead
    from rolegraph.answers.releases import Unused as Unused
    from rolegraph.answers.sides import ComparedRow as ComparedRow
    from rolegraph.answers.sides import Comparison as Comparison
    from rolegraph.answers.sides import Expectation as Expectation
    from rolegraph.answers.sides import Gap as Gap
    from rolegraph.answers.sides import Gaps as Gaps
    from rolegraph.answers.sides import GapSkill as GapSkill
    from rolegraph.answers.skills import Duplicates as Duplicates
    from rolegraph.answers.skills import Merge as Merge
    from rolegraph.answers.skills import Strength as Strength
    from rolegraph.answers.ways import CareerPath as CareerPath
    from rolegraph.answers.ways import Direction as Direction
    from rolegraph.answers.ways import Move as Move
    from rolegraph.answers.ways import MoveKind as MoveKind
    from rolegraph.answers.ways import Paths as Paths

_HOMES = {
    "Band": "bands",
    "Neighbour": "near",
    "Adjacent": "near",
    "AllAdjacent": "near",
    "Distance": "near",
    "Hidden": "near",
    "HiddenRole": "near",
    "Recognised": "near",
    "Unrecognised": "near",
    "PersonNeighbour": "near",
    "PersonAdjacent": "near",
    "ComparedRow": "sides",
    "Comparison": "sides",
    "GapSkill": "sides",
    "Expectation": "sides",
    "Gap": "sides",
    "Gaps": "sides",
    "MoveKind": "ways",
    "Direction": "ways",
    "Rung": "ladders",
    "RungChange": "ladders",
    "LadderTrack": "ladders",
    "Ladder": "ladders",
    "Move": "ways",
    "CareerPath": "ways",
    "Paths": "ways",
    "Deed": "publication",
    "Publication": "publication",
    "PublishedGraph": "publication",
    "Reach": "reach",
    "Reached": "reach",
    "EditionConstant": "editions",
    "EditionEntry": "editions",
    "Editions": "editions",
    "ChangeAction": "changes",
    "ChangeCount": "changes",
    "Consequences": "changes",
    "DataChange": "changes",
    "DataDiff": "changes",
    "MoveShift": "changes",
    "MoveShifts": "changes",
    "NeighbourShift": "changes",
    "NeighbourShifts": "changes",
    "RecordKind": "changes",
    "ShiftedNeighbour": "changes",
    "WordOp": "changes",
    "Severity": "findings",
    "Finding": "findings",
    "Validation": "findings",
    "AllMappingSuggestions": "mappings",
    "MappingEvidence": "mappings",
    "MappingReview": "mappings",
    "MappingSuggestion": "mappings",
    "MappingSuggestions": "mappings",
    "UncheckedMappings": "mappings",
    "Action": "intake",
    "Change": "intake",
    "Fresh": "intake",
    "Intaken": "intake",
    "ChangedOccupation": "releases",
    "Held": "releases",
    "NamedOccupation": "releases",
    "ReleaseDiff": "releases",
    "Reason": "releases",
    "ReleaseImport": "releases",
    "TableRead": "releases",
    "Unused": "releases",
    "Strength": "skills",
    "Merge": "skills",
    "Duplicates": "skills",
    "Item": "contents",
    "Listing": "contents",
    "Hit": "contents",
    "Hits": "contents",
    "Entry": "contents",
    "Section": "contents",
    "Sheet": "contents",
    "Coverage": "contents",
    "Stats": "contents",
    "BuiltFile": "contents",
    "BuiltRelease": "contents",
    "Build": "contents",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
