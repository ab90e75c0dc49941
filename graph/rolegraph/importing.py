"""Public releases on their way into a data folder: read, cut to what is needed, written whole or not at all."""

from __future__ import annotations

import re
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolegraph.answers.releases import Held, Reason, ReleaseImport, TableRead, Unused
from rolegraph.classifications.families import FAMILIES, find_reader, read_package, recognize_family
from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.package import Package, open_package
from rolegraph.errors import InputError, OutputError, Place, Problem, RequestError, describe_error
from rolegraph.model import codes
from rolegraph.model.release import Release, ReleaseFile
from rolegraph.output import hold_folder, stage_files
from rolegraph.plain import to_json
from rolegraph.records.collector import pause_collector
from rolegraph.records.document import Document
from rolegraph.records.files import RELEASE, RELEASES, show_folder
from rolegraph.records.folder import load_folder, load_lent
from rolegraph.records.render import to_document
from rolegraph.records.table import read_workbook
from rolegraph.records.writing import write_yaml
from rolegraph.releases.folder import GRAPH, REPORT, check_graph, open_release, read_release
from rolegraph.releases.keys import find_soc, split_key
from rolegraph.releases.library import find_keys
from rolegraph.releases.needs import keep_needed
from rolegraph.releases.publishers import find_publisher
from rolegraph.releases.rows import Concept, Label, Link, Row
from rolegraph.releases.writing import write_release

if TYPE_CHECKING:
    from rolegraph.model.release import Coverage
    from rolegraph.model.taxonomy import Taxonomy

_PERIODS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@pause_collector()
def import_release(
    family: str,
    source: str | Path,
    folder: str | Path,
    *,
    version: str | None = None,
    coverage: Coverage = "all",
    languages: Sequence[str] = (),
    tell: Callable[[str], None] = lambda step: None,
) -> ReleaseImport:
    """Bring a public release (a folder, or the zip file as it is downloaded) into a data folder.

    ``family`` is one of ``classifications.families.FAMILIES``. With ``coverage`` ``mapped`` only what the profiles of
    the folder are mapped to or cite is taken, with all that it names and that is wider. ``languages`` are those to take
    of a release that has several; none means all. Importing the same again changes nothing.

    Raises InputError with every problem of the release, and then nothing is written; RequestError where ``version`` is
    needed and not given, or is not what the files say, where ``folder`` is no data folder, and where nothing of the
    release is mapped or all of it is there already; OutputError where the folder cannot be written.
    """
    target = Path(folder)
    if not (target / "dataset.yaml").exists():
        raise RequestError(
            f"{target} is no data folder: it has no dataset.yaml; check the name, or make one: rolegraph init {target}"
        )
    # What is wrong with releases that are there must not keep one from being imported again.
    taxonomy = load_folder(target, releases=False).taxonomy
    ledger = Ledger()
    with open_package(Path(source)) as package:
        reader = find_reader(family)
        _check_family(family, package)
        told = reader.find_version(package)
        if version is not None and told not in {None, version}:
            raise RequestError(f"{package.name} says that it is {told}, not {version}; leave --version out")
        stated = told if version is None else version
        if stated is None:
            raise RequestError(f"{package.name} does not say which release it is; say it with --version")
        if not re.fullmatch(codes.RELEASE_PATTERN, f"{family}-{stated}"):
            raise RequestError(f"{stated!r} is no version of a release; give one such as 29.0 or 2024-05")
        tell(f"reading {package.name}")
        language, stream = read_package(family, package, ledger, tell, languages)
        rows: Sequence[Row] = list(stream)
        digests = dict(package.digests)
    ledger.notes += [f"{tally.table} holds no row" for tally in ledger.tallies.values() if not tally.rows]
    release = _describe(family, stated, taxonomy.dataset.base, language, coverage, rows, digests)
    kept = rows
    if coverage == "mapped":
        _check_whole(target, release)
        tell("choosing what the profiles need")
        kept = keep_needed(rows, _list_wanted(taxonomy, rows))
        if not kept:
            raise RequestError(
                f"nothing in {target} is mapped to what {release.title} holds, or cites it, so that nothing would be "
                "taken; leave --only out"
            )
    return _Import(target, taxonomy, release, rows, kept, ledger, tell).write()


