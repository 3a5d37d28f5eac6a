"""What comes before the first request, in one short-lived process: schema, packs, sample data."""

import sys
from importlib.util import find_spec

import click
from sqlalchemy.exc import SQLAlchemyError

from feedback_app.cli import main
from feedback_app.config import Settings, VaultSettings


def steps(settings: Settings) -> list[list[str]]:
    """Return the commands to give; sample data only into the embedded database, and only if it is shipped.

    ``demo load`` does its work once and prints the accounts each time.
    """
    demo = settings.embedded_database and find_spec("feedback_app.demo") is not None
    return [["db", "upgrade"], ["packs", "load"], *([["demo", "load"]] if demo else [])]


def vault_steps(settings: VaultSettings) -> list[list[str]]:
    """Return the commands for the vault; if one fails, sealed reports are closed and all else goes on."""
    demo = settings.embedded_database and find_spec("feedback_app.demo") is not None
    return [["vault", "upgrade"], *([["demo", "sealed"]] if demo else [])]


def prepare(settings: Settings) -> int:
    """Give the commands one after the other; return 0, or 1 after the first that fails."""
    if not all(map(_done, steps(settings))):
        return 1
    if not all(map(_done, vault_steps(VaultSettings.from_environment()))):
        click.echo("Sealed reports stay closed; everything else goes on.", err=True)
    return 0


def _done(step: list[str]) -> bool:
    try:
        main(step, standalone_mode=False)
    except (click.ClickException, SQLAlchemyError) as error:
        click.echo(f"'feedback {' '.join(step)}' failed ({type(error).__name__}).", err=True)
        if isinstance(error, click.ClickException):
            error.show()
        return False
    return True


if __name__ == "__main__":
    sys.exit(prepare(Settings.from_environment()))
