"""What sets one job architecture apart from an earlier one, record by record, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from rolegraph.answers import Action, Change
from rolegraph.model.reference import Level
from rolegraph.model.roles import Focus
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.document import Document
from rolegraph.records.render import to_document

_RECORDS: Final[tuple[tuple[str, str], ...]] = (
    ("function-group", "groups"),
    ("function", "functions"),
    ("track", "tracks"),
    ("level", "levels"),
    ("proficiency", "proficiencies"),
    ("skill", "skills"),
    ("focus", "focuses"),
)
_NAMES: Final = ("text", "label", "code", "id")
"""The fields by which an item of a list is shown, the first that it has."""

Name = Callable[[str], str]
"""How an entry of a classification, or a skill, is called, by its key or code."""


def list_changes(before: Taxonomy, after: Taxonomy, name_entry: Name = lambda key: key) -> tuple[Change, ...]:
    """What was added, changed, retired and restored, by kind and code; profiles come after their focus.

    A record that is no longer there at all is not listed: taking in a source removes none. ``name_entry`` tells how
    an entry of a classification is called that something is mapped to, by classification and code (``soc-2018/11-3051``).
    """
    found: list[Change] = []
    labels = {skill.code: skill.label for skill in (*before.skills, *after.skills)}

    def name(code: str) -> str:
        # The codes of skills have no slash.
        return name_entry(code) if "/" in code else labels.get(code, code)

    for kind, field in _RECORDS:
        old = {record.code: record for record in getattr(before, field)}
        for record in getattr(after, field):
            earlier = old.get(record.code)
            if kind == "focus":
                found += _list_focus_changes(earlier, record, after, name)
            elif earlier is None:
                found.append(Change("added", kind, record.code, _label(record), ()))
            elif earlier != record:
                details = tuple(_compare(to_document(earlier), to_document(record), "", name))
                found.append(Change(_judge(earlier, record), kind, record.code, _label(record), details))
    return tuple(found)


def list_removed(before: Taxonomy, after: Taxonomy) -> Iterator[Change]:
    """The records that are no longer there at all, by kind and code; the profiles of a focus go with it."""
    for kind, field in (*_RECORDS, ("profile", "profiles")):
        kept = {record.code for record in getattr(after, field)}
        for record in getattr(before, field):
            if record.code in kept or (kind == "profile" and record.focus not in after.focus_by_code):
                continue
            label = before.title_of(record) if kind == "profile" else _label(record)
            yield Change("removed", kind, record.code, label, ())


def _list_focus_changes(old: Focus | None, new: Focus, after: Taxonomy, name: Name) -> Iterator[Change]:
    if old is new or old == new:
        return
    if old is None:
        yield Change("added", "focus", new.code, new.label, ())
    else:
        bare, new_bare = (focus.model_copy(update={"profiles": ()}) for focus in (old, new))
        if bare != new_bare:
            details = tuple(_compare(to_document(bare), to_document(new_bare), "", name))
            yield Change(_judge(old, new), "focus", new.code, new.label, details)
    earlier = {profile.code: profile for profile in old.profiles} if old is not None else {}
    for profile in new.profiles:
        known = earlier.get(profile.code)
        title = after.title_of(profile)
        if known is None:
            yield Change("added", "profile", profile.code, title, ())
        elif known != profile:
            details = tuple(_compare(to_document(known), to_document(profile), "", name))
            yield Change(_judge(known, profile), "profile", profile.code, title, details)


def _label(record: Any) -> str:
    return str(record.name or record.code) if isinstance(record, Level) else str(record.label or record.code)


def _judge(old: Any, new: Any) -> Action:
    before, after = getattr(old, "retired", None), getattr(new, "retired", None)
    if before is None and after is not None:
        return "retired"
    return "restored" if before is not None and after is None else "changed"


def _compare(
    old: Mapping[str, Document], new: Mapping[str, Document], prefix: str, name: Name
) -> Iterator[str]:
    """The details of two documents of one record, in the order of its fields."""
    for key in dict.fromkeys((*new, *old)):
        field = f"{prefix}{key}"
        one, other = old.get(key), new.get(key)
        if one == other:
            if list(_as_dict(one)) != list(_as_dict(other)):
                yield f"{field}: in another order"
        elif isinstance(one, list) or isinstance(other, list):
            yield from _compare_lists(field, _as_list(one), _as_list(other), name)
        elif isinstance(one, dict) or isinstance(other, dict):
            yield from _compare_mappings(field, _as_dict(one), _as_dict(other), name)
        elif one is None:
            yield f"{field}: + {_flat(str(other))}"
        elif other is None:
            yield f"{field}: - {_flat(str(one))}"
        else:
            yield f"{field}: {_show_change(str(one), str(other))}"


def _as_list(value: Document) -> list[Document]:
    return value if isinstance(value, list) else []


def _as_dict(value: Document) -> dict[str, Document]:
    return value if isinstance(value, dict) else {}


def _compare_mappings(
    field: str, old: dict[str, Document], new: dict[str, Document], name: Name
) -> Iterator[str]:
    if not any(isinstance(value, dict) for value in (*old.values(), *new.values())):
        # The parts of a record, such as pay, or bare values by name.
        yield from _compare(old, new, f"{field}.", name)
        return

    def show(key: str, value: Document) -> str:
        own = value.get("label") if isinstance(value, dict) else None
        return _flat(str(own or name(key)))

    signs = [f"+ {show(key, value)}" for key, value in new.items() if key not in old]
    signs += [f"- {show(key, value)}" for key, value in old.items() if key not in new]
    if signs:
        yield f"{field}: {', '.join(signs)}"
    for key, value in new.items():
        if key in old and old[key] != value:
            yield from _compare(_as_dict(old[key]), _as_dict(value), f"{field}.{key}.", name)
    if not signs and list(old) != list(new):
        yield f"{field}: in another order"


def _compare_lists(field: str, old: Sequence[Document], new: Sequence[Document], name: Name) -> Iterator[str]:
    earlier = {_identify(item): item for item in old}
    later = {_identify(item): item for item in new}
    signs = [f"+ {_name(item, name)}" for key, item in later.items() if key not in earlier]
    signs += [f"- {_name(item, name)}" for key, item in earlier.items() if key not in later]
    if signs:
        yield f"{field}: {', '.join(signs)}"
    for key, item in later.items():
        if key in earlier and earlier[key] != item:
            one, other = _name(earlier[key], name), _name(item, name)
            if one != other:
                yield f"{field}: {_show_change(one, other)}"
            else:
                yield from _compare(_as_dict(earlier[key]), _as_dict(item), f"{field}.{_flat(one)}.", name)
    if not signs and list(earlier) != list(later):
        yield f"{field}: in another order"


def _identify(item: Document) -> str:
    """What makes an item the same one: its id, scheme and code, or label; the text itself."""
    if not isinstance(item, dict):
        return str(item)
    if "scheme" in item:
        return f"{item['scheme']}/{item.get('code')}"
    return str(item.get("id") or item.get("label") or item)


def _name(item: Document, name: Name) -> str:
    if not isinstance(item, dict):
        text = str(item)
    elif "scheme" in item:
        text = name(_identify(item))
    else:
        text = str(next((item[key] for key in _NAMES if key in item), item))
    return _flat(text)


def _flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _show_change(old: str, new: str) -> str:
    return f"{_flat(old)} -> {_flat(new)}"
