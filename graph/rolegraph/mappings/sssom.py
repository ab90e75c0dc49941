"""Mappings as SSSOM, the Simple Standard for Sharing Ontological Mappings: a table with a block of metadata above it.

https://mapping-commons.github.io/sssom/ says what the columns mean. Rows stand by subject, then classification and
code, and the same records give the same bytes. What SSSOM has no column for (``assigned``) stands in ``other``, as
pairs of name and value.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from rolegraph.mappings.curies import BUILT_IN, Names
from rolegraph.output import Sink

if TYPE_CHECKING:
    from rolegraph.model.mapping import Mapping
    from rolegraph.model.reference import Skill
    from rolegraph.model.roles import Profile
    from rolegraph.model.taxonomy import Taxonomy

COLUMNS: Final = (
    "record_id", "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "author_label", "object_source", "object_source_version", "mapping_tool", "mapping_date", "confidence", "other",
    "comment",
)  # fmt: skip
"""The columns, in the order of SSSOM. One without a value in any row is left out, but for those that it requires."""

REQUIRED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
"""The columns without which there is no mapping."""

NO_LICENCE: Final = "https://w3id.org/sssom/license/unspecified"
"""What SSSOM writes where no licence is given."""


def write_sssom(
    taxonomy: Taxonomy, sink: Sink, label_of: Callable[[str, str], str | None] = lambda scheme, code: None
) -> int:
    """Writes every mapping of ``taxonomy`` as SSSOM/TSV (UTF-8), and returns how many there are.

    ``label_of`` tells the title of an entry by classification and code, where the taxonomy itself does not hold it.
    """

    def find_label(scheme: str, code: str) -> str | None:
        entry = taxonomy.occupation_by_key.get((scheme, code))
        return entry.title if entry is not None else label_of(scheme, code)

    names = Names(taxonomy)
    rows = [_make_row(taxonomy, names, owner, mapping, find_label) for owner, mapping in taxonomy.mappings]
    rows.sort(key=lambda row: (row["subject_id"], row["object_id"]))
    columns = [name for name in COLUMNS if name in REQUIRED or any(row.get(name) for row in rows)]
    table = io.StringIO()
    table.writelines(f"#{line}\n" for line in _list_metadata(taxonomy, names))
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    sink.write(table.getvalue().encode())
    return len(rows)


def _make_row(
    taxonomy: Taxonomy,
    names: Names,
    owner: Profile | Skill,
    mapping: Mapping,
    label_of: Callable[[str, str], str | None],
) -> dict[str, str]:
    from rolegraph.model.roles import Profile

    iris, is_profile = names.iris, isinstance(owner, Profile)
    mint = iris.mapping if is_profile else iris.skill_mapping
    row = {
        "record_id": names.shorten(mint(owner.code, mapping.scheme, mapping.code)),
        "subject_id": names.shorten(iris.node("profile" if is_profile else "skill", owner.code)),
        "subject_label": taxonomy.title_of(owner) if isinstance(owner, Profile) else owner.label,
        "predicate_id": f"skos:{mapping.predicate}",
        "object_id": names.of_entry(mapping.scheme, mapping.code),
        "object_label": label_of(mapping.scheme, mapping.code) or "",
        "mapping_justification": f"semapv:{mapping.justification}",
        "author_label": escape_bar(mapping.author or ""),
        "object_source": names.shorten(iris.scheme(mapping.scheme)),
        "object_source_version": taxonomy.scheme_by_code[mapping.scheme].version,
        "mapping_tool": mapping.tool or "",
        "mapping_date": mapping.day or "",
        "confidence": "" if mapping.confidence is None else f"{mapping.confidence:f}",
        "other": "|".join(f"assigned={name}" for name in mapping.assigned),
        "comment": mapping.comment or "",
    }
    return {name: value for name, value in row.items() if value}


def escape_bar(text: str) -> str:
    """A text for a column that may hold several, with a bar between them."""
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _list_metadata(taxonomy: Taxonomy, names: Names) -> Iterator[str]:
    """The lines of the block of metadata, as YAML. A JSON string is one of YAML, whatever is in it."""
    dataset = taxonomy.dataset

    def say(key: str, value: str) -> str:
        return f"{key}: {json.dumps(value, ensure_ascii=False)}"

    yield "curie_map:"
    used = names.prefixes | {prefix: BUILT_IN[prefix] for prefix in ("semapv", "skos")}
    for prefix, iri in sorted(used.items()):
        yield f"  {say(prefix, iri)}"
    yield say("mapping_set_id", f"{dataset.base}dataset#mappings")
    yield say("mapping_set_version", dataset.version)
    yield say("mapping_set_title", f"{dataset.title}: mappings")
    yield "creator_label:"
    yield f"  - {json.dumps(dataset.publisher, ensure_ascii=False)}"
    yield say("license", dataset.licence or NO_LICENCE)
    yield say("subject_source", names.shorten(names.iris.name("dataset")))
    yield say("subject_source_version", dataset.version)
    # The date of a set would be that of every mapping that has none of its own (SSSOM passes it on).
    yield say("publication_date", dataset.modified)
    if dataset.access_rights is not None:
        yield say("comment", dataset.access_rights)
