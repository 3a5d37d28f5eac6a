"""Numbers as strangers type them into an address: none is larger than a row's id can be."""

from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1


class RowNumber(IntegerConverter):
    """``<int:…>`` of an address: what no database can hold is not there."""

    regex = r"\d{1,19}"

    def __init__(self, map: Map, *args: Any, **given: Any) -> None:  # noqa: A002 - as werkzeug calls it
        super().__init__(map, *args, **({"max": LARGEST} | given))


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber


def number(values: MultiDict[str, str], name: str) -> int | None:
    """Return the whole number under ``name``, at most the largest id either way; ``None`` where there is none."""
    given = values.get(name, type=int)
    return None if given is None else max(-LARGEST, min(given, LARGEST))
