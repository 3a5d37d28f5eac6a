"""The ``feedback`` command: mounts each slice's group."""

import click
from flask import Flask
from flask.cli import FlaskGroup

from feedback_app.accounts.commands import commands as users
from feedback_app.catalogue.commands import commands as packs
from feedback_app.closing.commands import commands as statistics
from feedback_app.confidential import commands_release  # noqa: F401 - adds to the group of the vault
from feedback_app.confidential.commands import commands as vault
from feedback_app.core.commands import audit, database
from feedback_app.deadlines.commands import calendar, deadlines
from feedback_app.demo.commands import commands as demo
from feedback_app.indicators.commands import commands as indicators
from feedback_app.pulses.commands import commands as pulses
from feedback_app.reorganisation.commands import commands as agencies
from feedback_app.reports.commands import commands as reports
from feedback_app.routing.commands import routing
from feedback_app.runtime.commands import run
from feedback_app.tickets.commands import commands as tickets
from feedback_app.tickets.search.commands import commands as search

GROUPS: tuple[click.Command, ...] = (
    agencies,
    audit,
    calendar,
    database,
    deadlines,
    demo,
    indicators,
    packs,
    pulses,
    reports,
    routing,
    run,
    search,
    statistics,
    tickets,
    users,
    vault,
)


def _create() -> Flask:
    from feedback_app.app import create_app

    return create_app()


class Commands(FlaskGroup):
    """Only the groups above: no plugin adds a command of its own."""

    def _load_plugin_commands(self) -> None:
        return


main = Commands(
    name="feedback",
    create_app=_create,
    add_default_commands=False,
    add_version_option=False,
    help="Hệ thống tiếp nhận và giải quyết phản ánh, kiến nghị của doanh nghiệp.",
)
for group in GROUPS:
    main.add_command(group)

if __name__ == "__main__":
    main()
