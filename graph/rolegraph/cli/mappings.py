"""Commands about mappings to classifications: whether they hold, what else fits, their exchange with other tools."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import click

from rolegraph.cli.options import (
    folder_option,
    format_option,
    name_output,
    open_architecture,
    output_option,
    source_options,
    tell,
    tell_step,
)
from rolegraph.cli.places import LocalPath


@click.group("mappings")
def mappings_command() -> None:
    """Check the mappings of roles and skills to classifications, suggest others, write and read them.

    \b
    Examples:
      rolegraph --data my-architecture mappings check
      rolegraph --data my-architecture mappings suggest MANUFA.MANUFACTF950.M3
      rolegraph --data my-architecture mappings export -o mappings.sssom.tsv
      rolegraph mappings import reviewed.sssom.tsv -o my-architecture
    """


@mappings_command.command("check")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@format_option("text", "json", "csv", "md", "sarif")
@output_option
@source_options
def check_command(strict: bool, form: str) -> int:
    """Check whether mappings hold: are the codes in use and detailed, do sources, skills and level agree?

    Codes are looked up in the releases beside the data (rolegraph import), and a retired one names its successor. An
    occupation is compared with what the role is called, knows and does, with the occupations that its sources cite, and
    with its level: a senior manager is no first-line supervisor. What no release can tell is said at the end, with the
    command that brings it. Violations make the exit status 1; warnings do with --strict.

    \b
    Examples:
      rolegraph mappings check
      rolegraph --data my-architecture mappings check --strict --format sarif > mappings.sarif
    """
    from rolegraph.report.mappings import describe_review

    tell_step("checking the mappings")
    answer = open_architecture().check_mappings()
    if form == "sarif":
        from rolegraph.report.mappings import write_sarif

        _write(write_sarif(answer))
    else:
        tell(answer, form, lambda: describe_review(answer))
    worst = {finding.severity for finding in answer.findings}
    return 1 if "violation" in worst or (strict and "warning" in worst) else 0


@mappings_command.command("suggest")
@click.argument("names", metavar="[CODE]...", nargs=-1)
@click.option("--unmapped", is_flag=True, help="For every role in use that has no mapping.")
@click.option(
    "-k", "number", type=click.IntRange(1, 100), default=5, show_default=True, help="How many to suggest."
)
@click.option(
    "--scheme",
    type=click.Choice(["soc-2018", "onet-soc-2019", "esco", "onet-element", "onet-technology"]),
    help="The classification to look in.  [default: SOC; for a skill all that are loaded]",
)
@format_option("text", "json", "csv", "md", "sssom")
@output_option
@source_options
def suggest_command(
    names: tuple[str, ...], unmapped: bool, number: int, scheme: str | None, form: str
) -> int:
    """Suggest occupations for a role or focus, or external skills for a skill, with the evidence.

    Each CODE is a profile, a focus or a skill. Evidence is what sources cite, titles and alternate titles, skills and tools,
    and tasks; an occupation that does not fit the level comes behind. A total is from 0 to 1 and has a band; where
    nothing is near enough to be looked at, that is said, and the exit status is 1. The weights stand, with their reasons,
    in data/mappings/. The form sssom is a mapping set to review, which rolegraph mappings import takes.

    \b
    Examples:
      rolegraph --data my-architecture mappings suggest MANUFA.MANUFACTF950.M3
      rolegraph --data my-architecture mappings suggest PROCES.UPSTREAMDF5B --scheme onet-soc-2019
      rolegraph --data my-architecture mappings suggest production-scheduling -k 3
      rolegraph --data my-architecture mappings suggest --unmapped -k 3 --format sssom -o review.tsv
    """
    from rolegraph.report.mappings import describe_all_suggestions, describe_suggestions

    if bool(names) == unmapped:
        raise click.UsageError("Name one CODE or several, or say --unmapped, not both.")
    tell_step("comparing with the releases")
    jobs = open_architecture()
    if len(names) == 1:
        answer = jobs.suggest_mappings(names[0], number, scheme)
        every = [answer]
    else:
        many = jobs.suggest_all_mappings(None if unmapped else names, number, scheme)
        every = list(many.answers)
    found = [one for each in every for one in each.suggestions]
    # With nothing left to map there is nothing amiss.
    status = 0 if found or not every else 1
    if form == "sssom":
        from rolegraph.mappings.offer import offer_mappings
        from rolegraph.mappings.sssom import write_sssom

        titles = {(one.scheme, one.code): one.title for one in found}
        sink = BytesIO()
        write_sssom(offer_mappings(jobs.taxonomy, every), sink, lambda *entry: titles.get(entry))
        _write(sink.getvalue().decode())
        for each in every:
            if each.reason is not None:
                click.echo(each.reason if len(every) == 1 else f"{each.subject}: {each.reason}", err=True)
    elif len(names) == 1:
        tell(answer, form, lambda: describe_suggestions(answer))
    else:
        tell(many, form, lambda: describe_all_suggestions(many))
    return status


@mappings_command.command("export")
@click.option(
    "-o",
    "--output",
    "file",
    type=LocalPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write to. Without it, standard output.",
)
@source_options
def export_command(file: Path | None) -> None:
    """Write all mappings as SSSOM/TSV, which mapping tools read.

    \b
    Example:
      rolegraph mappings export -o mappings.sssom.tsv
    """
    text = open_architecture().export_mappings()
    if file is None or file == Path("-"):
        click.echo(text, nl=False)
        return
    from rolegraph.output import write_file

    write_file(file, text.encode("utf-8"))
    click.echo(f"{file} is written", err=True)


@mappings_command.command("import")
@click.argument("file", metavar="FILE", type=LocalPath(path_type=Path))
@folder_option("The data folder whose roles and skills are mapped.")
@click.option(
    "--metadata",
    type=LocalPath(path_type=Path),
    metavar="FILE",
    help="The metadata of the mapping set, where they stand in a YAML file of their own.",
)
@click.option("--apply", is_flag=True, help="Write the set also where it changes mappings that are there.")
@format_option("text", "json", "csv", "md")
def import_command(file: Path, folder: Path, metadata: Path | None, apply: bool, form: str) -> None:
    """Put the mappings of FILE (SSSOM/TSV) into the records of a data folder.

    New mappings are written at once. Where one that is there would change, the changes are shown, and written with
    --apply. Mappings that FILE does not state stay as they are. Nothing is written unless every row can be used.

    \b
    Examples:
      rolegraph mappings import reviewed.sssom.tsv -o my-architecture
      rolegraph mappings import reviewed.sssom.tsv -o my-architecture --apply
    """
    from rolegraph.incoming import import_mappings
    from rolegraph.report.intake import describe_intake

    answer = import_mappings(file, folder, apply=apply, metadata=metadata, tell=tell_step)
    tell(answer, form, lambda: describe_intake(answer, "row"))


def _write(text: str) -> None:
    """Write a text to the file that ``-o`` names, or to standard output."""
    output = name_output()
    if output is None:
        click.echo(text, nl=False)
        return
    from rolegraph.output import write_file

    write_file(output, text.encode("utf-8"))
    click.echo(f"{output} is written", err=True)
