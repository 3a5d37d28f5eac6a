"""``feedback indicators``: compute the figures and indicators of a period, from the command line."""

import json
from typing import TYPE_CHECKING, Any

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from feedback_app.statistics.periods import Period

BY = ("agency", "field")
STRUCTURES = ("then", "present")


@click.group("indicators")
def commands() -> None:
    """Thống kê giải quyết phiếu và hai chỉ báo nội bộ (không phải điểm PCI của VCCI)."""


@commands.command("compute")
@click.option("--period", "code", required=True, help="Kỳ báo cáo: 2026-10 hoặc 2026-10/15-14.")
@click.option("--edition", "edition_code", help="Ấn bản PCI, ví dụ pci-2023.")
@click.option("--by", type=click.Choice(BY), help="Kèm thống kê theo cơ quan hoặc theo lĩnh vực.")
@click.option(
    "--structure",
    type=click.Choice(STRUCTURES),
    default="then",
    help="Cơ quan theo cơ cấu trong kỳ (then) hoặc hiện nay (present); dùng với --by agency.",
)
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@with_appcontext
def compute_command(
    code: str, edition_code: str | None, by: str | None, structure: str, as_json: bool
) -> None:
    """Tính số liệu của một kỳ báo cáo từ các phiếu, rồi in ra."""
    from feedback_app.core.db import db
    from feedback_app.indicators import printing
    from feedback_app.indicators.definitions import UnknownEdition
    from feedback_app.statistics.structure import Structure

    session = db.session()
    period = _period(session, code)
    _refresh()
    try:
        told = printing.told(session, period, edition_code, by, Structure(structure))
    except UnknownEdition as error:
        raise click.BadParameter(str(error), param_hint="--edition") from None
    click.echo(_dump(told) if as_json else "\n".join(printing.lines(told)))


def _period(session: "Session", code: str) -> "Period":
    """Return the period of that code; a wrong one, or a database without packs, ends the command."""
    from sqlalchemy.exc import SQLAlchemyError

    from feedback_app.catalogue import store
    from feedback_app.statistics.periods import UnknownPeriod, cuts, parse

    try:
        return parse(code, cuts(store.current(session).catalogue))
    except UnknownPeriod as error:
        raise click.BadParameter(str(error), param_hint="--period") from None
    except (store.NotLoaded, SQLAlchemyError):
        raise click.ClickException(
            "Chưa có cơ sở dữ liệu để tính: chạy 'feedback db upgrade' rồi 'feedback packs load' trước."
        ) from None


def _refresh() -> None:
    from feedback_app.core import clock
    from feedback_app.statistics import refreshing

    refreshing.refresh(clock.now())


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
