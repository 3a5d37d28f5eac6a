"""Templates: the one environment of all pages."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """An environment that gives its globals to each template as they are.

    Jinja puts an empty mapping before them, for globals of one template that we do not have; walking that chain for
    every imported macro and every included part is a good part of what a page costs.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals
