"""``feedback reports``: make a report into a folder, without the page."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback_app.reports.states import FORMATS


@click.group("reports")
def commands() -> None:
    """Báo cáo kỳ theo mẫu: tháng, quý, 6 tháng, năm; toàn tỉnh hoặc một cơ quan."""


@commands.command("make")
@click.argument("code")
@click.option("--agency", default="", help="Mã cơ quan; không ghi là toàn tỉnh.")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="Mặc định: cả ba.")
@click.option("--out", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@with_appcontext
def make_command(code: str, agency: str, formats: tuple[str, ...], folder: Path) -> None:
    """Lập báo cáo của một kỳ, ví dụ 2026-10, 2026-Q3, 2026-H1, 2026, ghi vào thư mục OUT."""
    from feedback_app.catalogue import store
    from feedback_app.core.db import db
    from feedback_app.reports import queries
    from feedback_app.reports.building import NothingCounted
    from feedback_app.reports.services import making
    from feedback_app.statistics.periods import UnknownPeriod, cuts, parse

    session = db.session()
    try:
        loaded = store.current(session)
        period = parse(code, cuts(loaded.catalogue))
    except UnknownPeriod as error:
        raise click.BadParameter(str(error)) from None
    except store.NotLoaded:
        raise click.ClickException("Chưa có danh mục: chạy 'feedback packs load' trước.") from None
    if agency and agency not in loaded.agency_ids:
        raise click.BadParameter(f"Không có cơ quan mã '{agency}'.", param_hint="--agency")
    folder.mkdir(parents=True, exist_ok=True)
    layout = queries.layout_in_force(session)[1]
    try:
        content, sum_, found = making.written(session, period, agency, layout, formats or FORMATS, folder)
    except NothingCounted as error:
        raise click.ClickException(str(error)) from None
    if content.is_draft:
        click.echo(f"Kỳ {period.code} chưa chốt số liệu: đây là bản nháp.", err=True)
    for one in found:
        click.echo(f"{one.path}  SHA-256 {one.sha256}")
    click.echo(f"Bản chốt {content.snapshot or '-'}, nội dung SHA-256 {sum_}")
