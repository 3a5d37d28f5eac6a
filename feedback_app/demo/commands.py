"""``feedback demo``: sample data for the embedded database, and who one can be in it."""

import click
from flask import current_app
from flask.cli import with_appcontext

from feedback_app.demo import accounts


@click.group("demo")
def commands() -> None:
    """Dữ liệu mẫu (chỉ cho cơ sở dữ liệu đi kèm)."""


@commands.command("load")
@with_appcontext
def load_demo() -> None:
    """Nạp dữ liệu mẫu một lần vào cơ sở dữ liệu đi kèm còn trống."""
    from feedback_app.core.db import db, unit_of_work
    from feedback_app.demo import load

    if not current_app.extensions["settings"].embedded_database:
        raise click.ClickException(
            "Dữ liệu mẫu chỉ được nạp vào cơ sở dữ liệu đi kèm, không nạp khi có DATABASE_URL."
        )
    if load.is_empty(db.session()):
        click.echo("Nạp dữ liệu mẫu, xin đợi ít giây ...")
        with unit_of_work() as session:
            number = load.load(session)
        load.refresh_figures()
        click.echo(f"Đã nạp {number} phiếu mẫu.")
    show_accounts()


@commands.command("sealed")
def load_sealed() -> None:
    """Lập một lần cơ quan mẫu nhận báo cáo kín, trong kho đi kèm."""
    from feedback_app.demo import sealed

    sealed.command()


def show_accounts() -> None:
    """Print the accounts; all have the one password."""
    click.echo(f"\nTài khoản mẫu (mật khẩu chung: {accounts.PASSWORD}):")
    for account in accounts.NAMED:
        click.echo(f"  {account.email:28} {account.name}")
    click.echo(
        f"  {'canbo.<mã cơ quan>@' + accounts.DOMAIN:28} cán bộ thụ lý, ví dụ canbo.thue, canbo.so-xd, canbo.cong-an"
    )
    click.echo(f"  {'lanhdao.<mã cơ quan>@' + accounts.DOMAIN:28} lãnh đạo cơ quan")
