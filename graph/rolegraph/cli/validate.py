"""The command that checks data and graphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import choose_source, format_option, source_options, tell, tell_step
from rolegraph.errors import InputError, RequestError

if TYPE_CHECKING:
    from rolegraph.answers import Validation
    from rolegraph.validate.judge import Verdict

GRAPHS = {".ttl", ".nt"}
RECORDS = {".yaml", ".jsonl"}


@click.command("validate")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option(
    "--severity",
    type=click.Choice(["violation", "warning", "info"]),
    default="info",
    show_default=True,
    help="The least severity that is told.",
)
@format_option("text", "json", "csv", "md", "sarif", "turtle")
@source_options
def validate_command(paths: tuple[Path, ...], strict: bool, severity: str, form: str) -> int:
    """Check data or graphs by the rules in shapes/, and tell file, line, reason and remedy of what is wrong.

    PATH is a data folder, one file of records in a data folder, or a graph (Turtle or N-Triples); without a PATH
    the data named by --data or --graph is checked. Violations (unsound) make the exit status 1; warnings (at odds
    with itself, or unsupported) do with --strict; infos (merely absent) never do.

    \b
    Examples:
      rolegraph validate
      rolegraph validate my-architecture/focuses/FIN.TAX.yaml --strict
      rolegraph validate graph.ttl --format sarif > findings.sarif
    """
    try:
        verdicts = [_judge(path) for path in paths] or [_judge_source()]
    except InputError as error:
        if form in {"text", "turtle"}:
            raise
        from rolegraph.architecture import report_problems

        _tell(report_problems(error), [], form)
        return 2
    whole = _merge(verdicts, "info")
    told = _merge(verdicts, severity)
    _tell(told, verdicts, form)
    if len(told.findings) < len(whole.findings):
        from rolegraph.report.sheets import summarise_validation

        click.echo(f"Not all is shown. {summarise_validation(whole)}", err=True)
    worst = {finding.severity for finding in whole.findings}
    return 1 if "violation" in worst or (strict and "warning" in worst) else 0


def _judge_source() -> Verdict:
    from rolegraph.architecture import Architecture

    data, graph = choose_source()
    tell_step("reading the data")
    return Architecture(data, graph=graph).judge()


def _judge(path: Path) -> Verdict:
    """The verdict on a data folder, a graph file, or one file of records within its folder."""
    from rolegraph.architecture import Architecture

    tell_step(f"reading {path}")
    if path.suffix.lower() in GRAPHS:
        return Architecture(graph=path).judge()
    if not path.exists():
        raise RequestError(f"there is no file or folder {path}")
    if path.is_dir():
        return Architecture(path).judge()
    if path.suffix not in RECORDS:
        raise RequestError(
            f"{path} is no graph (.ttl, .nt), no file of records (.yaml, .jsonl) and no data folder"
        )
    folder = next((parent for parent in path.parents if (parent / "dataset.yaml").is_file()), None)
    if folder is None:
        raise RequestError(f"{path} stands in no data folder (one that holds dataset.yaml); name the folder")
    return _keep_file(Architecture(folder).judge(), path)


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

    order = ("violation", "warning", "info")
    told = order[: order.index(severity) + 1]
    findings = dict.fromkeys(
        f for verdict in verdicts for f in verdict.validation.findings if f.severity in told
    )
    conforms = all(verdict.validation.conforms for verdict in verdicts)
    return Validation(conforms, tuple(sorted(findings, key=lambda f: order.index(f.severity))))


def _tell(answer: Validation, verdicts: list[Verdict], form: str) -> None:
    if form == "sarif":
        from rolegraph.validate.sarif import to_sarif

        click.echo(to_sarif(answer), nl=False)
    elif form == "turtle":
        from rolegraph.validate.shacl_report import to_report

        click.echo(to_report(verdicts), nl=False)
    else:
        from rolegraph.report.sheets import describe_validation

        tell(answer, form, lambda: describe_validation(answer))
