"""Asks sssom-py what it makes of a mapping set; run as a process of its own, as it warns of much that is not ours.

python tests/sssom_tool.py FILE prints JSON: the messages of its validation, and the rows as it reads them.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any


def main(file: Path) -> None:
    from sssom.constants import SchemaValidationType
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.WARNING:
                heard.append(record.getMessage())

    logging.getLogger().addHandler(Ear())
    table = parse_sssom_table(file)
    kinds = [
        SchemaValidationType.JsonSchema,
        SchemaValidationType.PrefixMapCompleteness,
        SchemaValidationType.StrictCurieFormat,
    ]
    reports: dict[Any, Any] = validate(table, kinds, fail_on_error=False)
    found = [result.message for report in reports.values() for result in report.results]
    rows = table.df.fillna("").astype(str).to_dict(orient="records")
    print(json.dumps({"problems": found, "heard": heard, "rows": rows}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
