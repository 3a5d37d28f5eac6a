"""Who acts for the fuzz, and how a stage is written."""

from collections.abc import Callable
from itertools import count
from typing import Any

from feedback_app.accounts.actor import Actor
from tests.factories import actor_of
from tests.web.access_scene import Scene

Staged = tuple[str, dict[str, Any]]  # by whom, under which arguments
Stage = Callable[[Scene], Staged]
OFFICE = "focal_point"
numbers = count(1)


def actor(scene: Scene, function: str) -> Actor:
    return actor_of(scene.session, scene.session.merge(scene.person(function)))


def ids(scene: Scene) -> dict[str, int]:
    return scene.loaded.agency_ids