def _check_whole(target: Path, release: Release) -> None:
    """Raise RequestError where a folder holds the whole release, of which a part is to take the place."""
    place = target / RELEASES / release.code
    if not place.is_dir():
        return
    remedy = f"leave --only out, or delete {place} to have it cut"
    try:
        held = read_release(place)
    except InputError:
        raise RequestError(
            f"{place} is damaged, so that it is not known whether it holds all of {release.title}; {remedy}"
        ) from None
    if held.coverage == "all":
        raise RequestError(f"{target} holds all of {release.title}; {remedy}")


def _check_family(family: str, package: Package) -> None:
    if find_reader(family).recognize(package):
        return
    other = recognize_family(package)
    if other is None and len(package.names) == 1 and package.names[0].lower().endswith((".xlsx", ".xlsm")):
        # What is wrong with a workbook is more than that it is of no family.
        read_workbook((package.names[0], package.read(package.names[0])))
    if other is None:
        some = ", ".join(package.names[:5]) + (" ..." if len(package.names) > 5 else "")
        message, remedy = (
            f"this is no release of {FAMILIES[family]} (it holds {some or 'nothing'})",
            "name one",
        )
    else:
        message = f"this is a release of {FAMILIES[other]}, not of {FAMILIES[family]}"
        remedy = f"rolegraph import {other} {package.path}"
    raise InputError([Problem("release-kind", message, Place(str(package.path)), "", remedy)])


def _list_wanted(taxonomy: Taxonomy, rows: Iterable[Row]) -> set[str]:
    """The keys of what profiles and skills are mapped to, and of the O*NET occupations that profiles cite.

    A mapped SOC code wants the O*NET occupations that stand under it, too, and an O*NET code its SOC code.
    """
    mappings = [mapping for profile in taxonomy.profiles for mapping in profile.mappings]
    mappings += [mapping for skill in taxonomy.skills for mapping in skill.mappings]
    named = {f"{mapping.scheme}/{mapping.code}" for mapping in mappings}
    cited = {s.cited for p in taxonomy.profiles for s in p.sources if s.cited is not None}
    named |= {f"onet-soc-2019/{code}" for code in cited} | {f"onet-soc-2010/{code}" for code in cited}
    under = {
        row.key for row in rows if type(row) is Link and row.kind == "broad-match" and row.other in named
    }
    return named | under | {soc for key in named if (soc := find_soc(key)) is not None}


def _describe(
    family: str,
    version: str,
    base: str,
    language: str,
    coverage: Coverage,
    rows: Sequence[Row],
    digests: dict[str, str],
) -> Release:
    """What the release says of itself, before its graph is written."""
    publisher = find_publisher(family)
    schemes = {split_key(row.key)[0] for row in rows} & publisher.schemes.keys()
    period = _find_period(version) if family == "oews" else None
    return Release(
        code=f"{family}-{version}",
        family=family,
        title=publisher.write_title(version, period),
        version=version,
        publisher=publisher.publisher,
        source=publisher.source,
        licence=publisher.licence,
        attribution=publisher.write_attribution(version, period),
        language=language,
        currency=publisher.currency,
        period=period,
        coverage=coverage,
        schemes=tuple(schemes) or tuple(publisher.schemes)[:1],
        base=base,
        triples=0,
        sha256="0" * 64,
        files=tuple(ReleaseFile(name=name, sha256=digest) for name, digest in digests.items()),
    )


def _find_period(version: str) -> str:
    """The month that a version such as ``2024-05`` names, as people write it.

    >>> _find_period("2024-05"), _find_period("2024")
    ('May 2024', '2024')
    """
    year, _, month = version.partition("-")
    if month.isdecimal() and 1 <= int(month) <= len(_PERIODS):
        return f"{_PERIODS[int(month) - 1]} {year}"
    return version


