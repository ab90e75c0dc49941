"""Runs one command and prints its time, peak memory and exit status as JSON: ``launch.py OUTPUT COMMAND ...``.

It is run as a process of its own, small and without site packages, because the peak memory that the system tells
of a process begins with that of the process it was forked from.
"""

import json
import os
import sys
import time


def launch(output: str, command: list[str]) -> dict[str, float | int]:
    """Run ``command`` with its standard output in a file; the time is that from start to end of the process."""
    target = (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[target])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "seconds": seconds,
        "peak": usage.ru_maxrss * unit,
        "status": os.waitstatus_to_exitcode(status),
    }


if __name__ == "__main__":
    print(json.dumps(launch(sys.argv[1], sys.argv[2:])))
