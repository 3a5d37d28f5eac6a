"""What must be listed somewhere is: tables, events and those who listen, packs."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback_app import schema
from feedback_app.cli import main
from feedback_app.core import outbox
from feedback_app.subscriptions import SUBSCRIPTIONS
from tests.house.tracked import ROOT, modules


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def with_tables() -> list[str]:
    """Return the modules with tables of the ordinary database; the vault has its own, listed in its one module."""
    found = [dotted(p) for p in modules() if re.search(r"__tablename__ *=", p.read_text(encoding="utf-8"))]
    return [module for module in found if module != "feedback_app.confidential.models"]


def events() -> list[type[outbox.Event]]:
    for path in modules():
        if path.name == "events.py":
            importlib.import_module(dotted(path))
    ours = (event for event in outbox.Event.__subclasses__() if event.__module__.startswith("feedback_app."))
    return sorted(ours, key=lambda event: event.name)


def constructed() -> set[str]:
    """Return the names of everything that is called like a class, outside the modules of events."""
    return {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for path in modules()
        if path.name != "events.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }


def test_every_module_with_tables_is_in_the_schema():
    listed = {module.__name__ for module in schema.MODULES}
    assert set(with_tables()) <= listed, "add it to feedback_app/schema.py"
    assert listed <= set(with_tables()), "it has no table: take it out of feedback_app/schema.py"


def test_every_event_is_published_somewhere():
    made = constructed()
    assert events()
    assert not [event.__name__ for event in events() if event.__name__ not in made]


def test_events_have_names_of_their_own():
    names = [event.name for event in events()]
    assert len(set(names)) == len(names)


def test_every_subscription_is_to_an_event_that_exists():
    assert set(SUBSCRIPTIONS) <= {event.name for event in events()}


def test_every_event_is_heard_by_somebody():
    assert {event.name for event in events()} <= set(SUBSCRIPTIONS)


@pytest.mark.parametrize("event", sorted(SUBSCRIPTIONS))
def test_a_handler_can_be_found_again_by_its_name(event):
    for handler in SUBSCRIPTIONS[event]:
        module, _, function = outbox.handler_name(handler).rpartition(".")
        assert getattr(importlib.import_module(f"feedback_app.{module}"), function) is handler


def test_the_shipped_packs_are_in_order():
    result = CliRunner().invoke(main, ["packs", "check"])
    assert result.exit_code == 0, result.output
