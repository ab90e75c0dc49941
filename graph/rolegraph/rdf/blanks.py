"""Blank nodes: which belong together, and names for them that depend on what is said of them, not on their labels.

RDF Dataset Canonicalization names every graph exactly, at a cost that grows beyond all bounds where nodes of which the
same is said speak of each other, and with the depth of lists: a file of a few lines stops it. Here a node is told from
others by what stands below and above it, which takes time in proportion to the triples, and nodes are named as they
are met on a walk from the top. That is as exact for lists and nested descriptions, which blank nodes are made for; in
a circle of nodes of which the same is said, labels decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

import pyoxigraph

Triple = pyoxigraph.Triple
Node = pyoxigraph.BlankNode
Edge = tuple[str, Node]
"""What is said, with a mark in place of each blank node, and the node at the other end."""

_ROUNDS = 64
"""How far apart two nodes of a circle may be and still tell each other from the rest."""
_SELF, _OTHER = Node("self"), Node("other")


def name_blank(triples: Iterable[Triple]) -> list[Triple]:
    """Triples that hold blank nodes, sorted, their nodes named ``n0``, ``n1`` ...: the same for the same statements."""
    held = [triple for triple in triples if list_blank(triple)]
    below: dict[Node, list[Edge]] = {}
    colours: dict[Node, str] = {}
    for group in group_blank(held):
        part = _Group(group)
        below |= part.below
        colours |= part.colour()
    names = {node: Node(f"n{number}") for number, node in enumerate(_walk(below, colours))}
    return sorted((rename_blank(triple, names.__getitem__) for triple in held), key=str)


def group_blank(triples: Iterable[Triple]) -> list[list[Triple]]:
    """The triples that hold blank nodes, in groups: those that share one belong together."""
    root: dict[Node, Node] = {}

    def find(node: Node) -> Node:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    held = [(triple, nodes) for triple in triples if (nodes := list_blank(triple))]
    for _, nodes in held:
        for node in nodes[1:]:
            root[find(node)] = find(nodes[0])
    members: defaultdict[Node, list[Triple]] = defaultdict(list)
    for triple, nodes in held:
        members[find(nodes[0])].append(triple)
    return list(members.values())


def list_blank(triple: Triple) -> list[Node]:
    """The blank nodes of a triple, and of a triple that it speaks of."""
    found: list[Node] = []
    waiting: list[object] = [triple.object, triple.subject]
    while waiting:
        term = waiting.pop()
        if isinstance(term, Node):
            found.append(term)
        elif isinstance(term, Triple):
            waiting += (term.object, term.subject)
    return found


def rename_blank(triple: Triple, rename: Callable[[Node], Node]) -> Triple:
    """A triple with other names for its blank nodes. Raises RecursionError for statements in statements without end."""

    def change(term: object) -> object:
        if isinstance(term, Node):
            return rename(term)
        return rename_blank(term, rename) if isinstance(term, Triple) else term

    return Triple(change(triple.subject), triple.predicate, change(triple.object))  # type: ignore[arg-type]


class _Group:
    """Triples whose blank nodes belong together: what is said of each node, and by whom it is spoken of."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        self.own: defaultdict[Node, list[str]] = defaultdict(list)
        self.below: dict[Node, list[Edge]] = {}
        self.above: defaultdict[Node, list[Edge]] = defaultdict(list)
        for triple in triples:
            nodes = list_blank(triple)
            subject = triple.subject
            for node in nodes:
                self.below.setdefault(node, [])
                self.own[node].append(_mark(triple, node))
            if isinstance(subject, Node):
                text = _mark(triple, subject)
                for node in nodes:
                    if node != subject:
                        self.below[subject].append((text, node))
                        self.above[node].append((text, subject))

    def colour(self) -> dict[Node, str]:
        """For each node a hash by which it is told from others, as far as what is said tells them apart."""
        local = {node: _hash(*sorted(facts)) for node, facts in self.own.items()}
        order = self._sort()
        if len(order) < len(local):
            return self._refine(local)
        down, up = dict(local), dict(local)
        for node in reversed(order):
            down[node] = _mix(local[node], self.below[node], down)
        for node in order:
            up[node] = _mix(down[node], self.above[node], up)
        return up

    def _sort(self) -> list[Node]:
        """The nodes with those that are spoken of behind those that speak; those in a circle, or below one, are left out."""
        open_ends = Counter({node: len(self.above[node]) for node in self.below})
        ready = [node for node in self.below if not open_ends[node]]
        for node in ready:
            for _, other in self.below[node]:
                open_ends[other] -= 1
                if not open_ends[other]:
                    ready.append(other)
        return ready

    def _refine(self, colours: dict[Node, str]) -> dict[Node, str]:
        different = len(set(colours.values()))
        for _ in range(_ROUNDS):
            colours = {
                node: _hash(
                    _mix(colours[node], self.below[node], colours), _mix("", self.above[node], colours)
                )
                for node in colours
            }
            before, different = different, len(set(colours.values()))
            if different == before:
                break
        return colours


def _mark(triple: Triple, own: Node) -> str:
    """A triple with a mark for one of its blank nodes, and another for all others."""
    return str(rename_blank(triple, lambda node: _SELF if node == own else _OTHER))


def _walk(below: Mapping[Node, Sequence[Edge]], colours: Mapping[Node, str]) -> list[Node]:
    """The nodes as they are met: from those that no other speaks of, each followed by all that stands below it."""
    spoken_of = {node for edges in below.values() for _, node in edges}

    def rank(node: Node) -> tuple[bool, str, str]:
        return node in spoken_of, colours[node], node.value

    met: dict[Node, None] = {}
    for start in sorted(below, key=rank):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in met:
                met[node] = None
                edges = ((text, colours[other], other.value, other) for text, other in below[node])
                waiting += (other for *_, other in sorted(edges, key=lambda edge: edge[:3], reverse=True))
    return list(met)


def _mix(own: str, edges: Sequence[Edge], colours: Mapping[Node, str]) -> str:
    return _hash(own, *sorted(_hash(text, colours[other]) for text, other in edges))


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
