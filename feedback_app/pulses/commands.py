"""``feedback pulses``: draw this quarter's sample, look whether one is what its seed gives, close a quarter."""

import click
from flask.cli import with_appcontext


@click.group("pulses")
def commands() -> None:
    """Khảo sát theo lời mời: chọn mẫu ngẫu nhiên, kiểm tra lại mẫu, khép quý."""


@commands.command("draw")
@with_appcontext
def draw_command() -> None:
    """Chọn mẫu của quý này và ghi lời mời vào sổ tin gửi đi, như việc chạy định kỳ."""
    from feedback_app.catalogue import store
    from feedback_app.core import clock
    from feedback_app.core.db import unit_of_work
    from feedback_app.core.errors import Conflict
    from feedback_app.pulses.labels import REASONS
    from feedback_app.pulses.services import drawing

    try:
        with unit_of_work() as session:
            row = drawing.draw(session, store.current(session), at=clock.now())
            told = f"{row.quarter}: mời {row.invited} trên {row.registered} doanh nghiệp, số khởi tạo {row.seed}."
    except Conflict:
        raise click.ClickException("Quý này đã chọn mẫu; không chọn lại.") from None
    except drawing.NotDrawn as not_drawn:
        raise click.ClickException(str(REASONS[not_drawn.reason])) from None
    click.echo(told)


@commands.command("verify")
@click.argument("quarter")
@with_appcontext
def verify_command(quarter: str) -> None:
    """Chọn lại mẫu của một quý từ danh sách và số khởi tạo đã giữ, ví dụ 2026-Q4, rồi so với mẫu đã mời."""
    from feedback_app.core.db import db
    from feedback_app.pulses.models import PulseRound
    from feedback_app.pulses.services import answering, drawing

    session = db.session()
    row = session.get(PulseRound, quarter)
    if row is None:
        raise click.ClickException(f"Quý {quarter} chưa chọn mẫu.")
    if not drawing.is_as_drawn(session, row, answering.pack_of(session, quarter)):
        raise click.ClickException(f"Mẫu quý {quarter} KHÁC với mẫu chọn lại từ danh sách và số khởi tạo.")
    click.echo(f"Mẫu quý {quarter} đúng như chọn lại từ danh sách và số khởi tạo {row.seed}.")


@commands.command("close")
@click.argument("quarter")
@with_appcontext
def close_command(quarter: str) -> None:
    """Khép một quý đã qua: ghi bảng kết quả không sửa được, xóa các ô đếm. Việc chạy định kỳ cũng làm."""
    from feedback_app.core import clock
    from feedback_app.core.db import unit_of_work
    from feedback_app.core.errors import Conflict
    from feedback_app.pulses.models import PulseRound
    from feedback_app.pulses.services import closing

    try:
        with unit_of_work() as session:
            row = session.get(PulseRound, quarter)
            if row is None:
                raise click.ClickException(f"Quý {quarter} chưa chọn mẫu.")
            sha256 = closing.close(session, row, at=clock.now()).sha256
    except Conflict:
        raise click.ClickException(f"Quý {quarter} còn nhận câu trả lời, hoặc đã khép.") from None
    click.echo(f"Đã khép quý {quarter} (SHA-256 {sha256}).")
