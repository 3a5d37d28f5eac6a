"""The pages of a ticket, the same for every audience that owns one."""

from flask import Blueprint

from feedback_app.web.follow import acts, extension, publication
from feedback_app.web.follow.acts import Load

PAGES = (*acts.PAGES, *extension.PAGES, *publication.PAGES)


def install(blueprint: Blueprint, load: Load, *, prefix: str = "") -> None:
    """Add the pages of a ticket to ``blueprint``, below ``prefix``."""
    for rule, view, name in PAGES:
        blueprint.add_url_rule(f"{prefix}/<code>{rule}", view_func=view.as_view(name, load))
