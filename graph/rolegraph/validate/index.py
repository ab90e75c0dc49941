"""The triples by predicate and subject, for those predicates alone that the shapes speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rolegraph.rdf.vocab import RDF
from rolegraph.validate.triples import Triples

Table = dict[str, str | list[str]]
"""Subject to its one object, or to the list of its several objects."""

_TYPE = f"<{RDF.type}>"
_SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


class Index:
    """The triples of some predicates, and the instances of every class. Terms are N-Triples strings.

    ``kept`` are predicates (written ``<...>``) whose lines are also kept as they stand, for a query engine.
    """

    def __init__(self, triples: Triples, predicates: Iterable[str], kept: Collection[str] = ()) -> None:
        self._tables: dict[str, Table] = {predicate: {} for predicate in predicates}
        self._inverse: dict[str, Table] = {}
        self._typed: dict[str, list[str]] = {}
        self._instances: dict[str, frozenset[str]] = {}
        self.lines: dict[str, list[str]] = {predicate: [] for predicate in kept}
        self._subclasses = self._tables.get(_SUBCLASS, {})
        self._read(triples)
        self._narrower_classes = self._read_subclasses()

    def _read(self, triples: Triples) -> None:
        tables = {**self._tables, _SUBCLASS: self._subclasses}
        typed, lines = self._typed, self.lines
        shared: dict[str, str] = {}
        last = ""
        for line in triples.lines():
            subject, predicate, value = line.split(" ", 2)
            kept = lines.get(predicate)
            if kept is not None:
                kept.append(line)
            if predicate == _TYPE:
                if subject == last:
                    subject = last
                last = subject
                typed.setdefault(value, []).append(subject)
            table = tables.get(predicate)
            if table is None:
                continue
            if subject == last:
                subject = last  # one string for all triples of a subject, which stand together
            last = subject
            if value[0] == "<":
                value = shared.setdefault(value, value)
            known = table.get(subject)
            if known is None:
                table[subject] = value
            elif isinstance(known, list):
                known.append(value)
            else:
                table[subject] = [known, value]

    def _read_subclasses(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for narrower, broader in iterate_table(self._subclasses):
            found.setdefault(broader, []).append(narrower)
        return found

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """The objects of a subject, each once."""
        found = self._tables[predicate].get(subject)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)

    def subjects(self, predicate: str, value: str) -> Sequence[str]:
        """The subjects that have an object, each once."""
        found = self.invert(predicate).get(value)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)

    def table(self, predicate: str) -> Table:
        """The whole table of a predicate."""
        return self._tables[predicate]

    def invert(self, predicate: str) -> Table:
        """The table of a predicate from object to subjects."""
        table = self._inverse.get(predicate)
        if table is None:
            table = {}
            for subject, value in iterate_table(self._tables[predicate]):
                known = table.get(value)
                if known is None:
                    table[value] = subject
                elif isinstance(known, list):
                    known.append(subject)
                else:
                    table[value] = [known, subject]
            self._inverse[predicate] = table
        return table

    def instances(self, name: str) -> frozenset[str]:
        """The nodes of a class or of any class below it."""
        found = self._instances.get(name)
        if found is None:
            classes, todo = {name}, [name]
            while todo:
                for narrower in self._narrower_classes.get(todo.pop(), ()):
                    if narrower not in classes:
                        classes.add(narrower)
                        todo.append(narrower)
            found = frozenset(node for each in classes for node in self._typed.get(each, ()))
            self._instances[name] = found
        return found


def iterate_table(table: Table) -> Iterator[tuple[str, str]]:
    """Every pair of subject and object of a table."""
    for subject, value in table.items():
        if isinstance(value, list):
            for each in value:
                yield subject, each
        else:
            yield subject, value
