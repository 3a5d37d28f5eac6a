"""``feedback packs``: check the files, load them."""

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from flask.cli import with_appcontext

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.reader import SHIPPED

if TYPE_CHECKING:
    from feedback_app.catalogue.load import Outcome

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
@click.option(
    "--replace", multiple=True, metavar="GÓI", help="Bỏ phần đã sửa trong trang quản trị, lấy gói từ tệp."
)
@with_appcontext
def load_packs(folder: Path, replace: tuple[str, ...]) -> None:
    """Nạp các gói dữ liệu vào cơ sở dữ liệu; gói không đổi, hoặc đã sửa trong trang quản trị, thì giữ nguyên."""
    from feedback_app.catalogue.load import load
    from feedback_app.core.db import unit_of_work

    catalogue = _read(folder)
    unknown = set(replace) - set(catalogue.packs())
    if unknown:
        raise click.BadParameter(f"Không có gói {', '.join(sorted(unknown))}.", param_hint="--replace")
    try:
        with unit_of_work() as session:
            outcome = load(session, catalogue, replace=replace)
    except packs.PackError as error:
        _refuse(error)
    _report(outcome)


def _report(outcome: "Outcome") -> None:
    changed = ", ".join(outcome.changed)
    click.echo(f"Đã nạp phiên bản mới: {changed}" if changed else "Không có gói nào thay đổi.")
    for name in outcome.kept:
        click.echo(
            f"Chú ý: gói {name} đã được sửa trong trang quản trị và tệp đi kèm cũng đã đổi; "
            f"bản đã sửa vẫn có hiệu lực. Muốn lấy bản từ tệp: feedback packs load --replace {name}",
            err=True,
        )


def _read(folder: Path) -> packs.Catalogue:
    try:
        return packs.read(folder)
    except packs.PackError as error:
        _refuse(error)


def _refuse(error: packs.PackError) -> NoReturn:
    click.echo(str(error), err=True)
    raise SystemExit(2) from None
