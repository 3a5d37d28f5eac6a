"""``feedback agencies``: preview a reorganisation, apply it."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from flask.cli import with_appcontext

from feedback_app.catalogue.packs import PackError
from feedback_app.catalogue.packs.reorganisation import Reorganisation, read_reorganisation
from feedback_app.reorganisation.places import communes, old_areas

if TYPE_CHECKING:
    from feedback_app.catalogue.store import Loaded
    from feedback_app.reorganisation.preview import Preview


@click.group("agencies")
def commands() -> None:
    """Cơ quan theo thời gian: sắp xếp tổ chức, bảng địa bàn."""


commands.add_command(communes)
commands.add_command(old_areas)


@commands.command("reorganise")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "to_apply", is_flag=True, help="Áp dụng; không có thì chỉ xem trước.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Ngày áp dụng, thay cho ngày ở đầu tệp (dạng YYYY-MM-DD).",
)
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@with_appcontext
def reorganise(file: Path, to_apply: bool, on: datetime | None, as_json: bool) -> None:
    """Xem trước, rồi áp dụng một lần sắp xếp cơ quan ghi trong tệp YAML (docs/how-to/reorganise.md)."""
    plan = _plan(file, on.date() if on else None)
    loaded, found = _preview(plan)
    result = found.refused or not to_apply or _apply(plan)
    if as_json:
        click.echo(json.dumps(_data(found, result), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, loaded, result)))
    if found.refused:
        raise SystemExit(2)


def _plan(file: Path, on: date | None) -> Reorganisation:
    try:
        return read_reorganisation(file.read_text("utf-8"), file.name, on)
    except (PackError, UnicodeDecodeError) as error:
        _refuse(str(error))


def _preview(plan: Reorganisation) -> "tuple[Loaded, Preview]":
    from feedback_app.catalogue import store
    from feedback_app.core import clock
    from feedback_app.core.db import db
    from feedback_app.reorganisation.preview import preview

    session = db.session()
    loaded = store.current(session)
    return loaded, preview(session, loaded, plan, clock.today())


def _apply(plan: Reorganisation) -> dict[str, Any]:
    """Apply it, and go on until all has moved that is due today."""
    from feedback_app.catalogue.editing import agencies_version
    from feedback_app.core import clock
    from feedback_app.core.db import db, unit_of_work
    from feedback_app.core.errors import FeedbackError
    from feedback_app.reorganisation.finishing import finish
    from feedback_app.reorganisation.models import AppliedReorganisation
    from feedback_app.reorganisation.services.applying import apply

    try:
        with unit_of_work() as session:
            seen = agencies_version(session)
            row = apply(session, plan, seen_version=seen, by_id=None, at=clock.now())
    except FeedbackError as error:
        _refuse(error.message)
    finish(row.id)
    row = db.session().get_one(AppliedReorganisation, row.id)
    return {"moved": row.moved, "finished": row.finished_at is not None}


def _data(found: "Preview", result: Any) -> dict[str, Any]:
    from feedback_app.reorganisation.telling import as_data

    return as_data(found) | {"applied": result if isinstance(result, dict) else None}


def _lines(found: "Preview", loaded: "Loaded", result: Any) -> list[str]:
    from feedback_app.reorganisation.telling import lines

    told = [*lines(found, loaded.catalogue)]
    if not isinstance(result, dict):
        return told if found.refused else [*told, "Chưa thay đổi gì. Thêm --apply để áp dụng."]
    if result["finished"]:
        return [*told, f"Đã áp dụng: {result['moved']} phiếu đã chuyển."]
    return [*told, f"Đã ghi nhận; phần còn lại tự chuyển khi đến ngày ({result['moved']} phiếu đã chuyển)."]


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(2) from None
