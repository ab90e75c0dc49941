"""The process that holds the data of a server, once, and makes the workers that answer from it.

A worker is a fork of it: they share the memory of the store, and one that was ended is replaced within milliseconds. The
keeper itself answers nothing. It reads one request to load from its standard input (see ``worker``) and answers it on
standard output; then it is told over a connection, whose number is its first argument:

- ``f`` together with a socket: make a worker that answers on that socket; the keeper says its number, in a line;
- ``k NUMBER``: end that worker, if it is one that still lives.

When the connection ends, so do all workers and the keeper.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import suppress

import rapidfuzz.process  # noqa: F401 -- a worker can open no file, so that it could not import it any more

from rolegraph.store.confine import bound_process
from rolegraph.store.guard import check_query
from rolegraph.store.worker import Worker, serve

_LONGEST = 64


def main() -> None:
    """Load, then make and end workers until the connection ends."""
    bound_process()
    loaded = Worker()
    serve(sys.stdin.buffer, sys.stdout.buffer, loaded)
    # The parser makes itself ready when it is first used: here once, and not in every worker.
    check_query("SELECT * { ?s ?p ?o }")
    # The workers share what stands in memory now; collecting garbage in one would copy it.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[2])) as orders:
        alive: set[int] = set()
        try:
            _obey(orders, loaded, alive)
        finally:
            for worker in alive:
                os.kill(worker, signal.SIGKILL)


def _obey(orders: socket.socket, loaded: Worker, alive: set[int]) -> None:
    while True:
        order, sockets, _, _ = socket.recv_fds(orders, _LONGEST, 1)
        if not order:
            return
        _bury(alive)
        if order.startswith(b"k"):
            worker = int(order[1:])
            if worker in alive:
                os.kill(worker, signal.SIGKILL)
                os.waitpid(worker, 0)
                alive.discard(worker)
            orders.sendall(b"ended\n")
            continue
        with socket.socket(fileno=sockets[0]) as line:
            worker = os.fork()
            if worker == 0:
                _answer(orders, line, loaded)
        alive.add(worker)
        orders.sendall(b"%d\n" % worker)


def _bury(alive: set[int]) -> None:
    """Forget the workers that have ended by themselves: their numbers may be given to others."""
    for worker in tuple(alive):
        if os.waitpid(worker, os.WNOHANG)[0]:
            alive.discard(worker)


def _answer(orders: socket.socket, line: socket.socket, loaded: Worker) -> None:
    """What a worker does from its birth to its end."""
    code = 1
    try:
        orders.close()
        # The fork has none of the bounds that its parent gave itself.
        bound_process()
        with line.makefile("rb") as source, line.makefile("wb") as sink:
            serve(source, sink, loaded)
        code = 0
    except BaseException as error:
        # Whoever waits for the answer hears that there is none; why, stands where the server writes its log.
        with suppress(OSError):
            os.write(2, f"a worker ended: {type(error).__name__}: {str(error)[:500]!a}\n".encode())
    os._exit(code)
