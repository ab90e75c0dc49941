"""One job architecture and everything that can be asked of it.

The command line, pages and Python users hold the same object; each answer loads only what it needs.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.directory import Directory
from rolegraph.errors import InputError, Problem, RequestError
from rolegraph.guide import STRUCTURAL

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Triple

    from rolegraph.answers import (
        Build,
        Finding,
        Publication,
        Validation,
    )
    from rolegraph.careers.roster import Roster
    from rolegraph.export.source import Source
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.rdf.decode import Decoded
    from rolegraph.records.places import Places
    from rolegraph.releases.library import Library
    from rolegraph.remote.publish import Wishes
    from rolegraph.store.documents import Documents
    from rolegraph.store.result import Result, Term
    from rolegraph.validate.judge import Verdict


class Architecture(Directory):
    """A job architecture from a data folder, a graph file in any RDF syntax, or the shipped data.

    Roles are named by code in any letter case, by the organisation's own job code, by title or title alias. Reading raises
    :class:`rolegraph.errors.InputError` with every problem of all files; a name that nothing answers to raises
    :class:`rolegraph.errors.UnknownError` with the closest ones.

    >>> jobs = Architecture()
    >>> [n.code for n in jobs.adjacent("MANUFA.MANUFACTF950.M3", k=2).adjacent]
    ['MANUFA.MANUFACTF950.M2', 'MANUFA.MANUFACTF950.M4']
    """

    def __init__(
        self,
        data: str | Path | None = None,
        *,
        graph: str | Path | None = None,
        tell: Callable[[str], None] = lambda step: None,
    ) -> None:
        if data is not None and graph is not None:
            raise ValueError("give either a data folder or a graph file, not both")
        super().__init__(tell)
        self.data = None if data is None else Path(data)
        self.graph = None if graph is None else Path(graph)

    @cached_property
    def _decoded(self) -> Decoded:
        from rolegraph.rdf.decode import from_file

        assert self.graph is not None, "only a graph file is decoded"
        return from_file(self.graph)

    @cached_property
    def _loaded(self) -> tuple[Taxonomy, Places | None]:
        if self.graph is not None:
            return self._decoded.taxonomy, None
        from rolegraph.careers.editions import find_edition_problems
        from rolegraph.releases.loading import load_data
        from rolegraph.resources import find_resource

        loaded = load_data(find_resource("data") if self.data is None else self.data, self.tell)
        if problems := find_edition_problems(loaded.taxonomy.editions):
            # Found here and not only when a distance is asked for, so that `validate` tells it, with its file.
            raise InputError(
                replace(problem, place=loaded.places.find(*problem.where.split(".", 2)))
                for problem in problems
            )
        return loaded.taxonomy, loaded.places

    @property
    def taxonomy(self) -> Taxonomy:
        """The records, checked."""
        return self._loaded[0]

    @property
    def places(self) -> Places | None:
        """File and line of every record; None for a graph."""
        return self._loaded[1]

    @cached_property
    def foreign(self) -> tuple[Triple, ...]:
        """What a graph file, or ``beside.ttl`` of a data folder, holds beside the records, in a fixed order."""
        if self.graph is not None:
            return self._decoded.foreign
        from rolegraph.records.files import BESIDE

        beside = None if self.data is None else self.data / BESIDE
        if beside is None or not beside.exists():
            return ()
        from rolegraph.rdf.foreign import find_foreign
        from rolegraph.rdf.read import read_statements

        return find_foreign(read_statements(beside), self.taxonomy)

    @cached_property
    def library(self) -> Library:
        """The public releases beside the architecture; none for a graph."""
        from rolegraph.releases.library import Library

        return Library(self.data, self.taxonomy, self.tell, of_graph=self.graph is not None)

    @cached_property
    def roster(self) -> Roster:
        """The compact form that distances and paths are computed from."""
        from rolegraph.careers.snapshot import open_roster

        return open_roster(self.data, graph=self.graph, tell=self.tell)

    def projection(self, k: int = 10, edition: str = STRUCTURAL) -> networkx.MultiDiGraph[str]:
        """The NetworkX graph of roles: the ``k`` nearest as edges, and every move as a typed, weighted edge."""
        from rolegraph.careers.projection import projection

        return projection(self.roster, k, edition=edition)

    def documents(self, edition: str = STRUCTURAL, *, query: str = "", k: int = 10) -> Documents:
        """What SPARQL is asked of: the graph, and its adjacency by one edition; the named graphs that a query speaks of.

        A graph file is taken as it stands, together with the ``adjacency.ttl`` of the same build.
        """
        from rolegraph.build import NEIGHBOURS, is_of_one_build, write_neighbours
        from rolegraph.store.documents import Documents, list_named, names_graphs

        if self.graph is not None:
            beside = self.graph.with_name(NEIGHBOURS)
            also = (beside,) if is_of_one_build(self.graph, beside) else ()
            return Documents(files=(self.graph, *also))
        from rolegraph.rdf.write import write_turtle

        graph, adjacency = io.BytesIO(), io.BytesIO()
        write_turtle(self.taxonomy, graph, self.foreign)
        write_neighbours(self.taxonomy, self.roster, adjacency, k=k, edition=edition)
        named = list_named(query)
        graphs = tuple(
            (name, file)
            for name, file in (self.library.list_graphs() if names_graphs(query) else ())
            if named is None or name in named
        )
        return Documents(texts=(graph.getvalue(), adjacency.getvalue()), graphs=graphs)

    def export_source(self, *, k: int = 10, edition: str = STRUCTURAL) -> Source:
        """What the formats of :mod:`rolegraph.export` are written from."""
        from rolegraph.export.source import Source

        return Source(self.taxonomy, lambda: self.roster, edition, k, self.foreign, self._list_graphs())

    def _list_graphs(self) -> tuple[tuple[str, Path], ...]:
        """The named graphs of the releases: those of the library, or those that the graph file holds.

        What is taken out of a graph file stands in a temporary folder, which goes with the architecture.
        """
        if self.graph is None:
            return tuple(self.library.list_graphs())
        import weakref
        from shutil import rmtree
        from tempfile import mkdtemp

        from rolegraph.rdf.read import holds_graphs
        from rolegraph.rdf.split import split_releases

        if not holds_graphs(self.graph):
            return ()
        folder = mkdtemp(prefix="rolegraph-")
        weakref.finalize(self, rmtree, folder, ignore_errors=True)
        return split_releases(self.graph, Path(folder))

    def export(
        self, form: str, place: str | Path, *, k: int = 10, edition: str = STRUCTURAL
    ) -> tuple[Path, ...]:
        """Write the graph in a format of ``rolegraph export --list``; returns the files that were written.

        ``place`` is a file, or a folder where the format has several. Raises RequestError for an unknown format.
        """
        from rolegraph.export.writing import find_format, write_export

        return write_export(self.export_source(k=k, edition=edition), find_format(form), Path(place))

    def publish(
        self,
        url: str,
        wishes: Wishes | None = None,
        *,
        k: int = 10,
        edition: str = STRUCTURAL,
        tell: Callable[[str], None] = lambda step: None,
    ) -> Publication | Validation:
        """Validate the graph and put it into the store whose Graph Store Protocol answers at ``url``; see ``remote``.

        Returns what was put, or the violations because of which nothing was sent. Raises RequestError and OutputError.
        """
        from rolegraph.remote.address import read_address
        from rolegraph.remote.publish import Wishes, publish

        read_address(url)
        tell("validating")
        validation = self.validate()
        if not validation.conforms:
            return validation
        return publish(self.export_source(k=k, edition=edition), url, wishes or Wishes(), tell=tell)

    def query(self, name: str, parameters: Iterable[tuple[str, str]] = ()) -> Result:
        """The answer of a named query (see ``rolegraph query --list``)."""
        from rolegraph.careers.distance import list_distances
        from rolegraph.store.named import find_query, run_named
        from rolegraph.store.store import load_store

        query = find_query(name)
        kinds = {parameter.name: parameter.kind for parameter in query.parameters}
        given = [
            (key, self._find_code(value) if kinds.get(key) == "profile" else value)
            for key, value in parameters
        ]
        wanted = dict(given).get("edition", STRUCTURAL)
        known = wanted in list_distances(self.roster)
        documents = self.documents(wanted if known else STRUCTURAL, query=query.text)
        return run_named(load_store(documents), name, given)

    def _find_code(self, role: str) -> str:
        """The code of the profile that a job code or title names; what names none is left to the query."""
        try:
            return self.find_profile(role)
        except RequestError:
            return role

    def sparql(
        self,
        text: str,
        values: Iterable[tuple[str, str]] = (),
        *,
        timeout: float = 30.0,
        limit: int = 100_000,
    ) -> Result:
        """The answer to a query of one's own, in a process of its own that ends ``timeout`` seconds after the data are read.

        ``values`` are bound to variables of that name: an IRI in angle brackets, or a plain text.
        """
        from rolegraph.store.sandbox import run_text

        bindings = {name: read_term(value) for name, value in values}
        documents = self.documents(query=text)
        return run_text(documents, text, bindings=bindings, timeout=timeout, limit=limit)

    def judge(self) -> Verdict:
        """The verdict of the shapes on the graph, with the results that reports for other tools are made of.

        A graph file is judged as it stands, with what rolegraph does not know in it.
        """
        from rolegraph.validate.judge import judge_file, judge_taxonomy

        if self.graph is None:
            return _add_problems(
                judge_taxonomy(self.taxonomy, self.places, self.foreign), self.library.find_damage()
            )
        verdict = judge_file(self.graph)
        if not verdict.validation.conforms:
            return verdict
        # What no shape speaks of may still keep the graph from being read as an architecture. A file without a
        # dataset, such as the adjacency, is none and is judged by the shapes alone.
        problems = [problem for problem in self._find_unread() if problem.rule != "dataset-missing"]
        return _add_problems(verdict, problems)

    def _find_unread(self) -> tuple[Problem, ...]:
        """What keeps the records from being read; none where they can be."""
        try:
            _ = self.taxonomy
        except InputError as error:
            return error.problems
        return ()

    def validate(self) -> Validation:
        """Every finding of the shapes, worst first; see ``shapes/``."""
        return self.judge().validation

    def rdf(self) -> rdflib.Graph:
        """The graph as an rdflib Graph."""
        from rolegraph.rdf.write import to_graph

        graph = to_graph(self.taxonomy)
        if self.foreign:
            from rolegraph.validate.triples import to_graph as add_triples

            add_triples(self.foreign, graph)
        return graph

    def build(
        self,
        folder: str | Path,
        *,
        k: int = 10,
        edition: str = STRUCTURAL,
        tell: Callable[[str], None] = lambda step: None,
    ) -> Build | Validation:
        """Validate the graph and write it to a folder; ``tell`` hears what is being done.

        Returns what was built, or the violations because of which nothing was written.
        """
        from rolegraph.build import write_build

        tell("reading the records")
        return write_build(
            self.taxonomy,
            self.roster,
            self.validate,
            self.name_from_within,
            Path(folder),
            foreign=self.foreign,
            k=k,
            edition=edition,
            tell=tell,
        )

    def name_from_within(self, finding: Finding) -> Finding:
        """The finding with its file named from the data folder: a report is the same wherever it is made."""
        from rolegraph.resources import is_shipped

        if finding.file is None:
            return finding
        if self.data is None or is_shipped(self.data):
            return replace(finding, file=finding.file.removeprefix("data/"))
        place, root = Path(finding.file).resolve(), self.data.resolve()
        if not place.is_relative_to(root):
            return finding
        return replace(finding, file=place.relative_to(root).as_posix())


def load(data: str | Path | None = None, *, graph: str | Path | None = None) -> Architecture:
    """The job architecture of a data folder, a graph file, or (with neither) the shipped data, read and checked.

    Raises InputError with every problem of all files.
    """
    architecture = Architecture(data, graph=graph)
    _ = architecture.taxonomy
    return architecture


def projection(
    data: str | Path | None = None, k: int = 10, edition: str = STRUCTURAL
) -> networkx.MultiDiGraph[str]:
    """The NetworkX graph of roles of a data folder, or of the shipped data; see ``careers.projection``."""
    return Architecture(data).projection(k, edition)


def _add_problems(verdict: Verdict, problems: Sequence[Problem]) -> Verdict:
    """A verdict with what keeps data from being read, each problem a violation."""
    if not problems:
        return verdict
    from rolegraph.answers import Validation

    findings = (*map(_to_finding, problems), *verdict.validation.findings)
    return replace(verdict, validation=Validation(False, findings))


def _to_finding(problem: Problem) -> Finding:
    """A problem of reading as a finding: tools want one form for both."""
    from rolegraph.answers import Finding

    cell = str(problem.place) if problem.place is not None and problem.place.cell is not None else None
    return Finding(
        severity="violation",
        rule=problem.rule,
        cell=cell,
        file=problem.place.file if problem.place else None,
        line=problem.place.line if problem.place else None,
        subject=problem.where,
        message=problem.message,
        remedy=problem.remedy,
    )


def report_problems(error: InputError) -> Validation:
    """What keeps data from being read, as a validation that does not conform."""
    from rolegraph.answers import Validation

    return Validation(False, tuple(map(_to_finding, error.problems)))


def read_term(text: str) -> Term:
    """An IRI in angle brackets as an IRI, any other text as a plain literal."""
    import pyoxigraph

    if not (text.startswith("<") and text.endswith(">")):
        return pyoxigraph.Literal(text)
    try:
        return pyoxigraph.NamedNode(text[1:-1])
    except ValueError as error:
        raise RequestError(f"{text} is not an IRI: {error}") from error
