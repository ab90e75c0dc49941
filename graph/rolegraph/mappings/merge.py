"""What a mapping set states, put into a job architecture: new mappings are added, known ones take its values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rolegraph.model.mapping import Mapping

if TYPE_CHECKING:
    from rolegraph.mappings.sssom_read import SetReading
    from rolegraph.model.taxonomy import Taxonomy


def merge_mappings(taxonomy: Taxonomy, reading: SetReading) -> tuple[Taxonomy, bool]:
    """The job architecture with the mappings of a set, and whether a mapping that was there has changed.

    A field of which the set says nothing in any row stays as it is. Mappings that the set does not state stay. A value
    that a row changes is no longer the one that the dataset assigned, unless the row says otherwise on purpose.
    """
    found: defaultdict[tuple[str, str], list[Mapping]] = defaultdict(list)
    for stated in reading.stated:
        found[stated.kind, stated.code].append(stated.mapping)
    changed = False

    def merge(kind: str, owner: Any) -> Any:
        nonlocal changed
        new = found.get((kind, owner.code))
        if new is None:
            return owner
        merged = {mapping.key: mapping for mapping in owner.mappings}
        for mapping in new:
            held = merged.get(mapping.key)
            joined = mapping if held is None else _join(held, mapping, reading.fields)
            changed = changed or (held is not None and joined != held)
            merged[mapping.key] = joined
        after = tuple(sorted(merged.values(), key=lambda mapping: (mapping.scheme, mapping.code)))
        return owner if after == owner.mappings else owner.model_copy(update={"mappings": after})

    focuses = []
    for focus in taxonomy.focuses:
        profiles = tuple(merge("profile", profile) for profile in focus.profiles)
        same = all(one is other for one, other in zip(profiles, focus.profiles, strict=True))
        focuses.append(focus if same else focus.model_copy(update={"profiles": profiles}))
    skills = tuple(merge("skill", skill) for skill in taxonomy.skills)
    return taxonomy.replace_parts(focuses=tuple(focuses), skills=skills), changed


def _join(held: Mapping, stated: Mapping, fields: frozenset[str]) -> Mapping:
    values = {
        name: getattr(stated if name in fields or name in ("predicate", "justification") else held, name)
        for name in Mapping.model_fields
    }
    decided = (held.predicate, held.justification) != (stated.predicate, stated.justification)
    if not decided and not set(stated.assigned) <= set(held.assigned):
        # A row that was taken before brings its old marks along.
        values["assigned"] = held.assigned
    elif "assigned" not in fields or stated.assigned == held.assigned:
        # Who changed a value in an exported row decided it; the marks just came along. Other marks are meant so.
        values["assigned"] = tuple(
            name for name in held.assigned if getattr(held, name) == getattr(stated, name)
        )
    return Mapping(**values)
