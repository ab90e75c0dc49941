"""Results as Markdown and JSON, and their place in ``README.md``."""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.measure import Measured

README = Path(__file__).with_name("README.md")
PEERS = ("rolegraph", "pyoxigraph", "rdflib", "pyshacl", "networkx", "numpy", "pydantic", "click")


def describe_machine() -> str:
    """What the times depend on: processors, Python, libraries, and how busy the machine was."""
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    busy = f"; load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {sys.version.split()[0]}, {', '.join(found)}{busy}"
    )


def make_table(results: Iterable[Measured]) -> str:
    """A Markdown table with one row for each variant."""
    rows: list[tuple[str, ...]] = [
        ("profiles", "job", "variant", "median", "min – max", "ratio (min – max)", "peak memory")
    ]
    job = None
    for part in results:
        fresh = (part.job, part.size) != job
        job = part.job, part.size
        times = list(part.times.values())
        rows.append(
            (
                (f"{part.size:,}" if part.size else "shipped") if fresh else "",
                (f"{part.job}, per {part.per}" if part.per else part.job) if fresh else "",
                part.variant,
                f"{format_time(part.median)}{'' if len(times) > 1 else ' (1 run)'}",
                f"{format_time(min(times))} – {format_time(max(times))}" if len(times) > 1 else "",
                "1" if fresh else _format_ratios(part.ratios),
                "" if part.peak is None else f"{part.peak / 1e6:,.0f} MB",
            )
        )
    if not any(row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def format_time(seconds: float) -> str:
    """Three significant digits with a unit.

    >>> format_time(0.0123456), format_time(72.04), format_time(4.3e-06)
    ('12.3 ms', '72.0 s', '4.30 µs')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size * 0.9995:
            return f"{_round(seconds / size)} {unit}"
    return f"{_round(seconds / 1e-6)} µs"


def to_json(results: Iterable[Measured], case: str) -> list[dict[str, Any]]:
    """The results of a benchmark as plain values, with every single time in seconds."""
    return [
        {
            "benchmark": case,
            "profiles": part.size,
            "job": part.job,
            "per": part.per or None,
            "variant": part.variant,
            "median": part.median,
            "times": list(part.times.values()),
            "ratios": part.ratios,
            "peak": part.peak,
        }
        for part in results
    ]


def replace_table(text: str, case: str, table: str) -> str:
    """``text`` with what stands between the marks of a benchmark replaced. Raises ValueError without marks."""
    begin, end = f"<!-- {case} -->", f"<!-- end of {case} -->"
    pattern = re.compile(f"({re.escape(begin)}\n).*?({re.escape(end)})", re.DOTALL)
    replaced, count = pattern.subn(lambda match: f"{match[1]}{table}\n{match[2]}", text)
    if count != 1:
        raise ValueError(f"{begin} and {end} stand there {count} times; put each in once")
    return replaced


def _round(number: float) -> str:
    return f"{number:.0f}" if number >= 99.95 else f"{number:.1f}" if number >= 9.995 else f"{number:.2f}"


def _format_ratios(ratios: Sequence[float]) -> str:
    middle = _round(statistics.median(ratios))
    return middle if len(ratios) < 2 else f"{middle} ({_round(min(ratios))} – {_round(max(ratios))})"
