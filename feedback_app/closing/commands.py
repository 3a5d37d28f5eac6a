"""``feedback statistics``: bring figures up to date, freeze a period, look at what was frozen, hand it out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from feedback_app.statistics.periods import Period


@click.group("statistics")
def commands() -> None:
    """Số liệu thống kê: cập nhật, tính lại từ đầu, chốt kỳ, kiểm tra và xuất gói số liệu đã chốt."""


@commands.command("refresh")
@with_appcontext
def refresh_command() -> None:
    """Cập nhật dữ kiện của các phiếu đã thay đổi, như việc chạy định kỳ."""
    from feedback_app.core import clock
    from feedback_app.statistics import refreshing

    refreshing.refresh(clock.now())
    click.echo("Đã cập nhật số liệu thống kê.")


@commands.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Tính lại mọi dữ kiện và số liệu từ lịch sử các phiếu; kỳ đã chốt không đổi."""
    from feedback_app.core import clock
    from feedback_app.statistics import rebuilding

    done = rebuilding.rebuild(clock.now(), lambda number: click.echo(f"{number} phiếu", err=True))
    click.echo(f"Đã tính lại từ {done} phiếu.")


@commands.command("freeze")
@click.argument("code")
@click.option("--note", default="", help="Ghi chú kèm bản chốt.")
@click.option("--before-the-window-ends", "early", is_flag=True, help="Chốt khi chưa hết hạn đối chiếu.")
@with_appcontext
def freeze_command(code: str, note: str, early: bool) -> None:
    """Chốt số liệu của một kỳ, ví dụ 2026-10, cùng gói để tính lại."""
    from feedback_app.closing import freezing
    from feedback_app.core import clock
    from feedback_app.core.db import db, unit_of_work
    from feedback_app.core.errors import FeedbackError
    from feedback_app.statistics import refreshing

    period = _period(db.session(), code)
    refreshing.refresh(clock.now())
    try:
        with unit_of_work() as session:
            row = freezing.freeze(session, period, by_id=None, at=clock.now(), note=note, early=early)
            told = f"Đã chốt kỳ {period.code}: {row.snapshot} (SHA-256 {row.sha256})."
    except FeedbackError as error:
        raise click.ClickException(str(error)) from None
    click.echo(told)


@commands.command("verify")
@click.argument("code")
@click.option(
    "--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Gói đã xuất."
)
@with_appcontext
def verify_command(code: str, path: Path | None) -> None:
    """Kiểm tra số liệu đã chốt của một kỳ, hoặc một gói đã xuất, có đúng như khi chốt."""
    from feedback_app.closing import verifying
    from feedback_app.core.db import db

    session = db.session()
    period = _period(session, code)
    try:
        verdict = verifying.verify(session, period, path.read_bytes() if path else None)
    except LookupError:
        raise click.ClickException(f"Kỳ {period.code} chưa chốt số liệu.") from None
    for problem in verdict.problems:
        click.echo(problem, err=True)
    if not verdict.ok:
        raise click.ClickException(f"{verdict.snapshot}: không khớp với bản đã chốt.")
    click.echo(f"{verdict.snapshot}: khớp, mọi số liệu tính lại như đã công bố.")


@commands.command("export")
@click.argument("code")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@with_appcontext
def export_command(code: str, folder: Path) -> None:
    """Ghi gói số liệu đã chốt của một kỳ ra tệp zip."""
    from feedback_app.closing import freezing
    from feedback_app.closing.package import folder_of
    from feedback_app.core.db import db

    session = db.session()
    period = _period(session, code)
    try:
        content = freezing.package(session, period)
    except LookupError:
        raise click.ClickException(f"Kỳ {period.code} chưa chốt số liệu.") from None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{folder_of(period)}.zip"
    path.write_bytes(content)
    click.echo(str(path))


@commands.command("take-release")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", "pin", required=True, help="Khóa kiểm tra chữ ký của cơ quan tiếp nhận (64 ký tự hex)."
)
@with_appcontext
def take_release_command(path: Path, pin: str) -> None:
    """Nhận tệp số liệu quý của báo cáo kín do hai thanh tra viên ký, ghi vào bảng không sửa được."""
    from feedback_app.closing import releases
    from feedback_app.core import clock
    from feedback_app.core.db import unit_of_work
    from feedback_app.core.errors import Conflict

    try:
        with unit_of_work() as session:
            row = releases.take(session, path.read_bytes(), pin, at=clock.now())
            told = f"Đã nhận số liệu quý {row.period} (SHA-256 {row.sha256})."
    except releases.NotBelieved:
        raise click.ClickException(
            "Tệp không phải là số liệu quý có đủ hai chữ ký, hoặc khóa không phải của cơ quan này. Không ghi gì."
        ) from None
    except Conflict:
        raise click.ClickException("Quý này đã có số liệu khác được nhận trước đó; không ghi đè.") from None
    click.echo(told)


@commands.command("periods")
@with_appcontext
def periods_command() -> None:
    """Liệt kê các kỳ có số liệu, kỳ nào đã chốt."""
    from feedback_app.closing import freezing
    from feedback_app.core.db import db
    from feedback_app.statistics import queries

    session = db.session()
    for period in queries.computed(session):
        row = freezing.frozen(session, period)
        click.echo(f"{period.code:16} {row.snapshot if row else '-'}")


def _period(session: "Session", code: str) -> "Period":
    """Return the period of that code; a wrong one, or a database without packs, ends the command."""
    from sqlalchemy.exc import SQLAlchemyError

    from feedback_app.catalogue import store
    from feedback_app.statistics.periods import UnknownPeriod, cuts, parse

    try:
        return parse(code, cuts(store.current(session).catalogue))
    except UnknownPeriod as error:
        raise click.BadParameter(str(error)) from None
    except (store.NotLoaded, SQLAlchemyError):
        raise click.ClickException(
            "Chưa có cơ sở dữ liệu để tính: chạy 'feedback db upgrade' rồi 'feedback packs load' trước."
        ) from None
