"""The command line. Commands are found by name and loaded when used, so that each pays only for itself."""

from __future__ import annotations

from rolegraph.cli.main import main

__all__ = ["main"]
