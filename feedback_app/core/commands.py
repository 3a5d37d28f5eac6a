"""``feedback db``: bring the schema up to date; ``feedback audit``: verify the chain."""

import click
from flask import current_app
from flask.cli import with_appcontext


@click.group("db")
def database() -> None:
    """Cơ sở dữ liệu."""


@database.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Đưa cấu trúc cơ sở dữ liệu lên phiên bản mới nhất."""
    from feedback_app.core import db

    db.upgrade(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


@database.command("revision")
@click.argument("message")
@with_appcontext
def revision(message: str) -> None:
    """Viết một bước chuyển đổi cấu trúc mới từ thay đổi của các bảng."""
    import flask_migrate

    from feedback_app.core.db import MIGRATIONS

    flask_migrate.revision(directory=str(MIGRATIONS), message=message, autogenerate=True)


@click.group("audit")
def audit() -> None:
    """Nhật ký kiểm toán."""


@audit.command("verify")
@with_appcontext
def verify() -> None:
    """Kiểm tra chuỗi nhật ký: không dòng nào bị sửa, bị xóa hoặc bị chèn."""
    from feedback_app.core.audit import first_break
    from feedback_app.core.db import db

    position = first_break(db.session())
    if position is not None:
        raise click.ClickException(f"Chuỗi nhật ký bị đứt tại vị trí {position}.")
    click.echo("Chuỗi nhật ký nguyên vẹn.")
