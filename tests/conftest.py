"""Settings for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# Chromium, and the sites that it visits.
pytest_plugins = ("browser",)

# No test is about time: a busy machine must not make one fail. Sixty examples keep the whole suite within ten minutes.
settings.register_profile("rolegraph", deadline=None, max_examples=60)
settings.load_profile("rolegraph")

# Texts are as wide as where there is no terminal, also where the test runner says otherwise.
os.environ["COLUMNS"] = "100"
