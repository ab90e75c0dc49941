"""Where caches are kept. Deleting them changes nothing but time."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "ROLEGRAPH_CACHE"
"""The environment variable that names another folder for caches."""


def find_cache() -> Path:
    """The folder of the caches: ``ROLEGRAPH_CACHE``, or the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("rolegraph", appauthor=False))
