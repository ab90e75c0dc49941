"""What the API says of itself: OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), a list, and a page with examples."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote, urlencode

from rolegraph.schemas import make_adapter
from rolegraph.web.api.endpoints import ENDPOINTS, Endpoint
from rolegraph.web.api.parameters import MOST, Parameter
from rolegraph.web.pages import make_page
from rolegraph.web.problems import API

_PLACE: Final = "#/components/schemas/{model}"
_TYPES: Final = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean"}
_PROBLEMS: Final = {
    "400": "What was asked cannot be answered as it was asked; everything that is wrong, in the words of the command line.",
    "404": "Nothing is called so; the closest names.",
    "503": "The server is busy (then try again after the seconds of Retry-After) or ending, or the search took too long.",
}


@cache
def make_openapi() -> dict[str, Any]:
    """The OpenAPI document, with the published JSON Schemas of the answers."""
    schemas: dict[str, Any] = {"Problem": _describe_problem()}
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        schema = make_adapter(endpoint.command).json_schema(mode="serialization", ref_template=_PLACE)
        schemas |= schema.pop("$defs", {})
        name = f"{endpoint.command}-answer"
        schemas[name] = schema
        paths[API + endpoint.path] = {"get": _describe_endpoint(endpoint, name)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "rolegraph",
            "version": version("rolegraph"),
            "summary": "Questions about a job architecture",
            "description": "Every question of the command line that reads, with the JSON of --format json. "
            "An answer that there is none (no path, say) has the status 200 and tells the reason.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _describe_endpoint(endpoint: Endpoint, schema: str) -> dict[str, Any]:
    parameters = [_describe_parameter(parameter, "query") for parameter in endpoint.parameters]
    if endpoint.code is not None:
        parameters.insert(0, _describe_parameter(endpoint.code, "path"))
    told = {"application/problem+json": {"schema": {"$ref": _PLACE.format(model="Problem")}}}
    answer = {"application/json": {"schema": {"$ref": _PLACE.format(model=schema)}}}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer.", "content": answer, "headers": {"ETag": {"schema": {"type": "string"}}}},
            "304": {"description": "The client has the answer (If-None-Match)."},
            **{status: {"description": text, "content": told} for status, text in _PROBLEMS.items()},
        },
    }  # fmt: skip


def _describe_parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES[parameter.form]}
    if parameter.form == "text":
        schema |= (
            {"enum": list(parameter.choices)}
            if parameter.choices
            else {"minLength": 1, "maxLength": parameter.longest}
        )
    if parameter.least is not None:
        schema["minimum"] = parameter.least
    if parameter.greatest is not None:
        schema["maximum"] = parameter.greatest
    if parameter.default is not None:
        schema["default"] = parameter.default
    if parameter.several:
        schema = {"type": "array", "items": schema, "maxItems": MOST}
    described = {
        "name": parameter.name,
        "in": place,
        "required": parameter.required,
        "description": parameter.help + (" (may be given several times)" if parameter.several else ""),
        "schema": schema,
    }
    if parameter.example is not None:
        given = parameter.example
        described["example"] = (
            float(given)
            if parameter.form == "number"
            else [given]
            if parameter.several and isinstance(given, str)
            else given
        )
    return described  # fmt: skip


def _describe_problem() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "A problem (RFC 9457).",
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
        },
        "required": ["title", "status", "detail"],
    }


def list_endpoints() -> dict[str, Any]:
    """Every question with an example."""
    return {
        "openapi": f"{API}openapi.json",
        "questions": [
            {"path": API + endpoint.path, "summary": endpoint.summary, "example": make_example(endpoint)}
            for endpoint in ENDPOINTS
        ],
    }


def make_example(endpoint: Endpoint) -> str:
    """The path and query of an example of a question, about the data that ship with the package."""
    path = endpoint.path
    if endpoint.code is not None:
        path = path.replace("{code}", quote(endpoint.code.example, safe=""))
    asked: list[tuple[str, str]] = []
    for parameter in endpoint.parameters:
        shown = parameter.required or (endpoint.path, parameter.name) in _SHOWN
        if shown and parameter.example is not None:
            values = parameter.example if isinstance(parameter.example, list) else [parameter.example]
            asked += [(parameter.name, str(value)) for value in values]
    return API + path + (f"?{urlencode(asked)}" if asked else "")


_SHOWN: Final = {("adjacent", "role"), ("profiles", "in")}
"""Parameters that are not required and belong to an example all the same."""


def make_api_page() -> str:
    """The page of the API: every question, its parameters, and an example to follow."""
    parts = []
    for endpoint in ENDPOINTS:
        example = escape(make_example(endpoint))
        rows = "".join(
            f"<tr><th><code>{escape(p.name)}</code></th><td>{escape(p.help)}{_tell_values(p)}</td></tr>"
            for p in (*((endpoint.code,) if endpoint.code else ()), *endpoint.parameters)
        )
        parts.append(
            f"<h2><code>{escape(API + endpoint.path)}</code></h2><p>{escape(endpoint.summary)}</p>"
            + (f"<table>{rows}</table>" if rows else "")
            + f'<p>Example: <a href="{example}"><code>{example}</code></a></p>'
        )
    return make_page(
        "JSON API",
        "<h1>JSON API</h1><p>The questions of the command line, answered with the JSON of <code>--format json</code>."
        f' <a href="{API}openapi.json">OpenAPI description</a> · <a href="/">Start</a></p>' + "".join(parts),
    )


def _tell_values(parameter: Parameter) -> str:
    told = ["required"] if parameter.required else []
    told += ["may be given several times"] if parameter.several else []
    told += [f"one of {', '.join(parameter.choices)}"] if parameter.choices else []
    told += [f"default {parameter.default}"] if parameter.default not in {None, False} else []
    return f' <span class="quiet">({escape("; ".join(told))})</span>' if told else ""
