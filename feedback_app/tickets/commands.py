"""``feedback tickets``: the rules of the life of a ticket, for people who read documentation; and the simulator."""

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.core import clock
from feedback_app.deadlines import replay_report
from feedback_app.deadlines.commands import AS_JSON, CALENDAR_FILE, deadlines
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.deadlines.typed import calendar_from, profile_from
from feedback_app.tickets import picture

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("tickets", help="Phiếu phản ánh.")
def commands() -> None:
    pass


@commands.command("lifecycle", help="In bảng trạng thái và việc được làm (Markdown).")
def lifecycle() -> None:
    click.echo(picture.page(), nl=False)


@deadlines.command("replay")
@click.option("--profile", "profile_file", type=FILE, help="Tệp quy chế (YAML) muốn thử.")
@CALENDAR_FILE
@click.option("--from", "first", type=DAY, required=True, help="Ngày tiếp nhận đầu tiên, ví dụ 2025-01-01.")
@click.option("--to", "last", type=DAY, required=True, help="Ngày tiếp nhận cuối cùng.")
@AS_JSON
@with_appcontext
def replay_command(
    profile_file: Path | None, calendar_file: Path | None, first: datetime, last: datetime, as_json: bool
) -> None:
    """Thử thời hạn hoặc lịch khác trên các phiếu đã nhận trong một kỳ, so với quy định đang áp dụng."""
    if profile_file is None and calendar_file is None:
        raise click.UsageError("Cần --profile hoặc --calendar: chưa có gì để thử.")
    if first > last:
        raise click.UsageError(f"Ngày đầu {first:%d/%m/%Y} sau ngày cuối {last:%d/%m/%Y}.")
    profile = profile_from(profile_file) if profile_file else None
    calendar = calendar_from(calendar_file) if calendar_file else None
    click.echo(_replayed(first.date(), last.date(), profile, calendar, as_json=as_json))


def _replayed(
    first: date,
    last: date,
    profile: RegulationProfile | None,
    calendar: CalendarPack | None,
    *,
    as_json: bool,
) -> str:
    from feedback_app.catalogue import store  # these bring the database along
    from feedback_app.core.db import db
    from feedback_app.tickets import replaying

    session = db.session()
    try:
        replays = replaying.replay(
            session, store.current(session), first, last,
            profile=profile, calendar=calendar, today=clock.today(),
        )  # fmt: skip
    except DeadlineError as error:
        raise click.UsageError(str(error)) from None
    except store.NotLoaded as error:
        raise click.ClickException(error.message) from None
    return replay_report.as_json(first, last, *replays) if as_json else replay_report.as_text(*replays)
