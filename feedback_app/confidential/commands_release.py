"""``feedback vault release-quarter`` and ``door``: what leaves, and the way in for collated reports."""

import secrets
from pathlib import Path

import click

from feedback_app.confidential.commands import body_option, commands, in_vault
from feedback_app.core import clock


@commands.command("release-quarter")
@body_option
@click.argument("quarter")
@click.option("--name", default="", help="Người đề xuất hoặc người duyệt (mở bằng cụm mật khẩu).")
@click.option("--approve", is_flag=True, help="Duyệt điều người khác đã đề xuất.")
@click.option("--to", type=click.Path(path_type=Path), help="Ghi tệp đã duyệt ra đây.")
@in_vault
def release_quarter(body: str, quarter: str, name: str, approve: bool, to: Path | None) -> None:
    """Số liệu một quý, ví dụ 2026-Q3: đề xuất, người thứ hai duyệt, rồi ghi tệp cho bên số liệu."""
    from feedback_app.confidential import store
    from feedback_app.confidential.services import opening, releasing
    from feedback_app.core.faults import point

    if name:
        passphrase = click.prompt("Cụm mật khẩu", hide_input=True)
        with store.unit_of_work() as session:
            act = releasing.approve if approve else releasing.propose
            unlocked = opening.unlock(session, body, name, passphrase, on=clock.today())
            act(session, unlocked, quarter, on=clock.today())
            point("vault-before-commit")
        click.echo("Đã duyệt." if approve else "Đã đề xuất; cần người thứ hai duyệt.")
    if to is not None:
        to.write_bytes(releasing.release_file_of(store.session(), body, quarter))
        click.echo(f"Đã ghi {to}.")


@commands.command("door")
@body_option
@in_vault
def door(body: str) -> None:
    """Mã của cửa chỉ ghi dành cho Sở Nội vụ (in một lần; mã cũ hết hiệu lực)."""
    from feedback_app.confidential import store
    from feedback_app.confidential.models import Door
    from feedback_app.confidential.services.filing import door_hash

    token = secrets.token_urlsafe(24)
    with store.unit_of_work() as session:
        session.merge(Door(body=body, token_hash=door_hash(token)))
    click.echo(f"Mã: {token}")
