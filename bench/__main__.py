"""Runs the benchmarks: ``python -m bench [NAME ...]``; see ``README.md``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from traceback import format_exc

from bench.cases import CASES, Case
from bench.data import Architectures
from bench.measure import DisagreementError, Measured, run_comparison
from bench.tables import README, describe_machine, make_table, replace_table, to_json

Results = dict[str, list[Measured]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where one failed or two variants disagreed."""
    options = read_options(arguments)
    machine = describe_machine()
    results: Results = {name: [] for name in options.names}
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rolegraph-bench-") as temporary:
        place = Path(temporary) if options.folder is None else options.folder
        stock = Architectures(place, full=options.full)
        for size, name in plan_runs(options.names, options.sizes, full=options.full):
            # A benchmark that fails is told at the end; an hour of others is not lost to it.
            try:
                for comparison in CASES[name].compare(stock, size):
                    tell(f"{name}: {comparison.job}" + (f", {size:,} profiles" if size else ""))
                    results[name] += run_comparison(comparison, options.runs, options.patience)
            except DisagreementError as error:
                failures.append(f"not the same answer: {error}")
            except Exception:
                failures.append(f"{name} at {size:,} profiles failed:\n{format_exc()}")
    for name, measured in results.items():
        if measured:
            print(f"## {name}\n\n{CASES[name].what}\n\n{make_table(measured)}\n")
    print(machine)
    if options.json is not None:
        every = [row for name, measured in results.items() for row in to_json(measured, name)]
        text = json.dumps({"machine": machine, "results": every}, indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.write_readme:
        write_readme(results, machine, README)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options, with the names of all benchmarks where none is given."""
    listing = "\n".join(f"  {case.name:11} {case.what}" for case in CASES.values())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measures rolegraph beside its peers, in turn, on synthetic architectures.",
        epilog=f"benchmarks:\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="the benchmarks to run (all)")
    parser.add_argument(
        "--sizes", nargs="+", type=int, metavar="N", help="profiles, in place of the usual sizes"
    )
    parser.add_argument("--full", action="store_true", help="the largest sizes too, and pySHACL at 10,000")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each variant (5)")
    parser.add_argument(
        "--patience", type=float, default=10.0, metavar="SECONDS",
        help="a variant that takes longer than this is run once (10)",
    )  # fmt: skip
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="where to make the data (a temporary folder)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single time as JSON")
    parser.add_argument("--write-readme", action="store_true", help="put the tables into bench/README.md")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in CASES]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(CASES)}")
    if options.runs < 1:
        parser.error("--runs is 1 or more")
    options.names = options.names or list(CASES)
    return options


def plan_runs(names: Sequence[str], sizes: Sequence[int] | None, *, full: bool) -> list[tuple[int, str]]:
    """What runs in which order: size by size, so that one architecture at a time is in memory."""

    def choose(case: Case) -> Sequence[int]:
        if sizes and case.sizes != (0,):
            return sizes
        return (*case.sizes, *case.full) if full else case.sizes

    order = list(CASES)
    return sorted(
        ((size, name) for name in names for size in choose(CASES[name])),
        key=lambda run: (run[0], order.index(run[1])),
    )


def write_readme(results: Results, machine: str, readme: Path) -> None:
    """Put the tables of the benchmarks that ran into the README; the others stay as they are."""
    text = readme.read_text(encoding="utf-8")
    for name, measured in results.items():
        if measured:
            text = replace_table(text, name, f"{make_table(measured)}\n\n{machine}.")
    readme.write_text(text, encoding="utf-8")


def tell(step: str) -> None:
    """Say on standard error what is being done."""
    print(f"… {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
