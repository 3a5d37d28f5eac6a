"""Tables and counts as they lie in the database. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from feedback_app.disclosure import MINIMUM, Protected
from feedback_app.opendata.rules import Counts, Shown, shown_in
from feedback_app.statistics.figures import Group, Value

Days = dict[
    tuple[str, str], tuple[float, float, int]
]  # (agency, field) → median, 90th percentile, of how many


def tables_out(tables: Sequence[Protected]) -> list[dict[str, Any]]:
    """Return protected tables as plain data."""
    return [
        {
            "dimensions": [[name, list(categories)] for name, categories in table.dimensions],
            "values": [[*key, n] for key, n in table.values.items()],
        }
        for table in tables
    ]


def tables_in(data: Sequence[Mapping[str, Any]]) -> list[Protected]:
    """Return the tables that ``tables_out`` wrote."""
    return [
        Protected(
            tuple((name, tuple(categories)) for name, categories in each["dimensions"]),
            {tuple(key): n for *key, n in each["values"]},
            zeros_hidden=False,
        )
        for each in data
    ]


def shown_of(content: Mapping[str, Any]) -> Shown:
    """Return every count of a release as it may be shown, by row and name."""
    return shown_in({whole: tables_in(data) for whole, data in content["tables"].items()})


def counts_out(counts: Counts) -> dict[str, Any]:
    return {
        "groups": [
            [group.agency, group.field, {name: n for name, n in own.items() if n}]
            for group, own in counts.items()
        ]
    }


def counts_in(data: Mapping[str, Any]) -> dict[Group, dict[str, int]]:
    return {Group(agency, field): own for agency, field, own in data["groups"]}


def days_out(days: Mapping[Group, tuple[Value, Value]]) -> list[list[Any]]:
    """Return median and 90th percentile by group, of five answers or more."""
    return [
        [group.agency, group.field, one.value, other.value, one.n]
        for group, (one, other) in days.items()
        if one.n >= MINIMUM
    ]


def days_in(data: Sequence[Sequence[Any]]) -> Days:
    return {(agency, field): (median, p90, n) for agency, field, median, p90, n in data}


def sha256(content: Mapping[str, Any]) -> str:
    """Return the sum of the content in its one written form."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
