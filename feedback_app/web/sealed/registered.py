"""The parts of the vault's pages, each with ``init_app``."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


def _parts() -> tuple[ModuleType, ...]:
    names = ("feedback_app.web.sealed.letterbox", "feedback_app.web.sealed.desk")
    return tuple(import_module(name) for name in names if find_spec(name))


PARTS = _parts()
