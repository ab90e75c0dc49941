"""Reading millions of small things without looking for circles among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keeps Python from looking for circles among millions of records that hold none, again and again.

    Serves as a decorator too. Where it is paused already, it stays so.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