class _Import:
    """One release on its way into its folder."""

    def __init__(
        self,
        target: Path,
        taxonomy: Taxonomy,
        release: Release,
        read: Sequence[Row],
        rows: Sequence[Row],
        ledger: Ledger,
        tell: Callable[[str], None],
    ) -> None:
        self.target, self.taxonomy, self.release = target, taxonomy, release
        self.read, self.rows, self.ledger, self.tell = read, rows, ledger, tell
        self.keys = find_keys(taxonomy)

    def write(self) -> ReleaseImport:
        """Write the release beside its place and put it there whole; nothing where it is there already."""
        releases = self.target / RELEASES
        place = releases / self.release.code
        with hold_folder(self.target):
            staging = releases / f".{self.release.code}.{secrets.token_hex(4)}.tmp"
            try:
                release = self._stage(staging)
                answer = self._answer(release, place)
                if answer.changed:
                    with stage_files(staging) as staged:
                        staged.put(REPORT, _write_report(answer))
                    _swap(staging, place)
                    self._lend_schemes(release)
            except OSError as error:
                raise OutputError(f"cannot write to {self.target}: {describe_error(error)}") from error
            finally:
                shutil.rmtree(staging, ignore_errors=True)
                for stale in releases.glob(".*.tmp"):
                    shutil.rmtree(stale, ignore_errors=True)
        open_release(self.target, release, self.keys, self.tell).close()
        return answer

    def _stage(self, staging: Path) -> Release:
        """The release with its size and digest, once its graph stands in the staging folder."""
        self.tell(f"writing {self.release.title}")
        titles = find_publisher(self.release.family).schemes
        triples = 0

        def write(sink: object) -> None:
            nonlocal triples
            triples = write_release(self.release, self.rows, self.keys, titles, sink)  # type: ignore[arg-type]

        with stage_files(staging) as staged:
            written = staged.add(GRAPH, write)
            release = self.release.model_copy(update={"triples": triples, "sha256": written.sha256})
            staged.put(RELEASE, write_yaml(to_document(release)).encode())
        return release

    def _answer(self, release: Release, place: Path) -> ReleaseImport:
        """What became of the import: what is written, unless the folder holds that already."""
        ledger = self.ledger
        answer = ReleaseImport(
            folder=show_folder(self.target),
            release=release.code,
            title=release.title,
            coverage=release.coverage,
            changed=True,
            tables=tuple(map(_tell_table, ledger.tallies.values())),
            unread=tuple(Unused(name, reason) for name, reason in sorted(ledger.unread.items())),
            missing=tuple(Unused(name, reason) for name, reason in sorted(ledger.missing.items())),
            notes=tuple(ledger.notes),
            concepts=self._count(Concept),
            labels=self._count(Label),
            links=self._count(Link),
            triples=release.triples,
            attribution=release.attribution,
            written=tuple(f"{RELEASES}/{release.code}/{name}" for name in (RELEASE, GRAPH, REPORT)),
        )
        return replace(answer, changed=False, written=()) if _is_same(place, release, answer) else answer

    def _count(self, kind: type[Row]) -> tuple[Held, ...]:
        """How many rows of a class were kept, of how many that were read, by their kinds."""
        read, kept = (
            Counter(row.kind for row in rows if type(row) is kind) for rows in (self.read, self.rows)
        )
        return tuple(Held(name, kept[name], number) for name, number in sorted(read.items()))

    def _lend_schemes(self, release: Release) -> None:
        """A folder with classifications of its own gets those that mappings may now name."""
        own = self.target / "occupations"
        if not own.is_dir():
            return
        lent = load_lent().scheme_by_code
        with stage_files(own) as staged:
            for code in release.schemes:
                if code in lent and code not in self.taxonomy.scheme_by_code:
                    document: dict[str, Document] = {"scheme": to_document(lent[code]), "occupations": {}}
                    staged.put(f"{code}.yaml", write_yaml(document).encode())


def _write_report(answer: ReleaseImport) -> bytes:
    """The report that is kept beside a release: the same wherever the folder stands."""
    return to_json(replace(answer, folder=".")).encode()


def _is_same(place: Path, release: Release, answer: ReleaseImport) -> bool:
    """Whether a folder holds the release as it was made, and all of it whole."""
    try:
        if (place / RELEASE).read_bytes() != write_yaml(to_document(release)).encode():
            return False
        if (place / REPORT).read_bytes() != _write_report(answer):
            return False
        check_graph(place / GRAPH, release)
    except (OSError, InputError):
        return False
    return True


def _swap(staging: Path, place: Path) -> None:
    """Put a folder in its place; what stood there gives way, and comes back where that fails."""
    before = None
    if place.exists() and not place.is_dir():
        raise OutputError(f"{place} is a file; remove it")
    if place.exists():
        before = staging.with_name(f".{place.name}.{secrets.token_hex(4)}.before.tmp")
        place.rename(before)
    try:
        staging.rename(place)
    except OSError:
        if before is not None:
            before.rename(place)
        raise
    if before is not None:
        shutil.rmtree(before, ignore_errors=True)


def _tell_table(tally: Tally) -> TableRead:
    return TableRead(
        tally.table, tally.rows, tally.taken, _to_reasons(tally.skipped), _to_reasons(tally.marked)
    )


def _to_reasons(counts: Counter[str]) -> tuple[Reason, ...]:
    return tuple(Reason(reason, rows) for reason, rows in sorted(counts.items()) if rows)
