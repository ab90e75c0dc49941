"""Runs planned shapes over indexed triples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph

from rolegraph.rdf.vocab import RDF
from rolegraph.validate.index import Index
from rolegraph.validate.paths import format_path
from rolegraph.validate.queries import Query
from rolegraph.validate.results import Result
from rolegraph.validate.rules import SH
from rolegraph.validate.shape import Pairs, Shape, Target
from rolegraph.validate.triples import Triples
from rolegraph.validate.walk import Walk, compile_path

_TYPE = f"<{RDF.type}>"
_PLACEHOLDER = r"{[?$]%s}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a query: its path and value (empty where not selected), and the text of every variable."""

    path: str
    value: str
    texts: tuple[tuple[str, str], ...]


class Run:
    """One judgement of one graph by planned shapes."""

    def __init__(self, triples: Triples, targets: Sequence[Target]) -> None:
        self.targets = targets
        shapes = {id(shape): shape for target in targets for shape in target.shape.walk()}.values()
        queries = [query for shape in shapes for query in shape.queries]
        asked = self._list_asked(queries)
        predicates = {f"<{iri}>" for shape in shapes for iri in shape.list_predicates()}
        predicates |= {name for t in targets for name in (*t.subjects_of, *t.objects_of)}
        self.index = Index(triples, predicates, asked or ())
        self._store = self._fill_store(triples, asked) if queries else pyoxigraph.Store()
        self._rows: dict[str, dict[str, list[Row]]] = {}
        self._walks: dict[int, Walk] = {}

    @staticmethod
    def _list_asked(queries: Iterable[Query]) -> frozenset[str] | None:
        """The IRIs that queries name; None where any triple may matter."""
        asked: set[str] = set()
        for query in queries:
            if query.iris is None:
                return None
            asked |= query.iris
        return frozenset(asked)

    def _fill_store(self, triples: Triples, asked: frozenset[str] | None) -> pyoxigraph.Store:
        """A store of the triples that queries may ask for: their predicates, and types that they name."""
        store = pyoxigraph.Store()
        if asked is None:
            store.bulk_load(triples.serialize(), format=pyoxigraph.RdfFormat.N_TRIPLES)
            return store
        kept = self.index.lines
        for predicate, lines in kept.items():
            if predicate == _TYPE:
                ends = tuple(f" {name}" for name in asked)
                lines = [line for line in lines if line.endswith(ends)]
            if lines:
                text = " .\n".join(lines) + " .\n"
                store.bulk_load(text.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
        kept.clear()
        return store

    def judge(self) -> list[Result]:
        """Every result, in no particular order."""
        results: list[Result] = []
        for target in self.targets:
            self._report(target.shape, self.find_focus_nodes(target), results)
        return results

    def find_focus_nodes(self, target: Target) -> list[str]:
        """The nodes that a shape is for."""
        found = dict.fromkeys(target.nodes)
        for name in target.classes:
            found.update(dict.fromkeys(self.index.instances(name)))
        for predicate in target.subjects_of:
            found.update(dict.fromkeys(self.index.table(predicate)))
        for predicate in target.objects_of:
            found.update(dict.fromkeys(self.index.invert(predicate)))
        return list(found)

    def _pair(self, shape: Shape, nodes: Sequence[str]) -> Pairs:
        if shape.path is None:
            return [(node, (node,)) for node in nodes]
        walk = self._walks.get(id(shape))
        if walk is None:
            walk = self._walks[id(shape)] = compile_path(shape.path, self.index)
        return [(node, walk(node)) for node in nodes]

    def find_failing(self, shape: Shape, nodes: Sequence[str]) -> set[str]:
        """Those of ``nodes`` that do not conform to a shape."""
        failing: set[str] = set()
        if not shape.active or not nodes:
            return failing

        def mark(focus: str, value: str, component: str) -> None:
            failing.add(focus)

        pairs = self._pair(shape, nodes)
        for constraint in shape.constraints:
            constraint.check(self, pairs, mark)
        for inner in shape.properties:
            bad = self.find_failing(inner, list(dict.fromkeys(v for _, values in pairs for v in values)))
            if bad:
                failing.update(focus for focus, values in pairs if not bad.isdisjoint(values))
        for query in shape.queries:
            rows = self._ask(query)
            failing.update(node for node in nodes if node in rows)
        return failing

    def _report(self, shape: Shape, nodes: Sequence[str], results: list[Result]) -> None:
        if not shape.active or not nodes:
            return
        node = str(shape.node)
        path = "" if shape.path is None else format_path(shape.path)

        def emit(focus: str, value: str, component: str) -> None:
            results.append(Result(node, focus, path, value, component, shape.severity, shape.messages))

        pairs = self._pair(shape, nodes)
        for constraint in shape.constraints:
            constraint.check(self, pairs, emit)
        for inner in shape.properties:
            self._report(inner, [value for _, values in pairs for value in values], results)
        for query in shape.queries:
            self._report_rows(shape, query, nodes, results)

    def _report_rows(self, shape: Shape, query: Query, nodes: Sequence[str], results: list[Result]) -> None:
        rows = self._ask(query)
        if not rows:
            return
        component = SH + "SPARQLConstraintComponent"
        for node in nodes:
            for row in rows.get(node, ()):
                value = row.value or node
                texts = dict(row.texts)
                messages = {_fill(message, texts) for message in (*shape.messages, *query.messages)}
                results.append(
                    Result(
                        str(shape.node), node, row.path, value, component, shape.severity,
                        tuple(sorted(messages)),
                    )
                )  # fmt: skip

    def _ask(self, query: Query) -> dict[str, list[Row]]:
        """The rows of a query by focus node, each once."""
        found = self._rows.get(query.node)
        if found is None:
            found = self._rows[query.node] = {}
            solutions = self._store.query(query.text)
            assert isinstance(solutions, pyoxigraph.QuerySolutions)
            names = [variable.value for variable in solutions.variables]
            for solution in solutions:
                terms = {name: solution[name] for name in names if solution[name] is not None}
                this = terms.get("this")
                if this is None:
                    continue
                path, value = terms.get("path"), terms.get("value")
                texts = tuple((name, _read_text(term)) for name, term in terms.items())
                row = Row("" if path is None else str(path), "" if value is None else str(value), texts)
                rows = found.setdefault(str(this), [])
                if row not in rows:
                    rows.append(row)
        return found


def _read_text(term: object) -> str:
    return str(term.value) if hasattr(term, "value") else str(term)


def _fill(message: str, texts: dict[str, str]) -> str:
    for name, text in texts.items():
        message = message.replace(f"{{?{name}}}", text).replace(f"{{${name}}}", text)
    return message
