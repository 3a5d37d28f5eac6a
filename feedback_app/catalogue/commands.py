"""``feedback packs``: check the files, load them."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.reader import SHIPPED

FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=SHIPPED,
    help="Thư mục chứa các gói dữ liệu (mặc định: gói đi kèm).",
)


@click.group("packs")
def commands() -> None:
    """Các gói dữ liệu: cơ quan, lĩnh vực, quy tắc phân công, thời hạn, lịch, chỉ số."""


@commands.command("check")
@FOLDER
def check(folder: Path) -> None:
    """Kiểm tra các gói dữ liệu mà không nạp."""
    catalogue = _read(folder)
    click.echo(
        f"Hợp lệ: {len(catalogue.agencies.agencies)} cơ quan, {len(catalogue.fields.fields)} lĩnh vực, "
        f"{len(catalogue.routing.rules)} quy tắc phân công, {len(catalogue.regulations)} quy chế."
    )


@commands.command("load")
@FOLDER
@with_appcontext
def load_packs(folder: Path) -> None:
    """Nạp các gói dữ liệu vào cơ sở dữ liệu; gói không đổi thì giữ nguyên phiên bản."""
    from feedback_app.catalogue.load import load
    from feedback_app.core.db import unit_of_work

    catalogue = _read(folder)
    with unit_of_work() as session:
        changed = load(session, catalogue)
    click.echo(f"Đã nạp phiên bản mới: {', '.join(changed)}" if changed else "Không có gói nào thay đổi.")


def _read(folder: Path) -> packs.Catalogue:
    try:
        return packs.read(folder)
    except packs.PackError as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from None
