"""The command that checks data and graphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import (
    choose_source,
    format_option,
    name_output,
    output_option,
    source_options,
    tell_step,
)
from rolegraph.cli.places import LocalPath
from rolegraph.errors import InputError, RequestError

if TYPE_CHECKING:
    from rolegraph.answers import Validation
    from rolegraph.validate.judge import Verdict

RECORDS = {".yaml", ".jsonl"}


@click.command("validate")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=LocalPath(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option(
    "--severity",
    type=click.Choice(["violation", "warning", "info"]),
    default="info",
    show_default=True,
    help="The least severity that is told.",
)
@format_option("text", "json", "csv", "md", "html", "xlsx", "sarif", "turtle")
@output_option
@click.option(
    "--workbook",
    type=LocalPath(path_type=Path),
    metavar="FILE",
    help="With xlsx: the table that the data was imported from, where it has been moved or renamed.",
)
@source_options
def validate_command(
    paths: tuple[Path, ...], strict: bool, severity: str, form: str, workbook: Path | None
) -> int:
    """Check data or graphs by the rules in shapes/, and tell file, line, reason and remedy of what is wrong.

    PATH is a data folder, one file of records in a data folder, or a graph file (see --graph); without a PATH
    the data named by --data or --graph is checked. Violations (unsound) make the exit status 1; warnings (at odds
    with itself, or unsupported) do with --strict; infos (merely absent) never do.

    For data that was imported from a table, findings name the cell as well (roles.xlsx Roles!F214). The form xlsx
    gives your workbook back: a copy with a first sheet that lists the findings, worst first, and with the cells of
    violations and warnings coloured and commented. Your own file stays as it is. It is looked for by its name in
    the current folder and in the data folder, and must be as it was when it was imported: otherwise the cells may
    have moved. The form html is one page that needs no network.

    \b
    Examples:
      rolegraph validate
      rolegraph validate my-architecture/focuses/FIN.TAX.yaml --strict
      rolegraph validate graph.ttl --format sarif > findings.sarif
      rolegraph validate my-architecture -o findings.html
      rolegraph validate my-architecture -o roles-checked.xlsx
      rolegraph validate my-architecture -o checked.xlsx --workbook ~/roles.xlsx
    """
    output = name_output()
    _check_form(form, output, workbook)
    try:
        verdicts = [_judge(path) for path in paths] or [_judge_source()]
    except InputError as error:
        if form in {"text", "turtle"}:
            raise
        from rolegraph.architecture import report_problems

        problems = report_problems(error)
        _deliver(_make(_narrow(problems, severity), [], form, paths, output, workbook), output, problems)
        return 2
    whole = _merge(verdicts, "info")
    told = _merge(verdicts, severity)
    _deliver(_make(told, verdicts, form, paths, output, workbook), output, told)
    if len(told.findings) < len(whole.findings):
        from rolegraph.report.sheets import summarise_validation

        click.echo(f"Not all is shown. {summarise_validation(whole)}", err=True)
    worst = {finding.severity for finding in whole.findings}
    return 1 if "violation" in worst or (strict and "warning" in worst) else 0


def _check_form(form: str, output: Path | None, workbook: Path | None) -> None:
    """Refuse what cannot be written before the work of checking begins."""
    if workbook is not None and form != "xlsx":
        raise click.UsageError("--workbook belongs to --format xlsx.")
    if form == "xlsx" and output is None:
        raise click.UsageError("--format xlsx needs a file to write to: -o FILE.xlsx.")


def _judge_source() -> Verdict:
    from rolegraph.architecture import Architecture

    data, graph = choose_source()
    tell_step("reading the data")
    return Architecture(data, graph=graph).judge()


def _judge(path: Path) -> Verdict:
    """The verdict on a data folder, a graph file, or one file of records within its folder."""
    from rolegraph.architecture import Architecture

    tell_step(f"reading {path}")
    if _is_graph(path):
        return Architecture(graph=path).judge()
    if not path.exists():
        raise RequestError(f"there is no file or folder {path}")
    if path.is_dir():
        return Architecture(path).judge()
    if path.suffix not in RECORDS:
        raise RequestError(
            f"{path} is no graph (.ttl, .nt, .nq, .trig, .rdf, .owl, .jsonld), no file of records (.yaml, .jsonl) and no data folder"
        )
    folder = _find_folder(path)
    if folder is None:
        raise RequestError(f"{path} stands in no data folder (one that holds dataset.yaml); name the folder")
    return _keep_file(Architecture(folder).judge(), path)


def _is_graph(path: Path) -> bool:
    from rolegraph.rdf.read import FORMATS

    return path.suffix.lower() in FORMATS and not path.is_dir()


def _find_folder(path: Path) -> Path | None:
    """The data folder that a path names or stands in."""
    if path.is_dir():
        return path
    return next((parent for parent in path.parents if (parent / "dataset.yaml").is_file()), None)


def _keep_file(verdict: Verdict, path: Path) -> Verdict:
    """The verdict with only the findings that point into one file."""
    from dataclasses import replace

    from rolegraph.answers import Validation

    place = path.resolve()
    kept = tuple(
        f for f in verdict.validation.findings if f.file is not None and Path(f.file).resolve() == place
    )
    conforms = all(finding.severity != "violation" for finding in kept)
    return replace(verdict, validation=Validation(conforms, kept))


def _merge(verdicts: list[Verdict], severity: str) -> Validation:
    """The findings of all verdicts, worst first, each once; only those at least as bad as ``severity``."""
    from rolegraph.answers import Validation

    findings = dict.fromkeys(f for verdict in verdicts for f in verdict.validation.findings)
    conforms = all(verdict.validation.conforms for verdict in verdicts)
    return _narrow(Validation(conforms, tuple(findings)), severity)


def _narrow(answer: Validation, severity: str) -> Validation:
    """The answer, worst first, with only the findings that are at least as bad as ``severity``."""
    from rolegraph.answers import Validation

    order = ("violation", "warning", "info")
    told = order[: order.index(severity) + 1]
    findings = [finding for finding in answer.findings if finding.severity in told]
    return Validation(answer.conforms, tuple(sorted(findings, key=lambda f: order.index(f.severity))))


def _make(
    answer: Validation,
    verdicts: list[Verdict],
    form: str,
    paths: tuple[Path, ...],
    output: Path | None,
    workbook: Path | None,
) -> str | bytes:
    """The answer in the form asked for; what a person should know of a copied workbook goes to standard error."""
    if form == "xlsx" and output is not None:
        from rolegraph.report.workbook.copy import make_copy

        copy = make_copy(answer, _list_folders(paths), output, workbook)
        for note in copy.notes:
            click.echo(f"note: {note}", err=True)
        return copy.data
    if form == "html":
        from rolegraph.report.findings_page import write_page

        return write_page(answer, _name_sources(paths))
    if form == "sarif":
        from rolegraph.validate.sarif import to_sarif

        return to_sarif(answer)
    if form == "turtle":
        from rolegraph.validate.shacl_report import to_report

        return to_report(verdicts)
    if form == "json":
        from rolegraph.plain import to_json

        return to_json(answer)
    if form == "text":
        from rolegraph.report.sheets import describe_validation

        return describe_validation(answer)
    from rolegraph.report.tables import to_csv, to_markdown, to_rows

    return (to_csv if form == "csv" else to_markdown)(to_rows(answer))


def _deliver(made: str | bytes, output: Path | None, answer: Validation) -> None:
    """Write the answer to standard output, or whole to a file."""
    if output is None:
        click.echo(made, nl=False)
        return
    from rolegraph.output import write_file
    from rolegraph.report.sheets import summarise_validation

    data = made if isinstance(made, bytes) else click.unstyle(made).encode("utf-8", "backslashreplace")
    write_file(output, data)
    click.echo(f"{output} is written. {summarise_validation(answer)}", err=True)


def _list_folders(paths: tuple[Path, ...]) -> list[Path]:
    """The data folders that this call is about; none for graphs and for the data that comes with rolegraph."""
    if not paths:
        data, _ = choose_source()
        return [data] if data is not None else []
    found = [_find_folder(path) for path in paths if not _is_graph(path)]
    return list(dict.fromkeys(folder for folder in found if folder is not None))


def _name_sources(paths: tuple[Path, ...]) -> list[str]:
    """What was checked, as the user named it."""
    data, graph = choose_source()
    return [str(path) for path in paths or (data or graph or "the data that comes with rolegraph",)]
