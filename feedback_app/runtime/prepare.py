"""What comes before the first request, in one short-lived process: schema, packs, sample data."""

import sys
from importlib.util import find_spec

import click

from feedback_app.cli import main
from feedback_app.config import Settings


def steps(settings: Settings) -> list[list[str]]:
    """Return the commands to give; sample data only into the embedded database, and only if it is shipped.

    ``demo load`` does its work once and prints the accounts each time.
    """
    demo = settings.embedded_database and find_spec("feedback_app.demo") is not None
    return [["db", "upgrade"], ["packs", "load"], *([["demo", "load"]] if demo else [])]


def prepare(settings: Settings) -> int:
    """Give the commands one after the other; return 0, or 1 after the first that fails."""
    for step in steps(settings):
        try:
            main(step, standalone_mode=False)
        except click.ClickException as error:
            error.show()
            click.echo(f"'feedback {' '.join(step)}' failed.", err=True)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(prepare(Settings.from_environment()))
