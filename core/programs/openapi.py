"""The API described as OpenAPI does: made of the requests themselves, so that it cannot differ."""

from __future__ import annotations

from functools import cache
from typing import cast

from pydantic.json_schema import models_json_schema

from core.programs.requests import AskRequest, CiteRequest, Request, SearchRequest
from core.wire import Json

VERSION = "1"
_REF = "#/components/schemas/{model}"
# What an answer has at its top; docs/api.md has the whole of it.
ANSWERS: dict[str, dict[str, str]] = {
    "search": {
        "query": "string",
        "understood": "object",
        "hits": "array",
        "found": "integer",
        "filings": "array",
        "notices": "array",
        "coverage": "object",
        "seconds": "number",
    },
    "cite": {"citations": "array"},
    "ask": {
        "standing": "string",
        "text": "string",
        "claims": "array",
        "sources": "array",
        "filings": "array",
        "footer": "object",
        "nearest": "array",
        "premises": "array",
        "wordings": "array",
        "restated": "object",
        "notices": "array",
        "coverage": "object",
        "trace_id": "string",
    },
}
_REQUESTS: dict[str, type[Request]] = {
    "search": SearchRequest,
    "cite": CiteRequest,
    "ask": AskRequest,
}
REFUSALS = {
    400: "The request was broken off.",
    401: "No token, or one that works no more.",
    403: "Not for whoever's token this is, or not what it was made for.",
    404: "No such matter for whoever asks.",
    405: "Another method than POST.",
    408: "The request did not come to its end in time.",
    413: "More than 1,000,000 bytes.",
    415: "No JSON.",
    422: "A field is missing, unknown or wrong; the message says which.",
    429: "A limit is reached, or too much under way at once; Retry-After says how long to wait.",
    500: "Not expected; the message has the reference under which the log has it.",
    503: "The library cannot answer for a moment.",
}


@cache
def described() -> Json:
    """Return the description of the API."""
    models = [(model, "validation") for model in _REQUESTS.values()]
    _, schemas = models_json_schema(models, ref_template=_REF)  # pyright: ignore[reportArgumentType]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Onpoint",
            "version": VERSION,
            "description": "Search, resolve citations and ask, as the maker of an API token.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": cast("list[str]", [])}],
        "paths": {f"/{name}": {"post": _operation(name, model)} for name, model in _PATHS},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**cast("Json", schemas["$defs"]), "Error": _ERROR},
        },
    }


_PATHS = tuple(_REQUESTS.items())
_ERROR: Json = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}


def _operation(name: str, model: type[Request]) -> Json:
    content: Json = {"application/json": {"schema": _answer(name)}}
    if name == "ask":
        content["text/event-stream"] = {
            "schema": {"type": "string"},
            "description": "Events `text`, each with the whole text so far, then `answer`.",
        }
    refused = {"application/json": {"schema": {"$ref": _REF.format(model="Error")}}}
    return {
        "operationId": name,
        "summary": (model.__doc__ or "").strip(),
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}}
            },
        },
        "responses": {
            "200": {"description": "Done.", "content": content},
            **{
                str(status): {"description": words, "content": refused}
                for status, words in REFUSALS.items()
            },
        },
    }


def _answer(name: str) -> Json:
    properties = {field: {"type": kind} for field, kind in ANSWERS[name].items()}
    return {"type": "object", "required": list(properties), "properties": properties}
