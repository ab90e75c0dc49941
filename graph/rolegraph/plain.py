"""Answers as plain Python values and as JSON."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any


def to_plain(answer: Any) -> Any:
    """An answer as dicts, lists, strings and numbers, in the order of its fields."""
    if is_dataclass(answer):
        return {field.name: to_plain(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, tuple | list):
        return [to_plain(part) for part in answer]
    if isinstance(answer, dict):
        return {key: to_plain(value) for key, value in answer.items()}
    return answer


def to_json(answer: Any) -> str:
    """An answer as JSON, indented, with a line end."""
    return json.dumps(to_plain(answer), ensure_ascii=False, indent=2) + "\n"
