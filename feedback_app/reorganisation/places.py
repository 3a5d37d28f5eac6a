"""``feedback agencies communes`` and ``old-areas``: lists that come from the province, never from us."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from feedback_app.catalogue.packs import Catalogue, PackError
from feedback_app.catalogue.packs.areas import RowError, parse_communes, parse_old_places
from feedback_app.catalogue.packs.communes import with_communes, with_old_places

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
SOURCE = click.option("--source", required=True, help="Văn bản ban hành danh sách: số, ngày, cơ quan.")


@click.command("communes")
@FILE
@SOURCE
@with_appcontext
def communes(file: Path, source: str) -> None:
    """Nhập danh sách xã, phường, đặc khu: CSV code,name,old_district[,old_names] (tên cũ cách nhau bằng dấu ;)."""
    rows = _rows(file, parse_communes)
    _store(lambda catalogue: with_communes(catalogue, rows, source))
    click.echo(f"Đã nhập {len(rows)} xã, phường, đặc khu.")


@click.command("old-areas")
@FILE
@with_appcontext
def old_areas(file: Path) -> None:
    """Nhập bảng địa bàn cũ → mới: CSV old_name,old_district,code; nơi bị chia có nhiều dòng."""
    rows = _rows(file, parse_old_places)
    _store(lambda catalogue: with_old_places(catalogue, rows))
    click.echo(f"Đã nhập {len(rows)} tên địa bàn cũ.")


def _rows(
    file: Path, parse: Callable[[str], tuple[tuple[Any, ...], tuple[RowError, ...]]]
) -> tuple[Any, ...]:
    """Return the rows; one bad row, and nothing is taken."""
    rows, errors = parse(file.read_text("utf-8"))
    for error in errors:
        click.echo(f"{file.name}, dòng {error.line}: {error.message}", err=True)
    if errors:
        raise SystemExit(2)
    return rows


def _store(change: Callable[[Catalogue], Catalogue]) -> None:
    from feedback_app.catalogue import store
    from feedback_app.catalogue.load import edit_together
    from feedback_app.core.db import unit_of_work

    try:
        with unit_of_work() as session:
            changed = change(store.current(session).catalogue)
            edit_together(session, changed, ("agencies", "areas"), actor_id=None)
    except PackError as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from None
