"""Walks SHACL property paths over indexed triples."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rolegraph.validate import paths
from rolegraph.validate.index import Index
from rolegraph.validate.paths import Path

Walk = Callable[[str], Sequence[str]]
"""From a node to the nodes that a path leads to, each once."""


def compile_path(path: Path, index: Index, backwards: bool = False) -> Walk:
    """The walk of a path; ``backwards`` from its end to its begin."""
    match path:
        case paths.Predicate(iri):
            return _compile_step(f"<{iri}>", index, backwards)
        case paths.Inverse(inner):
            return compile_path(inner, index, not backwards)
        case paths.Sequence(parts):
            ordered = reversed(parts) if backwards else parts
            return _chain([compile_path(part, index, backwards) for part in ordered])
        case paths.Alternative(parts):
            return _merge([compile_path(part, index, backwards) for part in parts])
        case paths.Repeat(inner, sign):
            return _repeat(compile_path(inner, index, backwards), sign)


def _compile_step(predicate: str, index: Index, backwards: bool) -> Walk:
    table = index.invert(predicate) if backwards else index.table(predicate)
    find = table.get

    def walk(node: str) -> Sequence[str]:
        found = find(node)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)

    return walk


def _chain(walks: Sequence[Walk]) -> Walk:
    first, *others = walks

    def walk(node: str) -> Sequence[str]:
        reached = first(node)
        for step in others:
            if len(reached) == 1:
                reached = step(reached[0])
            elif reached:
                reached = list(dict.fromkeys(value for each in reached for value in step(each)))
        return reached

    return walk


def _merge(walks: Sequence[Walk]) -> Walk:
    def walk(node: str) -> Sequence[str]:
        return list(dict.fromkeys(value for step in walks for value in step(node)))

    return walk


def _repeat(step: Walk, sign: str) -> Walk:
    def walk(node: str) -> Sequence[str]:
        reached = {node: None} if sign in "*?" else {}
        todo = list(step(node))
        while todo:
            value = todo.pop()
            if value not in reached:
                reached[value] = None
                if sign != "?":
                    todo.extend(step(value))
        return list(reached)

    return walk
