"""Settings for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test is about time: a busy machine must not make one fail.
settings.register_profile("rolegraph", deadline=None)
settings.load_profile("rolegraph")
