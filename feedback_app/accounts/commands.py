"""``feedback users``: invite a person to hold a function."""

import click
from flask import current_app
from flask.cli import with_appcontext

from feedback_app.accounts.actor import Function


@click.group("users")
def commands() -> None:
    """Người dùng và chức năng."""


@commands.command("invite")
@click.option("--email", required=True)
@click.option("--name", required=True, help="Họ và tên.")
@click.option(
    "--function",
    type=click.Choice([f.value for f in Function if f is not Function.ENTERPRISE]),
    required=True,
)
@click.option("--agency", help="Mã cơ quan, ví dụ so-xd; bỏ trống với chức năng toàn tỉnh.")
@with_appcontext
def invite(email: str, name: str, function: str, agency: str | None) -> None:
    """Mời một người; in ra đường dẫn để người đó đặt mật khẩu."""
    from feedback_app.accounts import services
    from feedback_app.catalogue import store
    from feedback_app.core import clock
    from feedback_app.core.db import unit_of_work
    from feedback_app.core.errors import FeedbackError

    try:
        with unit_of_work() as session:
            agency_ids = store.current(session).agency_ids
            if agency is not None and agency not in agency_ids:
                raise click.BadParameter(f"Không có cơ quan nào mang mã '{agency}'.", param_hint="--agency")
            code = services.invite(
                session,
                email=email,
                name=name,
                function=Function(function),
                agency_id=agency_ids[agency] if agency else None,
                at=clock.now(),
            )
    except FeedbackError as error:
        raise click.ClickException(error.message) from None
    click.echo(f"{current_app.config['BASE_URL']}/loi-moi/{code}")
